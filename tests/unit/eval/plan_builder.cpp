#include "plan_builder.h"

#include <algorithm>
#include <cctype>
#include <tuple>

#include "eval/needs.h"
#include "value/date.h"

namespace juzhu::eval::testing {
namespace {

using plan::BlockId;
using plan::BlockKind;
using plan::DeclarationId;
using plan::DeclarationKind;
using plan::Slot;
using value::TypeKind;

/// Makes the steps of one plan.
class Maker {
 public:
  Maker(TestBook& book, Plan& plan) : book_(book), plan_(plan) {}

  DeclarationId declare(DeclarationKind kind, const std::string& name, Level level, bool marked) {
    for (std::size_t i = 0; i < plan_.declarations.size(); ++i) {
      if (plan_.declarations[i].key == name) return DeclarationId(i);
    }
    plan::Declaration made;
    made.kind = kind;
    made.key = name;
    made.name = {name, ""};
    made.level = level;
    made.marked = marked;
    plan_.declarations.push_back(made);
    return DeclarationId(plan_.declarations.size() - 1);
  }

  BlockId expression_block(const Expr& expr, BlockKind kind, DeclarationId declaration) {
    plan::Block block;
    block.kind = kind;
    block.declaration = declaration;
    block.parameters = {value::member_type(vocabulary().person)};
    const Slot result = lower(block, expr, declaration);
    block.results = {result};
    plan_.blocks.push_back(std::move(block));
    return BlockId(plan_.blocks.size() - 1);
  }

  Slot lower(plan::Block& block, const Expr& expr, DeclarationId declaration);
  Slot add(plan::Block& block, plan::Step step, const std::vector<Slot>& operands) {
    step.first_operand = static_cast<std::uint32_t>(plan_.operands.size());
    step.operand_count = static_cast<std::uint32_t>(operands.size());
    step.node = static_cast<std::uint32_t>(block.steps.size());
    plan_.operands.insert(plan_.operands.end(), operands.begin(), operands.end());
    block.steps.push_back(step);
    return static_cast<Slot>(block.slot_count() - 1);
  }
  BlockId question(const std::string& service, Level lowest);
  plan::RuleEntry lower_rule(plan::Block& block, const TestRule& rule, Level lowest);

 private:
  BlockId body_of(const Node& fold, const plan::Block& outer, DeclarationId declaration);
  void resolve_names(const Expr& expr, plan::Step& step, DeclarationId declaration);

