// What an allocation reads beside the conditions that every rule has. Threads: plain functions.
#pragma once

#include <vector>

#include "sema/program.h"

namespace juzhu::sema {

/// Its pool, seats, wishes, keys and reserves, some perhaps not valid; of another rule nothing.
std::vector<ExprId> read_by_allocation(const Program& program, const RuleVersion& version);

}  // namespace juzhu::sema
