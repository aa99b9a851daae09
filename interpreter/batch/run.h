// Runs a lane program over a table: blocks of whole households, small enough that what is worked
// out stays in the cache, one block after the other on each thread. What comes out of a block is
// handed over before the next one begins; a block's answers do not depend on which thread made
// them.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "batch/program.h"

namespace juzhu::batch {

struct RunOptions {
  std::size_t block_rows = 2048;  ///< a block ends before the household that would exceed it
  int threads = 1;
  const Kernels* kernels = nullptr;  ///< nullptr: the best of this machine
};

/// The answers to a block's rows, valid until the call returns.
struct BlockAnswers {
  std::size_t first_household = 0;
  std::size_t end_household = 0;
  std::size_t first_row = 0;
  std::size_t row_count = 0;
  int thread = 0;
  std::span<const Answered> answers;
  /// By question: outcomes, and who decides; nullptr where all are by case.
  std::span<const std::uint8_t* const> outcomes;
  std::span<const std::byte* const> deciding;

  [[nodiscard]] std::uint8_t outcome(std::size_t question, std::size_t row) const {
    return outcomes[question] == nullptr ? kByCase : outcomes[question][row];
  }
  /// Whether the lanes leave some row of a question.
  [[nodiscard]] bool any_by_case(std::size_t question) const;
  /// The rules that decide, by their place in the rule set.
  [[nodiscard]] std::vector<std::uint32_t> rules(std::size_t question, std::size_t row) const;
};

/// Called for every block, by several threads at a time if there are several.
using BlockSink = std::function<void(const BlockAnswers&)>;

void run(const Program& program, const Table& table, const RunOptions& options,
         const BlockSink& sink);

}  // namespace juzhu::batch
