// Conditions: chains, lists, comparisons.
#include "sema/checker.h"
#include "syntax/parse.h"

namespace juzhu::sema {

using ops::Operation;
using value::TypeKind;

ExprId Checker::check(const Scope& scope, NodeId node, const Type* want) {
  const SyntaxTree& tree = *scope.file->tree;
  if (tree.node(node).error) return broken(tree.span(node));
  switch (tree.kind(node)) {
    case NodeKind::kExpr:
    case NodeKind::kOperand:
    case NodeKind::kPrimary:
    case NodeKind::kFactor: {
      const std::vector<NodeId> children = tree.children(node);
      return children.empty() ? broken(tree.span(node)) : check(scope, children.front(), want);
    }
    case NodeKind::kIfExpr:
      return check_if(scope, node, want);
    case NodeKind::kFoldExpr:
    case NodeKind::kCountExpr:
    case NodeKind::kCoverExpr:
      return check_fold(scope, node, want);
    case NodeKind::kLogic:
      return check_logic(scope, node, want);
    case NodeKind::kQuantified:
      return check_quantified(scope, node);
    case NodeKind::kNotExpr: {
      const ExprId operand = check_condition(scope, tree.child(node, NodeKind::kOperand));
      return make(Operation::kNot, value::boolean_type(), tree.span(node), {operand});
    }
    case NodeKind::kListExpr:
      return check_list(scope, node);
    case NodeKind::kComparison:
      return check_comparison(scope, node, want);
    case NodeKind::kSum:
      return check_sum(scope, node, want);
    case NodeKind::kProduct:
      return check_product(scope, node, want);
    case NodeKind::kNegation: {
      const ExprId operand =
          needs_rounding(check(scope, tree.child(node, NodeKind::kFactor), want));
      return add_terms({operand}, {true}, tree.span(node));
    }
    case NodeKind::kMeasure:
      return check_measure(scope, node);
    case NodeKind::kTimeSet:
      return check_time_set(scope, node, want, NodeId{});
    case NodeKind::kQuantity:
      return check_quantity(scope, node, want);
    case NodeKind::kDateLiteral:
    case NodeKind::kMonthDay:
    case NodeKind::kString:
    case NodeKind::kNoLiteral:
    case NodeKind::kBoundaryDay:
      return check_primary(scope, node, want);
    case NodeKind::kListFold:
      return check_list_fold(scope, node, want);
    case NodeKind::kSetLiteral:
      return check_set(scope, node, want);
    case NodeKind::kParens:
      return check(scope, tree.child(node, NodeKind::kExpr), want);
    case NodeKind::kReference:
      return check_reference(scope, node, want);
    case NodeKind::kArg:
      return check_arg(scope, node, want);
    case NodeKind::kTable:
      return check_table(scope, node, want);
    default:
      return broken(tree.span(node));
  }
}

ExprId Checker::require_condition(const Scope& scope, ExprId expr) {
  (void)scope;
  if (is_broken(expr) || type(expr).kind == TypeKind::kBoolean) return expr;
  sink_
      .report(diag::Code::kNotACondition, at(expr).span,
              say("a condition must stand here, not {}", "此处须为条件，而不是{}",
                  type_text(type(expr))),
              say("this is {}", "这是{}", type_text(type(expr))))
      .helps.emplace_back(say("compare it, for example with `is at least …` or `is …`",
                              "请作比较，例如 `至少 …` 或 `为 …`"));
  return broken(at(expr).span);
}

ExprId Checker::check_condition(const Scope& scope, NodeId node) {
  const Type boolean = value::boolean_type();
  return require_condition(scope, check(scope, node, &boolean));
}

ExprId Checker::check_logic(const Scope& scope, NodeId node, const Type* want) {
  const SyntaxTree& tree = *scope.file->tree;
  const std::vector<NodeId> operands = tree.children(node, NodeKind::kOperand);
  if (operands.size() == 1) return check(scope, operands.front(), want);
  const bool has_or = tree.has(node, TokenKind::kOR);
  if (has_or && tree.has(node, TokenKind::kAND)) {
    sink_
        .report(diag::Code::kMixedAndOr, tree.span(node),
                say("`and` and `or` stand in one chain", "`且` 与 `或` 连写在一起"),
                say("which one goes first is not said", "没有写明哪个在先"))
        .helps.emplace_back(say("use brackets, or the lists `all of {{ … }}` and `any of {{ … }}`",
                                "加括号，或用 `全部满足 {{ … }}` 和 `任一满足 {{ … }}`"));
  }
  std::vector<ExprId> conditions;
  conditions.reserve(operands.size());
  for (const NodeId operand : operands)
    conditions.push_back(check_condition(scope, operand));
  return make(has_or ? Operation::kAny : Operation::kAll, value::boolean_type(), tree.span(node),
              std::move(conditions));
}

ExprId Checker::check_list(const Scope& scope, NodeId node) {
  const SyntaxTree& tree = *scope.file->tree;
  std::vector<ExprId> conditions;
  for (const NodeId entry : tree.children(node, NodeKind::kEntry)) {
    conditions.push_back(check_condition(scope, tree.child(entry, NodeKind::kExpr)));
    const Remarks remarks = remarks_of(*scope.file, entry);
    if (remarks.says_anything()) {
      program_.entry_remarks[conditions.back()] = remarks;
    }
  }
  const bool any = tree.has(node, TokenKind::kANY_OF);
  return make(any ? Operation::kAny : Operation::kAll, value::boolean_type(), tree.span(node),
              std::move(conditions));
}

ExprId Checker::check_if(const Scope& scope, NodeId node, const Type* want) {
  const SyntaxTree& tree = *scope.file->tree;
  // `if … otherwise if …` is a chain as long as a table: walked in a loop, built from its end.
  std::vector<std::pair<ExprId, ExprId>> branches;
  ExprId last;
  NodeId current = node;
  while (true) {
    const std::vector<NodeId> parts = tree.children(current, NodeKind::kExpr);
    if (parts.size() < 3) return broken(tree.span(node));
    branches.emplace_back(check_condition(scope, parts[0]), check(scope, parts[1], want));
    const NodeId next = tree.child(parts[2], NodeKind::kIfExpr);
    if (next.valid()) {
      current = next;
      continue;
    }
    last = check(scope, parts[2], want);
    break;
  }
  std::vector<ExprId> values{last};
  for (const auto& [test, value] : branches)
    values.push_back(value);
  for (ExprId& value : values)
    value = points_if_wanted(value, want);
  auto common = common_type(values);
  if (!common) return broken(tree.span(node));
  for (ExprId& value : values)
    value = as_type(value, *common, say("this branch", "此分支"));
  ExprId result = values.front();
  for (std::size_t i = branches.size(); i-- > 0;) {
    result =
        make(Operation::kIf, *common, tree.span(node), {branches[i].first, values[i + 1], result});
  }
  return result;
}

ExprId Checker::check_comparison(const Scope& scope, NodeId node, const Type* want) {
  const SyntaxTree& tree = *scope.file->tree;
  const NodeId sum = tree.child(node, NodeKind::kSum);
  if (!sum.valid()) return broken(tree.span(node));
  const std::vector<NodeId> children = tree.children(node);
  if (children.size() == 1) return check(scope, sum, want);
  const ExprId left = check(scope, sum);
  const NodeId tail = children.back();
  const Span span = tree.span(node);
  if (is_broken(left)) return left;
  switch (tree.kind(tail)) {
    case NodeKind::kIsTail:
      return check_is(scope, left, tail, span);
    case NodeKind::kRelation:
      return check_relation(scope, left, tail, span);
    case NodeKind::kHasTail:
      return check_has(scope, left, tail, span);
    case NodeKind::kIncludesTail: {
      Type element = type(left);
      if (element.kind == TypeKind::kChoiceSet) element = value::choice_type(element.choice);
      if (element.kind == TypeKind::kMemberSet) element = value::member_type(element.entity);
      if (element == type(left)) {
        sink_
            .report(diag::Code::kTypeMismatch, at(left).span,
                    say("`includes` asks a set, not {}", "`包含` 用于集合，而不是{}",
                        type_text(type(left))),
                    say("this is {}", "这是{}", type_text(type(left))))
            .helps.emplace_back(say("use `is` or `is one of`", "用 `为` 或 `属下列之一`"));
        return broken(span);
      }
      const ExprId right = as_type(check(scope, tree.child(tail, NodeKind::kSum), &element),
                                   element, say("the element", "元素"));
      return make(Operation::kIncludes, value::boolean_type(), span, {left, right});
    }
    default:
      return broken(span);
  }
}

ExprId Checker::check_is(const Scope& scope, ExprId left, NodeId tail, Span span) {
  const SyntaxTree& tree = *scope.file->tree;
  if (tree.has(tail, TokenKind::kIS_GIVEN))
    return make(Operation::kGiven, value::boolean_type(), span, {left});
  ExprId result;
  if (const NodeId relation = tree.child(tail, NodeKind::kRelation); relation.valid()) {
    result = check_relation(scope, left, relation, span);
  } else {
    const Type wanted = type(left);
    const ExprId right = check(scope, tree.child(tail, NodeKind::kSum), &wanted);
    result = equal(scope, left, right, span);
  }
  return tree.has(tail, TokenKind::kIS_NOT)
             ? make(Operation::kNot, value::boolean_type(), span, {result})
             : result;
}

ExprId Checker::equal(const Scope& scope, ExprId left, ExprId right, Span span) {
  (void)scope;
  if (is_broken(left) || is_broken(right)) return broken(span);
  if (type(left).kind == TypeKind::kQuotient || type(right).kind == TypeKind::kQuotient) {
    return compare_quotient(Operation::kEqual, left, right, span);
  }
  if (!common_type({left, right})) return broken(span);
  const TypeKind kind = type(left).kind;
  if (kind == TypeKind::kBoolean && is_constant(right)) {
    // `x is yes` is x, `x is no` is not x: no second way to say a condition.
    return value::is_true(constant_of(right))
               ? left
               : make(Operation::kNot, value::boolean_type(), span, {left});
  }
  const bool comparable = kind == TypeKind::kNumber || kind == TypeKind::kDate ||
                          kind == TypeKind::kMonth || kind == TypeKind::kChoice ||
                          kind == TypeKind::kPlace || kind == TypeKind::kText ||
                          kind == TypeKind::kMember;
  if (!comparable) {
    sink_
        .report(diag::Code::kTypeMismatch, span,
                say("`is` does not compare {}", "`为` 不能比较{}", type_text(type(left))),
                say("compared here", "在此比较"))
        .helps.emplace_back(
            say("use `has`, `includes` or `some … among …`", "用 `具有`、`包含` 或 `有 … 属于 …`"));
    return broken(span);
  }
  return make(Operation::kEqual, value::boolean_type(), span, {left, right});
}

ExprId Checker::compare_quotient(Operation relation, ExprId left, ExprId right, Span span) {
  const bool swapped = type(right).kind == TypeKind::kQuotient;
  const ExprId quotient = swapped ? right : left;
  const ExprId bound = swapped ? left : right;
  if (type(bound).kind == TypeKind::kQuotient) return needs_rounding(bound);
  const Expr parts = at(quotient);
  const value::Unit unit = type(parts.operands[0]).unit / type(parts.operands[1]).unit;
  if (type(bound).kind != TypeKind::kNumber || type(bound).unit != unit) {
    sink_
        .report(diag::Code::kUnitMismatch, at(bound).span,
                say("a division in {} is compared with {}", "以{}计的除式与{}作比较",
                    unit_text(unit), type_text(type(bound))),
                say("not the same unit", "单位不同"))
        .helps.emplace_back(say("give both sides the same unit", "两边应取相同单位"));
    return broken(span);
  }
  auto kind = ops::Relation::kEqual;
  if (relation == Operation::kLess) kind = ops::Relation::kLess;
  if (relation == Operation::kLessEqual) kind = ops::Relation::kLessEqual;
  return make(Operation::kCompareQuotient, value::boolean_type(), span,
              {parts.operands[0], parts.operands[1], bound}, static_cast<std::uint32_t>(kind),
              swapped ? 1 : 0);
}

ExprId Checker::ordered(TokenKind relation, ExprId left, ExprId right, Span span) {
  if (is_broken(left) || is_broken(right)) return broken(span);
  const bool swapped = relation == TokenKind::kAT_LEAST || relation == TokenKind::kOVER ||
                       relation == TokenKind::kAFTER || relation == TokenKind::kON_OR_AFTER;
  const bool strict = relation == TokenKind::kOVER || relation == TokenKind::kUNDER ||
                      relation == TokenKind::kBEFORE || relation == TokenKind::kAFTER;
  const Operation operation = strict ? Operation::kLess : Operation::kLessEqual;
  const ExprId first = swapped ? right : left;
  const ExprId second = swapped ? left : right;
  if (type(left).kind == TypeKind::kQuotient || type(right).kind == TypeKind::kQuotient) {
    return compare_quotient(operation, first, second, span);
  }
  if (!common_type({left, right})) return broken(span);
  const TypeKind kind = type(left).kind;
  if (kind != TypeKind::kNumber && kind != TypeKind::kDate && kind != TypeKind::kMonth) {
    sink_
        .report(diag::Code::kTypeMismatch, span,
                say("{} has no order", "{}没有大小先后", type_text(type(left))),
                say("compared here", "在此比较"))
        .helps.emplace_back(say("numbers, dates and months can be compared; use `is` or `within`",
                                "数、日期和月份可比大小；其他请用 `为` 或 `位于`"));
    return broken(span);
  }
  return make(operation, value::boolean_type(), span, {first, second});
}

ExprId Checker::check_relation(const Scope& scope, ExprId left, NodeId relation, Span span) {
  const SyntaxTree& tree = *scope.file->tree;
  const Type wanted = type(left).kind == TypeKind::kQuotient ? value::number_type(0) : type(left);
  if (tree.has(relation, TokenKind::kONE_OF)) {
    std::vector<ExprId> operands{left};
    for (const NodeId option :
         tree.children(tree.child(relation, NodeKind::kSetLiteral), NodeKind::kExpr)) {
      operands.push_back(needs_rounding(check(scope, option, &wanted)));
    }
    if (!common_type(operands)) return broken(span);
    return make(Operation::kOneOf, value::boolean_type(), span, std::move(operands));
  }
  const NodeId sum = tree.child(relation, NodeKind::kSum);
  if (!sum.valid()) return broken(span);
  if (tree.has(relation, TokenKind::kWITHIN)) {
    const Type place = value::place_type();
    const ExprId right = check(scope, sum, &place);
    if (is_broken(left) || is_broken(right)) return broken(span);
    if (type(left).kind == TypeKind::kDate && type(right).kind == TypeKind::kTime) {
      return make(Operation::kCoversDate, value::boolean_type(), span, {right, left},
                  type(right).months ? 1 : 0);
    }
    if (!common_type({left, right})) return broken(span);
    const ExprId inner = as_type(left, place, say("what lies `within`", "`位于` 的主体"));
    return is_broken(inner) ? inner
                            : make(Operation::kWithin, value::boolean_type(), span, {inner, right});
  }
  for (const std::uint32_t index : tree.own_tokens(relation)) {
    return ordered(tree.tokens[index].kind, left, check(scope, sum, &wanted), span);
  }
  return broken(span);
}

ExprId Checker::check_has(const Scope& scope, ExprId left, NodeId tail, Span span) {
  const SyntaxTree& tree = *scope.file->tree;
  const NodeId name = tree.child(tail, NodeKind::kProperty);
  if (!name.valid()) return broken(span);
  Pending pending;
  const ExprId value = property(scope, left, tree.tokens[tree.node(name).first_token], pending);
  const ExprId asked = require_condition(
      scope, finish(scope, pending, tree.children(tail, NodeKind::kSuffix), value, span));
  return tree.has(tail, TokenKind::kLACKS)
             ? make(Operation::kNot, value::boolean_type(), span, {asked})
             : asked;
}

}  // namespace juzhu::sema
