// Questions: the rules in force on a service, their statuses, and their order.
#include "plan/lower.h"

#include <algorithm>

#include "base/check.h"
#include "plan/lower_block.h"

namespace juzhu::plan {

using ops::Operation;
using sema::ExprId;

Slot Lowering::lower_subject_expr(BlockBuilder& into, const sema::RuleVersion& version, ExprId expr,
                                  DeclarationId declaration) {
  if (!expr.valid()) return kNoSlot;
  for (const sema::LocalId subject : sema::subjects_of(version))
    into.locals[subject] = 0;
  number_nodes(expr);
  return lower(into, expr, declaration);
}

void Lowering::narrow(BlockBuilder& into, RuleEntry& entry, const InForce& narrowing,
                      std::vector<Slot>& parts) {
  const sema::RuleVersion& version = program_.rules[narrowing.item].versions[narrowing.version];
  Narrowing added;
  added.declaration =
      declarations_.at({DeclarationKind::kRule, {narrowing.item, narrowing.version}});
  added.concerns = lower_subject_expr(into, version, version.concerns, added.declaration);
  added.condition = lower_subject_expr(into, version, version.condition, added.declaration);
  if (added.condition == kNoSlot) return;
  Slot holds = added.condition;
  if (added.concerns != kNoSlot) {
    const Slot outside = combine(into, Operation::kNot, {added.concerns}, added.declaration);
    holds = combine(into, Operation::kAny, {outside, added.condition}, added.declaration);
  }
  parts.push_back(holds);
  entry.narrowings.push_back(added);
}

RuleEntry Lowering::lower_rule(BlockBuilder& into, const InForce& rule, ops::Effect effect,
                               const std::vector<InForce>& in_force, const Listing& listing) {
  const sema::RuleVersion& version = program_.rules[rule.item].versions[rule.version];
  RuleEntry entry;
  entry.declaration = declarations_.at({DeclarationKind::kRule, {rule.item, rule.version}});
  entry.effect = effect;
  entry.level = version.level;
  entry.gate = version.gate;
  entry.concerns = lower_subject_expr(into, version, version.concerns, entry.declaration);
  entry.condition = lower_subject_expr(into, version, version.condition, entry.declaration);
  if (listing.listed) {
    Slot half = *listing.listed;
    if (effect == ops::Effect::kGrants)
      half = combine(into, Operation::kNot, {half}, entry.declaration);
    entry.concerns = entry.concerns == kNoSlot ? half
                                               : combine(into, Operation::kAll,
                                                         {entry.concerns, half}, entry.declaration);
  }
  std::vector<Slot> parts;
  if (entry.concerns != kNoSlot) parts.push_back(entry.concerns);
  if (entry.condition != kNoSlot) parts.push_back(entry.condition);
  for (const InForce& other : in_force) {
    const sema::RuleVersion& narrowing = program_.rules[other.item].versions[other.version];
    const bool narrows = std::find(narrowing.narrows.begin(), narrowing.narrows.end(),
                                   sema::RuleId{rule.item}) != narrowing.narrows.end();
    if (narrows && effect != ops::Effect::kDenies) narrow(into, entry, other, parts);
  }
  // The pool's condition is to a ranking what a narrowing is to a grant (semantics.md 7.1).
  if (effect == ops::Effect::kRanks) {
    for (const InForce& allocation : listing.allocations)
      narrow(into, entry, allocation, parts);
  }
  entry.status = combine(into, Operation::kAll, parts, entry.declaration);
  return entry;
}

namespace {

bool lists(const std::vector<sema::ServiceId>& services, sema::ServiceId service) {
  return std::find(services.begin(), services.end(), service) != services.end();
}

/// What the text and 5.2 order directly, closed.
Beats beats_matrix(const sema::Program& program, const std::vector<InForce>& rules) {
  Beats beats(rules.size(), std::vector<bool>(rules.size(), false));
  for (std::size_t i = 0; i < rules.size(); ++i) {
    for (std::size_t j = 0; j < rules.size(); ++j) {
      if (i != j) beats[i][j] = goes_before(program, rules[i], rules[j]);
    }
  }
  return closed(std::move(beats));
}

}  // namespace

std::vector<InForce> Lowering::relevant_rules(sema::ServiceId service, ops::Level lowest_level) {
  // Rules on the question, and what narrows them.
  const std::vector<InForce>& in_force = rules_at(lowest_level);
  const auto version_of = [&](const InForce& rule) -> const sema::RuleVersion& {
    return program_.rules[rule.item].versions[rule.version];
  };
  std::vector<InForce> relevant;
  for (const InForce& rule : in_force) {
    const sema::RuleVersion& version = version_of(rule);
    bool concerned = lists(version.grants, service) || lists(version.denies, service) ||
                     lists(version.ranks, service);
    for (const sema::RuleId narrowed : version.narrows) {
      for (const InForce& other : in_force) {
        const bool grants = lists(version_of(other).grants, service);
        concerned = concerned || (other.item == narrowed.index && grants);
      }
    }
    if (concerned) relevant.push_back(rule);
  }
  return relevant;
}

RuleSet Lowering::lower_rules(BlockBuilder& into, sema::ServiceId service,
                              const std::vector<InForce>& relevant) {
  struct Entry {
    RuleEntry rule;
    InForce version;
  };
  std::vector<Entry> entries;
  const auto add = [&](const InForce& rule, ops::Effect effect, const Listing& listing = {}) {
    entries.push_back({lower_rule(into, rule, effect, relevant, listing), rule});
  };
  const std::vector<InForce> allocations = allocations_among(service, relevant);
  bool any_grants = false;
  for (const InForce& rule : relevant) {
    const sema::RuleVersion& version = program_.rules[rule.item].versions[rule.version];
    if (lists(version.denies, service)) add(rule, ops::Effect::kDenies);
    if (!lists(version.grants, service)) continue;
    any_grants = true;
    if (allocations.empty()) {
      add(rule, ops::Effect::kGrants);
      continue;
    }
    // Those on a list are ranked; for the others the grant stays what it is.
    Listing listing{allocations, std::nullopt};
    listing.listed = lower_listed(into, version, allocations);
    add(rule, ops::Effect::kRanks, listing);
    if (listing.listed) add(rule, ops::Effect::kGrants, {{}, listing.listed});
  }
  if (!any_grants) {
    for (const InForce& allocation : allocations)
      add(allocation, ops::Effect::kRanks);
  }
  std::stable_sort(entries.begin(), entries.end(), [](const Entry& left, const Entry& right) {
    return left.rule.declaration < right.rule.declaration;
  });
  RuleSet rules;
  rules.service = service.index;
  rules.parted = any_grants && !allocations.empty();
  std::vector<InForce> versions;
  versions.reserve(entries.size());
  for (Entry& entry : entries) {
    rules.can_grant = rules.can_grant || entry.rule.effect != ops::Effect::kDenies;
    rules.rules.push_back(std::move(entry.rule));
    versions.push_back(entry.version);
  }
  rules.beats = beats_matrix(program_, versions);
  if (!rules.can_grant) rules.last_end = last_end_of(program_, scope(), service);
  return rules;
}

BlockId Lowering::question_block(sema::ServiceId service, ops::Level lowest_level) {
  // The same rules under another level are the same block.
  std::vector<InForce> relevant = relevant_rules(service, lowest_level);
  for (const auto& [rules, block] : question_blocks_[{stack_, service.index}]) {
    if (rules == relevant) return block;
  }
  const DeclarationId declaration =
      declarations_.at({DeclarationKind::kService, {service.index, 0}});
  BlockBuilder builder;
  builder.block.kind = BlockKind::kQuestion;
  builder.block.declaration = declaration;
  builder.block.parameters.push_back(value::member_type(program_.subjects[service.index]));
  RuleSet rules = with_candidates({}, [&] { return lower_rules(builder, service, relevant); });
  std::vector<Slot> statuses;
  statuses.reserve(rules.rules.size());
  for (const RuleEntry& rule : rules.rules)
    statuses.push_back(rule.status);
  Step step;
  step.operation = Operation::kOutcome;
  step.type = value::choice_type(program_.outcome_choice);
  step.declaration = declaration;
  step.a = static_cast<std::uint32_t>(plan_.rule_sets.size());
  plan_.rule_sets.push_back(std::move(rules));
  builder.block.results = {add_step(builder, step, statuses)};
  const BlockId block = finish(std::move(builder));
  question_blocks_[{stack_, service.index}].emplace_back(std::move(relevant), block);
  return block;
}

/// A block that does nothing but read a definition, whichever version of it is in force.
BlockId Lowering::definition_root(BlockBuilder builder, sema::DefinitionId id) {
  const sema::Definition& definition = program_[id];
  Step call;
  call.operation = Operation::kCall;
  call.type = definition.type;
  const auto version = definition_in_force(program_, id, scope());
  call.declaration = declaration_of(DeclarationKind::kDefinition, id.index, version);
  std::vector<Slot> arguments;
  for (const sema::LocalId parameter : definition.parameters) {
    arguments.push_back(static_cast<Slot>(builder.block.parameters.size()));
    builder.block.parameters.push_back(program_[parameter].type);
  }
  const bool has_body =
      version && program_.definitions[version->item].versions[version->version].body.valid();
  if (has_body) {
    call.a = definition_block(*version).index;
    builder.block.results = {add_step(builder, call, arguments)};
  } else {
    const Value missing =
        value::failure({value::ErrorCode::kNoRuleInForce, call.declaration.index, 0, 0});
    builder.block.results = {
        add_constant(builder, missing, definition.type, ExprId{}, call.declaration)};
  }
  return finish(std::move(builder));
}

Plan Lowering::run(std::span<const Root> roots, bool with_questions) {
  const std::size_t services = with_questions ? program_.services.size() : 0;
  for (std::uint32_t service = 0; service < services; ++service) {
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
    if (root.definition.valid()) {
      plan_.roots.push_back(definition_root(std::move(builder), root.definition));
      continue;
    }
    for (const sema::LocalId parameter : root.parameters) {
      builder.locals[parameter] = static_cast<Slot>(builder.block.parameters.size());
      builder.block.parameters.push_back(program_[parameter].type);
    }
    number_nodes(root.expr);
    builder.block.results = {lower(builder, root.expr, builder.block.declaration)};
    plan_.roots.push_back(finish(std::move(builder)));
  }
  lower_allocations();
  return std::move(plan_);
}

Plan lower(const sema::Program& program, const Scope& scope, std::span<const Root> roots) {
  return Lowering(program, scope).run(roots, true);
}

Plan lower_roots(const sema::Program& program, const Scope& scope, std::span<const Root> roots) {
  return Lowering(program, scope).run(roots, false);
}

}  // namespace juzhu::plan
