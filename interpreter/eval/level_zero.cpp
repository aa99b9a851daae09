#include "eval/level_zero.h"

#include <algorithm>

#include "base/check.h"
#include "eval/facts.h"
#include "eval/needs.h"

namespace juzhu::eval {
namespace {

using value::Error;
using value::ErrorCode;
using value::PlaceNode;

/// In one of several scopes the household is somewhere in that scope's place.
Household in_scope(const Household& household, const Schema& schema, const plan::Scope& scope) {
  Household narrowed = household;
  Value& place = stored_value(narrowed, schema, place_ref(schema));
  if (schema.places.within(scope.place, static_cast<PlaceNode>(place.lo))) {
    place = value::place_value(scope.place, false);
  }
  return narrowed;
}

Readings failed(const value::Error& error, bool no_rule_in_force) {
  Readings readings;
  readings.possible = kMayFail;
  readings.error = error;
  readings.no_rule_in_force = no_rule_in_force;
  return readings;
}

QuestionRun run_question(const std::shared_ptr<ScopeRun>& scope, const Query& query) {
  QuestionRun run;
  run.scope = scope;
  const Value unusable = household_failure(scope->household);
  const plan::Question* question = run.plan().question(query.service, query.lowest_level);
  if (question == nullptr) {
    const Error none{ErrorCode::kNoRuleInForce, 0, 0, query.member + 1};
    run.readings = unusable.may_fail() ? failed(unusable.error, false) : failed(none, true);
    return run;
  }
  run.frame = scope->evaluator.run(question->block, {value::bits(bit(query.member))});
  const plan::Block& block = run.plan()[question->block];
  run.outcome = block.results[0];
  const plan::Step& step = plan::step_of(block, run.outcome);
  JUZHU_CHECK(step.operation == ops::Operation::kOutcome);
  run.rules = &run.plan()[plan::RuleSetId(step.a)];
  std::vector<Value> statuses;
  for (std::size_t i = 0; i < step.operand_count; ++i) {
    run.statuses.push_back(run.plan().operands[step.first_operand + i]);
    statuses.push_back(run.slot(run.statuses.back()));
  }
  run.resolution = resolve(*run.rules, statuses);
  const Error none{ErrorCode::kNoRuleInForce, step.declaration.index, step.node, query.member + 1};
  run.readings = unusable.may_fail() ? failed(unusable.error, false)
                                     : readings_of(run.resolution, *run.rules, none);
  return run;
}

Answered answer_of(const Readings& readings) {
  const int kind = static_cast<int>(readings.kind());
  const bool is_error = readings.known() && readings.kind() == OutcomeKind::kError;
  return {kind, is_error ? static_cast<int>(readings.error.code) : -1};
}

}  // namespace

std::shared_ptr<const Trace> trace_of(const std::shared_ptr<const ScopeRun>& run) {
  return {run, &run->evaluator.trace()};
}

FactRef place_ref(const Schema& schema) {
  return {FactRef::Kind::kCell, -1, {}, -1, schema.place_fact};
}

Scopes scopes_for(PlanSource& plans, const Household& household, std::int64_t date) {
  const Schema& schema = plans.schema();
  // A vocabulary need not say where households live: then what is in force everywhere is asked.
  Value place = value::place_value(value::kRootPlace, !schema.place_fact.valid());
  if (schema.place_fact.valid()) {
    const value::Fact& fact = schema[schema.place_fact];
    place = read_cell(cell_of(household, fact, -1), fact, schema, household, {});
  }
  Scopes scopes;
  if (!place.only_value()) {
    scopes.place_failure = place.may_fail()
                               ? value::failure(place.error)
                               : value::failure({ErrorCode::kNotApplicableHere, 0, 0, 0});
    place = value::place_value(value::kRootPlace, false);
  }
  const std::vector<const Plan*> found = plans.plans(place, date);
  JUZHU_CHECK(!found.empty());
  for (const Plan* plan : found) {
    const bool is_one_of_several = found.size() > 1 && !scopes.place_failure.may_fail();
    scopes.runs.push_back(std::make_shared<ScopeRun>(
        *plan, is_one_of_several ? in_scope(household, schema, plan->scope) : household));
    if (scopes.place_failure.may_fail()) break;
  }
  return scopes;
}

LevelZero ask_level_zero(PlanSource& plans, const Household& household, const Query& query) {
  const Scopes scopes = scopes_for(plans, household, query.date);
  LevelZero result;
  for (const std::shared_ptr<ScopeRun>& scope : scopes.runs) {
    if (scopes.place_failure.may_fail()) {
      result.runs.emplace_back();
      result.runs.back().scope = scope;
      const Value unusable = household_failure(household);
      result.runs.back().readings =
          failed(unusable.may_fail() ? unusable.error : scopes.place_failure.error, false);
    } else {
      result.runs.push_back(run_question(scope, query));
    }
  }
  const Answered first = answer_of(result.runs[0].readings);
  result.known = true;
  for (const QuestionRun& run : result.runs) {
    result.possible |= run.readings.possible;
    result.known &= run.readings.known() && answer_of(run.readings) == first;
  }
  if (result.known) result.kind = result.runs[0].readings.kind();
  return result;
}

const QuestionRun& LevelZero::shown() const {
  const auto open = std::find_if(runs.begin(), runs.end(),
                                 [](const QuestionRun& run) { return !run.readings.known(); });
  return open == runs.end() ? runs.front() : *open;
}

Judgement LevelZero::judgement() const {
  Judgement result;
  result.known = known;
  if (known) {
    result.answer = answer_of(runs[0].readings);
    return result;
  }
  for (const QuestionRun& run : runs) {
    if (run.readings.known() || !run.frame.valid()) continue;
    const std::set<FactRef> below = needs(run.trace(), run.frame, run.outcome);
    result.needs.insert(below.begin(), below.end());
  }
  if (runs.size() > 1) result.needs.insert(place_ref(*runs[0].plan().schema));
  return result;
}

}  // namespace juzhu::eval
