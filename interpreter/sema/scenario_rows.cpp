// The spells of a scenario's household: a line a spell, its ends and its facts, each of them
// perhaps known only in part.
#include "sema/checker.h"
#include "value/date.h"

namespace juzhu::sema {

using value::InputState;
using value::TypeKind;

namespace {

std::int64_t civil(int year, int month, int day) {
  return *value::days_from_civil({year, month, day});
}

bool names_start(std::string_view name) { return name == "start" || name == "起始日"; }
bool names_end(std::string_view name) { return name == "end" || name == "终止日"; }

/// The ends of spells as facts, so that they are stated as facts are.
value::Fact end_as_fact(value::SpellUnit unit, bool end) {
  value::Fact fact;
  fact.name = end ? value::Bilingual{"end", "终止日"} : value::Bilingual{"start", "起始日"};
  const bool days = unit == value::SpellUnit::kDays;
  fact.type = days ? value::date_type() : value::month_type();
  fact.least = days ? civil(1900, 1, 1) : std::int64_t{1900} * 12;
  fact.greatest = days ? civil(2100, 12, 31) : std::int64_t{2100} * 12 + 11;
  return fact;
}

}  // namespace

Value Checker::row_end(const Scope& scope, NodeId sum, value::SpellUnit unit, bool end) {
  const ExprId expr = needs_rounding(check(scope, sum));
  const Value unbounded = value::between(value::kBegin, value::kForever);
  if (is_broken(expr)) return unbounded;
  const Type found = type(expr);
  const bool days = unit == value::SpellUnit::kDays;
  if (is_constant(expr)) {
    const std::int64_t number = constant_of(expr).lo;
    if (found.kind == TypeKind::kDate)
      return value::number(days ? number : value::month_of_date(number));
    if (found.kind == TypeKind::kMonth) {
      if (!days) return value::number(number);
      return value::number(end ? value::last_day_of_month(number)
                               : value::first_day_of_month(number));
    }
    if (const auto year = year_of_literal(found, number)) {
      if (days) return value::number(end ? civil(*year, 12, 31) : civil(*year, 1, 1));
      return value::number(std::int64_t{*year} * 12 + (end ? 11 : 0));
    }
  }
  sink_
      .report(diag::Code::kTypeMismatch, at(expr).span,
              say("a spell has a day, a month or a year at its end", "时段的端点须为日、月或年"),
              say("this is {}", "这是{}", type_text(found)))
      .helps.emplace_back(
          say("write for example `from 2019-06-10 to 2024-04-30`; for an end that is not known add "
              "`{{ end is unknown }}`, or `{{ end is from 2024-03-31 to 2024-05-31 }}`",
              "例如写 `自 2019年6月10日 至 2024年4月30日`；终日未知的加上 `{{ 终止日 为 未知 }}` "
              "或 `{{ 终止日 为 自 2024年3月31日 至 2024年5月31日 }}`"));
  return unbounded;
}

void Checker::row_line(const Scope& scope, const Scenario& scenario, NodeId line, ListId list,
                       value::Row& row) {
  const SyntaxTree& tree = *scope.file->tree;
  const NodeId property = tree.child(line, NodeKind::kProperty);
  if (!property.valid()) return;
  const std::string name = name_text(*scope.file, tree.tokens[tree.node(property).first_token]);
  const value::List& shape = (*schema_)[list];
  if (const auto fact = schema_->fact(list, name)) {
    row.cells[(*schema_)[*fact].column] = cell_of(scope, scenario, line, (*schema_)[*fact]);
    return;
  }
  if (names_start(name) || names_end(name)) {
    const bool end = names_end(name);
    const value::Cell stated = cell_of(scope, scenario, line, end_as_fact(shape.unit, end));
    (end ? row.end : row.start) = stated.value;
    return;
  }
  std::vector<std::string> known{"start", "end", "起始日", "终止日"};
  for (const FactId fact : shape.facts) {
    known.insert(known.end(), {(*schema_)[fact].name.en, (*schema_)[fact].name.zh});
  }
  unknown_name(*scope.file, tree.span(property), name, say("fact of this spell", "时段事实"),
               known);
}

void Checker::scenario_row(const Scope& scope, Scenario& scenario, NodeId line, std::int32_t member,
                           EntityId entity, std::set<std::uint32_t>& restated) {
  const SyntaxTree& tree = *scope.file->tree;
  const NodeId property = tree.child(line, NodeKind::kProperty);
  if (!property.valid()) return;
  const std::string name = name_text(*scope.file, tree.tokens[tree.node(property).first_token]);
  const auto list = schema_->list(entity, name);
  if (!list) {
    std::vector<std::string> known;
    for (const ListId each : (*schema_)[entity].lists) {
      known.insert(known.end(), {(*schema_)[each].name.en, (*schema_)[each].name.zh});
    }
    unknown_name(*scope.file, tree.span(property), name, say("list of spells", "时段列表"), known);
    return;
  }
  const value::List& shape = (*schema_)[*list];
  const std::size_t index = static_cast<std::size_t>(member);
  value::RowList& rows = (member < 0 ? scenario.household.lists
                                     : scenario.household.members[index].lists)[shape.column];
  if (restated.insert(list->index).second) rows = value::RowList{InputState::kStated, {}, {}};
  rows_restated_.insert(&rows);
  value::Row row;
  const std::vector<NodeId> ends = tree.children(line, NodeKind::kSum);
  row.start = row_end(scope, ends.front(), shape.unit, false);
  row.end =
      ends.size() > 1 ? row_end(scope, ends[1], shape.unit, true) : value::number(value::kForever);
  for (const FactId fact : shape.facts) {
    row.cells.push_back(
        {value::domain_of(*schema_, (*schema_)[fact], scenario.household.members.size()),
         InputState::kNotAsked});
  }
  if (const NodeId lines = tree.child(line, NodeKind::kLines); lines.valid()) {
    for (const NodeId each : tree.children(lines, NodeKind::kLine)) {
      for (const NodeId cell : tree.children(each))
        row_line(scope, scenario, cell, *list, row);
    }
  }
  rows.rows.push_back(std::move(row));
}

}  // namespace juzhu::sema
