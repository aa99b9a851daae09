// Many households as columns: one row a member, the members of a household side by side, and each
// fact a column of narrow numbers. A cell stands in its column if it holds one exact value; what is
// unknown, wrong or of a kind that columns do not hold is marked, and the household itself is kept
// by whoever made the table, for the case evaluator.
//
// A column holds value - least, in the narrowest width that the values of this table need: dates of
// a lifetime take two bytes, options, truths and months one. It has kPad readable elements before
// its first and behind its last row, so that whole vectors may be read anywhere.
//
// Threads: immutable once built.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "value/household.h"

namespace juzhu::batch {

/// Bytes of a lane: 1, 2, 4, 8.
enum class Width : std::uint8_t { k8, k16, k32, k64 };
inline constexpr std::size_t kWidths = 4;
inline std::size_t bytes_of(Width width) { return std::size_t{1} << static_cast<int>(width); }
/// The narrowest that holds 0..greatest.
Width width_for(std::uint64_t greatest);

inline constexpr std::size_t kPad = 192;

/// Unsigned numbers of one width, zero where nothing was set.
class Lanes {
 public:
  Lanes() = default;
  Lanes(Width width, std::size_t count);
  [[nodiscard]] Width width() const { return width_; }
  [[nodiscard]] bool empty() const { return bytes_.empty(); }
  void set(std::size_t index, std::uint64_t number);
  [[nodiscard]] std::uint64_t operator[](std::size_t index) const;
  /// Row 0; kPad elements lie before it.
  [[nodiscard]] const std::byte* data() const { return bytes_.data() + kPad * bytes_of(width_); }
  [[nodiscard]] std::byte* data() { return bytes_.data() + kPad * bytes_of(width_); }
  [[nodiscard]] std::size_t size_bytes() const { return bytes_.size(); }

 private:
  Width width_ = Width::k8;
  std::vector<std::byte> bytes_;
};

/// What a cell of a column says.
enum class CellKind : std::uint8_t { kUnknown, kExact, kNotApplicable };

struct FactColumn {
  std::int64_t least = 0;     ///< of the exact values; lanes hold value - least
  std::int64_t greatest = 0;  ///< least > greatest: there is no exact value
  Lanes lanes;
  Lanes known;  ///< 0xFF or 0; empty: every cell is known
  Lanes given;  ///< 0xFF or 0 for "not applicable"; empty: every known cell applies
};

/// A column of these numbers; `from_zero`: lanes hold the values themselves.
FactColumn make_column(std::span<const std::int64_t> numbers, std::span<const CellKind> cells,
                       bool from_zero = false);

/// The exact value of a cell as a column holds it: truths 0 and 1, options by index, places by
/// node, sets of members as bits; nothing if it is not one exact value or its type has no columns.
std::optional<std::int64_t> exact_number(const value::Value& value, const value::Type& type);
/// The same back.
value::Value exact_value(std::int64_t number, const value::Type& type);

class Table {
 public:
  /// `first_row` has a row for each household and the row count behind them; rows are members.
  Table(std::shared_ptr<const value::Schema> schema, std::vector<std::uint32_t> first_row);

  /// A fact of members (a number for each row) or of the household (the same in each of its rows).
  void set_column(value::FactId fact, std::span<const std::int64_t> numbers,
                  std::span<const CellKind> cells);
  /// Rows of a household that cannot be answered here at all.
  void set_unusable(std::size_t household);
  void set_entities(std::span<const value::EntityId> entity_of_row);

  [[nodiscard]] const value::Schema& schema() const { return *schema_; }
  [[nodiscard]] std::size_t row_count() const { return first_row_.back(); }
  [[nodiscard]] std::size_t household_count() const { return first_row_.size() - 1; }
  [[nodiscard]] std::uint32_t first_row(std::size_t household) const {
    return first_row_[household];
  }
  [[nodiscard]] std::uint32_t greatest_household() const { return greatest_household_; }
  [[nodiscard]] const FactColumn* column(value::FactId fact) const;
  /// Of each row, for finding neighbours of one household.
  [[nodiscard]] const std::uint32_t* household_of_row() const {
    return household_of_row_.data() + kPad;
  }
  /// Of each row the bit that stands for it in a set of members; empty: households are too large.
  [[nodiscard]] const Lanes& own_bit() const { return own_bit_; }
  /// 0xFF where the household can be answered; empty: everywhere.
  [[nodiscard]] const Lanes& usable() const { return usable_; }
  /// Rows of one kind of member, 0xFF or 0; nothing: every row is of this kind.
  [[nodiscard]] const Lanes* rows_of(value::EntityId entity) const;
  [[nodiscard]] bool has_rows_of(value::EntityId entity) const;
  [[nodiscard]] std::size_t size_bytes() const;

 private:
  std::shared_ptr<const value::Schema> schema_;
  std::vector<std::uint32_t> first_row_;
  std::vector<std::uint32_t> household_of_row_;
  std::uint32_t greatest_household_ = 0;
  std::vector<FactColumn> columns_;  ///< by FactId
  std::vector<bool> has_column_;
  Lanes own_bit_;
  Lanes usable_;
  std::vector<Lanes> rows_of_;  ///< by entity; empty where all rows or none are of it
  std::vector<std::size_t> count_of_;
};

/// The table of these households, read as the case evaluator reads them.
Table table_of(const std::shared_ptr<const value::Schema>& schema,
               std::span<const value::Household* const> households);

}  // namespace juzhu::batch
