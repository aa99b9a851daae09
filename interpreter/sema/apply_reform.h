// One reform laid over a stack: what it repeals, sets, amends, drops and adds. Private to reforms.
#pragma once

#include <vector>

#include "sema/program.h"

namespace juzhu::sema {

/// Changes the stack's versions, and adds to the Program's stores the versions that the reform
/// makes. Returns the changes that change nothing, by their index in the reform.
std::vector<std::size_t> apply_reform(Program& program, Stack& stack, ReformId reform);

}  // namespace juzhu::sema
