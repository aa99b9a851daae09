// How the rules of one question stand to each other, and what comes of it (semantics.md 5.3).
#include <algorithm>
#include <bit>

#include "base/check.h"
#include "eval/resolution.h"
#include "ops/logic.h"

namespace juzhu::eval {
namespace {

using ops::Effect;
using plan::RuleSet;
using value::Error;

bool beaten_by_any(const plan::Beats& beats, std::uint32_t rule,
                   std::span<const std::uint32_t> others) {
  return std::any_of(others.begin(), others.end(),
                     [&](std::uint32_t other) { return beats[other][rule]; });
}

std::vector<std::uint32_t> with_effect(const RuleSet& rules, std::span<const std::uint32_t> live,
                                       Effect effect) {
  std::vector<std::uint32_t> found;
  for (const std::uint32_t rule : live) {
    if (rules.rules[rule].effect == effect) found.push_back(rule);
  }
  return found;
}

/// A live rule has the effect, and every top rule with another one is beaten by such a rule.
bool is_possible(const RuleSet& rules, const Resolution& resolution, Effect effect) {
  const std::vector<std::uint32_t> allies = with_effect(rules, resolution.live, effect);
  if (allies.empty()) return false;
  return std::all_of(resolution.top.begin(), resolution.top.end(), [&](std::uint32_t top) {
    return rules.rules[top].effect == effect || beaten_by_any(rules.beats, top, allies);
  });
}

/// Two live rules of different effects stand side by side.
bool may_conflict(const RuleSet& rules, std::span<const std::uint32_t> live) {
  for (const std::uint32_t one : live) {
    for (const std::uint32_t other : live) {
      const Effect effect = rules.rules[one].effect;
      bool differ = effect != rules.rules[other].effect;
      // The two halves of a grant that an allocation parts exclude one another.
      const bool denies = effect == Effect::kDenies || rules.rules[other].effect == Effect::kDenies;
      if (rules.parted && !denies) differ = false;
      if (differ && !rules.beats[one][other] && !rules.beats[other][one]) return true;
    }
  }
  return false;
}

}  // namespace

Standing stand(const plan::Beats& beats, std::span<const Value> statuses) {
  JUZHU_CHECK(statuses.size() == beats.size());
  std::vector<Value> conditions;
  std::vector<std::uint32_t> sure;
  for (std::uint32_t i = 0; i < statuses.size(); ++i) {
    conditions.push_back(ops::condition(statuses[i]));
    if (value::is_true(conditions[i])) sure.push_back(i);
  }
  Standing standing;
  for (std::uint32_t i = 0; i < statuses.size(); ++i) {
    const Value& condition = conditions[i];
    if (value::is_false(condition) || beaten_by_any(beats, i, sure)) continue;
    standing.live.push_back(i);
    if (value::is_true(condition)) {
      standing.top.push_back(i);
    } else if (!condition.only_error()) {
      standing.only_errors = false;
    }
    if (condition.may_fail()) standing.errors.push_back(condition.error);
  }
  return standing;
}

Resolution resolve(const RuleSet& rules, std::span<const Value> statuses) {
  Resolution result;
  static_cast<Standing&>(result) = stand(rules.beats, statuses);
  result.granted = is_possible(rules, result, Effect::kGrants);
  result.ranked = is_possible(rules, result, Effect::kRanks);
  result.denied = is_possible(rules, result, Effect::kDenies);
  result.none = result.top.empty();
  result.conflict = may_conflict(rules, result.live);
  return result;
}

Readings readings_of(const Resolution& resolution, const RuleSet& rules, Error no_rule) {
  Readings readings;
  if (resolution.granted) readings.possible |= kMayGrant;
  if (resolution.ranked) readings.possible |= kMayRank;
  if (resolution.denied) readings.possible |= kMayDeny;
  if (resolution.conflict) readings.possible |= kMayConflict;
  if (resolution.none) readings.possible |= rules.can_grant ? kMayDeny : kMayFail;
  readings.no_rule_in_force = resolution.none && !rules.can_grant;
  readings.error = no_rule;
  // If all that is possible reads the same, no error can matter.
  if (std::has_single_bit(readings.possible) || resolution.errors.empty()) return readings;

  const Error least = *std::min_element(resolution.errors.begin(), resolution.errors.end());
  if (resolution.only_errors) readings = {};
  const bool may_lack_rule = readings.no_rule_in_force;
  readings.possible |= kMayFail;
  readings.error = may_lack_rule ? std::min(least, no_rule) : least;
  readings.no_rule_in_force = may_lack_rule && readings.error == no_rule;
  return readings;
}

bool Readings::known() const { return std::has_single_bit(possible); }

OutcomeKind Readings::kind() const {
  if (!known()) return OutcomeKind::kUnknown;
  if (possible == kMayGrant) return OutcomeKind::kGranted;
  if (possible == kMayRank) return OutcomeKind::kRanked;
  if (possible == kMayDeny) return OutcomeKind::kDenied;
  return possible == kMayConflict ? OutcomeKind::kConflict : OutcomeKind::kError;
}

value::Value outcome_value(const Readings& readings) {
  using ops::OutcomeOption;
  std::int64_t options = 0;
  const auto add = [&](std::uint8_t reading, OutcomeOption option) {
    if ((readings.possible & reading) != 0) options |= std::int64_t{1} << static_cast<int>(option);
  };
  add(kMayDeny, OutcomeOption::kDenied);
  add(kMayRank, OutcomeOption::kRanked);
  add(kMayGrant, OutcomeOption::kGranted);
  add(kMayConflict, OutcomeOption::kConflict);
  Value result = options != 0 ? value::bits(options) : Value{};
  if ((readings.possible & kMayFail) != 0) {
    result.kinds |= value::kFails;
    result.error = readings.error;
  }
  return result;
}

std::optional<Effect> effect_of(OutcomeKind kind) {
  switch (kind) {
    case OutcomeKind::kGranted:
      return Effect::kGrants;
    case OutcomeKind::kRanked:
      return Effect::kRanks;
    case OutcomeKind::kDenied:
      return Effect::kDenies;
    case OutcomeKind::kUnknown:
    case OutcomeKind::kConflict:
    case OutcomeKind::kError:
      return std::nullopt;
  }
  return std::nullopt;
}

std::uint8_t bit_of(OutcomeKind kind) {
  switch (kind) {
    case OutcomeKind::kGranted:
      return kMayGrant;
    case OutcomeKind::kRanked:
      return kMayRank;
    case OutcomeKind::kDenied:
      return kMayDeny;
    case OutcomeKind::kConflict:
      return kMayConflict;
    case OutcomeKind::kError:
      return kMayFail;
    case OutcomeKind::kUnknown:
      return 0;
  }
  return 0;
}

}  // namespace juzhu::eval
