// What expressions read, through definitions, parameters and questions, in all their versions: the
// facts that can matter, the days on which an answer can change, and the constants that things are
// compared with. Limits are cut at these days; generated households sit on these edges.
#pragma once

#include <set>
#include <span>
#include <utility>
#include <vector>

#include "sema/program.h"

namespace juzhu::engine {

struct Closure {
  std::set<value::FactId> facts;
  std::set<value::ListId> lists;
  std::set<std::int64_t> days;  ///< on which a version starts, or the day after one ends
  std::set<std::pair<int, int>> month_days;                     ///< 31 August of some year
  std::vector<std::pair<value::Type, value::Value>> constants;  ///< each once, in order of meeting
};

Closure closure_of(const sema::Program& program, std::span<const sema::ExprId> roots);

}  // namespace juzhu::engine
