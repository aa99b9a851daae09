// What is said of uncertain lists, against every list that they may turn out to be: a known place
// is the place in each of them, whatever is not known is undone by none. And the order in which
// applicants are handed over changes nothing.
#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <functional>
#include <random>

#include "made_pool.h"

using namespace juzhu::allocate;

namespace {

using Random = std::mt19937;

int pick(Random& random, int least, int greatest) {
  return std::uniform_int_distribution<int>(least, greatest)(random);
}

Sure some_truth(Random& random) {
  const int roll = pick(random, 0, 4);
  return roll == 0 ? Sure::kNo : roll == 1 ? Sure::kMaybe : Sure::kYes;
}

KeyRange some_key(Random& random) {
  const int lo = pick(random, 0, 2);
  KeyRange key = from_to(lo, pick(random, 0, 3) == 0 ? std::min(2, lo + pick(random, 0, 2)) : lo);
  if (pick(random, 0, 9) == 0) key.may_lack = true;
  if (pick(random, 0, 14) == 0) key = lacking();
  return key;
}

Pool some_pool(Random& random, Ties ties, Wishes wish_rule) {
  Pool pool;
  pool.allocation = "t";
  pool.ties = ties;
  pool.wish_rule = wish_rule;
  pool.seed = 5;
  const int schools = pick(random, 1, 2);
  for (int i = 0; i < schools; ++i) {
    const int lo = pick(random, 0, 2);
    pool.schools.push_back({lo, lo + (pick(random, 0, 3) == 0 ? 1 : 0)});
  }
  const int keys = pick(random, 1, 2);
  for (int i = 0; i < keys; ++i)
    pool.highest_first.push_back(pick(random, 0, 1) == 0);
  if (pick(random, 0, 1) == 0) {
    const bool share = pick(random, 0, 1) == 0;
    pool.reserves.push_back({{share ? 50 : 1, share ? 50 : 1}, share ? 100 : 0, false});
    pool.reserves[0].kept = pick(random, 0, 1) == 0;
    pool.open_first = pick(random, 0, 1) == 0;
  }
  const int count = pick(random, 1, 4);
  for (int i = 0; i < count; ++i) {
    Applicant made = applicant("H" + std::to_string(i) + "/C1", {}, {});
    for (int k = 0; k < keys; ++k)
      made.keys.push_back(some_key(random));
    made.present = std::max(some_truth(random), Sure::kMaybe);
    for (std::size_t k = 0; k < pool.reserves.size(); ++k)
      made.groups.push_back(some_truth(random));
    for (SchoolIndex school = 0; school < pool.schools.size(); ++school)
      made.wishes.push_back(school);
    if (pick(random, 0, 1) == 0) std::reverse(made.wishes.begin(), made.wishes.end());
    if (schools > 1 && pick(random, 0, 2) == 0) made.wishes.pop_back();
    made.wishes_known = pick(random, 0, 9) != 0;
    pool.applicants.push_back(std::move(made));
  }
  return pool;
}

using Visit = std::function<void(const Pool&)>;

/// Every list of wishes there is among two schools.
std::vector<std::vector<SchoolIndex>> all_wishes(std::size_t schools) {
  if (schools == 1) return {{}, {0}};
  return {{}, {0}, {1}, {0, 1}, {1, 0}};
}

/// Every completion of one part after the other, then the visit.
void complete(Pool pool, std::size_t who, const Visit& visit);

void complete_wishes(Pool pool, std::size_t who, const Visit& visit) {
  if (pool.applicants[who].wishes_known) {
    complete(pool, who + 1, visit);
    return;
  }
  pool.applicants[who].wishes_known = true;
  for (const std::vector<SchoolIndex>& wishes : all_wishes(pool.schools.size())) {
    pool.applicants[who].wishes = wishes;
    complete(pool, who + 1, visit);
  }
}

void complete_groups(Pool pool, std::size_t who, std::size_t group, const Visit& visit) {
  if (group == pool.reserves.size()) {
    complete_wishes(std::move(pool), who, visit);
    return;
  }
  const Sure member = pool.applicants[who].groups[group];
  for (const Sure truth : {Sure::kNo, Sure::kYes}) {
    if (member != Sure::kMaybe && truth != member) continue;
    pool.applicants[who].groups[group] = truth;
    complete_groups(pool, who, group + 1, visit);
  }
}

void complete_keys(Pool pool, std::size_t who, std::size_t key, const Visit& visit) {
  if (key == pool.highest_first.size()) {
    complete_groups(std::move(pool), who, 0, visit);
    return;
  }
  const KeyRange range = pool.applicants[who].keys[key];
  KeyRange& exact = pool.applicants[who].keys[key];
  if (range.may_lack) {
    exact = lacking();
    complete_keys(pool, who, key + 1, visit);
  }
  for (std::int64_t value = range.lo; range.may_have && value <= range.hi; ++value) {
    exact = exactly(value);
    complete_keys(pool, who, key + 1, visit);
  }
}

void complete(Pool pool, std::size_t who, const Visit& visit) {
  if (who == pool.applicants.size()) {
    visit(pool);
    return;
  }
  if (pool.applicants[who].present == Sure::kMaybe) {
    Pool without = pool;
    without.applicants[who].present = Sure::kNo;
    complete(std::move(without), who + 1, visit);
    pool.applicants[who].present = Sure::kYes;
  }
  complete_keys(std::move(pool), who, 0, visit);
}

void complete_seats(Pool pool, std::size_t school, const Visit& visit) {
  if (school == pool.schools.size()) {
    complete(std::move(pool), 0, visit);
    return;
  }
  const Seats seats = pool.schools[school];
  for (std::int64_t count = seats.lo; count <= seats.hi; ++count) {
    pool.schools[school] = {count, count};
    complete_seats(pool, school + 1, visit);
  }
}

/// What the uncertain run says, against one thing that it may turn out to be.
void agree(const Pool& pool, const Result& said, const Pool& exact) {
  const Result found = allocate(exact);
  for (std::size_t i = 0; i < pool.applicants.size(); ++i) {
    const Placement& wide = said.placements[i];
    const Placement& narrow = found.placements[i];
    if (wide.place == Place::kPlaced) {
      // A place is said only of a child that is surely there.
      if (narrow.place == Place::kUnknown) continue;
      REQUIRE(narrow.place == Place::kPlaced);
      REQUIRE(narrow.school == wide.school);
    }
    if (wide.place == Place::kNone) REQUIRE(narrow.place == Place::kNone);
    if (wide.place == Place::kUnknown && narrow.place == Place::kPlaced) {
      REQUIRE(std::count(wide.possible.begin(), wide.possible.end(), narrow.school) == 1);
    }
  }
  for (const Fill& fill : said.fills) {
    if (!fill.line.known) continue;
    for (const Fill& other : found.fills) {
      const bool same = other.school == fill.school && other.round == fill.round &&
                        other.part == fill.part && other.reserve == fill.reserve;
      if (same && other.line.known) REQUIRE(other.line_keys == fill.line_keys);
    }
  }
}

}  // namespace

