#include "allocate/course.h"

#include <algorithm>

namespace juzhu::allocate {

namespace {

Sure least(Sure left, Sure right) { return std::min(left, right); }

/// floor(seats × share) of a share between nothing and all, in two parts that cannot overflow:
/// denominators are at most 10^9.
std::int64_t share_of(std::int64_t seats, std::int64_t numerator, std::int64_t denominator) {
  const std::int64_t share = std::clamp<std::int64_t>(numerator, 0, denominator);
  return seats / denominator * share + seats % denominator * share / denominator;
}

std::int64_t not_below_zero(std::int64_t seats) { return std::max<std::int64_t>(seats, 0); }

}  // namespace

Seats plus(Seats left, Seats right) { return {left.lo + right.lo, left.hi + right.hi}; }

Seats less(Seats left, Seats right) {
  return {not_below_zero(left.lo - right.hi), not_below_zero(left.hi - right.lo)};
}

std::vector<Seats> set_aside(const Pool& pool, Seats total) {
  std::vector<Seats> amounts;
  for (const Reserve& reserve : pool.reserves) {
    Seats amount = reserve.amount;
    if (reserve.share_of != 0) {
      amount = {share_of(total.lo, reserve.amount.lo, reserve.share_of),
                share_of(total.hi, reserve.amount.hi, reserve.share_of)};
    }
    amounts.push_back({not_below_zero(amount.lo), not_below_zero(amount.hi)});
  }
  return amounts;
}

Division divide(Seats total, const std::vector<Seats>& amounts) {
  Division division;
  Seats left{not_below_zero(total.lo), not_below_zero(total.hi)};
  for (const Seats& amount : amounts) {
    const Seats part{std::min(amount.lo, left.lo), std::min(amount.hi, left.hi)};
    division.reserves.push_back(part);
    left = less(left, part);
  }
  division.open = left;
  return division;
}

Course::Course(const Pool& from)
    : pool(from),
      standing(from),
      may_be_at(from.applicants.size()),
      surely_placed(from.applicants.size(), false) {
  for (const Applicant& applicant : pool.applicants)
    present.push_back(applicant.present);
  result.placements.resize(pool.applicants.size());
}

Sure Course::present_as_member(std::uint32_t applicant, std::uint32_t reserve) const {
  return least(present[applicant], pool.applicants[applicant].groups[reserve]);
}

void Course::seat(std::uint32_t applicant, SchoolIndex school, Sure in) {
  if (in == Sure::kNo) return;
  may_be_at[applicant].insert(school);
  if (in == Sure::kMaybe) {
    present[applicant] = Sure::kMaybe;
    return;
  }
  if (present[applicant] == Sure::kYes) surely_placed[applicant] = true;
  present[applicant] = Sure::kNo;  // in, or not there at all
}

Filled Course::serve(Fill fill, std::vector<Candidate> candidates) {
  Filled filled = allocate::fill(standing, pool.ties, candidates, fill.seats);
  fill.line = filled.line;
  fill.over = not_below_zero(filled.used_lo - fill.seats.hi);
  if (fill.line.known) fill.line_keys = standing.tuple_at(fill.line.position);
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const std::uint32_t each = candidates[i].applicant;
    const bool at_line =
        standing.best(each) <= fill.line.position && standing.worst(each) >= fill.line.position;
    if (fill.line.known && at_line && filled.in[i] != Sure::kNo) fill.marginal.push_back(each);
    // Perhaps no member, or with other wishes: then it gets the seat only maybe.
    const Applicant& applicant = pool.applicants[each];
    const bool is_member =
        fill.part != Part::kReserve || applicant.groups[fill.reserve] == Sure::kYes;
    const bool applies = is_member && applicant.wishes_known;
    seat(each, fill.school, applies ? filled.in[i] : least(filled.in[i], Sure::kMaybe));
  }
  fill.in = filled.in;
  fill.candidates = std::move(candidates);
  result.fills.push_back(std::move(fill));
  return filled;
}

}  // namespace juzhu::allocate
