// Definitions given by clauses (semantics.md 5.5): each gives a value when its conditions hold;
// which of several stands is settled as among rules (5.2).
#include <algorithm>

#include "sema/checker.h"

namespace juzhu::sema {

using ops::Operation;
using value::TypeKind;

RuleVersion Checker::clause_head(const Scope& scope, NodeId clause, const Remarks& shared) {
  const File& file = *scope.file;
  RuleVersion head;
  static_cast<Declared&>(head) = declared_of(file, clause);
  // What the definition cites holds for a clause that cites nothing of its own.
  const Remarks& resting = head.remarks.cites.empty() ? shared : head.remarks;
  head.extent = extent_of(file, clause, resting);
  head.level = level_of(resting);
  return head;
}

void Checker::clause_overrides(const Scope& scope, NodeId clause, std::size_t set,
                               RuleVersion& into) {
  const File& file = *scope.file;
  const SyntaxTree& tree = *file.tree;
  const std::vector<RuleVersion>& clauses = program_.clause_sets[set];
  for (const NodeId overriding : tree.children(clause, NodeKind::kOverrides)) {
    for (const std::uint32_t index : tree.own_tokens(overriding)) {
      const syntax::Token& token = tree.tokens[index];
      if (token.kind != TokenKind::kNAME) continue;
      const std::string name = name_text(file, token);
      const auto known = std::find_if(clauses.begin(), clauses.end(),
                                      [&](const RuleVersion& each) { return each.name.is(name); });
      if (known != clauses.end()) {
        into.overrides.emplace_back(static_cast<std::size_t>(known - clauses.begin()));
        continue;
      }
      std::vector<std::string> names;
      for (const RuleVersion& each : clauses) {
        names.insert(names.end(), {each.name.en, each.name.zh});
      }
      unknown_name(file, tree.span(token), name, say("clause of this definition", "本定义条款"),
                   names);
    }
  }
}

ExprId Checker::check_clauses(const Scope& scope, NodeId node, const Type& want,
                              const Remarks& shared) {
  const SyntaxTree& tree = *scope.file->tree;
  const Span span = tree.span(node);
  const std::vector<NodeId> nodes = tree.children(node, NodeKind::kClause);
  const std::size_t set = program_.clause_sets.size();
  program_.clause_sets.emplace_back();
  for (const NodeId clause : nodes) {
    RuleVersion head = clause_head(scope, clause, shared);
    for (const RuleVersion& other : program_.clause_sets[set]) {
      if (!other.name.is(head.name.en) && !other.name.is(head.name.zh)) continue;
      sink_
          .report(diag::Code::kDuplicateName, head.name_span,
                  say("this definition has two clauses called `{}`", "此定义有两个名为 `{}` 的条款",
                      head.name),
                  say("named again", "名称重复"))
          .helps.emplace_back(say("give it a name of its own, or join the two with `any of`",
                                  "另取名称，或用 `任一满足` 合并两者"));
    }
    program_.clause_sets[set].push_back(std::move(head));
  }
  std::vector<ExprId> statuses;
  std::vector<ExprId> values;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    clause_overrides(scope, nodes[i], set, program_.clause_sets[set][i]);
    const Remarks& remarks = program_.clause_sets[set][i].remarks;
    Scope inside = scope;
    inside.counting = remarks.counting.value_or(scope.counting);
    const ExprId condition = rule_condition(inside, nodes[i]);
    std::vector<ExprId> conditions;
    if (condition.valid()) conditions.push_back(condition);
    statuses.push_back(
        make(Operation::kAll, value::boolean_type(), tree.span(nodes[i]), std::move(conditions)));
    if (remarks.says_anything()) program_.entry_remarks[statuses.back()] = remarks;
    values.push_back(needs_rounding(check(inside, tree.child(nodes[i], NodeKind::kExpr), &want)));
  }
  const NodeId otherwise = tree.child(node, NodeKind::kTableOtherwise);
  if (otherwise.valid()) {
    values.push_back(needs_rounding(check(scope, tree.child(otherwise, NodeKind::kExpr), &want)));
  }
  const auto common = common_type(values);
  if (!common || common->kind == TypeKind::kError) return broken(span);
  std::vector<ExprId> operands;
  for (std::size_t i = 0; i < statuses.size(); ++i) {
    operands.push_back(statuses[i]);
    operands.push_back(
        as_type(values[i], *common, say("what this clause gives", "此条款给出的值")));
  }
  if (otherwise.valid())
    operands.push_back(as_type(values.back(), *common, say("what it gives", "其给出的值")));
  return make(Operation::kClauses, *common, span, std::move(operands),
              static_cast<std::uint32_t>(set), otherwise.valid() ? ops::kHasOtherwise : 0U);
}

}  // namespace juzhu::sema
