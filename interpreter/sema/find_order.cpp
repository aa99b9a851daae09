// The order of rules (semantics.md 5.2) as far as it can be said before anything runs: rules that
// go before each other in a circle, and a grant and a denial of which neither goes first.
#include <algorithm>

#include "sema/checker.h"
#include "sema/extent.h"

namespace juzhu::sema {

namespace {

/// One version of a rule as the order of rules sees it.
struct Node {
  RuleId rule;
  const RuleVersion* version;
};

bool overrides(const Node& left, const Node& right) {
  return std::find(left.version->overrides.begin(), left.version->overrides.end(), right.rule) !=
         left.version->overrides.end();
}

/// Does the first line of semantics.md 5.2 that orders the pair put left before right?
bool goes_before(const Node& left, const Node& right, const value::PlaceTree& places) {
  const bool stated = overrides(left, right);
  if (stated || overrides(right, left)) return stated;
  const Extent& a = left.version->extent;
  const Extent& b = right.version->extent;
  const bool inside = strictly_inside(a, b, places);
  if (inside || strictly_inside(b, a, places)) return inside;
  if (!same_places(a, b)) return false;
  if (left.version->gate != right.version->gate) return right.version->gate;
  return left.version->level == right.version->level && a.from > b.from;
}

bool meet(const Node& left, const Node& right, const value::PlaceTree& places) {
  return times_meet(left.version->extent, right.version->extent) &&
         places_meet(left.version->extent, right.version->extent, places);
}

}  // namespace

void Checker::find_order_cycles() {
  std::vector<Node> nodes;
  for (std::uint32_t rule = 0; rule < program_.rules.size(); ++rule) {
    for (const RuleVersion& version : program_.rules[rule].versions)
      nodes.push_back({RuleId{rule}, &version});
  }
  const auto same_question = [](const RuleVersion& left, const RuleVersion& right) {
    for (const auto* a : {&left.grants, &left.denies}) {
      for (const ServiceId service : *a) {
        for (const auto* b : {&right.grants, &right.denies}) {
          if (std::find(b->begin(), b->end(), service) != b->end()) return true;
        }
      }
    }
    return false;
  };
  std::vector<std::vector<std::size_t>> edges(nodes.size());
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    for (std::size_t j = 0; j < nodes.size(); ++j) {
      if (i == j || !same_question(*nodes[i].version, *nodes[j].version)) continue;
      if (!meet(nodes[i], nodes[j], schema_->places)) continue;
      const bool both = overrides(nodes[i], nodes[j]) && overrides(nodes[j], nodes[i]);
      if (both || goes_before(nodes[i], nodes[j], schema_->places)) edges[i].push_back(j);
    }
  }
  std::vector<char> state(nodes.size(), 0);
  std::vector<std::size_t> path;
  const std::function<bool(std::size_t)> visit = [&](std::size_t node) {
    state[node] = 1;
    path.push_back(node);
    for (const std::size_t target : edges[node]) {
      if (state[target] == 1) {
        std::vector<std::size_t> circle(std::find(path.begin(), path.end(), target), path.end());
        circle.push_back(target);
        report_circle(
            diag::Code::kOrderCycle,
            "these rules go before each other in a circle: ", "goes before ", circle,
            [&](std::size_t each) { return program_[nodes[each].rule].name.in(false); },
            [&](std::size_t each) { return nodes[each].version->name_span; })
            .helps.emplace_back("take out one `overrides`");
        return true;
      }
      if (state[target] == 0 && visit(target)) return true;
    }
    path.pop_back();
    state[node] = 2;
    return false;
  };
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (state[i] == 0 && visit(i)) return;
  }
}

void Checker::find_unordered_conflicts() {
  for (std::uint32_t service = 0; service < program_.services.size(); ++service) {
    std::vector<Node> granting;
    std::vector<Node> denying;
    for (std::uint32_t rule = 0; rule < program_.rules.size(); ++rule) {
      for (const RuleVersion& version : program_.rules[rule].versions) {
        const auto has = [&](const std::vector<ServiceId>& list) {
          return std::find(list.begin(), list.end(), ServiceId{service}) != list.end();
        };
        if (has(version.grants)) granting.push_back({RuleId{rule}, &version});
        if (has(version.denies)) denying.push_back({RuleId{rule}, &version});
      }
    }
    for (const Node& grant : granting) {
      for (const Node& deny : denying) {
        if (!meet(grant, deny, schema_->places)) continue;
        if (goes_before(grant, deny, schema_->places) || goes_before(deny, grant, schema_->places))
          continue;
        if (overrides(grant, deny) || overrides(deny, grant)) continue;
        // Shown to happen only if neither asks anything of the child.
        const bool sure = !grant.version->condition.valid() && !deny.version->condition.valid() &&
                          !grant.version->concerns.valid() && !deny.version->concerns.valid();
        diag::Diagnostic& diagnostic = sink_.report_as(
            sure ? diag::Severity::kError : diag::Severity::kWarning,
            diag::Code::kUnorderedConflict, deny.version->name_span,
            "`" + program_[grant.rule].name.in(false) + "` grants and `" +
                program_[deny.rule].name.in(false) + "` denies `" +
                program_.services[service].name.in(false) + "`, and neither goes first",
            "denies here");
        diagnostic.labels.push_back({grant.version->name_span, "grants here"});
        diagnostic.helps.emplace_back("say which one stands: add `overrides " +
                                      program_[grant.rule].name.in(false) +
                                      "` to the denial, or the other way round");
      }
    }
  }
}

}  // namespace juzhu::sema
