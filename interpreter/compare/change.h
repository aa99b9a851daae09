// What a change of rules, day or place does to one child and one service (semantics.md 8): whether
// access rises, falls, may do so, or stays. Both sides are asked of one household, and where
// something is not known every way of filling it in is the same on both: a fact that decides on
// both sides alike changes nothing.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string_view>
#include <tuple>

#include "eval/outcome.h"

namespace juzhu::compare {

enum class Change : std::uint8_t {
  kGained,
  kLost,
  kUnchanged,
  kMayGain,
  kMayLose,
  kMayChange,
  kUndetermined  ///< a conflict or an error is possible on a side
};
inline constexpr std::size_t kChangeCount = 7;
inline constexpr std::array kChanges{Change::kGained,   Change::kLost,      Change::kMayGain,
                                     Change::kMayLose,  Change::kMayChange, Change::kUndetermined,
                                     Change::kUnchanged};

/// Stable words for data: "gained", "may_gain".
std::string_view change_key(Change change);

/// What a second stage over all households makes of `ranked` for one child (semantics.md 7): which
/// of placed and no place is still possible. Sound for every completion of every household, so it
/// is not searched any further.
enum class Seat : std::uint8_t {
  kNoList,  ///< on no list: ranked stays what it is
  kPlaced,
  kNone,
  kOpen,    ///< either
  kTrouble  ///< left out of its list for an error in its data
};

/// One side: under which rules, and what is asked when. The member and the service are those of the
/// other side too.
struct Side {
  eval::PlanSource* plans = nullptr;
  eval::Query query;
  std::optional<value::PlaceNode> place;  ///< where the household is put; none: where it lives
  Seat seat = Seat::kNoList;
};

struct Compared {
  Change change = Change::kUnchanged;
  bool open = false;       ///< the search was cut off, so that the class may be too cautious
  bool untouched = false;  ///< both sides read the same rules
  eval::Outcome before;
  eval::Outcome after;
};

/// Compares many children under the same two sides; remembers which questions read the same rules
/// on both. The sources of both sides must outlive it and share one vocabulary.
class Comparer {
 public:
  /// Where the `same_lists` are filled alike on both sides, nothing can change for one whom the
  /// sides answer by the same rules.
  Compared compare(const value::Household& household, const Side& before, const Side& after,
                   bool same_lists = true);
  /// Whether both sides answer this household by the same rules and read the same keys, wishes,
  /// groups and seats for the lists of the service.
  bool reads_alike(const value::Household& household, const Side& before, const Side& after);

 private:
  using PlanPair = std::tuple<const plan::Plan*, const plan::Plan*, std::uint32_t, ops::Level>;
  using Same = bool (*)(const plan::Plan&, const plan::Plan&, const Side&, const Side&);
  bool everywhere(const value::Household& household, const Side& before, const Side& after,
                  Same same, std::map<PlanPair, bool>& known) const;

  std::map<PlanPair, bool> same_answers_;
  std::map<PlanPair, bool> same_lists_;
};

/// The household where a side puts it.
value::Household placed(const value::Household& household, const Side& side);

}  // namespace juzhu::compare
