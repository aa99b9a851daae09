#include "eval/looked_at.h"

#include "eval/aggregate.h"
#include "ops/logic.h"

namespace juzhu::eval {
namespace {

using ops::HitPolicy;
using ops::Operation;

Value condition_at(const Trace& trace, SlotRef at) { return ops::condition(value_at(trace, at)); }

bool is_sure(const Value& condition) { return may_be_true(condition) && !may_be_false(condition); }

void add_branches(const Trace& trace, SlotRef at, std::vector<SlotRef>& found) {
  const SlotRef test = operand_at(trace, at, 0);
  const Value condition = condition_at(trace, test);
  found.push_back(test);
  if (may_be_true(condition)) found.push_back(operand_at(trace, at, 1));
  if (may_be_false(condition)) found.push_back(operand_at(trace, at, 2));
}

void add_table(const Trace& trace, SlotRef at, std::vector<SlotRef>& found) {
  const plan::Step& step = step_at(trace, at);
  const auto policy = static_cast<HitPolicy>(step.a);
  const std::size_t count = step.operand_count / 2;
  bool may_match_none = true;
  bool any_sure = false;
  for (std::size_t i = 0; i < count; ++i) {
    any_sure |= is_sure(condition_at(trace, operand_at(trace, at, 2 * i)));
  }
  for (std::size_t i = 0; i < count; ++i) {
    const SlotRef status = operand_at(trace, at, 2 * i);
    const Value condition = condition_at(trace, status);
    const bool is_read = policy != HitPolicy::kUnique || !any_sure || is_sure(condition);
    found.push_back(status);
    if (may_be_true(condition) && is_read) found.push_back(operand_at(trace, at, 2 * i + 1));
    may_match_none &= may_be_false(condition);
    if (policy == HitPolicy::kFirst && !may_be_false(condition)) return;
  }
  if ((step.b & ops::kHasOtherwise) != 0 && may_match_none) {
    found.push_back(operand_at(trace, at, step.operand_count - 1));
  }
}

void add_clauses(const Trace& trace, SlotRef at, std::vector<SlotRef>& found) {
  const plan::Step& step = step_at(trace, at);
  const plan::Beats& beats = trace.plan->clause_orders[step.a];
  std::vector<Value> statuses;
  for (std::size_t i = 0; i < beats.size(); ++i) {
    statuses.push_back(value_at(trace, operand_at(trace, at, 2 * i)));
  }
  const Standing standing = stand(beats, statuses);
  for (const std::uint32_t clause : standing.live) {
    found.push_back(operand_at(trace, at, 2 * std::size_t{clause}));
    found.push_back(operand_at(trace, at, 2 * std::size_t{clause} + 1));
  }
  if ((step.b & ops::kHasOtherwise) != 0 && standing.top.empty()) {
    found.push_back(operand_at(trace, at, step.operand_count - 1));
  }
}

void add_fold(const Trace& trace, SlotRef at, std::vector<SlotRef>& found) {
  found.push_back(operand_at(trace, at, 0));
  for (const Element& element : elements_at(trace, at)) {
    const BodyResults body = body_results(trace, element);
    bool may_be_meant = true;
    if (body.where.frame.valid()) {
      found.push_back(body.where);
      may_be_meant = !value::is_false(value_at(trace, body.where));
    }
    if (body.element.frame.valid() && may_be_meant) found.push_back(body.element);
  }
}

/// All that says who is among the candidates; of those that may be best what they are compared by
/// and the element. One that surely stands behind another matters only by a key that may fail.
void add_pick(const Trace& trace, SlotRef at, std::vector<SlotRef>& found) {
  const Picking& picking = picking_at(trace, at);
  for (const PickLevel& level : picking.levels) {
    found.push_back({level.collection, trace.block(level.collection).results[0]});
    for (const Element& element : level.elements) {
      if (element.frame.valid()) {
        found.push_back({element.frame, trace.block(element.frame).results[0]});
      }
    }
  }
  std::size_t open = 0;
  for (const PickCandidate& candidate : picking.candidates)
    open += candidate.may_be_best ? 1 : 0;
  for (const PickCandidate& candidate : picking.candidates) {
    const std::vector<Slot>& results = trace.block(candidate.frame).results;
    for (std::size_t i = 0; i < results.size(); ++i) {
      const SlotRef result{candidate.frame, results[i]};
      const bool is_element = i + 1 == results.size();
      // Keys tell candidates apart; of a single one the element is all there is. A key that may
      // fail may fail the whole, whoever is best.
      const bool decides = candidate.may_be_best && (is_element || open > 1);
      if (decides || (!is_element && value_at(trace, result).may_fail())) found.push_back(result);
    }
  }
}

void add_rules(const Trace& trace, SlotRef at, std::vector<SlotRef>& found) {
  const plan::Step& step = step_at(trace, at);
  std::vector<Value> statuses;
  for (std::size_t i = 0; i < step.operand_count; ++i) {
    statuses.push_back(value_at(trace, operand_at(trace, at, i)));
  }
  const Resolution resolution = resolve((*trace.plan)[plan::RuleSetId(step.a)], statuses);
  for (const std::uint32_t rule : resolution.live) {
    found.push_back(operand_at(trace, at, rule));
  }
}

void add_call(const Trace& trace, SlotRef at, std::vector<SlotRef>& found) {
  const FrameId callee = callee_at(trace, at);
  if (callee.valid()) found.push_back({callee, trace.block(callee).results[0]});
}

}  // namespace

std::vector<SlotRef> looked_at(const Trace& trace, SlotRef at) {
  std::vector<SlotRef> found;
  const plan::Step& step = step_at(trace, at);
  const Operation operation = step.operation;
  if (operation == Operation::kIf) {
    add_branches(trace, at, found);
  } else if (operation == Operation::kTable) {
    add_table(trace, at, found);
  } else if (operation == Operation::kClauses) {
    add_clauses(trace, at, found);
  } else if (operation == Operation::kFold) {
    add_fold(trace, at, found);
  } else if (operation == Operation::kPick) {
    add_pick(trace, at, found);
  } else if (operation == Operation::kOutcome) {
    add_rules(trace, at, found);
  } else if (operation == Operation::kCall || operation == Operation::kQuestion) {
    add_call(trace, at, found);
  } else if (operation == Operation::kArgument) {
    found.push_back({at.frame, step.a});
  } else if (operation == Operation::kOrIfNone) {
    found.push_back(operand_at(trace, at, 0));
    const bool is_replaced = value_at(trace, found[0]).may_not_apply();
    if (is_replaced) found.push_back(operand_at(trace, at, 1));
  } else {
    for (std::size_t i = 0; i < step.operand_count; ++i) {
      found.push_back(operand_at(trace, at, i));
    }
  }
  return found;
}

const Value& value_at(const Trace& trace, SlotRef at) { return trace[at.frame].slots[at.slot]; }

const plan::Step& step_at(const Trace& trace, SlotRef at) {
  return plan::step_of(trace.block(at.frame), at.slot);
}

bool is_parameter(const Trace& trace, SlotRef at) {
  return at.slot < trace.block(at.frame).parameters.size();
}

SlotRef operand_at(const Trace& trace, SlotRef at, std::size_t index) {
  return {at.frame, trace.plan->operands[step_at(trace, at).first_operand + index]};
}

const std::vector<Element>& elements_at(const Trace& trace, SlotRef fold) {
  static const std::vector<Element> kNone;
  const auto& folds = trace[fold.frame].folds;
  const auto found = folds.find(fold.slot);
  return found == folds.end() ? kNone : found->second;
}

const Picking& picking_at(const Trace& trace, SlotRef pick) {
  static const Picking kNone;
  const auto& picks = trace[pick.frame].picks;
  const auto found = picks.find(pick.slot);
  return found == picks.end() ? kNone : found->second;
}

std::size_t bound_count(const Trace& trace, SlotRef step, FrameId ran) {
  return trace.block(ran).parameters.size() - step_at(trace, step).operand_count;
}

FrameId callee_at(const Trace& trace, SlotRef call) {
  const auto& calls = trace[call.frame].calls;
  const auto found = calls.find(call.slot);
  return found == calls.end() ? FrameId() : found->second;
}

BodyResults body_results(const Trace& trace, const Element& element) {
  BodyResults results;
  if (!element.frame.valid()) return results;
  const std::vector<Slot>& slots = trace.block(element.frame).results;
  if (slots[0] != plan::kNoSlot) results.where = {element.frame, slots[0]};
  if (slots[1] != plan::kNoSlot) results.element = {element.frame, slots[1]};
  return results;
}

}  // namespace juzhu::eval
