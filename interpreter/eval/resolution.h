// From how the rules of a question stand to what the question may come out as (semantics.md 5.3).
#pragma once

#include <vector>

#include "eval/outcome.h"

namespace juzhu::eval {

/// Readings of one question in one plan.
struct Readings {
  std::uint8_t possible = 0;      ///< kMayGrant .. kMayFail
  value::Error error{};           ///< the least, if it may fail
  bool no_rule_in_force = false;  ///< that error is no-rule-in-force
  [[nodiscard]] bool known() const;
  [[nodiscard]] OutcomeKind kind() const;  ///< of a known one
};

/// `no_rule` is the error if no granting rule is in force and none denies.
Readings readings_of(const Resolution& resolution, const plan::RuleSet& rules,
                     value::Error no_rule);

/// As a value of the choice `outcome`.
value::Value outcome_value(const Readings& readings);

/// The effect of an outcome that rules decide.
std::optional<ops::Effect> effect_of(OutcomeKind kind);
std::uint8_t bit_of(OutcomeKind kind);

}  // namespace juzhu::eval
