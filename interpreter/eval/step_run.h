// One step of a block at work: its operands as values, and everything its operation may reach (the
// household, the covers, other blocks). Each operation of ops/operations.def has one function here,
// of its name; what it computes stands in ops/, what it needs from the evaluation in this room. A
// missing function is a link error.
#pragma once

#include <span>
#include <vector>

#include "eval/trace.h"

namespace juzhu::eval {

using plan::Step;
using value::Error;
using value::ErrorCode;
using value::Type;

class StepRun {
 public:
  StepRun(Evaluator& evaluator, FrameId frame, Slot slot);

  [[nodiscard]] const Plan& plan() const { return *evaluator_->trace_.plan; }
  [[nodiscard]] const value::Schema& schema() const { return *plan().schema; }
  [[nodiscard]] const Household& household() const { return *evaluator_->trace_.household; }
  [[nodiscard]] value::CoverStore& covers() { return evaluator_->trace_.covers; }
  [[nodiscard]] const Step& step() const { return *step_; }
  [[nodiscard]] const Type& type() const { return step_->type; }

  [[nodiscard]] std::size_t operand_count() const { return step_->operand_count; }
  [[nodiscard]] Slot operand_slot(std::size_t index) const;
  /// By value: running another block moves the frames.
  [[nodiscard]] Value operand(std::size_t index) const;
  [[nodiscard]] const Type& operand_type(std::size_t index) const;
  [[nodiscard]] std::vector<Value> operands(std::size_t first = 0) const;
  /// A slot of the same frame that was filled before, and the step that filled it.
  [[nodiscard]] Value slot_value(Slot slot) const;
  [[nodiscard]] const Step& slot_step(Slot slot) const;
  [[nodiscard]] const Type& slot_type(Slot slot) const { return plan::slot_type(*block_, slot); }
  /// An error that comes from this step, for the member the frame is about.
  [[nodiscard]] Error error(ErrorCode code = {}) const;

  FrameId run(BlockId block, std::vector<Value> arguments);
  [[nodiscard]] const Frame& frame(FrameId id) const { return evaluator_->trace_[id]; }
  [[nodiscard]] Value result(FrameId frame) const { return evaluator_->result(frame); }
  /// Union of kinds and hull of sets at this step's type; times by the union and intersection of
  /// their covers.
  Value join(const Value& left, const Value& right);
  void record_call(FrameId callee);
  void record_elements(std::vector<Element> elements);
  void record_picking(Picking picking);
  /// A step of another frame of this evaluation.
  [[nodiscard]] StepRun at(FrameId frame, Slot slot) const { return {*evaluator_, frame, slot}; }

 private:
  [[nodiscard]] const Frame& here() const { return evaluator_->trace_[frame_]; }

  Evaluator* evaluator_;
  FrameId frame_;
  Slot slot_;
  const plan::Block* block_;
  const Step* step_;
};

namespace steps {
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define JUZHU_OPERATION(name, doc) Value name(StepRun& run);
#include "ops/operations.def"
#undef JUZHU_OPERATION
}  // namespace steps

/// The result of an operation that needs all its operands: what is possible besides a value.
/// Operands that may fail or may not apply make the result so; `value` is set if all of them may be
/// values.
struct Strictness {
  bool value = true;
  Value others{};  ///< kNotApplicable and kFails alone, or no kind at all
};
Strictness strictness(std::span<const Value> operands);
/// Are two operands of a step equal? Not for times.
Value equal_operands(const StepRun& run, std::size_t left, std::size_t right);
/// A value with further kinds added to it: union of kinds, least error.
Value with_kinds_of(Value value, const Value& others);

}  // namespace juzhu::eval
