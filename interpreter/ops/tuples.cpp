#include "ops/tuples.h"

namespace juzhu::ops {

Order compare_key(const Value& left, const Value& right, bool lowest_first) {
  Order order;
  const bool left_known_kind = left.may_value() || left.may_not_apply();
  const bool right_known_kind = right.may_value() || right.may_not_apply();
  if (!left_known_kind || !right_known_kind) return {true, true, true};
  if (left.may_value() && right.may_value()) {
    const bool may_be_less = left.lo < right.hi;
    const bool may_be_more = left.hi > right.lo;
    order.before |= lowest_first ? may_be_less : may_be_more;
    order.after |= lowest_first ? may_be_more : may_be_less;
    order.equal |= left.lo <= right.hi && right.lo <= left.hi;
  }
  order.before |= left.may_value() && right.may_not_apply();
  order.after |= left.may_not_apply() && right.may_value();
  order.equal |= left.may_not_apply() && right.may_not_apply();
  return order;
}

Order compare_tuples(std::span<const Value> left, std::span<const Value> right,
                     std::span<const std::uint32_t> lowest_first) {
  Order order;
  for (std::size_t i = 0; i < left.size(); ++i) {
    const Order key = compare_key(left[i], right[i], lowest_first[i] != 0);
    order.before |= key.before;
    order.after |= key.after;
    if (!key.equal) return order;
  }
  order.equal = true;
  return order;
}

}  // namespace juzhu::ops
