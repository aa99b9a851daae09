// Why not: the minimal sets of conditions whose reversal ends a denial (semantics.md 5.6).
#pragma once

#include "eval/outcome.h"

namespace juzhu::eval {

inline constexpr std::size_t kMaxLeaves = 8;  ///< of one set
inline constexpr std::size_t kMaxSetsPerStep = 64;
inline constexpr std::size_t kMaxSetsReported = 32;

/// `question` is the frame of the question's block.
FailingSets failing_sets(const Trace& trace, FrameId question, const plan::RuleSet& rules);

}  // namespace juzhu::eval
