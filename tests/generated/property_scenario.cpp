// A household written as a scenario, with what was answered as its expectations, passes.
#include <algorithm>

#include "engine/rulebook.h"
#include "eval/facts.h"
#include "property.h"

namespace juzhu::generated {
namespace {

using value::Cell;
using value::InputState;
using value::TypeKind;

/// What a scenario can say of a cell: of sets and choices one value or none, of places a whole one.
void say_plainly(Cell& cell, const value::Fact& fact, const Household& household,
                 const Schema& schema) {
  Value& value = cell.value;
  const auto not_asked = [&] {
    cell = {value::domain_of(schema, fact, household.members.size()), InputState::kNotAsked};
  };
  if (value.may_fail() || (value.may_not_apply() && value.may_value())) return not_asked();
  if (!value.may_value() || cell.state != InputState::kStated) return;
  switch (fact.type.kind) {
    case TypeKind::kBoolean:
    case TypeKind::kChoice:
    case TypeKind::kMember:
      if (!eval::is_single_bit(value.lo)) not_asked();
      return;
    case TypeKind::kChoiceSet:
    case TypeKind::kMemberSet:
      value.hi = value.lo;
      return;
    case TypeKind::kPlace:
      value.hi = schema.places[static_cast<value::PlaceNode>(value.lo)].children.empty() ? 1 : 0;
      if (value.lo == value::kRootPlace) not_asked();
      return;
    case TypeKind::kError:
    case TypeKind::kNumber:
    case TypeKind::kQuotient:
    case TypeKind::kDate:
    case TypeKind::kMonth:
    case TypeKind::kText:
    case TypeKind::kRow:
    case TypeKind::kRows:
    case TypeKind::kTime:
      return;
  }
}

}  // namespace

Household said_plainly(const Household& household, const Schema& schema) {
  Household made = household;
  const auto cells = [&](std::vector<Cell>& all, const std::vector<value::FactId>& facts) {
    for (const value::FactId fact : facts)
      say_plainly(all[schema[fact].column], schema[fact], made, schema);
  };
  const auto lists = [&](std::vector<value::RowList>& all, const std::vector<value::ListId>& ids) {
    for (const value::ListId id : ids) {
      for (value::Row& row : all[schema[id].column].rows) {
        row.start.hi = row.start.lo;
        row.end.lo = row.end.hi;
        cells(row.cells, schema[id].facts);
      }
    }
  };
  // A scenario cannot say "exactly in" a wider place; and of an open one the places it names make
  // more scopes, each of which uses up budget.
  Cell& place = made.cells[schema[schema.place_fact].column];
  auto node = static_cast<value::PlaceNode>(place.value.lo);
  while (!schema.places[node].children.empty())
    node = schema.places[node].children.front();
  place = {value::place_value(node, true), InputState::kStated};
  cells(made.cells, schema.entities.front().facts);
  lists(made.lists, schema.entities.front().lists);
  for (value::Member& member : made.members) {
    cells(member.cells, schema[member.entity].facts);
    lists(member.lists, schema[member.entity].lists);
  }
  return made;
}

namespace {

std::string needs_text(const Case& at, const Household& household, const eval::Outcome& outcome) {
  if (outcome.at_most || outcome.open) return {};
  std::string text;
  for (const value::FactRef& ref : outcome.depends_on) {
    const bool plain =
        ref.kind == value::FactRef::Kind::kCell || ref.kind == value::FactRef::Kind::kList;
    if (!plain || ref.fact == at.book->schema().place_fact) return {};
    text += (text.empty() ? "" : ", ") + value::fact_text(ref, household, at.book->schema(), false);
  }
  return text.empty() ? "" : " needs { " + text + " }";
}

/// ` by r1`, and what of a higher norm it conflicts with.
std::string reasons_text(const Case& at, const eval::Outcome& outcome) {
  const sema::Program& program = at.book->program();
  const plan::Plan& plan = *outcome.trace->plan;
  std::string text;
  if (!outcome.deciding.empty() && outcome.deciding.front().sure)
    text += " by " + plan[outcome.deciding.front().declaration].name.in(false);
  for (const plan::DeclarationId each : outcome.conflicts_with) {
    const plan::Declaration& higher = plan[each];
    const auto& cites = program.rules[higher.item].versions[higher.version].remarks.cites;
    if (cites.empty()) continue;
    return text + " conflicts with " + program[cites.front().source].name.in(false);
  }
  return text;
}

std::string expectation(const Case& at, eval::PlanSource& plans, const Household& household,
                        const Asked& asked) {
  eval::Query query = query_of(asked, at.date);
  query.layers = true;
  const eval::Outcome outcome = eval::ask(plans, household, query);
  const std::string text = "\n  expect " + asked_text(*at.book, household, asked);
  switch (outcome.kind) {
    case eval::OutcomeKind::kGranted:
      return text + " is granted" + reasons_text(at, outcome);
    case eval::OutcomeKind::kDenied:
      return text + " is denied" + reasons_text(at, outcome);
    case eval::OutcomeKind::kRanked:
      return text + " is ranked";
    case eval::OutcomeKind::kConflict:
      return text + " is conflict";
    case eval::OutcomeKind::kUnknown:
      return text + " is unknown" + needs_text(at, household, outcome);
    case eval::OutcomeKind::kError:
      return text + " fails with \"" + std::string(value::error_name(outcome.error.code)) + "\"";
  }
  return {};
}

}  // namespace

std::string as_scenario(Case& at) {
  const Household household = said_plainly(at.household, at.book->schema());
  const std::vector<Asked> all = everything_to_ask(*at.book, household, at.date);
  const auto expectations = [&](eval::PlanSource& plans) {
    std::string expected;
    for (const Asked& asked : all) {
      if (asked.question) expected += expectation(at, plans, household, asked);
    }
    return expected;
  };
  const std::string expected = expectations(*at.book);
  std::string reformed;
  if (!at.book->program().reforms.empty()) {
    engine::Rulebook rulebook{sema::Program(at.book->program())};
    const sema::ReformId reform{at.random(10).below(at.book->program().reforms.size())};
    reformed = "\nscenario case_three like case_one under reform " +
               at.book->program()[reform].name.in(false) +
               expectations(rulebook.under(rulebook.stack_of({reform})));
  }
  Texts texts = at.texts;
  const std::string text = "module town.cases\nuse town.rules\nuse town.vocabulary\n" +
                           scenario_text(household, at.book->schema(), at.date, "case_one") +
                           expected + "\nscenario case_two like case_one" + expected + reformed +
                           "\n";
  texts.files.push_back({"cases.jz", text});
  const auto book = Book::read(texts);
  if (!book->accepted()) return "the scenario is refused: " + book->refusal() + "\n" + text;
  at.book->add_tree(book->trees().back());
  engine::Rulebook rulebook{sema::Program(book->program())};
  for (const engine::ScenarioResult& result : engine::run_scenarios(rulebook)) {
    if (result.failures.empty()) continue;
    const engine::ScenarioFailure& failure = result.failures.front();
    return "`" + std::string(book->sources().text(failure.span)) + "`, but " + failure.found.en +
           "\n" + text;
  }
  return {};
}

}  // namespace juzhu::generated
