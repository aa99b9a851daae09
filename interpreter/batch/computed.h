// What lanes cannot say of a member by themselves (times covered by spells, the best of several
// candidates), worked out row by row by the case evaluator when a program is made, as a column like
// that of a fact: a block for each member instead of a whole question for each.
#pragma once

#include <functional>
#include <map>

#include "batch/expression.h"
#include "batch/table.h"

namespace juzhu::batch {

/// The households of a table, by their place in it.
using Households = std::function<const value::Household&(std::size_t household)>;

using ComputedColumns = std::map<ExpressionId, FactColumn>;

/// The columns of the expressions below these that lanes cannot say and the case evaluator can.
ComputedColumns compute_columns(const Expressions& expressions, const Table& table,
                                std::span<const ExpressionId> roots, const Households& households);

}  // namespace juzhu::batch
