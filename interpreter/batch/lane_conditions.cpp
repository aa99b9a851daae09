// Conditions: strong Kleene logic as two masks.
#include "base/check.h"
#include "batch/lane_maker.h"

namespace juzhu::batch {

using ops::Operation;
using value::TypeKind;

Condition LaneMaker::of_mask(NodeId mask, NodeId known, bool may_not_apply) {
  if (known == graph_.always()) return {mask, graph_.negate(mask), true, may_not_apply};
  const NodeId unknown = graph_.negate(known);
  return {graph_.either(mask, unknown), graph_.negate(graph_.both(mask, known)), false,
          may_not_apply};
}

NodeId LaneMaker::exact(const Condition& condition) {
  if (condition.is_exact) return graph_.always();
  return graph_.negate(graph_.both(condition.may_be_true, condition.may_be_false));
}

Condition LaneMaker::unknown_condition(const Expression& expression, Reason reason) {
  stop(expression, reason);
  return {graph_.always(), graph_.always(), false, true};
}

Condition LaneMaker::function_condition(const Function& function) {
  std::vector<std::uint64_t> may_be_true;
  std::vector<std::uint64_t> may_be_false;
  bool may_not_apply = false;
  bool is_exact = true;
  for (const Value& value : function.values) {
    may_not_apply = may_not_apply || value.may_not_apply();
    const bool is_left = value.kinds == 0 || value.may_fail();
    const bool can_be_true = is_left || (value.may_value() && (value.lo & value::kTrueBit) != 0);
    const bool can_be_false = is_left || value.may_not_apply() ||
                              (value.may_value() && (value.lo & value::kFalseBit) != 0);
    may_be_true.push_back(can_be_true ? 0xFF : 0);
    may_be_false.push_back(can_be_false ? 0xFF : 0);
    is_exact = is_exact && can_be_true != can_be_false;
  }
  const NodeId known = known_of(function);
  const NodeId is_true = by_part(function, may_be_true, Width::k8);
  if (is_exact) return of_mask(is_true, known, may_not_apply);
  const NodeId unknown = graph_.negate(known);
  return {graph_.either(is_true, unknown),
          graph_.either(by_part(function, may_be_false, Width::k8), unknown), false, may_not_apply};
}

Condition LaneMaker::column_condition(const FactColumn& column) {
  const bool may_not_apply = !column.given.empty();
  const bool has_values = column.least <= column.greatest;
  NodeId mask = graph_.never();
  if (has_values) {
    const std::vector<std::uint64_t> entries =
        column.least == column.greatest ? std::vector<std::uint64_t>{column.least != 0 ? 0xFFU : 0U}
                                        : std::vector<std::uint64_t>{0, 0xFF};
    mask = graph_.look_up(graph_.column(column.lanes), entries, Width::k8);
  }
  if (may_not_apply) mask = graph_.both(mask, graph_.column(column.given));
  NodeId known = column.known.empty() ? graph_.always() : graph_.column(column.known);
  return of_mask(mask, known, may_not_apply);
}

Condition LaneMaker::all_of(const Expression& expression) {
  Condition all{graph_.always(), graph_.never(), true, false};
  for (const ExpressionId operand : expression.operands) {
    const Condition& one = condition(operand);
    all.may_be_true = graph_.both(all.may_be_true, one.may_be_true);
    if (!one.is_exact) all.is_exact = false;
  }
  if (all.is_exact) return of_mask(all.may_be_true, graph_.always());
  for (const ExpressionId operand : expression.operands)
    all.may_be_false = graph_.either(all.may_be_false, condition(operand).may_be_false);
  return all;
}

Condition LaneMaker::any_of(const Expression& expression) {
  Condition any{graph_.never(), graph_.always(), true, false};
  for (const ExpressionId operand : expression.operands) {
    const Condition& one = condition(operand);
    any.may_be_true = graph_.either(any.may_be_true, one.may_be_true);
    if (!one.is_exact) any.is_exact = false;
  }
  if (any.is_exact) return of_mask(any.may_be_true, graph_.always());
  for (const ExpressionId operand : expression.operands)
    any.may_be_false = graph_.both(any.may_be_false, condition(operand).may_be_false);
  return any;
}

Condition LaneMaker::negated(const Condition& operand) {
  return {operand.may_be_false, operand.may_be_true, operand.is_exact, false};
}

Condition LaneMaker::chosen(const Condition& test, const Condition& then,
                            const Condition& otherwise) {
  const bool may_not_apply = then.may_not_apply || otherwise.may_not_apply;
  if (test.is_exact && then.is_exact && otherwise.is_exact) {
    return of_mask(graph_.choose(test.may_be_true, then.may_be_true, otherwise.may_be_true),
                   graph_.always(), may_not_apply);
  }
  // A test that fails makes the whole fail, whatever both sides say: what is not exact stays open.
  const NodeId open = graph_.negate(exact(test));
  const auto either_way = [&](NodeId yes, NodeId no) {
    return graph_.either(open, graph_.choose(test.may_be_true, yes, no));
  };
  return {either_way(then.may_be_true, otherwise.may_be_true),
          either_way(then.may_be_false, otherwise.may_be_false), false, may_not_apply};
}

Condition LaneMaker::compared(Kernel kernel, const Number& left, int left_scale,
                              const Number& right, int right_scale) {
  const int scale = std::max(left_scale, right_scale);
  // Scaling may leave the lanes: what is compared is known where the scaled ones are.
  const Number scaled_left = scaled(left, scale - left_scale);
  const Number scaled_right = scaled(right, scale - right_scale);
  const std::optional<Pair> pair = aligned(scaled_left, scaled_right);
  const NodeId known = graph_.both(scaled_left.known, scaled_right.known);
  if (!pair) return {graph_.always(), graph_.always(), false, false};
  const Number& a = pair->left;
  const Number& b = pair->right;
  const auto compare = [&](const Number& x, const Number& y) {
    const Node& constant = graph_[y.lanes];
    const Node& other = graph_[x.lanes];
    const bool to_constant = constant.kind == Node::Kind::kConstant;
    const bool from_constant = other.kind == Node::Kind::kConstant;
    if (kernel == Kernel::kEqual && to_constant)
      return graph_.unary(Kernel::kEqualK, x.width, x.lanes, constant.k);
    if (kernel == Kernel::kEqual && from_constant)
      return graph_.unary(Kernel::kEqualK, y.width, y.lanes, other.k);
    // k <= y; x < k is not (k <= x); x <= k is not (k + 1 <= x), where there is a k + 1.
    const std::uint64_t most = x.width == Width::k64
                                   ? ~std::uint64_t{0}
                                   : (std::uint64_t{1} << (8 * bytes_of(x.width))) - 1;
    if (from_constant && kernel == Kernel::kLessEqual)
      return graph_.unary(Kernel::kAtLeastK, y.width, y.lanes, other.k);
    if (from_constant && kernel == Kernel::kLess && other.k < most)
      return graph_.unary(Kernel::kAtLeastK, y.width, y.lanes, other.k + 1);
    if (to_constant && kernel == Kernel::kLess)
      return graph_.negate(graph_.unary(Kernel::kAtLeastK, x.width, x.lanes, constant.k));
    if (to_constant && kernel == Kernel::kLessEqual && constant.k < most)
      return graph_.negate(graph_.unary(Kernel::kAtLeastK, x.width, x.lanes, constant.k + 1));
    return graph_.binary(kernel, x.width, x.lanes, y.lanes);
  };
  const NodeId given = graph_.both(left.given, right.given);
  return of_mask(graph_.both(compare(a, b), given), known);
}

Condition LaneMaker::equal(ExpressionId left, ExpressionId right) {
  const Type& type = expressions_[left].type;
  if (type.kind == TypeKind::kBoolean) {
    const Condition a = condition(left);
    const Condition b = condition(right);
    // "Not applicable" stands as false in a condition, and equals nothing.
    if (a.may_not_apply || b.may_not_apply) return {graph_.always(), graph_.always(), false, false};
    return chosen(a, b, negated(b));
  }
  return compared(Kernel::kEqual, number(left), type.scale, number(right),
                  expressions_[right].type.scale);
}

Condition LaneMaker::one_of(const Expression& expression) {
  Condition any{graph_.never(), graph_.always(), false, false};
  bool is_exact = true;
  for (std::size_t i = 1; i < expression.operands.size(); ++i) {
    const Condition one = equal(expression.operands[0], expression.operands[i]);
    any.may_be_true = graph_.either(any.may_be_true, one.may_be_true);
    any.may_be_false = graph_.both(any.may_be_false, one.may_be_false);
    is_exact = is_exact && one.is_exact;
  }
  return is_exact ? of_mask(any.may_be_true, graph_.always()) : any;
}

Condition LaneMaker::given(const Expression& expression) {
  const ExpressionId operand = expression.operands[0];
  if (expressions_[operand].type.kind == TypeKind::kBoolean) {
    const Condition& one = condition(operand);
    if (one.may_not_apply || !one.is_exact)
      return unknown_condition(expression, Reason::kOperation);
    return of_mask(graph_.always(), graph_.always());
  }
  const Number& one = number(operand);
  return of_mask(one.given, one.known);
}

Condition LaneMaker::table_condition(const Expression& expression) {
  const auto policy = static_cast<ops::HitPolicy>(expression.a);
  const bool is_apart = policy == ops::HitPolicy::kFirst || (expression.b & ops::kRowsApart) != 0;
  if (!is_apart || (policy != ops::HitPolicy::kFirst && policy != ops::HitPolicy::kUnique))
    return unknown_condition(expression, Reason::kOperation);
  const bool has_otherwise = (expression.b & ops::kHasOtherwise) != 0;
  Condition result = has_otherwise ? condition(expression.operands.back())
                                   : Condition{graph_.always(), graph_.always(), false, false};
  for (std::size_t row = expression.operands.size() / 2; row-- > 0;) {
    result = chosen(condition(expression.operands[2 * row]),
                    condition(expression.operands[2 * row + 1]), result);
  }
  return result;
}

Condition LaneMaker::clauses_condition(const Expression& expression) {
  const plan::Beats& beats = expressions_.plan().clause_orders[expression.a];
  std::vector<Condition> statuses;
  for (std::size_t i = 0; i < beats.size(); ++i)
    statuses.push_back(condition(expression.operands[2 * i]));
  const Standing standing = stand(beats, statuses);
  const bool has_otherwise = (expression.b & ops::kHasOtherwise) != 0;
  Condition result = has_otherwise ? condition(expression.operands.back())
                                   : Condition{graph_.always(), graph_.always(), false, false};
  NodeId taken = graph_.never();
  NodeId sure = standing.sure;
  for (std::size_t i = 0; i < beats.size(); ++i) {
    sure = graph_.without(sure, graph_.both(taken, standing.live[i]));  // two say something
    taken = graph_.either(taken, standing.live[i]);
    const Condition live = of_mask(standing.live[i], graph_.always());
    result = chosen(live, condition(expression.operands[2 * i + 1]), result);
  }
  if (sure == graph_.always()) return result;
  const NodeId unsure = graph_.negate(sure);
  return {graph_.either(result.may_be_true, unsure), graph_.either(result.may_be_false, unsure),
          false, true};
}

Condition LaneMaker::make_condition(ExpressionId id) {
  const Expression& expression = expressions_[id];
  if (const FactColumn* column = column_of(id)) return column_condition(*column);
  if (expression.shape != Shape::kStep) return unknown_condition(expression, expression.reason);
  if (is_worth_function(expression)) {
    if (const Function* function = functions_.of(id)) return function_condition(*function);
  }
  const auto at = [&](std::size_t i) { return expression.operands[i]; };
  const auto compare = [&](Kernel kernel) {
    return compared(kernel, number(at(0)), expressions_[at(0)].type.scale, number(at(1)),
                    expressions_[at(1)].type.scale);
  };
  switch (expression.operation) {
    case Operation::kAll:
      return all_of(expression);
    case Operation::kAny:
      return any_of(expression);
    case Operation::kNot:
      return negated(condition(at(0)));
    case Operation::kIf:
      return chosen(condition(at(0)), condition(at(1)), condition(at(2)));
    case Operation::kEqual:
      return equal(at(0), at(1));
    case Operation::kLess:
      return compare(Kernel::kLess);
    case Operation::kLessEqual:
      return compare(Kernel::kLessEqual);
    case Operation::kOneOf:
      return one_of(expression);
    case Operation::kGiven:
      return given(expression);
    case Operation::kTable:
      return table_condition(expression);
    case Operation::kClauses:
      return clauses_condition(expression);
    case Operation::kFold:
      return fold_condition(expression);
    default:  // NOLINT: whatever else yields a condition is the case evaluator's
      return unknown_condition(expression, Reason::kOperation);
  }
}

}  // namespace juzhu::batch
