// Third pass: the values of parameters, the bodies of definitions and roles, and rules.
#include <algorithm>
#include <tuple>

#include "sema/checker.h"

namespace juzhu::sema {

using ops::Operation;
using value::TypeKind;

void Checker::check_parameter(const Place& place, ParameterId id) {
  const File& file = *place.file;
  const SyntaxTree& tree = *file.tree;
  const Remarks shared = remarks_of(file, place.node);
  Scope scope;
  scope.file = &file;
  for (const NodeId node : tree.children(place.node, NodeKind::kParameterValue)) {
    ParameterVersion version;
    version.span = tree.span(node);
    version.place = place_of(file, tree.child(node, NodeKind::kPath));
    version.remarks = remarks_of(file, node);
    if (version.remarks.cites.empty()) version.remarks.cites = shared.cites;
    const std::vector<NodeId> days = tree.children(node, NodeKind::kDay);
    std::size_t next = 0;
    if (tree.has(node, TokenKind::kFROM) && next < days.size()) {
      std::tie(version.from, version.day_not_known) = day_of(file, days[next++], false);
    }
    if (tree.has(node, TokenKind::kTO) && next < days.size())
      version.to = day_of(file, days[next], true).first;
    Parameter& parameter = program_.parameters[id.index];
    Type wanted = parameter.type;
    const ExprId found = check(scope, tree.child(node, NodeKind::kExpr), &wanted);
    if (is_broken(found)) continue;
    if (wanted.kind == TypeKind::kError) parameter.type = wanted = type(found);
    if (wanted.kind == TypeKind::kNumber && type(found).kind == TypeKind::kNumber &&
        type(found).scale > wanted.scale) {
      // A parameter keeps as many decimals as its most exact value; the others widen when all are
      // read.
      parameter.type.scale = wanted.scale = type(found).scale;
    }
    const ExprId value =
        as_type(found, wanted, say("the value of `{}`", "`{}` 的值", parameter.name));
    if (is_broken(value)) continue;
    if (!is_constant(value)) {
      sink_
          .report(diag::Code::kTypeMismatch, tree.span(node),
                  say("the value of a parameter is a literal", "参数的值须为常量"),
                  say("depends on something", "取决于别的东西"))
          .helps.emplace_back(say("use `define` for what is computed", "需要计算的，请用 `定义`"));
      continue;
    }
    version.value = constant_of(value);
    version.reform = place.reform;
    widened_[{id.index, parameter.versions.size()}] = type(value).scale;
    parameter.versions.push_back(std::move(version));
  }
}

void Checker::widen(Value& value, int scale, int wanted, Span span) {
  for (; scale < wanted; ++scale) {
    if (!__builtin_mul_overflow(value.lo, std::int64_t{10}, &value.lo) &&
        !__builtin_mul_overflow(value.hi, std::int64_t{10}, &value.hi)) {
      continue;
    }
    sink_
        .report(diag::Code::kNumberTooLarge, span,
                say("this value is too large for the decimals of another value",
                    "此值过大，容不下另一个值的小数位数"),
                say("more than 64 bits hold", "超过 64 位"))
        .helps.emplace_back(say("give the values of a parameter the same decimals",
                                "同一参数的各个值应取相同的小数位数"));
    return;
  }
}

void Checker::check_parameters() {
  for (const auto& [place, id] : parameter_places_)
    check_parameter(place, id);
  check_sets();
  for (std::uint32_t index = 0; index < program_.parameters.size(); ++index) {
    Parameter& parameter = program_.parameters[index];
    for (std::size_t i = 0; i < parameter.versions.size(); ++i) {
      if (parameter.type.kind != TypeKind::kNumber) continue;
      widen(parameter.versions[i].value, widened_[{index, i}], parameter.type.scale,
            parameter.versions[i].span);
    }
    std::sort(parameter.versions.begin(), parameter.versions.end(),
              [](const auto& left, const auto& right) {
                return std::tie(left.place, left.from, left.reform) <
                       std::tie(right.place, right.from, right.reform);
              });
  }
  for (const auto& [set, scale] : widened_sets_) {
    Change& change = program_.reforms[set.first].changes[set.second];
    const Type& wanted = program_.parameters[change.item.index].type;
    if (wanted.kind == TypeKind::kNumber) widen(change.value, scale, wanted.scale, change.span);
  }
}

std::vector<DefinitionId> Checker::named_in(DefinitionId id) const {
  std::vector<DefinitionId> named;
  for (const Place& place : definition_places_[id.index]) {
    const SyntaxTree& tree = *place.file->tree;
    const syntax::Node& node = tree.node(place.node);
    for (std::uint32_t token = node.first_token; token < node.last_token; ++token) {
      if (tree.tokens[token].kind != TokenKind::kNAME) continue;
      const auto known = definitions_by_name_.find(name_text(*place.file, tree.tokens[token]));
      if (known != definitions_by_name_.end())
        named.insert(named.end(), known->second.begin(), known->second.end());
    }
  }
  return named;
}

void Checker::check_definitions() {
  // What a body names comes before it, so that checking one rarely has to wait for another: names
  // alone decide, which may be too many. A stack of our own, since definitions may stand on one
  // another in a long line.
  definition_state_.assign(program_.definitions.size(), 0);
  for (std::uint32_t index = 0; index < program_.definitions.size(); ++index) {
    const Bilingual& name = program_.definitions[index].name;
    for (const std::string& spelling : {name.en, name.zh}) {
      if (!spelling.empty()) definitions_by_name_[spelling].emplace_back(index);
    }
  }
  std::vector<char> seen(program_.definitions.size(), 0);
  struct Waiting {
    DefinitionId id;
    std::vector<DefinitionId> first;
  };
  for (std::size_t start = 0; start < program_.definitions.size(); ++start) {
    std::vector<Waiting> waiting;
    const auto wait = [&](DefinitionId id) {
      if (seen[id.index] != 0) return;
      seen[id.index] = 1;
      waiting.push_back({id, named_in(id)});
    };
    wait(DefinitionId{start});
    while (!waiting.empty()) {
      std::vector<DefinitionId>& first = waiting.back().first;
      if (!first.empty()) {
        const DefinitionId next = first.back();
        first.pop_back();
        wait(next);
        continue;
      }
      const DefinitionId id = waiting.back().id;
      waiting.pop_back();
      if (definition_state_[id.index] == 0) check_definition(id);
    }
  }
}

void Checker::check_definition(DefinitionId id) {
  if (program_[id].score.valid()) {
    check_score(program_[id].score);
    return;
  }
  definition_state_[id.index] = 1;
  ++definition_depth_;
  std::vector<ExprId> bodies;
  for (std::size_t i = 0; i < definition_places_[id.index].size(); ++i) {
    const Place place = definition_places_[id.index][i];
    const SyntaxTree& tree = *place.file->tree;
    Scope scope;
    scope.file = place.file;
    const DefinitionVersion version = program_.definitions[id.index].versions[i];
    scope.locals = version.parameters;
    scope.counting = version.remarks.counting.value_or(ops::Counting::kCivilCode);
    const NodeId table = tree.child(place.node, NodeKind::kTable);
    Type wanted = program_.definitions[id.index].type;
    const NodeId clauses = tree.child(place.node, NodeKind::kClauses);
    ExprId body =
        clauses.valid()
            ? check_clauses(scope, clauses, wanted, version.remarks)
            : check(scope, table.valid() ? table : tree.child(place.node, NodeKind::kExpr),
                    &wanted);
    body =
        wanted.kind == TypeKind::kBoolean ? require_condition(scope, body) : needs_rounding(body);
    const bool numbers = wanted.kind == TypeKind::kNumber && type(body).kind == TypeKind::kNumber;
    const NodeId declared = tree.child(place.node, NodeKind::kType);  // a role has none
    const bool stated = declared.valid() && tree.has(declared, TokenKind::kDECIMALS);
    if (numbers && !stated && type(body).scale > wanted.scale &&
        wanted.unit != value::base_unit(value::kYuanUnit)) {
      // Decimals that are not declared are those of the body.
      program_.definitions[id.index].type.scale = type(body).scale;
    }
    if (wanted.kind == TypeKind::kTime && type(body).kind == TypeKind::kTime) {
      program_.definitions[id.index].type.months = type(body).months;
    }
    bodies.push_back(body);
  }
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    Definition& definition = program_.definitions[id.index];
    const Type wanted = definition.type;
    const ExprId body = as_type(bodies[i], wanted, say("`{}`", "`{}` 的值", definition.name));
    program_.definitions[id.index].versions[i].body = body;
  }
  --definition_depth_;
  definition_state_[id.index] = 2;
}

