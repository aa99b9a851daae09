#include "ops/operands.h"

#include <algorithm>

namespace juzhu::ops {

Operands::Operands(std::initializer_list<Value> operands) {
  for (const Value& operand : operands)
    add(operand);
}

void Operands::add(const Value& operand) {
  values_ = values_ && operand.may_value();
  applies_or_not_ = applies_or_not_ && !operand.only_error();
  may_not_apply_ = may_not_apply_ || operand.may_not_apply();
  if (!operand.may_fail()) return;
  error_ = may_fail_ ? std::min(error_, operand.error) : operand.error;
  may_fail_ = true;
}

Value Operands::with_failure(Value result) const {
  if (!may_fail_) return result;
  result.error = result.may_fail() ? std::min(result.error, error_) : error_;
  result.kinds |= value::kFails;
  return result;
}

Value Operands::strict(const Value& computed) const {
  Value result = values_ ? computed : kNothing;
  if (may_not_apply_ && applies_or_not_) result.kinds |= value::kNotApplicable;
  return with_failure(result);
}

Value Operands::comparison(const Value& computed) const {
  Value result = values_ ? computed : kNothing;
  if (may_not_apply_ && applies_or_not_) {
    result.kinds |= value::kValue;
    result.lo |= value::kFalseBit;
  }
  return with_failure(result);
}

Value or_error(Value computed, ErrorCode code, Error at) {
  at.code = code;
  computed.error = computed.may_fail() ? std::min(computed.error, at) : at;
  computed.kinds |= value::kFails;
  return computed;
}

Value clipped(Wide lo, Wide hi, std::int64_t least, std::int64_t greatest, ErrorCode code,
              Error at) {
  Value result;
  if (lo <= greatest && hi >= least) {
    result = value::between(static_cast<std::int64_t>(std::max<Wide>(lo, least)),
                            static_cast<std::int64_t>(std::min<Wide>(hi, greatest)));
  }
  return lo < least || hi > greatest ? or_error(result, code, at) : result;
}

Value clipped(Wide lo, Wide hi, Error at) {
  return clipped(lo, hi, kInt64Min, kInt64Max, ErrorCode::kOverflow, at);
}

}  // namespace juzhu::ops
