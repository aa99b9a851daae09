// Level 0 of a question: one evaluation in each scope that the household's place may fall under,
// joined (semantics.md 3.4, 5.1). What settling, layers and failing sets start from.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "eval/resolution.h"
#include "eval/search.h"

namespace juzhu::eval {

/// A household with its evaluation in one plan. Kept together, since the trace refers to the
/// household.
struct ScopeRun {
  ScopeRun(const Plan& plan, Household copy)
      : household(std::move(copy)), evaluator(plan, household) {}
  ScopeRun(const ScopeRun&) = delete;
  ScopeRun& operator=(const ScopeRun&) = delete;

  Household household;
  Evaluator evaluator;
};

/// The trace of a run, which it keeps alive.
std::shared_ptr<const Trace> trace_of(const std::shared_ptr<const ScopeRun>& run);

/// The household in each scope that its place may fall under, its place narrowed to the scope.
/// `place_failure` is set too if the place cannot be used: then there is one run, in a plan for
/// anywhere, that says nothing.
struct Scopes {
  std::vector<std::shared_ptr<ScopeRun>> runs;
  Value place_failure{};
};
Scopes scopes_for(PlanSource& plans, const Household& household, std::int64_t date);

/// How a question comes out in one scope.
struct QuestionRun {
  std::shared_ptr<ScopeRun> scope;
  FrameId frame;                         ///< not valid: no rule at all is in force on it
  Slot outcome = plan::kNoSlot;          ///< the slot of its Outcome step
  const plan::RuleSet* rules = nullptr;  ///< nullptr as above
  std::vector<Slot> statuses;
  Resolution resolution;
  Readings readings;

  [[nodiscard]] const Plan& plan() const { return *scope->evaluator.trace().plan; }
  [[nodiscard]] const Trace& trace() const { return scope->evaluator.trace(); }
  [[nodiscard]] const Value& slot(Slot slot) const { return trace()[frame].slots[slot]; }
};

struct LevelZero {
  std::vector<QuestionRun> runs;  ///< at least one
  std::uint8_t possible = 0;
  bool known = false;  ///< the same in every scope
  OutcomeKind kind = OutcomeKind::kUnknown;

  /// The scope that is shown: the first that leaves the question open, else the first.
  [[nodiscard]] const QuestionRun& shown() const;
  [[nodiscard]] Judgement judgement() const;
};

LevelZero ask_level_zero(PlanSource& plans, const Household& household, const Query& query);

/// The fact that tells scopes apart.
FactRef place_ref(const Schema& schema);

}  // namespace juzhu::eval
