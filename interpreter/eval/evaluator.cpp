// The plain evaluator: blocks step by step, every slot kept.
#include <array>
#include <set>
#include <utility>

#include "base/check.h"
#include "eval/facts.h"
#include "eval/step_run.h"
#include "ops/cover.h"

namespace juzhu::eval {
namespace {

using Kernel = Value (*)(StepRun&);

constexpr Kernel kKernels[] = {
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define JUZHU_OPERATION(name, doc) &steps::name,
#include "ops/operations.def"
#undef JUZHU_OPERATION
};

/// Arguments as plain numbers, so that equal ones are found again.
std::vector<std::int64_t> key_of(std::span<const Value> arguments) {
  std::vector<std::int64_t> key;
  key.reserve(arguments.size() * 3);
  for (const Value& argument : arguments) {
    key.push_back(argument.kinds);
    key.push_back(argument.lo);
    key.push_back(argument.hi);
    if (argument.may_fail()) {
      key.push_back(static_cast<std::int64_t>(argument.error.code));
      key.push_back(argument.error.declaration);
      key.push_back(argument.error.node);
      key.push_back(argument.error.entity);
    }
  }
  return key;
}

/// Whom a frame is about: the first parameter that is one member, or a row of one. 0: the
/// household.
std::uint32_t entity_of(const plan::Block& block, const Frame& frame) {
  for (std::size_t i = 0; i < block.parameters.size(); ++i) {
    const Value& argument = frame.slots[i];
    if (!argument.may_value()) continue;
    if (block.parameters[i].kind == value::TypeKind::kMember && is_single_bit(argument.lo)) {
      return 1 + lowest_bit(argument.lo);
    }
    if (block.parameters[i].kind == value::TypeKind::kRow) {
      return static_cast<std::uint32_t>(argument.hi + 1);
    }
  }
  return 0;
}

}  // namespace

Evaluator::Evaluator(const Plan& plan, const Household& household) {
  trace_.plan = &plan;
  trace_.household = &household;
  unusable_ = household_failure(household);
}

FrameId Evaluator::run(BlockId block_id, std::vector<Value> arguments) {
  const plan::Block& block = (*trace_.plan)[block_id];
  JUZHU_CHECK(arguments.size() == block.parameters.size());
  auto key = std::make_pair(block_id, key_of(arguments));
  const auto found = done_.find(key);
  if (found != done_.end()) return found->second;

  const FrameId id(trace_.frames.size());
  trace_.frames.push_back({block_id, std::move(arguments), {}, {}, {}});
  trace_.frames.back().slots.reserve(block.slot_count());
  for (std::size_t i = 0; i < block.steps.size(); ++i) {
    Value result = unusable_;
    if (result.kinds == 0) {
      StepRun step(*this, id, static_cast<Slot>(block.parameters.size() + i));
      result = kKernels[static_cast<std::size_t>(block.steps[i].operation)](step);
    }
    JUZHU_CHECK(result.kinds != 0);
    trace_.frames[id.index].slots.push_back(result);
  }
  done_.emplace(std::move(key), id);
  return id;
}

Value Evaluator::result(FrameId frame) const {
  const plan::Block& block = trace_.block(frame);
  JUZHU_CHECK(!block.results.empty() && block.results[0] != plan::kNoSlot);
  return trace_[frame].slots[block.results[0]];
}

StepRun::StepRun(Evaluator& evaluator, FrameId frame, Slot slot)
    : evaluator_(&evaluator),
      frame_(frame),
      slot_(slot),
      block_(&evaluator.trace_.block(frame)),
      step_(&plan::step_of(*block_, slot)) {}

Slot StepRun::operand_slot(std::size_t index) const {
  JUZHU_CHECK(index < step_->operand_count);
  return plan().operands[step_->first_operand + index];
}

Value StepRun::operand(std::size_t index) const { return here().slots[operand_slot(index)]; }

const Type& StepRun::operand_type(std::size_t index) const {
  return plan::slot_type(*block_, operand_slot(index));
}

std::vector<Value> StepRun::operands(std::size_t first) const {
  std::vector<Value> values;
  values.reserve(operand_count());
  for (std::size_t i = first; i < operand_count(); ++i) {
    values.push_back(operand(i));
  }
  return values;
}

Value StepRun::slot_value(Slot slot) const { return here().slots[slot]; }

const Step& StepRun::slot_step(Slot slot) const { return plan::step_of(*block_, slot); }

Error StepRun::error(ErrorCode code) const {
  return {code, step_->declaration.index, step_->node, entity_of(*block_, here())};
}

FrameId StepRun::run(BlockId block, std::vector<Value> arguments) {
  return evaluator_->run(block, std::move(arguments));
}

Value StepRun::join(const Value& left, const Value& right) {
  if (left.kinds == 0) return right;
  if (right.kinds == 0) return left;
  const bool is_time = type().kind == value::TypeKind::kTime;
  return is_time ? ops::join_times(left, right, covers())
                 : value::join(left, right, type(), schema().places);
}

void StepRun::record_call(FrameId callee) {
  evaluator_->trace_.frames[frame_.index].calls[slot_] = callee;
}

void StepRun::record_elements(std::vector<Element> elements) {
  evaluator_->trace_.frames[frame_.index].folds[slot_] = std::move(elements);
}

void StepRun::record_picking(Picking picking) {
  evaluator_->trace_.frames[frame_.index].picks[slot_] = std::move(picking);
}

Value with_kinds_of(Value value, const Value& others) {
  if (others.may_fail()) {
    value.error = value.may_fail() ? std::min(value.error, others.error) : others.error;
  }
  value.kinds |= others.kinds & (value::kNotApplicable | value::kFails);
  return value;
}

Strictness strictness(std::span<const Value> operands) {
  Strictness result;
  bool may_apply_or_not = true;  // no operand surely fails
  bool any_not_applicable = false;
  for (const Value& operand : operands) {
    if (!operand.may_value()) result.value = false;
    if (operand.only_error()) may_apply_or_not = false;
    any_not_applicable |= operand.may_not_apply();
    if (operand.may_fail())
      result.others = with_kinds_of(result.others, value::failure(operand.error));
  }
  if (may_apply_or_not && any_not_applicable) result.others.kinds |= value::kNotApplicable;
  return result;
}

}  // namespace juzhu::eval
