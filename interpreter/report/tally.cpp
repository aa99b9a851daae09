#include "report/tally.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/check.h"
#include "explain/marks.h"
#include "explain/phrase.h"
#include "explain/words.h"
#include "report/answers.h"

namespace juzhu::report {
namespace {

using eval::Outcome;
using eval::OutcomeKind;
using value::FactRef;
using value::Household;

constexpr std::int64_t kWeightOfOne = 1'000'000;

/// The city of a place, or the place itself where it is not known so closely.
value::PlaceNode city_of(const value::Value& place, const value::PlaceTree& tree) {
  if (!place.only_value()) return value::kRootPlace;
  const auto node = static_cast<value::PlaceNode>(place.lo);
  return tree.ancestor_at(node, value::PlaceLevel::kCity).value_or(node);
}

}  // namespace

std::uint64_t ServiceTally::total() const {
  std::uint64_t sum = 0;
  for (const Amount& amount : outcomes)
    sum += amount.count;
  return sum;
}

std::string fact_kind(const FactRef& ref, const value::Schema& schema, bool chinese) {
  const auto joined = [&](const value::Bilingual& inner) {
    return fmt::format("{}{}{}", explain::display_name(schema[ref.list].name, chinese),
                       chinese ? "的" : ": ", explain::display_name(inner, chinese));
  };
  switch (ref.kind) {
    case FactRef::Kind::kCell:
      return explain::display_name(schema[ref.fact].name, chinese);
    case FactRef::Kind::kRowCell:
      return joined(schema[ref.fact].name);
    case FactRef::Kind::kRowStart:
      return joined({"start", "开始"});
    case FactRef::Kind::kRowEnd:
      return joined({"end", "结束"});
    case FactRef::Kind::kList:
      return explain::display_name(schema[ref.list].name, chinese);
  }
  return {};
}

Tally::Tally(const sema::Program& program, const std::vector<std::uint32_t>& services, bool chinese)
    : program_(program), chinese_(chinese) {
  for (const std::uint32_t service : services) {
    summary_.services.emplace_back();
    summary_.services.back().service = service;
  }
}

ServiceTally& Tally::tally_of(std::uint32_t service) {
  const auto at = std::find_if(summary_.services.begin(), summary_.services.end(),
                               [&](const ServiceTally& tally) { return tally.service == service; });
  JUZHU_CHECK(at != summary_.services.end());
  return *at;
}

void Tally::add_household(const Household& household, std::size_t child_count) {
  ++summary_.households;
  summary_.children += child_count;
  summary_.weighted = summary_.weighted || household.weight_millionths != kWeightOfOne;
  const value::Schema& schema = *program_.schema;
  ++summary_.cities[city_of(place_of(household, schema), schema.places)];
}

void Tally::add(const Household& household, const eval::Query& query, const Outcome& outcome) {
  ServiceTally& tally = tally_of(query.service);
  tally.outcomes[static_cast<std::size_t>(outcome.kind)].add(household);
  if (outcome.marked) add_reasons(household, outcome, tally);
  std::set<std::string> higher;
  for (const plan::DeclarationId id : outcome.conflicts_with) {
    higher.insert(explain::display_name((*outcome.trace->plan)[id].name, chinese_));
  }
  for (const std::string& name : higher)
    tally.conflicts_with[name].add(household);
  switch (outcome.kind) {
    case OutcomeKind::kDenied:
      add_denial(household, query, outcome, tally);
      break;
    case OutcomeKind::kUnknown:
      add_missing(household, outcome, tally);
      break;
    case OutcomeKind::kError:
      tally.errors[std::string(value::error_name(outcome.error.code))].add(household);
      break;
    case OutcomeKind::kGranted:
    case OutcomeKind::kRanked:
    case OutcomeKind::kConflict:
      break;
  }
}

void Tally::add_reasons(const Household& household, const Outcome& outcome,
                        ServiceTally& tally) const {
  tally.marked.add(household);
  if (outcome.rests_on.empty()) return;
  std::set<Reason> reasons;
  for (const explain::Remark& mark :
       explain::marks_of(program_, *outcome.trace->plan, outcome.rests_on)) {
    reasons.insert({mark.kind, mark.about.in(chinese_), mark.cites.in(chinese_)});
  }
  for (const Reason& reason : reasons)
    tally.rests_on[reason].add(household);
}

void Tally::add_denial(const Household& household, const eval::Query& query, const Outcome& outcome,
                       ServiceTally& tally) {
  // A child counts once under each condition, also where two of its parents could meet it.
  std::set<std::string> labels;
  for (const eval::FailingSet& set : outcome.failing.sets) {
    if (set.size() != 1) continue;
    labels.insert(explain::leaf_label(program_, outcome, set.front(), chinese_, false));
  }
  for (const std::string& label : labels)
    tally.only_because[label].add(household);
  // The child to look at next: denied for one condition, else for several, else by a rule alone.
  const int rank = !labels.empty() ? 3 : !outcome.failing.sets.empty() ? 2 : 1;
  if (rank <= next_rank_) return;
  next_rank_ = rank;
  summary_.next = {household.key, household.members[query.member].key, query.service};
}

void Tally::add_missing(const Household& household, const Outcome& outcome,
                        ServiceTally& tally) const {
  std::set<std::string> kinds;
  for (const FactRef& ref : outcome.depends_on) {
    kinds.insert(fact_kind(ref, *program_.schema, chinese_));
  }
  for (const std::string& kind : kinds)
    tally.missing[kind].add(household);
  if (outcome.depends_on.size() == 1) tally.settles_alone[*kinds.begin()].add(household);
}

}  // namespace juzhu::report
