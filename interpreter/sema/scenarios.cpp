// Scenarios: a household written as lines, a date, a place, and what is expected of it. What is not
// named is not asked; `nothing else` makes lists empty and complete (semantics.md 3.1).
#include <algorithm>

#include "sema/checker.h"
#include "syntax/parse.h"
#include "value/date.h"

namespace juzhu::sema {

using ops::Operation;
using value::Cell;
using value::InputState;
using value::TypeKind;

namespace {

enum class StateWord : std::uint8_t { kNone, kNotAsked, kUnknown, kNothing };

StateWord state_word(std::string_view word) {
  if (word == "not_asked" || word == "未问") return StateWord::kNotAsked;
  if (word == "unknown" || word == "未知") return StateWord::kUnknown;
  if (word == "none" || word == "无") return StateWord::kNothing;
  return StateWord::kNone;
}

std::int64_t civil(int year, int month, int day) {
  return value::days_from_civil({year, month, day}).value_or(value::kFirstDate);
}

}  // namespace

std::optional<int> year_of_literal(const Type& found, std::int64_t number) {
  if (found.kind != TypeKind::kNumber || (!found.unit.none() && !found.years)) return std::nullopt;
  const std::int64_t year = found.years ? number / 12 : number;
  if (year < 1 || year > 9999) return std::nullopt;
  return static_cast<int>(year);
}

void Checker::collect_scenarios() {
  each_declaration(NodeKind::kScenarioDecl, [&](const File& file, NodeId node) {
    Scenario scenario;
    static_cast<Declared&>(scenario) = declared_of(file, node);
    const auto index = static_cast<std::uint32_t>(program_.scenarios.size());
    if (const Symbol* known = find(file, scenario.name.in(false), {SymbolKind::kScenario})) {
      sink_
          .report(diag::Code::kDuplicateName, scenario.name_span,
                  say("the scenario `{}` is declared twice", "情形 `{}` 声明了两次", scenario.name),
                  say("second declaration", "第二次声明"))
          .labels.push_back({known->span, say("first declared here", "首次声明于此")});
      return;
    }
    declare(scenario.name, {SymbolKind::kScenario, index, {file.module}, scenario.name_span});
    program_.scenarios.push_back(std::move(scenario));
    scenario_places_.push_back(Place{&file, node, {}});
  });
  scenario_state_.assign(program_.scenarios.size(), 0);
  for (std::uint32_t index = 0; index < program_.scenarios.size(); ++index)
    check_scenario(index);
}

void Checker::check_scenario(std::uint32_t index) {
  // The scenarios that it is like come first; a loop, since the line of them may be long.
  std::vector<std::uint32_t> line{index};
  while (scenario_state_[line.back()] == 0) {
    scenario_state_[line.back()] = 1;
    const auto like = scenario_like(line.back());
    if (!like || scenario_state_[*like] != 0) break;
    line.push_back(*like);
  }
  if (scenario_state_[line.back()] != 1) line.pop_back();
  for (; !line.empty(); line.pop_back())
    fill_scenario(line.back());
}

std::optional<std::uint32_t> Checker::scenario_like(std::uint32_t index) {
  const Place& place = scenario_places_[index];
  const NodeId like = place.file->tree->child(place.node, NodeKind::kScenarioLike);
  const Symbol* const other =
      like.valid() ? find(*place.file, first_name(*place.file, like), {SymbolKind::kScenario})
                   : nullptr;
  return other == nullptr ? std::nullopt : std::optional(other->index);
}

void Checker::scenario_head(const Place& place, Scenario& scenario) {
  const SyntaxTree& tree = *place.file->tree;
  if (const NodeId like = tree.child(place.node, NodeKind::kScenarioLike); like.valid()) {
    const Symbol* other = need(*place.file, *tree.token(like, TokenKind::kNAME),
                               {SymbolKind::kScenario}, say("scenario", "情形"));
    if (other != nullptr && scenario_state_[other->index] == 1) {
      sink_
          .report(
              diag::Code::kCycle, tree.span(like),
              say("these scenarios are like each other in a circle", "这些情形互相 `同`，成了循环"),
              say("back to the start", "回到起点"))
          .helps.emplace_back(say("let one of them stand by itself", "让其中一个独立写出"));
    } else if (other != nullptr) {
      const Scenario& base = program_.scenarios[other->index];
      scenario.date = base.date;
      scenario.reforms = base.reforms;
      scenario.household = base.household;
      scenario.members = base.members;
      scenario.households = base.households;
      scenario.place = base.place;
      scenario.household.key = scenario.name.in(false);
    }
  }
  if (const NodeId on = tree.child(place.node, NodeKind::kScenarioOn); on.valid()) {
    const syntax::Token& day = *tree.token(on, TokenKind::kDATE);
    const auto date = value::parse_date(tree.text_of(day));
    if (date) {
      scenario.date = *date;
    } else {
      sink_
          .report(diag::Code::kNoSuchDate, tree.span(day),
                  say("there is no day `{}`", "没有 `{}` 这一天", tree.text_of(day)),
                  say("not in the calendar", "历法中没有"))
          .helps.emplace_back(say("check the month and the day", "核对月和日"));
    }
  }
  if (const NodeId under = tree.child(place.node, NodeKind::kScenarioUnder); under.valid()) {
    scenario.reforms.clear();
    for (const std::uint32_t index : tree.own_tokens(under)) {
      if (tree.tokens[index].kind != TokenKind::kNAME) continue;
      const Symbol* reform =
          need(*place.file, tree.tokens[index], {SymbolKind::kReform}, say("reform", "改革"));
      if (reform != nullptr) scenario.reforms.emplace_back(reform->index);
    }
  }
  if (!sink_.has_errors()) {
    scenario.stack = stack_of(program_, scenario.reforms);
    report_reform_circle(scenario.stack, scenario.name_span);
  }
  if (const NodeId at_node = tree.child(place.node, NodeKind::kScenarioAt);
      at_node.valid() && schema_->place_fact.valid()) {
    const value::PlaceNode node = place_of(*place.file, tree.child(at_node, NodeKind::kPath));
    const bool exact = (schema_->places)[node].children.empty();
    scenario.place = value::place_value(node, exact);
    scenario.household.cells[(*schema_)[schema_->place_fact].column] =
        Cell{scenario.place, InputState::kStated};
  }
}

void Checker::scenario_names(const Place& place, Scenario& scenario) {
  // Names first, so that parents may be named before they are described.
  const SyntaxTree& tree = *place.file->tree;
  for (const NodeId member : tree.children(place.node, NodeKind::kMember)) {
    const NodeId naming = tree.child(member, NodeKind::kNaming);
    if (!naming.valid()) continue;
    const Bilingual name = naming_of(*place.file, naming);
    const bool known =
        std::any_of(scenario.household.members.begin(), scenario.household.members.end(),
                    [&](const value::Member& each) { return each.name.is(name.in(false)); });
    const auto noun = noun_type(*place.file, *tree.token(member, TokenKind::kNAME));
    if (known) continue;
    if (!noun || noun->kind != TypeKind::kMember || noun->entity.index == 0) {
      const syntax::Token& token = *tree.token(member, TokenKind::kNAME);
      unknown_name(*place.file, tree.span(token), name_text(*place.file, token),
                   say("kind of member", "成员种类"),
                   names_of_kind({SymbolKind::kEntity, SymbolKind::kRole}));
      continue;
    }
    value::Member added = value::empty_member(*schema_, noun->entity, name.in(false));
    added.name = name;
    scenario.household.members.push_back(std::move(added));
    scenario.members.push_back(add_local(name.in(false), *noun, tree.span(naming)));
    if (!name.en.empty() && !name.zh.empty()) alias_[scenario.members.back().index] = name.zh;
  }
}

void Checker::fill_scenario(std::uint32_t index) {
  rows_restated_.clear();
  const Place place = scenario_places_[index];
  const SyntaxTree& tree = *place.file->tree;
  Scenario& scenario = program_.scenarios[index];
  scenario.household = value::empty_household(*schema_, scenario.name.in(false));
  scenario_head(place, scenario);
  scenario_households(index);
  if (scenario.households.empty()) {
    scenario_names(place, scenario);
  } else if (const NodeId member = tree.child(place.node, NodeKind::kMember); member.valid()) {
    sink_
        .report(diag::Code::kWrongArgument, tree.span(member),
                say("a list of households has no members of its own", "含各户的情形没有自己的成员"),
                say("written here", "写于此处"))
        .helps.emplace_back(say("write the household down as a scenario, and name that one",
                                "将该户写成一个情形，再写其名称"));
    return;
  }
  Scope scope;
  scope.file = place.file;
  scope.scenario = true;
  scope.counting = scenario.remarks.counting.value_or(ops::Counting::kCivilCode);
  scope.locals = named_members(scenario);
  member_locals_ = scenario.members;
  for (const NodeId member : tree.children(place.node, NodeKind::kMember)) {
    scenario_member(scope, scenario, member);
  }
  for (const NodeId expected : tree.children(place.node, NodeKind::kExpectation)) {
    // Checking may add expressions and so move stores, never scenarios.
    scenario_ = &program_.scenarios[index];
    Expectation expectation = expectation_of(scope, program_.scenarios[index], expected);
    program_.scenarios[index].expectations.push_back(std::move(expectation));
  }
  scenario_state_[index] = 2;
}

void Checker::scenario_member(const Scope& scope, Scenario& scenario, NodeId node) {
  const SyntaxTree& tree = *scope.file->tree;
  const NodeId lines = tree.child(node, NodeKind::kLines);
  const NodeId naming = tree.child(node, NodeKind::kNaming);
  if (!lines.valid()) return;
  if (!naming.valid()) {
    const auto noun = noun_type(*scope.file, *tree.token(node, TokenKind::kNAME));
    if (noun && noun->kind == TypeKind::kMember && noun->entity.index == 0) {
      scenario_lines(scope, scenario, lines, -1, noun->entity);
      return;
    }
    sink_
        .report(diag::Code::kUnknownName, tree.span(node),
                say("a member of a scenario has a name", "情形的成员须有名称"),
                say("kind and name must stand here", "此处须写明种类和名称"))
        .helps.emplace_back(say("write for example `person Li {{ … }}` or `household {{ … }}`",
                                "例如写 `人 李 {{ … }}` 或 `户 {{ … }}`"));
    return;
  }
  const Bilingual name = naming_of(*scope.file, naming);
  for (std::size_t i = 0; i < scenario.household.members.size(); ++i) {
    if (!scenario.household.members[i].name.is(name.en) &&
        !scenario.household.members[i].name.is(name.zh))
      continue;
    scenario_lines(scope, scenario, lines, static_cast<std::int32_t>(i),
                   scenario.household.members[i].entity);
  }
}

namespace {

bool is_line(NodeKind kind) {
  return kind == NodeKind::kRowLine || kind == NodeKind::kValueLine || kind == NodeKind::kHasLine ||
         kind == NodeKind::kLacksLine;
}

}  // namespace

void Checker::scenario_lines(const Scope& scope, Scenario& scenario, NodeId lines,
                             std::int32_t member, EntityId entity) {
  const SyntaxTree& tree = *scope.file->tree;
  std::set<std::uint32_t> restated;
  bool nothing_else = false;
  // Rows first: `insurance is unknown` beside rows means "at least these", wherever it stands.
  for (const bool rows : {true, false}) {
    for (const NodeId line : tree.children(lines, NodeKind::kLine)) {
      nothing_else = nothing_else || tree.has(line, TokenKind::kNOTHING_ELSE);
      for (const NodeId each : tree.children(line)) {
        const bool is_row = tree.kind(each) == NodeKind::kRowLine;
        if (is_row != rows || !is_line(tree.kind(each))) continue;
        if (is_row) {
          scenario_row(scope, scenario, each, member, entity, restated);
        } else {
          scenario_value(scope, scenario, each, member, entity);
        }
      }
    }
  }
  if (!nothing_else) return;
  const std::size_t index = static_cast<std::size_t>(member);
  std::vector<value::RowList>& lists =
      member < 0 ? scenario.household.lists : scenario.household.members[index].lists;
  for (value::RowList& list : lists) {
    if (list.state == InputState::kNotAsked) list.state = InputState::kStated;
  }
}

namespace {

struct Target {
  std::optional<value::FactId> fact;
  std::optional<value::ListId> list;
};

}  // namespace

void Checker::scenario_value(const Scope& scope, Scenario& scenario, NodeId line,
                             std::int32_t member, EntityId entity) {
  const SyntaxTree& tree = *scope.file->tree;
  const NodeId property = tree.child(line, NodeKind::kProperty);
  if (!property.valid()) return;
  const syntax::Token& token = tree.tokens[tree.node(property).first_token];
  const std::string name = name_text(*scope.file, token);
  const std::size_t index = static_cast<std::size_t>(member);
  value::Household& household = scenario.household;
  if (const auto fact = schema_->fact(entity, name)) {
    const Cell cell = cell_of(scope, scenario, line, (*schema_)[*fact]);
    (member < 0 ? household.cells : household.members[index].cells)[(*schema_)[*fact].column] =
        cell;
    return;
  }
  if (const auto list = schema_->list(entity, name)) {
    value::RowList& rows =
        (member < 0 ? household.lists : household.members[index].lists)[(*schema_)[*list].column];
    const NodeId value = tree.child(line, NodeKind::kExpr);
    const std::string word(value.valid() ? tree.text_of(value) : std::string_view{});
    const StateWord state = state_word(word);
    if (state == StateWord::kNone) {
      sink_
          .report(diag::Code::kTypeMismatch, tree.span(line),
                  say("`{}` is a list of spells", "`{}` 是时段", name),
                  say("not a single value", "不是单个值"))
          .helps.emplace_back(say("write `{} from DATE to DATE {{ … }}`, or `{} is none`",
                                  "写 `{0} 自 日期 至 日期 {{ … }}`，或 `{0} 为 无`", name, name));
      return;
    }
    if (state == StateWord::kNothing) {
      rows = value::RowList{InputState::kStated, {}, {}};
    } else {
      // Rows stated beside it stay: "at least these".
      rows.state = state == StateWord::kUnknown ? InputState::kUnknown : InputState::kNotAsked;
      if (!rows_restated_.contains(&rows)) rows.rows.clear();
    }
    return;
  }
  Pending pending;
  const ExprId subject =
      make(Operation::kArgument, value::member_type(entity), tree.span(line), {}, 0);
  const ExprId found = this->property(scope, subject, token, pending);
  if (!is_broken(found.valid() ? found : subject) || pending.kind != Pending::Kind::kNone) {
    if (!found.valid() || !is_broken(found)) {
      sink_
          .report(diag::Code::kWrongKindOfName, tree.span(property),
                  say("`{}` is not a fact", "`{}` 不是事实", name),
                  say("follows from facts", "由事实推出"))
          .helps.emplace_back(say("state facts here; put what follows from them into `expect`",
                                  "此处写事实；由事实推出的写入 `预期`"));
    }
  }
}

Cell Checker::cell_of(const Scope& scope, const Scenario& scenario, NodeId line,
                      const value::Fact& fact) {
  const SyntaxTree& tree = *scope.file->tree;
  const std::size_t members = scenario.household.members.size();
  if (tree.kind(line) != NodeKind::kValueLine) {
    if (fact.type.kind != TypeKind::kBoolean) {
      sink_
          .report(diag::Code::kTypeMismatch, tree.span(line),
                  say("`{}` is not yes/no", "`{}` 不是是否", fact.name),
                  say("`has` and `lacks` state a yes/no fact", "`具有` 和 `缺少` 用于写是否事实"))
          .helps.emplace_back(say("write `{} is …`", "写 `{} 为 …`", fact.name));
      return {value::domain_of(*schema_, fact, members), InputState::kNotAsked};
    }
    return {value::truth(tree.kind(line) == NodeKind::kHasLine), InputState::kStated};
  }
  const std::vector<NodeId> bounds = tree.children(line, NodeKind::kSum);
  if (bounds.size() == 2) {
    const auto from = constant_value(scope, scenario, bounds[0], fact.type, false);
    const auto to = constant_value(scope, scenario, bounds[1], fact.type, true);
    if (!from || !to) return {value::domain_of(*schema_, fact, members), InputState::kNotAsked};
    if (from->lo > to->hi) {
      return {value::failure({value::ErrorCode::kEmptyRange, 0, 0, 0}), InputState::kStated};
    }
    return {value::between(from->lo, to->hi), InputState::kStated};
  }
  const NodeId expr = tree.child(line, NodeKind::kExpr);
  switch (state_word(tree.text_of(expr))) {
    case StateWord::kNotAsked:
      return {value::domain_of(*schema_, fact, members), InputState::kNotAsked};
    case StateWord::kUnknown:
      return {value::domain_of(*schema_, fact, members), InputState::kUnknown};
    case StateWord::kNothing:
      if (fact.type.kind == TypeKind::kMemberSet || fact.type.kind == TypeKind::kChoiceSet) {
        return {value::set_between(0, 0), InputState::kStated};
      }
      if (!fact.if_any) {
        return {value::failure({value::ErrorCode::kNotApplicableHere, 0, 0, 0}),
                InputState::kDoesNotApply};
      }
      return {value::not_applicable(), InputState::kDoesNotApply};
    case StateWord::kNone:
      break;
  }
  const auto value = constant_value(scope, scenario, expr, fact.type, false);
  if (!value) return {value::domain_of(*schema_, fact, members), InputState::kNotAsked};
  const bool bounded = fact.type.kind == TypeKind::kNumber || fact.type.kind == TypeKind::kDate ||
                       fact.type.kind == TypeKind::kMonth;
  if (bounded && (value->lo < fact.least || value->hi > fact.greatest)) {
    return {value::failure({value::ErrorCode::kOutOfDomain, 0, 0, 0}), InputState::kStated};
  }
  return {*value, InputState::kStated};
}

std::optional<Value> Checker::constant_value(const Scope& scope, const Scenario& scenario,
                                             NodeId node, const Type& wanted, bool range_end) {
  const SyntaxTree& tree = *scope.file->tree;
  const std::string text(tree.text_of(node));
  // Members by name: `parents is { Li, Wu }`, `owner is Li`.
  if (wanted.kind == TypeKind::kMemberSet || wanted.kind == TypeKind::kMember) {
    std::int64_t bits = 0;
    const syntax::Node& range = tree.node(node);
    for (std::uint32_t token = range.first_token; token < range.last_token; ++token) {
      if (tree.tokens[token].kind != TokenKind::kNAME) continue;
      const std::string name = name_text(*scope.file, tree.tokens[token]);
      const auto& members = scenario.household.members;
      const auto member = std::find_if(
          members.begin(), members.end(),
          [&](const value::Member& each) { return each.name.is(name) || each.key == name; });
      if (member == members.end()) {
        std::vector<std::string> known;
        known.reserve(members.size());
        for (const value::Member& each : members) {
          known.push_back(each.key);
        }
        unknown_name(*scope.file, tree.span(tree.tokens[token]), name,
                     say("member of this scenario", "情形成员"), known);
        return std::nullopt;
      }
      bits |= std::int64_t{1} << std::min<std::ptrdiff_t>(member - members.begin(), 62);
    }
    return wanted.kind == TypeKind::kMemberSet ? value::set_between(bits, bits) : value::bits(bits);
  }
  const ExprId expr = needs_rounding(check(scope, node, &wanted));
  if (is_broken(expr)) return std::nullopt;
  const Type found = type(expr);
  // Dates known only as a month or a year.
  if (wanted.kind == TypeKind::kDate && is_constant(expr)) {
    const std::int64_t number = constant_of(expr).lo;
    if (found.kind == TypeKind::kMonth) {
      const Value range =
          value::between(value::first_day_of_month(number), value::last_day_of_month(number));
      return range_end ? value::number(range.hi) : range;
    }
    if (const auto year = year_of_literal(found, number)) {
      return value::between(civil(*year, 1, 1), civil(*year, 12, 31));
    }
  }
  if (wanted.kind == TypeKind::kPlace && is_constant(expr) && found.kind == TypeKind::kPlace) {
    const auto node_index = static_cast<value::PlaceNode>(constant_of(expr).lo);
    return value::place_value(node_index, schema_->places[node_index].children.empty());
  }
  const ExprId typed = as_type(expr, wanted, say("the value", "值"));
  if (is_broken(typed)) return std::nullopt;
  if (!is_constant(typed)) {
    sink_
        .report(diag::Code::kTypeMismatch, tree.span(node),
                say("a scenario states values, not what must be computed",
                    "情形写明值，而不是需要计算的东西"),
                say("depends on something", "取决于别的东西"))
        .helps.emplace_back(say("write the value itself", "直接写值"));
    return std::nullopt;
  }
  return constant_of(typed);
}

}  // namespace juzhu::sema
