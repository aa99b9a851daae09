// Households from data files: a folder with households.csv, persons.csv and spells.csv, joined by
// the key of the household, or households.json; or such files by name. Rows may come in any order;
// households come in the order of their file. See docs/data.md for the formats.
//
// Errors: everything wrong is reported to the sink with file, line, column and value, and never
// stops the rest. A row that belongs to no household is left out; everything else stays, as an
// error value where it could not be read. Exit codes are the caller's: the sink has errors.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "diag/diagnostic.h"
#include "value/household.h"

namespace juzhu::data {

struct ReadOptions {
  std::string encoding = "utf-8";
};

/// Called for each household; returns whether to go on.
using Visit = std::function<bool(value::Household)>;

/// Visits every household of the paths. Whether there was any data to read at all; if not, the sink
/// says why.
bool for_each_household(const std::vector<std::string>& paths, const value::Schema& schema,
                        const ReadOptions& options, diag::Sink& sink, const Visit& visit);

/// All of them at once.
std::vector<value::Household> read_households(const std::vector<std::string>& paths,
                                              const value::Schema& schema,
                                              const ReadOptions& options, diag::Sink& sink);

}  // namespace juzhu::data
