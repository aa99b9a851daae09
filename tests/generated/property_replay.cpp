// An explanation replayed: from its leaves alone the truth of every condition above them, from the
// conditions the standing of every rule, from the rules the conclusion.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "explain/explain.h"
#include "property.h"

namespace juzhu::generated {
namespace {

using explain::Explanation;
using explain::Node;
using explain::NodeKind;
using explain::RuleNote;
using explain::Standing;
using explain::Truth;

struct Counted {
  std::size_t yes = 0, no = 0, unknown = 0, error = 0;
};

Counted count(const std::vector<Node>& nodes) {
  Counted counted;
  for (const Node& node : nodes) {
    switch (node.truth) {
      case Truth::kYes:
        ++counted.yes;
        break;
      case Truth::kNo:
        ++counted.no;
        break;
      case Truth::kUnknown:
        ++counted.unknown;
        break;
      case Truth::kError:
        ++counted.error;
        break;
      case Truth::kNone:
        break;
    }
  }
  return counted;
}

/// Which truths a conjunction of these may have; an unknown one may also be an error or a no.
bool fits_all(Truth truth, const Counted& of) {
  if (of.no > 0) return truth == Truth::kNo;
  if (of.error > 0 && of.unknown > 0) return truth == Truth::kUnknown || truth == Truth::kError;
  if (of.error > 0) return truth == Truth::kError;
  if (of.unknown > 0) return truth == Truth::kUnknown;
  return truth == Truth::kYes;
}

Truth reversed(Truth truth) {
  if (truth == Truth::kYes) return Truth::kNo;
  return truth == Truth::kNo ? Truth::kYes : truth;
}

bool fits(const Node& node) {
  const Counted of = count(node.children);
  const bool says_nothing = of.yes + of.no + of.unknown + of.error == 0;
  if (says_nothing) return true;
  if (node.kind == NodeKind::kAll) return fits_all(node.truth, of);
  if (node.kind == NodeKind::kAny)
    return fits_all(reversed(node.truth), {of.no, of.yes, of.unknown, of.error});
  if (node.kind == NodeKind::kNot && node.children.size() == 1)
    return node.truth == reversed(node.children.front().truth);
  return true;
}

std::string wrong_node(const Node& node) {
  if (!fits(node)) return "a condition is not what its parts make it: " + node.text.en;
  for (const Node& child : node.children) {
    std::string wrong = wrong_node(child);
    if (!wrong.empty()) return wrong;
  }
  return {};
}

bool stands_right(const RuleNote& rule) {
  const Counted of = count(rule.conditions);
  switch (rule.standing) {
    case Standing::kDecides:
    case Standing::kBeaten:
      // What is beaten may still be open.
      return of.no == 0 && (rule.standing == Standing::kBeaten || of.unknown + of.error == 0);
    case Standing::kApplies:
      return of.no + of.unknown + of.error == 0;
    case Standing::kNotMet:
    case Standing::kNotConcerned:
      return of.no > 0 || !rule.narrowings.empty();
    case Standing::kFails:
      return of.no == 0 && (of.error > 0 || !rule.narrowings.empty());
    case Standing::kMayDecide:
    case Standing::kNarrowed:
      return of.no == 0;
  }
  return false;
}

bool surely_applies(const RuleNote& rule) {
  const Counted of = count(rule.conditions);
  const bool narrowed =
      std::any_of(rule.narrowings.begin(), rule.narrowings.end(), [](const RuleNote& each) {
        const Counted own = count(each.conditions);
        return own.no + own.unknown + own.error > 0;
      });
  return of.no + of.unknown + of.error == 0 && !narrowed;
}

std::string wrong_conclusion(const Explanation& explanation) {
  std::vector<const RuleNote*> top;
  for (const auto* notes : {&explanation.deciding, &explanation.weighed}) {
    for (const RuleNote& rule : *notes) {
      if (surely_applies(rule) && rule.beaten_by.empty()) top.push_back(&rule);
    }
  }
  const auto all_have = [&](ops::Effect effect) {
    return std::all_of(top.begin(), top.end(),
                       [&](const RuleNote* rule) { return rule->effect == effect; });
  };
  switch (explanation.outcome) {
    case eval::OutcomeKind::kGranted:
      return !top.empty() && all_have(ops::Effect::kGrants)
                 ? ""
                 : "granted, but not by the rules it names";
    case eval::OutcomeKind::kDenied:
      return all_have(ops::Effect::kDenies) ? ""
                                            : "denied, though a rule that grants stands over all";
    case eval::OutcomeKind::kConflict:
      return !all_have(ops::Effect::kGrants) && !all_have(ops::Effect::kDenies)
                 ? ""
                 : "a conflict of rules of one effect";
    case eval::OutcomeKind::kRanked:
    case eval::OutcomeKind::kUnknown:
    case eval::OutcomeKind::kError:
      return {};
  }
  return {};
}

std::string wrong_explanation(const Explanation& explanation, bool one_scope) {
  for (const auto* notes :
       {&explanation.deciding, &explanation.weighed, &explanation.not_concerned}) {
    for (const RuleNote& rule : *notes) {
      for (const Node& condition : rule.conditions) {
        std::string wrong = wrong_node(condition);
        if (!wrong.empty()) return wrong;
      }
      // In several scopes a rule may decide in one that is not shown.
      if (one_scope && !explanation.settled && !stands_right(rule))
        return "`" + rule.name.en + "` does not stand as its conditions say";
    }
  }
  return one_scope && !explanation.settled ? wrong_conclusion(explanation) : "";
}

}  // namespace

std::string replayed(Case& at) {
  for (const Asked& asked : everything_to_ask(*at.book, at.household, at.date)) {
    if (!asked.question) continue;
    eval::Query query = query_of(asked, at.date);
    query.layers = query.failing_sets = true;
    const eval::Outcome outcome = eval::ask(*at.book, at.household, query);
    const Explanation explanation =
        explain::explain(at.book->program(), at.book->sources(), at.household, query, outcome);
    const Value& place =
        at.household.cells[at.book->schema()[at.book->schema().place_fact].column].value;
    const bool one_scope = at.book->plans(place, at.date).size() == 1;
    std::string wrong = wrong_explanation(explanation, one_scope);
    if (explain::to_json(explanation).dump().empty()) wrong = "no JSON";
    for (const bool chinese : {false, true}) {
      explain::TextOptions options;
      options.chinese = chinese;
      options.all = chinese;
      const std::string text = explain::to_text(explanation, options);
      if (wrong.empty() && text.empty()) wrong = "no text";
      if (!wrong.empty() && !chinese) wrong += "\n" + text;
    }
    if (!wrong.empty()) return asked_text(*at.book, at.household, asked) + ": " + wrong;
  }
  return {};
}

}  // namespace juzhu::generated
