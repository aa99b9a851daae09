// Households, and answers as the conformance table writes them.
#include <fmt/format.h>

#include <algorithm>

#include "eval/needs.h"
#include "plan_builder.h"

namespace juzhu::eval::testing {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    text += (text.empty() ? "" : ", ") + word;
  }
  return text;
}

std::string names_of(const Plan& plan, const std::vector<plan::DeclarationId>& declarations) {
  std::vector<std::string> names;
  for (const plan::DeclarationId declaration : declarations) {
    names.push_back(plan[declaration].name.en);
  }
  return joined(names);
}

std::string facts_text(const std::vector<value::FactRef>& facts, const Household& household) {
  std::vector<std::string> names;
  for (const value::FactRef& ref : facts) {
    std::string name = value::fact_text(ref, household, *vocabulary().schema, false);
    const std::string mine = "Mei's ";
    if (name.rfind(mine, 0) == 0) name = name.substr(mine.size());
    names.push_back(name);
  }
  return joined(names);
}

std::string possible_text(std::uint8_t possible) {
  std::vector<std::string> words;
  if ((possible & kMayGrant) != 0) words.emplace_back("granted");
  if ((possible & kMayRank) != 0) words.emplace_back("ranked");
  if ((possible & kMayDeny) != 0) words.emplace_back("denied");
  if ((possible & kMayConflict) != 0) words.emplace_back("conflict");
  if ((possible & kMayFail) != 0) words.emplace_back("error");
  return joined(words);
}

std::string deciding_text(const Outcome& outcome) {
  std::vector<std::string> words;
  for (const Deciding& rule : outcome.deciding) {
    const std::string& name = (*outcome.trace->plan)[rule.declaration].name.en;
    words.push_back(rule.sure ? name : name + "?");
  }
  return joined(words);
}

std::string headline(const Outcome& outcome) {
  const std::string by = outcome.deciding.empty() ? "" : " by " + deciding_text(outcome);
  switch (outcome.kind) {
    case OutcomeKind::kGranted:
      return "granted" + by;
    case OutcomeKind::kRanked:
      return "ranked" + by;
    case OutcomeKind::kDenied:
      return outcome.no_rule_grants ? "denied, no rule grants" : "denied" + by;
    case OutcomeKind::kConflict:
      return "conflict of " + deciding_text(outcome);
    case OutcomeKind::kError:
      return fmt::format("error {}", value::error_name(outcome.error.code));
    case OutcomeKind::kUnknown:
      break;
  }
  return fmt::format("{}: {}; depends on {}{}", outcome.open ? "open" : "unknown",
                     possible_text(outcome.possible), outcome.at_most ? "at most " : "",
                     facts_text(outcome.depends_on, *outcome.trace->household));
}

/// The expression's only block.
BlockId root_of(const Plan& plan) { return plan.roots.at(0); }

}  // namespace

std::string answer(const Outcome& outcome) {
  const Plan& plan = *outcome.trace->plan;
  std::string text = headline(outcome);
  if (outcome.last_end != 0) text += fmt::format(", ended {}", value::date_text(outcome.last_end));
  if (!outcome.conflicts_with.empty()) {
    text += "; conflicts with " + names_of(plan, outcome.conflicts_with);
  }
  if (!outcome.may_conflict_with.empty()) {
    text += "; may conflict with " + names_of(plan, outcome.may_conflict_with);
  }
  if (!outcome.more_generous_than.empty()) {
    text += "; more generous than " + names_of(plan, outcome.more_generous_than);
  }
  return text;
}

Household household() {
  const Schema& schema = *vocabulary().schema;
  Household made = value::empty_household(schema, "H1");
  made.cells[0] = {value::place_value(vocabulary().sz, true), value::InputState::kStated};
  add_member(made, "Mei");
  return made;
}

