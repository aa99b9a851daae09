// One household as data: its facts, its members and their facts, and lists of spells, each in one
// of the input states of semantics.md 3.1. Made by the data readers and by scenarios; read, and for
// settling copied and narrowed, by the evaluators.
//
// Shapes: a cell stands at its fact's column; a member's lists at their column. Limits (32 members,
// 512 rows a list) are checked by the evaluator, so that too large a household is an error of that
// household alone.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "value/schema.h"
#include "value/value.h"

namespace juzhu::value {

enum class InputState : std::uint8_t { kStated, kUnknown, kNotAsked, kDoesNotApply };

/// A fact's cell. Not stated: `value` is the whole domain (and "not applicable" if the fact allows
/// it). A cell that could not be read is an error value.
struct Cell {
  Value value;
  InputState state = InputState::kNotAsked;
};

/// A spell: ends are days or months by the list's unit, each possibly within bounds. No end yet:
/// kForever.
struct Row {
  Value start;  ///< number or between
  Value end;
  std::vector<Cell> cells;
};

struct RowList {
  InputState state =
      InputState::kNotAsked;  ///< kStated: complete; kUnknown/kNotAsked: there may be further rows
  std::vector<Row> rows;      ///< "at least these"
  Value failure{};            ///< set (kFails) if the list could not be read
};

struct Member {
  std::string key;  ///< unique in the household: C1, or a scenario's name
  Bilingual name;   ///< how people call it; empty: the key
  EntityId entity;
  std::vector<Cell> cells;
  std::vector<RowList> lists;
};

struct Household {
  std::string key;
  std::vector<Cell> cells;
  std::vector<RowList> lists;
  std::vector<Member> members;
  std::int64_t weight_millionths = 1'000'000;  ///< survey weight, exact to six digits
  Value failure{};  ///< set (kFails) if the whole household cannot be used
};

/// A household with every fact not asked and no members.
Household empty_household(const Schema& schema, std::string key);
/// A member with every fact not asked.
Member empty_member(const Schema& schema, EntityId entity, std::string key);
/// The whole domain of a fact, with "not applicable" if it may be.
Value domain_of(const Schema& schema, const Fact& fact, std::size_t member_count);

/// A fact of one household: what "depends on" and `needs` speak of. Ordered by name through
/// fact_text().
struct FactRef {
  enum class Kind : std::uint8_t { kCell, kRowCell, kRowStart, kRowEnd, kList };
  Kind kind = Kind::kCell;
  std::int32_t member = -1;  ///< -1: the household
  ListId list;               ///< kRowCell, kRowStart, kRowEnd, kList
  std::int32_t row = -1;
  FactId fact;  ///< kCell, kRowCell
  // NOLINTNEXTLINE(modernize-use-nullptr): the check reads what the compiler writes here.
  friend auto operator<=>(const FactRef&, const FactRef&) = default;
};

/// "Li's permits", "Mei's birth_date", "Li's permits 2's issued"; in Chinese 李的居住证.
std::string fact_text(const FactRef& ref, const Household& household, const Schema& schema,
                      bool chinese);
/// The state of the fact, for "Li's permits: not asked".
InputState fact_state(const FactRef& ref, const Household& household, const Schema& schema);

}  // namespace juzhu::value
