// What is in force in a scope (semantics.md 5.1) and which rules go before which (5.2). Read by
// lowering, and by the engine for what limits say of versions.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "plan/plan.h"
#include "sema/program.h"

namespace juzhu::plan {

/// A version that holds in a scope, and the place of its extent through which it does.
struct InForce {
  std::uint32_t item = 0;  ///< RuleId, DefinitionId or ParameterId
  std::uint32_t version = 0;
  value::PlaceNode place = 0;
  std::int64_t from = 0;
  friend bool operator==(const InForce&, const InForce&) = default;
};

/// The version of a definition or parameter in force; nothing if there is none.
std::optional<InForce> definition_in_force(const sema::Program& program, sema::DefinitionId id,
                                           const Scope& scope);
std::optional<InForce> parameter_in_force(const sema::Program& program, sema::ParameterId id,
                                          const Scope& scope);
/// The version of one rule in force, of levels at or above one.
std::optional<InForce> rule_in_force(const sema::Program& program, sema::RuleId id,
                                     const Scope& scope, ops::Level lowest_level);
/// The rules in force, of levels at or above one, each by its most specific version; in the order
/// of RuleId.
std::vector<InForce> rules_in_force(const sema::Program& program, const Scope& scope,
                                    ops::Level lowest_level);
/// Every version that is in force under some level; what a plan may name.
std::vector<InForce> rules_in_force_all_levels(const sema::Program& program, const Scope& scope);
/// The day the last rule granting the service here ended before the scope's date; 0 if there was
/// none.
std::int64_t last_end_of(const sema::Program& program, const Scope& scope, sema::ServiceId service);

/// The transitive closure of who goes directly before whom.
Beats closed(Beats beats);
/// The stacks of reforms that expressions reach from one, itself among them.
std::set<std::uint32_t> stacks_from(const sema::Program& program, std::uint32_t stack);

/// Does the first line of 5.2 that orders the pair put `left` before `right`?
bool goes_before(const sema::Program& program, const InForce& left, const InForce& right);

}  // namespace juzhu::plan
