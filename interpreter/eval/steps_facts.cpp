// Leaves: constants, arguments, facts of the household, its members and their rows.
#include <algorithm>

#include "base/check.h"
#include "eval/facts.h"
#include "eval/rows.h"
#include "eval/step_run.h"

namespace juzhu::eval {
namespace {

using value::TypeKind;

/// Its step belongs to the fact, so that whatever reads it fails alike; so its place in one reader
/// does not count.
Error fact_error(const StepRun& run, std::int64_t owner) {
  Error at = run.error();
  at.entity = static_cast<std::uint32_t>(owner + 1);
  at.node = 0;
  return at;
}

Value read_fact(const StepRun& run, value::FactId id, const Cell& cell, std::int64_t owner) {
  const value::Fact& fact = run.schema()[id];
  return read_cell(cell, fact, run.schema(), run.household(), fact_error(run, owner));
}

/// A fact of a subject that may be any of several members: whatever one of them has.
Value member_fact(StepRun& run, value::FactId id, std::int64_t members) {
  Value joined{};
  for (std::size_t i = 0; i < run.household().members.size(); ++i) {
    if ((members & bit(i)) == 0) continue;
    const auto owner = static_cast<std::int64_t>(i);
    const Cell& cell = cell_of(run.household(), run.schema()[id], owner);
    joined = run.join(joined, read_fact(run, id, cell, owner));
  }
  return joined;
}

Value row_fact(StepRun& run, value::FactId id, const Value& row) {
  const value::Fact& fact = run.schema()[id];
  if (row.lo == value::kUnknownRow) {
    Cell cell;
    cell.value = value::domain_of(run.schema(), fact, run.household().members.size());
    return read_fact(run, id, cell, row.hi);
  }
  const Row& found = row_of(run, fact.list, row);
  JUZHU_CHECK(fact.column < found.cells.size());
  return read_fact(run, id, found.cells[fact.column], row.hi);
}

/// A start or end of a bound row; `others` come from the row's own slot.
Value row_end(StepRun& run, bool is_end) {
  const Value row = run.operand(0);
  const Value others = strictness({&row, 1}).others;
  if (!row.may_value()) return others;
  const BoundEnds ends = ends_of(run, run.operand_type(0).list, row);
  return with_kinds_of(is_end ? ends.end : ends.start, others);
}

}  // namespace

namespace steps {

Value Constant(StepRun& run) { return run.plan().constants[run.step().a]; }

Value Argument(StepRun& run) { return run.slot_value(run.step().a); }

Value Fact(StepRun& run) {
  const value::FactId id(run.step().a);
  const value::Fact& fact = run.schema()[id];
  const bool is_of_household = !fact.list.valid() && fact.entity.index == 0;
  if (is_of_household || run.operand_count() == 0) {
    return read_fact(run, id, cell_of(run.household(), fact, -1), -1);
  }
  const Value subject = run.operand(0);
  const Value others = strictness({&subject, 1}).others;
  if (!subject.may_value()) return others;
  const bool is_row = run.operand_type(0).kind == TypeKind::kRow;
  return with_kinds_of(is_row ? row_fact(run, id, subject) : member_fact(run, id, subject.lo),
                       others);
}

Value RowStart(StepRun& run) { return row_end(run, false); }
Value RowEnd(StepRun& run) { return row_end(run, true); }

/// Whose rows: see eval/rows.h. An owner who does not exist has none.
Value Rows(StepRun& run) {
  if (run.operand_count() == 0) return value::bits(0);
  return run.operand(0);
}

Value RowsOn(StepRun& run) { return run.operand(0); }

Value AllMembers(StepRun& run) {
  const std::int64_t members = members_of(run.household(), value::EntityId(run.step().a));
  return value::set_between(members, members);
}

Value SetOf(StepRun& run) {
  const std::vector<Value> elements = run.operands();
  const Strictness strict = strictness(elements);
  if (!strict.value) return strict.others;
  std::int64_t must = 0;
  std::int64_t may = 0;
  for (const Value& element : elements) {
    may |= element.lo;
    if (is_single_bit(element.lo)) must |= element.lo;
  }
  return with_kinds_of(value::set_between(must, may), strict.others);
}

}  // namespace steps
}  // namespace juzhu::eval
