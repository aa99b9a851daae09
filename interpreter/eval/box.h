// A household whose missing facts still leave several completions is a box; searching it for one
// answer narrows and splits it (semantics.md 3.4).
#pragma once

#include <set>
#include <vector>

#include "value/household.h"

namespace juzhu::eval {

using value::FactRef;
using value::Household;
using value::Schema;

/// How many values a fact still has, "not applicable" counted as one; a place has its listed
/// children and "elsewhere in it". 1: it cannot be split (exact, a text, a list, an error).
std::uint64_t values_left(const Household& household, const Schema& schema, const FactRef& ref);

/// The box cut along one fact, lower half first; at least two parts.
std::vector<Household> split(const Household& household, const Schema& schema, const FactRef& ref);

/// The fact to split: the one with the fewest values left, then by name, member and the row's
/// content, so that neither the order of members nor of rows matters. nullptr: nothing to split.
const FactRef* fact_to_split(const Household& household, const Schema& schema,
                             const std::set<FactRef>& facts);

/// By member, list, the row's content and name: an order that neither the order of members nor that
/// of rows nor that of declarations changes, unless two rows are the same.
std::vector<FactRef> in_stable_order(const Household& household, const Schema& schema,
                                     const std::set<FactRef>& facts);

/// Every missing truth, choice, member, number and date at its least (greatest) value. False if
/// there is none.
bool move_to_corner(Household& household, const Schema& schema, const std::set<FactRef>& facts,
                    bool greatest);

/// No row was narrowed to end before it starts.
bool holds_completion(const Household& household, const Schema& schema,
                      const std::set<FactRef>& facts);

}  // namespace juzhu::eval
