// Properties: what refutes one is small, runs as a scenario, and depends on the seed alone; made-up
// households keep to their vocabulary; a broken rule is found.
#include <catch2/catch.hpp>
#include <deque>
#include <filesystem>
#include <fstream>

#include "engine/generate.h"
#include "engine/properties.h"

namespace {

using namespace juzhu;
using engine::PropertyOptions;
using engine::Rulebook;

struct Loaded {
  source::SourceMap sources;
  std::unique_ptr<Rulebook> rulebook;
};

/// A rulebook of one text, over the standard library.
std::unique_ptr<Loaded> load(const std::string& text) {
  const auto folder = std::filesystem::temp_directory_path() / "juzhu_properties_test";
  std::filesystem::create_directories(folder);
  const std::string path = (folder / "rules.jz").string();
  std::ofstream(path) << text;
  auto loaded = std::make_unique<Loaded>();
  diag::Sink sink;
  engine::LoadOptions options;
  options.library = std::string(JUZHU_ROOT) + "/stdlib";
  loaded->rulebook = Rulebook::load({path}, loaded->sources, sink, options);
  for (const auto& each : sink.sorted())
    UNSCOPED_INFO(each.message.en);
  return loaded;
}

const std::string kRules = R"(
module rules
use places
use household
source City level local_rule in force at Shenzhen from 2018-01-01 confidence official
service bus
rule insured for each child cites City art 1 grants bus
  when some parent among child's parents where
    full months in (time covered by contribution among parent's insurance) to today
      is at least 12 months
rule never_long for each child cites City art 2 overrides insured denies bus
  when some parent among child's parents where
    full months in (time covered by contribution among parent's insurance) to today
      is over 30 months
)";
const std::string kLawful = R"(
property age_holds for each child in force at Shenzhen from 2018-01-01
  always child's age on today is under 18 years old
)";
const std::string kWrong = R"(
property always_granted for each child in force at Shenzhen from 2018-01-01
  always child's bus is granted
property months_never_hurt for each child for each parent among child's parents
  in force at Shenzhen from 2018-01-01
  raising parent's insurance never lowers child's bus
)";

std::vector<engine::PropertyResult> check(const Loaded& loaded, std::uint64_t seed = 1) {
  PropertyOptions options;
  options.seed = seed;
  options.generated = 400;
  return engine::check_properties(*loaded.rulebook, loaded.sources, options);
}

}  // namespace

TEST_CASE("a property that holds is not refuted, and speaks of somebody") {
  const auto loaded = load(kRules + kLawful);
  REQUIRE(loaded->rulebook != nullptr);
  const auto results = check(*loaded);
  REQUIRE(results.size() == 1);
  CHECK_FALSE(results.front().counterexample.has_value());
  CHECK(results.front().households == 400);
  CHECK(results.front().concerned > 200);
  CHECK(results.front().undecided == 0);
}

TEST_CASE("what refutes a property runs as a scenario and passes") {
  const auto loaded = load(kRules + kWrong);
  REQUIRE(loaded->rulebook != nullptr);
  std::string scenarios;
  for (const engine::PropertyResult& result : check(*loaded)) {
    REQUIRE(result.counterexample.has_value());
    CHECK(result.counterexample->household.members.size() <= 2);
    scenarios += result.counterexample->text;
  }
  CAPTURE(scenarios);
  const auto again = load(kRules + scenarios);
  REQUIRE(again->rulebook != nullptr);
  const auto results = engine::run_scenarios(*again->rulebook);
  CHECK(results.size() == 3);
  for (const engine::ScenarioResult& result : results) {
    CHECK(result.expectation_count > 0);
    for (const engine::ScenarioFailure& failure : result.failures)
      UNSCOPED_INFO(failure.found.en);
    CHECK(result.failures.empty());
  }
}

TEST_CASE("a counterexample depends on the seed alone") {
  const auto loaded = load(kRules + kWrong);
  REQUIRE(loaded->rulebook != nullptr);
  for (const std::uint64_t seed : {1U, 7U}) {
    const auto first = check(*loaded, seed);
    const auto second = check(*loaded, seed);
    REQUIRE(first.size() == second.size());
    for (std::size_t i = 0; i < first.size(); ++i) {
      REQUIRE(first[i].counterexample.has_value());
      REQUIRE(second[i].counterexample.has_value());
      CHECK(first[i].counterexample->text == second[i].counterexample->text);
      CHECK(first[i].counterexample->origin == second[i].counterexample->origin);
    }
  }
}

TEST_CASE("made-up households have one exact value of its domain for every fact that is read") {
  const auto loaded = load(kRules + kWrong);
  REQUIRE(loaded->rulebook != nullptr);
  const sema::Program& program = loaded->rulebook->program();
  std::vector<sema::ExprId> roots;
  for (const sema::Property& property : program.properties)
    roots.insert(roots.end(), {property.conclusion, property.measured, property.raised});
  const engine::Closure read = engine::closure_of(program, roots);
  REQUIRE_FALSE(read.facts.empty());
  REQUIRE(read.lists.size() == 1);
  engine::Generator generator(program, read, program.properties.front().extent, 5);
  const value::Schema& schema = *program.schema;
  for (int i = 0; i < 200; ++i) {
    const std::int64_t day = generator.day();
    CHECK(day >= program.properties.front().extent.from);
    const value::Household household = generator.household(day);
    REQUIRE(!household.members.empty());
    for (const value::Member& member : household.members) {
      for (const value::FactId id : schema[member.entity].facts) {
        if (!read.facts.contains(id)) continue;
        const value::Fact& fact = schema[id];
        const value::Cell& cell = member.cells[fact.column];
        CAPTURE(fact.name.en);
        CHECK(cell.state != value::InputState::kNotAsked);
        CHECK(value::is_known(cell.value, fact.type));
        if (fact.type.kind != value::TypeKind::kDate) continue;
        CHECK(cell.value.lo >= fact.least);
        CHECK(cell.value.lo <= fact.greatest);
      }
      for (const value::RowList& list : member.lists) {
        for (const value::Row& row : list.rows)
          CHECK(row.start.lo <= row.end.lo);
      }
    }
  }
}
