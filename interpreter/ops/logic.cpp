#include "ops/logic.h"

#include <array>

#include <algorithm>

#include "ops/operands.h"

namespace juzhu::ops {
namespace {

/// Kleene's `and` over sets, where `deciding` is F; his `or` is the same with T deciding. In closed
/// form, since the operands are independent: the deciding value is possible if one operand may have
/// it, the other if all may; an error if no operand must decide and one may fail, and then the
/// least error can come about.
Value decide(std::span<const Value> operands, std::int64_t deciding) {
  const std::int64_t other = (value::kFalseBit | value::kTrueBit) & ~deciding;
  bool may_decide = false;
  bool may_be_other = true;
  bool must_decide = false;
  bool may_fail = false;
  Error error{};
  for (const Value& operand : operands) {
    const Value met = condition(operand);
    const bool has_other = met.may_value() && (met.lo & other) != 0;
    may_decide = may_decide || (met.may_value() && (met.lo & deciding) != 0);
    may_be_other = may_be_other && has_other;
    must_decide = must_decide || (!has_other && !met.may_fail());
    if (!met.may_fail()) continue;
    error = may_fail ? std::min(error, met.error) : met.error;
    may_fail = true;
  }
  Value result;
  if (may_decide || may_be_other) {
    result = value::bits((may_decide ? deciding : 0) | (may_be_other ? other : 0));
  }
  if (may_fail && !must_decide) {
    result.kinds |= value::kFails;
    result.error = error;
  }
  return result;
}

/// A value without one of its kinds.
Value without(Value value, std::uint8_t kind) {
  value.kinds &= static_cast<std::uint8_t>(~kind);
  if (kind == value::kFails) value.error = {};
  return value;
}

}  // namespace

Value condition(const Value& operand) {
  if (!operand.may_not_apply()) return operand;
  Value result = without(operand, value::kNotApplicable);
  result.kinds |= value::kValue;
  result.lo |= value::kFalseBit;
  return result;
}

Value all_of(std::span<const Value> operands) { return decide(operands, value::kFalseBit); }
Value any_of(std::span<const Value> operands) { return decide(operands, value::kTrueBit); }

Value negate(const Value& operand) {
  Value result = condition(operand);
  if (result.may_value()) {
    result.lo = ((result.lo & value::kFalseBit) != 0 ? value::kTrueBit : 0) |
                ((result.lo & value::kTrueBit) != 0 ? value::kFalseBit : 0);
  }
  return result;
}

Value both(const Value& left, const Value& right) {
  const std::array<Value, 2> operands{left, right};
  return all_of(operands);
}

Value if_else(const Value& test, const Value& then, const Value& otherwise, const Type& type,
              const value::PlaceTree& places) {
  const Value met = condition(test);
  Value result;
  if (met.may_fail()) result = value::failure(met.error);
  if (met.may_value() && (met.lo & value::kTrueBit) != 0)
    result = value::join(result, then, type, places);
  if (met.may_value() && (met.lo & value::kFalseBit) != 0) {
    result = value::join(result, otherwise, type, places);
  }
  return result;
}

Value or_if_none(const Value& operand, const Value& fallback, const Type& type,
                 const value::PlaceTree& places) {
  if (!operand.may_not_apply()) return operand;
  return value::join(without(operand, value::kNotApplicable), fallback, type, places);
}

Value is_given(const Value& operand) {
  Value result;
  if (operand.may_value() || operand.may_not_apply()) {
    result = value::bits((operand.may_value() ? value::kTrueBit : 0) |
                         (operand.may_not_apply() ? value::kFalseBit : 0));
  }
  if (operand.may_fail()) {
    result.kinds |= value::kFails;
    result.error = operand.error;
  }
  return result;
}

}  // namespace juzhu::ops
