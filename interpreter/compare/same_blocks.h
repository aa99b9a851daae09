// Whether two plans answer a question by the same rules: then no household can be told apart by
// them. What two plans were made for (date, place, reforms) does not matter, only what came of it.
#pragma once

#include "plan/plan.h"

namespace juzhu::compare {

/// Whether two blocks do the same, whatever their numbers. Names are not compared.
bool same_block(const plan::Plan& left, plan::BlockId left_block, const plan::Plan& right,
                plan::BlockId right_block);

}  // namespace juzhu::compare
