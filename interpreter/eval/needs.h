// Missing facts of a level-0 result (semantics.md 3.5), read from the trace: empty if the slot is
// known, else the union over the operands that level 0 looked at.
#pragma once

#include <set>

#include "eval/trace.h"

namespace juzhu::eval {

std::set<value::FactRef> needs(const Trace& trace, FrameId frame, Slot slot);

}  // namespace juzhu::eval
