// Quantifiers and aggregates over members, spells and sets of options.
#include "sema/checker.h"
#include "sema/role_among.h"

namespace juzhu::sema {

using ops::FoldKind;
using ops::Operation;
using value::TypeKind;

std::optional<Type> Checker::element_type(ExprId collection) {
  const Type& of = type(collection);
  switch (of.kind) {
    case TypeKind::kMemberSet:
      return value::member_type(of.entity);
    case TypeKind::kChoiceSet:
      return value::choice_type(of.choice);
    case TypeKind::kRows:
      return value::row_type(of.list);
    case TypeKind::kError:
      return std::nullopt;
    default:
      break;
  }
  sink_
      .report(diag::Code::kNotARowList, at(collection).span,
              say("members, spells or options must stand after `among`, not {}",
                  "`属于` 之后须为成员、时段或选项，而不是{}", type_text(of)),
              say("this is {}", "这是{}", type_text(of)))
      .helps.emplace_back(
          say("write for example `among child's parents` or `among person's permits`",
              "例如写 `属于 孩子的父母` 或 `属于 人的居住证`"));
  return std::nullopt;
}

ExprId Checker::check_collection(const Scope& scope, NodeId node) {
  // A bare noun means all such members: `some adult among person where …`.
  const SyntaxTree& tree = *scope.file->tree;
  const syntax::Node& sum = tree.node(node);
  if (sum.last_token == sum.first_token + 1 &&
      tree.tokens[sum.first_token].kind == TokenKind::kNAME) {
    const syntax::Token& token = tree.tokens[sum.first_token];
    const bool local = [&] {
      for (const LocalId id : scope.locals) {
        if (is_called(*scope.file, id, name_text(*scope.file, token))) return true;
      }
      return false;
    }();
    std::uint32_t role = Id<int>::kNone;
    const auto noun = local ? std::nullopt : noun_type(*scope.file, token, &role);
    if (noun && noun->kind == TypeKind::kMember && noun->entity.index != 0) {
      // A role is those members it holds for: whoever runs over them asks, see role_among().
      return make(Operation::kAllMembers, value::member_set_type(noun->entity), tree.span(node), {},
                  noun->entity.index, role == Id<int>::kNone ? 0 : role + 1);
    }
  }
  return check(scope, node);
}

ExprId Checker::fold(const Scope& scope, FoldKind kind, const syntax::Token& name,
                     NodeId collection, NodeId where, NodeId element, const Type* want, Span span) {
  const ExprId over = check_collection(scope, collection);
  const auto bound = element_type(over);
  if (!bound) return broken(span);
  Scope inner = scope;
  const LocalId local = add_local(*scope.file, name, *bound);
  inner.locals.push_back(local);
  ExprId condition = where.valid() ? check_condition(inner, where) : ExprId{};
  ExprId value;
  // `every x where φ` asks φ of each element; it leaves none out.
  if (kind == FoldKind::kEvery) std::swap(condition, value);
  if (const auto role = role_among(at(over))) {
    const ExprId filter = role_condition(*bound, *role, local, at(over).span);
    condition = condition.valid()
                    ? make(Operation::kAll, value::boolean_type(), span, {filter, condition})
                    : filter;
  }
  Type result = value::boolean_type();
  switch (kind) {
    case FoldKind::kSome:
    case FoldKind::kEvery:
    case FoldKind::kNo:
      break;
    case FoldKind::kCount:
      result = value::number_type(0);
      break;
    case FoldKind::kCover:
      if (bound->kind != TypeKind::kRow) {
        sink_
            .report(diag::Code::kNotARowList, at(over).span,
                    say("only spells cover time", "只有时段才覆盖时间"),
                    say("these are no spells", "这些不是时段"))
            .helps.emplace_back(
                say("write for example `time covered by permit among person's permits`",
                    "例如写 `覆盖时间 居住证 属于 人的居住证记录`"));
        return broken(span);
      }
      result = value::time_type((*schema_)[bound->list].unit != value::SpellUnit::kDays);
      break;
    case FoldKind::kSum:
    case FoldKind::kHighest:
    case FoldKind::kLowest: {
      value = needs_rounding(check(inner, element, want));
      result = type(value);
      if (is_broken(value)) return value;
      const bool number = result.kind == TypeKind::kNumber;
      const bool date = result.kind == TypeKind::kDate || result.kind == TypeKind::kMonth;
      if (!number && (kind == FoldKind::kSum || !date)) {
        sink_
            .report(diag::Code::kTypeMismatch, at(value).span,
                    say("{} cannot be {}", "{}不能{}", type_text(result),
                        kind == FoldKind::kSum ? say("added up", "相加") : say("compared", "比较")),
                    say("this is {}", "这是{}", type_text(result)))
            .helps.emplace_back(say("take a number or a date of each", "从每一个取一个数或日期"));
        return broken(span);
      }
      break;
    }
  }
  return make(Operation::kFold, result, span, {over, condition, value},
              static_cast<std::uint32_t>(kind), local.index);
}

ExprId Checker::check_quantified(const Scope& scope, NodeId node) {
  const SyntaxTree& tree = *scope.file->tree;
  const syntax::Token* name = tree.token(node, TokenKind::kNAME);
  if (name == nullptr) return broken(tree.span(node));
  auto kind = FoldKind::kSome;
  if (tree.has(node, TokenKind::kEVERY)) kind = FoldKind::kEvery;
  if (tree.has(node, TokenKind::kNO)) kind = FoldKind::kNo;
  return fold(scope, kind, *name, tree.child(node, NodeKind::kSum),
              tree.child(node, NodeKind::kExpr), NodeId{}, nullptr, tree.span(node));
}

ExprId Checker::check_fold(const Scope& scope, NodeId node, const Type* want) {
  const SyntaxTree& tree = *scope.file->tree;
  const NodeId each = tree.child(node, NodeKind::kEach);
  const Span span = tree.span(node);
  const syntax::Token* name = each.valid() ? tree.token(each, TokenKind::kNAME) : nullptr;
  if (name == nullptr) return broken(span);
  auto kind = FoldKind::kSum;
  if (tree.kind(node) == NodeKind::kCountExpr) kind = FoldKind::kCount;
  if (tree.kind(node) == NodeKind::kCoverExpr) kind = FoldKind::kCover;
  if (tree.has(node, TokenKind::kHIGHEST_OF) || tree.has(node, TokenKind::kLATEST_OF))
    kind = FoldKind::kHighest;
  if (tree.has(node, TokenKind::kLOWEST_OF) || tree.has(node, TokenKind::kEARLIEST_OF))
    kind = FoldKind::kLowest;
  ExprId result =
      fold(scope, kind, *name, tree.child(each, NodeKind::kSum), tree.child(each, NodeKind::kExpr),
           tree.child(node, NodeKind::kSum), want, span);
  const NodeId fallback = tree.child(node, NodeKind::kOrIfNone);
  if (!fallback.valid() || is_broken(result)) return result;
  result = points_if_wanted(result, want);
  const Type wanted = type(result);
  const ExprId instead =
      points_if_wanted(check(scope, tree.child(fallback, NodeKind::kSum), &wanted), want);
  const auto common = common_type({result, instead});
  if (!common) return broken(span);
  return make(Operation::kOrIfNone, *common, span,
              {as_type(result, *common, say("the value", "值")),
               as_type(instead, *common, say("what stands instead", "替代值"))});
}

}  // namespace juzhu::sema
