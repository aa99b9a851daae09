// Numbers: exact values with the range they lie in, from which every width follows.
#include <algorithm>
#include <array>

#include "base/check.h"
#include "batch/lane_maker.h"
#include "ops/wide.h"

namespace juzhu::batch {

using ops::Operation;
using ops::Wide;

namespace {

/// Beyond this a range is left to the case evaluator, which knows what overflows.
constexpr std::int64_t kMost = std::int64_t{1} << 62;

bool fits(Wide least, Wide greatest) { return least >= -kMost && greatest <= kMost; }

std::uint64_t span_of(std::int64_t base, std::int64_t greatest) {
  return static_cast<std::uint64_t>(greatest) - static_cast<std::uint64_t>(base);
}

}  // namespace

Number LaneMaker::nowhere() {
  return {graph_.constant(Width::k8, 0), Width::k8, 0, 0, 0, graph_.never(), graph_.always()};
}

Number LaneMaker::unknown_number(const Expression& expression, Reason reason) {
  stop(expression, reason);
  return nowhere();
}

Number LaneMaker::constant_number(std::int64_t value) {
  Number number = nowhere();
  number.base = value;
  number.least = value;
  number.greatest = value;
  number.known = graph_.always();
  return normal(number);
}

/// Lanes of the value itself, where that takes no wider lanes.
Number LaneMaker::normal(Number number) {
  if (number.base <= 0 || width_for(static_cast<std::uint64_t>(number.greatest)) != number.width)
    return number;
  return rebased(number, 0, number.greatest);
}

Number LaneMaker::rebased(const Number& number, std::int64_t base, std::int64_t greatest) {
  JUZHU_CHECK(base <= number.base);
  Number result = number;
  result.base = base;
  result.width = width_for(span_of(base, std::max(greatest, number.greatest)));
  if (result.width < number.width) result.width = number.width;
  const std::uint64_t rise = span_of(base, number.base);
  const Node from = graph_[number.lanes];
  if (from.kind == Node::Kind::kConstant) {
    result.lanes = graph_.constant(result.width, from.k + rise);
    return result;
  }
  result.lanes = graph_.convert(number.lanes, result.width);
  if (rise != 0) result.lanes = graph_.unary(Kernel::kAddK, result.width, result.lanes, rise);
  return result;
}

std::optional<LaneMaker::Pair> LaneMaker::aligned(const Number& left, const Number& right) {
  const std::int64_t base = std::min(left.base, right.base);
  const std::int64_t greatest = std::max(left.greatest, right.greatest);
  if (!fits(base, greatest)) return std::nullopt;
  Pair pair{rebased(left, base, greatest), rebased(right, base, greatest)};
  const Width width = std::max(pair.left.width, pair.right.width);
  for (Number* number : {&pair.left, &pair.right}) {
    number->lanes = graph_.convert(number->lanes, width);
    number->width = width;
  }
  return pair;
}

Number LaneMaker::scaled(const Number& number, int by) {
  if (by == 0 || number.known == graph_.never()) return number;
  const Wide factor = ops::power_of_ten(by);
  const Wide least = number.base * factor;
  const Wide greatest = number.greatest * factor;
  if (!fits(least, greatest) || factor > kMost) return nowhere();
  Number result = number;
  result.base = static_cast<std::int64_t>(least);
  result.least = static_cast<std::int64_t>(number.least * factor);
  result.greatest = static_cast<std::int64_t>(greatest);
  result.width = width_for(span_of(result.base, result.greatest));
  result.width = std::max(result.width, number.width);
  const Node from = graph_[number.lanes];
  result.lanes = from.kind == Node::Kind::kConstant
                     ? graph_.constant(result.width, from.k * static_cast<std::uint64_t>(factor))
                     : graph_.unary(Kernel::kProductK, result.width,
                                    graph_.convert(number.lanes, result.width),
                                    static_cast<std::uint64_t>(factor));
  return normal(result);
}

/// -(base + lane) is -greatest + (greatest - base - lane).
Number LaneMaker::negated(const Number& number) {
  Number result = number;
  result.base = -number.greatest;
  result.least = -number.greatest;
  result.greatest = -number.least;
  const std::uint64_t top = span_of(number.base, number.greatest);
  const Node from = graph_[number.lanes];
  result.lanes = from.kind == Node::Kind::kConstant
                     ? graph_.constant(number.width, top - from.k)
                     : graph_.unary(Kernel::kKMinus, number.width, number.lanes, top);
  return result;
}

Number LaneMaker::function_number(const Function& function, const Expression& expression) {
  Number number = nowhere();
  bool any = false;
  bool all_known = true;
  bool all_given = true;
  std::vector<std::optional<std::int64_t>> exact;
  std::vector<std::uint64_t> known;
  std::vector<std::uint64_t> given;
  for (const Value& value : function.values) {
    exact.push_back(exact_number(value, expression.type));
    const bool is_known = exact.back().has_value() || value.only_not_applicable();
    known.push_back(is_known ? 0xFF : 0);
    given.push_back(value.only_not_applicable() ? 0 : 0xFF);
    all_known = all_known && is_known;
    all_given = all_given && given.back() != 0;
    if (!exact.back()) continue;
    number.least = any ? std::min(number.least, *exact.back()) : *exact.back();
    number.greatest = any ? std::max(number.greatest, *exact.back()) : *exact.back();
    any = true;
  }
  if (!all_known) stop(expression, Reason::kOperation);
  number.base = number.least;
  if (number.base > 0 && width_for(static_cast<std::uint64_t>(number.greatest)) ==
                             width_for(span_of(number.base, number.greatest)))
    number.base = 0;
  number.width = width_for(span_of(number.base, number.greatest));
  std::vector<std::uint64_t> lanes;
  lanes.reserve(exact.size());
  for (const auto& value : exact)
    lanes.push_back(value ? span_of(number.base, *value) : 0);
  number.lanes = by_part(function, lanes, number.width);
  number.known = known_of(function);
  if (!all_known) number.known = graph_.both(number.known, by_part(function, known, Width::k8));
  number.given = all_given ? graph_.always() : by_part(function, given, Width::k8);
  return number;
}

Number LaneMaker::column_number(const FactColumn& column, const Expression& expression) {
  Number number = nowhere();
  number.known = column.known.empty() ? graph_.always() : graph_.column(column.known);
  number.given = column.given.empty() ? graph_.always() : graph_.column(column.given);
  if (column.least > column.greatest) return number;
  if (!fits(column.least, column.greatest)) return unknown_number(expression, Reason::kType);
  number.lanes = graph_.column(column.lanes);
  number.width = column.lanes.width();
  number.base = column.least;
  number.least = column.least;
  number.greatest = column.greatest;
  return number;
}

Number LaneMaker::sum(const Expression& expression) {
  std::vector<Number> terms;
  Wide base = 0;
  Wide greatest = 0;
  Number result = constant_number(0);
  for (std::size_t i = 0; i < expression.operands.size(); ++i) {
    const ExpressionId operand = expression.operands[i];
    Number term = scaled(number(operand), expression.type.scale - expressions_[operand].type.scale);
    if (expression.extras[i] != 0) term = negated(term);
    base += term.base;
    greatest += term.greatest;
    result.known = graph_.both(result.known, term.known);
    result.given = graph_.both(result.given, term.given);
    terms.push_back(term);
  }
  if (!fits(base, greatest)) return unknown_number(expression, Reason::kType);
  result.base = static_cast<std::int64_t>(base);
  result.least = result.base;
  result.greatest = static_cast<std::int64_t>(greatest);
  result.width = width_for(span_of(result.base, result.greatest));
  for (const Number& term : terms)
    result.width = std::max(result.width, term.width);
  std::uint64_t constants = 0;
  NodeId lanes;
  for (const Number& term : terms) {
    const Node& node = graph_[term.lanes];
    if (node.kind == Node::Kind::kConstant) {
      constants += node.k;
      continue;
    }
    const NodeId wide = graph_.convert(term.lanes, result.width);
    lanes = lanes.valid() ? graph_.binary(Kernel::kAdd, result.width, lanes, wide) : wide;
  }
  if (!lanes.valid()) {
    result.lanes = graph_.constant(result.width, constants);
  } else {
    result.lanes =
        constants == 0 ? lanes : graph_.unary(Kernel::kAddK, result.width, lanes, constants);
  }
  return normal(result);
}

Number LaneMaker::product(const Expression& expression) {
  Number left = number(expression.operands[0]);
  Number right = number(expression.operands[1]);
  if (left.least < 0 || right.least < 0) return unknown_number(expression, Reason::kType);
  left = rebased(left, std::min<std::int64_t>(left.base, 0), left.greatest);
  right = rebased(right, std::min<std::int64_t>(right.base, 0), right.greatest);
  const Wide greatest = Wide{left.greatest} * right.greatest;
  if (left.base < 0 || right.base < 0 || !fits(0, greatest))
    return unknown_number(expression, Reason::kType);
  Number result = left;
  result.least = left.least * right.least;
  result.greatest = static_cast<std::int64_t>(greatest);
  result.width =
      std::max({width_for(static_cast<std::uint64_t>(result.greatest)), left.width, right.width});
  result.known = graph_.both(left.known, right.known);
  result.given = graph_.both(left.given, right.given);
  const Node a = graph_[left.lanes];
  const Node b = graph_[right.lanes];
  const auto times = [&](NodeId lanes, std::uint64_t k) {
    const NodeId wide = graph_.convert(lanes, result.width);
    return k == 1 ? wide : graph_.unary(Kernel::kProductK, result.width, wide, k);
  };
  if (a.kind == Node::Kind::kConstant && b.kind == Node::Kind::kConstant) {
    result.lanes = graph_.constant(result.width, a.k * b.k);
  } else if (a.kind == Node::Kind::kConstant) {
    result.lanes = times(right.lanes, a.k);
  } else if (b.kind == Node::Kind::kConstant) {
    result.lanes = times(left.lanes, b.k);
  } else {
    result.lanes =
        graph_.binary(Kernel::kProduct, result.width, graph_.convert(left.lanes, result.width),
                      graph_.convert(right.lanes, result.width));
  }
  return result;
}

/// The better of two; a bound that the range says already costs nothing.
NodeId LaneMaker::better_lanes(const Pair& pair, std::int64_t result_least, bool least) {
  Number left = pair.left;
  Number right = pair.right;
  if (graph_[left.lanes].kind == Node::Kind::kConstant) std::swap(left, right);
  const Node bound = graph_[right.lanes];
  if (bound.kind != Node::Kind::kConstant) {
    return graph_.binary(least ? Kernel::kLeast : Kernel::kGreatest, left.width, left.lanes,
                         right.lanes);
  }
  if (least) return graph_.unary(Kernel::kLeastK, left.width, left.lanes, bound.k);
  // The caller takes off what lies below the least value.
  if (bound.k == span_of(right.base, result_least)) return left.lanes;
  return graph_.binary(Kernel::kGreatest, left.width, left.lanes, right.lanes);
}

Number LaneMaker::extreme(const Expression& expression, bool least) {
  std::optional<Number> result;
  for (const ExpressionId operand : expression.operands) {
    const Number one =
        scaled(number(operand), expression.type.scale - expressions_[operand].type.scale);
    if (!result) {
      result = one;
      continue;
    }
    std::optional<Pair> pair = aligned(*result, one);
    if (!pair) return unknown_number(expression, Reason::kType);
    Number joined = pair->left;
    joined.known = graph_.both(result->known, one.known);
    joined.given = graph_.both(result->given, one.given);
    const auto better = [&](std::int64_t a, std::int64_t b) {
      return least ? std::min(a, b) : std::max(a, b);
    };
    joined.least = better(result->least, one.least);
    joined.greatest = better(result->greatest, one.greatest);
    joined.lanes = better_lanes(*pair, joined.least, least);
    // Fewer values may need fewer bytes: lanes start at what is least now.
    if (!least && joined.least > joined.base) {
      const std::uint64_t below = span_of(joined.base, joined.least);
      joined.lanes = graph_.unary(Kernel::kAboveK, joined.width, joined.lanes, below);
      joined.base = joined.least;
    }
    const Width width = width_for(span_of(joined.base, joined.greatest));
    if (width < joined.width) {
      // What is not known may lie anywhere, but nobody reads it.
      joined.lanes = graph_.convert(joined.lanes, width);
      joined.width = width;
    }
    result = normal(joined);
  }
  JUZHU_CHECK(result.has_value());
  return *result;
}

Number LaneMaker::chosen(const Condition& test, const Number& then, const Number& otherwise) {
  const std::optional<Pair> pair = aligned(then, otherwise);
  if (!pair) return nowhere();
  Number result = pair->left;
  result.lanes = graph_.select(result.width, test.may_be_true, pair->left.lanes, pair->right.lanes);
  result.greatest = std::max(then.greatest, otherwise.greatest);
  result.least = std::min(then.least, otherwise.least);
  result.known =
      graph_.both(exact(test), graph_.choose(test.may_be_true, then.known, otherwise.known));
  result.given = graph_.choose(test.may_be_true, then.given, otherwise.given);
  return result;
}

Number LaneMaker::or_if_none(const Expression& expression) {
  const Number value = number(expression.operands[0]);
  if (value.given == graph_.always()) return value;
  const Number fallback = number(expression.operands[1]);
  // Whether it is given must be known before either is taken.
  Number result = chosen(of_mask(value.given, graph_.always()), value, fallback);
  result.known =
      graph_.both(value.known, graph_.choose(value.given, graph_.always(), fallback.known));
  result.given = graph_.choose(value.given, graph_.always(), fallback.given);
  return result;
}

Number LaneMaker::table_number(const Expression& expression) {
  const auto policy = static_cast<ops::HitPolicy>(expression.a);
  const bool is_apart = policy == ops::HitPolicy::kFirst || (expression.b & ops::kRowsApart) != 0;
  if (!is_apart || (policy != ops::HitPolicy::kFirst && policy != ops::HitPolicy::kUnique))
    return unknown_number(expression, Reason::kOperation);
  const bool has_otherwise = (expression.b & ops::kHasOtherwise) != 0;
  Number result = has_otherwise ? number(expression.operands.back()) : nowhere();
  for (std::size_t row = expression.operands.size() / 2; row-- > 0;) {
    result = chosen(condition(expression.operands[2 * row]),
                    number(expression.operands[2 * row + 1]), result);
  }
  return result;
}

Number LaneMaker::clauses_number(const Expression& expression) {
  const plan::Beats& beats = expressions_.plan().clause_orders[expression.a];
  std::vector<Condition> statuses;
  for (std::size_t i = 0; i < beats.size(); ++i)
    statuses.push_back(condition(expression.operands[2 * i]));
  const Standing standing = stand(beats, statuses);
  const bool has_otherwise = (expression.b & ops::kHasOtherwise) != 0;
  Number result = has_otherwise ? number(expression.operands.back()) : nowhere();
  NodeId taken = graph_.never();
  NodeId sure = standing.sure;
  for (std::size_t i = 0; i < beats.size(); ++i) {
    sure = graph_.without(sure, graph_.both(taken, standing.live[i]));  // two say something
    taken = graph_.either(taken, standing.live[i]);
    result = chosen(of_mask(standing.live[i], graph_.always()),
                    number(expression.operands[2 * i + 1]), result);
  }
  result.known = graph_.both(result.known, sure);
  return result;
}

/// The outcome of a question that a condition asks, as an option.
Number LaneMaker::outcome(const Expression& expression) {
  const plan::RuleSet& rules = expressions_.plan().rule_sets[expression.a];
  if (rules.parted) return unknown_number(expression, Reason::kOperation);
  std::vector<Condition> statuses;
  for (const ExpressionId operand : expression.operands)
    statuses.push_back(condition(operand));
  const Standing standing = stand(rules.beats, statuses);
  std::array<NodeId, 3> effects{graph_.never(), graph_.never(), graph_.never()};
  for (std::size_t i = 0; i < rules.rules.size(); ++i) {
    NodeId& effect = effects[static_cast<std::size_t>(rules.rules[i].effect)];
    effect = graph_.either(effect, standing.live[i]);
  }
  const NodeId denies = effects[static_cast<std::size_t>(ops::Effect::kDenies)];
  const NodeId ranks = effects[static_cast<std::size_t>(ops::Effect::kRanks)];
  const NodeId grants = effects[static_cast<std::size_t>(ops::Effect::kGrants)];
  const auto option = [&](ops::OutcomeOption which) {
    return graph_.constant(Width::k8, static_cast<std::uint64_t>(which));
  };
  NodeId lanes = option(ops::OutcomeOption::kDenied);
  lanes = graph_.select(Width::k8, ranks, option(ops::OutcomeOption::kRanked), lanes);
  lanes = graph_.select(Width::k8, grants, option(ops::OutcomeOption::kGranted), lanes);
  const NodeId conflict =
      graph_.either(graph_.both(grants, denies),
                    graph_.either(graph_.both(grants, ranks), graph_.both(ranks, denies)));
  lanes = graph_.select(Width::k8, conflict, option(ops::OutcomeOption::kConflict), lanes);
  NodeId known = standing.sure;
  if (!rules.can_grant) known = graph_.without(known, standing.none);
  return {lanes, Width::k8, 0, 0, 3, known, graph_.always()};
}

Number LaneMaker::make_number(ExpressionId id) {
  const Expression& expression = expressions_[id];
  if (const FactColumn* column = column_of(id)) return column_number(*column, expression);
  if (expression.shape != Shape::kStep) return unknown_number(expression, expression.reason);
  if (is_worth_function(expression)) {
    if (const Function* function = functions_.of(id)) return function_number(*function, expression);
  }
  const auto at = [&](std::size_t i) { return expression.operands[i]; };
  switch (expression.operation) {
    case Operation::kSum:
      return sum(expression);
    case Operation::kProduct:
      return product(expression);
    case Operation::kLeast:
      return extreme(expression, true);
    case Operation::kGreatest:
      return extreme(expression, false);
    case Operation::kIf:
      return chosen(condition(at(0)), number(at(1)), number(at(2)));
    case Operation::kOrIfNone:
      return or_if_none(expression);
    case Operation::kTable:
      return table_number(expression);
    case Operation::kClauses:
      return clauses_number(expression);
    case Operation::kOutcome:
      return outcome(expression);
    case Operation::kFold:
      return fold_number(expression);
    default:  // NOLINT: whatever else yields a number is the case evaluator's
      return unknown_number(expression, Reason::kOperation);
  }
}

}  // namespace juzhu::batch
