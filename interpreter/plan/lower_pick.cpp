// `choosing`: the candidates, what they are compared by, and the element that is wanted of the best
// one, as blocks over what is chosen.
#include "base/check.h"
#include "plan/lower_block.h"

namespace juzhu::plan {

using ops::Operation;
using sema::Expr;
using sema::ExprId;
using sema::LocalId;

std::vector<Lowering::PickKey> Lowering::pick_keys(const Expr& pick) const {
  // The total of the score alone, until an allocation in force ranks by it: then its keys, in their
  // order, read for the candidate.
  std::vector<PickKey> keys;
  const std::size_t first = std::size_t{2} * pick.a;
  for (std::size_t i = first; i + 1 < pick.operands.size(); ++i)
    keys.push_back({pick.operands[i], pick.extra[i] != 0});
  return keys;
}

/// A block whose parameters are what is chosen so far, then the captures.
BlockBuilder Lowering::pick_block(std::span<const LocalId> bound, std::span<const LocalId> captures,
                                  DeclarationId declaration) const {
  BlockBuilder builder;
  builder.block.kind = BlockKind::kPickPart;
  builder.block.declaration = declaration;
  for (const std::span<const LocalId> locals : {bound, captures}) {
    for (const LocalId local : locals) {
      builder.locals[local] = static_cast<Slot>(builder.block.parameters.size());
      builder.block.parameters.push_back(program_[local].type);
    }
  }
  return builder;
}

Slot Lowering::lower_pick(BlockBuilder& into, const Expr& expr, ExprId id,
                          DeclarationId declaration) {
  const std::size_t count = expr.a;
  std::vector<LocalId> chosen;
  for (std::size_t i = 0; i < count; ++i)
    chosen.emplace_back(expr.extra[2 * i]);
  const std::vector<PickKey> keys = pick_keys(expr);
  const ExprId element = expr.operands.back();
  std::vector<ExprId> roots(expr.operands.begin(),
                            expr.operands.begin() + static_cast<std::ptrdiff_t>(2 * count));
  for (const PickKey& key : keys)
    roots.push_back(key.expr);
  roots.push_back(element);
  const std::vector<LocalId> captures = free_locals(roots, chosen);

  Pick pick;
  const std::span<const LocalId> all(chosen);
  for (std::size_t i = 0; i < count; ++i) {
    PickChoice choice;
    choice.if_any = expr.extra[2 * i + 1] != 0;
    BlockBuilder collection = pick_block(all.first(i), captures, declaration);
    Slot members = lower(collection, expr.operands[2 * i], declaration);
    if (members < collection.block.parameters.size()) {
      Step same = step_for(program_[expr.operands[2 * i]], expr.operands[2 * i], declaration);
      same.operation = Operation::kArgument;
      same.a = members;
      members = add_step(collection, same, {});
    }
    collection.block.results = {members};
    choice.collection = finish(std::move(collection));
    if (const ExprId where = expr.operands[2 * i + 1]; where.valid()) {
      BlockBuilder condition = pick_block(all.first(i + 1), captures, declaration);
      condition.block.results = {lower(condition, where, declaration)};
      choice.where = finish(std::move(condition));
    }
    pick.choices.push_back(choice);
  }
  BlockBuilder body = pick_block(all, captures, declaration);
  for (const PickKey& key : keys) {
    body.block.results.push_back(lower(body, key.expr, declaration));
    pick.lowest_first.push_back(key.lowest_first ? 1 : 0);
  }
  body.block.results.push_back(lower(body, element, declaration));
  pick.body = finish(std::move(body));

  std::vector<Slot> operands;
  for (const LocalId local : captures)
    operands.push_back(into.locals.at(local));
  Step step = step_for(expr, id, declaration);
  step.a = static_cast<std::uint32_t>(plan_.picks.size());
  step.b = 0;
  plan_.picks.push_back(std::move(pick));
  return add_step(into, step, operands);
}

}  // namespace juzhu::plan
