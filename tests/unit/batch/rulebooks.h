// Whole rulebooks with their households, and what lanes say of them beside the case evaluator.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "batch/answers.h"
#include "engine/rulebook.h"

namespace juzhu::batch::testing {

/// A rulebook of the tree, with its texts.
struct Loaded {
  source::SourceMap sources;
  diag::Sink sink;
  std::unique_ptr<engine::Rulebook> rulebook;
  [[nodiscard]] std::shared_ptr<const value::Schema> schema() const {
    return rulebook->program().schema;
  }
};
std::unique_ptr<Loaded> load(const std::string& folder);

/// One rule file by its path; nullptr if it is refused.
std::unique_ptr<Loaded> load_file(const std::string& path);

/// Every service, of all levels and of regulations alone.
Questions all_questions(const Loaded& loaded, std::int64_t date);

/// How many answers lanes give other than the case evaluator, the first of them in words, and how
/// many they give at all.
struct Compared {
  std::size_t by_lanes = 0;
  std::size_t by_case = 0;
  std::size_t different = 0;
  std::string first;
};
Compared compare(Loaded& loaded, const std::vector<value::Household>& households,
                 const Questions& questions, const RunOptions& options);

/// The households of its scenarios, each on its day and under its reforms.
Compared compare_scenarios(Loaded& loaded, const RunOptions& options);

}  // namespace juzhu::batch::testing
