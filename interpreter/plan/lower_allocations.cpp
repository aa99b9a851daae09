// Allocations in a plan (semantics.md 7): which of them give a service here, how they part each
// grant into a ranking and a granting half, and the blocks that the second stage reads.
#include <algorithm>

#include "plan/lower_block.h"

namespace juzhu::plan {

using ops::Operation;
using sema::ExprId;

namespace {

/// The conditions that a condition is the `and` of.
std::vector<ExprId> conjuncts(const sema::Program& program, ExprId condition) {
  std::vector<ExprId> found;
  std::vector<ExprId> open{condition};
  while (!open.empty()) {
    const ExprId id = open.back();
    open.pop_back();
    if (!id.valid()) continue;
    const sema::Expr& expr = program[id];
    if (expr.operation == Operation::kAll) {
      open.insert(open.end(), expr.operands.begin(), expr.operands.end());
    } else {
      found.push_back(id);
    }
  }
  return found;
}

/// A role of the subject (child), as its definition; nothing if it is another condition.
std::optional<std::uint32_t> role_of(const sema::Program& program, ExprId condition,
                                     sema::LocalId subject) {
  const sema::Expr& expr = program[condition];
  if (expr.operation != Operation::kCall || expr.operands.size() != 1) return std::nullopt;
  const sema::Expr& asked = program[expr.operands.front()];
  const bool of_subject = asked.operation == Operation::kArgument && asked.a == subject.index;
  return of_subject ? std::optional(expr.a) : std::nullopt;
}

/// Is everyone whom the rule concerns plainly on the list? Then the rule grants nothing by itself.
bool covers(const sema::Program& program, const sema::RuleVersion& allocation,
            const sema::RuleVersion& rule) {
  const std::vector<ExprId> own = conjuncts(program, rule.concerns);
  const std::vector<ExprId> wanted = conjuncts(program, allocation.concerns);
  return std::all_of(wanted.begin(), wanted.end(), [&](ExprId each) {
    const auto role = role_of(program, each, allocation.subject);
    return role && std::any_of(own.begin(), own.end(), [&](ExprId other) {
             return role_of(program, other, rule.subject) == role;
           });
  });
}

}  // namespace

std::vector<InForce> Lowering::allocations_among(sema::ServiceId service,
                                                 const std::vector<InForce>& rules) const {
  std::vector<InForce> found;
  for (const InForce& rule : rules) {
    const std::vector<sema::ServiceId>& ranks =
        program_.rules[rule.item].versions[rule.version].ranks;
    if (std::find(ranks.begin(), ranks.end(), service) != ranks.end()) found.push_back(rule);
  }
  return found;
}

std::optional<Slot> Lowering::lower_listed(BlockBuilder& into, const sema::RuleVersion& rule,
                                           const std::vector<InForce>& allocations) {
  std::vector<Slot> lists;
  for (const InForce& each : allocations) {
    const sema::RuleVersion& allocation = program_.rules[each.item].versions[each.version];
    if (covers(program_, allocation, rule)) return std::nullopt;
    const DeclarationId declaration =
        declarations_.at({DeclarationKind::kRule, {each.item, each.version}});
    lists.push_back(lower_subject_expr(into, allocation, allocation.concerns, declaration));
  }
  const DeclarationId first =
      declarations_.at({DeclarationKind::kRule, {allocations[0].item, allocations[0].version}});
  return lists.size() == 1 ? lists.front() : combine(into, Operation::kAny, lists, first);
}

BlockId Lowering::list_block(const sema::Allocation& allocation, ExprId expr,
                             DeclarationId declaration, bool with_school) {
  if (!expr.valid()) return {};
  BlockBuilder builder;
  builder.block.kind = BlockKind::kExpression;
  builder.block.declaration = declaration;
  builder.block.parameters.push_back(program_[allocation.subject].type);
  builder.locals[allocation.subject] = 0;
  for (const sema::Reserve& reserve : allocation.reserves)
    builder.locals[reserve.member] = 0;
  if (with_school && allocation.school.valid()) {
    builder.block.parameters.push_back(program_[allocation.school].type);
    builder.locals[allocation.school] = 1;
  }
  number_nodes(expr);
  builder.block.results = {lower(builder, expr, declaration)};
  return finish(std::move(builder));
}

void Lowering::lower_allocations() {
  for (const InForce& each : rules_in_force(program_, plan_.scope, ops::Level::kPractice)) {
    const sema::RuleVersion& rule = program_.rules[each.item].versions[each.version];
    if (!rule.allocation.valid()) continue;
    const sema::Allocation& allocation = program_[rule.allocation];
    const DeclarationId declaration =
        declarations_.at({DeclarationKind::kRule, {each.item, each.version}});
    const auto block = [&](ExprId expr) {
      return list_block(allocation, expr, declaration, false);
    };
    List list;
    list.declaration = declaration;
    list.allocation = rule.allocation.index;
    list.service = rule.ranks.front().index;
    list.concerns = block(rule.concerns);
    list.pool = block(allocation.pool);
    list.seats = list_block(allocation, allocation.seats, declaration, true);
    for (const sema::RankKey& key : allocation.keys)
      list.keys.push_back(block(key.value));
    for (const ExprId wish : allocation.wishes)
      list.wishes.push_back(block(wish));
    for (const sema::Reserve& reserve : allocation.reserves) {
      list.reserve_amounts.push_back(block(reserve.amount));
      list.reserve_groups.push_back(block(reserve.group));
    }
    plan_.lists.push_back(std::move(list));
  }
}

std::optional<RankedBy> ranked_by(const sema::Program& program, const Scope& scope,
                                  sema::DefinitionId total) {
  std::optional<RankedBy> found;
  for (const InForce& each : rules_in_force(program, scope, ops::Level::kPractice)) {
    const sema::RuleVersion& rule = program.rules[each.item].versions[each.version];
    if (!rule.allocation.valid()) continue;
    const auto key = sema::key_of_score(program, program[rule.allocation], total);
    if (!key) continue;
    if (found) return std::nullopt;
    found = RankedBy{rule.allocation, sema::RuleId{each.item}, each.version, *key};
  }
  return found;
}

}  // namespace juzhu::plan
