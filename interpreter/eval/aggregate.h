// Sums, counts and extremes over elements of which only some may be meant (semantics.md 3.3,
// fold; 5.5, tables that fold over their rows).
#pragma once

#include <span>

#include "value/value.h"

namespace juzhu::eval {

using value::Error;
using value::Value;

/// An element and the condition under which it is meant.
struct Candidate {
  Value where;      ///< a condition, never "not applicable"
  Value element{};  ///< no kind where elements are only counted
  std::int64_t copies_max =
      1;  ///< more than 1: stands for 0 to so many elements that are not listed
};

inline bool may_be_true(const Value& condition) {
  return condition.may_value() && (condition.lo & value::kTrueBit) != 0;
}
inline bool may_be_false(const Value& condition) {
  return condition.may_value() && (condition.lo & value::kFalseBit) != 0;
}

/// An element that does not apply is skipped. `scale` is that of the elements and of the result.
Value total_of(std::span<const Candidate> candidates, int scale, Error at);
Value count_of(std::span<const Candidate> candidates, Error at);
/// The highest or lowest element; "not applicable" if there may be none.
Value extreme_of(std::span<const Candidate> candidates, bool highest);

}  // namespace juzhu::eval
