// What the columns of a data file, or the fields of a JSON object, stand for: keys, a weight, the
// ends of spells, or facts. A column has the name of its fact in either tongue.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/csv_table.h"
#include "value/schema.h"

namespace juzhu::data {

/// Columns that are no facts.
enum class KeyColumn { kHousehold, kPerson, kWeight, kName, kList, kStart, kEnd };
inline constexpr std::size_t kKeyColumnCount = 7;

/// "household" or 户. People may write the name of the entity itself, too.
std::string_view key_column_name(KeyColumn column, bool chinese);
bool names_key_column(std::string_view name, KeyColumn column);

/// The three files of a folder of households.
enum class TableKind { kHouseholds, kPersons, kSpells };

struct Columns {
  std::array<std::optional<std::size_t>, kKeyColumnCount> keys;
  /// By column: the facts it may hold. One for households; for spells one per list that has a fact
  /// of this name.
  std::vector<std::vector<value::FactId>> facts;

  [[nodiscard]] std::optional<std::size_t> key(KeyColumn column) const {
    return keys[static_cast<std::size_t>(column)];
  }
};

/// Matches the header of a table. Reports columns that nothing takes up (unknown-column, with a
/// guess) and columns that must be there (missing-column); in the second case there is nothing to
/// return.
std::optional<Columns> match_columns(const CsvTable& table, TableKind kind,
                                     const value::Schema& schema, diag::Sink& sink);

/// Every name that a column of this kind may have, for guesses.
std::vector<std::string> column_names(TableKind kind, const value::Schema& schema);

/// The kind of member that persons are: the entity called person, else the first one in a
/// household.
value::EntityId person_entity(const value::Schema& schema);

}  // namespace juzhu::data
