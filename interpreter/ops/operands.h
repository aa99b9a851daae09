// What every strict operation does with operands that may fail or may not apply (semantics.md 3.3):
// an error gives the least error, else "not applicable" gives "not applicable" (a comparison: F),
// else the operation computes.
#pragma once

#include <initializer_list>
#include <span>

#include "ops/wide.h"
#include "value/value.h"

namespace juzhu::ops {

using value::Error;
using value::ErrorCode;
using value::Value;

/// The kinds of result that the kinds of the operands allow, taken together.
class Operands {
 public:
  Operands() = default;
  Operands(std::initializer_list<Value> operands);
  void add(const Value& operand);

  /// All operands may be values at once: there is something to compute.
  [[nodiscard]] bool may_compute() const { return values_; }
  /// `computed` (a value, or an error of this step, or both), with what operands bring that do not
  /// apply or fail.
  [[nodiscard]] Value strict(const Value& computed) const;
  /// The same for comparisons: F where an operand does not apply. `computed` is a truth value.
  [[nodiscard]] Value comparison(const Value& computed) const;

 private:
  [[nodiscard]] Value with_failure(Value result) const;

  bool values_ = true;
  bool applies_or_not_ = true;  ///< no operand surely fails
  bool may_not_apply_ = false;
  bool may_fail_ = false;
  Error error_{};
};

/// No kind at all: what is passed as `computed` where there is nothing to compute.
inline constexpr Value kNothing{};

/// Union of kinds of a computed value and an error of this step with this code.
Value or_error(Value computed, ErrorCode code, Error at);
/// Bounds as a value: what leaves [least, greatest] is cut off and is the error `code`; nothing
/// left is only that.
Value clipped(Wide lo, Wide hi, std::int64_t least, std::int64_t greatest, ErrorCode code,
              Error at);
/// Within 64 bits, else overflow.
Value clipped(Wide lo, Wide hi, Error at);

}  // namespace juzhu::ops
