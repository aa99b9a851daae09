#include "batch/expression.h"

#include <algorithm>

#include "base/check.h"

namespace juzhu::batch {
namespace {

using ops::Operation;
using value::TypeKind;

std::uint64_t type_key(const Type& type) {
  return static_cast<std::uint64_t>(type.kind) | (std::uint64_t{type.scale} << 8) |
         (std::uint64_t{type.choice.index} << 16);
}

/// Types whose values lanes cannot hold.
Reason reason_of(const Type& type) {
  switch (type.kind) {
    case TypeKind::kBoolean:
    case TypeKind::kNumber:
    case TypeKind::kDate:
    case TypeKind::kMonth:
    case TypeKind::kChoice:
    case TypeKind::kPlace:
      return Reason::kNone;
    case TypeKind::kMember:
      return Reason::kOtherMember;
    case TypeKind::kMemberSet:
      return Reason::kMemberSet;
    case TypeKind::kRow:
    case TypeKind::kRows:
    case TypeKind::kTime:
      return Reason::kSpells;
    case TypeKind::kChoiceSet:
      return Reason::kSetOfChoices;
    case TypeKind::kText:
      return Reason::kText;
    case TypeKind::kError:
    case TypeKind::kQuotient:
      return Reason::kType;
  }
  return Reason::kType;
}

/// Sets of choices that are written out go into `includes` and `one of`.
bool may_be_operand(const Expression& expression) {
  return expression.shape == Shape::kStep && (reason_of(expression.type) == Reason::kNone ||
                                              (expression.type.kind == TypeKind::kChoiceSet &&
                                               expression.operation == Operation::kConstant));
}

}  // namespace

std::string_view reason_text(Reason reason) {
  switch (reason) {
    case Reason::kNone:
      return "";
    case Reason::kOtherMember:
      return "a fact of another member";
    case Reason::kMemberSet:
      return "members named by a fact";
    case Reason::kSpells:
      return "spells and times";
    case Reason::kSetOfChoices:
      return "a set of choices";
    case Reason::kText:
      return "a text";
    case Reason::kPick:
      return "choosing the best";
    case Reason::kType:
      return "a type or range without lanes";
    case Reason::kOperation:
      return "an operation without lanes";
  }
  return "";
}

bool has_lanes(Operation operation) {
  switch (operation) {
    case Operation::kFact:
    case Operation::kAll:
    case Operation::kAny:
    case Operation::kNot:
    case Operation::kIf:
    case Operation::kEqual:
    case Operation::kLess:
    case Operation::kLessEqual:
    case Operation::kOneOf:
    case Operation::kGiven:
    case Operation::kOrIfNone:
    case Operation::kTable:
    case Operation::kClauses:
    case Operation::kSum:
    case Operation::kProduct:
    case Operation::kLeast:
    case Operation::kGreatest:
    case Operation::kOutcome:
    case Operation::kFold:
      return true;
    default:  // NOLINT: everything else is a function of facts or nothing
      return false;
  }
}

ExpressionId Expressions::add(Expression expression) {
  Key key{static_cast<std::uint64_t>(expression.shape),
          static_cast<std::uint64_t>(expression.operation),
          type_key(expression.type),
          expression.a,
          expression.b,
          static_cast<std::uint64_t>(expression.reason)};
  if (expression.shape == Shape::kUnsupported) {
    key.insert(key.end(), {expression.declaration.index, expression.origin.block.index,
                           expression.origin.slot});
    for (const ExpressionId argument : expression.origin.arguments)
      key.push_back(argument.index);
  }
  for (const ExpressionId operand : expression.operands)
    key.push_back(operand.index);
  key.push_back(0xFFFFFFFFFFU);
  for (const std::uint32_t extra : expression.extras)
    key.push_back(extra);
  const auto found = found_.find(key);
  if (found != found_.end()) return found->second;
  for (const ExpressionId operand : expression.operands) {
    if (!operand.valid()) continue;
    const Expression& below = all_[operand.index];
    expression.level = std::max(expression.level, below.level);
    expression.is_function = expression.is_function && below.is_function;
    expression.facts.insert(expression.facts.end(), below.facts.begin(), below.facts.end());
  }
  std::sort(expression.facts.begin(), expression.facts.end());
  expression.facts.erase(std::unique(expression.facts.begin(), expression.facts.end()),
                         expression.facts.end());
  if (!expression.is_function) expression.facts.clear();
  const ExpressionId id(all_.size());
  all_.push_back(std::move(expression));
  found_.emplace(std::move(key), id);
  return id;
}

ExpressionId Expressions::member() {
  Expression expression;
  expression.shape = Shape::kMember;
  expression.level = Level::kMember;
  expression.is_function = false;
  return add(std::move(expression));
}

bool Expressions::is_plain(const std::vector<ExpressionId>& arguments) const {
  return std::all_of(arguments.begin(), arguments.end(), [&](ExpressionId id) {
    const Expression& argument = all_[id.index];
    const bool is_fixed =
        argument.shape == Shape::kStep && argument.is_function && argument.facts.empty();
    return argument.shape == Shape::kMember || is_fixed;
  });
}

ExpressionId Expressions::unsupported(const plan::Step& step, Reason reason, bool has_origin) {
  Expression expression;
  expression.shape = Shape::kUnsupported;
  expression.operation = step.operation;
  expression.type = step.type;
  expression.reason = reason;
  expression.level = Level::kMember;
  expression.is_function = false;
  expression.declaration = step.declaration;
  if (has_origin && is_plain(at_.arguments)) expression.origin = at_;
  return add(std::move(expression));
}

const std::vector<ExpressionId>& Expressions::unfold(plan::BlockId id,
                                                     const std::vector<ExpressionId>& arguments) {
  const auto key = std::make_pair(id, arguments);
  const auto found = blocks_.find(key);
  if (found != blocks_.end()) return found->second;
  const plan::Block& block = (*plan_)[id];
  JUZHU_CHECK(arguments.size() == block.parameters.size());
  std::vector<ExpressionId> slots = arguments;
  const Origin outer = at_;
  for (const plan::Step& step : block.steps) {
    at_ = {id, static_cast<plan::Slot>(slots.size()), arguments};
    slots.push_back(of_step(block, step, slots));
  }
  at_ = outer;
  return blocks_.emplace(key, std::move(slots)).first->second;
}

ExpressionId Expressions::of_fact(const plan::Step& step,
                                  const std::vector<ExpressionId>& operands) {
  const value::FactId id(step.a);
  const value::Fact& fact = (*plan_->schema)[id];
  const bool is_set = fact.type.kind == TypeKind::kMemberSet;  // for folds
  const Reason reason = fact.list.valid() ? Reason::kSpells : reason_of(fact.type);
  if (reason != Reason::kNone && (fact.list.valid() || !is_set)) return unsupported(step, reason);
  const bool is_of_household = fact.entity.index == 0;
  if (!is_of_household && (operands.empty() || all_[operands[0].index].shape != Shape::kMember))
    return unsupported(step, Reason::kOtherMember);
  Expression expression;
  expression.operation = Operation::kFact;
  expression.type = fact.type;
  expression.a = step.a;
  expression.level = is_of_household ? Level::kHousehold : Level::kMember;
  expression.facts = {id};
  expression.declaration = step.declaration;
  return add(std::move(expression));
}

/// A fold over all members of a kind, or a set of them that a fact names, whose body asks nothing
/// of the member outside.
ExpressionId Expressions::of_fold(const plan::Block& block, const plan::Step& step,
                                  const std::vector<ExpressionId>& operands) {
  const plan::Slot slot = plan_->operands[step.first_operand];
  const Type& over = plan::slot_type(block, slot);
  if (over.kind == TypeKind::kRows) return unsupported(step, Reason::kSpells);
  if (over.kind == TypeKind::kChoiceSet) return unsupported(step, Reason::kSetOfChoices);
  const bool is_all = slot >= block.parameters.size() &&
                      plan::step_of(block, slot).operation == Operation::kAllMembers;
  const Expression& set = all_[operands[0].index];
  const bool is_fact = set.shape == Shape::kStep && set.operation == Operation::kFact;
  if (!is_all && !is_fact) return unsupported(step, Reason::kMemberSet);
  Expression expression;
  expression.operation = Operation::kFold;
  expression.type = step.type;
  expression.a = step.a;
  expression.b = is_all ? plan::step_of(block, slot).a : value::EntityId::kNone;
  expression.declaration = step.declaration;
  expression.operands = {ExpressionId{}, ExpressionId{}, is_all ? ExpressionId{} : operands[0]};
  const Level level = is_all ? Level::kHousehold : set.level;
  const plan::BlockId body(step.b);
  if (body.valid()) {
    std::vector<ExpressionId> arguments{member()};
    for (std::size_t i = 1; i < operands.size(); ++i) {
      const bool is_own = all_[operands[i].index].level == Level::kMember;
      arguments.push_back(is_own ? unsupported(step, Reason::kOtherMember, false) : operands[i]);
    }
    const std::vector<ExpressionId> slots = unfold(body, arguments);
    const std::vector<plan::Slot>& results = (*plan_)[body].results;
    for (std::size_t i = 0; i < 2; ++i) {
      if (results[i] != plan::kNoSlot) expression.operands[i] = slots[results[i]];
    }
  }
  const ExpressionId id = add(std::move(expression));
  all_[id.index].level = level;
  all_[id.index].is_function = false;
  all_[id.index].facts.clear();
  return id;
}

ExpressionId Expressions::of_step(const plan::Block& block, const plan::Step& step,
                                  const std::vector<ExpressionId>& slots) {
  std::vector<ExpressionId> operands;
  for (std::uint32_t i = 0; i < step.operand_count; ++i)
    operands.push_back(slots[plan_->operands[step.first_operand + i]]);
  if (step.operation == Operation::kFact) return of_fact(step, operands);
  if (step.operation == Operation::kFold) return of_fold(block, step, operands);
  if (step.operation == Operation::kArgument) return slots[step.a];
  if (step.operation == Operation::kPick) return unsupported(step, Reason::kPick);
  if (step.operation == Operation::kCall || step.operation == Operation::kQuestion) {
    const plan::BlockId callee(step.a);
    const std::vector<ExpressionId>& inner = unfold(callee, operands);
    return inner[(*plan_)[callee].results[0]];
  }
  const bool is_set =
      step.type.kind == TypeKind::kChoiceSet && step.operation == Operation::kConstant;
  const Reason reason = is_set ? Reason::kNone : reason_of(step.type);
  if (reason != Reason::kNone) return unsupported(step, reason);
  Expression expression;
  expression.operation = step.operation;
  expression.type = step.type;
  expression.a = step.a;
  expression.b = step.b;
  expression.declaration = step.declaration;
  for (const ExpressionId operand : operands) {
    const Expression& below = all_[operand.index];
    // Operands of no lane type make the step unsupported for their own reason.
    if (below.shape != Shape::kUnsupported && !may_be_operand(below))
      return unsupported(
          step, below.shape == Shape::kMember ? Reason::kOtherMember : reason_of(below.type));
    if (below.shape == Shape::kUnsupported && reason_of(below.type) != Reason::kNone)
      return unsupported(step, below.reason);
  }
  if (is_plain(at_.arguments)) expression.origin = at_;
  expression.operands = std::move(operands);
  if (step.operation == Operation::kSum) {
    const auto first = plan_->extras.begin() + step.first_extra;
    expression.extras.assign(first, first + step.operand_count);
  }
  return add(std::move(expression));
}

}  // namespace juzhu::batch
