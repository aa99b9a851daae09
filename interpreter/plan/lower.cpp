// Questions: the rules in force on a service, their statuses, and their order.
#include "plan/lower.h"

#include <algorithm>

#include "plan/lower_block.h"

namespace juzhu::plan {

using ops::Operation;
using sema::ExprId;

Slot Lowering::lower_subject_expr(BlockBuilder& into, const sema::RuleVersion& version, ExprId expr,
                                  DeclarationId declaration) {
  if (!expr.valid()) return kNoSlot;
  into.locals[version.subject] = 0;
  number_nodes(expr);
  return lower(into, expr, declaration);
}

RuleEntry Lowering::lower_rule(BlockBuilder& into, const InForce& rule, ops::Effect effect,
                               const std::vector<InForce>& in_force) {
  const sema::RuleVersion& version = program_.rules[rule.item].versions[rule.version];
  RuleEntry entry;
  entry.declaration = declarations_.at({DeclarationKind::kRule, {rule.item, rule.version}});
  entry.effect = effect;
  entry.level = version.level;
  entry.gate = version.gate;
  entry.concerns = lower_subject_expr(into, version, version.concerns, entry.declaration);
  entry.condition = lower_subject_expr(into, version, version.condition, entry.declaration);
  std::vector<Slot> parts;
  if (entry.concerns != kNoSlot) parts.push_back(entry.concerns);
  if (entry.condition != kNoSlot) parts.push_back(entry.condition);
  for (const InForce& other : in_force) {
    const sema::RuleVersion& narrowing = program_.rules[other.item].versions[other.version];
    const bool narrows = std::find(narrowing.narrows.begin(), narrowing.narrows.end(),
                                   sema::RuleId{rule.item}) != narrowing.narrows.end();
    if (!narrows || effect != ops::Effect::kGrants) continue;
    Narrowing added;
    added.declaration = declarations_.at({DeclarationKind::kRule, {other.item, other.version}});
    added.concerns = lower_subject_expr(into, narrowing, narrowing.concerns, added.declaration);
    added.condition = lower_subject_expr(into, narrowing, narrowing.condition, added.declaration);
    if (added.condition == kNoSlot) continue;
    Slot holds = added.condition;
    if (added.concerns != kNoSlot) {
      const Slot outside = combine(into, Operation::kNot, {added.concerns}, added.declaration);
      holds = combine(into, Operation::kAny, {outside, added.condition}, added.declaration);
    }
    parts.push_back(holds);
    entry.narrowings.push_back(added);
  }
  entry.status = combine(into, Operation::kAll, parts, entry.declaration);
  return entry;
}

BlockId Lowering::question_block(sema::ServiceId service, ops::Level lowest_level) {
  const auto names = [&](const std::vector<sema::ServiceId>& list) {
    return std::find(list.begin(), list.end(), service) != list.end();
  };
  const std::vector<InForce> in_force = rules_in_force(program_, plan_.scope, lowest_level);
  // Rules on the question and what narrows them: the same set for another level is the same block.
  std::vector<InForce> relevant;
  for (const InForce& rule : in_force) {
    const sema::RuleVersion& version = program_.rules[rule.item].versions[rule.version];
    bool concerned = names(version.grants) || names(version.denies);
    for (const sema::RuleId narrowed : version.narrows) {
      for (const InForce& other : in_force) {
        concerned = concerned || (other.item == narrowed.index &&
                                  names(program_.rules[other.item].versions[other.version].grants));
      }
    }
    if (concerned) relevant.push_back(rule);
  }
  for (const auto& [rules, block] : question_blocks_[service.index]) {
    if (rules == relevant) return block;
  }
  const DeclarationId declaration =
      declarations_.at({DeclarationKind::kService, {service.index, 0}});
  BlockBuilder builder;
  builder.block.kind = BlockKind::kQuestion;
  builder.block.declaration = declaration;
  builder.block.parameters.push_back(value::member_type(program_.subjects[service.index]));
  RuleSet rules;
  rules.service = service.index;
  struct Entry {
    RuleEntry rule;
    InForce version;
  };
  std::vector<Entry> entries;
  for (const InForce& rule : relevant) {
    const sema::RuleVersion& version = program_.rules[rule.item].versions[rule.version];
    if (names(version.grants))
      entries.push_back({lower_rule(builder, rule, ops::Effect::kGrants, relevant), rule});
    if (names(version.denies))
      entries.push_back({lower_rule(builder, rule, ops::Effect::kDenies, relevant), rule});
  }
  std::stable_sort(entries.begin(), entries.end(), [](const Entry& left, const Entry& right) {
    return left.rule.declaration < right.rule.declaration;
  });
  const std::size_t count = entries.size();
  rules.beats.assign(count, std::vector<bool>(count, false));
  std::vector<Slot> statuses;
  for (std::size_t i = 0; i < count; ++i) {
    rules.can_grant = rules.can_grant || entries[i].rule.effect != ops::Effect::kDenies;
    statuses.push_back(entries[i].rule.status);
    for (std::size_t j = 0; j < count; ++j) {
      if (i != j) rules.beats[i][j] = goes_before(program_, entries[i].version, entries[j].version);
    }
  }
  for (std::size_t k = 0; k < count; ++k) {
    for (std::size_t i = 0; i < count; ++i) {
      for (std::size_t j = 0; j < count; ++j) {
        if (rules.beats[i][k] && rules.beats[k][j]) rules.beats[i][j] = true;
      }
    }
  }
  for (Entry& entry : entries)
    rules.rules.push_back(std::move(entry.rule));
  if (!rules.can_grant) rules.last_end = last_end_of(program_, plan_.scope, service);
  Step step;
  step.operation = Operation::kOutcome;
  step.type = value::choice_type(program_.outcome_choice);
  step.declaration = declaration;
  step.a = static_cast<std::uint32_t>(plan_.rule_sets.size());
  plan_.rule_sets.push_back(std::move(rules));
  builder.block.results = {add_step(builder, step, statuses)};
  const BlockId block = finish(std::move(builder));
  question_blocks_[service.index].emplace_back(std::move(relevant), block);
  return block;
}

Plan Lowering::run(std::span<const Root> roots) {
  for (std::uint32_t service = 0; service < program_.services.size(); ++service) {
    for (int level = ops::kLevelCount - 1; level >= 0; --level) {
      const auto lowest = static_cast<ops::Level>(level);
      plan_.questions.push_back(
          {service, lowest, question_block(sema::ServiceId{service}, lowest)});
    }
  }
  for (const Root& root : roots) {
    BlockBuilder builder;
    builder.block.kind = BlockKind::kExpression;
    builder.block.declaration = DeclarationId{std::size_t{0}};
    for (const sema::LocalId parameter : root.parameters) {
      builder.locals[parameter] = static_cast<Slot>(builder.block.parameters.size());
      builder.block.parameters.push_back(program_[parameter].type);
    }
    number_nodes(root.expr);
    builder.block.results = {lower(builder, root.expr, builder.block.declaration)};
    plan_.roots.push_back(finish(std::move(builder)));
  }
  return std::move(plan_);
}

Plan lower(const sema::Program& program, const Scope& scope, std::span<const Root> roots) {
  return Lowering(program, scope).run(roots);
}

}  // namespace juzhu::plan
