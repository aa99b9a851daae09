#include "value/place_tree.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/check.h"

namespace juzhu::value {
namespace {

// Provinces that are their own city: the four municipalities and the two special administrative
// regions.
constexpr std::string_view kOwnCityCodes[] = {"11", "12", "31", "50", "81", "82"};

const std::string& name_in(const Place& place, bool chinese) {
  const std::string& wanted = chinese ? place.name_zh : place.name_en;
  return wanted.empty() ? (chinese ? place.name_en : place.name_zh) : wanted;
}

/// Leaves the nodes of the highest level, and those that a rulebook declares: whoever declares a
/// place below a namesake means it as often as the other.
void keep_highest(const std::vector<Place>& places, std::vector<PlaceNode>* nodes) {
  PlaceLevel highest = PlaceLevel::kZone;
  for (const PlaceNode node : *nodes)
    highest = std::min(highest, places[node].level);
  std::erase_if(*nodes, [&](PlaceNode node) {
    return !places[node].declared && places[node].level != highest;
  });
}

/// Of several nodes leaves those directly below one of `outer`, if there are such: a path that
/// leaves nothing out is clear.
void keep_children(const std::vector<Place>& places, const std::vector<PlaceNode>& outer,
                   std::vector<PlaceNode>* nodes) {
  const auto is_child = [&](PlaceNode node) {
    return std::find(outer.begin(), outer.end(), places[node].parent) != outer.end();
  };
  if (nodes->size() < 2 || std::none_of(nodes->begin(), nodes->end(), is_child)) return;
  std::erase_if(*nodes, [&](PlaceNode node) { return !is_child(node); });
}

std::string path_text(const PlaceTree& tree, PlaceNode node, bool chinese) {
  if (node == kRootPlace) return chinese ? "任何地方" : "anywhere";
  std::vector<std::string> names{name_in(tree[node], chinese)};
  PlaceNode widest = node;
  const auto widen = [&] {
    widest = tree[widest].parent;
    names.insert(names.begin(), name_in(tree[widest], chinese));
  };
  // A county says little to people without its city, even where no other bears its name.
  if (tree[node].level > PlaceLevel::kCity && tree[node].parent != kRootPlace) widen();
  while (tree.by_path(names) != node && tree[widest].parent != kRootPlace)
    widen();
  std::string text;
  for (const std::string& name : names) {
    if (!text.empty()) text += '.';
    text += name;
  }
  return text;
}

}  // namespace

PlaceTree::PlaceTree() { places_.emplace_back(); }

PlaceNode PlaceTree::add(Place place) {
  JUZHU_CHECK(place.parent < places_.size());
  const auto node = static_cast<PlaceNode>(places_.size());
  place.depth = places_[place.parent].depth + 1;
  place.children.clear();
  places_[place.parent].children.push_back(node);
  std::vector<std::string> names = place.aliases;
  names.push_back(place.name_en);
  names.push_back(place.name_zh);
  for (const std::string& name : names) {
    if (name.empty()) continue;
    std::vector<PlaceNode>& bearers = names_[name];
    if (bearers.empty() || bearers.back() != node) bearers.push_back(node);
  }
  if (!place.code.empty()) codes_.emplace(place.code, node);
  places_.push_back(std::move(place));
  return node;
}

bool PlaceTree::within(PlaceNode inner, PlaceNode outer) const {
  while (places_[inner].depth > places_[outer].depth)
    inner = places_[inner].parent;
  return inner == outer;
}

PlaceNode PlaceTree::common_ancestor(PlaceNode left, PlaceNode right) const {
  while (left != right) {
    PlaceNode& deeper = places_[left].depth >= places_[right].depth ? left : right;
    deeper = places_[deeper].parent;
  }
  return left;
}

std::optional<PlaceNode> PlaceTree::by_code(std::string_view code) const {
  const auto found = codes_.find(std::string(code));
  return found == codes_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<PlaceNode> PlaceTree::by_name(std::string_view name, PlaceNode outer) const {
  const auto found = names_.find(std::string(name));
  if (found == names_.end()) return {};
  std::vector<PlaceNode> nodes = found->second;
  std::erase_if(nodes, [&](PlaceNode node) { return !within(node, outer); });
  return nodes;
}

std::optional<PlaceNode> PlaceTree::by_path(const std::vector<std::string>& names,
                                            std::vector<PlaceNode>* candidates) const {
  if (candidates != nullptr) candidates->clear();
  // Namesakes of one level are all followed: a later name may tell them apart.
  std::vector<PlaceNode> reached{kRootPlace};
  for (const std::string& name : names) {
    std::vector<PlaceNode> next = by_name(name);
    std::erase_if(next, [&](PlaceNode node) {
      return std::none_of(reached.begin(), reached.end(),
                          [&](PlaceNode outer) { return node != outer && within(node, outer); });
    });
    keep_highest(places_, &next);
    // Where nothing stands before it, being a child says nothing: the root has none but nations.
    if (reached != std::vector{kRootPlace}) keep_children(places_, reached, &next);
    reached = std::move(next);
  }
  if (reached.size() == 1) return reached.front();
  if (candidates != nullptr) *candidates = std::move(reached);
  return std::nullopt;
}

std::optional<PlaceNode> PlaceTree::ancestor_at(PlaceNode node, PlaceLevel level) const {
  // What lies directly below a province is a city to those who ask for one, and a municipality is
  // both.
  PlaceNode below = node;
  for (PlaceNode at = node; at != kRootPlace; below = at, at = places_[at].parent) {
    if (places_[at].level == level) return at;
    if (level == PlaceLevel::kCity && places_[at].level == PlaceLevel::kProvince) {
      if (is_own_city(at)) return at;
      return below != at ? std::optional(below) : std::nullopt;
    }
    if (places_[at].level < level) return std::nullopt;
  }
  return std::nullopt;
}

bool PlaceTree::is_own_city(PlaceNode province) const {
  const Place& place = places_[province];
  if (place.code.size() == 6) {
    const auto starts = [&](std::string_view code) { return place.code.starts_with(code); };
    return std::any_of(std::begin(kOwnCityCodes), std::end(kOwnCityCodes), starts);
  }
  const auto is_city = [&](PlaceNode child) { return places_[child].level == PlaceLevel::kCity; };
  return !place.children.empty() &&
         std::none_of(place.children.begin(), place.children.end(), is_city);
}

std::vector<std::string> PlaceTree::names_widest_first() const {
  std::vector<PlaceNode> order(places_.size());
  std::iota(order.begin(), order.end(), PlaceNode{0});
  std::stable_sort(order.begin(), order.end(), [&](PlaceNode left, PlaceNode right) {
    return places_[left].level < places_[right].level;
  });
  std::vector<std::string> names;
  for (const PlaceNode node : order) {
    for (const std::string& name : {places_[node].name_en, places_[node].name_zh}) {
      if (!name.empty()) names.push_back(name);
    }
  }
  return names;
}

std::string PlaceTree::path_en(PlaceNode node) const { return path_text(*this, node, false); }
std::string PlaceTree::path_zh(PlaceNode node) const { return path_text(*this, node, true); }

}  // namespace juzhu::value
