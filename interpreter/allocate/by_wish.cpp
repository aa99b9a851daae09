// Wishes before ranks: in round k everybody without a seat applies to wish k, and each school fills
// what it has left, its reserves and its open seats. Schools do not touch each other within a
// round, since nobody applies to two.
#include <algorithm>

#include "allocate/course.h"

namespace juzhu::allocate {

namespace {

class ByWish {
 public:
  explicit ByWish(Course& course) : course_(course) {
    for (const Seats& seats : course.pool.schools) {
      left_.push_back(seats);
      reserved_.push_back(set_aside(course.pool, seats));
    }
  }

  void run() {
    std::size_t rounds = 1;
    for (const Applicant& applicant : course_.pool.applicants) {
      // Who may wish for anything may wish for every school in turn.
      const bool known = applicant.wishes_known;
      rounds = std::max(rounds, known ? applicant.wishes.size() : course_.pool.schools.size());
    }
    for (std::uint32_t round = 0; round < rounds; ++round)
      run_round(round);
  }

 private:
  void run_round(std::uint32_t round) {
    std::vector<std::vector<std::uint32_t>> applying(left_.size());
    for (std::uint32_t i = 0; i < course_.pool.applicants.size(); ++i) {
      if (course_.present[i] == Sure::kNo) continue;
      const Applicant& applicant = course_.pool.applicants[i];
      if (!applicant.wishes_known) {
        for (std::vector<std::uint32_t>& school : applying)
          school.push_back(i);
      } else if (round < applicant.wishes.size()) {
        applying[applicant.wishes[round]].push_back(i);
      }
    }
    for (SchoolIndex school = 0; school < applying.size(); ++school) {
      if (!applying[school].empty()) fill_school(round, school, applying[school]);
    }
  }

  /// Who of those applying is there for a part of the seats.
  [[nodiscard]] std::vector<Candidate> candidates_for(const std::vector<std::uint32_t>& applying,
                                                      std::optional<std::uint32_t> reserve) const {
    std::vector<Candidate> candidates;
    for (const std::uint32_t each : applying) {
      Sure there = reserve ? course_.present_as_member(each, *reserve) : course_.present[each];
      if (!course_.pool.applicants[each].wishes_known) there = std::min(there, Sure::kMaybe);
      if (there != Sure::kNo) candidates.push_back({each, there});
    }
    return candidates;
  }

  /// Fills one part; gives back what it leaves.
  Seats fill_part(Fill fill, const std::vector<std::uint32_t>& applying) {
    const Seats seats = fill.seats;
    const SchoolIndex school = fill.school;
    const bool is_reserve = fill.part == Part::kReserve;
    const std::uint32_t reserve = fill.reserve;
    const Filled filled =
        course_.serve(std::move(fill),
                      candidates_for(applying, is_reserve ? std::optional(reserve) : std::nullopt));
    // Seats that all who are tied take beyond their number are over, not taken from others.
    const Seats used{std::min(filled.used_lo, seats.lo), std::min(filled.used_hi, seats.hi)};
    left_[school] = less(left_[school], used);
    if (is_reserve) reserved_[school][reserve] = less(reserved_[school][reserve], used);
    return less(seats, {filled.used_lo, filled.used_hi});
  }

  void fill_school(std::uint32_t round, SchoolIndex school,
                   const std::vector<std::uint32_t>& applying) {
    const Pool& pool = course_.pool;
    const Division division = divide(left_[school], reserved_[school]);
    Seats open = division.open;
    Seats fallen;  // what reserves leave to all
    Fill fill;
    fill.school = school;
    fill.round = round;
    if (pool.open_first) {
      fill.seats = open;
      fill_part(fill, applying);
    }
    for (std::uint32_t i = 0; i < pool.reserves.size(); ++i) {
      fill.part = Part::kReserve;
      fill.reserve = i;
      fill.seats = division.reserves[i];
      const Seats unused = fill_part(fill, applying);
      if (!pool.reserves[i].kept) fallen = plus(fallen, unused);
    }
    fill.reserve = 0;
    if (!pool.open_first) {
      fill.part = Part::kOpen;
      fill.seats = plus(open, fallen);
      fill_part(fill, applying);
    } else if (fallen.hi > 0) {
      fill.part = Part::kLeft;
      fill.seats = fallen;
      fill_part(fill, applying);
    }
  }

  Course& course_;
  std::vector<Seats> left_;                   ///< by school
  std::vector<std::vector<Seats>> reserved_;  ///< by school and reserve: still set aside
};

}  // namespace

void run_by_wish(Course& course) { ByWish(course).run(); }

}  // namespace juzhu::allocate
