// Filling seats with the best of those who apply (semantics.md 7.2): who is surely in, who surely
// out, and where the line runs.
#pragma once

#include <vector>

#include "allocate/standing.h"

namespace juzhu::allocate {

/// Someone who may be there to take a seat.
struct Candidate {
  std::uint32_t applicant = 0;
  Sure present = Sure::kYes;
};

/// The cut-off, as positions of Standing.
struct Line {
  Sure reached = Sure::kNo;  ///< did the seats run out?
  bool known = false;        ///< reached, and at one tuple whatever is not known
  bool none = false;         ///< reached, and surely by nobody who got in
  std::uint32_t position = 0;
};

struct Filled {
  std::vector<Sure> in;      ///< for each candidate: does it get a seat if it is there?
  std::int64_t used_lo = 0;  ///< seats taken; all who are tied may take more than there are
  std::int64_t used_hi = 0;
  Line line;
};

Filled fill(const Standing& standing, Ties ties, const std::vector<Candidate>& candidates,
            Seats seats);

}  // namespace juzhu::allocate
