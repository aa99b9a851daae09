#include "plan/lower_scope.h"

#include "plan/lower.h"
#include "sema/extent.h"

#include <algorithm>

namespace juzhu::plan {

namespace {

using sema::PlaceNode;

/// One candidate version as selection sees it.
struct Candidate {
  std::uint32_t version;
  PlaceNode place;
  std::int64_t from;
  std::int64_t to;
};

/// Per place the version with the latest start not after the date; over places the most specific
/// whose version has not ended. A version that was replaced at its place never comes back.
std::optional<Candidate> select(std::vector<Candidate> candidates, const value::PlaceTree& places,
                                std::int64_t date) {
  std::sort(candidates.begin(), candidates.end(),
            [&](const Candidate& left, const Candidate& right) {
              return std::pair{places[left.place].depth, left.from} >
                     std::pair{places[right.place].depth, right.from};
            });
  std::optional<PlaceNode> settled;
  for (const Candidate& each : candidates) {
    if (each.from > date || (settled && *settled == each.place)) continue;
    if (each.to >= date) return each;
    settled = each.place;
  }
  return std::nullopt;
}

template <typename Item>
std::vector<Candidate> candidates_of(const Item& item, const value::PlaceTree& places,
                                     const Scope& scope) {
  std::vector<Candidate> candidates;
  for (std::uint32_t i = 0; i < item.versions.size(); ++i) {
    const sema::Extent& extent = item.versions[i].extent;
    if (const auto place = sema::reached_through(extent.places, scope.place, places)) {
      candidates.push_back({i, *place, extent.from, extent.to});
    }
  }
  return candidates;
}

}  // namespace

std::optional<InForce> definition_in_force(const sema::Program& program, sema::DefinitionId id,
                                           const Scope& scope) {
  const value::PlaceTree& places = program.schema->places;
  const auto chosen = select(candidates_of(program[id], places, scope), places, scope.date);
  if (!chosen) return std::nullopt;
  return InForce{id.index, chosen->version, chosen->place, chosen->from};
}

std::optional<InForce> parameter_in_force(const sema::Program& program, sema::ParameterId id,
                                          const Scope& scope) {
  const value::PlaceTree& places = program.schema->places;
  const sema::Parameter& parameter = program[id];
  std::vector<Candidate> candidates;
  for (std::uint32_t i = 0; i < parameter.versions.size(); ++i) {
    const sema::ParameterVersion& version = parameter.versions[i];
    if (places.within(scope.place, version.place))
      candidates.push_back({i, version.place, version.from, version.to});
  }
  const auto chosen = select(std::move(candidates), places, scope.date);
  if (!chosen) return std::nullopt;
  return InForce{id.index, chosen->version, chosen->place, chosen->from};
}

std::vector<InForce> rules_in_force(const sema::Program& program, const Scope& scope,
                                    ops::Level lowest_level) {
  const value::PlaceTree& places = program.schema->places;
  std::vector<InForce> rules;
  for (std::uint32_t index = 0; index < program.rules.size(); ++index) {
    const sema::Rule& rule = program.rules[index];
    std::vector<Candidate> candidates = candidates_of(rule, places, scope);
    std::erase_if(candidates, [&](const Candidate& each) {
      return rule.versions[each.version].level > lowest_level;
    });
    if (const auto chosen = select(std::move(candidates), places, scope.date)) {
      rules.push_back({index, chosen->version, chosen->place, chosen->from});
    }
  }
  return rules;
}

std::vector<InForce> rules_in_force_all_levels(const sema::Program& program, const Scope& scope) {
  std::vector<InForce> all;
  for (int level = 0; level < ops::kLevelCount; ++level) {
    for (const InForce& rule : rules_in_force(program, scope, static_cast<ops::Level>(level))) {
      if (std::find(all.begin(), all.end(), rule) == all.end()) all.push_back(rule);
    }
  }
  return all;
}

std::int64_t last_end_of(const sema::Program& program, const Scope& scope,
                         sema::ServiceId service) {
  const value::PlaceTree& places = program.schema->places;
  std::int64_t last = 0;
  for (const sema::Rule& rule : program.rules) {
    for (const sema::RuleVersion& version : rule.versions) {
      const bool grants =
          std::find(version.grants.begin(), version.grants.end(), service) != version.grants.end();
      if (!grants || version.extent.to >= scope.date) continue;
      if (!sema::reached_through(version.extent.places, scope.place, places)) continue;
      if (last == 0 || version.extent.to > last) last = version.extent.to;
    }
  }
  return last;
}

bool goes_before(const sema::Program& program, const InForce& left, const InForce& right) {
  const auto at = [&](const InForce& rule) {
    const sema::RuleVersion& version = program.rules[rule.item].versions[rule.version];
    return sema::RuleAt{sema::RuleId{rule.item}, &version, rule.place};
  };
  return sema::goes_before(at(left), at(right), program.schema->places);
}

std::vector<Scope> scopes_of(const sema::Program& program, const value::Value& place,
                             std::int64_t date) {
  const value::PlaceTree& places = program.schema->places;
  const auto node = static_cast<PlaceNode>(place.lo);
  if (!place.may_value() || place.hi == 1)
    return {Scope{date, place.may_value() ? node : value::kRootPlace, true, place.may_value()}};
  std::vector<PlaceNode> below;
  for (const PlaceNode declared : program.declared_places) {
    if (declared != node && places.within(declared, node)) below.push_back(declared);
  }
  if (below.empty()) return {Scope{date, node, false, false}};
  // By name: the first that leaves a question open is the one that is shown.
  std::sort(below.begin(), below.end(), [&](PlaceNode left, PlaceNode right) {
    return std::pair(places.path_en(left), left) < std::pair(places.path_en(right), right);
  });
  std::vector<Scope> scopes{Scope{date, node, true, false}};
  for (const PlaceNode each : below) {
    const bool wider = std::any_of(below.begin(), below.end(), [&](PlaceNode other) {
      return other != each && places.within(other, each);
    });
    scopes.push_back(Scope{date, each, wider, false});
  }
  return scopes;
}

}  // namespace juzhu::plan
