// Pools in a few words, and answers in a few letters.
#pragma once

#include <string>
#include <vector>

#include "allocate/allocate.h"

namespace juzhu::allocate {

inline KeyRange exactly(std::int64_t value) { return {value, value, true, false}; }
inline KeyRange from_to(std::int64_t lo, std::int64_t hi) { return {lo, hi, true, false}; }
inline KeyRange lacking() { return {0, 0, false, true}; }

inline Applicant applicant(std::string key, Tuple keys, std::vector<SchoolIndex> wishes = {0}) {
  Applicant made;
  made.key = std::move(key);
  made.keys = std::move(keys);
  made.wishes = std::move(wishes);
  return made;
}

/// One school, one key, the highest first.
inline Pool pool_of(Seats seats, Ties ties, std::vector<Applicant> applicants) {
  Pool pool;
  pool.allocation = "t";
  pool.ties = ties;
  pool.schools = {seats};
  pool.highest_first.assign(applicants.front().keys.size(), true);
  pool.applicants = std::move(applicants);
  return pool;
}

/// "A in", "B out", "C open", in the order of the pool; with several schools "A at 1".
inline std::string places(const Pool& pool) {
  const Result result = allocate(pool);
  std::string text;
  for (std::size_t i = 0; i < pool.applicants.size(); ++i) {
    const Placement& placement = result.placements[i];
    text += (text.empty() ? "" : ", ") + pool.applicants[i].key + " ";
    switch (placement.place) {
      case Place::kPlaced:
        text += pool.schools.size() == 1 ? "in" : "at " + std::to_string(placement.school);
        break;
      case Place::kNone:
        text += "out";
        break;
      case Place::kUnknown:
        text += "open";
        break;
    }
  }
  return text;
}

}  // namespace juzhu::allocate
