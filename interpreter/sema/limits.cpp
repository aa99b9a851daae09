// What a rulebook says about itself: bounds that a higher norm puts on parameters, facts that rules
// must not rest on, and properties that every household must keep.
#include <algorithm>
#include <array>

#include "sema/checker.h"

namespace juzhu::sema {

using ops::Operation;
using value::TypeKind;

std::optional<value::PlaceLevel> Checker::place_noun(std::string_view word) {
  struct Noun {
    std::string_view en, zh;
    value::PlaceLevel level;
  };
  static constexpr std::array<Noun, 4> kPlaceNouns = {
      {{"place", "地点", value::PlaceLevel::kRoot},
       {"county", "县", value::PlaceLevel::kCounty},
       {"city", "市", value::PlaceLevel::kCity},
       {"province", "省", value::PlaceLevel::kProvince}}};
  for (const Noun& noun : kPlaceNouns) {
    if (word == noun.en || word == noun.zh) return noun.level;
  }
  return std::nullopt;
}

void Checker::check_limits() {
  each_declaration(NodeKind::kLimitDecl,
                   [&](const File& file, NodeId node) { check_limit(file, node); });
}

bool Checker::limit_target(const File& file, NodeId node, Limit& limit) {
  const SyntaxTree& tree = *file.tree;
  for (const NodeId binds : tree.children(node, NodeKind::kBinds)) {
    const Symbol* target = need(file, *tree.token(binds, TokenKind::kNAME),
                                {SymbolKind::kParameter, SymbolKind::kService},
                                say("parameter or service", "参数或服务"));
    if (target == nullptr) return false;
    if (target->kind == SymbolKind::kParameter) limit.parameter = ParameterId{target->index};
    if (target->kind == SymbolKind::kService) limit.service = ServiceId{target->index};
  }
  return true;
}

void Checker::limit_places(const File& file, NodeId node, Scope& scope, Limit& limit) {
  const SyntaxTree& tree = *file.tree;
  const NodeId each = tree.child(node, NodeKind::kForEach);
  if (!each.valid()) return;
  const syntax::Token& noun = *tree.token(each, TokenKind::kNAME);
  const std::string word = name_text(file, noun);
  const auto level = place_noun(word);
  const NodeId among = tree.child(each, NodeKind::kSum);
  if (!level || among.valid()) {
    sink_
        .report(diag::Code::kWrongKindOfName, among.valid() ? tree.span(among) : tree.span(noun),
                say("a limit runs over places", "限制须遍历地点"),
                say("not a kind of place", "不是一种地点"))
        .helps.emplace_back(in_tongue_of(
            word,
            say("write `for each city`, county, province or place",
                "写 `for each city`，或 county、province、place"),
            say("write 对每个 市, 县, 省 or 地点", "写 `对每个 市`，或 县、省、地点")));
    return;
  }
  limit.place = add_local(word, value::place_type(), tree.span(noun));
  limit.place_level = *level;
  scope.locals.push_back(limit.place);
  if (const NodeId where = tree.child(each, NodeKind::kExpr); where.valid())
    limit.concerns = check_condition(scope, where);
}

void Checker::limit_bounds(const File& file, NodeId node, const Scope& scope, Limit& limit) {
  const SyntaxTree& tree = *file.tree;
  std::vector<ExprId> conditions;
  Span span;
  const auto parameter = [&](Span at) {
    return make(Operation::kParameter, program_[limit.parameter].type, at, {},
                limit.parameter.index, 0);
  };
  const auto said = [&](NodeId bound) {
    const Span here = tree.span(bound);
    span = conditions.empty() ? here : Span{here.file, span.begin, here.end};
  };
  const Type wanted = program_[limit.parameter].type;
  for (const NodeId bound : tree.children(node, NodeKind::kBound)) {
    said(bound);
    const ExprId right = check(scope, tree.child(bound, NodeKind::kSum), &wanted);
    for (const std::uint32_t index : tree.own_tokens(bound)) {
      conditions.push_back(
          ordered(tree.tokens[index].kind, parameter(tree.span(bound)), right, tree.span(bound)));
      break;
    }
  }
  for (const NodeId must : tree.children(node, NodeKind::kMustBe)) {
    said(must);
    const ExprId right = check(scope, tree.child(must, NodeKind::kExpr), &wanted);
    conditions.push_back(equal(scope, parameter(tree.span(must)), right, tree.span(must)));
  }
  limit.holds = joined(conditions, span);
  if (limit.holds.valid()) limit.bound = span;
}

void Checker::forbidden_facts(const File& file, NodeId node, Limit& limit) {
  const SyntaxTree& tree = *file.tree;
  for (const NodeId ban : tree.children(node, NodeKind::kMustNotRestOn)) {
    limit.bound = tree.span(ban);
    for (const std::uint32_t index : tree.own_tokens(ban)) {
      const syntax::Token& token = tree.tokens[index];
      if (token.kind != TokenKind::kNAME) continue;
      const std::string name = name_text(file, token);
      bool found = false;
      std::vector<std::string> known;
      const auto note = [&](const Bilingual& declared) {
        known.insert(known.end(), {declared.en, declared.zh});
        found = found || declared.is(name);
        return declared.is(name);
      };
      for (std::uint32_t fact = 0; fact < schema_->facts.size(); ++fact) {
        if (note(schema_->facts[fact].name)) limit.facts.emplace_back(fact);
      }
      for (std::uint32_t list = 0; list < schema_->lists.size(); ++list) {
        if (note(schema_->lists[list].name)) limit.lists.emplace_back(list);
      }
      if (!found) unknown_name(file, tree.span(token), name, say("fact", "事实"), known);
    }
  }
}

void Checker::check_limit(const File& file, NodeId node) {
  Limit limit;
  static_cast<Declared&>(limit) = declared_of(file, node);
  limit.extent = extent_of(file, node, limit.remarks);
  limit.level = level_of(limit.remarks);
  if (const Symbol* known = find(file, limit.name.in(false), {SymbolKind::kLimit})) {
    sink_
        .report(diag::Code::kDuplicateName, limit.name_span,
                say("the limit `{}` is declared twice", "限制 `{}` 声明了两次", limit.name),
                say("second declaration", "第二次声明"))
        .labels.push_back({known->span, say("first declared here", "首次声明于此")});
    return;
  }
  const auto index = static_cast<std::uint32_t>(program_.limits.size());
  declare(limit.name, {SymbolKind::kLimit, index, {file.module}, limit.name_span});
  if (!limit_target(file, node, limit)) return;
  Scope scope;
  scope.file = &file;
  scope.counting = limit.remarks.counting.value_or(ops::Counting::kCivilCode);
  limit_places(file, node, scope, limit);
  if (limit.parameter.valid()) limit_bounds(file, node, scope, limit);
  forbidden_facts(file, node, limit);
  const SyntaxTree& tree = *file.tree;
  const bool bans = tree.child(node, NodeKind::kMustNotRestOn).valid();
  const bool bounds =
      tree.child(node, NodeKind::kBound).valid() || tree.child(node, NodeKind::kMustBe).valid();
  if (limit.parameter.valid() ? !bounds || bans : !bans || bounds) {
    sink_
        .report(
            diag::Code::kLimitSaysNothing, limit.name_span,
            say("the limit `{}` does not say what it asks", "限制 `{}` 没有写明要求", limit.name),
            limit.parameter.valid() ? say("binds a parameter", "约束参数")
                                    : say("binds no parameter", "没有约束参数"))
        .helps.emplace_back(
            limit.parameter.valid()
                ? say("add `at most …`, `at least …` or `must be …`, and nothing else",
                      "加上 `至多 …`、`至少 …` 或 `须为 …`，不写其他")
                : say("add `must not rest on {{ FACT }}`, and nothing else",
                      "加上 `不得依据 {{ 事实 }}`，不写其他"));
    return;
  }
  program_.limits.push_back(std::move(limit));
}

void Checker::check_properties() {
  each_declaration(NodeKind::kPropertyDecl,
                   [&](const File& file, NodeId node) { check_property(file, node); });
}

bool Checker::bind(const File& file, NodeId each, Scope& scope, Property& property) {
  const SyntaxTree& tree = *file.tree;
  const syntax::Token& noun = *tree.token(each, TokenKind::kNAME);
  const std::string name = name_text(file, noun);
  Property::Binder binder;
  std::vector<ExprId> concerns;
  std::uint32_t role = Id<int>::kNone;
  std::optional<Type> type = noun_type(file, noun, &role);
  if (const NodeId sum = tree.child(each, NodeKind::kSum); sum.valid()) {
    binder.among = check(scope, sum);
    if (is_broken(binder.among)) return false;
    role = Id<int>::kNone;
    type = this->type(binder.among).kind == TypeKind::kMemberSet
               ? std::optional(value::member_type(this->type(binder.among).entity))
               : std::nullopt;
  }
  if (!type || type->kind != TypeKind::kMember || type->entity.index == 0) {
    sink_
        .report(diag::Code::kWrongKindOfName, tree.span(each),
                say("a property runs over members of a household", "性质须遍历户内成员"),
                say("not members", "不是成员"))
        .helps.emplace_back(say(
            "write `for each child`, or `for each parent among child's parents`; ask about spells "
            "with `some` and `every`",
            "写 `对每个 孩子`，或 `对每个 家长 属于 孩子的父母`；时段请用 `有` 和 `每一` 提问"));
    return false;
  }
  binder.local = add_local(file, noun, *type);
  scope.locals.push_back(binder.local);
  if (role != Id<int>::kNone)
    concerns.push_back(role_condition(*type, role, binder.local, tree.span(noun)));
  if (const NodeId where = tree.child(each, NodeKind::kExpr); where.valid())
    concerns.push_back(check_condition(scope, where));
  binder.concerns = joined(concerns, tree.span(each));
  property.binders.push_back(binder);
  return true;
}

namespace {

/// What has a lower and a higher: numbers, dates, yes/no, options in their declared order,
/// outcomes.
bool has_order(const Type& type) {
  return type.kind == TypeKind::kNumber || type.kind == TypeKind::kDate ||
         type.kind == TypeKind::kMonth || type.kind == TypeKind::kBoolean ||
         type.kind == TypeKind::kChoice;
}

}  // namespace

void Checker::check_raising(const Scope& scope, NodeId raising, Property& property) {
  const SyntaxTree& tree = *scope.file->tree;
  const std::vector<NodeId> sides = tree.children(raising, NodeKind::kExpr);
  if (sides.size() != 2) return;
  property.raised = check(scope, sides[0]);
  property.measured = needs_rounding(check(scope, sides[1]));
  if (is_broken(property.raised) || is_broken(property.measured)) return;
  const Expr& raised = at(property.raised);
  const bool list = raised.operation == Operation::kRows;
  const bool fact = raised.operation == Operation::kFact &&
                    (has_order(raised.type) || raised.type.kind == TypeKind::kChoiceSet);
  const bool of_member =
      std::all_of(raised.operands.begin(), raised.operands.end(),
                  [&](ExprId of) { return at(of).operation == Operation::kArgument; });
  if ((!list && !fact) || !of_member) {
    sink_
        .report(diag::Code::kWrongKindOfName, tree.span(sides[0]),
                say("only a fact with an order, or a list of spells, can be raised",
                    "只有可比大小的事实或时段才能提高"),
                say("this is {}", "这是{}", type_text(raised.type)))
        .helps.emplace_back(
            say("name a fact of the household or of a member that the property binds",
                "写明该户的事实，或该性质所涉成员的事实"));
  }
  if (!has_order(type(property.measured))) {
    sink_
        .report(diag::Code::kTypeMismatch, tree.span(sides[1]),
                say("what is never lowered has an order", "绝不降低的东西须可比大小"),
                say("this is {}", "这是{}", type_text(type(property.measured))))
        .helps.emplace_back(say("name a number, a date, a yes/no, an option or an outcome",
                                "写明数、日期、是否、选项或结果"));
  }
}

void Checker::check_property(const File& file, NodeId node) {
  const SyntaxTree& tree = *file.tree;
  Property property;
  static_cast<Declared&>(property) = declared_of(file, node);
  property.extent = extent_of(file, node, property.remarks);
  if (const Symbol* known = find(file, property.name.in(false), {SymbolKind::kProperty})) {
    sink_
        .report(diag::Code::kDuplicateName, property.name_span,
                say("the property `{}` is declared twice", "性质 `{}` 声明了两次", property.name),
                say("second declaration", "第二次声明"))
        .labels.push_back({known->span, say("first declared here", "首次声明于此")});
    return;
  }
  const auto index = static_cast<std::uint32_t>(program_.properties.size());
  declare(property.name, {SymbolKind::kProperty, index, {file.module}, property.name_span});
  if (const NodeId fails = tree.child(node, NodeKind::kKnownToFail); fails.valid())
    property.known_to_fail = text_of(file, fails);
  Scope scope;
  scope.file = &file;
  scope.counting = property.remarks.counting.value_or(ops::Counting::kCivilCode);
  for (const NodeId each : tree.children(node, NodeKind::kForEach)) {
    if (!bind(file, each, scope, property)) return;
  }
  // With the text of the whole condition, of which a counterexample is made.
  const auto condition = [&](NodeId written) {
    const ExprId made = check_condition(scope, written);
    if (is_broken(made)) return made;
    return make(Operation::kAll, value::boolean_type(), tree.span(written), {made});
  };
  if (const NodeId whenever = tree.child(node, NodeKind::kWhenever); whenever.valid()) {
    const std::vector<NodeId> sides = tree.children(whenever, NodeKind::kExpr);
    if (sides.size() != 2) return;
    property.premise = condition(sides[0]);
    property.conclusion = condition(sides[1]);
  } else if (const NodeId always = tree.child(node, NodeKind::kAlways); always.valid()) {
    property.conclusion = condition(tree.child(always, NodeKind::kExpr));
  } else if (const NodeId raising = tree.child(node, NodeKind::kRaising); raising.valid()) {
    check_raising(scope, raising, property);
  } else {
    return;
  }
  program_.properties.push_back(std::move(property));
}

}  // namespace juzhu::sema
