// Choices, sets of choices, members and places: equality and belonging over sets of possible values
// (semantics.md 3.3). Errors give the least error; "not applicable" gives F.
#pragma once

#include "value/place_tree.h"
#include "value/value.h"

namespace juzhu::ops {

using value::Value;

/// Choices or members (bit sets of possible values).
Value equal_bits(const Value& left, const Value& right);
/// Two sets of choices or members.
Value equal_sets(const Value& left, const Value& right);
Value equal_place(const Value& left, const Value& right, const value::PlaceTree& places);
Value equal_text(const Value& left, const Value& right);
/// Is the choice (or member) one of these?
Value in_bits(const Value& operand, std::int64_t options);
/// Does the set include the choice (or member)?
Value includes(const Value& set, const Value& element);
/// p within q: T if p is or lies in q, F if disjoint, else unknown.
Value within(const Value& inner, const Value& outer, const value::PlaceTree& places);
/// The city, county or province around a place; "not applicable" above that level; a node above it
/// that is not exact may be any below.
Value place_at(const Value& place, value::PlaceLevel level, const value::PlaceTree& places);

}  // namespace juzhu::ops
