// Definitions and services that need each other in a circle, or stand on one another deeper than
// the limit.
#include <algorithm>
#include <map>
#include <set>

#include "sema/checker.h"

namespace juzhu::sema {

using ops::Operation;

namespace {

/// Definitions and services, nodes of the reading graph for one stack of reforms.
std::size_t item_count(const Program& program) {
  return program.definitions.size() + program.services.size();
}

/// Scores whose choices are being made, with names of the one whose score it is: what is read of
/// them there is read for a candidate, and needs no choice (semantics.md 9a).
using Chosen = std::map<ScoreId, std::set<LocalId>>;

/// Definitions and services that an expression reads. Beside its expressions a score reads the keys
/// that follow it in an allocation; what these hand its subject to is read with them.
class Reads {
 public:
  Reads(const Program& program, std::uint32_t stack, std::vector<std::size_t>& into)
      : program_(program), stack_(stack), into_(into) {}

  void from(ExprId root) {
    open_.emplace_back(root, Chosen{});
    while (!open_.empty()) {
      const auto [id, chosen] = std::move(open_.back());
      open_.pop_back();
      if (id.valid()) visit(program_[id], chosen);
    }
  }

 private:
  void visit(const Expr& expr, const Chosen& chosen) {
    const ReformId reform = reform_asked(expr);
    const std::uint32_t asked = reform.valid() ? program_.stacks[stack_].above.at(reform) : stack_;
    const std::size_t first = asked * item_count(program_);
    if (expr.operation == Operation::kCall && !(asked == stack_ && goes_on(expr, chosen)))
      into_.push_back(first + expr.a);
    if (expr.operation == Operation::kQuestion)
      into_.push_back(first + program_.definitions.size() + expr.a);
    if (expr.operation == Operation::kPick) further_keys(expr, chosen);
    for (const ExprId operand : expr.operands)
      open_.emplace_back(operand, chosen);
  }

  /// Whether the definition is read in place, for what is chosen.
  bool goes_on(const Expr& call, const Chosen& chosen) {
    if (chosen.empty()) return false;
    const Definition& called = program_.definitions[call.a];
    bool is_handed_on = false;
    for (const VersionInStack& each :
         versions_in(program_, {ItemKind::kDefinition, call.a}, stack_)) {
      const DefinitionVersion& version = called.versions[each.version];
      Chosen inside = handed_on(call, version, chosen);
      if (inside.empty()) continue;
      is_handed_on = true;
      // Read of the score itself it is what was chosen.
      if (called.score.valid() && !called.for_choices && inside.contains(called.score))
        inside = {{called.score, {}}};
      if (seen_.insert({version.body, inside}).second) open_.emplace_back(version.body, inside);
    }
    return is_handed_on;
  }

  [[nodiscard]] Chosen handed_on(const Expr& call, const DefinitionVersion& version,
                                 const Chosen& chosen) const {
    Chosen inside;
    std::vector<LocalId> parameters;
    for (const LocalId parameter : version.parameters) {
      const Type& type = program_[parameter].type;
      const bool is_household = type.kind == value::TypeKind::kMember && type.entity.index == 0;
      if (!is_household) parameters.push_back(parameter);
    }
    for (std::size_t i = 0; i < std::min(call.operands.size(), parameters.size()); ++i) {
      const Expr& operand = program_[call.operands[i]];
      if (operand.operation != Operation::kArgument) continue;
      for (const auto& [score, names] : chosen) {
        if (names.contains(LocalId{operand.a})) inside[score].insert(parameters[i]);
      }
    }
    return inside;
  }

  void further_keys(const Expr& pick, const Chosen& chosen) {
    const Expr& value = program_[pick.operands[std::size_t{2} * pick.a]];
    if (value.operation != Operation::kCall) return;
    const ScoreId score = program_.definitions[value.a].score;
    if (!score.valid() || chosen.contains(score)) return;
    const LocalId subject{program_[value.operands.front()].a};
    for (std::uint32_t rule = 0; rule < program_.rules.size(); ++rule) {
      for (const VersionInStack& each : versions_in(program_, {ItemKind::kRule, rule}, stack_)) {
        const AllocationId id = program_.rules[rule].versions[each.version].allocation;
        if (!id.valid()) continue;
        const Allocation& allocation = program_[id];
        const auto key = key_of_score(program_, allocation, program_[score].total);
        if (!key) continue;
        Chosen inside = chosen;
        inside[score];
        for (auto& [other, names] : inside) {
          if (other == score || names.contains(subject)) names.insert(allocation.subject);
        }
        for (std::size_t i = *key + 1; i < allocation.keys.size(); ++i)
          open_.emplace_back(allocation.keys[i].value, inside);
      }
    }
  }

