#include "batch/run.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstring>
#include <thread>

#include "base/check.h"

namespace juzhu::batch {
namespace {

std::size_t whole_vectors(std::size_t rows) { return (rows + kVector - 1) / kVector * kVector; }

/// Where blocks begin: the households, and one behind the last.
std::vector<std::size_t> blocks_of(const Table& table, std::size_t block_rows) {
  std::vector<std::size_t> starts;
  for (std::size_t home = 0; home < table.household_count();) {
    starts.push_back(home);
    const std::size_t limit = table.first_row(home) + std::max<std::size_t>(block_rows, 1);
    // At least one household, however large.
    ++home;
    while (home < table.household_count() && table.first_row(home + 1) <= limit)
      ++home;
  }
  starts.push_back(table.household_count());
  return starts;
}

/// The buffers of one thread.
class Runner {
 public:
  Runner(const Program& program, const Table& table, const Kernels& kernels, std::size_t block_rows,
         int thread)
      : program_(program), table_(table), kernels_(kernels), thread_(thread) {
    const std::size_t rows = whole_vectors(block_rows + table.greatest_household());
    std::size_t bytes = kVector;  // to align by
    for (const Width width : program.buffers)
      bytes += (rows + 2 * kVector) * bytes_of(width);
    bytes += kMostReach * (rows + 2 * kVector);
    memory_.resize(bytes);
    const auto address = reinterpret_cast<std::uintptr_t>(memory_.data());
    std::byte* next = memory_.data() + (kVector - address % kVector) % kVector;
    for (const Width width : program.buffers) {
      buffers_.push_back(next + kVector * bytes_of(width));
      next += (rows + 2 * kVector) * bytes_of(width);
    }
    for (std::size_t distance = 0; distance < kMostReach; ++distance) {
      same_.push_back(reinterpret_cast<std::uint8_t*>(next + kVector));
      next += rows + 2 * kVector;
    }
    for (const Constant& constant : program.constants)
      fill(constant, rows);
    for (const Instruction& step : program.instructions) {
      kernels_of_.push_back(
          kernels.at[static_cast<std::size_t>(step.kernel)][static_cast<std::size_t>(step.width)]);
      JUZHU_CHECK(kernels_of_.back() != nullptr);
      has_families_ = has_families_ || step.kernel == Kernel::kFamilyOr ||
                      step.kernel == Kernel::kFamilyGreatest || step.kernel == Kernel::kFamilySum;
    }
  }

  void run_block(std::size_t first_household, std::size_t end_household, const BlockSink& sink) {
    BlockAnswers answers;
    answers.first_household = first_household;
    answers.end_household = end_household;
    answers.first_row = table_.first_row(first_household);
    answers.row_count = table_.first_row(end_household) - answers.first_row;
    answers.thread = thread_;
    answers.answers = program_.answers;
    if (answers.row_count == 0) return;
    work_all(answers.first_row, answers.row_count, reach_of(first_household, end_household));
    outcomes_.clear();
    deciding_.clear();
    for (const Answered& answered : program_.answers) {
      outcomes_.push_back(reinterpret_cast<const std::uint8_t*>(
          at(answered.outcome, Width::k8, answers.first_row)));
      deciding_.push_back(at(answered.deciding, answered.deciding_width, answers.first_row));
    }
    answers.outcomes = outcomes_;
    answers.deciding = deciding_;
    sink(answers);
  }

 private:
  void fill(const Constant& constant, std::size_t rows) {
    std::byte* to = buffers_[constant.buffer];
    const std::size_t bytes = bytes_of(constant.width);
    for (std::size_t row = 0; row < rows; ++row)
      std::memcpy(to + row * bytes, &constant.number, bytes);
  }