ExprId Checker::role_condition(const Type& subject, std::uint32_t role, LocalId local, Span span) {
  const ExprId member = make(Operation::kArgument, subject, span, {}, local.index);
  return make(Operation::kCall, value::boolean_type(), span, {member}, role_tests_[role].index);
}

bool Checker::rule_subject(const Place& place, Scope& scope, RuleVersion& rule, Type& subject) {
  const File& file = *place.file;
  const SyntaxTree& tree = *file.tree;
  const NodeId each = tree.child(place.node, NodeKind::kForEach);
  if (!each.valid()) {
    rule.subject = add_local("person", subject, tree.span(place.node));
    noun_of_[rule.subject.index] = {SymbolKind::kEntity, subject.entity.index};
    scope.locals.push_back(rule.subject);
    return true;
  }
  const syntax::Token* noun = tree.token(each, TokenKind::kNAME);
  return noun != nullptr && bind_subject(*noun, each, scope, rule, subject);
}

bool Checker::bind_subject(const syntax::Token& word, NodeId clause, Scope& scope,
                           RuleVersion& rule, Type& subject) {
  const File& file = *scope.file;
  const SyntaxTree& tree = *file.tree;
  const syntax::Token* const noun = &word;
  std::uint32_t role = Id<int>::kNone;
  const NodeId sum = tree.child(clause, NodeKind::kSum);
  const ExprId among = sum.valid() ? check(scope, sum) : ExprId{};
  if (among.valid() && (is_broken(among) || type(among).kind != TypeKind::kMemberSet)) {
    if (is_broken(among)) return false;
    sink_
        .report(diag::Code::kWrongKindOfName, at(among).span,
                say("`for each … among` runs over members of a household, not {}",
                    "`对每个 … 属于` 遍历户内成员，而不是{}", type_text(type(among))),
                say("not a set of members", "不是成员的集合"))
        .helps.emplace_back(
            say("name a set such as `child's parents`", "写一个集合，例如 `孩子的父母`"));
    return false;
  }
  // Of a set the word is only a name for its element.
  const auto found = among.valid() ? std::optional(value::member_type(type(among).entity))
                                   : noun_type(file, *noun, &role);
  if (!found || found->kind != TypeKind::kMember) {
    unknown_name(file, tree.span(*noun), name_text(file, *noun), say("kind of member", "成员种类"),
                 names_of_kind({SymbolKind::kEntity, SymbolKind::kRole}));
    return false;
  }
  subject = *found;
  rule.subject = add_local(file, *noun, subject);
  scope.locals.push_back(rule.subject);
  std::vector<ExprId> concerns;
  if (role != Id<int>::kNone) {
    concerns.push_back(role_condition(subject, role, rule.subject, tree.span(*noun)));
  }
  if (among.valid()) {
    const Span span = at(among).span;
    const ExprId member = make(Operation::kArgument, subject, span, {}, rule.subject.index);
    concerns.push_back(make(Operation::kIncludes, value::boolean_type(), span, {among, member}));
  }
  if (const NodeId where = tree.child(clause, NodeKind::kExpr); where.valid()) {
    concerns.push_back(check_condition(scope, where));
  }
  rule.concerns = joined(concerns, tree.span(clause));
  return true;
}

