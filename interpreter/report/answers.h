// Asks a rulebook every question of a run: for one household, each child and each service that is
// for it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "engine/rulebook.h"
#include "eval/outcome.h"
#include "value/household.h"

namespace juzhu::report {

/// What a run asks.
struct Questions {
  std::int64_t date = 0;
  std::vector<std::uint32_t> services;  ///< in the order of the report
  ops::Level lowest_level = ops::Level::kPractice;
  std::optional<value::PlaceNode> place;  ///< overrides the place of every household
  std::uint32_t stack = 0;                ///< of reforms, see Rulebook::stack_of
};

/// All services of a program, in the order of their names.
std::vector<std::uint32_t> all_services(const sema::Program& program);

/// Puts the household where the questions are asked, if they say so.
void place_household(value::Household& household, const Questions& questions,
                     const value::Schema& schema);

/// Where the household is asked about: its fact `place`.
value::Value place_of(const value::Household& household, const value::Schema& schema);

using Visit = std::function<void(const eval::Query& query, const eval::Outcome& outcome)>;

/// Visits the answers of one household, child by child. The number of its children.
std::size_t ask_all(engine::Rulebook& rulebook, const value::Household& household,
                    const Questions& questions, const Visit& visit);

}  // namespace juzhu::report
