// One household put together from texts, whatever file format they came from: cells are read by
// their facts' types, spells get their ends, references to members are looked up when all members
// are known. What cannot be read is reported with its place in the file and stays in the household
// as an error value, which matters only to what reads it (semantics.md 2.3).
//
// Order of use: add members, then set cells, lists and rows in any order, then finish(). Ownership:
// refers to the schema and the sink; owns the household until finish().
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diag/diagnostic.h"
#include "value/household.h"

namespace juzhu::data {

/// A text of a data file, and where it stands.
struct Found {
  std::string text;
  diag::DataPlace place;
};

/// A row of a list: its ends, and the facts of its own.
struct FoundRow {
  Found start;
  Found end;  ///< empty: it still runs
  std::vector<std::pair<value::FactId, Found>> cells;
};

/// Index of a member, or -1 for the household itself: the owner of a cell or list.
using Owner = std::int32_t;
inline constexpr Owner kOfHousehold = -1;

class HouseholdBuilder {
 public:
  HouseholdBuilder(const value::Schema& schema, diag::Sink& sink, std::string key);

  /// A second member with one key makes the whole household fail: nobody can tell which one is
  /// meant.
  Owner add_member(value::EntityId entity, const Found& key, const std::string& name);
  [[nodiscard]] const value::Household& household() const { return household_; }
  void set_weight(const Found& weight);
  void set_cell(Owner owner, value::FactId fact, const Found& found);
  /// The list is known to have no rows.
  void set_no_rows(Owner owner, value::ListId list, const Found& found);
  /// The list is not known; rows that are added beside are "at least these".
  void set_unknown_rows(Owner owner, value::ListId list, const Found& found);
  void add_row(Owner owner, value::ListId list_id, const FoundRow& found);
  void fail_list(Owner owner, value::ListId list, value::ErrorCode code) {
    list_of(owner, list).failure = error_value(code, owner);
  }
  /// The household as a whole cannot be used.
  void fail(value::ErrorCode code) { household_.failure = error_value(code, kOfHousehold); }

  value::Household finish();

 private:
  static value::Value error_value(value::ErrorCode code, Owner owner);
  value::Cell read_cell(Owner owner, const value::Fact& fact, const Found& found);
  std::pair<value::Value, value::Value> read_ends(Owner owner, const value::List& list,
                                                  const FoundRow& row);
  /// The list is said to be none and `also`.
  void report_contradiction(Owner owner, value::ListId list, const Found& found,
                            const Bilingual& also);
  value::Cell bad_cell(Owner owner, const Found& found, Bilingual message, Bilingual help);
  [[nodiscard]] Bilingual people_text() const;
  value::Cell read_members(Owner owner, const value::Fact& fact, const Found& found);
  void widen_references(std::vector<value::Cell>& cells, const std::vector<value::FactId>& facts);
  std::vector<value::Cell>& cells_of(Owner owner);
  value::RowList& list_of(Owner owner, value::ListId list);

  const value::Schema& schema_;
  diag::Sink& sink_;
  value::Household household_;
  std::map<std::string, std::uint32_t> keys_;
};

/// Does a cell say that it is not known? (Texts are plain: see value/plain_text.h.)
bool says_unknown(std::string_view text);

}  // namespace juzhu::data
