// The rows A01 to A15 of the conformance table, said of the lists themselves.
#include <catch2/catch.hpp>

#include "made_pool.h"

using namespace juzhu::allocate;

namespace {

Pool tied(Ties ties) {
  return pool_of({3, 3}, ties,
                 {applicant("A", {exactly(90)}), applicant("B", {exactly(80)}),
                  applicant("C", {exactly(80)}), applicant("D", {exactly(80)})});
}

/// A 90 and B with facts 1 and 2 behind them.
Pool with_facts(Seats seats, Ties ties, KeyRange second) {
  Pool pool = pool_of(
      seats, ties,
      {applicant("A", {exactly(90)}), applicant("B", {second}), applicant("C", {exactly(60)})});
  pool.applicants[1].key_facts = {2};
  return pool;
}

std::set<FactIndex> facts_of(const Pool& pool, std::uint32_t applicant) {
  return missing_of(pool, allocate(pool), applicant).facts;
}

}  // namespace

TEST_CASE("A01 tied at the last seat") {
  CHECK(places(tied(Ties::kAdmitAll)) == "A in, B in, C in, D in");
  const Result all = allocate(tied(Ties::kAdmitAll));
  CHECK(all.fills[0].over == 1);
  REQUIRE(all.fills[0].line.known);
  CHECK(all.fills[0].line_keys == Tuple{exactly(80)});
  CHECK(all.fills[0].marginal == std::vector<std::uint32_t>{1, 2, 3});

  CHECK(places(tied(Ties::kRefuseTied)) == "A in, B out, C out, D out");
  CHECK(allocate(tied(Ties::kRefuseTied)).fills[0].line_keys == Tuple{exactly(90)});

  const Pool undecided = tied(Ties::kUndecided);
  CHECK(places(undecided) == "A in, B open, C open, D open");
  const Missing missing = missing_of(undecided, allocate(undecided), 1);
  CHECK(missing.tie_rule);
  CHECK(missing.facts.empty());
}

TEST_CASE("A02 a second key parts the tied") {
  Pool pool =
      pool_of({2, 2}, Ties::kUndecided,
              {applicant("A", {exactly(90), exactly(5)}), applicant("B", {exactly(80), exactly(7)}),
               applicant("C", {exactly(80), exactly(3)})});
  pool.highest_first = {true, false};
  CHECK(places(pool) == "A in, B out, C in");
}

TEST_CASE("A03 a lottery by its seed") {
  CHECK(lot_of(7, "t", "H1/C1") == 8517783701902135520ULL);
  Pool pool = pool_of({1, 1}, Ties::kLottery,
                      {applicant("H1/C1", {exactly(80)}), applicant("H2/C1", {exactly(80)}),
                       applicant("H3/C1", {exactly(80)})});
  pool.seed = 7;
  CHECK(places(pool) == "H1/C1 out, H2/C1 out, H3/C1 in");
  pool.seed = 2024;
  CHECK(places(pool) == "H1/C1 in, H2/C1 out, H3/C1 out");
}

TEST_CASE("A04 the class goes before the points") {
  Pool pool = pool_of(
      {1, 1}, Ties::kUndecided,
      {applicant("A", {exactly(2), exactly(100)}), applicant("B", {exactly(1), exactly(10)})});
  pool.highest_first = {false, true};
  CHECK(places(pool) == "A out, B in");
}

TEST_CASE("A05 more seats than applicants leave the line open") {
  const Pool pool = pool_of({3, 3}, Ties::kUndecided,
                            {applicant("A", {exactly(90)}), applicant("B", {exactly(80)})});
  CHECK(places(pool) == "A in, B in");
  CHECK(allocate(pool).fills[0].line.reached == Sure::kNo);
  CHECK_FALSE(allocate(pool).placements[1].margin);
}

TEST_CASE("A06 to A08 an unknown score matters where it can change something") {
  const Pool two = with_facts({2, 2}, Ties::kUndecided, from_to(70, 95));
  CHECK(places(two) == "A in, B in, C out");

  const Pool one = with_facts({1, 1}, Ties::kUndecided, from_to(70, 95));
  CHECK(places(one) == "A open, B open, C out");
  CHECK(facts_of(one, 0) == std::set<FactIndex>{2});
  CHECK(facts_of(one, 1) == std::set<FactIndex>{2});

  const Pool admit = with_facts({2, 2}, Ties::kAdmitAll, from_to(60, 95));
  CHECK(places(admit) == "A in, B in, C open");
  CHECK(facts_of(admit, 2) == std::set<FactIndex>{2});
}

TEST_CASE("A09 a child that may not be on the list") {
  Pool pool = pool_of({1, 1}, Ties::kUndecided,
                      {applicant("A", {exactly(90)}), applicant("B", {exactly(80)})});
  pool.applicants[0].present = Sure::kMaybe;
  pool.applicants[0].presence_facts = {1};
  CHECK(places(pool) == "A open, B open");
  CHECK(facts_of(pool, 0) == std::set<FactIndex>{1});
  CHECK(facts_of(pool, 1) == std::set<FactIndex>{1});
}

TEST_CASE("A10 tuples are compared key by key") {
  const Pool pool = pool_of({1, 1}, Ties::kUndecided,
                            {applicant("A", {from_to(80, 80), from_to(1, 5)}),
                             applicant("B", {from_to(70, 80), from_to(0, 0)})});
  const Standing standing(pool);
  CHECK(standing.surely_above(0, 1));
  CHECK(places(pool) == "A in, B out");
}

