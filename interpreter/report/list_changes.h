// Lists that gave out places on two sides of a comparison (semantics.md 7.4, 8): what became of
// each child's place, how the lines moved, who is newly placed, who lost a place and to whom. Both
// sides read the same households, and a lottery with one seed is one draw.
//
// Ownership: keeps both sides' lists; refers to their programs. Threads: plain data once made.
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "compare/change.h"
#include "engine/lists.h"
#include "report/place_lists.h"

namespace juzhu::report {

/// Someone who surely had a place and is not there, nor at an earlier wish.
struct LostPlace {
  enum class Why : std::uint8_t {
    kDisplaced,  ///< its own keys, wishes and groups are what they were
    kOwn,        ///< they are not
    kOffTheList
  };
  std::string child;
  std::string school;  ///< empty: there are no wishes
  Why why = Why::kDisplaced;
  std::vector<std::string> by;       ///< of kDisplaced: the new ones there who rank above it, a set
  std::vector<std::string> perhaps;  ///< those who may be there and may rank above it
};

/// One list, on one side or both.
struct ListChange {
  const engine::PlaceList* before = nullptr;  ///< none: no such list on that side
  const engine::PlaceList* after = nullptr;
  bool alike = false;              ///< the same applicants, rules and seats on both
  std::vector<std::string> newly;  ///< surely placed, and surely without a place before
  std::vector<LostPlace> lost;     ///< by child; both are empty for a list on one side only
};

/// What the lists make of one child and service.
struct ChildPlaces {
  compare::Seat before = compare::Seat::kNoList;
  compare::Seat after = compare::Seat::kNoList;
  bool alike = true;            ///< every list that it is on is filled alike on both sides
  bool displaced = false;       ///< from a place, on some list
  std::vector<std::string> by;  ///< of those displaced: by whom
};
/// "placed", "none", "open", "error"; empty on no list.
std::string_view seat_key(compare::Seat seat);

/// A child on a list of a service of the side before: service, then "household/child".
using ListedKey = std::pair<std::uint32_t, std::string>;

class ListChanges {
 public:
  /// `alike`: the children whom both sides answer and list by the same rules. `services` are those
  /// of the side before, each with that of the side after.
  ListChanges(const sema::Program& before, engine::GivenPlaces first, const sema::Program& after,
              engine::GivenPlaces second,
              const std::vector<std::pair<std::uint32_t, std::uint32_t>>& services,
              const std::set<ListedKey>& alike);
  ListChanges(const ListChanges&) = delete;
  ListChanges& operator=(const ListChanges&) = delete;

  [[nodiscard]] ChildPlaces of(std::uint32_t service, const std::string& child) const;
  [[nodiscard]] const std::vector<ListChange>& lists() const { return changes_; }

  /// In lines of a terminal; empty if there are no lists.
  [[nodiscard]] std::string text(bool chinese) const;
  [[nodiscard]] nlohmann::ordered_json json(bool chinese) const;

 private:
  void pair_up();
  void compare_list(ListChange& change, const std::set<ListedKey>& alike) const;
  void note_children(const ListChange& change,
                     std::map<ListedKey, std::pair<compare::Seat, compare::Seat>>& seats);
  void note_seats(const std::map<ListedKey, std::pair<compare::Seat, compare::Seat>>& seats);
  void note_left_out(const engine::GivenPlaces& given, const sema::Program& program, bool before);
  [[nodiscard]] std::uint32_t service_of(const ListChange& change) const;

  const sema::Program& before_;
  const sema::Program& after_;
  engine::GivenPlaces first_;
  engine::GivenPlaces second_;
  std::map<std::uint32_t, std::uint32_t> service_before_;  ///< by the service after
  std::vector<ListChange> changes_;
  std::map<ListedKey, ChildPlaces> children_;
};

}  // namespace juzhu::report
