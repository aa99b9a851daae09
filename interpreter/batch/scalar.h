// One step of an expression on values: what the case evaluator does with it, where that depends on
// the operands alone. Used to tabulate functions of facts when a program is made, never for rows.
#pragma once

#include <span>

#include "batch/expression.h"

namespace juzhu::batch {

/// The value, or one of no kind where this room leaves it to the case evaluator: an error, or an
/// operand that is not exact where that matters. `types` are those of the operands.
Value scalar(const Plan& plan, const Expression& expression, std::span<const Value> operands,
             std::span<const Type> types);

}  // namespace juzhu::batch
