// What the scenarios reached, in words and as JSON.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "cli/verbs.h"
#include "engine/coverage.h"

namespace juzhu::cli {

/// Only of the files named on the command line.
std::string coverage_text(const Options& options, const Loaded& loaded,
                          const engine::Coverage& coverage);
nlohmann::json coverage_json(const Options& options, const Loaded& loaded,
                             const engine::Coverage& coverage);

}  // namespace juzhu::cli
