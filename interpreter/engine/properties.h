// Stated properties, checked over households: those of the scenarios, those of a data set, and made
// up ones. A household that surely breaks one refutes it; the smallest such household that dropping
// members, spells and facts leads to is shown, as the text of a scenario.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/rulebook.h"

namespace juzhu::engine {

struct PropertyOptions {
  std::string name;  ///< only properties with this in their name
  bool scenarios = true;
  std::size_t generated = 200;  ///< households made up for each property
  std::uint64_t seed = 1;
  /// Visits the households of a data set, asked about on `date`; none: no data.
  std::function<void(const std::function<void(const value::Household&)>&)> data;
  std::int64_t date = 0;
};

struct Counterexample {
  Bilingual origin;  ///< "scenario two_workers", "household H012", "made-up household 17 of seed 1"
  value::Household household;  ///< made small
  std::int64_t date = 0;
  std::vector<std::string> members;  ///< that the property binds, by name
  std::string text;                  ///< a scenario (for `raising`: two) that shows it
};

struct PropertyResult {
  sema::PropertyId property;
  std::size_t households = 0;  ///< looked at, until one refuted it
  std::size_t concerned = 0;   ///< of these: it is decided, and its premise holds for somebody
  std::size_t undecided = 0;   ///< of these: a fact is missing or a value fails
  bool searched = false;       ///< households were made up
  std::optional<Counterexample> counterexample;
};

/// In order of name.
std::vector<PropertyResult> check_properties(Rulebook& rulebook, const source::SourceMap& sources,
                                             const PropertyOptions& options);

}  // namespace juzhu::engine
