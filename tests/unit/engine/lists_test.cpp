// Lists over many households: a key that stands twice (E02), and the order in which they come.
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <deque>
#include <filesystem>
#include <fstream>

#include "engine/lists.h"

namespace {

using namespace juzhu;

constexpr const char* kRules = R"(module made
division CN as nation
entity household { fact place: place }
entity person in household { fact points: number at least 0 at most 100 }
service q
source Local level local_rule
allocation k cites Local allocates q to each person  seats 2
  rank by person's points highest first  ties undecided
)";

std::unique_ptr<engine::Rulebook> made_rulebook() {
  static std::deque<source::SourceMap> sources;  // a Rulebook's texts outlive it
  const std::string name = "juzhu_lists_" + std::to_string(::getpid()) + ".jz";
  const std::string path = (std::filesystem::temp_directory_path() / name).string();
  std::ofstream(path) << kRules;
  diag::Sink sink;
  auto rulebook = engine::Rulebook::load({path}, sources.emplace_back(), sink, {});
  std::filesystem::remove(path);
  REQUIRE_FALSE(sink.has_errors());
  return rulebook;
}

value::Household household(const value::Schema& schema, const std::string& key,
                           std::int64_t points) {
  value::Household made = value::empty_household(schema, key);
  value::Member member = value::empty_member(schema, value::EntityId{std::size_t{1}}, "C1");
  const auto fact = schema.fact(value::EntityId{std::size_t{1}}, "points");
  member.cells[schema[*fact].column] = {value::number(points), value::InputState::kStated};
  made.members.push_back(std::move(member));
  return made;
}

engine::GivenPlaces places(engine::Rulebook& rulebook,
                           const std::vector<value::Household>& households) {
  engine::Lists lists(rulebook, 19'000);
  std::uint32_t number = 0;
  for (const value::Household& each : households) {
    eval::Query query;
    query.date = 19'000;
    lists.add(number++, each, query, rulebook.ask(each, query));
  }
  return lists.close();
}

}  // namespace

TEST_CASE("E02 a child key twice on one list leaves both out") {
  const auto rulebook = made_rulebook();
  const value::Schema& schema = rulebook->schema();
  const engine::GivenPlaces given = places(
      *rulebook,
      {household(schema, "H1", 90), household(schema, "H2", 80), household(schema, "H1", 70)});
  REQUIRE(given.left_out.size() == 2);
  CHECK(given.left_out[0].code == value::ErrorCode::kDuplicateKey);
  CHECK(given.left_out[1].household_key == "H1");
  REQUIRE(given.lists.size() == 1);
  REQUIRE(given.lists[0].children.size() == 1);
  CHECK(given.lists[0].result.placements[0].place == allocate::Place::kPlaced);
}

TEST_CASE("E05 lists do not depend on the order of households") {
  const auto rulebook = made_rulebook();
  const value::Schema& schema = rulebook->schema();
  std::vector<value::Household> households;
  for (int i = 0; i < 6; ++i)
    households.push_back(household(schema, "H" + std::to_string(i), 90 - i % 3));
  const engine::GivenPlaces first = places(*rulebook, households);
  std::reverse(households.begin(), households.end());
  const engine::GivenPlaces second = places(*rulebook, households);
  REQUIRE(first.lists[0].children.size() == 6);
  for (std::size_t i = 0; i < 6; ++i) {
    CHECK(first.lists[0].children[i].household_key == second.lists[0].children[i].household_key);
    CHECK(first.lists[0].result.placements[i].place == second.lists[0].result.placements[i].place);
  }
}
