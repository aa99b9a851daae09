#include "eval/aggregate.h"

#include <algorithm>
#include <vector>

#include "eval/step_run.h"
#include "ops/number.h"

namespace juzhu::eval {
namespace {

Value with_zero(Value value) {
  if (!value.may_value()) {
    value.lo = 0;
    value.hi = 0;
  }
  value.kinds |= value::kValue;
  value.lo = std::min<std::int64_t>(value.lo, 0);
  value.hi = std::max<std::int64_t>(value.hi, 0);
  return value;
}

Value with_failure_of(const Value& value, const Value& where) {
  return where.may_fail() ? with_kinds_of(value, value::failure(where.error)) : value;
}

/// What one candidate adds to a sum.
Value summand(const Candidate& candidate, Value element, Error at) {
  const Value& where = candidate.where;
  if (!may_be_true(where)) {
    return with_failure_of(may_be_false(where) ? value::number(0) : Value{}, where);
  }
  if (element.may_not_apply()) {
    element.kinds = static_cast<std::uint8_t>(element.kinds & ~value::kNotApplicable);
    element = with_zero(element);
  }
  const bool is_further = candidate.copies_max > 1;
  if (is_further) element = ops::product(element, value::number(candidate.copies_max), at);
  if (is_further || may_be_false(where)) element = with_zero(element);
  return with_failure_of(element, where);
}

bool surely_fails(const Candidate& candidate) {
  if (candidate.where.only_error()) return true;
  return candidate.element.only_error() && !may_be_false(candidate.where) &&
         candidate.copies_max == 1;
}

}  // namespace

Value total_of(std::span<const Candidate> candidates, int scale, Error at) {
  std::vector<ops::Term> terms;
  for (const Candidate& candidate : candidates) {
    terms.push_back({summand(candidate, candidate.element, at), scale, false});
  }
  if (terms.empty()) return value::number(0);
  return ops::sum(terms, scale, at);
}

Value count_of(std::span<const Candidate> candidates, Error at) {
  std::vector<ops::Term> terms;
  for (const Candidate& candidate : candidates) {
    terms.push_back({summand(candidate, value::number(1), at), 0, false});
  }
  if (terms.empty()) return value::number(0);
  return ops::sum(terms, 0, at);
}

Value extreme_of(std::span<const Candidate> candidates, bool highest) {
  Value failures{};
  bool fails = false;
  bool any_sure = false;
  bool any = false;
  std::int64_t sure_bound = 0;     // the near bound of the sure elements: highest lo (lowest hi)
  std::int64_t possible_near = 0;  // with none sure: the least the result can be
  std::int64_t possible_far = 0;   // the most it can be
  for (const Candidate& candidate : candidates) {
    const Value& element = candidate.element;
    failures = with_failure_of(failures, candidate.where);
    fails |= surely_fails(candidate);
    if (!may_be_true(candidate.where)) continue;
    failures = with_failure_of(failures, element);
    if (!element.may_value()) continue;
    // For the lowest, the same on the mirrored line: bounds change their sign and place.
    const std::int64_t near = highest ? element.lo : element.hi;
    const std::int64_t far = highest ? element.hi : element.lo;
    const auto beyond = [highest](std::int64_t left, std::int64_t right) {
      return highest ? std::max(left, right) : std::min(left, right);
    };
    const auto before = [highest](std::int64_t left, std::int64_t right) {
      return highest ? std::min(left, right) : std::max(left, right);
    };
    possible_far = any ? beyond(possible_far, far) : far;
    possible_near = any ? before(possible_near, near) : near;
    any = true;
    const bool is_sure =
        !may_be_false(candidate.where) && !element.may_not_apply() && candidate.copies_max == 1;
    if (!is_sure) continue;
    sure_bound = any_sure ? beyond(sure_bound, near) : near;
    any_sure = true;
  }
  if (fails) return value::failure(failures.error);
  Value result{};
  if (any) {
    const std::int64_t near = any_sure ? sure_bound : possible_near;
    result = highest ? value::between(near, possible_far) : value::between(possible_far, near);
  }
  if (!any_sure) result.kinds |= value::kNotApplicable;
  return with_kinds_of(result, failures);
}

}  // namespace juzhu::eval
