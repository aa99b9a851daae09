#include "ops/sets.h"

#include <bit>

#include "ops/operands.h"

namespace juzhu::ops {
namespace {

using value::PlaceNode;
using value::PlaceTree;

Value truth_within(bool surely, bool surely_not) {
  if (surely) return value::truth(true);
  return surely_not ? value::truth(false) : value::unknown_truth();
}

bool is_single(std::int64_t bits) { return std::has_single_bit(static_cast<std::uint64_t>(bits)); }

/// A place of a value: its node, and whether it is that node alone. Below a node without children
/// nothing is listed, so "somewhere in it" is the node itself.
struct Spot {
  PlaceNode node;
  bool exact;
};

Spot spot_of(const Value& place, const PlaceTree& places) {
  const auto node = static_cast<PlaceNode>(place.lo);
  return {node, place.hi == 1 || places[node].children.empty()};
}

/// Can both be one and the same node?
bool may_meet(const Spot& left, const Spot& right, const PlaceTree& places) {
  if (left.node == right.node) return true;
  return (!right.exact && places.within(left.node, right.node)) ||
         (!left.exact && places.within(right.node, left.node));
}

}  // namespace

Value equal_bits(const Value& left, const Value& right) {
  return Operands{left, right}.comparison(
      truth_within(left.lo == right.lo && is_single(left.lo), (left.lo & right.lo) == 0));
}

Value equal_sets(const Value& left, const Value& right) {
  const bool known = left.lo == left.hi && right.lo == right.hi && left.lo == right.lo;
  const bool differ = (left.lo & ~right.hi) != 0 || (right.lo & ~left.hi) != 0;
  return Operands{left, right}.comparison(truth_within(known, differ));
}

Value equal_place(const Value& left, const Value& right, const PlaceTree& places) {
  const Operands both{left, right};
  if (!both.may_compute()) return both.comparison(kNothing);
  const Spot a = spot_of(left, places);
  const Spot b = spot_of(right, places);
  return both.comparison(
      truth_within(a.exact && b.exact && a.node == b.node, !may_meet(a, b, places)));
}

Value equal_text(const Value& left, const Value& right) {
  const bool any = left.lo == value::kAnyText || right.lo == value::kAnyText;
  return Operands{left, right}.comparison(
      truth_within(!any && left.lo == right.lo, !any && left.lo != right.lo));
}

Value in_bits(const Value& operand, std::int64_t options) {
  return Operands{operand}.comparison(
      truth_within((operand.lo & ~options) == 0, (operand.lo & options) == 0));
}

Value includes(const Value& set, const Value& element) {
  return Operands{set, element}.comparison(
      truth_within((element.lo & ~set.lo) == 0, (element.lo & set.hi) == 0));
}

Value within(const Value& inner, const Value& outer, const PlaceTree& places) {
  const Operands both{inner, outer};
  if (!both.may_compute()) return both.comparison(kNothing);
  const Spot p = spot_of(inner, places);
  const Spot q = spot_of(outer, places);
  const bool p_inside = places.within(p.node, q.node);
  const bool q_inside = places.within(q.node, p.node);
  // An exact q below p: only an inexact p can still turn out to lie in it. An inexact q may always
  // be a node beside p.
  const bool surely_not = !p_inside && (!q_inside || p.exact);
  return both.comparison(truth_within(p_inside && q.exact, surely_not));
}

Value place_at(const Value& place, value::PlaceLevel level, const PlaceTree& places) {
  const Operands one{place};
  if (!one.may_compute()) return place;
  const Spot spot = spot_of(place, places);
  if (const auto node = places.ancestor_at(spot.node, level)) {
    return one.strict(value::place_value(*node, true));
  }
  if (spot.exact) return one.strict(value::not_applicable());
  // Any place of that level below, or one that lies in none.
  Value result = value::place_value(spot.node, false);
  result.kinds |= value::kNotApplicable;
  return one.strict(result);
}

}  // namespace juzhu::ops