  const Program& program_;
  std::uint32_t stack_;
  std::vector<std::size_t>& into_;
  std::vector<std::pair<ExprId, Chosen>> open_;
  std::set<std::pair<ExprId, Chosen>> seen_;
};

void reads_of(const Program& program, ExprId root, std::uint32_t stack,
              std::vector<std::size_t>& into) {
  Reads(program, stack, into).from(root);
}

std::vector<std::vector<std::size_t>> reading_graph(const Program& program) {
  // Nodes: for each stack of reforms the definitions, then the services. An edge for each name that
  // a body reads.
  const std::size_t definitions = program.definitions.size();
  std::vector<std::vector<std::size_t>> edges(item_count(program) * program.stacks.size());
  for (std::uint32_t stack = 0; stack < program.stacks.size(); ++stack) {
    const std::size_t first = stack * item_count(program);
    for (std::uint32_t i = 0; i < definitions; ++i) {
      for (const VersionInStack& each : versions_in(program, {ItemKind::kDefinition, i}, stack))
        reads_of(program, program.definitions[i].versions[each.version].body, stack,
                 edges[first + i]);
    }
    for (std::uint32_t i = 0; i < program.rules.size(); ++i) {
      for (const VersionInStack& each : versions_in(program, {ItemKind::kRule, i}, stack)) {
        const RuleVersion& version = program.rules[i].versions[each.version];
        std::vector<std::size_t> read;
        reads_of(program, version.concerns, stack, read);
        reads_of(program, version.condition, stack, read);
        std::vector<ServiceId> services = version.grants;
        services.insert(services.end(), version.denies.begin(), version.denies.end());
        services.insert(services.end(), version.ranks.begin(), version.ranks.end());
        for (const RuleId narrowed : version.narrows) {
          for (const RuleVersion& other : program[narrowed].versions)
            services.insert(services.end(), other.grants.begin(), other.grants.end());
        }
        for (const ServiceId service : services) {
          std::vector<std::size_t>& into = edges[first + definitions + service.index];
          into.insert(into.end(), read.begin(), read.end());
        }
      }
    }
  }
  return edges;
}

/// Whether the graph has a circle that can be reached from the nodes of a stack.
bool has_circle(const std::vector<std::vector<std::size_t>>& edges, std::size_t first,
                std::size_t last) {
  std::vector<char> state(edges.size(), 0);
  for (std::size_t start = first; start < last; ++start) {
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
      if (state[target] == 1) return true;
      if (state[target] == 0) path.emplace_back(target, 0);
    }
  }
  return false;
}

}  // namespace

bool stands_on_itself(const Program& program, std::uint32_t stack) {
  const std::size_t items = item_count(program);
  return has_circle(reading_graph(program), stack * items, (stack + 1) * items);
}

void Checker::find_cycles() {
  const std::size_t definitions = program_.definitions.size();
  const std::size_t items = item_count(program_);
  const std::vector<std::vector<std::size_t>> edges = reading_graph(program_);
  const auto name_of = [&](std::size_t node) {
    node %= items;
    return node < definitions ? program_.definitions[node].name
                              : program_.services[node - definitions].name;
  };
  const auto span_of = [&](std::size_t node) {
    node %= items;
    if (node >= definitions) return program_.services[node - definitions].name_span;
    const std::vector<DefinitionVersion>& versions = program_.definitions[node].versions;
    return versions.empty() ? Span{} : versions.front().name_span;
  };
  std::set<std::set<std::size_t>> told;  // a circle of the text is there under most reforms too
  std::vector<char> state(edges.size(), 0);
  std::vector<std::size_t> depth(edges.size(), 0);  // of what stands under a node, itself included
  // From the text and from each reform by itself: what they do not reach nobody asks.
  std::vector<std::size_t> starts;
  std::vector<std::uint32_t> stacks{kNoReforms};
  stacks.insert(stacks.end(), reform_stacks_.begin(), reform_stacks_.end());
  for (const std::uint32_t stack : stacks) {
    for (std::size_t item = 0; item < items; ++item)
      starts.push_back(stack * items + item);
  }
  for (const std::size_t start : starts) {
    std::vector<std::pair<std::size_t, std::size_t>> path;
    if (state[start] == 0) path.emplace_back(start, 0);
    while (!path.empty()) {
      auto& [node, next] = path.back();
      state[node] = 1;
      if (next == edges[node].size()) {
        state[node] = 2;
        for (const std::size_t under : edges[node])
          depth[node] = std::max(depth[node], depth[under]);
        if (++depth[node] > kDefinitionNesting) report_deep_definitions(span_of(node));
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
      std::set<std::size_t> members;
      for (const std::size_t each : circle)
        members.insert(each % items);
      if (!told.insert(std::move(members)).second) continue;
      const auto stack = static_cast<std::uint32_t>(target / items);
      report_circle(diag::Code::kCycle,
                    say("{}these need each other in a circle: ", "{}以下各项互相需要，成了循环：",
                        reforms_text(stack)),
                    say("needs", "需要"), circle, name_of, span_of)
          .helps.push_back(say("let one of them stand on facts alone", "让其中一个只依据事实"));
    }
  }
}

diag::Diagnostic& Checker::report_circle(diag::Code code, Bilingual message,
                                         const Bilingual& relation,
                                         const std::vector<std::size_t>& circle,
                                         const std::function<Bilingual(std::size_t)>& name_of,
                                         const std::function<Span(std::size_t)>& span_of) {
  // The first is named again as the last. A long circle is shown by its first members.
  constexpr std::size_t kMostShown = 8;
  const std::size_t shown = std::min(circle.size() - 1, kMostShown);
  for (std::size_t i = 0; i < shown; ++i)
    message += say("{}, ", "{}，", name_of(circle[i]));
  if (shown < circle.size() - 1) message += say("…, ", "…，");
  message += name_of(circle.back());
  const auto label = [&](std::size_t i) {
    return say("{} `{}`", "{} `{}`", relation, name_of(circle[i + 1]));
  };
  diag::Diagnostic& diagnostic = sink_.report(code, span_of(circle.front()), message, label(0));
  for (std::size_t i = 1; i < shown; ++i)
    diagnostic.labels.push_back({span_of(circle[i]), label(i)});
  return diagnostic;
}

void Checker::report_deep_definitions(Span span) {
  if (told_depth_) return;
  told_depth_ = true;
  sink_
      .report(diag::Code::kNestingTooDeep, span,
              say("definitions stand on one another more than {} deep", "定义层层相依超过 {} 层",
                  kDefinitionNesting),
              say("one too deep", "多出一层"))
      .helps.push_back(say("write some of them as one: a sum, a list or a table has no such limit",
                           "将若干个合并成一个：合计、列举或表没有此限制"));
}

}  // namespace juzhu::sema
