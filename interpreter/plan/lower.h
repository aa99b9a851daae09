// Program + scope → Plan (semantics.md 5.1, 5.2): picks the versions in force at the place on the
// date, orders the rules of each question, folds parameters and the date into constants, and
// flattens expressions into steps. The only door of this room that knows the Program.
#pragma once

#include <optional>
#include <span>

#include "plan/plan.h"
#include "sema/program.h"

namespace juzhu::plan {

/// An expression to make a block for; its parameters are the given locals, in order.
struct Root {
  sema::ExprId expr;
  std::vector<sema::LocalId> parameters;
  sema::DefinitionId definition{};  ///< instead of an expression: its version in force
};

/// Every question of the program at this scope, and the roots. Never fails: what a checked program
/// can lack in a scope (no version in force) becomes an error value.
Plan lower(const sema::Program& program, const Scope& scope, std::span<const Root> roots = {});

/// The roots alone, with what they read: for conditions that stand outside every question, such as
/// those of limits and properties.
Plan lower_roots(const sema::Program& program, const Scope& scope, std::span<const Root> roots);

/// A score as a key of the one allocation in force that ranks by it.
struct RankedBy {
  sema::AllocationId allocation;
  sema::RuleId rule;
  std::uint32_t version = 0;
  std::size_t key = 0;  ///< index into its keys: those after it settle ties of the score
};
/// Nothing if no allocation in force in the scope ranks by this total, or more than one does
/// (semantics.md 6, `choosing`).
std::optional<RankedBy> ranked_by(const sema::Program& program, const Scope& scope,
                                  sema::DefinitionId total);

/// The scopes a place of a household may fall under (semantics.md 5.1): one if it is exact or
/// nothing below it is declared, else each declared place below it and "elsewhere". `place` is a
/// value of type place, `stack` the reforms that are active.
std::vector<Scope> scopes_of(const sema::Program& program, const value::Value& place,
                             std::int64_t date, std::uint32_t stack = 0);

}  // namespace juzhu::plan
