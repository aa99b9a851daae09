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

bool same_places(const Extent& left, const Extent& right) {
  std::vector<PlaceNode> a = left.places;
  std::vector<PlaceNode> b = right.places;
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  return a == b;
}

std::optional<PlaceNode> reached_through(const std::vector<PlaceNode>& extent, PlaceNode here,
                                         const value::PlaceTree& places) {
  if (extent.empty()) return value::kRootPlace;
  std::optional<PlaceNode> best;
  for (const PlaceNode place : extent) {
    if (!places.within(here, place)) continue;
    if (!best || places[place].depth > places[*best].depth) best = place;
  }
  return best;
}

bool asks_the_same(const RuleVersion& left, const RuleVersion& right) {
  for (const auto* a : {&left.grants, &left.denies, &left.ranks}) {
    for (const ServiceId service : *a) {
      for (const auto* b : {&right.grants, &right.denies, &right.ranks}) {
        if (std::find(b->begin(), b->end(), service) != b->end()) return true;
      }
    }
  }
  return false;
}

bool speaks_of(const RuleVersion& version, ServiceId service) {
  const auto has = [&](const std::vector<ServiceId>& services) {
    return std::find(services.begin(), services.end(), service) != services.end();
  };
  return has(version.grants) || has(version.denies) || has(version.ranks);
}

bool overrides(const RuleAt& left, const RuleAt& right) {
  const std::vector<RuleId>& named = left.version->overrides;
  return std::find(named.begin(), named.end(), right.rule) != named.end();
}

bool goes_before(const RuleAt& left, const RuleAt& right, const value::PlaceTree& places) {
  if (overrides(left, right)) return true;
  if (overrides(right, left)) return false;
  if (left.place != right.place) return places.within(left.place, right.place);
  const RuleVersion& a = *left.version;
  const RuleVersion& b = *right.version;
  if (a.gate != b.gate) return b.gate;
  return a.level == b.level && a.ordering_start() > b.ordering_start();
}

}  // namespace juzhu::sema
