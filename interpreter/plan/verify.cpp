// The invariants of a plan, said in words where one does not hold.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "plan/plan.h"

namespace juzhu::plan {
namespace {

using ops::Operation;
using value::TypeKind;

constexpr std::uint32_t kAny = 0xFFFFFFFFU;

struct Count {
  std::uint32_t least;
  std::uint32_t most;
};

/// How many operands an operation takes.
Count operand_count(Operation operation) {
  switch (operation) {
    case Operation::kToday:
    case Operation::kHere:
    case Operation::kConstant:
    case Operation::kArgument:
    case Operation::kAllMembers:
      return {0, 0};
    case Operation::kFact:
    case Operation::kRows:
      return {0, 1};
    case Operation::kRowStart:
    case Operation::kRowEnd:
    case Operation::kQuestion:
    case Operation::kNot:
    case Operation::kGiven:
    case Operation::kDateInYear:
    case Operation::kYearOf:
    case Operation::kMonthOf:
    case Operation::kYearStart:
    case Operation::kPlaceAt:
    case Operation::kFirstDay:
    case Operation::kLastDay:
      return {1, 1};
    case Operation::kRound:
      return {1, 2};
    case Operation::kRowsOn:
    case Operation::kParameter:
    case Operation::kEqual:
    case Operation::kLess:
    case Operation::kLessEqual:
    case Operation::kWithin:
    case Operation::kIncludes:
    case Operation::kCoversDate:
    case Operation::kOrIfNone:
    case Operation::kProduct:
    case Operation::kFullUnits:
    case Operation::kStartedUnits:
    case Operation::kAddMonths:
    case Operation::kAddDays:
    case Operation::kDaysBetween:
    case Operation::kMonthsBetween:
    case Operation::kYearsBetween:
    case Operation::kStartedBetween:
    case Operation::kCombineTime:
      return {2, 2};
    case Operation::kCompareQuotient:
    case Operation::kIf:
    case Operation::kMeasure:
      return {3, 3};
    case Operation::kOneOf:
    case Operation::kSum:
    case Operation::kLeast:
    case Operation::kGreatest:
    case Operation::kFold:
      return {1, kAny};
    case Operation::kSetOf:
    case Operation::kCall:
    case Operation::kOutcome:
    case Operation::kAll:
    case Operation::kAny:
    case Operation::kClauses:
    case Operation::kTable:
    case Operation::kPick:
      return {0, kAny};
  }
  return {0, 0};
}

/// Status, value of each row or clause, then perhaps `otherwise`.
bool has_statuses(const Step& step) {
  return step.operation == Operation::kTable || step.operation == Operation::kClauses;
}

class Verifier {
 public:
  explicit Verifier(const Plan& plan) : plan_(plan) {}
  std::vector<std::string> run();

 private:
  template <typename... Arguments>
  void expect(bool holds, fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    if (holds) return;
    problems_.push_back(where_ + fmt::format(format, std::forward<Arguments>(arguments)...));
  }
  void check_block(std::size_t index);
  void check_step(std::size_t block_index, const Block& block, std::size_t step_index);
  void check_conditions(const Block& block, const Step& step);
  void check_same_scale(const Block& block, const Step& step);
  void check_references(std::size_t block_index, const Block& block, const Step& step);
  void check_called(std::size_t block_index, BlockId called, const Block& block, const Step& step,
                    std::size_t first_argument);
  void check_pick(std::size_t block_index, const Block& block, const Step& step);
  void check_results(const Block& block);
  void check_rules(const Block& block, const Step& outcome);
  void check_order(const RuleSet& rules);
  void check_condition_slot(const Block& block, Slot slot, const char* what);
  void check_questions();
  void check_lists();
  [[nodiscard]] Slot operand(const Step& step, std::size_t index) const {
    return plan_.operands[step.first_operand + index];
  }

