// Households from one JSON file: { "households": [ { "household": "H001", "place": …, "homes": [ …
// ], "persons": [ { "person": "C1", "birth_date": …, "permits": "none" } ] } ] }, or the bare
// array. Fields have the names of facts and lists in either tongue; a list is an array of rows with
// `start` and `end`, or "none" or "unknown".
#pragma once

#include <string>

#include "data/households.h"

namespace juzhu::data {

/// Whether the file could be read as households.
bool for_each_json_household(const std::string& path, const value::Schema& schema,
                             const ReadOptions& options, diag::Sink& sink, const Visit& visit);

}  // namespace juzhu::data
