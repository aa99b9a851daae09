// What an allocation reads beside the conditions that every rule has. Threads: plain functions.
#pragma once

#include <vector>

#include "sema/program.h"

namespace juzhu::sema {

/// Its pool, seats, wishes, keys and reserves, some perhaps not valid; of another rule nothing.
std::vector<ExprId> read_by_allocation(const Program& program, const RuleVersion& version);

/// Whether the seats, or an amount set aside of them, are read of nothing but the pool and the
/// school, so that all applicants of one list must read the same. Else their readings may differ.
bool is_shared_by_list(const Program& program, const Allocation& allocation, ExprId amount);

}  // namespace juzhu::sema
