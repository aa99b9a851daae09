// The tree of administrative divisions: nation, province, city, county, and below it whatever a
// rulebook declares. Node 0 is the root ("anywhere"). A place in a Value is a node and whether it
// is exactly that node; "somewhere in Hunan" is the node Hunan, not exact (semantics.md, decision
// 11).
//
// Ownership: the tree owns its names. Threads: immutable once built.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/bilingual.h"

namespace juzhu::value {

using PlaceNode = std::uint32_t;
inline constexpr PlaceNode kRootPlace = 0;

enum class PlaceLevel : std::uint8_t { kRoot, kNation, kProvince, kCity, kCounty, kTown, kZone };

struct Place {
  std::string name_en;
  std::string name_zh;
  std::vector<std::string> aliases;
  std::string code;  ///< GB/T 2260, may be empty
  PlaceLevel level = PlaceLevel::kRoot;
  PlaceNode parent = kRootPlace;
  std::vector<PlaceNode> children;
  std::uint32_t depth = 0;
  bool declared = false;  ///< by a `division` line of a rulebook, not by a table of divisions
};

class PlaceTree {
 public:
  PlaceTree();
  PlaceNode add(Place place);
  [[nodiscard]] const Place& operator[](PlaceNode node) const { return places_[node]; }
  [[nodiscard]] std::size_t size() const { return places_.size(); }
  /// Is `inner` the node `outer` or below it?
  [[nodiscard]] bool within(PlaceNode inner, PlaceNode outer) const;
  [[nodiscard]] PlaceNode common_ancestor(PlaceNode left, PlaceNode right) const;
  [[nodiscard]] std::optional<PlaceNode> by_code(std::string_view code) const;
  /// All nodes that carry a name or alias (either tongue) and lie within `outer`.
  [[nodiscard]] std::vector<PlaceNode> by_name(std::string_view name,
                                               PlaceNode outer = kRootPlace) const;
  /// A path as rules and data write it: names from wide to narrow ("Hunan.Shaoyang", 深圳.宝安),
  /// each within the one before, not necessarily its direct child. Of namesakes in a table of
  /// divisions the highest is meant (the province 吉林, not its city); a division that a rulebook
  /// declares gives way to none of them. Of several that are left those directly below the name
  /// before are meant; still several: `candidates` lists them and there is no value. Nothing fits:
  /// no value and no candidates.
  [[nodiscard]] std::optional<PlaceNode> by_path(
      const std::vector<std::string>& names, std::vector<PlaceNode>* candidates = nullptr) const;
  /// The city, county or province that a node lies in: itself or the nearest ancestor of that
  /// level. A municipality is its own city; a county directly below a province too. No value above
  /// that level.
  [[nodiscard]] std::optional<PlaceNode> ancestor_at(PlaceNode node, PlaceLevel level) const;
  /// All names in both tongues, those of wider places first: who slips means a city more often than
  /// one of the many counties with a name like it.
  [[nodiscard]] std::vector<std::string> names_widest_first() const;
  /// "Shenzhen.Baoan" / "深圳.宝安": the shortest path of names that is unambiguous, for people.
  [[nodiscard]] std::string path_en(PlaceNode node) const;
  [[nodiscard]] std::string path_zh(PlaceNode node) const;
  [[nodiscard]] Bilingual path(PlaceNode node) const { return {path_en(node), path_zh(node)}; }

 private:
  [[nodiscard]] bool is_own_city(PlaceNode province) const;

  std::vector<Place> places_;
  std::unordered_map<std::string, std::vector<PlaceNode>> names_;
  std::unordered_map<std::string, PlaceNode> codes_;
};

}  // namespace juzhu::value
