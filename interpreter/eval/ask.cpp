// Questions answered in full: level 0, settled, with its missing facts, deciding rules, layers and
// ways out.
#include <algorithm>

#include "base/check.h"
#include "eval/deciding.h"
#include "eval/facts.h"
#include "eval/failing_sets.h"

namespace juzhu::eval {
namespace {

void describe_unknown(PlanSource& plans, const Household& household, const Query& query,
                      const LevelZero& level_zero, Outcome& outcome) {
  outcome.possible = level_zero.possible;
  const Judge judge = judge_of(plans, query);
  Dependence dependence = depends_on(household, level_zero.judgement(), plans.schema(), judge);
  outcome.depends_on = std::move(dependence.facts);
  outcome.at_most = dependence.at_most;
}

/// The error that was settled on: level 0 may name a lesser one that no completion has.
void describe_error(const QuestionRun& run, value::ErrorCode code, Outcome& outcome) {
  outcome.error = run.readings.error;
  if (outcome.error.code != code) {
    outcome.error.code = code;
    std::vector<value::Error> errors = run.resolution.errors;
    std::sort(errors.begin(), errors.end());
    const auto found = std::find_if(errors.begin(), errors.end(),
                                    [&](const value::Error& error) { return error.code == code; });
    if (found != errors.end()) outcome.error = *found;
  } else if (run.readings.no_rule_in_force && run.rules != nullptr) {
    outcome.last_end = run.rules->last_end;
  }
}

}  // namespace

Judge judge_of(PlanSource& plans, const Query& query) {
  return [&plans, query](const Household& box) {
    return ask_level_zero(plans, box, query).judgement();
  };
}

Verdict settle_question(PlanSource& plans, const Household& household, const Query& query,
                        const LevelZero& level_zero) {
  if (level_zero.known) return {level_zero.kind, false, level_zero.shown().readings.error.code};
  const Settled settled =
      settle(household, level_zero.judgement(), plans.schema(), judge_of(plans, query));
  if (settled.end == SearchEnd::kKnown) {
    return {static_cast<OutcomeKind>(settled.answer.first), false,
            static_cast<value::ErrorCode>(settled.answer.second)};
  }
  return {OutcomeKind::kUnknown, settled.end == SearchEnd::kOpen, {}};
}

Outcome ask(PlanSource& plans, const Household& household, const Query& query) {
  JUZHU_CHECK(query.member < household.members.size());
  const Household whole = with_whole_domains(household, plans.schema());
  const LevelZero level_zero = ask_level_zero(plans, whole, query);
  const QuestionRun& shown = level_zero.shown();
  const Verdict verdict = settle_question(plans, whole, query, level_zero);

  Outcome outcome;
  outcome.kind = verdict.kind;
  outcome.open = verdict.open;
  outcome.possible = bit_of(verdict.kind);
  outcome.deciding = deciding_rules(level_zero, verdict.kind);
  outcome.no_rule_grants = verdict.kind == OutcomeKind::kDenied && outcome.deciding.empty();
  outcome.rests_on = rests_on(level_zero, verdict.kind, outcome.deciding);
  outcome.marked = std::any_of(
      outcome.rests_on.begin(), outcome.rests_on.end(),
      [&](plan::DeclarationId declaration) { return shown.plan()[declaration].marked; });
  outcome.trace = trace_of(shown.scope);
  outcome.frame = shown.frame;

  if (verdict.kind == OutcomeKind::kUnknown) {
    describe_unknown(plans, whole, query, level_zero, outcome);
  }
  if (verdict.kind == OutcomeKind::kError) describe_error(shown, verdict.code, outcome);
  if (query.layers) compare_layers(plans, whole, query, level_zero, outcome);
  const bool is_denied = verdict.kind == OutcomeKind::kDenied && shown.rules != nullptr;
  if (query.failing_sets && is_denied) {
    outcome.failing = failing_sets(shown.trace(), shown.frame, *shown.rules);
  }
  return outcome;
}

}  // namespace juzhu::eval
