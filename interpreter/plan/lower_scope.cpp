#include "plan/lower_scope.h"

#include "plan/lower.h"
#include "sema/extent.h"
#include "sema/reforms.h"

#include <algorithm>

#include "base/check.h"

namespace juzhu::plan {

namespace {

using sema::Item;
using sema::ItemKind;
using sema::PlaceNode;
using sema::VersionInStack;

std::optional<InForce> chosen(const sema::Program& program, Item item, const Scope& scope,
                              const std::vector<VersionInStack>& versions) {
  const auto found = sema::in_force(versions, scope.place, scope.date, program.schema->places);
  if (!found) return std::nullopt;
  return InForce{item.index, found->version.version, found->place, found->version.from};
}

std::optional<InForce> version_in_force(const sema::Program& program, Item item,
                                        const Scope& scope) {
  return chosen(program, item, scope, sema::versions_in(program, item, scope.stack));
}

}  // namespace

std::optional<InForce> definition_in_force(const sema::Program& program, sema::DefinitionId id,
                                           const Scope& scope) {
  return version_in_force(program, {ItemKind::kDefinition, id.index}, scope);
}

std::optional<InForce> parameter_in_force(const sema::Program& program, sema::ParameterId id,
                                          const Scope& scope) {
  return version_in_force(program, {ItemKind::kParameter, id.index}, scope);
}

std::optional<InForce> rule_in_force(const sema::Program& program, sema::RuleId id,
                                     const Scope& scope, ops::Level lowest_level) {
  const Item item{ItemKind::kRule, id.index};
  std::vector<VersionInStack> versions = sema::versions_in(program, item, scope.stack);
  std::erase_if(versions, [&](const VersionInStack& each) {
    return program[id].versions[each.version].level > lowest_level;
  });
  return chosen(program, item, scope, versions);
}

std::vector<InForce> rules_in_force(const sema::Program& program, const Scope& scope,
                                    ops::Level lowest_level) {
  std::vector<InForce> rules;
  for (std::uint32_t index = 0; index < program.rules.size(); ++index) {
    if (const auto rule = rule_in_force(program, sema::RuleId{index}, scope, lowest_level))
      rules.push_back(*rule);
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
  for (std::uint32_t index = 0; index < program.rules.size(); ++index) {
    for (const VersionInStack& each :
         sema::versions_in(program, {ItemKind::kRule, index}, scope.stack)) {
      const sema::RuleVersion& version = program.rules[index].versions[each.version];
      const auto gives = [&](const std::vector<sema::ServiceId>& services) {
        return std::find(services.begin(), services.end(), service) != services.end();
      };
      const bool grants = gives(version.grants) || gives(version.ranks);
      if (!grants || each.to >= scope.date) continue;
      if (!sema::reached_through(each.places, scope.place, places)) continue;
      if (last == 0 || each.to > last) last = each.to;
    }
  }
  return last;
}

Beats closed(Beats beats) {
  const std::size_t count = beats.size();
  for (std::size_t k = 0; k < count; ++k) {
    for (std::size_t i = 0; i < count; ++i) {
      for (std::size_t j = 0; j < count; ++j) {
        if (beats[i][k] && beats[k][j]) beats[i][j] = true;
      }
    }
  }
  for (std::size_t i = 0; i < count; ++i)
    JUZHU_CHECK(!beats[i][i]);  // check refuses circles
  return beats;
}

std::set<std::uint32_t> stacks_from(const sema::Program& program, std::uint32_t stack) {
  std::set<std::uint32_t> reached;
  std::vector<std::uint32_t> open{stack};
  while (!open.empty()) {
    const std::uint32_t each = open.back();
    open.pop_back();
    if (!reached.insert(each).second || each >= program.stacks.size()) continue;
    for (const auto& [reform, above] : program.stacks[each].above)
      open.push_back(above);
  }
  return reached;
}

bool goes_before(const sema::Program& program, const InForce& left, const InForce& right) {
  const auto at = [&](const InForce& rule) {
    const sema::RuleVersion& version = program.rules[rule.item].versions[rule.version];
    return sema::RuleAt{sema::RuleId{rule.item}, &version, rule.place, {}, {}};
  };
  return sema::goes_before(at(left), at(right), program.schema->places);
}

std::vector<Scope> scopes_of(const sema::Program& program, const value::Value& place,
                             std::int64_t date, std::uint32_t stack) {
  const value::PlaceTree& places = program.schema->places;
  const auto node = static_cast<PlaceNode>(place.lo);
  if (!place.may_value() || place.hi == 1)
    return {
        Scope{date, place.may_value() ? node : value::kRootPlace, true, place.may_value(), stack}};
  std::vector<PlaceNode> below;
  for (const PlaceNode declared : program.declared_places) {
    if (declared != node && places.within(declared, node)) below.push_back(declared);
  }
  if (below.empty()) return {Scope{date, node, false, false, stack}};
  // By name: the first that leaves a question open is the one that is shown.
  std::sort(below.begin(), below.end(), [&](PlaceNode left, PlaceNode right) {
    return std::pair(places.path_en(left), left) < std::pair(places.path_en(right), right);
  });
  std::vector<Scope> scopes{Scope{date, node, true, false, stack}};
  for (const PlaceNode each : below) {
    const bool wider = std::any_of(below.begin(), below.end(), [&](PlaceNode other) {
      return other != each && places.within(other, each);
    });
    scopes.push_back(Scope{date, each, wider, false, stack});
  }
  return scopes;
}

}  // namespace juzhu::plan