TEST_CASE("A11 wishes before ranks, ranks before wishes") {
  Pool pool = pool_of({1, 1}, Ties::kUndecided,
                      {applicant("A", {exactly(90)}, {0, 1}), applicant("B", {exactly(80)}, {0, 1}),
                       applicant("C", {exactly(70)}, {1, 0})});
  pool.schools = {{1, 1}, {1, 1}};
  CHECK(places(pool) == "A at 0, B out, C at 1");
  pool.wish_rule = Wishes::kByRank;
  CHECK(places(pool) == "A at 0, B at 1, C out");
}

TEST_CASE("A12 reserved seats that nobody takes are open") {
  std::vector<Applicant> many;
  for (int i = 0; i < 12; ++i)
    many.push_back(applicant("C" + std::to_string(i), {exactly(100 - i)}));
  Pool pool = pool_of({10, 10}, Ties::kUndecided, std::move(many));
  pool.reserves = {{{25, 25}, 100, false}};
  for (Applicant& each : pool.applicants)
    each.groups = {Sure::kNo};
  pool.applicants[11].groups = {Sure::kYes};
  const Result result = allocate(pool);
  REQUIRE(result.fills.size() == 2);
  CHECK(result.fills[0].seats == Seats{2, 2});
  CHECK(result.fills[1].seats == Seats{9, 9});
  CHECK(result.placements[11].place == Place::kPlaced);
  CHECK(result.placements[8].place == Place::kPlaced);
  CHECK(result.placements[9].place == Place::kNone);

  pool.reserves[0].kept = true;
  CHECK(allocate(pool).fills[1].seats == Seats{8, 8});
  // The open seats first: the member is beaten there and then has two seats for itself.
  pool.reserves[0].kept = false;
  pool.open_first = true;
  const Result reversed = allocate(pool);
  REQUIRE(reversed.fills.size() == 3);
  CHECK(reversed.fills[0].part == Part::kOpen);
  CHECK(reversed.fills[2].part == Part::kLeft);
  CHECK(reversed.fills[2].seats == Seats{1, 1});
  CHECK(reversed.placements[8].place == Place::kPlaced);
}

TEST_CASE("A14 margins are signed differences to the line") {
  Pool pool = pool_of({1, 1}, Ties::kLottery,
                      {applicant("A", {exactly(800)}), applicant("B", {exactly(785)}),
                       applicant("C", {exactly(800)})});
  const Result result = allocate(pool);
  REQUIRE(result.fills[0].line_keys == Tuple{exactly(800)});
  REQUIRE(result.placements[1].margin);
  CHECK(result.placements[1].margin->lo == -15);
  const std::size_t refused = result.placements[0].place == Place::kNone ? 0 : 2;
  REQUIRE(result.placements[refused].margin);
  CHECK(result.placements[refused].margin->by_lot);
  CHECK(result.placements[refused].margin->lo == 0);

  // Where the lowest goes first, being above the line is a gain too.
  pool.highest_first = {false};
  const Result lowest = allocate(pool);
  CHECK(lowest.fills[0].line_keys == Tuple{exactly(785)});
  CHECK(lowest.placements[0].margin->lo == -15);
}

TEST_CASE("A15 who was displaced, and by whom") {
  const Pool before = pool_of({1, 1}, Ties::kUndecided, {applicant("X", {exactly(80)})});
  const Pool after = pool_of({1, 1}, Ties::kUndecided,
                             {applicant("Y", {exactly(90)}), applicant("X", {exactly(80)})});
  const std::vector<Displaced> found =
      displaced(before, allocate(before), after, allocate(after), {"X", "Y"});
  REQUIRE(found.size() == 1);
  CHECK(found[0].applicant == 0);
  CHECK(found[0].by == std::vector<std::string>{"Y"});
  CHECK(displaced(before, allocate(before), after, allocate(after), {"Y"}).empty());
}

TEST_CASE("A key that is lacking goes last in either order") {
  for (const bool highest : {true, false}) {
    Pool pool = pool_of({1, 1}, Ties::kUndecided,
                        {applicant("A", {lacking()}), applicant("B", {exactly(-5)})});
    pool.highest_first = {highest};
    CHECK(places(pool) == "A out, B in");
    CHECK_FALSE(allocate(pool).placements[0].margin->has_number);
  }
}

TEST_CASE("By rank a member takes a reserved seat only where no open one is left") {
  Pool pool = pool_of({2, 2}, Ties::kUndecided,
                      {applicant("A", {exactly(90)}), applicant("B", {exactly(80)}),
                       applicant("C", {exactly(70)})});
  pool.wish_rule = Wishes::kByRank;
  pool.reserves = {{{1, 1}, 0, false}};
  const auto members = [&](std::vector<Sure> who) {
    for (std::size_t i = 0; i < who.size(); ++i)
      pool.applicants[i].groups = {who[i]};
  };
  members({Sure::kYes, Sure::kNo, Sure::kYes});
  CHECK(places(pool) == "A in, B out, C in");  // A has the open seat, C the reserved one
  members({Sure::kNo, Sure::kNo, Sure::kNo});
  CHECK(places(pool) == "A in, B in, C out");  // what the reserve leaves goes on by rank
  pool.reserves[0].kept = true;
  CHECK(places(pool) == "A in, B out, C out");
}