  TestBook& book_;
  Plan& plan_;
  std::map<std::string, BlockId> definitions_;
  std::map<std::pair<std::string, Level>, BlockId> questions_;
};

bool in_force(const TestRule& rule, const plan::Scope& scope) {
  return vocabulary().schema->places.within(scope.place, rule.place) && rule.from <= scope.date &&
         scope.date <= rule.to;
}

bool names(const TestRule& rule, const std::string& other) {
  return std::find(rule.overrides.begin(), rule.overrides.end(), other) != rule.overrides.end();
}

/// The first line of semantics.md 5.2 that orders the pair.
bool goes_before(const TestRule& left, const TestRule& right) {
  if (names(left, right.name)) return true;
  if (names(right, left.name)) return false;
  const auto& places = vocabulary().schema->places;
  if (left.place != right.place) return places.within(left.place, right.place);
  if (left.gate != right.gate) return right.gate;
  return left.level == right.level && left.from > right.from;
}

/// The steps of a body know the subject as their second parameter.
BlockId Maker::body_of(const Node& fold, const plan::Block& outer, DeclarationId declaration) {
  plan::Block body;
  body.kind = BlockKind::kFoldBody;
  body.declaration = declaration;
  body.parameters = {fold.bound, outer.parameters.back()};
  body.results = {plan::kNoSlot, plan::kNoSlot};
  if (fold.where.given()) body.results[0] = lower(body, fold.where, declaration);
  if (fold.element.given()) body.results[1] = lower(body, fold.element, declaration);
  plan_.blocks.push_back(std::move(body));
  return BlockId(plan_.blocks.size() - 1);
}

void Maker::resolve_names(const Expr& expr, plan::Step& step, DeclarationId declaration) {
  if (expr->operation == Operation::kFact) {
    // As lowering does, a fact's step belongs to the fact.
    step.declaration =
        declare(DeclarationKind::kFact, "fact " + expr->name, Level::kPractice, false);
  }
  if (expr->operation == Operation::kCall) {
    const DeclarationId own = declare(DeclarationKind::kDefinition, expr->name, Level::kPractice,
                                      book_.marked[expr->name]);
    if (definitions_.count(expr->name) == 0) {
      definitions_[expr->name] =
          expression_block(book_.definitions.at(expr->name), BlockKind::kDefinition, own);
    }
    step.a = definitions_[expr->name].index;
  }
  if (expr->operation == Operation::kQuestion) {
    step.a = question(expr->name, Level::kPractice).index;
  }
  if (expr->operation == Operation::kConstant) {
    step.a = static_cast<std::uint32_t>(plan_.constants.size());
    plan_.constants.push_back(expr->constant);
    if (expr->constant.may_fail()) plan_.constants.back().error.declaration = declaration.index;
  }
  if (expr->operation == Operation::kParameter) {
    step.a = static_cast<std::uint32_t>(plan_.parameter_tables.size());
    plan_.parameter_tables.push_back(expr->table);
  }
  if (expr->operation == Operation::kMeasure) {
    step.a = static_cast<std::uint32_t>(plan_.measures.size());
    plan_.measures.push_back(expr->measure);
  }
  if (expr->operation == Operation::kClauses) {
    step.a = static_cast<std::uint32_t>(plan_.clause_orders.size());
    plan_.clause_orders.push_back(expr->beats);
  }
  if (expr->operation == Operation::kSum) {
    step.first_extra = static_cast<std::uint32_t>(plan_.extras.size());
    for (std::size_t i = 0; i < expr->operands.size(); ++i) {
      plan_.extras.push_back(i < expr->extra.size() ? expr->extra[i] : 0);
    }
  }
}

Slot Maker::lower(plan::Block& block, const Expr& expr, DeclarationId declaration) {
  // The subject is the first parameter, in the body of a fold the second, after the bound element.
  if (expr->operation == Operation::kArgument) {
    const bool is_subject = expr->a == 0;
    return is_subject ? static_cast<Slot>(block.parameters.size() - 1) : 0;
  }
  std::vector<Slot> operands;
  for (const Expr& operand : expr->operands) {
    operands.push_back(lower(block, operand, declaration));
  }
  plan::Step step;
  step.operation = expr->operation;
  step.type = expr->type;
  step.a = expr->a;
  step.b = expr->b;
  step.declaration = declaration;
  resolve_names(expr, step, declaration);
  if (expr->operation == Operation::kFold) {
    const bool has_body = expr->where.given() || expr->element.given();
    step.b = has_body ? body_of(*expr, block, declaration).index : BlockId::kNone;
    if (has_body) operands.push_back(static_cast<Slot>(block.parameters.size() - 1));
  }
  return add(block, step, operands);
}

plan::RuleEntry Maker::lower_rule(plan::Block& block, const TestRule& rule, Level lowest) {
  plan::RuleEntry entry;
  const auto kind = rule.gate ? DeclarationKind::kGate : DeclarationKind::kRule;
  entry.declaration = declare(kind, rule.name, rule.level, rule.marked);
  entry.effect = rule.effect;
  entry.level = rule.level;
  entry.gate = rule.gate;
  std::vector<Slot> parts;
  if (rule.concerns.given()) {
    entry.concerns = lower(block, rule.concerns, entry.declaration);
    parts.push_back(entry.concerns);
  }
  if (rule.when.given()) {
    entry.condition = lower(block, rule.when, entry.declaration);
    parts.push_back(entry.condition);
  }
  plan::Step step;
  step.type = value::boolean_type();
  for (const TestNarrowing& narrowing : book_.narrowings) {
    const auto& places = vocabulary().schema->places;
    const bool is_meant = narrowing.of == rule.name && narrowing.level <= lowest &&
                          places.within(plan_.scope.place, narrowing.place);
    if (!is_meant) continue;
    plan::Narrowing made;
    made.declaration = declare(DeclarationKind::kNarrowing, narrowing.name, narrowing.level, false);
    step.declaration = made.declaration;
    made.condition = lower(block, narrowing.when, made.declaration);
    Slot holds = made.condition;
    if (narrowing.concerns.given()) {
      made.concerns = lower(block, narrowing.concerns, made.declaration);
      step.operation = Operation::kNot;
      const Slot outside = add(block, step, {made.concerns});
      step.operation = Operation::kAny;
      holds = add(block, step, {outside, made.condition});
    }
    parts.push_back(holds);
    entry.narrowings.push_back(made);
  }
  step.declaration = entry.declaration;
  step.operation = Operation::kAll;
  entry.status = add(block, step, parts);
  return entry;
}

BlockId Maker::question(const std::string& service, Level lowest) {
  const auto found = questions_.find({service, lowest});
  if (found != questions_.end()) return found->second;
  plan::Block block;
  block.kind = BlockKind::kQuestion;
  block.declaration = declare(DeclarationKind::kService, service, Level::kPractice, false);
  block.parameters = {value::member_type(vocabulary().person)};
  plan::RuleSet set;
  std::vector<TestRule> rules;
  for (const TestRule& rule : book_.rules) {
    if (rule.service != service || rule.level > lowest) continue;
    if (in_force(rule, plan_.scope)) rules.push_back(rule);
    const bool gave = rule.effect != Effect::kDenies && rule.to < plan_.scope.date;
    if (gave) set.last_end = std::max(set.last_end, rule.to);
  }
  std::sort(rules.begin(), rules.end(), [&](const TestRule& left, const TestRule& right) {
    const auto of = [&](const TestRule& rule) {
      return declare(rule.gate ? DeclarationKind::kGate : DeclarationKind::kRule, rule.name,
                     rule.level, rule.marked);
    };
    return of(left) < of(right);
  });
  const std::size_t count = rules.size();
  set.beats.assign(count, std::vector<bool>(count, false));
  std::vector<Slot> statuses;
  for (std::size_t i = 0; i < count; ++i) {
    set.rules.push_back(lower_rule(block, rules[i], lowest));
    statuses.push_back(set.rules.back().status);
    set.can_grant = set.can_grant || rules[i].effect != Effect::kDenies;
    for (std::size_t j = 0; j < count; ++j) {
      if (i != j) set.beats[i][j] = goes_before(rules[i], rules[j]);
    }
  }
  for (std::size_t k = 0; k < count; ++k) {
    for (std::size_t i = 0; i < count; ++i) {
      for (std::size_t j = 0; j < count; ++j) {
        if (set.beats[i][k] && set.beats[k][j]) set.beats[i][j] = true;
      }
    }
  }
  plan::Step step;
  step.operation = Operation::kOutcome;
  step.type = value::choice_type(vocabulary().outcome);
  step.declaration = block.declaration;
  step.a = static_cast<std::uint32_t>(plan_.rule_sets.size());
  plan_.rule_sets.push_back(std::move(set));
  block.results = {add(block, step, statuses)};
  plan_.blocks.push_back(std::move(block));
  const BlockId id(plan_.blocks.size() - 1);
  questions_[{service, lowest}] = id;
  return id;
}

}  // namespace

const Plan& TestBook::plan(const plan::Scope& scope) {
  auto& kept = plans_[scope];
  if (kept != nullptr) return *kept;
  ++plan_count;
  kept = std::make_unique<Plan>();
  kept->scope = scope;
  kept->schema = vocabulary().schema;
  Maker maker(*this, *kept);
  // Declarations are sorted by key, so all are made before the steps that name them.
  std::map<std::string, std::tuple<DeclarationKind, Level, bool>> keys;
  for (const TestRule& rule : rules) {
    keys[rule.name] = {rule.gate ? DeclarationKind::kGate : DeclarationKind::kRule, rule.level,
                       rule.marked};
    keys[rule.service] = {DeclarationKind::kService, Level::kPractice, false};
  }
  for (const TestNarrowing& narrowing : narrowings) {
    keys[narrowing.name] = {DeclarationKind::kNarrowing, narrowing.level, false};
  }
  for (const auto& [name, body] : definitions) {
    keys[name] = {DeclarationKind::kDefinition, Level::kPractice, marked[name]};
  }
  for (const value::Fact& fact : schema().facts) {
    keys["fact " + fact.name.en] = {DeclarationKind::kFact, Level::kPractice, false};
  }
  keys["q"] = {DeclarationKind::kService, Level::kPractice, false};
  for (const auto& [name, about] : keys) {
    maker.declare(std::get<0>(about), name, std::get<1>(about), std::get<2>(about));
  }
  for (int level = ops::kLevelCount - 1; level >= 0; --level) {
    const auto lowest = static_cast<Level>(level);
    kept->questions.push_back({0, lowest, maker.question("q", lowest)});
  }
  if (expression.given()) {
    const DeclarationId none(std::size_t{0});
    kept->roots.push_back(maker.expression_block(expression, BlockKind::kExpression, none));
  }
  return *kept;
}

std::vector<const Plan*> TestBook::plans(const Value& place, std::int64_t date) {
  const auto node = static_cast<value::PlaceNode>(place.lo);
  std::vector<value::PlaceNode> below;
  for (value::PlaceNode at = 0; at < schema().places.size(); ++at) {
    bool is_declared = false;
    for (const TestRule& rule : rules) {
      is_declared = is_declared || rule.place == at;
    }
    for (const TestNarrowing& narrowing : narrowings) {
      is_declared = is_declared || narrowing.place == at;
    }
    const bool is_below = at != node && schema().places.within(at, node);
    if (is_declared && is_below && place.hi == 0) below.push_back(at);
  }
  std::vector<const Plan*> found;
  for (const value::PlaceNode at : below) {
    found.push_back(&plan({date, at, false}));
  }
  found.push_back(&plan({date, node, !below.empty()}));
  return found;
}

}  // namespace juzhu::eval::testing