void state(Household& household, const std::string& fact, const Value& value, std::size_t member) {
  const Schema& schema = *vocabulary().schema;
  const auto id = schema.fact(vocabulary().person, fact);
  value::Cell& cell = household.members[member].cells[schema[*id].column];
  cell = {value, value.only_not_applicable() ? value::InputState::kDoesNotApply
                                             : value::InputState::kStated};
}

Household household_with(const std::map<std::string, Value>& facts) {
  Household made = household();
  for (const auto& [name, value] : facts) {
    state(made, name, value);
  }
  return made;
}

std::size_t add_member(Household& household, const std::string& key) {
  value::Member member = value::empty_member(*vocabulary().schema, vocabulary().person, key);
  household.members.push_back(std::move(member));
  return household.members.size() - 1;
}

value::RowList& list_of_member(Household& household, value::ListId list, std::size_t member) {
  return household.members[member].lists[(*vocabulary().schema)[list].column];
}

value::Row permit(std::int64_t start, std::int64_t end) {
  return {
      value::number(start), value::number(end), {{value::truth(true), value::InputState::kStated}}};
}

Outcome ask_book(TestBook& book, const Household& household, Level lowest, std::int64_t date) {
  Query query;
  query.date = date;
  query.lowest_level = lowest;
  return ask(book, household, query);
}

std::string ask_text(TestBook& book, const Household& household, Level lowest, std::int64_t date) {
  return answer(ask_book(book, household, lowest, date));
}

std::string failing_text(const Outcome& outcome) {
  const Trace& trace = *outcome.trace;
  std::vector<std::string> sets;
  for (const FailingSet& set : outcome.failing.sets) {
    std::vector<std::string> leaves;
    for (const Leaf& leaf : set) {
      const plan::Step& step = plan::step_of(trace.block(leaf.frame), leaf.slot);
      std::string name = step.operation == Operation::kFact
                             ? (*vocabulary().schema)[value::FactId(step.a)].name.en
                             : std::string(ops::operation_name(step.operation));
      if (trace.block(leaf.frame).parameters.size() > 1) {
        const auto member = trace[leaf.frame].slots[0].lo;
        for (std::size_t i = 0; i < trace.household->members.size(); ++i) {
          if (member == std::int64_t{1} << i) name += "(" + trace.household->members[i].key + ")";
        }
      }
      if (leaf.uncertain) name += "?";
      if (leaf.narrowing) name += " of " + (*trace.plan)[*leaf.narrowing].name.en;
      leaves.push_back(name);
    }
    sets.push_back("{" + joined(leaves) + "}");
  }
  std::string text;
  for (const std::string& set : sets) {
    text += (text.empty() ? "" : " ") + set;
  }
  return outcome.failing.may_lack_some ? text + " ..." : text;
}

Value level_zero(const Expr& expression, const Household& household) {
  TestBook book;
  book.expression = expression;
  const Plan& plan = book.plan({days(2022, 1, 1), vocabulary().sz, false});
  Evaluator evaluator(plan, household);
  return evaluator.result(evaluator.run(plan.roots[0], {value::bits(1)}));
}

std::string settled_text(const Expr& expression, const Household& household) {
  TestBook book;
  book.expression = expression;
  const Value subject = value::bits(1);
  const Answer found = evaluate(book, household, days(2022, 1, 1), root_of, {&subject, 1});
  std::string text = value::value_text(found.value, expression->type, *vocabulary().schema, false);
  if (found.known) return text;
  return text + " {" + facts_text(found.depends_on, *found.trace->household) + "}";
}

std::string needs_text(const Expr& expression, const Household& household) {
  TestBook book;
  book.expression = expression;
  const Plan& plan = book.plan({days(2022, 1, 1), vocabulary().sz, false});
  Evaluator evaluator(plan, household);
  const FrameId frame = evaluator.run(plan.roots[0], {value::bits(1)});
  const auto found = needs(evaluator.trace(), frame, plan[plan.roots[0]].results[0]);
  return facts_text({found.begin(), found.end()}, household);
}

}  // namespace juzhu::eval::testing
