#include "allocate/allocate.h"

#include <algorithm>
#include <limits>

#include "allocate/course.h"
#include "base/check.h"

namespace juzhu::allocate {

namespace {

/// The difference of two keys, cut off at the ends of 64 bits.
std::int64_t difference(std::int64_t left, std::int64_t right) {
  std::int64_t result = 0;
  if (!__builtin_sub_overflow(left, right, &result)) return result;
  return left < right ? std::numeric_limits<std::int64_t>::min()
                      : std::numeric_limits<std::int64_t>::max();
}

/// The difference to a line, in the applicant's favour if it is above 0.
Margin margin_to(const Pool& pool, const Tuple& keys, const Tuple& line) {
  Margin margin;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const KeyRange& own = keys[i];
    const bool equal =
        own.exact() && own.may_lack == line[i].may_lack && (own.may_lack || own.lo == line[i].lo);
    if (equal) continue;
    margin.key = static_cast<std::uint32_t>(i);
    margin.has_number = own.may_have && !own.may_lack && line[i].may_have;
    if (!margin.has_number) return margin;
    const bool highest = pool.highest_first[i];
    margin.lo = highest ? difference(own.lo, line[i].lo) : difference(line[i].lo, own.hi);
    margin.hi = highest ? difference(own.hi, line[i].lo) : difference(line[i].lo, own.lo);
    return margin;
  }
  margin.by_lot = true;
  margin.has_number = true;
  return margin;
}

/// Each applicant's fill to be measured by: where it got in, else the one whose line lies lowest.
std::vector<std::optional<std::uint32_t>> fills_to_measure(const Course& course) {
  std::vector<std::optional<std::uint32_t>> chosen(course.pool.applicants.size());
  const std::vector<Fill>& fills = course.result.fills;
  for (std::uint32_t f = 0; f < fills.size(); ++f) {
    if (!fills[f].line.known) continue;
    for (std::size_t i = 0; i < fills[f].candidates.size(); ++i) {
      std::optional<std::uint32_t>& best = chosen[fills[f].candidates[i].applicant];
      const bool in = fills[f].in[i] == Sure::kYes;
      if (in || !best || fills[f].line.position > fills[*best].line.position) best = f;
    }
  }
  return chosen;
}

void describe(Course& course) {
  for (std::size_t i = 0; i < course.pool.applicants.size(); ++i) {
    Placement& placement = course.result.placements[i];
    const std::set<SchoolIndex>& at = course.may_be_at[i];
    placement.place = Place::kUnknown;
    if (course.surely_placed[i] && at.size() == 1) {
      placement.place = Place::kPlaced;
      placement.school = *at.begin();
    } else if (at.empty() && (course.pool.applicants[i].wishes_known ||
                              course.pool.applicants[i].present == Sure::kNo)) {
      placement.place = Place::kNone;
    } else {
      placement.possible.assign(at.begin(), at.end());
    }
  }
  const auto chosen = fills_to_measure(course);
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    if (!chosen[i]) continue;
    Margin margin = margin_to(course.pool, course.pool.applicants[i].keys,
                              course.result.fills[*chosen[i]].line_keys);
    margin.fill = *chosen[i];
    course.result.placements[i].margin = margin;
  }
}

}  // namespace

Result allocate(const Pool& pool) {
  for (const Applicant& applicant : pool.applicants) {
    JUZHU_CHECK(applicant.keys.size() == pool.highest_first.size());
    JUZHU_CHECK(applicant.groups.size() == pool.reserves.size());
  }
  Course course(pool);
  switch (pool.wish_rule) {
    case Wishes::kByWish:
      run_by_wish(course);
      break;
    case Wishes::kByRank:
      run_by_rank(course);
      break;
  }
  describe(course);
  return std::move(course.result);
}

}  // namespace juzhu::allocate
