// Walking a trace from the question down: which names stand for what in each frame. A frame knows
// its arguments; the names come from the Program, so a walk keeps both together in a Context.
#pragma once

#include <optional>

#include "eval/outcome.h"
#include "explain/phrase.h"

namespace juzhu::explain {

using plan::Slot;

/// The context of the outcome's question: the subjects of its rules are bound.
Context question_context(const sema::Program& program, const eval::Outcome& outcome);
/// Inside the definition or question that a slot calls; none if the slot did not call (its value
/// was folded away).
std::optional<Context> inside_call(const Context& context, Slot slot);
/// Inside one element of a fold. An element that is not in the collection has no frame: then only
/// its name is bound.
Context inside_element(const Context& context, Slot slot, const eval::Element& element);
/// Inside a frame that a pick ran for what it chose: its collection, condition or body.
Context inside_pick(const Context& context, Slot slot, eval::FrameId frame);
/// A slot and the names it is read with.
struct Reading {
  Context context;
  Slot slot = plan::kNoSlot;
};
/// Where a condition of a failing set is best put into words: one that is all of a definition reads
/// as what the rule says, "has a usable permit". None if its frame is not below the root.
std::optional<Reading> reading_of(const Context& root, const eval::Leaf& leaf);

const plan::Step* step_at(const Context& context, Slot slot);  ///< none: a parameter of the block
const Value& value_at(const Context& context, Slot slot);
const Type& type_at(const Context& context, Slot slot);
std::span<const Slot> operands_at(const Context& context, const plan::Step& step);
/// The Program's expression of a step; not valid for steps that lowering made up.
sema::ExprId expr_of(const plan::Step& step);
/// The rules of the question whose block this is; none in any other block.
const plan::RuleSet* rule_set_of(const plan::Plan& plan, const plan::Block& block);
/// The version in force of a parameter or definition, as the plan chose it; none if it is not in
/// the plan.
const plan::Declaration* declaration_of(const plan::Plan& plan, plan::DeclarationKind kind,
                                        std::uint32_t item);

}  // namespace juzhu::explain
