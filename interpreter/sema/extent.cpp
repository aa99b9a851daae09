#include "sema/extent.h"

#include <algorithm>

namespace juzhu::sema {

bool times_meet(const Extent& left, const Extent& right) {
  return std::max(left.from, right.from) <= std::min(left.to, right.to);
}

bool places_meet(const Extent& left, const Extent& right, const value::PlaceTree& places) {
  if (left.places.empty() || right.places.empty()) return true;
  for (const PlaceNode a : left.places) {
    for (const PlaceNode b : right.places) {
      if (places.within(a, b) || places.within(b, a)) return true;
    }
  }
  return false;
}

bool strictly_inside(const Extent& inner, const Extent& outer, const value::PlaceTree& places) {
  if (inner.places.empty()) return false;
  if (outer.places.empty()) return true;
  for (const PlaceNode a : inner.places) {
    bool inside = false;
    for (const PlaceNode b : outer.places)
      inside = inside || (a != b && places.within(a, b));
    if (!inside) return false;
  }
  return true;
}

bool same_places(const Extent& left, const Extent& right) {
  std::vector<PlaceNode> a = left.places;
  std::vector<PlaceNode> b = right.places;
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  return a == b;
}

}  // namespace juzhu::sema
