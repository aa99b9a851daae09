// Properties as `test` checks and shows them.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "cli/verbs.h"
#include "engine/properties.h"

namespace juzhu::cli {

/// No value after a message about the command line.
std::optional<std::vector<engine::PropertyResult>> run_properties(const Options& options,
                                                                  const Loaded& loaded);

/// How many are refuted and should not be, or are said to fail and do not.
std::size_t failed_count(const sema::Program& program,
                         const std::vector<engine::PropertyResult>& results);
void report_properties(const sema::Program& program,
                       const std::vector<engine::PropertyResult>& results, diag::Sink& sink);
/// A line for each, and the scenario that refutes it.
std::string properties_text(const Options& options, const sema::Program& program,
                            const std::vector<engine::PropertyResult>& results);
nlohmann::json properties_json(const Options& options, const Loaded& loaded,
                               const std::vector<engine::PropertyResult>& results);

}  // namespace juzhu::cli
