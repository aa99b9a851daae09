// A run's summary for people: a table of outcomes by service, what alone stands between children
// and a service, what is not known, what the answers rest on, and what to type next. In either
// tongue, for a terminal of 80 columns.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "report/tally.h"

namespace juzhu::report {

struct SummaryHead {
  std::int64_t date = 0;
  bool date_is_today = false;  ///< nobody gave a date
  ops::Level lowest_level = ops::Level::kPractice;
  std::optional<value::PlaceNode> place;  ///< where all households were put
  std::vector<std::string> reforms;       ///< active ones, bottom first
  std::string
      explain_command;  ///< "juzhu explain examples/factory_town", what comes before `--child`
};

/// `places`: what the second stage gave, as text; before the line on what to type next.
std::string summary_text(const Summary& summary, const SummaryHead& head,
                         const sema::Program& program, bool chinese, std::string_view places = {});

/// The same as data; see docs/output.md.
nlohmann::ordered_json summary_json(const Summary& summary, const SummaryHead& head,
                                    const sema::Program& program, bool chinese);

}  // namespace juzhu::report
