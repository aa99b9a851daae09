// Which version of a name is in force at one place, day by day (semantics.md 5.1): the most
// specific place wins, there the latest start; a version that was replaced at its place never comes
// back, one of a wider place does. The same choice that lowering makes for one day, for all days.
#pragma once

#include <vector>

#include "sema/extent.h"

namespace juzhu::sema {

struct Days {
  std::int64_t from = value::kFirstDate;
  std::int64_t to = value::kLastDate;
  [[nodiscard]] bool empty() const { return from > to; }
  friend bool operator==(const Days&, const Days&) = default;
};

Days meet(const Days& left, const Days& right);
/// The days of `whole` that none of `covered` has, in order.
std::vector<Days> uncovered(const Days& whole, std::vector<Days> covered);

/// A stretch of days on which one version is in force.
struct Piece {
  std::uint32_t version = 0;
  PlaceNode place = value::kRootPlace;  ///< through which place of its extent
  Days days;
};

/// In order of days; no two share one.
std::vector<Piece> timeline(const Rule& rule, PlaceNode here, const value::PlaceTree& places);
std::vector<Piece> timeline(const Definition& definition, PlaceNode here,
                            const value::PlaceTree& places);
std::vector<Piece> timeline(const Parameter& parameter, PlaceNode here,
                            const value::PlaceTree& places);

}  // namespace juzhu::sema
