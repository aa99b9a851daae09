// Folds over members, choices and rows (semantics.md 3.3), and the time that rows cover (4.4).
#include <algorithm>
#include <array>

#include "base/check.h"
#include "eval/aggregate.h"
#include "eval/rows.h"
#include "eval/step_run.h"
#include "ops/cover.h"
#include "ops/logic.h"
#include "value/cover.h"

namespace juzhu::eval {
namespace {

using ops::FoldKind;

/// An element with what the body says about it.
struct Met {
  Value bound;
  Candidate candidate;
};

/// Runs the body for an element and notes its frame.
Met meet(StepRun& run, Element& element, std::int64_t further_max) {
  Met met{element.bound, {element.present, {}, element.further ? further_max : 1}};
  const BlockId body(run.step().b);
  if (!body.valid() || value::is_false(element.present)) return met;
  std::vector<Value> arguments = run.operands(1);
  arguments.insert(arguments.begin(), element.bound);
  element.frame = run.run(body, std::move(arguments));
  const std::vector<Slot>& results = run.plan()[body].results;
  const std::vector<Value>& slots = run.frame(element.frame).slots;
  JUZHU_CHECK(results.size() == 2);
  if (results[0] != plan::kNoSlot) {
    met.candidate.where = ops::both(met.candidate.where, ops::condition(slots[results[0]]));
  }
  if (results[1] != plan::kNoSlot) met.candidate.element = slots[results[1]];
  return met;
}

/// `some`: an element in the collection that meets `where` and the condition.
Value some_of(std::span<const Met> elements) {
  std::vector<Value> each;
  for (const auto& [bound, candidate] : elements) {
    const bool has_condition = candidate.element.kinds != 0;
    each.push_back(has_condition ? ops::both(candidate.where, ops::condition(candidate.element))
                                 : candidate.where);
  }
  return ops::any_of(each);
}

/// `every`: no element that meets `where` without the condition.
Value every_of(std::span<const Met> elements) {
  std::vector<Value> each;
  for (const auto& [bound, candidate] : elements) {
    if (candidate.element.kinds == 0) continue;
    const std::array<Value, 2> either{ops::negate(candidate.where),
                                      ops::condition(candidate.element)};
    each.push_back(ops::any_of(either));
  }
  return ops::all_of(each);
}

/// The days (months) of one spell that are surely and possibly in it.
void add_runs(const Met& met, const RowEnds& ends, std::vector<value::Run>& must,
              std::vector<value::Run>& may) {
  const bool is_sure = !may_be_false(met.candidate.where);
  const auto day = [](std::int64_t number) {
    return static_cast<std::int32_t>(
        std::clamp<std::int64_t>(number, value::kBegin, value::kForever));
  };
  may.push_back({day(ends.start.lo), day(ends.end.hi)});
  if (is_sure) must.push_back({day(ends.start.hi), day(ends.end.lo)});
}

/// The time that rows cover; a row in error makes it an error.
Value cover_of(StepRun& run, std::span<const Met> elements) {
  const value::ListId list = run.operand_type(0).list;
  std::vector<value::Run> must;
  std::vector<value::Run> may;
  Value failures{};
  bool fails = false;
  for (const Met& met : elements) {
    const Value& where = met.candidate.where;
    if (where.may_fail()) failures = with_kinds_of(failures, value::failure(where.error));
    fails |= where.only_error();
    if (!may_be_true(where)) continue;
    if (met.bound.lo == value::kUnknownRow) {
      may.push_back({value::kBegin, value::kForever});
      continue;
    }
    Error at = run.error();
    at.entity = static_cast<std::uint32_t>(met.bound.hi + 1);
    const RowEnds ends = read_ends(row_of(run, list, met.bound), at);
    for (const Value& end : {ends.start, ends.end}) {
      if (end.may_fail()) failures = with_kinds_of(failures, value::failure(end.error));
      fails |= end.only_error() && !may_be_false(where);
    }
    if (ends.start.may_value() && ends.end.may_value()) add_runs(met, ends, must, may);
  }
  if (fails) return value::failure(failures.error);
  const Value cover = ops::time_value(ops::make_cover(std::move(must)),
                                      ops::make_cover(std::move(may)), run.covers());
  return with_kinds_of(cover, failures);
}

/// Elements that are only counted, with the condition of the body if it has one.
Value counted(StepRun& run, std::vector<Candidate> candidates) {
  for (Candidate& candidate : candidates) {
    if (candidate.element.kinds == 0) continue;
    candidate.where = ops::both(candidate.where, ops::condition(candidate.element));
  }
  return count_of(candidates, run.error());
}

Value fold_of(StepRun& run, std::span<const Met> elements) {
  std::vector<Candidate> candidates;
  for (const Met& met : elements) {
    candidates.push_back(met.candidate);
  }
  switch (static_cast<FoldKind>(run.step().a)) {
    case FoldKind::kSome:
      return some_of(elements);
    case FoldKind::kNo:
      return ops::negate(some_of(elements));
    case FoldKind::kEvery:
      return every_of(elements);
    case FoldKind::kCount:
      return counted(run, std::move(candidates));
    case FoldKind::kSum:
      return total_of(candidates, run.type().scale, run.error());
    case FoldKind::kHighest:
      return extreme_of(candidates, true);
    case FoldKind::kLowest:
      return extreme_of(candidates, false);
    case FoldKind::kCover:
      return cover_of(run, elements);
  }
  JUZHU_CHECK(false);
  return {};
}

}  // namespace

Value steps::Fold(StepRun& run) {
  Collection collection = collect(run, run.operand_slot(0));
  Value result = collection.failures;
  std::vector<Element> recorded;
  for (std::size_t i = 0; i < collection.alternatives.size(); ++i) {
    std::vector<Met> elements;
    for (Element& element : collection.alternatives[i]) {
      elements.push_back(meet(run, element, collection.further_max[i]));
      recorded.push_back(element);
      // Of several alternatives one is meant; the trace says of each element only that it may be.
      if (collection.alternatives.size() > 1) {
        recorded.back().present = ops::both(element.present, value::unknown_truth());
      }
    }
    result = run.join(result, fold_of(run, elements));
  }
  run.record_elements(std::move(recorded));
  return result;
}

}  // namespace juzhu::eval
