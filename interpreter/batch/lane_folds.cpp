// Folds over the members of a kind: what the rows of a household have between them.
#include <algorithm>

#include "base/check.h"
#include "batch/lane_maker.h"
#include "ops/wide.h"

namespace juzhu::batch {

using ops::FoldKind;
using ops::Wide;

Condition LaneMaker::candidate(const Expression& fold) {
  const value::EntityId entity(fold.b);
  NodeId rows = graph_.always();
  if (entity.valid()) {
    if (const Lanes* of_kind = table_.rows_of(entity)) {
      rows = graph_.column(*of_kind);
    } else if (!table_.has_rows_of(entity)) {
      rows = graph_.never();
    }
  }
  const ExpressionId where = fold.operands[0];
  if (!where.valid()) return of_mask(rows, graph_.always());
  const Condition& met = condition(where);
  return {graph_.both(rows, met.may_be_true), graph_.either(graph_.negate(rows), met.may_be_false),
          met.is_exact, false};
}

std::optional<Number> LaneMaker::set_of(const Expression& fold) {
  if (!fold.operands[2].valid()) return std::nullopt;
  Number set = number(fold.operands[2]);
  const Width width = table_.own_bit().width();
  set.lanes = graph_.convert(set.lanes, width);
  set.width = width;
  return set;
}

NodeId LaneMaker::set_known(const Expression& fold) {
  if (!fold.operands[2].valid()) return graph_.always();
  if (table_.own_bit().empty()) return graph_.never();
  return number(fold.operands[2]).known;
}

NodeId LaneMaker::bits_of(NodeId mask) {
  const Width width = table_.own_bit().width();
  const NodeId own =
      graph_.select(width, mask, graph_.column(table_.own_bit()), graph_.constant(width, 0));
  return graph_[own].kind == Node::Kind::kConstant ? own
                                                   : graph_.unary(Kernel::kFamilyOr, width, own);
}

NodeId LaneMaker::any_among(const Expression& fold, NodeId mask) {
  if (!fold.operands[2].valid()) return graph_.family_any(mask);
  if (table_.own_bit().empty() || mask == graph_.never()) return graph_.never();
  const Number set = *set_of(fold);
  const NodeId bits = mask == graph_.always()
                          ? set.lanes
                          : graph_.binary(Kernel::kAnd, set.width, set.lanes, bits_of(mask));
  return graph_.unary(Kernel::kAtLeastK, set.width, bits, 1);
}

NodeId LaneMaker::all_among(const Expression& fold, NodeId mask) {
  return graph_.negate(any_among(fold, graph_.negate(mask)));
}

Condition LaneMaker::fold_condition(const Expression& fold) {
  const auto kind = static_cast<FoldKind>(fold.a);
  Condition each = candidate(fold);
  const ExpressionId element = fold.operands[1];
  if (kind == FoldKind::kEvery) {
    // No member that meets `where` without the condition.
    if (!element.valid()) return of_mask(graph_.always(), set_known(fold));
    const Condition& holds = condition(element);
    each = {graph_.both(each.may_be_true, holds.may_be_false),
            graph_.either(each.may_be_false, holds.may_be_true), each.is_exact && holds.is_exact,
            false};
  } else if (element.valid()) {
    const Condition& holds = condition(element);
    each = {graph_.both(each.may_be_true, holds.may_be_true),
            graph_.either(each.may_be_false, holds.may_be_false), each.is_exact && holds.is_exact,
            false};
  }
  const NodeId some = any_among(fold, each.may_be_true);
  Condition found = each.is_exact
                        ? of_mask(some, graph_.always())
                        : Condition{some, all_among(fold, each.may_be_false), false, false};
  const NodeId known = set_known(fold);
  if (known != graph_.always()) {
    const NodeId unknown = graph_.negate(known);
    found = {graph_.either(found.may_be_true, unknown), graph_.either(found.may_be_false, unknown),
             false, false};
  }
  return kind == FoldKind::kSome ? found : negated(found);
}

NodeId LaneMaker::fold_known(const Expression& fold, const Condition& where, NodeId element_known) {
  const NodeId surely_not = where.is_exact ? graph_.negate(where.may_be_true)
                                           : graph_.without(where.may_be_false, where.may_be_true);
  const NodeId settled = graph_.both(exact(where), graph_.either(surely_not, element_known));
  return graph_.both(set_known(fold), all_among(fold, settled));
}

/// Lanes of those that do not count are nothing, which is the least there is. For a set that a fact
/// names, the household's members take turns.
NodeId LaneMaker::together(const Expression& fold, Kernel family, Kernel join, Width width,
                           NodeId lanes, NodeId counts) {
  const NodeId nothing = graph_.constant(width, 0);
  const auto of_family = [&](NodeId own) {
    const Node& node = graph_[own];
    const bool is_nothing = node.kind == Node::Kind::kConstant && node.k == 0;
    return is_nothing ? own : graph_.unary(family, width, own);
  };
  const std::optional<Number> set = set_of(fold);
  if (!set) return of_family(graph_.select(width, counts, lanes, nothing));
  NodeId all = nothing;
  for (std::uint32_t place = 0; place < table_.greatest_household(); ++place) {
    const std::uint64_t bit = std::uint64_t{1} << place;
    const NodeId is_at = graph_.both(
        counts, graph_.unary(Kernel::kEqualK, set->width, graph_.column(table_.own_bit()), bit));
    const NodeId theirs = of_family(graph_.select(width, is_at, lanes, nothing));
    const NodeId in_set = graph_.unary(
        Kernel::kAtLeastK, set->width,
        graph_.binary(Kernel::kAnd, set->width, set->lanes, graph_.constant(set->width, bit)), 1);
    const NodeId own = graph_.select(width, in_set, theirs, nothing);
    all = all == nothing ? own : graph_.binary(join, width, all, own);
  }
  return all;
}

Number LaneMaker::fold_extreme(const Expression& fold, const Number& element,
                               const Condition& where, bool highest) {
  Number result = highest ? element : negated(element);
  const NodeId counts = graph_.both(where.may_be_true, element.given);
  result.lanes = together(fold, Kernel::kFamilyGreatest, Kernel::kGreatest, result.width,
                          result.lanes, counts);
  result.known = fold_known(fold, where, element.known);
  result.given = any_among(fold, counts);
  return highest ? result : negated(result);
}

Number LaneMaker::fold_sum(const Expression& fold, const Number& element, const Condition& where) {
  Number result = element;
  if (result.base > 0) result = rebased(result, 0, result.greatest);
  const Wide most = Wide{result.greatest} * table_.greatest_household();
  if (result.base < 0 || most > (Wide{1} << 62)) return nowhere();
  result.least = 0;
  result.greatest = static_cast<std::int64_t>(most);
  const Width width =
      std::max(result.width, width_for(static_cast<std::uint64_t>(result.greatest)));
  result.lanes = graph_.convert(result.lanes, width);
  result.width = width;
  const NodeId counts = graph_.both(where.may_be_true, element.given);
  result.lanes = together(fold, Kernel::kFamilySum, Kernel::kAdd, width, result.lanes, counts);
  result.known = fold_known(fold, where, element.known);
  result.given = graph_.always();
  return result;
}

/// Taking turns is worth it for families, not for households of dozens.
constexpr std::uint32_t kMostTurns = 12;

Number LaneMaker::fold_number(const Expression& fold) {
  const auto kind = static_cast<FoldKind>(fold.a);
  const bool is_set = fold.operands[2].valid();
  if (is_set && (table_.own_bit().empty() || table_.greatest_household() > kMostTurns))
    return unknown_number(fold, Reason::kMemberSet);
  Condition where = candidate(fold);
  const ExpressionId element = fold.operands[1];
  switch (kind) {
    case FoldKind::kCount: {
      if (element.valid()) {
        const Condition& holds = condition(element);
        where = {graph_.both(where.may_be_true, holds.may_be_true),
                 graph_.either(where.may_be_false, holds.may_be_false),
                 where.is_exact && holds.is_exact, false};
      }
      return fold_sum(fold, constant_number(1), where);
    }
    case FoldKind::kSum: {
      if (!element.valid()) break;
      const int scale = fold.type.scale - expressions_[element].type.scale;
      if (scale < 0) break;
      const Number sum = fold_sum(fold, scaled(number(element), scale), where);
      return sum.known == graph_.never() ? unknown_number(fold, Reason::kType) : sum;
    }
    case FoldKind::kHighest:
    case FoldKind::kLowest: {
      if (!element.valid() || expressions_[element].type.scale != fold.type.scale) break;
      return fold_extreme(fold, number(element), where, kind == FoldKind::kHighest);
    }
    case FoldKind::kSome:
    case FoldKind::kEvery:
    case FoldKind::kNo:
    case FoldKind::kCover:
      break;
  }
  return unknown_number(fold, Reason::kOperation);
}

}  // namespace juzhu::batch