TEST_CASE("A known place holds for every list it may turn out to be") {
  Random random(20240901);
  for (const Wishes wish_rule : {Wishes::kByWish, Wishes::kByRank}) {
    for (const Ties ties : {Ties::kLottery, Ties::kAdmitAll, Ties::kRefuseTied, Ties::kUndecided}) {
      if (wish_rule == Wishes::kByRank && ties == Ties::kRefuseTied) continue;
      for (int round = 0; round < 120; ++round) {
        const Pool pool = some_pool(random, ties, wish_rule);
        const Result said = allocate(pool);
        complete_seats(pool, 0, [&](const Pool& exact) { agree(pool, said, exact); });
      }
    }
  }
}

TEST_CASE("An exact list has no unknown places unless its tie rule is not known") {
  Random random(7);
  for (const Wishes wish_rule : {Wishes::kByWish, Wishes::kByRank}) {
    for (const Ties ties : {Ties::kLottery, Ties::kAdmitAll, Ties::kRefuseTied}) {
      if (wish_rule == Wishes::kByRank && ties == Ties::kRefuseTied) continue;
      for (int round = 0; round < 60; ++round) {
        complete_seats(some_pool(random, ties, wish_rule), 0, [](const Pool& exact) {
          for (const Placement& placement : allocate(exact).placements)
            REQUIRE(placement.place != Place::kUnknown);
        });
      }
    }
  }
}

TEST_CASE("An undecided tie holds for every draw of a lottery") {
  Random random(11);
  for (const Wishes wish_rule : {Wishes::kByWish, Wishes::kByRank}) {
    for (int round = 0; round < 200; ++round) {
      const Pool pool = some_pool(random, Ties::kUndecided, wish_rule);
      const Result said = allocate(pool);
      Pool drawn = pool;
      drawn.ties = Ties::kLottery;
      for (drawn.seed = 0; drawn.seed < 4; ++drawn.seed)
        agree(pool, said, drawn);
    }
  }
}

TEST_CASE("The order of applicants changes nothing") {
  Random random(3);
  for (int round = 0; round < 400; ++round) {
    const Ties ties = std::array{Ties::kLottery, Ties::kAdmitAll,
                                 Ties::kUndecided}[static_cast<std::size_t>(round % 3)];
    Pool pool = some_pool(random, ties, round % 2 == 0 ? Wishes::kByWish : Wishes::kByRank);
    const Result first = allocate(pool);
    std::vector<std::uint32_t> order(pool.applicants.size());
    for (std::uint32_t i = 0; i < order.size(); ++i)
      order[i] = i;
    std::shuffle(order.begin(), order.end(), random);
    Pool shuffled = pool;
    for (std::size_t i = 0; i < order.size(); ++i)
      shuffled.applicants[i] = pool.applicants[order[i]];
    const Result second = allocate(shuffled);
    for (std::size_t i = 0; i < order.size(); ++i) {
      const Placement& one = first.placements[order[i]];
      const Placement& other = second.placements[i];
      REQUIRE(one.place == other.place);
      REQUIRE(one.school == other.school);
      REQUIRE(one.possible == other.possible);
    }
    REQUIRE(first.fills.size() == second.fills.size());
    for (std::size_t i = 0; i < first.fills.size(); ++i)
      REQUIRE(first.fills[i].line_keys == second.fills[i].line_keys);
  }
}

TEST_CASE("A hundred thousand applicants with exact keys are no work") {
  Random random(1);
  for (const Wishes wish_rule : {Wishes::kByWish, Wishes::kByRank}) {
    Pool pool;
    pool.allocation = "t";
    pool.ties = Ties::kLottery;
    pool.wish_rule = wish_rule;
    pool.highest_first = {true, true};
    pool.schools.assign(50, {1500, 1500});
    for (int i = 0; i < 100'000; ++i) {
      const auto school = static_cast<SchoolIndex>(pick(random, 0, 49));
      pool.applicants.push_back(applicant("H" + std::to_string(i) + "/C1",
                                          {exactly(pick(random, 0, 300)), exactly(i % 7)},
                                          {school, (school + 1) % 50}));
    }
    const Result result = allocate(pool);
    std::int64_t placed = 0;
    for (const Placement& placement : result.placements)
      placed += placement.place == Place::kPlaced ? 1 : 0;
    CHECK(placed <= 75'000);
    CHECK(placed > 70'000);
  }
}
