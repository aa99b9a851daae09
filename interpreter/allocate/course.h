// An allocation while it runs: who is still there, where everybody may have got a seat, what was
// filled. Private to this room.
#pragma once

#include "allocate/allocate.h"

namespace juzhu::allocate {

struct Course {
  explicit Course(const Pool& from);

  const Pool& pool;
  Standing standing;
  std::vector<Sure> present;  ///< still without a seat
  std::vector<std::set<SchoolIndex>> may_be_at;
  std::vector<bool> surely_placed;  ///< with one school in may_be_at
  Result result;

  /// Presence for a reserve: a member for sure or maybe.
  [[nodiscard]] Sure present_as_member(std::uint32_t applicant, std::uint32_t reserve) const;
  /// Fills seats, gives them to those who get them, and keeps the fill.
  Filled serve(Fill fill, std::vector<Candidate> candidates);
  /// One applicant's seat, or the chance of it.
  void seat(std::uint32_t applicant, SchoolIndex school, Sure in);
};

/// How a school's seats divide into reserves and open ones. Each is clipped to what is left.
struct Division {
  std::vector<Seats> reserves;
  Seats open;
};
/// `amounts`: what is still set aside of each reserve, in seats.
Division divide(Seats total, const std::vector<Seats>& amounts);
/// What each reserve sets aside of a school's seats.
std::vector<Seats> set_aside(const Pool& pool, Seats total);

Seats plus(Seats left, Seats right);
/// left − right, never below 0.
Seats less(Seats left, Seats right);

void run_by_wish(Course& course);
void run_by_rank(Course& course);

}  // namespace juzhu::allocate
