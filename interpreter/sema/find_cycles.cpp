// Definitions and services that need each other in a circle, or stand on one another deeper than
// the limit.
#include <algorithm>

#include "sema/checker.h"

namespace juzhu::sema {

using ops::Operation;

void Checker::reads_of(ExprId root, std::vector<std::size_t>& into) const {
  std::vector<ExprId> open{root};
  while (!open.empty()) {
    const ExprId id = open.back();
    open.pop_back();
    if (!id.valid()) continue;
    const Expr& expr = at(id);
    if (expr.operation == Operation::kCall) into.push_back(expr.a);
    if (expr.operation == Operation::kQuestion) {
      into.push_back(program_.definitions.size() + expr.a);
    }
    open.insert(open.end(), expr.operands.begin(), expr.operands.end());
  }
}

std::vector<std::vector<std::size_t>> Checker::reading_graph() const {
  // Nodes: definitions, then services. An edge for each name that a body reads.
  const std::size_t definitions = program_.definitions.size();
  std::vector<std::vector<std::size_t>> edges(definitions + program_.services.size());
  for (std::size_t i = 0; i < definitions; ++i) {
    for (const DefinitionVersion& version : program_.definitions[i].versions) {
      reads_of(version.body, edges[i]);
    }
  }
  for (const Rule& rule : program_.rules) {
    for (const RuleVersion& version : rule.versions) {
      std::vector<std::size_t> read;
      reads_of(version.concerns, read);
      reads_of(version.condition, read);
      std::vector<ServiceId> services = version.grants;
      services.insert(services.end(), version.denies.begin(), version.denies.end());
      services.insert(services.end(), version.ranks.begin(), version.ranks.end());
      for (const RuleId narrowed : version.narrows) {
        for (const RuleVersion& other : program_[narrowed].versions) {
          services.insert(services.end(), other.grants.begin(), other.grants.end());
        }
      }
      for (const ServiceId service : services) {
        std::vector<std::size_t>& into = edges[definitions + service.index];
        into.insert(into.end(), read.begin(), read.end());
      }
    }
  }
  return edges;
}

void Checker::find_cycles() {
  const std::size_t definitions = program_.definitions.size();
  const std::vector<std::vector<std::size_t>> edges = reading_graph();
  const auto name_of = [&](std::size_t node) {
    return node < definitions ? program_.definitions[node].name.in(false)
                              : program_.services[node - definitions].name.in(false);
  };
  const auto span_of = [&](std::size_t node) {
    if (node >= definitions) return program_.services[node - definitions].name_span;
    const std::vector<DefinitionVersion>& versions = program_.definitions[node].versions;
    return versions.empty() ? Span{} : versions.front().name_span;
  };
  std::vector<char> state(edges.size(), 0);
  std::vector<std::size_t> depth(edges.size(), 0);  // of what stands under a node, itself included
  for (std::size_t start = 0; start < edges.size(); ++start) {
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
      report_circle(diag::Code::kCycle, "these need each other in a circle: ", "needs ", circle,
                    name_of, span_of)
          .helps.emplace_back("let one of them stand on facts alone");
    }
  }
}

diag::Diagnostic& Checker::report_circle(diag::Code code, std::string message,
                                         const std::string& relation,
                                         const std::vector<std::size_t>& circle,
                                         const std::function<std::string(std::size_t)>& name_of,
                                         const std::function<Span(std::size_t)>& span_of) {
  // The first is named again as the last. A long circle is shown by its first members.
  constexpr std::size_t kMostShown = 8;
  const std::size_t shown = std::min(circle.size() - 1, kMostShown);
  for (std::size_t i = 0; i < shown; ++i)
    message += name_of(circle[i]) + ", ";
  if (shown < circle.size() - 1) message += "…, ";
  message += name_of(circle.back());
  const auto label = [&](std::size_t i) { return relation + "`" + name_of(circle[i + 1]) + "`"; };
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
              "definitions stand on one another more than " + std::to_string(kDefinitionNesting) +
                  " deep",
              "one too deep")
      .helps.emplace_back("write some of them as one: a sum, a list or a table has no such limit");
}

}  // namespace juzhu::sema