  const Plan& plan_;
  std::string where_;
  std::vector<std::string> problems_;
};

void Verifier::check_called(std::size_t block_index, BlockId called, const Block& block,
                            const Step& step, std::size_t first_argument) {
  const bool is_before = called.valid() && called.index < block_index;
  expect(is_before, "runs block {}, which does not stand before it", called.index);
  if (!is_before) return;
  const std::vector<Type>& parameters = plan_[called].parameters;
  const std::size_t given = step.operand_count - first_argument;
  expect(parameters.size() == given + first_argument, "gives {} arguments for {} parameters",
         given + first_argument, parameters.size());
  for (std::size_t i = first_argument; i < std::min(given + first_argument, parameters.size());
       ++i) {
    const Type& argument = slot_type(block, operand(step, i));
    expect(argument.kind == parameters[i].kind, "argument {} has another type", i);
  }
}

void Verifier::check_references(std::size_t block_index, const Block& block, const Step& step) {
  const auto in = [&](const char* what, std::size_t index, std::size_t count) {
    expect(index < count, "{} {} of {}", what, index, count);
    return index < count;
  };
  const value::Schema& schema = *plan_.schema;
  if (step.operation == Operation::kConstant) in("constant", step.a, plan_.constants.size());
  if (step.operation == Operation::kArgument) in("slot", step.a, block.slot_count());
  if (step.operation == Operation::kFact) in("fact", step.a, schema.facts.size());
  if (step.operation == Operation::kRows) in("list", step.a, schema.lists.size());
  if (step.operation == Operation::kAllMembers) in("entity", step.a, schema.entities.size());
  if (step.operation == Operation::kMeasure) in("measure", step.a, plan_.measures.size());
  if (step.operation == Operation::kParameter) {
    in("parameter table", step.a, plan_.parameter_tables.size());
  }
  if (step.operation == Operation::kClauses && in("order", step.a, plan_.clause_orders.size())) {
    expect(step.operand_count / 2 == plan_.clause_orders[step.a].size(),
           "an order of {} for {} operands", plan_.clause_orders[step.a].size(),
           step.operand_count);
  }
  if (step.operation == Operation::kSum) {
    const std::size_t last = std::size_t{step.first_extra} + step.operand_count;
    expect(last <= plan_.extras.size(), "signs end at {} of {}", last, plan_.extras.size());
  }
  const bool is_call = step.operation == Operation::kCall || step.operation == Operation::kQuestion;
  if (is_call) check_called(block_index, BlockId(step.a), block, step, 0);
  const bool has_body = step.operation == Operation::kFold && BlockId(step.b).valid();
  if (has_body) check_called(block_index, BlockId(step.b), block, step, 1);
  if (step.operation == Operation::kPick && in("pick", step.a, plan_.picks.size())) {
    check_pick(block_index, block, step);
  }
  if (step.operation == Operation::kOutcome && in("rule set", step.a, plan_.rule_sets.size())) {
    check_rules(block, step);
  }
}

/// Conditions are Boolean.
void Verifier::check_conditions(const Block& block, const Step& step) {
  const auto is_condition = [&](std::size_t index) {
    const TypeKind kind = slot_type(block, operand(step, index)).kind;
    expect(kind == TypeKind::kBoolean, "operand {} is no condition", index);
  };
  const bool all = step.operation == Operation::kAll || step.operation == Operation::kAny ||
                   step.operation == Operation::kNot || step.operation == Operation::kOutcome;
  for (std::size_t i = 0; all && i < step.operand_count; ++i) {
    is_condition(i);
  }
  if (step.operation == Operation::kIf) is_condition(0);
  for (std::size_t i = 0; has_statuses(step) && i + 1 < step.operand_count; i += 2) {
    is_condition(i);
  }
}

/// Values that are joined are kept at one scale.
void Verifier::check_same_scale(const Block& block, const Step& step) {
  const auto is_at_scale = [&](std::size_t index) {
    const Type& type = slot_type(block, operand(step, index));
    expect(type.kind == step.type.kind && type.scale == step.type.scale,
           "operand {} has another type or scale than the result", index);
  };
  if (step.operation == Operation::kIf) {
    is_at_scale(1);
    is_at_scale(2);
  }
  if (step.operation == Operation::kOrIfNone) {
    is_at_scale(0);
    is_at_scale(1);
  }
  const bool is_count = step.operation == Operation::kTable &&
                        static_cast<ops::HitPolicy>(step.a) == ops::HitPolicy::kCount;
  if (!has_statuses(step) || is_count) return;
  for (std::size_t i = 1; i < step.operand_count; i += 2) {
    is_at_scale(i);
  }
  if ((step.b & ops::kHasOtherwise) != 0) is_at_scale(step.operand_count - 1);
}

void Verifier::check_step(std::size_t block_index, const Block& block, std::size_t step_index) {
  const Step& step = block.steps[step_index];
  const std::size_t slot = block.parameters.size() + step_index;
  where_ =
      fmt::format("block {} slot {} {}: ", block_index, slot, ops::operation_name(step.operation));
  const Count count = operand_count(step.operation);
  expect(step.operand_count >= count.least && step.operand_count <= count.most, "{} operands",
         step.operand_count);
  expect(step.operation != Operation::kToday && step.operation != Operation::kHere,
         "stands in no plan");
  const std::size_t last = std::size_t{step.first_operand} + step.operand_count;
  expect(last <= plan_.operands.size(), "operands end at {} of {}", last, plan_.operands.size());
  if (last > plan_.operands.size() || step.operand_count < count.least) return;
  for (std::size_t i = 0; i < step.operand_count; ++i) {
    const bool is_before = operand(step, i) < slot;
    expect(is_before, "reads slot {}, which is not filled yet", operand(step, i));
    if (!is_before) return;
  }
  expect(step.declaration.valid() && step.declaration.index < plan_.declarations.size(),
         "comes from no declaration");
  if (has_statuses(step)) {
    const bool has_otherwise = (step.b & ops::kHasOtherwise) != 0;
    expect(step.operand_count % 2 == (has_otherwise ? 1U : 0U), "a row lacks its value");
  }
  check_conditions(block, step);
  check_same_scale(block, step);
  check_references(block_index, block, step);
}

/// Its blocks take what is chosen before them, then the captures; the body gives keys and an
/// element.
void Verifier::check_pick(std::size_t block_index, const Block& block, const Step& step) {
  const Pick& pick = plan_[PickId(step.a)];
  const auto takes = [&](BlockId called, std::size_t bound) {
    const bool is_before = called.valid() && called.index < block_index;
    expect(is_before, "picks by block {}, which does not stand before it", called.index);
    if (!is_before) return;
    const std::vector<Type>& parameters = plan_[called].parameters;
    expect(parameters.size() == bound + step.operand_count, "block {} takes {} parameters",
           called.index, parameters.size());
    for (std::size_t i = bound; i < std::min(parameters.size(), bound + step.operand_count); ++i) {
      const Type& capture = slot_type(block, operand(step, i - bound));
      expect(capture.kind == parameters[i].kind, "capture {} has another type", i - bound);
    }
  };
  for (std::size_t i = 0; i < pick.choices.size(); ++i) {
    takes(pick.choices[i].collection, i);
    if (pick.choices[i].where.valid()) takes(pick.choices[i].where, i + 1);
  }
  takes(pick.body, pick.choices.size());
  const bool has_body = pick.body.valid() && pick.body.index < block_index;
  if (!has_body) return;
  const std::vector<Slot>& results = plan_[pick.body].results;
  expect(results.size() == pick.lowest_first.size() + 1, "{} results for {} keys", results.size(),
         pick.lowest_first.size());
  if (results.empty() || results.back() >= plan_[pick.body].slot_count()) return;
  const Type& element = slot_type(plan_[pick.body], results.back());
  expect(element.kind == step.type.kind && element.scale == step.type.scale,
         "the element has another type or scale than the result");
}

void Verifier::check_results(const Block& block) {
  const bool is_body = block.kind == BlockKind::kFoldBody;
  const bool is_count_right = block.kind == BlockKind::kPickPart
                                  ? !block.results.empty()
                                  : block.results.size() == (is_body ? 2U : 1U);
  expect(is_count_right, "{} results", block.results.size());
  for (const Slot slot : block.results) {
    const bool is_filled = slot == kNoSlot ? is_body : slot < block.slot_count();
    expect(is_filled, "gives slot {}", slot);
  }
}

void Verifier::check_block(std::size_t index) {
  const Block& block = plan_.blocks[index];
  for (std::size_t i = 0; i < block.steps.size(); ++i) {
    check_step(index, block, i);
  }
  where_ = fmt::format("block {}: ", index);
  check_results(block);
}

void Verifier::check_condition_slot(const Block& block, Slot slot, const char* what) {
  if (slot == kNoSlot) return;
  const bool is_filled = slot < block.slot_count();
  expect(is_filled, "{} is slot {}", what, slot);
  if (is_filled) {
    expect(slot_type(block, slot).kind == TypeKind::kBoolean, "{} is no condition", what);
  }
}

/// Beating is transitive, and no rule beats itself.
void Verifier::check_order(const RuleSet& rules) {
  const std::size_t count = rules.rules.size();
  bool is_square = rules.beats.size() == count;
  for (const std::vector<bool>& row : rules.beats) {
    is_square = is_square && row.size() == count;
  }
  expect(is_square, "the order of rules is not a square");
  for (std::size_t i = 0; is_square && i < count; ++i) {
    expect(!rules.beats[i][i], "rule {} beats itself", i);
    for (std::size_t j = 0; j < count; ++j) {
      for (std::size_t k = 0; rules.beats[i][j] && k < count; ++k) {
        expect(!rules.beats[j][k] || rules.beats[i][k], "rule {} does not beat {}", i, k);
      }
    }
  }
}

void Verifier::check_rules(const Block& block, const Step& outcome) {
  const RuleSet& rules = plan_[RuleSetId(outcome.a)];
  expect(rules.rules.size() == outcome.operand_count, "{} rules", rules.rules.size());
  check_order(rules);
  bool can_grant = false;
  for (std::size_t i = 0; i < rules.rules.size(); ++i) {
    const RuleEntry& rule = rules.rules[i];
    can_grant |= rule.effect != ops::Effect::kDenies;
    check_condition_slot(block, rule.concerns, "whom a rule concerns");
    check_condition_slot(block, rule.condition, "the condition of a rule");
    for (const Narrowing& narrowing : rule.narrowings) {
      check_condition_slot(block, narrowing.concerns, "whom a narrowing concerns");
      check_condition_slot(block, narrowing.condition, "the condition of a narrowing");
    }
    if (i < outcome.operand_count) {
      expect(rule.status == operand(outcome, i), "rule {} has another status", i);
    }
    expect(i == 0 || rules.rules[i - 1].declaration <= rule.declaration, "rules are not sorted");
  }
  expect(can_grant == rules.can_grant, "can_grant is wrong");
}

void Verifier::check_questions() {
  where_ = "questions: ";
  for (std::size_t i = 0; i < plan_.questions.size(); ++i) {
    const Question& question = plan_.questions[i];
    const bool exists = question.block.index < plan_.blocks.size();
    expect(exists, "block {}", question.block.index);
    if (!exists) continue;
    const Block& block = plan_[question.block];
    const bool is_question = block.kind == BlockKind::kQuestion && block.results.size() == 1;
    expect(is_question && block.parameters.size() == 1, "block {} is no question",
           question.block.index);
    const bool is_step = is_question && block.results[0] >= block.parameters.size() &&
                         block.results[0] < block.slot_count();
    expect(is_step && step_of(block, block.results[0]).operation == Operation::kOutcome,
           "block {} gives no outcome", question.block.index);
    for (std::size_t j = 0; j < i; ++j) {
      const Question& before = plan_.questions[j];
      expect(before.service != question.service || before.lowest_level > question.lowest_level,
             "levels of service {} are not lowest first", question.service);
    }
  }
}

void Verifier::check_lists() {
  where_ = "lists: ";
  const auto check = [&](BlockId id, std::size_t parameters) {
    if (!id.valid()) return;
    const bool exists = id.index < plan_.blocks.size();
    expect(exists && plan_[id].parameters.size() == parameters && plan_[id].results.size() == 1,
           "block {} is no value of an applicant", id.index);
  };
  for (const List& list : plan_.lists) {
    expect(list.declaration.index < plan_.declarations.size(), "declaration {}",
           list.declaration.index);
    expect(list.reserve_amounts.size() == list.reserve_groups.size(), "{} reserves",
           list.reserve_amounts.size());
    expect(list.seats.valid(), "no seats");
    for (const BlockId id : {list.concerns, list.pool})
      check(id, 1);
    for (const auto* blocks :
         {&list.keys, &list.wishes, &list.reserve_amounts, &list.reserve_groups}) {
      for (const BlockId id : *blocks)
        check(id, 1);
    }
    check(list.seats, list.wishes.empty() ? 1 : 2);
  }
}

std::vector<std::string> Verifier::run() {
  for (std::size_t i = 0; i < plan_.blocks.size(); ++i) {
    check_block(i);
  }
  check_questions();
  where_ = "declarations: ";
  for (std::size_t i = 1; i < plan_.declarations.size(); ++i) {
    expect(plan_.declarations[i - 1].key < plan_.declarations[i].key, "{} is not in order", i);
  }
  check_lists();
  where_ = "roots: ";
  for (const BlockId root : plan_.roots) {
    expect(root.index < plan_.blocks.size(), "block {}", root.index);
  }
  return std::move(problems_);
}

}  // namespace

std::vector<std::string> verify(const Plan& plan) { return Verifier(plan).run(); }

}  // namespace juzhu::plan
