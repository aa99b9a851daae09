#include "explain/reading.h"

#include <algorithm>
#include <set>

#include "explain/phraser.h"
#include "sema/reforms.h"

namespace juzhu::explain {

using ops::Operation;
using sema::ExprId;
using sema::LocalId;

namespace {

const plan::Plan& plan_of(const Context& context) { return *context.trace->plan; }

void bind(Context& context, LocalId local, const Value& value, Bilingual role,
          bool one_of_several) {
  if (local.valid()) {
    context.bound[local.index] = {value, std::move(role), one_of_several};
  }
}

/// Every rule of a question names its subject itself; all of them mean the one member asked about.
void bind_subjects(Context& context, const plan::RuleSet& rules, const Value& subject,
                   const Bound* asker) {
  const auto bind_version = [&](plan::DeclarationId id) {
    const plan::Declaration& declaration = plan_of(context)[id];
    const sema::Rule& rule = context.program->rules[declaration.item];
    if (declaration.version < rule.versions.size()) {
      for (const LocalId local : sema::subjects_of(rule.versions[declaration.version])) {
        if (!local.valid()) continue;
        const Bilingual own = role_words(*context.program, (*context.program)[local]);
        bind(context, local, subject, asker == nullptr ? own : asker->role,
             asker != nullptr && asker->one_of_several);
      }
    }
  };
  for (const plan::RuleEntry& entry : rules.rules) {
    bind_version(entry.declaration);
    for (const plan::Narrowing& narrowing : entry.narrowings) {
      bind_version(narrowing.declaration);
    }
  }
}

/// What the caller calls an argument, if it is one of the caller's own bound names.
const Bound* bound_argument(const Context& context, const sema::Expr& call, std::size_t index) {
  if (!has_operand(call, index)) {
    return nullptr;
  }
  const sema::Expr& argument = (*context.program)[call.operands[index]];
  if (argument.operation != Operation::kArgument) {
    return nullptr;
  }
  const auto found = context.bound.find(argument.a);
  return found == context.bound.end() ? nullptr : &found->second;
}

void bind_parameters(Context& inner, const Context& outer, const sema::Expr* call,
                     const std::vector<LocalId>& locals) {
  const eval::Frame& frame = (*inner.trace)[inner.frame];
  const std::size_t count = inner.trace->block(inner.frame).parameters.size();
  std::size_t next = 0;
  for (const LocalId id : locals) {
    const sema::Local& local = (*inner.program)[id];
    const bool household =
        local.type.kind == value::TypeKind::kMember && local.type.entity.index == 0;
    if (household || next >= count) {
      continue;  // nothing is passed for the household
    }
    const Bound* known = call == nullptr ? nullptr : bound_argument(outer, *call, next);
    bind(inner, id, frame.slots[next++],
         known == nullptr ? role_words(*inner.program, local) : known->role,
         known != nullptr && known->one_of_several);
  }
}

/// All frames directly below, each with its names.
std::vector<std::pair<Slot, Context>> below(const Context& context) {
  std::vector<std::pair<Slot, Context>> contexts;
  const eval::Frame& frame = (*context.trace)[context.frame];
  for (const auto& [slot, callee] : frame.calls) {
    if (auto inner = inside_call(context, slot)) {
      contexts.emplace_back(slot, std::move(*inner));
    }
  }
  for (const auto& [slot, elements] : frame.folds) {
    for (const eval::Element& element : elements) {
      if (element.frame.valid()) {
        contexts.emplace_back(slot, inside_element(context, slot, element));
      }
    }
  }
  for (const auto& [slot, picking] : frame.picks) {
    for (const eval::PickCandidate& candidate : picking.candidates) {
      contexts.emplace_back(slot, inside_pick(context, slot, candidate.frame));
    }
  }
  // A frame that several rules share is named as the first of them reads it: the first by what it
  // is called, not by where it is written.
  const auto reader = [&](Slot slot) {
    const plan::Step* step = step_at(context, slot);
    const bool has_key = step != nullptr && step->declaration.valid();
    return std::pair(
        has_key ? std::string_view(plan_of(context)[step->declaration].key) : std::string_view(),
        step == nullptr ? 0 : step->node);
  };
  std::stable_sort(contexts.begin(), contexts.end(), [&](const auto& left, const auto& right) {
    return reader(left.first) < reader(right.first);
  });
  return contexts;
}

}  // namespace

const plan::Step* step_at(const Context& context, Slot slot) {
  const plan::Block& block = context.trace->block(context.frame);
  return slot < block.parameters.size() || slot == plan::kNoSlot ? nullptr
                                                                 : &plan::step_of(block, slot);
}

const Value& value_at(const Context& context, Slot slot) {
  return (*context.trace)[context.frame].slots[slot];
}

const Type& type_at(const Context& context, Slot slot) {
  return plan::slot_type(context.trace->block(context.frame), slot);
}

std::span<const Slot> operands_at(const Context& context, const plan::Step& step) {
  return std::span<const Slot>(plan_of(context).operands)
      .subspan(step.first_operand, step.operand_count);
}

ExprId expr_of(const plan::Step& step) {
  return step.expr == ExprId::kNone ? ExprId{} : ExprId(step.expr);
}

const plan::RuleSet* rule_set_of(const plan::Plan& plan, const plan::Block& block) {
  if (block.kind != plan::BlockKind::kQuestion || block.results.empty()) {
    return nullptr;
  }
  for (const plan::Step& step : block.steps) {
    if (step.operation == Operation::kOutcome) {
      return &plan.rule_sets[step.a];
    }
  }
  return nullptr;
}

const plan::Declaration* declaration_of(const plan::Plan& plan, plan::DeclarationKind kind,
                                        std::uint32_t item) {
  for (const plan::Declaration& declaration : plan.declarations) {
    if (declaration.kind == kind && declaration.item == item && !declaration.nested) {
      return &declaration;
    }
  }
  return nullptr;
}

Context question_context(const sema::Program& program, const eval::Outcome& outcome) {
  Context context;
  context.program = &program;
  context.trace = outcome.trace.get();
  context.household = outcome.trace->household;
  context.frame = outcome.frame;
  if (!outcome.frame.valid()) {
    return context;
  }
  const plan::RuleSet* rules = rule_set_of(plan_of(context), outcome.trace->block(outcome.frame));
  if (rules != nullptr) {
    bind_subjects(context, *rules, value_at(context, 0), nullptr);
  }
  return context;
}

std::optional<Context> inside_call(const Context& context, Slot slot) {
  const eval::Frame& frame = (*context.trace)[context.frame];
  const auto found = frame.calls.find(slot);
  const plan::Step* step = step_at(context, slot);
  if (found == frame.calls.end() || step == nullptr) {
    return std::nullopt;
  }
  const ExprId id = expr_of(*step);
  const sema::Expr* call = id.valid() ? &(*context.program)[id] : nullptr;
  Context inner = context;
  inner.frame = found->second;
  const plan::Block& block = context.trace->block(inner.frame);
  if (const plan::RuleSet* rules = rule_set_of(plan_of(context), block)) {
    bind_subjects(inner, *rules, value_at(inner, 0),
                  call == nullptr ? nullptr : bound_argument(context, *call, 0));
  } else if (block.declaration.valid() &&
             plan_of(context)[block.declaration].kind == plan::DeclarationKind::kDefinition) {
    const plan::Declaration& declaration = plan_of(context)[block.declaration];
    const sema::Definition& definition = context.program->definitions[declaration.item];
    bind_parameters(inner, context, call, definition.parameters);
    if (declaration.version < definition.versions.size()) {
      bind_parameters(inner, context, call, definition.versions[declaration.version].parameters);
    }
  }
  return inner;
}

Context inside_element(const Context& context, Slot slot, const eval::Element& element) {
  Context inner = context;
  inner.frame = element.frame;
  const plan::Step* step = step_at(context, slot);
  if (step != nullptr && expr_of(*step).valid()) {
    const LocalId local((*context.program)[expr_of(*step)].b);
    bind(inner, local, element.bound, role_words(*context.program, (*context.program)[local]),
         true);
  }
  return inner;
}

Context inside_pick(const Context& context, Slot slot, eval::FrameId frame) {
  Context inner = context;
  inner.frame = frame;
  const plan::Step* step = step_at(context, slot);
  if (step == nullptr || !expr_of(*step).valid()) {
    return inner;
  }
  const sema::Expr& pick = (*context.program)[expr_of(*step)];
  const std::size_t bound = context.trace->block(frame).parameters.size() - step->operand_count;
  for (std::size_t i = 0; i < bound; ++i) {
    const LocalId local(pick.extra[2 * i]);
    bind(inner, local, (*context.trace)[frame].slots[i],
         role_words(*context.program, (*context.program)[local]), false);
  }
  return inner;
}

namespace {

/// A context, and the call or fold it was reached by.
struct Reached {
  Context context;
  std::size_t from = 0;  ///< index among the reached
  Slot by = plan::kNoSlot;
};

/// Walks down from the root until the frame is found: the last one reached. Empty if it is not
/// below.
std::vector<Reached> walk_to(const Context& root, eval::FrameId frame) {
  std::vector<Reached> reached{{root, 0, plan::kNoSlot}};
  std::set<eval::FrameId> seen{root.frame};
  for (std::size_t at = 0; at < reached.size(); ++at) {
    if (reached[at].context.frame == frame) {
      reached.push_back(reached[at]);
      return reached;
    }
    for (auto& [slot, inner] : below(reached[at].context)) {
      if (seen.insert(inner.frame).second) {
        reached.push_back({std::move(inner), at, slot});
      }
    }
  }
  return {};
}

}  // namespace

std::optional<Reading> reading_of(const Context& root, const eval::Leaf& leaf) {
  const std::vector<Reached> reached = walk_to(root, leaf.frame);
  if (reached.empty()) {
    return std::nullopt;
  }
  const Reached* at = &reached.back();
  Slot slot = leaf.slot;
  while (at->by != plan::kNoSlot) {
    const plan::Block& block = at->context.trace->block(at->context.frame);
    if (block.kind != plan::BlockKind::kDefinition || block.results[0] != slot) {
      break;
    }
    slot = at->by;
    at = &reached[at->from];
  }
  return Reading{at->context, slot};
}

std::string leaf_label(const sema::Program& program, const eval::Outcome& outcome,
                       const eval::Leaf& leaf, bool chinese, bool with_members) {
  std::optional<Reading> reading = reading_of(question_context(program, outcome), leaf);
  if (!reading) {
    return {};
  }
  reading->context.with_members = with_members;
  const plan::Step* step = step_at(reading->context, reading->slot);
  if (step == nullptr || !expr_of(*step).valid()) {
    return {};
  }
  return leaf.reversed_to ? phrase(reading->context, expr_of(*step), chinese)
                          : phrase_denied(reading->context, expr_of(*step), chinese);
}

}  // namespace juzhu::explain