  [[nodiscard]] std::size_t reach_of(std::size_t first, std::size_t end) const {
    if (table_.greatest_household() <= kMostReach + 1)
      return std::max<std::size_t>(table_.greatest_household(), 1) - 1;
    std::size_t greatest = 1;
    for (std::size_t home = first; home < end; ++home)
      greatest =
          std::max<std::size_t>(greatest, table_.first_row(home + 1) - table_.first_row(home));
    return greatest - 1;
  }

  [[nodiscard]] const std::byte* at(const Place& place, Width width, std::size_t row) const {
    switch (place.kind) {
      case Place::Kind::kNone:
        return nullptr;
      case Place::Kind::kBuffer:
        return buffers_[place.buffer];
      case Place::Kind::kColumn:
        return place.column + row * bytes_of(width);
    }
    return nullptr;
  }

  void work_all(std::size_t row, std::size_t count, std::size_t reach) {
    Work work{};
    work.count = whole_vectors(count);
    work.household = table_.household_of_row() + row;
    work.same = same_.data();
    work.reach = reach;
    if (has_families_ && reach <= kMostReach)
      kernels_.find_same(work.household, work.count, reach, same_.data());
    for (std::size_t i = 0; i < program_.instructions.size(); ++i) {
      const Instruction& step = program_.instructions[i];
      // The mask of a selection is bytes whatever it chooses from.
      work.a = at(step.a, step.kernel == Kernel::kSelect ? Width::k8 : step.width, row);
      work.b = at(step.b, step.width, row);
      work.c = at(step.c, step.width, row);
      work.to = buffers_[step.to];
      work.k = step.k;
      if (step.table != 0xFFFFFFFFU) {
        work.table = program_.tables[step.table].bytes.data();
        work.table_size = program_.tables[step.table].size;
      }
      kernels_of_[i](work);
    }
  }

  const Program& program_;
  const Table& table_;
  const Kernels& kernels_;
  int thread_;
  bool has_families_ = false;
  std::vector<std::byte> memory_;
  std::vector<std::byte*> buffers_;
  std::vector<std::uint8_t*> same_;
  std::vector<void (*)(const Work&)> kernels_of_;
  std::vector<const std::uint8_t*> outcomes_;
  std::vector<const std::byte*> deciding_;
};

}  // namespace

bool BlockAnswers::any_by_case(std::size_t question) const {
  if (outcomes[question] == nullptr) return row_count != 0;
  if (!answers[question].some_by_case) return false;
  return std::memchr(outcomes[question], kByCase, row_count) != nullptr;
}

std::vector<std::uint32_t> BlockAnswers::rules(std::size_t question, std::size_t row) const {
  const Answered& answered = answers[question];
  const std::size_t bytes = bytes_of(answered.deciding_width);
  std::uint64_t lanes = 0;
  std::memcpy(&lanes, deciding[question] + row * bytes, bytes);
  if (answered.form == DecidingForm::kOne) {
    if (lanes == 0) return {};
    return {static_cast<std::uint32_t>(lanes - 1)};
  }
  std::vector<std::uint32_t> rules;
  for (; lanes != 0; lanes &= lanes - 1)
    rules.push_back(static_cast<std::uint32_t>(std::countr_zero(lanes)));
  return rules;
}

void run(const Program& program, const Table& table, const RunOptions& options,
         const BlockSink& sink) {
  const Kernels& kernels = options.kernels != nullptr ? *options.kernels : best_kernels();
  const std::vector<std::size_t> blocks = blocks_of(table, options.block_rows);
  std::atomic<std::size_t> next = 0;
  const auto work = [&](int thread) {
    Runner runner(program, table, kernels, options.block_rows, thread);
    for (std::size_t i = next++; i + 1 < blocks.size(); i = next++)
      runner.run_block(blocks[i], blocks[i + 1], sink);
  };
  std::vector<std::thread> others;
  for (int thread = 1; thread < options.threads; ++thread)
    others.emplace_back(work, thread);
  work(0);
  for (std::thread& other : others)
    other.join();
}

}  // namespace juzhu::batch
