// Comparisons, exact across scales (semantics.md 2.2, 3.3).
#include <algorithm>

#include "ops/number.h"
#include "ops/operands.h"
#include "ops/wide.h"

namespace juzhu::ops {
namespace {

/// Which of "below", "equal" and "above" the left side may be.
struct Signs {
  bool below = false;
  bool equal = false;
  bool above = false;

  void add_range(int least, int greatest) {
    below |= least < 0;
    above |= greatest > 0;
    equal |= least <= 0 && greatest >= 0;
  }
};

/// A truth value from where the left side may lie.
Value truth_of(Relation relation, const Signs& signs) {
  bool may_hold = signs.equal;
  bool may_not_hold = signs.below || signs.above;
  if (relation != Relation::kEqual) {
    may_hold = signs.below || (relation == Relation::kLessEqual && signs.equal);
    may_not_hold = signs.above || (relation == Relation::kLess && signs.equal);
  }
  return value::bits((may_hold ? value::kTrueBit : 0) | (may_not_hold ? value::kFalseBit : 0));
}

/// The sign of n/d − b where all three are whole numbers and the scales move the point by `shift`
/// digits: of n × 10^shift − b × d, the other way round for a negative d.
int quotient_sign(std::int64_t n, std::int64_t d, std::int64_t b, int shift) {
  const Wide product = Wide{b} * d;
  const int direction = d < 0 ? -1 : 1;
  if (shift >= 0) {
    const Wide left = Wide{n} * power_of_ten(shift);
    return direction * (left < product ? -1 : left > product ? 1 : 0);
  }
  // A product beyond 65 bits decides by its sign alone: n has 64, and the power of ten only widens
  // the distance.
  constexpr Wide kDecides = Wide{1} << 65;
  if (product > kDecides || product < -kDecides) return direction * (product > 0 ? -1 : 1);
  const Wide right = product * power_of_ten(-shift);
  return direction * (n < right ? -1 : n > right ? 1 : 0);
}

/// Adds the signs for denominators of one sign: n/d − b is monotone in each of the three there, so
/// the corners bound it.
void add_part(const Value& numerator, std::int64_t d_lo, std::int64_t d_hi, const Value& bound,
              int shift, Signs* signs) {
  if (d_lo > d_hi) return;
  int least = 1;
  int greatest = -1;
  for (const std::int64_t n : {numerator.lo, numerator.hi}) {
    for (const std::int64_t d : {d_lo, d_hi}) {
      for (const std::int64_t b : {bound.lo, bound.hi}) {
        const int sign = quotient_sign(n, d, b, shift);
        least = std::min(least, sign);
        greatest = std::max(greatest, sign);
      }
    }
  }
  signs->add_range(least, greatest);
}

}  // namespace

Value compare(Relation relation, const Value& left, int left_scale, const Value& right,
              int right_scale) {
  const Operands both{left, right};
  if (!both.may_compute()) return both.comparison(kNothing);
  const auto common = [](std::int64_t number, int scale) {
    return Wide{number} * power_of_ten(scale);
  };
  const int digits = std::max(left_scale, right_scale);
  const Wide a = common(left.lo, digits - left_scale);
  const Wide b = common(left.hi, digits - left_scale);
  const Wide c = common(right.lo, digits - right_scale);
  const Wide d = common(right.hi, digits - right_scale);
  Signs signs;
  signs.below = a < d;
  signs.above = b > c;
  signs.equal = a <= d && c <= b;
  return both.comparison(truth_of(relation, signs));
}

Value compare_quotient(Relation relation, bool swapped, const Value& numerator, int numerator_scale,
                       const Value& denominator, int denominator_scale, const Value& bound,
                       int bound_scale, Error at) {
  const Operands all{numerator, denominator, bound};
  if (!all.may_compute()) return all.comparison(kNothing);
  const int shift = denominator_scale + bound_scale - numerator_scale;
  Signs signs;
  add_part(numerator, denominator.lo, std::min<std::int64_t>(denominator.hi, -1), bound, shift,
           &signs);
  add_part(numerator, std::max<std::int64_t>(denominator.lo, 1), denominator.hi, bound, shift,
           &signs);
  if (swapped) std::swap(signs.below, signs.above);
  const bool only_zero = denominator.lo == 0 && denominator.hi == 0;
  Value computed = only_zero ? kNothing : truth_of(relation, signs);
  if (denominator.lo <= 0 && denominator.hi >= 0) {
    computed = or_error(computed, ErrorCode::kDivisionByZero, at);
  }
  return all.comparison(computed);
}

}  // namespace juzhu::ops
