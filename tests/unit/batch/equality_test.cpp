// Lanes beside the case evaluator on the rulebooks of the tree; and that a wrong kernel is noticed.
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "data/households.h"
#include "rulebooks.h"
#include "value/date.h"

namespace juzhu::batch::testing {
namespace {

std::int64_t day(int year, int month, int day_of_month) {
  return *value::days_from_civil({year, month, day_of_month});
}

const std::vector<value::Household>& factory_households(Loaded& loaded) {
  static std::vector<value::Household> households;
  if (households.empty()) {
    households = data::read_households({JUZHU_ROOT "/examples/factory_town/households"},
                                       loaded.rulebook->schema(), {}, loaded.sink);
  }
  return households;
}

/// Households of HCA-1's vocabulary, drawn without a pattern; some facts are not known.
std::vector<value::Household> drawn_households(const value::Schema& schema, std::size_t count,
                                               bool with_unknowns) {
  std::uint64_t state = 42;
  const auto draw = [&](std::uint64_t below) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    return static_cast<std::int64_t>((state >> 33) % below);
  };
  const value::EntityId person = *schema.entity("person");
  std::vector<value::Household> households;
  for (std::size_t h = 0; h < count; ++h) {
    value::Household household = value::empty_household(schema, "H" + std::to_string(h));
    const value::PlaceNode nation = schema.places.by_name("Nation").at(0);
    household.cells[schema[schema.place_fact].column] = {value::place_value(nation, true),
                                                         value::InputState::kStated};
    // Now and then one too large for a window.
    const std::int64_t size = h % 50 == 7 ? 12 : 1 + draw(6);
    for (std::int64_t m = 0; m < size; ++m) {
      value::Member member = value::empty_member(schema, person, "P" + std::to_string(m));
      for (const value::FactId id : schema[person].facts) {
        const value::Fact& fact = schema[id];
        if (with_unknowns && draw(20) == 0) continue;
        value::Value drawn;
        switch (fact.type.kind) {
          case value::TypeKind::kBoolean:
            drawn = value::truth(draw(2) != 0);
            break;
          case value::TypeKind::kChoice:
            drawn = value::bits(std::int64_t{1} << draw(schema[fact.type.choice].options.size()));
            break;
          case value::TypeKind::kDate:
            drawn = value::number(day(2026, 6, 1) - draw(20000));
            break;
          case value::TypeKind::kPlace: {
            const std::string name = std::to_string(1000 + draw(60)).substr(1);
            drawn = value::place_value(schema.places.by_name("City" + name).at(0), true);
            break;
          }
          default:
            drawn = value::number(draw(fact.name.en == "income" ? 40000 : 240));
            break;
        }
        member.cells[fact.column] = {drawn, value::InputState::kStated};
      }
      household.members.push_back(std::move(member));
    }
    households.push_back(std::move(household));
  }
  return households;
}

/// The rule files of a page, written out with its tables.
std::vector<std::filesystem::path> written_out(const std::filesystem::path& page,
                                               const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> rules;
  std::filesystem::create_directories(folder);
  std::ifstream text(page);
  std::ofstream file;
  for (std::string line; std::getline(text, line);) {
    if (file.is_open() && line == "```") {
      file.close();
    } else if (file.is_open()) {
      file << line << "\n";
    } else if (line.rfind("```jz ", 0) == 0 || line.rfind("```csv ", 0) == 0) {
      const std::filesystem::path to = folder / line.substr(line.find(' ') + 1);
      std::filesystem::create_directories(to.parent_path());
      file.open(to);
      if (to.extension() == ".jz") rules.push_back(to);
    }
  }
  return rules;
}

/// Kernels that do what their name says, but one of them, which gives some rows what is their
/// neighbour's.
Kernels with_wrong(Kernel wrong) {
  static Kernel which;
  which = wrong;
  Kernels kernels = best_kernels();
  // Of masks and bytes, which is most of what a program does.
  kernels.at[static_cast<std::size_t>(wrong)][0] = [](const Work& work) {
    best_kernels().at[static_cast<std::size_t>(which)][0](work);
    auto* lanes = static_cast<std::uint8_t*>(work.to);
    for (std::size_t row = 0; row + 1 < work.count; row += 3)
      lanes[row] = lanes[row + 1];
  };
  return kernels;
}

}  // namespace

TEST_CASE("lanes answer for the example households as the case evaluator does") {
  const auto loaded = load("examples/factory_town");
  for (const std::int64_t date : {day(2024, 9, 1), day(2018, 3, 15), day(2021, 9, 1)}) {
    const Questions questions = all_questions(*loaded, date);
    const Compared compared =
        compare(*loaded, factory_households(*loaded), questions, {1024, 2, nullptr});
    INFO(compared.first);
    CHECK(compared.different == 0);
    CHECK(compared.by_lanes > 0);
  }
}

