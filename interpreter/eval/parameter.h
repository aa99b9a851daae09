// A parameter read at another place or date than the scope's (semantics.md 5.1).
#pragma once

#include <vector>

#include "plan/plan.h"

namespace juzhu::eval {

/// The versions that may be in force at a place within a date's bounds, each once; nullptr:
/// possibly none.
std::vector<const plan::ParameterVersion*> possible_versions(const plan::ParameterTable& table,
                                                             const value::Value& place,
                                                             const value::Value& date,
                                                             const value::PlaceTree& places);

}  // namespace juzhu::eval
