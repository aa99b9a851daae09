// Conditions over sets of possible results: strong Kleene logic lifted to {F, T, error}
// (semantics.md 3.3). There is no evaluation order: F and error = error and F = F. A Boolean that
// is "not applicable" is F as a condition.
#pragma once

#include <span>

#include "value/value.h"

namespace juzhu::ops {

using value::Type;
using value::Value;

/// A value as a condition: "not applicable" becomes F.
Value condition(const Value& operand);
Value all_of(std::span<const Value> operands);  ///< empty: T
Value both(const Value& left, const Value& right);
Value any_of(std::span<const Value> operands);  ///< empty: F
Value negate(const Value& operand);
Value if_else(const Value& test, const Value& then, const Value& otherwise, const Type& type,
              const value::PlaceTree& places);
/// `operand` where it applies, `fallback` where it does not; errors pass through.
Value or_if_none(const Value& operand, const Value& fallback, const Type& type,
                 const value::PlaceTree& places);
/// Is it applicable: F for "not applicable", T for a value, errors pass through.
Value is_given(const Value& operand);

}  // namespace juzhu::ops