ExprId Checker::joined(const std::vector<ExprId>& conditions, Span span) {
  if (conditions.empty()) return {};
  if (conditions.size() == 1) return conditions.front();
  return make(Operation::kAll, value::boolean_type(), span, conditions);
}

ExprId Checker::rule_condition(const Scope& scope, NodeId rule) {
  const SyntaxTree& tree = *scope.file->tree;
  std::vector<ExprId> conditions;
  for (const NodeId when : tree.children(rule, NodeKind::kWhen)) {
    conditions.push_back(check_condition(scope, tree.child(when, NodeKind::kExpr)));
  }
  for (const NodeId unless : tree.children(rule, NodeKind::kUnless)) {
    const ExprId condition = check_condition(scope, tree.child(unless, NodeKind::kExpr));
    conditions.push_back(
        make(Operation::kNot, value::boolean_type(), tree.span(unless), {condition}));
  }
  return joined(conditions, tree.span(rule));
}

void Checker::rule_effects(const Place& place, RuleVersion& rule, bool may_lack_effect) {
  const File& file = *place.file;
  const SyntaxTree& tree = *file.tree;
  const auto read = [&](NodeKind kind, SymbolKind symbol, const Bilingual& what, auto& into) {
    for (const NodeId clause : tree.children(place.node, kind)) {
      for (const std::uint32_t index : tree.own_tokens(clause)) {
        if (tree.tokens[index].kind != TokenKind::kNAME) continue;
        const Symbol* known = need(file, tree.tokens[index], {symbol}, what);
        if (known != nullptr) into.emplace_back(known->index);
      }
    }
  };
  read(NodeKind::kGrants, SymbolKind::kService, say("service", "服务"), rule.grants);
  read(NodeKind::kDenies, SymbolKind::kService, say("service", "服务"), rule.denies);
  read(NodeKind::kNarrows, SymbolKind::kRule, say("rule", "规则"), rule.narrows);
  read(NodeKind::kOverrides, SymbolKind::kRule, say("rule", "规则"), rule.overrides);
  if (may_lack_effect) return;
  // A clause whose name is not found still says what the author meant.
  for (const NodeKind kind : {NodeKind::kGrants, NodeKind::kDenies, NodeKind::kNarrows}) {
    if (tree.child(place.node, kind).valid()) return;
  }
  sink_
      .report(diag::Code::kRuleWithoutEffect, rule.name_span,
              say("the rule `{}` does nothing", "规则 `{}` 没有任何作用", rule.name),
              say("neither grants, denies nor narrows", "既不准予、不予，也不限缩"))
      .helps.emplace_back(say("add `grants SERVICE`, `denies SERVICE` or `narrows RULE`",
                              "加上 `准予 服务`、`不予 服务` 或 `限缩 规则`"));
}

void Checker::check_rule(const Place& place, RuleId id) {
  const File& file = *place.file;
  RuleVersion rule;
  static_cast<Declared&>(rule) = declared_of(file, place.node);
  rule.gate = file.tree->kind(place.node) == NodeKind::kGateDecl;
  rule.reform = place.reform;
  rule.extent = extent_of(file, place.node, rule.remarks);
  rule.level = level_of(rule.remarks);
  Scope scope;
  scope.file = &file;
  scope.counting = rule.remarks.counting.value_or(ops::Counting::kCivilCode);
  Type subject = value::member_type(EntityId{std::size_t{1}});
  if (file.tree->kind(place.node) == NodeKind::kAllocationDecl) {
    check_allocation(place, id, scope, std::move(rule));
    return;
  }
  if (!rule_subject(place, scope, rule, subject)) return;
  rule.condition = rule_condition(scope, place.node);
  rule_effects(place, rule);
  Rule& owner = program_.rules[id.index];
  owner.subject = subject;
  owner.versions.push_back(std::move(rule));
}

void Checker::check_rules() {
  for (const auto& [place, id] : rule_places_)
    check_rule(place, id);
}

}  // namespace juzhu::sema
