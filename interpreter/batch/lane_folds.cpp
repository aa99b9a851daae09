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

Condition LaneMaker::fold_condition(const Expression& fold) {
  const auto kind = static_cast<FoldKind>(fold.a);
  Condition each = candidate(fold);
  const ExpressionId element = fold.operands[1];
  if (kind == FoldKind::kEvery) {
    // No member that meets `where` without the condition.
    if (!element.valid()) return of_mask(graph_.always(), graph_.always());
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
  const NodeId some = graph_.family_any(each.may_be_true);
  const Condition found = each.is_exact
                              ? of_mask(some, graph_.always())
                              : Condition{some, graph_.family_all(each.may_be_false), false, false};
  return kind == FoldKind::kSome ? found : negated(found);
}

NodeId LaneMaker::fold_known(const Condition& where, NodeId element_known) {
  const NodeId surely_not = where.is_exact ? graph_.negate(where.may_be_true)
                                           : graph_.without(where.may_be_false, where.may_be_true);
  const NodeId settled = graph_.both(exact(where), graph_.either(surely_not, element_known));
  return graph_.family_all(settled);
}

/// Lanes of those that are none of the candidates count as nothing, which is the least there is.
Number LaneMaker::fold_extreme(const Number& element, const Condition& where, bool highest) {
  Number result = highest ? element : negated(element);
  const NodeId counts = graph_.both(where.may_be_true, element.given);
  const NodeId nothing = graph_.constant(result.width, 0);
  result.lanes = graph_.select(result.width, counts, result.lanes, nothing);
  if (graph_[result.lanes].kind != Node::Kind::kConstant)
    result.lanes = graph_.unary(Kernel::kFamilyGreatest, result.width, result.lanes);
  result.known = fold_known(where, element.known);
  result.given = graph_.family_any(counts);
  return highest ? result : negated(result);
}

Number LaneMaker::fold_sum(const Number& element, const Condition& where) {
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
  result.lanes = graph_.select(width, counts, result.lanes, graph_.constant(width, 0));
  const Node& node = graph_[result.lanes];
  const bool is_nothing = node.kind == Node::Kind::kConstant && node.k == 0;
  if (!is_nothing) result.lanes = graph_.unary(Kernel::kFamilySum, width, result.lanes);
  result.known = fold_known(where, element.known);
  result.given = graph_.always();
  return result;
}

Number LaneMaker::fold_number(const Expression& fold) {
  const auto kind = static_cast<FoldKind>(fold.a);
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
      return fold_sum(constant_number(1), where);
    }
    case FoldKind::kSum: {
      if (!element.valid()) break;
      const int scale = fold.type.scale - expressions_[element].type.scale;
      if (scale < 0) break;
      const Number sum = fold_sum(scaled(number(element), scale), where);
      return sum.known == graph_.never() ? unknown_number(fold, Reason::kType) : sum;
    }
    case FoldKind::kHighest:
    case FoldKind::kLowest: {
      if (!element.valid() || expressions_[element].type.scale != fold.type.scale) break;
      return fold_extreme(number(element), where, kind == FoldKind::kHighest);
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
