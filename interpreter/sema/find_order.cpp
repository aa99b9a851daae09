// The order of rules (semantics.md 5.2) as far as it can be said before anything runs: rules that
// go before each other in a circle, and a grant and a denial of which neither goes first.
#include <algorithm>
#include <set>

#include "sema/checker.h"
#include "sema/extent.h"

namespace juzhu::sema {

namespace {

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

/// Every version of every rule that holds at a place, and through which place.
std::vector<RuleAt> rules_at(const Program& program, PlaceNode here,
                             const value::PlaceTree& places) {
  std::vector<RuleAt> rules;
  for (std::uint32_t rule = 0; rule < program.rules.size(); ++rule) {
    for (const RuleVersion& version : program.rules[rule].versions) {
      const auto place = reached_through(version.extent.places, here, places);
      if (place) rules.push_back({RuleId{rule}, &version, *place});
    }
  }
  return rules;
}

/// The places at which rules can stand in another order than elsewhere: those that a rule names.
std::vector<PlaceNode> places_of_rules(const Program& program) {
  std::set<PlaceNode> places{value::kRootPlace};
  for (const Rule& rule : program.rules) {
    for (const RuleVersion& version : rule.versions) {
      places.insert(version.extent.places.begin(), version.extent.places.end());
    }
  }
  return {places.begin(), places.end()};
}

/// A circle of nodes, the first again at its end; empty if there is none.
std::vector<std::size_t> circle_in(const std::vector<std::vector<std::size_t>>& edges) {
  std::vector<char> state(edges.size(), 0);
  for (std::size_t start = 0; start < edges.size(); ++start) {
    std::vector<std::pair<std::size_t, std::size_t>> path;
    if (state[start] == 0) path.emplace_back(start, 0);
    while (!path.empty()) {
      auto& [node, next] = path.back();
      state[node] = 1;
      if (next == edges[node].size()) {
        state[node] = 2;
        path.pop_back();
        continue;
      }
      const std::size_t target = edges[node][next++];
      if (state[target] == 0) path.emplace_back(target, 0);
      if (state[target] != 1) continue;
      std::vector<std::size_t> circle;
      for (const auto& [each, position] : path) {
        if (!circle.empty() || each == target) circle.push_back(each);
      }
      circle.push_back(target);
      return circle;
    }
  }
  return {};
}

}  // namespace

void Checker::find_order_cycles() {
  for (const PlaceNode here : places_of_rules(program_)) {
    const std::vector<RuleAt> rules = rules_at(program_, here, schema_->places);
    std::vector<std::vector<std::size_t>> edges(rules.size());
    for (std::size_t i = 0; i < rules.size(); ++i) {
      for (std::size_t j = 0; j < rules.size(); ++j) {
        if (i == j || !asks_the_same(*rules[i].version, *rules[j].version)) continue;
        if (!times_meet(rules[i].version->extent, rules[j].version->extent)) continue;
        if (goes_before(rules[i], rules[j], schema_->places)) edges[i].push_back(j);
      }
    }
    const std::vector<std::size_t> circle = circle_in(edges);
    if (circle.empty()) continue;
    report_circle(
        diag::Code::kOrderCycle, "these rules go before each other in a circle: ", "goes before ",
        circle, [&](std::size_t each) { return program_[rules[each].rule].name.in(false); },
        [&](std::size_t each) { return rules[each].version->name_span; })
        .helps.emplace_back("take out one `overrides`");
    return;
  }
}

void Checker::report_unordered(ServiceId service, RuleId grant, const RuleVersion& grants,
                               RuleId deny, const RuleVersion& denies) {
  // Shown to happen only if neither asks anything of the child.
  const bool sure = !grants.condition.valid() && !denies.condition.valid() &&
                    !grants.concerns.valid() && !denies.concerns.valid();
  const std::string granting = program_[grant].name.in(false);
  diag::Diagnostic& diagnostic = sink_.report_as(
      sure ? diag::Severity::kError : diag::Severity::kWarning, diag::Code::kUnorderedConflict,
      denies.name_span,
      "`" + granting + "` grants and `" + program_[deny].name.in(false) + "` denies `" +
          program_[service].name.in(false) + "`, and neither goes first",
      "denies here");
  diagnostic.labels.push_back({grants.name_span, "grants here"});
  diagnostic.helps.emplace_back("say which one stands: add `overrides " + granting +
                                "` to the denial, or the other way round");
}

void Checker::find_unordered_conflicts() {
  std::set<std::pair<const RuleVersion*, const RuleVersion*>> told;
  for (const PlaceNode here : places_of_rules(program_)) {
    const std::vector<RuleAt> rules = rules_at(program_, here, schema_->places);
    for (const RuleAt& grant : rules) {
      for (const RuleAt& deny : rules) {
        if (!times_meet(grant.version->extent, deny.version->extent)) continue;
        if (goes_before(grant, deny, schema_->places)) continue;
        if (goes_before(deny, grant, schema_->places)) continue;
        std::vector<ServiceId> given = grant.version->grants;
        given.insert(given.end(), grant.version->ranks.begin(), grant.version->ranks.end());
        for (const ServiceId service : given) {
          const std::vector<ServiceId>& denied = deny.version->denies;
          if (std::find(denied.begin(), denied.end(), service) == denied.end()) continue;
          if (!told.insert({grant.version, deny.version}).second) continue;
          report_unordered(service, grant.rule, *grant.version, deny.rule, *deny.version);
        }
      }
    }
  }
}

}  // namespace juzhu::sema
