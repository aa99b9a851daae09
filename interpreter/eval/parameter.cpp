#include "eval/parameter.h"

#include <algorithm>
#include <set>

namespace juzhu::eval {
namespace {

using plan::ParameterTable;
using plan::ParameterVersion;
using value::PlaceNode;
using value::PlaceTree;

/// A version ends at the latest the day before the next at its place starts, and never comes back.
bool is_superseded(const ParameterTable& table, const ParameterVersion& version,
                   std::int64_t date) {
  return std::any_of(
      table.versions.begin(), table.versions.end(), [&](const ParameterVersion& other) {
        return other.place == version.place && other.from > version.from && other.from <= date;
      });
}

/// The version in force: of those that hold at the place on the date the one of the most specific
/// place.
const ParameterVersion* version_at(const ParameterTable& table, PlaceNode place, std::int64_t date,
                                   const PlaceTree& places) {
  const ParameterVersion* found = nullptr;
  for (const ParameterVersion& version : table.versions) {
    const bool holds = places.within(place, version.place) && version.from <= date &&
                       date <= version.to && !is_superseded(table, version, date);
    if (!holds) continue;
    if (found == nullptr || places[version.place].depth > places[found->place].depth) {
      found = &version;
    }
  }
  return found;
}

}  // namespace

std::vector<const ParameterVersion*> possible_versions(const ParameterTable& table,
                                                       const value::Value& place,
                                                       const value::Value& date,
                                                       const PlaceTree& places) {
  const auto node = static_cast<PlaceNode>(place.lo);
  std::set<PlaceNode> nodes{node};  // somewhere in it, but in no place that a version names
  std::set<std::int64_t> dates{date.lo};
  for (const ParameterVersion& version : table.versions) {
    if (place.hi == 0 && places.within(version.place, node)) nodes.insert(version.place);
    // What is in force changes only where a version starts or has ended.
    for (const std::int64_t change : {version.from, version.to + 1}) {
      if (date.lo < change && change <= date.hi) dates.insert(change);
    }
  }
  std::vector<const ParameterVersion*> versions;
  for (const PlaceNode at : nodes) {
    for (const std::int64_t on : dates) {
      const ParameterVersion* version = version_at(table, at, on, places);
      const bool is_new = std::find(versions.begin(), versions.end(), version) == versions.end();
      if (is_new) versions.push_back(version);
    }
  }
  return versions;
}

}  // namespace juzhu::eval
