#include "ops/number.h"

#include <algorithm>

#include "base/check.h"
#include "ops/operands.h"
#include "ops/wide.h"

namespace juzhu::ops {
namespace {

/// n × 10^by.
Wide scaled(std::int64_t number, int by) { return Wide{number} * power_of_ten(by); }

/// The smallest and greatest of what the corners of a box give.
class Hull {
 public:
  void add(Wide corner) {
    lo_ = empty_ ? corner : std::min(lo_, corner);
    hi_ = empty_ ? corner : std::max(hi_, corner);
    empty_ = false;
  }
  [[nodiscard]] bool empty() const { return empty_; }
  [[nodiscard]] Wide lo() const { return lo_; }
  [[nodiscard]] Wide hi() const { return hi_; }

 private:
  bool empty_ = true;
  Wide lo_ = 0;
  Wide hi_ = 0;
};

/// numerator / denominator as an integer. |denominator| stays far below 2^126, so doubling a
/// remainder is safe.
Wide rounded(Wide numerator, Wide denominator, Rounding mode) {
  const Wide truncated = numerator / denominator;
  const Wide rest = numerator % denominator;
  if (rest == 0) return truncated;
  const int away = (numerator < 0) != (denominator < 0) ? -1 : 1;
  const Wide twice = 2 * (rest < 0 ? -rest : rest);
  const Wide whole = denominator < 0 ? -denominator : denominator;
  switch (mode) {
    case Rounding::kHalfUp:
      return twice >= whole ? truncated + away : truncated;
    case Rounding::kHalfEven:
      return twice > whole || (twice == whole && truncated % 2 != 0) ? truncated + away : truncated;
    case Rounding::kDown:
      return truncated;
    case Rounding::kUp:
      return truncated + away;
    case Rounding::kFloor:
      return floor_div(numerator, denominator);
    case Rounding::kCeiling:
      return ceiling_div(numerator, denominator);
  }
  return truncated;
}

Value extreme_of(std::span<const Term> operands, int scale, bool least, Error at) {
  JUZHU_CHECK(!operands.empty());
  Operands all;
  for (const Term& operand : operands)
    all.add(operand.value);
  if (!all.may_compute()) return all.strict(kNothing);
  Wide lo = 0;
  Wide hi = 0;
  bool first = true;
  for (const Term& operand : operands) {
    JUZHU_CHECK(operand.scale <= scale && !operand.minus);
    const Wide operand_lo = scaled(operand.value.lo, scale - operand.scale);
    const Wide operand_hi = scaled(operand.value.hi, scale - operand.scale);
    const bool lower = first || (least ? operand_lo < lo : operand_lo > lo);
    const bool higher = first || (least ? operand_hi < hi : operand_hi > hi);
    if (lower) lo = operand_lo;
    if (higher) hi = operand_hi;
    first = false;
  }
  return all.strict(clipped(lo, hi, at));
}

using CountUnits = Wide (*)(Wide, Wide);

/// Units of a positive size in a quantity; falls as the size grows, so that the bounds change
/// places.
Value units_in(const Value& x, int x_scale, const Value& unit, int unit_scale, CountUnits count,
               Error at) {
  const Operands both{x, unit};
  if (!both.may_compute()) return both.strict(kNothing);
  const auto units = [&](std::int64_t quantity, std::int64_t size) {
    return std::max<Wide>(0, count(scaled(quantity, unit_scale), scaled(size, x_scale)));
  };
  Value counted;
  if (unit.hi >= 1) {
    counted = clipped(units(x.lo, unit.hi), units(x.hi, std::max<std::int64_t>(unit.lo, 1)), at);
  }
  if (unit.lo < 1) counted = or_error(counted, ErrorCode::kBadUnitSize, at);
  return both.strict(counted);
}

}  // namespace

Value sum(std::span<const Term> terms, int scale, Error at) {
  Operands all;
  for (const Term& term : terms)
    all.add(term.value);
  if (!all.may_compute()) return all.strict(kNothing);
  Wide lo = 0;
  Wide hi = 0;
  for (const Term& term : terms) {
    JUZHU_CHECK(term.scale <= scale);
    lo += scaled(term.minus ? term.value.hi : term.value.lo, scale - term.scale) *
          (term.minus ? -1 : 1);
    hi += scaled(term.minus ? term.value.lo : term.value.hi, scale - term.scale) *
          (term.minus ? -1 : 1);
  }
  return all.strict(clipped(lo, hi, at));
}

Value product(const Value& left, const Value& right, Error at) {
  const Operands both{left, right};
  if (!both.may_compute()) return both.strict(kNothing);
  Hull hull;
  for (const std::int64_t a : {left.lo, left.hi}) {
    for (const std::int64_t b : {right.lo, right.hi})
      hull.add(Wide{a} * b);
  }
  return both.strict(clipped(hull.lo(), hull.hi(), at));
}

Value quotient(const Value& left, int left_scale, const Value& right, int right_scale, int scale,
               Rounding mode, Error at) {
  const Operands both{left, right};
  if (!both.may_compute()) return both.strict(kNothing);
  // left × 10^-ls / (right × 10^-rs) × 10^scale: the power of ten goes to the side where it is a
  // whole number.
  const int shift = right_scale + scale - left_scale;
  Hull hull;
  const auto add_corners = [&](std::int64_t divisor_lo, std::int64_t divisor_hi) {
    if (divisor_lo > divisor_hi) return;
    for (const std::int64_t a : {left.lo, left.hi}) {
      for (const std::int64_t b : {divisor_lo, divisor_hi}) {
        hull.add(rounded(scaled(a, std::max(shift, 0)), scaled(b, std::max(-shift, 0)), mode));
      }
    }
  };
  add_corners(right.lo, std::min<std::int64_t>(right.hi, -1));
  add_corners(std::max<std::int64_t>(right.lo, 1), right.hi);
  Value computed = hull.empty() ? kNothing : clipped(hull.lo(), hull.hi(), at);
  if (right.lo <= 0 && right.hi >= 0) computed = or_error(computed, ErrorCode::kDivisionByZero, at);
  return both.strict(computed);
}

Value rescale(const Value& operand, int from, int to, Rounding mode, Error at) {
  const Operands one{operand};
  if (!one.may_compute()) return operand;
  if (to >= from)
    return one.strict(clipped(scaled(operand.lo, to - from), scaled(operand.hi, to - from), at));
  const Wide divisor = power_of_ten(from - to);
  return one.strict(
      clipped(rounded(operand.lo, divisor, mode), rounded(operand.hi, divisor, mode), at));
}

Value least_of(std::span<const Term> operands, int scale, Error at) {
  return extreme_of(operands, scale, true, at);
}

Value greatest_of(std::span<const Term> operands, int scale, Error at) {
  return extreme_of(operands, scale, false, at);
}

Value full_units(const Value& x, int x_scale, const Value& unit, int unit_scale, Error at) {
  return units_in(x, x_scale, unit, unit_scale, floor_div, at);
}

Value started_units(const Value& x, int x_scale, const Value& unit, int unit_scale, Error at) {
  return units_in(x, x_scale, unit, unit_scale, ceiling_div, at);
}

}  // namespace juzhu::ops
