// What a scenario expects: an outcome and the rules that decide it, a value, missing facts, an
// error, a conflict with a higher norm.
#include <algorithm>
#include <tuple>

#include "sema/checker.h"
#include "syntax/parse.h"

namespace juzhu::sema {

using ops::Operation;

NodeId unwrap(const SyntaxTree& tree, NodeId node, NodeKind kind) {
  while (node.valid() && tree.kind(node) != kind) {
    const std::vector<NodeId> children = tree.children(node);
    // Brackets say nothing; `not` does.
    if (children.size() != 1 || tree.has(node, TokenKind::kNOT)) return {};
    node = children.front();
  }
  return node;
}

namespace {

bool is_unknown_word(std::string_view text) { return text == "unknown" || text == "未知"; }

}  // namespace

void Checker::expected_outcome(const Scope& scope, NodeId node, Expectation& into) {
  const SyntaxTree& tree = *scope.file->tree;
  const NodeId comparison = unwrap(tree, node, NodeKind::kComparison);
  const NodeId tail = comparison.valid() ? tree.child(comparison, NodeKind::kIsTail) : NodeId{};
  const NodeId sum = comparison.valid() ? tree.child(comparison, NodeKind::kSum) : NodeId{};
  if (!tail.valid() || !sum.valid()) {
    into.condition = check_condition(scope, node);
    return;
  }
  const NodeId right = tree.child(tail, NodeKind::kSum);
  const ExprId left = check(scope, sum);
  const bool negated = tree.has(tail, TokenKind::kIS_NOT);
  // Of somebody who is not named, but reached through a fact, an outcome is a condition like
  // others.
  const bool is_question = at(left).operation == Operation::kQuestion;
  const bool asks_outcome = is_question && member_asked(left);
  if (right.valid() && is_unknown_word(tree.text_of(right))) {
    into.unknown = true;
    if (negated) {
      sink_
          .report(diag::Code::kTypeMismatch, tree.span(tail),
                  say("`is not unknown` says nothing of what comes out",
                      "`不为 未知` 没有说明结果是什么"),
                  say("expects no value", "没有预期任何值"))
          .helps.emplace_back(
              say("write the value or the outcome that is expected", "写明预期的值或结果"));
    }
    (is_question ? into.question : into.value) = left;
  } else if (asks_outcome) {
    into.question = left;
    const Type outcome = value::choice_type(program_.outcome_choice);
    std::vector<NodeId> options;
    if (right.valid()) options.push_back(right);
    if (const NodeId relation = tree.child(tail, NodeKind::kRelation); relation.valid()) {
      const NodeId set = tree.child(relation, NodeKind::kSetLiteral);
      if (set.valid()) options = tree.children(set, NodeKind::kExpr);
    }
    if (options.empty()) {
      sink_
          .report(diag::Code::kTypeMismatch, tree.span(tail),
                  say("an outcome has no order", "结果没有大小先后"),
                  say("not an outcome", "不是结果"))
          .helps.emplace_back(say("write `is granted` or `is one of {{ granted, ranked }}`",
                                  "写 `为 已准` 或 `属下列之一 {{ 已准，待排 }}`"));
    }
    for (const NodeId option : options) {
      const ExprId chosen =
          as_type(check(scope, option, &outcome), outcome, say("the outcome", "结果"));
      if (!is_broken(chosen) && is_constant(chosen)) {
        into.outcomes = static_cast<std::uint8_t>(into.outcomes | constant_of(chosen).lo);
      }
    }
    if (negated) into.outcomes = static_cast<std::uint8_t>(~into.outcomes & 0xF);
    into.condition = check_condition(scope, node);
  } else {
    into.condition = check_condition(scope, node);
  }
  if (!into.question.valid()) return;
  asked_member(into);
}

std::optional<std::uint32_t> Checker::member_asked(ExprId question) const {
  const Expr& subject = at(at(question).operands.front());
  const auto asked =
      std::find_if(member_locals_.begin(), member_locals_.end(), [&](LocalId member) {
        return subject.operation == Operation::kArgument && subject.a == member.index;
      });
  if (asked == member_locals_.end()) return std::nullopt;
  return static_cast<std::uint32_t>(asked - member_locals_.begin());
}

void Checker::asked_member(Expectation& into) {
  const Expr& question = at(into.question);
  into.service = question.a;
  into.lowest_level =
      question.b == 0 ? ops::Level::kPractice : static_cast<ops::Level>(question.b - 1);
  if (const auto position = member_asked(into.question)) {
    std::tie(into.household, into.member) = place_on_list(program_, *scenario_, *position);
    return;
  }
  sink_
      .report(diag::Code::kWrongKindOfName, at(into.question).span,
              say("an outcome is expected of a member of the scenario",
                  "预期的结果须是情形中某个成员的"),
              say("not one of its members", "不是其成员"))
      .helps.emplace_back(
          say("name a member: `expect Mei's … is granted`", "写明成员：`预期 小梅的… 为 已准`"));
}

void Checker::asked_household(ExprId expr, Span span, Expectation& into) {
  if (scenario_->households.empty()) return;
  std::set<std::uint32_t> households;
  std::vector<ExprId> open{expr};
  while (!open.empty()) {
    const ExprId id = open.back();
    open.pop_back();
    if (!id.valid()) continue;
    const Expr& each = at(id);
    open.insert(open.end(), each.operands.begin(), each.operands.end());
    if (each.operation != Operation::kArgument) continue;
    for (std::uint32_t i = 0; i < member_locals_.size(); ++i) {
      if (member_locals_[i].index == each.a)
        households.insert(place_on_list(program_, *scenario_, i).first);
    }
  }
  if (!households.empty()) into.household = *households.begin();
  if (households.size() < 2) return;
  sink_
      .report(diag::Code::kWrongArgument, span,
              say("one expectation is about one household", "一项预期只针对一户"),
              say("names members of several", "涉及多户的成员"))
      .helps.emplace_back(say("expect something of each of them", "对每一户分别写预期"));
}

NeededFact Checker::needed_fact(const Scope& scope, const Scenario& scenario, NodeId node) {
  const SyntaxTree& tree = *scope.file->tree;
  NeededFact needed;
  value::FactRef& ref = needed.fact;
  const NodeId reference = unwrap(tree, node, NodeKind::kReference);
  const auto wrong = [&] {
    sink_
        .report(diag::Code::kWrongKindOfName, tree.span(node),
                say("`needs` names facts of the scenario", "`尚需` 列出情形中的事实"),
                say("not a fact or a list", "不是事实或时段"))
        .helps.emplace_back(say("write for example `needs {{ Li's permits, Mei's birth_date }}`",
                                "例如写 `尚需 {{ 李的居住证记录，小梅的出生日期 }}`"));
    return needed;
  };
  if (!reference.valid()) return wrong();
  const std::vector<std::string> names =
      path_names(*scope.file, tree.child(reference, NodeKind::kPath));
  const std::vector<NodeId> properties = tree.children(reference, NodeKind::kProperty);
  if (names.empty() || properties.size() != 1) return wrong();
  EntityId entity{std::size_t{0}};
  if (names.front() != "household" && names.front() != "户") {
    const auto member = member_named(scenario, names);
    if (!member) return wrong();
    needed.household = member->first;
    ref.member = static_cast<std::int32_t>(member->second);
    const Scenario& from =
        scenario.households.empty() ? scenario : program_[scenario.households[member->first]];
    entity = from.household.members[member->second].entity;
  }
  const std::string property =
      name_text(*scope.file, tree.tokens[tree.node(properties.front()).first_token]);
  if (const auto fact = schema_->fact(entity, property)) {
    ref.fact = *fact;
    return needed;
  }
  if (const auto list = schema_->list(entity, property)) {
    ref.kind = value::FactRef::Kind::kList;
    ref.list = *list;
    return needed;
  }
  return wrong();
}

void Checker::expectation_error(const Scope& scope, NodeId node, NodeId expr, Expectation& into) {
  const SyntaxTree& tree = *scope.file->tree;
  const ExprId value = check(scope, expr);
  (at(value).operation == Operation::kQuestion ? into.question : into.value) = value;
  if (into.question.valid()) asked_member(into);
  const syntax::Token* token = tree.token(node, TokenKind::kSTRING);
  const std::string code = token == nullptr ? "" : syntax::string_of(tree.text_of(*token));
  std::vector<std::string> known;
  for (std::size_t i = 0; i <= static_cast<std::size_t>(value::ErrorCode::kNoRuleInForce); ++i) {
    const auto each = static_cast<value::ErrorCode>(i);
    known.emplace_back(value::error_name(each));
    if (known.back() == code) into.fails_with = each;
  }
  if (into.fails_with) return;
  const Span span = token == nullptr ? tree.span(node) : tree.span(*token);
  const auto guess = diag::did_you_mean(code, known);
  sink_
      .report(diag::Code::kUnknownCode, span,
              say("no error called `{}`", "没有名为 `{}` 的错误", code), say("not known", "未知"))
      .helps.emplace_back(
          guess ? say("did you mean `{}`?", "是否想写 `{}`？", *guess)
                : say("docs/errors/README.md lists them; for example no-rule-in-force",
                      "各种错误见 docs/errors/README.md，例如 no-rule-in-force"));
}

void Checker::expectation_names(const Scope& scope, NodeId node, Expectation& into) {
  // Names after `by` and `conflicts with`, told apart by the word before them.
  const SyntaxTree& tree = *scope.file->tree;
  TokenKind after = TokenKind::kEXPECT;
  for (const std::uint32_t index : tree.own_tokens(node)) {
    const syntax::Token& token = tree.tokens[index];
    if (token.kind == TokenKind::kBY || token.kind == TokenKind::kCONFLICTS_WITH)
      after = token.kind;
    if (token.kind != TokenKind::kNAME) continue;
    if (after == TokenKind::kBY) {
      if (const Symbol* rule = need(*scope.file, token, {SymbolKind::kRule}, say("rule", "规则"))) {
        into.by.emplace_back(rule->index);
      }
    } else if (const Symbol* source =
                   need(*scope.file, token, {SymbolKind::kSource}, say("source", "文件"))) {
      into.conflicts_with.emplace_back(source->index);
    }
  }
}

void Checker::expectation_needs(const Scope& scope, const Scenario& scenario, NodeId node,
                                Expectation& into) {
  const SyntaxTree& tree = *scope.file->tree;
  const NodeId needs = tree.child(node, NodeKind::kSetLiteral);
  if (!needs.valid() || !tree.has(node, TokenKind::kNEEDS)) return;
  into.has_needs = true;
  for (const NodeId fact : tree.children(needs, NodeKind::kExpr)) {
    into.needs.push_back(needed_fact(scope, scenario, fact));
  }
}

Expectation Checker::expectation_of(const Scope& scope, const Scenario& scenario, NodeId node) {
  const SyntaxTree& tree = *scope.file->tree;
  Expectation expectation;
  expectation.span = tree.span(node);
  readings_.clear();
  const NodeId expr = tree.child(node, NodeKind::kExpr);
  const NodeId placed = tree.child(node, NodeKind::kPlaced);
  if (placed.valid()) {
    expected_place(scope, scenario, placed, expectation);
  } else if (!expr.valid()) {
    return expectation;
  } else if (tree.has(node, TokenKind::kFAILS_WITH)) {
    expectation_error(scope, node, expr, expectation);
  } else {
    expected_outcome(scope, expr, expectation);
  }
  for (const ExprId value : {expectation.condition, expectation.value}) {
    if (value.valid()) asked_household(value, expectation.span, expectation);
  }
  expectation.readings = readings_;
  expectation_names(scope, node, expectation);
  expectation_needs(scope, scenario, node, expectation);
  const bool about_rules = !expectation.by.empty() || !expectation.conflicts_with.empty();
  const bool of_value = !expectation.question.valid();
  const bool left_open =
      expectation.placed && expectation.placed->kind == PlacedExpectation::Kind::kLeavesOpen;
  const bool is_open = expectation.unknown || left_open;
  if ((of_value && about_rules) || (of_value && expectation.has_needs && !is_open)) {
    sink_
        .report(diag::Code::kTypeMismatch, tree.span(node),
                say("`by` and `conflicts with` go with an outcome, `needs` with what is unknown",
                    "`按` 和 `抵触` 配合结果使用，`尚需` 配合未知使用"),
                say("says nothing here", "在此没有意义"))
        .helps.emplace_back(say("leave it out, or expect `… is unknown needs {{ … }}`",
                                "删去，或写成预期 `… 为 未知 尚需 {{ … }}`"));
  }
  if (!sink_.has_errors()) {
    for (const ExprId asked : {expectation.condition, expectation.value, expectation.question})
      reach_stacks(program_, scenario.stack, asked);
    for (const auto& [reform, above] : program_.stacks[scenario.stack].above)
      report_reform_circle(above, expectation.span);
    const bool of_outcome = expectation.question.valid();
    const ReformId reform = of_outcome ? reform_asked(at(expectation.question)) : ReformId{};
    expectation.stack =
        reform.valid() ? program_.stacks[scenario.stack].above.at(reform) : scenario.stack;
  }
  return expectation;
}

}  // namespace juzhu::sema
