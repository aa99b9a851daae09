// Reforms as they are written: their names first, then what they stand on and change; what they add
// is read with the other declarations.
#include <algorithm>

#include "sema/checker.h"

namespace juzhu::sema {

using value::TypeKind;

void Checker::name_reforms() {
  std::vector<std::pair<Place, ReformId>> found;
  each_declaration(NodeKind::kReformDecl, [&](const File& file, NodeId node) {
    const NodeId naming = file.tree->child(node, NodeKind::kNaming);
    const Bilingual name = naming_of(file, naming);
    if (const Symbol* known = find(file, name.in(false), {SymbolKind::kReform})) {
      diag::Diagnostic& diagnostic =
          sink_.report(diag::Code::kDuplicateName, file.tree->span(naming),
                       say("the reform `{}` is declared twice", "改革 `{}` 声明了两次", name),
                       say("second declaration", "第二次声明"));
      diagnostic.labels.push_back({known->span, say("first declared here", "首次声明于此")});
      diagnostic.helps.emplace_back(say("choose another name", "另取名称"));
      return;
    }
    const ReformId id{program_.reforms.size()};
    program_.reforms.emplace_back();
    program_.reforms.back().name = name;
    declare(name, {SymbolKind::kReform, id.index, {file.module}, file.tree->span(naming)});
    found.emplace_back(Place{&file, node, id}, id);
  });
  reform_places_ = std::move(found);
}

void Checker::check_added(const File& file, NodeId adds) {
  const SyntaxTree& tree = *file.tree;
  for (const NodeId declaration : tree.children(adds, NodeKind::kDeclaration)) {
    for (const NodeKind kind :
         {NodeKind::kScenarioDecl, NodeKind::kReformDecl, NodeKind::kPropertyDecl}) {
      const NodeId node = tree.child(declaration, kind);
      if (!node.valid()) continue;
      sink_
          .report(diag::Code::kWrongKindOfName, tree.span(node),
                  say("a reform adds what a rulebook is made of: rules, definitions, parameters",
                      "改革所增设的是规则库的组成部分：规则、定义、参数"),
                  say("does not stand in a reform", "不能写在改革中"))
          .helps.emplace_back(say("move it out of the reform; a scenario says `under reform NAME`",
                                  "移到改革之外；情形中写 `依改革 名称`"));
    }
  }
}

void Checker::fill_reform(const Place& place, ReformId id) {
  const File& file = *place.file;
  const SyntaxTree& tree = *file.tree;
  Reform& reform = program_.reforms[id.index];
  static_cast<Declared&>(reform) = declared_of(file, place.node);
  if (const NodeId from = tree.child(place.node, NodeKind::kReformFrom); from.valid()) {
    std::tie(reform.from, reform.day_not_known) =
        day_of(file, tree.child(from, NodeKind::kDay), false);
  }
  for (const NodeId below : tree.children(place.node, NodeKind::kOnTopOf)) {
    for (const std::uint32_t index : tree.own_tokens(below)) {
      if (tree.tokens[index].kind != TokenKind::kNAME) continue;
      const Symbol* base =
          need(file, tree.tokens[index], {SymbolKind::kReform}, say("reform", "改革"));
      if (base != nullptr) reform.on_top_of.emplace_back(base->index);
    }
  }
  for (const NodeId adds : tree.children(place.node, NodeKind::kAdds))
    check_added(file, adds);
}

void Checker::report_circle_of_reforms() {
  // Every reform that can be reached from itself lies in a circle; told once, then cut.
  const auto reaches = [&](ReformId start) {
    std::vector<ReformId> open = program_[start].on_top_of;
    std::set<ReformId> seen;
    while (!open.empty()) {
      const ReformId id = open.back();
      open.pop_back();
      if (id == start) return true;
      if (!seen.insert(id).second) continue;
      const std::vector<ReformId>& below = program_[id].on_top_of;
      open.insert(open.end(), below.begin(), below.end());
    }
    return false;
  };
  std::vector<ReformId> circle;
  for (std::size_t i = 0; i < program_.reforms.size(); ++i) {
    if (reaches(ReformId{i})) circle.emplace_back(i);
  }
  if (circle.empty()) return;
  sink_
      .report(diag::Code::kCycle, program_[circle.front()].name_span,
              say("the reform `{}` stands on itself, through what it is on top of",
                  "改革 `{}` 经由其所叠加的改革又叠加于自身", program_[circle.front()].name),
              say("back to the start", "回到起点"))
      .helps.emplace_back(
          say("let one of them stand on the rulebook alone", "让其中一项只叠加于规则库本身"));
  for (const ReformId id : circle)
    program_.reforms[id.index].on_top_of.clear();
}

void Checker::collect_reforms() {
  for (const auto& [place, id] : reform_places_)
    fill_reform(place, id);
  report_circle_of_reforms();
}

std::optional<Change> Checker::change_head(const Place& place, NodeId node,
                                           std::initializer_list<SymbolKind> kinds,
                                           const Bilingual& what) {
  const SyntaxTree& tree = *place.file->tree;
  const syntax::Token* name = tree.token(node, TokenKind::kNAME);
  if (name == nullptr) return std::nullopt;
  Change change;
  change.span = tree.span(node);
  if (const NodeId path = tree.child(node, NodeKind::kPath); path.valid())
    change.place = place_of(*place.file, path);
  const bool takes_definition =
      std::find(kinds.begin(), kinds.end(), SymbolKind::kDefinition) != kinds.end();
  const std::string text = name_text(*place.file, *name);
  if (takes_definition && find(*place.file, text, kinds) == nullptr) {
    // A property is declared with the kind it belongs to; alone of its name, that need not be said.
    const auto known = definitions_by_name_.find(text);
    if (known != definitions_by_name_.end() && known->second.size() == 1) {
      change.item = {ItemKind::kDefinition, known->second.front().index};
      return change;
    }
  }
  const Symbol* symbol = need(*place.file, *name, kinds, what);
  if (symbol == nullptr) return std::nullopt;
  change.item.index = symbol->index;
  change.item.kind = symbol->kind == SymbolKind::kRule         ? ItemKind::kRule
                     : symbol->kind == SymbolKind::kDefinition ? ItemKind::kDefinition
                                                               : ItemKind::kParameter;
  return change;
}

void Checker::add_set(const Place& place, ReformId id, NodeId node) {
  auto change = change_head(place, node, {SymbolKind::kParameter}, say("parameter", "参数"));
  if (!change) return;
  change->kind = ChangeKind::kSets;
  Parameter& parameter = program_.parameters[change->item.index];
  Scope scope;
  scope.file = place.file;
  Type wanted = parameter.type;
  const ExprId found = check(scope, place.file->tree->child(node, NodeKind::kSum), &wanted);
  if (is_broken(found)) return;
  if (wanted.kind == TypeKind::kNumber && type(found).kind == TypeKind::kNumber &&
      type(found).scale > wanted.scale) {
    parameter.type.scale = wanted.scale = type(found).scale;  // the others widen, as between values
  }
  const ExprId value =
      as_type(found, wanted, say("the value of `{}`", "`{}` 的值", parameter.name));
  if (is_broken(value)) return;
  if (!is_constant(value)) {
    sink_
        .report(diag::Code::kTypeMismatch, change->span,
                say("the value of a parameter is a literal", "参数的值须为常量"),
                say("depends on something", "取决于别的东西"))
        .helps.emplace_back(say("write the value itself", "直接写值"));
    return;
  }
  change->value = constant_of(value);
  std::vector<Change>& changes = program_.reforms[id.index].changes;
  widened_sets_[{id.index, changes.size()}] = type(value).scale;
  changes.push_back(std::move(*change));
}

void Checker::check_sets() {
  for (const auto& [place, id] : reform_places_) {
    for (const NodeId node : place.file->tree->children(place.node, NodeKind::kSets))
      add_set(place, id, node);
  }
}

std::vector<LocalId> Checker::subjects_of_rule(const Rule& rule) const {
  std::vector<LocalId> names;
  for (const RuleVersion& version : rule.versions)
    names.push_back(version.subject);
  return names;
}

bool Checker::amends_list(const Place& place, NodeId node, const Rule& rule) {
  const bool is_list =
      std::any_of(rule.versions.begin(), rule.versions.end(),
                  [](const RuleVersion& version) { return version.allocation.valid(); });
  if (!is_list) return true;
  const SyntaxTree& tree = *place.file->tree;
  const std::initializer_list<std::pair<NodeKind, const char*>> of_rules{
      {NodeKind::kForEach, "for each"},
      {NodeKind::kGrants, "grants"},
      {NodeKind::kDenies, "denies"},
      {NodeKind::kNarrows, "narrows"},
      {NodeKind::kOverrides, "overrides"}};
  for (const auto& [kind, word] : of_rules) {
    const NodeId clause = tree.child(node, kind);
    if (!clause.valid()) continue;
    const std::string name = rule.name.in(false);
    sink_
        .report(diag::Code::kWrongKindOfName, tree.span(clause),
                say("`{}` is an allocation, and a list has no `{}`", "`{}` 是分配，其名单没有 `{}`",
                    name, word),
                say("a clause of rules", "规则才有的条款"))
        .helps.emplace_back(say("amend its `when`, its `in force` or what it cites; change its "
                                "seats with `sets` and the parameter they are read from; for "
                                "anything else `repeals {}` and `adds {{ allocation … }}`",
                                "修改其 `当`、`施行` 或依据；名额用 `调整` "
                                "改变其所读取的参数；其他改动写 `废止 {0}` 和 `增设 {{ 分配 … }}`",
                                name));
    return false;
  }
  return true;
}

void Checker::check_amendment(const Place& place, NodeId node, Change& change) {
  const File& file = *place.file;
  const SyntaxTree& tree = *file.tree;
  const Rule& rule = program_.rules[change.item.index];
  if (!amends_list(place, node, rule)) return;
  RuleVersion& clauses = change.clauses;
  clauses.other_subjects = subjects_of_rule(rule);
  clauses.remarks = remarks_of(file, node);
  clauses.level = level_of(clauses.remarks);
  const auto states = [&](NodeKind kind) { return tree.child(node, kind).valid(); };
  change.states_subject = states(NodeKind::kForEach);
  change.states_extent = states(NodeKind::kInForce);
  change.states_condition = states(NodeKind::kWhen) || states(NodeKind::kUnless);
  change.states_effect =
      states(NodeKind::kGrants) || states(NodeKind::kDenies) || states(NodeKind::kNarrows);
  change.states_overrides = states(NodeKind::kOverrides);
  Scope scope;
  scope.file = &file;
  scope.counting = clauses.remarks.counting.value_or(ops::Counting::kCivilCode);
  scope.locals = clauses.other_subjects;  // the rule's own names for its member
  const Place here{&file, node, place.reform};
  if (change.states_subject) {
    Type subject = rule.subject;
    if (!rule_subject(here, scope, clauses, subject)) return;
    if (subject != rule.subject) {
      sink_
          .report(diag::Code::kTypeMismatch, tree.span(node),
                  say("`{}` speaks of {}, this of {}", "`{}` 针对{}，此处针对{}", rule.name,
                      type_text(rule.subject), type_text(subject)),
                  say("another kind of member", "另一种成员"))
          .helps.emplace_back(say("repeal the rule and add another", "废止该规则，另行增设"));
    }
  }
  if (change.states_extent) clauses.extent = extent_of(file, node, {});
  clauses.condition = rule_condition(scope, node);
  clauses.name = rule.name;
  const bool gives_places =
      std::any_of(rule.versions.begin(), rule.versions.end(),
                  [](const RuleVersion& version) { return version.allocation.valid(); });
  if (change.states_effect && gives_places) {
    change.states_effect = false;
    sink_
        .report(diag::Code::kWrongArgument, tree.span(node),
                say("`{}` gives out places: it does not grant, deny or narrow",
                    "`{}` 用于分配名额：不准予、不予，也不限缩", rule.name),
                say("amends an allocation", "修改的是分配"))
        .helps.emplace_back(say("repeal the allocation and add the rule", "废止该分配，增设规则"));
  }
  if (change.states_effect || change.states_overrides) {
    RuleVersion effects;
    effects.name = rule.name;
    rule_effects(here, effects, !change.states_effect);
    clauses.grants = effects.grants;
    clauses.denies = effects.denies;
    clauses.narrows = effects.narrows;
    clauses.overrides = effects.overrides;
  }
}

void Checker::add_change(const Place& place, ReformId id, NodeId node) {
  const SyntaxTree& tree = *place.file->tree;
  std::optional<Change> change;
  if (tree.kind(node) == NodeKind::kRepeals) {
    change = change_head(place, node,
                         {SymbolKind::kRule, SymbolKind::kDefinition, SymbolKind::kParameter},
                         say("rule, definition or parameter", "规则、定义或参数"));
    if (change) change->kind = ChangeKind::kRepeals;
  }
  if (tree.kind(node) == NodeKind::kAmends) {
    change = change_head(place, node, {SymbolKind::kRule}, say("rule", "规则"));
    if (change) {
      change->kind = ChangeKind::kAmends;
      change->place.reset();
      check_amendment(place, node, *change);
    }
  }
  if (tree.kind(node) == NodeKind::kDrops) {
    change = change_head(place, node, {SymbolKind::kRule}, say("rule", "规则"));
    if (change) {
      change->kind = ChangeKind::kDrops;
      change->clauses.other_subjects = subjects_of_rule(program_.rules[change->item.index]);
      Scope scope;
      scope.file = place.file;
      scope.locals = change->clauses.other_subjects;
      change->condition = check_condition(scope, tree.child(node, NodeKind::kExpr));
    }
  }
  if (change) program_.reforms[id.index].changes.push_back(std::move(*change));
}

void Checker::check_reforms() {
  for (const auto& [place, id] : reform_places_) {
    for (const NodeKind kind : {NodeKind::kRepeals, NodeKind::kAmends, NodeKind::kDrops}) {
      for (const NodeId node : place.file->tree->children(place.node, kind))
        add_change(place, id, node);
    }
  }
}

ReformId Checker::reform_named(const Scope& scope, const std::vector<NodeId>& suffixes) {
  const SyntaxTree& tree = *scope.file->tree;
  for (const NodeId suffix : suffixes) {
    const NodeId under = tree.child(suffix, NodeKind::kUnderReform);
    if (!under.valid()) continue;
    const syntax::Token* name = tree.token(under, TokenKind::kNAME);
    if (name == nullptr) continue;
    const Symbol* reform = need(*scope.file, *name, {SymbolKind::kReform}, say("reform", "改革"));
    if (reform != nullptr) return ReformId{reform->index};
  }
  return {};
}

ExprId Checker::under_reform(const Scope& scope, const std::vector<NodeId>& suffixes, ExprId expr) {
  const ReformId reform = reform_named(scope, suffixes);
  if (reform.valid() && !is_broken(expr)) program_.exprs[expr.index].extra = {reform.index};
  return expr;
}

}  // namespace juzhu::sema
