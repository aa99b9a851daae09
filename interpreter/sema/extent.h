// Where and when declarations hold together, and which of two rules goes before the other there
// (semantics.md 5.1, 5.2). Read by the checker for every place and by lowering for one.
#pragma once

#include <optional>

#include "sema/program.h"

namespace juzhu::sema {

bool times_meet(const Extent& left, const Extent& right);
/// Do the places of two extents share a place? No places: everywhere.
bool places_meet(const Extent& left, const Extent& right, const value::PlaceTree& places);
bool same_places(const Extent& left, const Extent& right);

/// The most specific place of an extent that `here` lies in; nothing if it lies in none.
std::optional<PlaceNode> reached_through(const std::vector<PlaceNode>& extent, PlaceNode here,
                                         const value::PlaceTree& places);

/// A version of a rule as it holds at some place: through which place of its extent, and when.
struct RuleAt {
  RuleId rule;
  const RuleVersion* version = nullptr;
  PlaceNode place = value::kRootPlace;
  std::int64_t from = value::kFirstDate;
  std::int64_t to = value::kLastDate;
};

/// Do two rules grant or deny one service?
bool asks_the_same(const RuleVersion& left, const RuleVersion& right);
/// Does a rule grant or deny the service?
bool speaks_of(const RuleVersion& version, ServiceId service);
bool overrides(const RuleAt& left, const RuleAt& right);
/// Does the first line of 5.2 that orders the pair put `left` before `right`?
bool goes_before(const RuleAt& left, const RuleAt& right, const value::PlaceTree& places);

}  // namespace juzhu::sema
