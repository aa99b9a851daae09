// Backwards from what stayed open: what an unknown place depends on, and who was pushed out between
// two runs.
#include <algorithm>
#include <map>

#include "allocate/allocate.h"

namespace juzhu::allocate {

namespace {

void add(std::set<FactIndex>& into, const std::vector<FactIndex>& facts) {
  into.insert(facts.begin(), facts.end());
}

/// Walks from an applicant to its rivals whose relation to it is open, and on to what makes it
/// unknown whether those are still there.
class Search {
 public:
  Search(const Pool& pool, const Result& result)
      : pool_(pool), result_(result), standing_(pool), seen_(pool.applicants.size(), false) {}

  Missing of(std::uint32_t applicant) {
    visit(applicant);
    while (!open_.empty()) {
      const std::uint32_t next = open_.back();
      open_.pop_back();
      look_at(next);
    }
    return std::move(missing_);
  }

 private:
  void visit(std::uint32_t applicant) {
    if (seen_[applicant]) return;
    seen_[applicant] = true;
    open_.push_back(applicant);
  }

  void look_at(std::uint32_t applicant) {
    const Applicant& own = pool_.applicants[applicant];
    add(missing_.facts, own.presence_facts);
    add(missing_.facts, own.other_facts);
    for (const Fill& fill : result_.fills) {
      for (std::size_t i = 0; i < fill.candidates.size(); ++i) {
        if (fill.candidates[i].applicant != applicant || fill.in[i] != Sure::kMaybe) continue;
        add(missing_.facts, own.key_facts);
        missing_.seats |= fill.seats.lo != fill.seats.hi;
        look_at_rivals(fill, applicant);
      }
    }
  }

  void look_at_rivals(const Fill& fill, std::uint32_t applicant) {
    for (const Candidate& rival : fill.candidates) {
      const std::uint32_t other = rival.applicant;
      if (other == applicant || standing_.surely_above(applicant, other)) continue;
      if (!standing_.is_settled(applicant, other)) {
        add(missing_.facts, pool_.applicants[other].key_facts);
      } else if (!standing_.surely_above(other, applicant)) {
        missing_.tie_rule |= pool_.ties == Ties::kUndecided;
      }
      if (rival.present == Sure::kMaybe) visit(other);
    }
  }

  const Pool& pool_;
  const Result& result_;
  Standing standing_;
  std::vector<bool> seen_;
  std::vector<std::uint32_t> open_;
  Missing missing_;
};

/// A school an applicant had and lost: not there, nor at a wish before it.
bool is_displaced(const Applicant& applicant, SchoolIndex from, const Placement& now) {
  if (now.place == Place::kNone) return true;
  if (now.place != Place::kPlaced || now.school == from) return false;
  for (const SchoolIndex wish : applicant.wishes) {
    if (wish == now.school) return false;
    if (wish == from) return true;
  }
  return true;
}

}  // namespace

Missing missing_of(const Pool& pool, const Result& result, std::uint32_t applicant) {
  if (result.placements[applicant].place != Place::kUnknown) return {};
  return Search(pool, result).of(applicant);
}

std::vector<Displaced> displaced(const Pool& before, const Result& first, const Pool& after,
                                 const Result& second, const std::set<std::string>& unchanged) {
  std::map<std::string, std::uint32_t> then;
  std::map<std::string, std::uint32_t> now;
  for (std::uint32_t i = 0; i < before.applicants.size(); ++i)
    then.emplace(before.applicants[i].key, i);
  std::map<SchoolIndex, std::vector<std::uint32_t>> newly_at;
  for (std::uint32_t i = 0; i < after.applicants.size(); ++i) {
    now.emplace(after.applicants[i].key, i);
    if (second.placements[i].place != Place::kPlaced) continue;
    const SchoolIndex school = second.placements[i].school;
    const auto known = then.find(after.applicants[i].key);
    const bool was_there = known != then.end() &&
                           first.placements[known->second].place == Place::kPlaced &&
                           first.placements[known->second].school == school;
    if (!was_there) newly_at[school].push_back(i);
  }
  const Standing standing(after);
  std::vector<Displaced> result;
  for (std::uint32_t i = 0; i < before.applicants.size(); ++i) {
    const Applicant& applicant = before.applicants[i];
    const auto later = now.find(applicant.key);
    if (first.placements[i].place != Place::kPlaced || later == now.end()) continue;
    const SchoolIndex school = first.placements[i].school;
    const bool is_meant = unchanged.contains(applicant.key);
    if (!is_meant || !is_displaced(applicant, school, second.placements[later->second])) continue;
    Displaced one{i, school, {}};
    for (const std::uint32_t rival : newly_at[school]) {
      if (standing.surely_above(rival, later->second))
        one.by.push_back(after.applicants[rival].key);
    }
    std::sort(one.by.begin(), one.by.end());
    result.push_back(std::move(one));
  }
  return result;
}

}  // namespace juzhu::allocate
