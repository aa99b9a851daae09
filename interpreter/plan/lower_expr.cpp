// Typed expressions → steps.
#include <algorithm>
#include <tuple>

#include "base/check.h"
#include "plan/lower_block.h"

namespace juzhu::plan {

using ops::Operation;
using sema::Expr;
using sema::ExprId;
using sema::LocalId;

Slot Lowering::add_step(BlockBuilder& into, Step step, const std::vector<Slot>& operands) {
  step.first_operand = static_cast<std::uint32_t>(plan_.operands.size());
  step.operand_count = static_cast<std::uint32_t>(operands.size());
  plan_.operands.insert(plan_.operands.end(), operands.begin(), operands.end());
  into.block.steps.push_back(step);
  return static_cast<Slot>(into.block.slot_count() - 1);
}

Step Lowering::step_for(const Expr& expr, ExprId id, DeclarationId declaration) const {
  Step step;
  step.operation = expr.operation;
  step.type = expr.type;
  step.a = expr.a;
  step.b = expr.b;
  step.declaration = declaration;
  const auto node = nodes_.find(id);
  step.node = node == nodes_.end() ? 0 : node->second;
  step.expr = id.index;
  return step;
}

Slot Lowering::add_constant(BlockBuilder& into, const Value& value, const Type& type, ExprId id,
                            DeclarationId declaration) {
  Step step;
  step.operation = Operation::kConstant;
  step.type = type;
  step.a = static_cast<std::uint32_t>(plan_.constants.size());
  step.declaration = declaration;
  const auto node = nodes_.find(id);
  step.node = node == nodes_.end() ? 0 : node->second;
  step.expr = id.index;
  plan_.constants.push_back(value);
  return add_step(into, step, {});
}

Slot Lowering::combine(BlockBuilder& into, Operation operation, const std::vector<Slot>& operands,
                       DeclarationId declaration) {
  Step step;
  step.operation = operation;
  step.type = value::boolean_type();
  step.declaration = declaration;
  return add_step(into, step, operands);
}

BlockId Lowering::finish(BlockBuilder builder) {
  plan_.blocks.push_back(std::move(builder.block));
  return BlockId{plan_.blocks.size() - 1};
}

std::vector<LocalId> Lowering::free_locals(std::span<const ExprId> roots,
                                           std::span<const LocalId> bound) const {
  // Variables of the body that an outer block binds: arguments that no fold or pick inside binds.
  std::vector<LocalId> found;
  std::vector<LocalId> inner(bound.begin(), bound.end());
  std::vector<ExprId> open(roots.begin(), roots.end());
  while (!open.empty()) {
    const ExprId id = open.back();
    open.pop_back();
    if (!id.valid()) continue;
    const Expr& expr = program_[id];
    if (expr.operation == Operation::kFold) inner.emplace_back(expr.b);
    for (std::uint32_t i = 0; expr.operation == Operation::kPick && i < expr.a; ++i)
      inner.emplace_back(expr.extra[std::size_t{2} * i]);
    if (expr.operation == Operation::kArgument && expr.a != LocalId::kNone)
      found.emplace_back(expr.a);
    if (expr.operation == Operation::kCall) {
      const std::vector<LocalId> read = candidate_locals(expr);
      found.insert(found.end(), read.begin(), read.end());
    }
    open.insert(open.end(), expr.operands.begin(), expr.operands.end());
  }
  // Every binder is a local of its own, so a name bound inside is never also bound outside.
  std::erase_if(found, [&](LocalId local) {
    return std::find(inner.begin(), inner.end(), local) != inner.end();
  });
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

Slot Lowering::lower_fold(BlockBuilder& into, const Expr& expr, ExprId id,
                          DeclarationId declaration) {
  std::vector<Slot> operands{lower(into, expr.operands[0], declaration)};
  const ExprId where = expr.operands[1];
  const ExprId element = expr.operands[2];
  Step step = step_for(expr, id, declaration);
  step.b = BlockId::kNone;
  if (where.valid() || element.valid()) {
    const LocalId bound{expr.b};
    const ExprId roots[] = {where, element};
    const LocalId inside[] = {bound};
    BlockBuilder body;
    body.block.kind = BlockKind::kFoldBody;
    body.block.declaration = declaration;
    body.block.parameters.push_back(program_[bound].type);
    body.locals[bound] = 0;
    for (const LocalId local : free_locals(roots, inside)) {
      operands.push_back(into.locals.at(local));
      body.locals[local] = static_cast<Slot>(body.block.parameters.size());
      body.block.parameters.push_back(program_[local].type);
    }
    const Slot condition = where.valid() ? lower(body, where, declaration) : kNoSlot;
    const Slot value = element.valid() ? lower(body, element, declaration) : kNoSlot;
    body.block.results = {condition, value};
    step.b = finish(std::move(body)).index;
  }
  return add_step(into, step, operands);
}

BlockId Lowering::definition_body(const InForce& version, std::span<const LocalId> captures) {
  const sema::DefinitionVersion& definition =
      program_.definitions[version.item].versions[version.version];
  const DeclarationId declaration =
      declaration_of(DeclarationKind::kDefinition, version.item, version);
  BlockBuilder builder;
  builder.block.kind = BlockKind::kDefinition;
  builder.block.declaration = declaration;
  const auto take = [&](LocalId parameter) {
    builder.locals[parameter] = static_cast<Slot>(builder.block.parameters.size());
    builder.block.parameters.push_back(program_[parameter].type);
  };
  for (const LocalId parameter : definition.parameters) {
    const Type& type = program_[parameter].type;
    const bool is_household = type.kind == value::TypeKind::kMember && type.entity.index == 0;
    if (!is_household) take(parameter);  // there is one household
  }
  for (const LocalId capture : captures)
    take(capture);
  number_nodes(definition.body);
  builder.block.results = {lower(builder, definition.body, declaration)};
  return finish(std::move(builder));
}

BlockId Lowering::definition_block(const InForce& version) {
  const auto known = definition_blocks_.find({stack_, version.item});
  if (known != definition_blocks_.end()) return known->second;
  const BlockId block = with_candidates({}, [&] { return definition_body(version, {}); });
  definition_blocks_[{stack_, version.item}] = block;
  return block;
}

Slot Lowering::lower_call(BlockBuilder& into, const Expr& expr, ExprId id,
                          DeclarationId declaration) {
  std::vector<Slot> operands;
  const auto called = under_reform(
      expr, [&] { return definition_in_force(program_, sema::DefinitionId{expr.a}, scope()); });
  // A score's version in force may lack the part that is read of it.
  const bool has_body =
      called && program_.definitions[called->item].versions[called->version].body.valid();
  if (!has_body) {
    const DeclarationId missing = declaration_of(DeclarationKind::kDefinition, expr.a, called);
    return add_constant(into,
                        value::failure({value::ErrorCode::kNoRuleInForce, missing.index, 0, 0}),
                        expr.type, id, missing);
  }
  const bool of_candidate = std::any_of(candidates_.begin(), candidates_.end(),
                                        [&](const Candidate& each) { return reads(expr, each); });
  if (of_candidate) {
    const ExprId body = program_.definitions[called->item].versions[called->version].body;
    number_nodes(body);
    return lower(into, body, declaration_of(DeclarationKind::kDefinition, expr.a, called));
  }
  for (const ExprId operand : expr.operands)
    operands.push_back(lower(into, operand, declaration));
  Step step = step_for(expr, id, declaration);
  std::vector<Candidate> read = read_through(expr, *called);
  if (read.empty()) {
    step.a = under_reform(expr, [&] { return definition_block(*called); }).index;
    return add_step(into, step, operands);
  }
  for (const LocalId local : candidate_locals(expr))
    operands.push_back(into.locals.at(local));
  step.a = candidate_block(*called, std::move(read)).index;
  return add_step(into, step, operands);
}

namespace {

/// Versions of one place one after the other, none twice: the later on top of the earlier.
ParameterTable table_of(const sema::Parameter& parameter,
                        std::vector<sema::VersionInStack> versions) {
  std::stable_sort(versions.begin(), versions.end(), [](const auto& left, const auto& right) {
    return std::tie(left.places, left.order_from, left.layer) <
           std::tie(right.places, right.order_from, right.layer);
  });
  ParameterTable table;
  for (const sema::VersionInStack& each : versions) {
    const bool same_start = !table.versions.empty() &&
                            table.versions.back().place == each.places.front() &&
                            table.versions.back().from == each.from;
    if (same_start) table.versions.pop_back();
    table.versions.push_back(
        {each.places.front(), each.from, each.to, parameter.versions[each.version].value});
  }
  return table;
}

}  // namespace

Slot Lowering::lower_parameter(BlockBuilder& into, const Expr& expr, ExprId id,
                               DeclarationId declaration) {
  const sema::ParameterId parameter{expr.a};
  const auto version =
      under_reform(expr, [&] { return parameter_in_force(program_, parameter, scope()); });
  const DeclarationId own = declaration_of(DeclarationKind::kParameter, expr.a, version);
  const Value missing = value::failure({value::ErrorCode::kNoRuleInForce, own.index, 0, 0});
  if (expr.b == 0) {
    return add_constant(into,
                        version ? program_[parameter].versions[version->version].value : missing,
                        expr.type, id, own);
  }
  ParameterTable table = under_reform(expr, [&] {
    return table_of(program_[parameter],
                    sema::versions_in(program_, {sema::ItemKind::kParameter, expr.a}, stack_));
  });
  std::vector<Slot> operands;
  std::size_t next = 0;
  operands.push_back((expr.b & 1U) != 0
                         ? lower(into, expr.operands[next++], declaration)
                         : add_constant(into, value::place_value(plan_.scope.place, true),
                                        value::place_type(), id, declaration));
  operands.push_back((expr.b & 2U) != 0 ? lower(into, expr.operands[next], declaration)
                                        : add_constant(into, value::number(plan_.scope.date),
                                                       value::date_type(), id, declaration));
  Step step = step_for(expr, id, own);
  step.a = static_cast<std::uint32_t>(plan_.parameter_tables.size());
  plan_.parameter_tables.push_back(std::move(table));
  return add_step(into, step, operands);
}

Slot Lowering::lower_fact(BlockBuilder& into, const Expr& expr, ExprId id,
                          DeclarationId declaration) {
  std::vector<Slot> operands;
  for (const ExprId operand : expr.operands)
    operands.push_back(lower(into, operand, declaration));
  // A fact's step belongs to the fact, so that what is said of the fact (vague) reaches every
  // result that reads it.
  return add_step(into, step_for(expr, id, declarations_.at({DeclarationKind::kFact, {expr.a, 0}})),
                  operands);
}

Slot Lowering::lower(BlockBuilder& into, ExprId id, DeclarationId declaration) {
  JUZHU_CHECK(id.valid());
  const auto known = into.done.find(id);
  if (known != into.done.end()) return known->second;
  const Expr& expr = program_[id];
  Slot slot = kNoSlot;
  switch (expr.operation) {
    case Operation::kConstant:
      slot = add_constant(into, program_.constants[expr.a], expr.type, id, declaration);
      break;
    case Operation::kToday:
      slot = add_constant(into, value::number(plan_.scope.date), expr.type, id, declaration);
      break;
    case Operation::kHere: {
      const bool exact =
          plan_.scope.exact || program_.schema->places[plan_.scope.place].children.empty();
      slot = add_constant(into, value::place_value(plan_.scope.place, exact), expr.type, id,
                          declaration);
      break;
    }
    case Operation::kArgument:
      slot = expr.a == LocalId::kNone
                 ? add_constant(into, value::bits(0), expr.type, id, declaration)
                 : into.locals.at(LocalId{expr.a});
      break;
    case Operation::kFact:
      slot = lower_fact(into, expr, id, declaration);
      break;
    case Operation::kCall:
      slot = lower_call(into, expr, id, declaration);
      break;
    case Operation::kClauses:
      slot = lower_clauses(into, expr, id, declaration);
      break;
    case Operation::kParameter:
      slot = lower_parameter(into, expr, id, declaration);
      break;
    case Operation::kFold:
      slot = lower_fold(into, expr, id, declaration);
      break;
    case Operation::kPick:
      slot = lower_pick(into, expr, id, declaration);
      break;
    case Operation::kQuestion: {
      const Slot subject = lower(into, expr.operands[0], declaration);
      Step step = step_for(expr, id, declaration);
      const auto level = expr.b == 0 ? ops::Level::kPractice : static_cast<ops::Level>(expr.b - 1);
      step.a =
          under_reform(expr, [&] { return question_block(sema::ServiceId{expr.a}, level); }).index;
      slot = add_step(into, step, {subject});
      break;
    }
    default: {
      std::vector<Slot> operands;
      operands.reserve(expr.operands.size());
      for (const ExprId operand : expr.operands)
        operands.push_back(lower(into, operand, declaration));
      Step step = step_for(expr, id, declaration);
      step.first_extra = static_cast<std::uint32_t>(plan_.extras.size());
      plan_.extras.insert(plan_.extras.end(), expr.extra.begin(), expr.extra.end());
      slot = add_step(into, step, operands);
      break;
    }
  }
  into.done[id] = slot;
  return slot;
}

}  // namespace juzhu::plan
