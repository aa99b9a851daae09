// How a household's cells and rows are read (semantics.md 3.1), and where a fact that is spoken of
// by a FactRef stands.
#pragma once

#include <bit>

#include "value/household.h"

namespace juzhu::eval {

using value::Cell;
using value::FactRef;
using value::Household;
using value::Row;
using value::RowList;
using value::Schema;
using value::Value;

inline bool is_single_bit(std::int64_t bits) {
  return std::has_single_bit(static_cast<std::uint64_t>(bits));
}
inline std::uint32_t lowest_bit(std::int64_t bits) {
  return static_cast<std::uint32_t>(std::countr_zero(static_cast<std::uint64_t>(bits)));
}
inline std::int64_t bit(std::size_t index) {
  return static_cast<std::int64_t>(std::uint64_t{1} << index);
}

/// The error that makes a whole household unusable (it could not be read, is too large, or two
/// members share a key), or a value of no kind.
Value household_failure(const Household& household);

/// The household with the facts about members that are not stated widened to all its members: cells
/// are made before it is known how many there are.
Household with_whole_domains(Household household, const Schema& schema);

/// Members of a kind, as bits; all members if the kind is not valid.
std::int64_t members_of(const Household& household, value::EntityId entity);

/// A cell as evaluation sees it: the value, or the error of a cell that holds none of the fact's
/// domain.
Value read_cell(const Cell& cell, const value::Fact& fact, const Schema& schema,
                const Household& household, value::Error at);

/// The ends of a spell; both are an error if it surely ends before it starts.
struct RowEnds {
  Value start;
  Value end;
};
RowEnds read_ends(const Row& row, value::Error at);

/// owner: index of a member, or -1 for the household.
const RowList& list_of(const Household& household, const Schema& schema, value::ListId list,
                       std::int64_t owner);
const Cell& cell_of(const Household& household, const value::Fact& fact, std::int64_t owner);

/// May there be rows that are not listed?
inline bool is_incomplete(const RowList& list) {
  return list.state == value::InputState::kUnknown || list.state == value::InputState::kNotAsked;
}

/// The stored value of a fact that is not a list, to be read or narrowed.
const Value& stored_value(const Household& household, const Schema& schema, const FactRef& ref);
Value& stored_value(Household& household, const Schema& schema, const FactRef& ref);

}  // namespace juzhu::eval
