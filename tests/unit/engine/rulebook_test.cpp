// The engine on the real rulebook: every plan keeps its invariants, and nothing depends on the
// order in which files are named (E05).
#include <algorithm>
#include <catch2/catch.hpp>
#include <deque>

#include "engine/rulebook.h"

namespace {

using juzhu::engine::Rulebook;

const std::string kRoot = JUZHU_ROOT;

std::unique_ptr<Rulebook> load(const std::vector<std::string>& paths) {
  static std::deque<juzhu::source::SourceMap> sources;  // a Rulebook's texts outlive it
  juzhu::diag::Sink sink;
  juzhu::engine::LoadOptions options;
  options.library = kRoot + "/stdlib";
  return Rulebook::load(paths, sources.emplace_back(), sink, options);
}

std::vector<std::string> rule_files() {
  const std::string folder = kRoot + "/examples/factory_town/";
  std::vector<std::string> files;
  for (const char* name :
       {"national_permit", "national_services", "shenzhen_permit", "shenzhen_school",
        "guangzhou_school", "guangzhou_permit", "child_insurance", "dongguan.zh",
        "scenarios_permit", "scenarios_school", "scenarios_health", "scenarios_dongguan.zh"}) {
    files.push_back(folder + name + ".jz");
  }
  return files;
}

std::int64_t day(int year, int month, int day_of_month) {
  return *juzhu::value::days_from_civil({year, month, day_of_month});
}

}  // namespace

TEST_CASE("every plan of the factory town keeps its invariants") {
  const auto rulebook = load({kRoot + "/examples/factory_town"});
  REQUIRE(rulebook != nullptr);
  const auto& places = rulebook->schema().places;
  for (const char* code : {"440306", "440308", "441900", "440113", "430500", "100000"}) {
    for (const std::int64_t date :
         {day(2006, 1, 1), day(2016, 1, 1), day(2024, 9, 1), day(2025, 9, 1)}) {
      for (const bool exact : {true, false}) {
        const auto place = juzhu::value::place_value(places.by_code(code).value(), exact);
        for (const juzhu::plan::Plan* plan : rulebook->plans(place, date)) {
          CAPTURE(code, date, exact);
          const std::vector<std::string> wrong = juzhu::plan::verify(*plan);
          CHECK(wrong.empty());
          CHECK_FALSE(juzhu::plan::print(*plan).empty());
        }
      }
    }
  }
}

TEST_CASE("E05 the order of files changes no result") {
  std::vector<std::string> files = rule_files();
  const auto forward = load(files);
  std::reverse(files.begin(), files.end());
  const auto backward = load(files);
  REQUIRE(forward != nullptr);
  REQUIRE(backward != nullptr);
  const auto one = juzhu::engine::run_scenarios(*forward);
  const auto other = juzhu::engine::run_scenarios(*backward);
  REQUIRE(one.size() == other.size());
  for (std::size_t i = 0; i < one.size(); ++i) {
    CHECK(one[i].failures.empty());
    CHECK(other[i].failures.empty());
  }
}

TEST_CASE("scopes of a place known only in part are the declared places below it and elsewhere") {
  const auto rulebook = load({kRoot + "/examples/factory_town"});
  REQUIRE(rulebook != nullptr);
  const auto& places = rulebook->schema().places;
  const auto shenzhen = *places.by_code("440300");
  const auto scopes = juzhu::plan::scopes_of(
      rulebook->program(), juzhu::value::place_value(shenzhen, false), day(2024, 9, 1));
  REQUIRE(scopes.size() > 1);
  CHECK(scopes.front().elsewhere);
  CHECK(scopes.front().place == shenzhen);
  const auto yantian = *places.by_code("440308");
  CHECK(std::any_of(scopes.begin(), scopes.end(),
                    [&](const auto& scope) { return scope.place == yantian; }));
  const auto exact = juzhu::plan::scopes_of(
      rulebook->program(), juzhu::value::place_value(yantian, true), day(2024, 9, 1));
  CHECK(exact.size() == 1);
}

TEST_CASE("outcomes are called in answers as in rule files") {
  const auto rulebook = load({kRoot + "/stdlib/household.jz"});
  REQUIRE(rulebook != nullptr);
  const auto& options = rulebook->schema()[rulebook->program().outcome_choice].options;
  REQUIRE_FALSE(options.empty());
  for (const juzhu::Bilingual& option : options) {
    CHECK(std::any_of(juzhu::eval::kOutcomeKinds.begin(), juzhu::eval::kOutcomeKinds.end(),
                      [&](auto kind) { return juzhu::eval::outcome_words(kind) == option; }));
  }
}
