// The order of rules (semantics.md 5.2): rules that go before each other in a circle.
#include <algorithm>
#include <numeric>
#include <set>
#include <utility>

#include "sema/checker.h"
#include "sema/extent.h"

namespace juzhu::sema {

namespace {

/// Every version of every rule of a stack that holds at a place, and through which place.
std::vector<RuleAt> rules_at(const Program& program, std::uint32_t stack, PlaceNode here,
                             const value::PlaceTree& places) {
  std::vector<RuleAt> rules;
  for (std::uint32_t rule = 0; rule < program.rules.size(); ++rule) {
    for (const VersionInStack& each : versions_in(program, {ItemKind::kRule, rule}, stack)) {
      const auto place = reached_through(each.places, here, places);
      if (!place) continue;
      rules.push_back(
          {RuleId{rule}, &program.rules[rule].versions[each.version], *place, each.from, each.to});
    }
  }
  return rules;
}

/// Of each rule the version in force on a day: one that another replaced stands in no circle.
std::vector<RuleAt> rules_on(const Program& program, std::uint32_t stack, PlaceNode here,
                             std::int64_t date, const value::PlaceTree& places) {
  std::vector<RuleAt> rules;
  for (std::uint32_t rule = 0; rule < program.rules.size(); ++rule) {
    const auto found =
        in_force(versions_in(program, {ItemKind::kRule, rule}, stack), here, date, places);
    if (!found) continue;
    const VersionInStack& each = found->version;
    rules.push_back({RuleId{rule}, &program.rules[rule].versions[each.version], found->place,
                     each.from, each.to});
  }
  return rules;
}

/// The days on which another set of rules may begin to hold.
std::set<std::int64_t> first_days(const std::vector<RuleAt>& rules) {
  std::set<std::int64_t> days{value::kFirstDate};
  for (const RuleAt& rule : rules) {
    days.insert(rule.from);
    if (rule.to < value::kLastDate) days.insert(rule.to + 1);
  }
  return days;
}

bool times_meet(const RuleAt& left, const RuleAt& right) {
  return std::max(left.from, right.from) <= std::min(left.to, right.to);
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

std::vector<std::size_t> circle_of(const std::vector<RuleAt>& rules,
                                   const value::PlaceTree& places) {
  std::vector<std::vector<std::size_t>> edges(rules.size());
  for (std::size_t i = 0; i < rules.size(); ++i) {
    for (std::size_t j = 0; j < rules.size(); ++j) {
      if (i == j || !asks_the_same(*rules[i].version, *rules[j].version)) continue;
      if (!times_meet(rules[i], rules[j])) continue;
      if (goes_before(rules[i], rules[j], places)) edges[i].push_back(j);
    }
  }
  return circle_in(edges);
}

/// Rules of a stack that go before each other in a circle at a place, the first again at the end.
std::vector<RuleAt> order_circle(const Program& program, std::uint32_t stack, PlaceNode here) {
  const value::PlaceTree& places = program.schema->places;
  std::vector<RuleAt> rules = rules_at(program, stack, here, places);
  std::vector<std::size_t> circle = circle_of(rules, places);
  if (circle.empty()) return {};
  // Versions of one rule that replace each other may only seem to close it: looked at day by day.
  for (const std::int64_t day : first_days(rules)) {
    rules = rules_on(program, stack, here, day, places);
    circle = circle_of(rules, places);
    if (!circle.empty()) break;
  }
  std::vector<RuleAt> found;
  found.reserve(circle.size());
  for (const std::size_t each : circle)
    found.push_back(rules[each]);
  return found;
}

/// A stack and those that are asked under it.
std::set<std::uint32_t> stacks_below(const Program& program, std::uint32_t stack) {
  std::set<std::uint32_t> seen;
  std::vector<std::uint32_t> open{stack};
  while (!open.empty()) {
    const std::uint32_t each = open.back();
    open.pop_back();
    if (!seen.insert(each).second) continue;
    for (const auto& [reform, above] : program.stacks[each].above)
      open.push_back(above);
  }
  return seen;
}

}  // namespace

bool has_order_circle(const Program& program, std::uint32_t stack) {
  const std::vector<PlaceNode> places = places_of_rules(program);
  const std::set<std::uint32_t> stacks = stacks_below(program, stack);
  return std::any_of(stacks.begin(), stacks.end(), [&](std::uint32_t each) {
    return std::any_of(places.begin(), places.end(),
                       [&](PlaceNode here) { return !order_circle(program, each, here).empty(); });
  });
}

void Checker::find_order_cycles() {
  // The text first, then each reform by itself, then what is asked under them.
  std::set<std::uint32_t> asked = stacks_below(program_, kNoReforms);
  for (const std::uint32_t stack : reform_stacks_)
    asked.merge(stacks_below(program_, stack));
  std::vector<std::uint32_t> stacks{kNoReforms};
  stacks.insert(stacks.end(), reform_stacks_.begin(), reform_stacks_.end());
  for (const std::uint32_t stack : stacks)
    asked.erase(stack);
  stacks.insert(stacks.end(), asked.begin(), asked.end());
  for (const std::uint32_t stack : stacks) {
    if (find_order_cycle(stack)) return;
  }
}

bool Checker::find_order_cycle(std::uint32_t stack) {
  for (const PlaceNode here : places_of_rules(program_)) {
    const std::vector<RuleAt> rules = order_circle(program_, stack, here);
    if (rules.empty()) continue;
    std::vector<std::size_t> circle(rules.size() - 1);
    std::iota(circle.begin(), circle.end(), 0U);
    circle.push_back(0);
    report_circle(
        diag::Code::kOrderCycle,
        say("{}these rules go before each other in a circle: ", "{}以下规则互相优先，成了循环：",
            reforms_text(stack)),
        say("goes before", "优先于"), circle,
        [&](std::size_t each) { return program_[rules[each].rule].name; },
        [&](std::size_t each) { return rules[each].version->name_span; })
        .helps.push_back(say("take out one `overrides`", "去掉一处 `优先于`"));
    return true;
  }
  return false;
}

void Checker::find_clause_cycles() {
  for (const std::vector<RuleVersion>& clauses : program_.clause_sets) {
    std::set<PlaceNode> named{value::kRootPlace};
    for (const RuleVersion& clause : clauses) {
      named.insert(clause.extent.places.begin(), clause.extent.places.end());
    }
    for (const PlaceNode here : named) {
      std::vector<RuleAt> rules;
      for (std::size_t i = 0; i < clauses.size(); ++i) {
        const auto place = reached_through(clauses[i].extent.places, here, schema_->places);
        if (!place) continue;
        const Extent& extent = clauses[i].extent;
        rules.push_back({RuleId{i}, &clauses[i], *place, extent.from, extent.to});
      }
      std::vector<std::vector<std::size_t>> edges(rules.size());
      for (std::size_t i = 0; i < rules.size(); ++i) {
        for (std::size_t j = 0; j < rules.size(); ++j) {
          if (i == j || !times_meet(rules[i], rules[j])) continue;
          if (goes_before(rules[i], rules[j], schema_->places)) edges[i].push_back(j);
        }
      }
      const std::vector<std::size_t> circle = circle_in(edges);
      if (circle.empty()) continue;
      report_circle(
          diag::Code::kOrderCycle,
          say("these clauses go before each other in a circle: ", "以下条款互相优先，成了循环："),
          say("goes before", "优先于"), circle,
          [&](std::size_t each) { return rules[each].version->name; },
          [&](std::size_t each) { return rules[each].version->name_span; })
          .helps.push_back(say("take out one `overrides`", "去掉一处 `优先于`"));
      return;
    }
  }
}

}  // namespace juzhu::sema
