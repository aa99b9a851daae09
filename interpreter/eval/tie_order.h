// Which of two candidates of a choice goes first where their keys are equal (semantics.md 3.3): the
// smaller member key, the row that says less first: its ends, then its facts by their names. What
// is not known decides nothing, and neither the order of rows and members nor that of declarations
// does.
#pragma once

#include <vector>

#include "eval/step_run.h"

namespace juzhu::eval {

enum class Tie : std::uint8_t { kBefore, kAfter, kSame, kOpen };

/// How what one candidate chose stands to what another did; `types`: those of the choices.
Tie tie_order(const StepRun& run, std::span<const Type> types, const std::vector<Value>& left,
              const std::vector<Value>& right);

}  // namespace juzhu::eval
