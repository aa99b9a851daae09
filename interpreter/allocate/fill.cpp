#include "allocate/fill.h"

#include <algorithm>

namespace juzhu::allocate {

namespace {

using Positions = std::vector<std::uint32_t>;

std::int64_t below(const Positions& sorted, std::uint32_t position) {
  return std::lower_bound(sorted.begin(), sorted.end(), position) - sorted.begin();
}
std::int64_t up_to(const Positions& sorted, std::uint32_t position) {
  return std::upper_bound(sorted.begin(), sorted.end(), position) - sorted.begin();
}

/// Best cases of all who may be there, worst cases of those who surely are: what every count of
/// rivals is read from.
struct Rivals {
  Positions best;
  Positions worst;

  Rivals(const Standing& standing, const std::vector<Candidate>& candidates) {
    for (const Candidate& each : candidates) {
      best.push_back(standing.best(each.applicant));
      if (each.present == Sure::kYes) worst.push_back(standing.worst(each.applicant));
    }
    std::sort(best.begin(), best.end());
    std::sort(worst.begin(), worst.end());
  }
};

Sure is_in(const Standing& standing, Ties ties, const Rivals& rivals, const Candidate& candidate,
           Seats seats) {
  const std::uint32_t best = standing.best(candidate.applicant);
  const std::uint32_t worst = standing.worst(candidate.applicant);
  // Counts of others: what a candidate adds to a count itself is taken off.
  const std::int64_t may_be_above = below(rivals.best, worst) - (best < worst ? 1 : 0);
  const std::int64_t surely_above = below(rivals.worst, best);
  const std::int64_t may_be_level = up_to(rivals.best, worst) - 1;
  const bool counts_itself = candidate.present == Sure::kYes && best == worst;
  const std::int64_t surely_level = up_to(rivals.worst, best) - (counts_itself ? 1 : 0);
  switch (ties) {
    case Ties::kLottery:
    case Ties::kAdmitAll:
      if (may_be_above < seats.lo) return Sure::kYes;
      return surely_above >= seats.hi ? Sure::kNo : Sure::kMaybe;
    case Ties::kRefuseTied:
      if (may_be_level + 1 <= seats.lo) return Sure::kYes;
      return surely_level + 1 > seats.hi ? Sure::kNo : Sure::kMaybe;
    case Ties::kUndecided:
      if (may_be_level + 1 <= seats.lo) return Sure::kYes;
      return surely_above >= seats.hi ? Sure::kNo : Sure::kMaybe;
  }
  return Sure::kMaybe;
}

/// Where tied applicants are refused, the line is the last who got in, if anybody did not.
Line line_of_refusing(const Standing& standing, const std::vector<Candidate>& candidates,
                      const Filled& filled, Seats seats) {
  Line line;
  std::int64_t admitted = 0;
  bool refused = false;
  bool open = false;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const std::uint32_t worst = standing.worst(candidates[i].applicant);
    open |= filled.in[i] == Sure::kMaybe || candidates[i].present != Sure::kYes ||
            worst != standing.best(candidates[i].applicant);
    refused |= filled.in[i] == Sure::kNo;
    if (filled.in[i] != Sure::kYes) continue;
    ++admitted;
    line.position = std::max(line.position, worst);
  }
  if (open || seats.lo != seats.hi) {
    line.reached = Sure::kMaybe;
    return line;
  }
  const bool reached = refused || admitted >= seats.hi;
  line.reached = reached ? Sure::kYes : Sure::kNo;
  line.known = reached && admitted > 0;
  return line;
}

Line line_of(const Rivals& rivals, Seats seats) {
  Line line;
  const auto all = static_cast<std::int64_t>(rivals.best.size());
  const auto sure = static_cast<std::int64_t>(rivals.worst.size());
  if (all < seats.lo) return line;
  line.reached = sure >= seats.hi ? Sure::kYes : Sure::kMaybe;
  if (line.reached != Sure::kYes || seats.lo < 1) return line;
  // The last seat goes to the q-th best, who stands between these two whoever comes.
  const std::uint32_t best = rivals.best[static_cast<std::size_t>(seats.lo - 1)];
  const std::uint32_t worst = rivals.worst[static_cast<std::size_t>(seats.hi - 1)];
  line.known = best == worst;
  line.position = best;
  return line;
}

}  // namespace

Filled fill(const Standing& standing, Ties ties, const std::vector<Candidate>& candidates,
            Seats seats) {
  const Rivals rivals(standing, candidates);
  Filled filled;
  for (const Candidate& candidate : candidates) {
    const Sure in = is_in(standing, ties, rivals, candidate, seats);
    filled.in.push_back(in);
    if (in == Sure::kYes && candidate.present == Sure::kYes) ++filled.used_lo;
    if (in != Sure::kNo) ++filled.used_hi;
  }
  const bool nobody = filled.used_hi == 0;
  if (ties != Ties::kAdmitAll) filled.used_hi = std::min(filled.used_hi, seats.hi);
  filled.line = ties == Ties::kRefuseTied ? line_of_refusing(standing, candidates, filled, seats)
                                          : line_of(rivals, seats);
  filled.line.none = nobody && filled.line.reached == Sure::kYes;
  return filled;
}

}  // namespace juzhu::allocate
