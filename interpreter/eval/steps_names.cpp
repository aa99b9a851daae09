// Names with versions: definitions and questions (other blocks), parameters read elsewhere, and the
// outcome of rules.
#include <algorithm>
#include <bit>
#include <set>

#include "base/check.h"
#include "eval/parameter.h"
#include "eval/resolution.h"
#include "eval/step_run.h"

namespace juzhu::eval {
namespace {

Value run_block(StepRun& run) {
  const FrameId callee = run.run(BlockId(run.step().a), run.operands());
  run.record_call(callee);
  return run.result(callee);
}

}  // namespace

namespace steps {

Value Today(StepRun& run) {
  (void)run;
  JUZHU_CHECK(false);  // a plan holds the date as a constant
  return {};
}

Value Here(StepRun& run) {
  (void)run;
  JUZHU_CHECK(false);  // a plan holds the place as a constant
  return {};
}

Value Call(StepRun& run) { return run_block(run); }
Value Question(StepRun& run) { return run_block(run); }

Value Parameter(StepRun& run) {
  const std::vector<Value> operands = run.operands();
  const Strictness strict = strictness(operands);
  if (!strict.value) return strict.others;
  const plan::ParameterTable& table = run.plan().parameter_tables[run.step().a];
  const std::vector<const plan::ParameterVersion*> versions =
      possible_versions(table, operands[0], operands[1], run.schema().places);
  Value result{};
  for (const plan::ParameterVersion* version : versions) {
    result =
        run.join(result, version != nullptr ? version->value
                                            : value::failure(run.error(ErrorCode::kNoRuleInForce)));
  }
  return with_kinds_of(result, strict.others);
}

Value Outcome(StepRun& run) {
  const plan::RuleSet& rules = run.plan()[plan::RuleSetId(run.step().a)];
  const Resolution resolution = resolve(rules, run.operands());
  return outcome_value(readings_of(resolution, rules, run.error(ErrorCode::kNoRuleInForce)));
}

}  // namespace steps
}  // namespace juzhu::eval