TEST_CASE("lanes answer for known and unknown facts in any blocks on any threads") {
  const auto loaded = load("bench/hca1");
  const Questions questions = all_questions(*loaded, day(2026, 6, 1));
  for (const bool with_unknowns : {false, true}) {
    const auto households = drawn_households(loaded->rulebook->schema(), 25, with_unknowns);
    for (const std::size_t block : {1U, 7U, 1024U, 4096U}) {
      const int threads = block % 2 == 0 ? 2 : 1;
      const Compared compared = compare(*loaded, households, questions, {block, threads, nullptr});
      INFO(compared.first);
      CHECK(compared.different == 0);
      CHECK(compared.by_lanes > (with_unknowns ? 50U : 200U));
    }
  }
}

TEST_CASE("lanes answer for the households of scenarios as the case evaluator does") {
  for (const char* folder : {"examples/factory_town", "tests/samples"}) {
    const auto loaded = load(folder);
    const Compared compared = compare_scenarios(*loaded, {2048, 1, nullptr});
    INFO(folder << ": " << compared.first);
    CHECK(compared.different == 0);
  }
}

TEST_CASE("lanes answer for the programs of the conformance pages as the case evaluator does") {
  namespace fs = std::filesystem;
  const fs::path folder = fs::temp_directory_path() / ("juzhu_lanes_" + std::to_string(::getpid()));
  std::size_t programs = 0;
  std::size_t by_lanes = 0;
  for (const fs::directory_entry& page :
       fs::directory_iterator(JUZHU_ROOT "/tests/golden/conformance")) {
    for (const fs::path& file : written_out(page.path(), folder)) {
      const auto loaded = load_file(file.string());
      if (loaded == nullptr) continue;  // a page may show what is refused
      const Compared compared = compare_scenarios(*loaded, {2048, 1, nullptr});
      INFO(page.path().filename() << ", " << file.filename() << ": " << compared.first);
      CHECK(compared.different == 0);
      ++programs;
      by_lanes += compared.by_lanes;
    }
    fs::remove_all(folder);
  }
  CHECK(programs > 20);
  CHECK(by_lanes > 20);
}

TEST_CASE("lanes know nothing of members whom nobody named") {
  const std::filesystem::path path = std::filesystem::temp_directory_path() /
                                     ("juzhu_named_" + std::to_string(::getpid()) + ".jz");
  std::ofstream(path) << R"(module named
use household
source Local level local_rule in force at China from 2000
service every_one  service someone
rule all_of_them  for each child  cites Local  grants every_one
  when every parent among child's parents
rule one_of_them  for each child  cites Local  grants someone
  when some parent among child's parents where parent has lawful_job
)";
  const auto loaded = load_file(path.string());
  std::filesystem::remove(path);
  REQUIRE(loaded != nullptr);
  const value::Schema& schema = loaded->rulebook->schema();
  value::Household household = value::empty_household(schema, "H");
  household.cells[schema[schema.place_fact].column] = {
      value::place_value(schema.places.by_name("Shenzhen").at(0), true),
      value::InputState::kStated};
  for (const char* key : {"P", "C"})
    household.members.push_back(value::empty_member(schema, *schema.entity("person"), key));
  const Compared compared =
      compare(*loaded, {household}, all_questions(*loaded, day(2024, 9, 1)), {2048, 1, nullptr});
  INFO(compared.first);
  CHECK(compared.different == 0);
}

TEST_CASE("lanes answer the same by the kernels of every machine") {
  const auto loaded = load("bench/hca1");
  const Questions questions = all_questions(*loaded, day(2026, 6, 1));
  const auto households = drawn_households(loaded->rulebook->schema(), 20, true);
  for (const char* name : {"plain", "avx2", "avx512"}) {
    const Kernels* kernels = kernels_named(name);
    if (kernels == nullptr) continue;
    const Compared compared = compare(*loaded, households, questions, {256, 1, kernels});
    INFO(name << ": " << compared.first);
    CHECK(compared.different == 0);
  }
}

TEST_CASE("one wrong kernel does not pass") {
  const auto loaded = load("bench/hca1");
  const Questions questions = all_questions(*loaded, day(2026, 6, 1));
  const auto households = drawn_households(loaded->rulebook->schema(), 60, false);
  for (const Kernel kernel :
       {Kernel::kAnd, Kernel::kOr, Kernel::kSelect, Kernel::kAtLeastK, Kernel::kSteps,
        Kernel::kLook8, Kernel::kFamilyOr, Kernel::kFamilyGreatest, Kernel::kAdd}) {
    const Kernels kernels = with_wrong(kernel);
    const Compared compared = compare(*loaded, households, questions, {1024, 1, &kernels});
    INFO(static_cast<int>(kernel));
    CHECK(compared.different > 0);
  }
}

}  // namespace juzhu::batch::testing
