// `choosing`: the candidates, what they are compared by, and the element that is wanted of the best
// one, as blocks over what is chosen.
#include <algorithm>

#include "plan/lower_block.h"

namespace juzhu::plan {

using ops::Operation;
using sema::Expr;
using sema::ExprId;
using sema::LocalId;

FurtherKeys Lowering::further_keys(const Expr& pick) const {
  const Expr& value = program_[pick.operands[std::size_t{2} * pick.a]];
  if (value.operation != Operation::kCall) return {};
  const sema::ScoreId score = program_.definitions[value.a].score;
  if (!score.valid()) return {};
  const auto ranked = ranked_by(program_, scope(), program_[score].total);
  if (!ranked || ranked->key + 1 >= program_[ranked->allocation].keys.size()) return {};
  const DeclarationId declaration =
      declarations_.at({DeclarationKind::kRule, {ranked->rule.index, ranked->version}});
  return {ranked->allocation, ranked->key + 1, declaration};
}

void Lowering::add_further_keys(BlockBuilder& body, const Expr& expr, const FurtherKeys& further,
                                Pick& pick) {
  const sema::Allocation& allocation = program_[further.allocation];
  const Expr& total = program_[expr.operands[std::size_t{2} * expr.a]];
  body.locals[allocation.subject] = body.locals.at(LocalId{program_[total.operands[0]].a});
  for (std::size_t i = further.first; i < allocation.keys.size(); ++i) {
    const sema::RankKey& key = allocation.keys[i];
    number_nodes(key.value);
    body.block.results.push_back(lower(body, key.value, further.declaration));
    const bool lowest =
        key.order == sema::RankOrder::kLowestFirst || key.order == sema::RankOrder::kEarliestFirst;
    pick.lowest_first.push_back(lowest ? 1 : 0);
  }
}

std::vector<LocalId> Lowering::pick_captures(const Expr& expr, std::span<const LocalId> chosen,
                                             const FurtherKeys& further) {
  std::vector<LocalId> captures = free_locals(expr.operands, chosen);
  if (!further.allocation.valid()) return captures;
  const sema::Allocation& allocation = program_[further.allocation];
  const std::vector<LocalId> read =
      with_candidates(with_candidate(candidates_, expr, allocation.subject), [&] {
        std::vector<ExprId> keys;
        for (std::size_t i = further.first; i < allocation.keys.size(); ++i)
          keys.push_back(allocation.keys[i].value);
        return free_locals(keys, chosen);
      });
  captures.insert(captures.end(), read.begin(), read.end());
  std::erase(captures, allocation.subject);  // it is the score's subject
  std::sort(captures.begin(), captures.end());
  captures.erase(std::unique(captures.begin(), captures.end()), captures.end());
  return captures;
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
  const ExprId element = expr.operands.back();
  // Read for a candidate, there is nothing to choose any more.
  if (is_candidates(expr)) return lower(into, element, declaration);
  const std::size_t count = expr.a;
  std::vector<LocalId> chosen;
  for (std::size_t i = 0; i < count; ++i)
    chosen.emplace_back(expr.extra[2 * i]);
  const FurtherKeys further = further_keys(expr);
  const std::vector<LocalId> captures = pick_captures(expr, chosen, further);

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
  body.block.results.push_back(lower(body, expr.operands[2 * count], declaration));
  pick.lowest_first.push_back(0);  // the highest total goes first
  if (further.allocation.valid()) {
    const LocalId subject = program_[further.allocation].subject;
    with_candidates(with_candidate(candidates_, expr, subject), [&] {
      add_further_keys(body, expr, further, pick);
      return true;
    });
  }
  body.block.results.push_back(lower(body, element, declaration));
  pick.body = finish(std::move(body));

  std::vector<Slot> operands;
  operands.reserve(captures.size());
  for (const LocalId local : captures)
    operands.push_back(into.locals.at(local));
  Step step = step_for(expr, id, declaration);
  step.a = static_cast<std::uint32_t>(plan_.picks.size());
  step.b = 0;
  plan_.picks.push_back(std::move(pick));
  return add_step(into, step, operands);
}

}  // namespace juzhu::plan
