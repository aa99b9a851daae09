// Which rules decide an outcome, what the answer rests on, and how the layers above would have it
// (semantics.md 5.3, 5.4).
#pragma once

#include <vector>

#include "eval/level_zero.h"

namespace juzhu::eval {

/// The rules that decide in one scope, or the narrowings of a denial that no rule makes.
std::vector<Deciding> deciding_in(const QuestionRun& run, OutcomeKind kind);

/// The same over all scopes, as declarations of the scope that is shown; a rule that another scope
/// decides without is only a possible one.
std::vector<Deciding> deciding_rules(const LevelZero& level_zero, OutcomeKind kind);

/// Every declaration that was read on the way to the outcome in the scope that is shown, sorted.
std::vector<plan::DeclarationId> rests_on(const LevelZero& level_zero, OutcomeKind kind,
                                          const std::vector<Deciding>& deciding);

/// Fills conflicts_with, may_conflict_with and more_generous_than of an outcome that is otherwise
/// complete.
void compare_layers(PlanSource& plans, const Household& household, const Query& query,
                    const LevelZero& level_zero, Outcome& outcome);

/// Level 0, then the search: how a question comes out.
struct Verdict {
  OutcomeKind kind = OutcomeKind::kUnknown;
  bool open = false;
  value::ErrorCode code{};  ///< of an error
};
Verdict settle_question(PlanSource& plans, const Household& household, const Query& query,
                        const LevelZero& level_zero);
/// How a box comes out, for the search.
Judge judge_of(PlanSource& plans, const Query& query);

}  // namespace juzhu::eval
