// The types of the language (semantics.md 2.1) as plain data. A Type says how the 64-bit halves of
// a Value are read and, for numbers, at which scale and in which unit.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/id.h"

namespace juzhu::value {

struct Choice;
struct Entity;
struct List;
using ChoiceId = Id<Choice>;
using EntityId = Id<Entity>;
using ListId = Id<List>;

/// A product of powers of base units. Base units are numbered in the Schema: 0 month, 1 day, 2
/// yuan, 3 point, then declared ones; at most 16.
struct Unit {
  std::array<std::int8_t, 16> powers{};
  friend bool operator==(const Unit&, const Unit&) = default;
  [[nodiscard]] bool none() const { return powers == std::array<std::int8_t, 16>{}; }
};

inline constexpr int kMonthUnit = 0;
inline constexpr int kDayUnit = 1;
inline constexpr int kYuanUnit = 2;
inline constexpr int kPointUnit = 3;

inline Unit base_unit(int index) {
  Unit unit;
  unit.powers[static_cast<std::size_t>(index)] = 1;
  return unit;
}
Unit operator*(const Unit& left, const Unit& right);
Unit operator/(const Unit& left, const Unit& right);

enum class TypeKind : std::uint8_t {
  kError,      ///< of a broken expression; agrees with everything, so that one mistake gives one
               ///< message
  kBoolean,    ///< lo: bit 0 = may be false, bit 1 = may be true
  kNumber,     ///< [lo, hi] in units of 10^-scale
  kQuotient,   ///< a division that was not rounded yet; never a slot of a plan
  kDate,       ///< [lo, hi] in days since 1970-01-01
  kMonth,      ///< [lo, hi], year * 12 + month - 1
  kChoice,     ///< lo: bit set of the options still possible
  kChoiceSet,  ///< lo: options surely in the set, hi: options possibly in it
  kPlace,      ///< lo: node of the place tree; hi: 1 if exactly this node (none of its listed
               ///< children), else 0
  kText,       ///< lo: interned text, kAnyText = any, below: not in the rulebook
  kMember,     ///< lo: bit set of the members (of one household) still possible
  kMemberSet,  ///< lo: members surely in the set, hi: possibly in it
  kRow,   ///< a bound row: lo = its index in the list, kUnknownRow for "a row not listed"; hi =
          ///< owner member or -1
  kRows,  ///< a list of rows of an owner: never a value, only what quantifiers run over
  kTime,  ///< a cover: lo = index of the sure part, hi = of the possible part, in the evaluation's
          ///< CoverStore
};

inline constexpr std::int64_t kUnknownRow = -1;
inline constexpr std::int64_t kAnyText = -1;

struct Type {
  TypeKind kind = TypeKind::kError;
  std::uint8_t scale = 0;  ///< numbers: digits after the point, 0..9
  bool months = false;     ///< kTime: kept in calendar months rather than days
  bool years = false;      ///< kNumber of unit month: written and shown in years
  bool percent = false;    ///< kNumber: written and shown with %
  Unit unit{};             ///< kNumber
  ChoiceId choice;         ///< kChoice, kChoiceSet
  EntityId entity;         ///< kMember, kMemberSet
  ListId list;             ///< kRow, kRows
  friend bool operator==(const Type&, const Type&) = default;
};

Type boolean_type();
Type number_type(int scale, Unit unit = {});
Type date_type();
Type month_type();
Type place_type();
Type text_type();
Type choice_type(ChoiceId choice);
Type choice_set_type(ChoiceId choice);
Type member_type(EntityId entity);
Type member_set_type(EntityId entity);
Type row_type(ListId list);
Type rows_type(ListId list);
Type time_type(bool months);

}  // namespace juzhu::value
