// Scenarios of several households: which households stand on the list, on which day, and by which
// names their members are called.
#include <map>

#include "sema/checker.h"

namespace juzhu::sema {

void Checker::scenario_households(std::uint32_t index) {
  const Place& place = scenario_places_[index];
  const SyntaxTree& tree = *place.file->tree;
  const NodeId clause = tree.child(place.node, NodeKind::kScenarioOf);
  if (!clause.valid()) return;
  const bool says_day = tree.child(place.node, NodeKind::kScenarioOn).valid();
  std::optional<std::int64_t> date;
  for (const std::uint32_t each : tree.own_tokens(clause)) {
    if (tree.tokens[each].kind != TokenKind::kNAME) continue;
    const Symbol* named =
        need(*place.file, tree.tokens[each], {SymbolKind::kScenario}, say("scenario", "情形"));
    if (named == nullptr) continue;
    const std::uint32_t other = named->index;
    if (scenario_state_[other] == 0) check_scenario(other);
    const Scenario& from = program_.scenarios[other];
    const auto wrong = [&](Bilingual message, Bilingual help) {
      sink_
          .report(diag::Code::kWrongArgument, tree.span(tree.tokens[each]), std::move(message),
                  say("named here", "写于此处"))
          .helps.push_back(std::move(help));
    };
    if (scenario_state_[other] != 2 || !from.households.empty()) {
      wrong(say("`{}` is a list itself, not a household", "`{}` 本身是名单，不是一户", from.name),
            say("name the scenarios that write the households down", "写明记载各户的情形"));
      continue;
    }
    if (!says_day && date && *date != from.date) {
      wrong(say("these scenarios are on different days", "这些情形的日期不同"),
            say("say the day of the list: add `on` and a date before it",
                "写明名单的日期：在前面加 `截至` 和日期"));
    }
    date = date.value_or(from.date);
    program_.scenarios[index].households.emplace_back(other);
  }
  if (!says_day && date) program_.scenarios[index].date = *date;
  // Members by the one name that they alone have; others are named with their scenario.
  Scenario& scenario = program_.scenarios[index];
  scenario.members.clear();
  for (const ScenarioId id : scenario.households) {
    const Scenario& from = program_[id];
    scenario.members.insert(scenario.members.end(), from.members.begin(), from.members.end());
  }
}

std::vector<LocalId> Checker::named_members(const Scenario& scenario) const {
  std::map<std::string, int> times;
  for (const LocalId each : scenario.members)
    ++times[program_[each].name];
  std::vector<LocalId> named;
  for (const LocalId each : scenario.members) {
    if (times[program_[each].name] == 1) named.push_back(each);
  }
  return named;
}

}  // namespace juzhu::sema
