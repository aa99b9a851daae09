// What an expression yields: the set of results still possible (semantics.md 3.2). Not a value or
// null, but ⟨kinds, set, error⟩: a value within bounds, "not applicable", or an error, or several
// of these. How `lo` and `hi` are read follows from the Type of the slot. The same three parts are
// the columns of a batch.
//
// Invariants: at least one kind; with no kValue lo and hi are 0; with no kError error is default.
// Held by the makers below. Threads: plain data.
#pragma once

#include <compare>
#include <cstdint>
#include <string_view>

#include "value/type.h"

namespace juzhu::value {

/// Codes of errors in one record, in the order of semantics.md 9: of several errors the least
/// counts.
enum class ErrorCode : std::uint8_t {
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define JUZHU_ERROR(name, text) k##name,
#include "value/errors.def"
#undef JUZHU_ERROR
};
std::string_view error_name(ErrorCode code);  ///< "division-by-zero"

/// An error in one record: what, in which declaration, at which of its nodes, for which member.
/// Ordered, so that the least of several can be kept whatever the order of work.
struct Error {
  ErrorCode code{};
  std::uint32_t declaration = 0;  ///< index into the plan's declarations, which are sorted by name
  std::uint32_t node = 0;    ///< position of the expression within the declaration, in pre-order
  std::uint32_t entity = 0;  ///< 0 household, 1 + member index
  friend auto operator<=>(const Error&, const Error&) = default;
};

inline constexpr std::uint8_t kValue = 1;
inline constexpr std::uint8_t kNotApplicable = 2;
inline constexpr std::uint8_t kFails = 4;

inline constexpr std::int64_t kFalseBit = 1;
inline constexpr std::int64_t kTrueBit = 2;

struct Value {
  std::uint8_t kinds = 0;
  std::int64_t lo = 0;
  std::int64_t hi = 0;
  Error error{};
  friend bool operator==(const Value&, const Value&) = default;

  [[nodiscard]] bool may_value() const { return (kinds & kValue) != 0; }
  [[nodiscard]] bool may_not_apply() const { return (kinds & kNotApplicable) != 0; }
  [[nodiscard]] bool may_fail() const { return (kinds & kFails) != 0; }
  [[nodiscard]] bool only_value() const { return kinds == kValue; }
  [[nodiscard]] bool only_not_applicable() const { return kinds == kNotApplicable; }
  [[nodiscard]] bool only_error() const { return kinds == kFails; }
};

Value truth(bool is_true);
Value unknown_truth();             ///< {F, T}
Value number(std::int64_t exact);  ///< also dates and months
Value between(std::int64_t lo, std::int64_t hi);
Value bits(std::int64_t possible);  ///< choices and members
Value set_between(std::int64_t must, std::int64_t may);
Value place_value(std::uint32_t node, bool exact);
Value not_applicable();
Value failure(Error error);

/// Known: one kind and one exact value left (an error is known when nothing else is possible).
bool is_known(const Value& value, const Type& type);
bool is_true(const Value& value);   ///< surely true (NA and errors are not)
bool is_false(const Value& value);  ///< surely false as a condition: F or NA
/// Union of kinds, hull of sets, least error. Places join to their nearest common ancestor (see
/// place_tree.h).
class PlaceTree;
Value join(const Value& left, const Value& right, const Type& type, const PlaceTree& places);

}  // namespace juzhu::value
