#include "sema/timeline.h"

#include <algorithm>

namespace juzhu::sema {

namespace {

/// Pieces as declared become pieces in force.
std::vector<Piece> chosen(std::vector<Piece> candidates, const value::PlaceTree& places) {
  std::stable_sort(candidates.begin(), candidates.end(), [&](const Piece& a, const Piece& b) {
    return std::pair{places[b.place].depth, a.days.from} <
           std::pair{places[a.place].depth, b.days.from};
  });
  std::vector<Piece> result;
  std::vector<Days> covered;
  for (std::size_t i = 0; i < candidates.size();) {
    // Places that `here` lies in and that are equally deep are one place.
    const PlaceNode place = candidates[i].place;
    std::vector<Days> here;
    for (; i < candidates.size() && candidates[i].place == place; ++i) {
      Piece piece = candidates[i];
      if (i + 1 < candidates.size() && candidates[i + 1].place == place)
        piece.days.to = std::min(piece.days.to, candidates[i + 1].days.from - 1);
      if (piece.days.empty()) continue;
      here.push_back(piece.days);
      for (const Days& days : uncovered(piece.days, covered))
        result.push_back({piece.version, place, days});
    }
    covered.insert(covered.end(), here.begin(), here.end());
  }
  std::sort(result.begin(), result.end(),
            [](const Piece& a, const Piece& b) { return a.days.from < b.days.from; });
  return result;
}

template <typename Item>
std::vector<Piece> of_extents(const Item& item, PlaceNode here, const value::PlaceTree& places) {
  std::vector<Piece> candidates;
  for (std::uint32_t i = 0; i < item.versions.size(); ++i) {
    if (item.versions[i].reform.valid()) continue;
    const Extent& extent = item.versions[i].extent;
    if (const auto place = reached_through(extent.places, here, places))
      candidates.push_back({i, *place, {extent.from, extent.to}});
  }
  return chosen(std::move(candidates), places);
}

}  // namespace

Days meet(const Days& left, const Days& right) {
  return {std::max(left.from, right.from), std::min(left.to, right.to)};
}

std::vector<Days> uncovered(const Days& whole, std::vector<Days> covered) {
  std::sort(covered.begin(), covered.end(),
            [](const Days& a, const Days& b) { return a.from < b.from; });
  std::vector<Days> rest;
  std::int64_t next = whole.from;
  for (const Days& each : covered) {
    if (each.empty() || each.to < next) continue;
    if (each.from > whole.to) break;
    if (each.from > next) rest.push_back({next, each.from - 1});
    next = each.to + 1;
  }
  if (next <= whole.to) rest.push_back({next, whole.to});
  return rest;
}

std::vector<Piece> timeline(const Rule& rule, PlaceNode here, const value::PlaceTree& places) {
  return of_extents(rule, here, places);
}

std::vector<Piece> timeline(const Definition& definition, PlaceNode here,
                            const value::PlaceTree& places) {
  return of_extents(definition, here, places);
}

std::vector<Piece> timeline(const Parameter& parameter, PlaceNode here,
                            const value::PlaceTree& places) {
  std::vector<Piece> candidates;
  for (std::uint32_t i = 0; i < parameter.versions.size(); ++i) {
    const ParameterVersion& version = parameter.versions[i];
    if (!version.reform.valid() && places.within(here, version.place))
      candidates.push_back({i, version.place, {version.from, version.to}});
  }
  return chosen(std::move(candidates), places);
}

}  // namespace juzhu::sema
