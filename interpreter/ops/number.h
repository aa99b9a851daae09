// Exact numbers within bounds: scaled 64-bit integers, 128 bits inside, never binary floating point
// (semantics.md 2.2). An operand that is an error gives the least error, else "not applicable"
// gives "not applicable"; bounds that leave int64 give overflow. `at` is where an error of this
// step comes from; its code is filled in.
#pragma once

#include <span>

#include "value/value.h"

namespace juzhu::ops {

using value::Error;
using value::Value;

enum class Rounding : std::uint8_t { kHalfUp, kHalfEven, kDown, kUp, kFloor, kCeiling };

/// One term of a sum: its value, its scale, and whether it is subtracted.
struct Term {
  Value value;
  int scale = 0;
  bool minus = false;
};

/// Terms of one n-ary sum, exact in 128 bits, then checked; at `scale`.
Value sum(std::span<const Term> terms, int scale, Error at);
/// The product at the sum of the scales.
Value product(const Value& left, const Value& right, Error at);
/// left / right rounded to `scale` digits; division by zero is an error.
Value quotient(const Value& left, int left_scale, const Value& right, int right_scale, int scale,
               Rounding mode, Error at);
/// A number brought to another scale: up is exact, down rounds.
Value rescale(const Value& operand, int from, int to, Rounding mode, Error at);
Value least_of(std::span<const Term> operands, int scale, Error at);
Value greatest_of(std::span<const Term> operands, int scale, Error at);
/// max(0, floor(x / unit)) and max(0, ceiling(x / unit)), scale 0; unit <= 0 is bad-unit-size.
Value full_units(const Value& x, int x_scale, const Value& unit, int unit_scale, Error at);
Value started_units(const Value& x, int x_scale, const Value& unit, int unit_scale, Error at);

enum class Relation : std::uint8_t { kEqual, kLess, kLessEqual };
/// Exact across scales; cannot fail by itself. An operand "not applicable" gives F.
Value compare(Relation relation, const Value& left, int left_scale, const Value& right,
              int right_scale);
/// numerator / denominator ⋈ bound (or bound ⋈ quotient if `swapped`), cross-multiplied, sign of
/// the denominator respected; a denominator that may be zero adds division-by-zero.
Value compare_quotient(Relation relation, bool swapped, const Value& numerator, int numerator_scale,
                       const Value& denominator, int denominator_scale, const Value& bound,
                       int bound_scale, Error at);

}  // namespace juzhu::ops
