#include "eval/rows.h"

#include <algorithm>
#include <array>

#include "base/check.h"
#include "eval/outcome.h"
#include "ops/calendar.h"
#include "ops/logic.h"
#include "ops/number.h"
#include "value/cover.h"
#include "value/date.h"

namespace juzhu::eval {
namespace {

using value::TypeKind;

constexpr std::int64_t kFirstMonth = 12;             // 0001-01
constexpr std::int64_t kLastMonth = 9999 * 12 + 11;  // 9999-12

bool kept_in_months(const Schema& schema, value::ListId list) {
  return schema[list].unit != value::SpellUnit::kDays;  // years are kept as their months
}

/// start <= date <= end, a month holding all its days.
Value covers(const StepRun& run, value::ListId list, const Value& row, Value date) {
  if (kept_in_months(run.schema(), list)) date = ops::month_of(date);
  const BoundEnds ends = ends_of(run, list, row);
  const std::array<Value, 2> sides{ops::compare(ops::Relation::kLessEqual, ends.start, 0, date, 0),
                                   ops::compare(ops::Relation::kLessEqual, date, 0, ends.end, 0)};
  return ops::all_of(sides);
}

std::vector<Element> bits_of(const Value& set) {
  std::vector<Element> elements;
  for (std::size_t i = 0; i < 64; ++i) {
    if ((set.hi & bit(i)) == 0) continue;
    const bool sure = (set.lo & bit(i)) != 0;
    elements.push_back(
        {value::bits(bit(i)), sure ? value::truth(true) : value::unknown_truth(), {}, false});
  }
  return elements;
}

void add_rows(Collection& collection, const StepRun& run, value::ListId id, std::int64_t owner) {
  const RowList& list = list_of(run.household(), run.schema(), id, owner);
  if (list.failure.may_fail()) {
    Error at = run.error(list.failure.error.code);
    at.entity = static_cast<std::uint32_t>(owner + 1);
    collection.failures = with_kinds_of(collection.failures, value::failure(at));
    return;
  }
  std::vector<Element> elements;
  for (std::size_t i = 0; i < list.rows.size(); ++i) {
    elements.push_back(
        {bound_row(static_cast<std::int64_t>(i), owner), value::truth(true), {}, false});
  }
  const auto listed = static_cast<std::int64_t>(list.rows.size());
  const auto further_max = static_cast<std::int64_t>(kMaxRows) - listed;
  if (is_incomplete(list) && further_max > 0) {
    elements.push_back({bound_row(value::kUnknownRow, owner), value::unknown_truth(), {}, true});
  }
  collection.alternatives.push_back(std::move(elements));
  collection.further_max.push_back(further_max);
}

Collection collect_rows(StepRun& run, Slot slot) {
  const Step& step = run.slot_step(slot);
  if (step.operation == ops::Operation::kRowsOn) {
    const Slot rows = run.plan().operands[step.first_operand];
    const Value date = run.slot_value(run.plan().operands[step.first_operand + 1]);
    Collection collection = collect_rows(run, rows);
    for (std::vector<Element>& elements : collection.alternatives) {
      for (Element& element : elements) {
        const std::array<Value, 2> both{element.present,
                                        covers(run, step.type.list, element.bound, date)};
        element.present = ops::all_of(both);
      }
    }
    return collection;
  }
  JUZHU_CHECK(step.operation == ops::Operation::kRows);
  Collection collection;
  const value::ListId list(step.a);
  const Value owners = run.slot_value(slot);
  if (!owners.may_value()) return collection;
  if (owners.lo == 0) add_rows(collection, run, list, -1);
  for (std::size_t i = 0; i < run.household().members.size(); ++i) {
    if ((owners.lo & bit(i)) != 0) add_rows(collection, run, list, static_cast<std::int64_t>(i));
  }
  return collection;
}

}  // namespace

const Row& row_of(const StepRun& run, value::ListId list, const Value& row) {
  const RowList& rows = list_of(run.household(), run.schema(), list, row.hi);
  JUZHU_CHECK(row.lo >= 0 && static_cast<std::size_t>(row.lo) < rows.rows.size());
  return rows.rows[static_cast<std::size_t>(row.lo)];
}

BoundEnds ends_of(const StepRun& run, value::ListId list, const Value& row) {
  const bool months = kept_in_months(run.schema(), list);
  const std::int64_t first = months ? kFirstMonth : value::kFirstDate;
  const std::int64_t last = months ? kLastMonth : value::kLastDate;
  if (row.lo == value::kUnknownRow)
    return {value::between(first, last), value::between(first, last)};
  Error at = run.error();
  at.entity = static_cast<std::uint32_t>(row.hi + 1);
  const RowEnds stored = read_ends(row_of(run, list, row), at);
  BoundEnds ends{stored.start, stored.end};
  for (Value* end : {&ends.start, &ends.end}) {
    if (!end->may_value()) continue;
    end->lo = std::clamp(end->lo, first, last);
    end->hi = std::clamp(end->hi, first, last);
  }
  return ends;
}

Collection collect(StepRun& run, Slot slot) {
  const Value value = run.slot_value(slot);
  const bool is_rows = run.slot_type(slot).kind == TypeKind::kRows;
  Collection collection;
  if (is_rows) {
    collection = collect_rows(run, slot);
  } else if (value.may_value()) {
    collection.alternatives.push_back(bits_of(value));
    collection.further_max.push_back(0);
  }
  if (value.may_not_apply()) {
    collection.alternatives.emplace_back();
    collection.further_max.push_back(0);
  }
  if (value.may_fail()) {
    collection.failures = with_kinds_of(collection.failures, value::failure(value.error));
  }
  return collection;
}

}  // namespace juzhu::eval
