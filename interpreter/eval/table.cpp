// Decision tables and their hit policies (semantics.md 5.5). A row's status is the `and` of its
// cells.
#include <algorithm>

#include "base/check.h"
#include "eval/aggregate.h"
#include "eval/step_run.h"
#include "ops/logic.h"

namespace juzhu::eval {
namespace {

using ops::HitPolicy;

/// The rows of a table: `where` their status, `element` their value.
std::vector<Candidate> rows_of(const StepRun& run) {
  const std::size_t count = run.operand_count() / 2;
  std::vector<Candidate> rows;
  for (std::size_t i = 0; i < count; ++i) {
    rows.push_back({ops::condition(run.operand(2 * i)), run.operand(2 * i + 1)});
  }
  return rows;
}

bool has_otherwise(const StepRun& run) { return (run.step().b & ops::kHasOtherwise) != 0; }
Value otherwise_of(const StepRun& run) { return run.operand(run.operand_count() - 1); }

/// What comes out if no row matches: `otherwise`, or an error unless it was proved that one does.
Value without_row(const StepRun& run) {
  if (has_otherwise(run)) return otherwise_of(run);
  if ((run.step().b & ops::kRowsComplete) != 0) return {};
  return value::failure(run.error(ErrorCode::kNoRow));
}

Value failures_of(std::span<const Candidate> rows, bool& fails) {
  Value failures{};
  for (const Candidate& row : rows) {
    if (row.where.may_fail()) failures = with_kinds_of(failures, value::failure(row.where.error));
    fails |= row.where.only_error();
  }
  return failures;
}

bool may_match_none(std::span<const Candidate> rows) {
  return std::all_of(rows.begin(), rows.end(),
                     [](const Candidate& row) { return may_be_false(row.where); });
}

Value unique_row(StepRun& run, std::span<const Candidate> rows) {
  bool fails = false;
  Value result = failures_of(rows, fails);
  if (fails) return result;
  std::vector<const Candidate*> possible;
  std::vector<const Candidate*> sure;
  for (const Candidate& row : rows) {
    if (may_be_true(row.where)) possible.push_back(&row);
    if (may_be_true(row.where) && !may_be_false(row.where)) sure.push_back(&row);
  }
  if (sure.size() > 1) {
    return run.join(result, value::failure(run.error(ErrorCode::kTwoRows)));
  }
  const bool is_disjoint = (run.step().b & ops::kRowsApart) != 0;
  if (possible.size() > 1 && !is_disjoint) {
    result = run.join(result, value::failure(run.error(ErrorCode::kTwoRows)));
  }
  // Beside a row that surely matches another one gives no value, only the error above.
  for (const Candidate* row : sure.empty() ? possible : sure) {
    result = run.join(result, row->element);
  }
  if (may_match_none(rows)) result = run.join(result, without_row(run));
  return result;
}

Value first_row(StepRun& run, std::span<const Candidate> rows) {
  Value result{};
  for (const Candidate& row : rows) {
    if (row.where.may_fail()) result = run.join(result, value::failure(row.where.error));
    if (may_be_true(row.where)) result = run.join(result, row.element);
    if (!may_be_false(row.where)) return result;
  }
  return run.join(result, without_row(run));
}

/// The sum of the rows that match, of which there is at least one.
Value total_of_some(StepRun& run, std::span<const Candidate> rows) {
  const int scale = run.type().scale;
  if (!may_match_none(rows)) return total_of(rows, scale, run.error());
  bool fails = false;
  Value result = failures_of(rows, fails);  // a row may match none and fail all the same
  std::vector<Candidate> with_one(rows.begin(), rows.end());
  for (Candidate& row : with_one) {
    if (!may_be_true(row.where)) continue;
    const Value where = row.where;
    row.where = value::truth(true);
    result = run.join(result, total_of(with_one, scale, run.error()));
    row.where = where;
  }
  return result;
}

Value count_of_some(StepRun& run, std::span<const Candidate> rows) {
  Value count = count_of(rows, run.error());
  if (!count.may_value() || !may_match_none(rows)) return count;
  count.lo = std::max<std::int64_t>(count.lo, 1);
  if (count.lo <= count.hi) return count;
  count.kinds = static_cast<std::uint8_t>(count.kinds & ~value::kValue);
  count.lo = count.hi = 0;
  return count;
}

/// The best of the rows that match, of which there is at least one: "not applicable" only for a
/// value that is.
Value extreme_of_some(std::span<const Candidate> rows, bool highest) {
  Value result = extreme_of(rows, highest);
  if (!result.may_not_apply()) return result;
  const bool may_skip = std::any_of(rows.begin(), rows.end(), [](const Candidate& row) {
    return may_be_true(row.where) && row.element.may_not_apply();
  });
  if (!may_skip) {
    result.kinds = static_cast<std::uint8_t>(result.kinds & ~value::kNotApplicable);
  }
  return result;
}

/// Folds over matching rows, with `otherwise` where none matches.
Value collected(StepRun& run, std::span<const Candidate> rows, HitPolicy policy) {
  Value result{};
  if (policy == HitPolicy::kSum) result = total_of_some(run, rows);
  if (policy == HitPolicy::kCount) result = count_of_some(run, rows);
  if (policy == HitPolicy::kHighest) result = extreme_of_some(rows, true);
  if (policy == HitPolicy::kLowest) result = extreme_of_some(rows, false);
  if (may_match_none(rows)) result = run.join(result, otherwise_of(run));
  return result;
}

/// Folds over matching rows; none: 0, or "not applicable" for the best.
Value folded(StepRun& run, std::span<const Candidate> rows, HitPolicy policy) {
  if (policy == HitPolicy::kSum) return total_of(rows, run.type().scale, run.error());
  if (policy == HitPolicy::kCount) return count_of(rows, run.error());
  return extreme_of(rows, policy == HitPolicy::kHighest);
}

}  // namespace

Value steps::Table(StepRun& run) {
  const std::vector<Candidate> rows = rows_of(run);
  const auto policy = static_cast<HitPolicy>(run.step().a);
  Value result{};
  switch (policy) {
    case HitPolicy::kUnique:
      result = unique_row(run, rows);
      break;
    case HitPolicy::kFirst:
      result = first_row(run, rows);
      break;
    case HitPolicy::kSum:
    case HitPolicy::kHighest:
    case HitPolicy::kLowest:
    case HitPolicy::kCount:
      result = has_otherwise(run) ? collected(run, rows, policy) : folded(run, rows, policy);
      break;
  }
  // Proved complete, yet no row is possible: what was proved of all values does not hold for none
  // at all, such as a quantity that does not apply.
  if (result.kinds == 0) result = value::failure(run.error(ErrorCode::kNoRow));
  return result;
}

}  // namespace juzhu::eval
