// A household as the text of a scenario, to be pasted into a rule file and run: what is not asked
// is left out, as scenarios do.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ops/calendar.h"
#include "value/household.h"

namespace juzhu::engine {

/// `expectations` are conditions as a rule file writes them, without `expect`; their months and
/// years are counted by `counting`.
std::string scenario_text(const value::Household& household, const value::Schema& schema,
                          std::string_view name, std::int64_t date,
                          const std::vector<std::string>& expectations,
                          std::optional<ops::Counting> counting = std::nullopt);

}  // namespace juzhu::engine
