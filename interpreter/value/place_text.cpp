#include "value/place_text.h"

#include <algorithm>

#include "value/plain_text.h"

namespace juzhu::value {
namespace {

/// Longer texts are no place: the search below is then not worth its time.
constexpr std::size_t kCompoundBytesMax = 120;

struct Ending {
  std::string_view word;
  std::vector<PlaceLevel> levels;
};

/// What may stand behind a name whose full form the tree does not know, and of which levels.
const std::vector<Ending>& endings() {
  static const std::vector<Ending> kEndings{
      {"省", {PlaceLevel::kProvince}},
      {"市", {PlaceLevel::kProvince, PlaceLevel::kCity, PlaceLevel::kCounty}},
      {"区", {PlaceLevel::kCounty}},
      {"县", {PlaceLevel::kCounty}},
      {"镇", {PlaceLevel::kTown}},
      {"乡", {PlaceLevel::kTown}},
      {"街道", {PlaceLevel::kTown}},
      {"学区", {PlaceLevel::kZone}}};
  return kEndings;
}

/// A place that has its ending in a table (宝安区) bears no other (宝安市).
bool has_full_name(const Place& place) {
  return std::any_of(place.aliases.begin(), place.aliases.end(), [&](const std::string& alias) {
    return alias.size() > place.name_zh.size() && alias.starts_with(place.name_zh);
  });
}

/// Splits names that are run together, in every way that leads down the tree.
class Splitter {
 public:
  explicit Splitter(const PlaceTree& places) : places_(places) {}

  std::vector<PlaceNode> places_of(std::string_view text) {
    split(text, {kRootPlace});
    std::sort(found_.begin(), found_.end());
    found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
    return std::move(found_);
  }

 private:
  /// `reached`: what the names so far may mean. A name that says its own level goes before the same
  /// letters taken apart, so the longest names are tried first; the others count only without it.
  bool split(std::string_view text, const std::vector<PlaceNode>& reached) {
    for (std::size_t size = text.size(); size > 0; --size) {
      const bool inside_letter =
          size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U;
      if (inside_letter) continue;
      const std::vector<PlaceNode> named = named_within(text.substr(0, size), reached);
      if (named.empty()) continue;
      if (size == text.size()) {
        found_.insert(found_.end(), named.begin(), named.end());
        return true;
      }
      if (split(text.substr(size), named)) return true;
    }
    return false;
  }

  [[nodiscard]] std::vector<PlaceNode> named_within(std::string_view name,
                                                    const std::vector<PlaceNode>& reached) const {
    std::vector<PlaceNode> named = below(places_.by_name(name), reached);
    for (const Ending& ending : endings()) {
      if (!named.empty()) break;
      if (!name.ends_with(ending.word) || name.size() == ending.word.size()) continue;
      named = below(places_.by_name(name.substr(0, name.size() - ending.word.size())), reached);
      std::erase_if(named, [&](PlaceNode node) {
        const bool fits = std::find(ending.levels.begin(), ending.levels.end(),
                                    places_[node].level) != ending.levels.end();
        return !fits || has_full_name(places_[node]);
      });
    }
    return named;
  }

  [[nodiscard]] std::vector<PlaceNode> below(std::vector<PlaceNode> named,
                                             const std::vector<PlaceNode>& reached) const {
    std::erase_if(named, [&](PlaceNode node) {
      return std::none_of(reached.begin(), reached.end(), [&](PlaceNode outer) {
        return node != outer && places_.within(node, outer);
      });
    });
    return named;
  }

  const PlaceTree& places_;
  std::vector<PlaceNode> found_;
};

bool is_chinese(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char letter) { return static_cast<unsigned char>(letter) >= 0xE3U; });
}

}  // namespace

std::vector<std::string> split_path(std::string_view text) {
  std::vector<std::string> names;
  while (true) {
    const std::size_t dot = text.find('.');
    names.push_back(plain_text(text.substr(0, dot)));
    if (dot == std::string_view::npos) return names;
    text.remove_prefix(dot + 1);
  }
}

std::optional<PlaceNode> read_place_text(const PlaceTree& places, std::string_view text,
                                         std::vector<PlaceNode>* candidates) {
  candidates->clear();
  if (const auto node = places.by_code(text)) return node;
  const auto node = places.by_path(split_path(text), candidates);
  if (node || !candidates->empty()) return node;
  if (!is_chinese(text) || text.size() > kCompoundBytesMax) return std::nullopt;
  std::string run_together(text);
  std::erase(run_together, ' ');
  *candidates = Splitter(places).places_of(run_together);
  if (candidates->size() != 1) return std::nullopt;
  const PlaceNode only = candidates->front();
  candidates->clear();
  return only;
}

}  // namespace juzhu::value
