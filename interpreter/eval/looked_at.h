// Reading a trace backwards: what a slot's value was made from, in as far as level 0 looked at it
// (semantics.md 3.5). A branch that the condition rules out, a table row after one that surely
// matches, a rule that a true one beats were not looked at.
#pragma once

#include <vector>

#include "eval/trace.h"

namespace juzhu::eval {

struct SlotRef {
  FrameId frame;
  Slot slot = plan::kNoSlot;
  friend auto operator<=>(const SlotRef&, const SlotRef&) = default;
};

/// The slots that a step's slot was made from: operands in the same frame, results of blocks it ran
/// in theirs. Facts of the household are not slots; see needs.
std::vector<SlotRef> looked_at(const Trace& trace, SlotRef at);

const Value& value_at(const Trace& trace, SlotRef at);
/// Not for parameters.
const plan::Step& step_at(const Trace& trace, SlotRef at);
bool is_parameter(const Trace& trace, SlotRef at);
SlotRef operand_at(const Trace& trace, SlotRef at, std::size_t index);
/// The elements of a fold, empty if it did not run.
const std::vector<Element>& elements_at(const Trace& trace, SlotRef fold);
/// What a pick chose from, empty if it did not run.
const Picking& picking_at(const Trace& trace, SlotRef pick);
/// How many parameters of a frame that a step ran are bound by it; the step's own operands follow.
std::size_t bound_count(const Trace& trace, SlotRef step, FrameId ran);
/// The frame that a call ran, not valid if it did not.
FrameId callee_at(const Trace& trace, SlotRef call);
/// `where` and the element of a fold's body, not valid slots if the body has none or did not run.
struct BodyResults {
  SlotRef where;
  SlotRef element;
};
BodyResults body_results(const Trace& trace, const Element& element);

}  // namespace juzhu::eval
