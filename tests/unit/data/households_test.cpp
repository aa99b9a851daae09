#include "data/households.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>

#include "made_schema.h"
#include "value/cover.h"
#include "value/date.h"

using namespace juzhu;
using diag::Code;
using value::ErrorCode;
using value::InputState;

namespace {

namespace fs = std::filesystem;

/// A folder of its own, gone after the test.
class Folder {
 public:
  // Named by the process: the programs of two builds run side by side.
  Folder() : path_(fs::temp_directory_path() / ("juzhu-data-" + std::to_string(getpid()))) {
    fs::remove_all(path_);
    fs::create_directories(path_);
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  Folder& file(const char* name, const std::string& text) {
    std::ofstream(path_ / name, std::ios::binary) << text;
    return *this;
  }
  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  fs::path path_;
};

struct Reading {
  std::vector<value::Household> households;
  diag::Sink sink{50};

  [[nodiscard]] std::vector<Code> codes() const {
    std::vector<Code> codes;
    for (const diag::Diagnostic& item : sink.sorted())
      codes.push_back(item.code);
    return codes;
  }
};

const value::Schema& schema() {
  static const value::Schema kMade = test::made_schema();
  return kMade;
}

Reading read(const Folder& folder, const std::string& encoding = "utf-8") {
  Reading reading;
  reading.households = data::read_households({folder.path()}, schema(), {encoding}, reading.sink);
  return reading;
}

constexpr const char* kHouseholds = "household,place,weight\nH1,440306,1.5\nH2,深圳,\n";
constexpr const char* kPersons =
    "household,person,birth_date,sex,parents,spouse,hukou,missed_years\n"
    "H2,P1,,,,,,\n"
    "H1,C1,2018-02-11,female,P1;P2,,Guangdong,3\n"
    "H1,P1,1990,,,P2,unknown,\n"
    "H1,P2,,,,P1,,\n";
constexpr const char* kSpells =
    "household,person,list,start,end,place,kinds\n"
    "H1,P1,permits,2019-06-10,,440306,\n"
    "H1,P1,insurance,2018-03,2024-04,深圳,pension;medical\n"
    "H1,P2,permits,none,,,\n"
    "H1,P2,insurance,unknown,,,\n"
    "H1,,homes,2021-09,2022,440306,\n";

}  // namespace

TEST_CASE("tables are joined by the key of the household, rows in any order") {
  const Reading reading = read(Folder()
                                   .file("households.csv", kHouseholds)
                                   .file("persons.csv", kPersons)
                                   .file("spells.csv", kSpells));
  CHECK(reading.codes().empty());
  REQUIRE(reading.households.size() == 2);
  const value::Household& home = reading.households[0];
  CHECK(home.key == "H1");
  CHECK(home.weight_millionths == 1'500'000);
  CHECK(reading.households[1].weight_millionths == 1'000'000);
  REQUIRE(home.members.size() == 3);
  const value::Member& child = home.members[0];
  CHECK(child.cells[0].value == value::number(*value::parse_date("2018-02-11")));
  CHECK(child.cells[1].value == value::bits(2));
  CHECK(child.cells[2].value == value::set_between(0b110, 0b110));
  CHECK(child.cells[3].state == InputState::kNotAsked);
  CHECK(child.cells[5].value == value::number(3));
  CHECK(home.members[1].cells[3].value == value::bits(0b100));
  CHECK(home.members[1].cells[4].state == InputState::kUnknown);
  CHECK(home.members[1].cells[0].value.lo < home.members[1].cells[0].value.hi);
}

TEST_CASE("spells have the ends and states that their rows say") {
  const Reading reading = read(Folder()
                                   .file("households.csv", kHouseholds)
                                   .file("persons.csv", kPersons)
                                   .file("spells.csv", kSpells));
  const value::Household& home = reading.households.at(0);
  const auto& permits = home.members[1].lists[0];
  CHECK(permits.state == InputState::kStated);
  REQUIRE(permits.rows.size() == 1);
  CHECK(permits.rows[0].start == value::number(*value::parse_date("2019-06-10")));
  CHECK(permits.rows[0].end == value::number(value::kForever));
  const auto& insurance = home.members[1].lists[1];
  REQUIRE(insurance.rows.size() == 1);
  CHECK(insurance.rows[0].start == value::number(2018 * 12 + 2));
  CHECK(insurance.rows[0].cells[1].value == value::set_between(3, 3));
  CHECK(home.members[2].lists[0].state == InputState::kStated);
  CHECK(home.members[2].lists[0].rows.empty());
  CHECK(home.members[2].lists[1].state == InputState::kUnknown);
  CHECK(home.members[0].lists[0].state == InputState::kNotAsked);
  const auto& homes = home.lists[0];
  REQUIRE(homes.rows.size() == 1);
  CHECK(homes.rows[0].start.lo == *value::parse_date("2021-09-01"));
  CHECK(homes.rows[0].start.hi == *value::parse_date("2021-09-30"));
  CHECK(homes.rows[0].end.hi == *value::parse_date("2022-12-31"));
}

TEST_CASE("people may be referred to before they are known to be there") {
  const Reading reading =
      read(Folder().file("households.csv", "household\nH1\n").file("persons.csv", kPersons));
  // The domain of a reference nobody asked about is everybody in the household, not who came first.
  const value::Cell& not_asked = reading.households.at(0).members[1].cells[2];
  CHECK(not_asked.state == InputState::kNotAsked);
  CHECK(not_asked.value == value::domain_of(schema(), schema().facts[3], 3));
}

TEST_CASE("JSON says the same as the tables") {
  const Reading tables = read(Folder()
                                  .file("households.csv", kHouseholds)
                                  .file("persons.csv", kPersons)
                                  .file("spells.csv", kSpells));
  const Reading json = read(Folder().file("households.json", R"({"households": [
    {"household": "H1", "place": 440306, "weight": 1.5,
     "homes": [{"start": "2021-09", "end": "2022", "place": "440306"}],
     "persons": [
      {"person": "C1", "birth_date": "2018-02-11", "sex": "female", "parents": ["P1", "P2"],
       "hukou": "Guangdong", "missed_years": 3},
      {"person": "P1", "birth_date": "1990", "spouse": "P2", "hukou": "unknown",
       "permits": [{"start": "2019-06-10", "place": "440306"}],
       "insurance": [{"start": "2018-03", "end": "2024-04", "place": "深圳",
                      "kinds": ["pension", "medical"]}]},
      {"person": "P2", "spouse": "P1", "permits": "none", "insurance": "unknown"}]},
    {"household": "H2", "place": "深圳", "persons": [{"person": "P1"}]}]})"));
  CHECK(json.codes().empty());
  REQUIRE(json.households.size() == tables.households.size());
  for (std::size_t at = 0; at < json.households.size(); ++at) {
    const value::Household& left = json.households[at];
    const value::Household& right = tables.households[at];
    CHECK(left.key == right.key);
    CHECK(left.weight_millionths == right.weight_millionths);
    REQUIRE(left.members.size() == right.members.size());
    for (std::size_t member = 0; member < left.members.size(); ++member) {
      CHECK(left.members[member].key == right.members[member].key);
      for (std::size_t cell = 0; cell < left.members[member].cells.size(); ++cell) {
        CHECK(left.members[member].cells[cell].value == right.members[member].cells[cell].value);
        CHECK(left.members[member].cells[cell].state == right.members[member].cells[cell].state);
      }
      for (std::size_t list = 0; list < left.members[member].lists.size(); ++list) {
        const value::RowList& rows = left.members[member].lists[list];
        CHECK(rows.state == right.members[member].lists[list].state);
        CHECK(rows.rows.size() == right.members[member].lists[list].rows.size());
      }
    }
  }
}

TEST_CASE("a cell that cannot be read is an error of its fact alone") {
  const Reading reading = read(Folder()
                                   .file("households.csv", "household,place\nH1,999999\n")
                                   .file("persons.csv",
                                         "household,person,birth_date,sex,parents,missed_years\n"
                                         "H1,C1,2023-02-29,femal,P9,21\n"));
  CHECK(reading.codes() == std::vector<Code>{Code::kUnknownPlace, Code::kBadCell,
                                             Code::kOutOfDomain, Code::kBadCell,
                                             Code::kUnknownCode});
  const value::Household& home = reading.households.at(0);
  CHECK(home.cells[0].value.error.code == ErrorCode::kUnknownPlace);
  CHECK(home.members[0].cells[0].value.error.code == ErrorCode::kBadCell);
  CHECK(home.members[0].cells[1].value.error.code == ErrorCode::kUnknownCode);
  CHECK(home.members[0].cells[2].value.only_error());
  CHECK(home.members[0].cells[5].value.error.code == ErrorCode::kOutOfDomain);
  CHECK(home.members[0].cells[5].value.error.entity == 1);
  CHECK_FALSE(home.failure.may_fail());
  const auto items = reading.sink.sorted();
  CHECK(items[4].helps.at(0).en == "did you mean `female`?");
  CHECK(items[4].data->line == 2);
  CHECK(items[4].data->column == "sex");
  CHECK(items[4].data->value == "femal");
}

TEST_CASE("keys that are used twice make their household fail") {
  SECTION("a household") {
    const Reading reading = read(Folder()
                                     .file("households.csv", "household\nH1\nH2\nH1\n")
                                     .file("persons.csv", "household,person\nH1,C1\n"));
    CHECK(reading.codes() == std::vector<Code>{Code::kDuplicateKey});
    REQUIRE(reading.households.size() == 2);
    CHECK(reading.households[0].failure.error.code == ErrorCode::kDuplicateKey);
    CHECK_FALSE(reading.households[1].failure.may_fail());
  }
  SECTION("a person") {
    const Reading reading = read(Folder()
                                     .file("households.csv", "household\nH1\n")
                                     .file("persons.csv", "household,person\nH1,C1\nH1,C1\n"));
    CHECK(reading.codes() == std::vector<Code>{Code::kDuplicateKey});
    CHECK(reading.households.at(0).failure.may_fail());
  }
}

TEST_CASE("rows that belong to nobody are reported and left out") {
  const Reading reading = read(Folder()
                                   .file("households.csv", "household\nH1\n")
                                   .file("persons.csv", "household,person\nH1,C1\n,C2\nH9,C3\n")
                                   .file("spells.csv",
                                         "household,person,list,start,end\n"
                                         "H1,C9,permits,2020-01-01,\n"
                                         "H1,C1,permit,2020-01-01,\n"));
  CHECK(reading.codes() == std::vector<Code>{Code::kChildWithoutHousehold, Code::kOrphanRow,
                                             Code::kOrphanRow, Code::kUnknownCode});
  CHECK(reading.households.at(0).members.size() == 1);
}

TEST_CASE("a spell that ends before it begins is an error of its list") {
  const Reading reading = read(Folder()
                                   .file("households.csv", "household\nH1\n")
                                   .file("persons.csv", "household,person\nH1,P1\n")
                                   .file("spells.csv",
                                         "household,person,list,start,end\n"
                                         "H1,P1,permits,2023-06-01,2023-05-01\n"
                                         "H1,P1,insurance,2023-06-05,2023-07\n"));
  CHECK(reading.codes() == std::vector<Code>{Code::kBadSpell, Code::kBadCell});
  const value::Row& row = reading.households.at(0).members[0].lists[0].rows.at(0);
  CHECK(row.start.error.code == ErrorCode::kBadSpell);
}

TEST_CASE("a list cannot be none and have rows") {
  const Reading reading = read(Folder()
                                   .file("households.csv", "household\nH1\n")
                                   .file("persons.csv", "household,person\nH1,P1\n")
                                   .file("spells.csv",
                                         "household,person,list,start,end\n"
                                         "H1,P1,permits,2023-06-01,\n"
                                         "H1,P1,permits,none,\n"));
  CHECK(reading.codes() == std::vector<Code>{Code::kBadSpell});
  CHECK(reading.households.at(0).members[0].lists[0].failure.may_fail());
}

TEST_CASE("columns are known in both tongues, and unknown ones guessed at") {
  const Reading reading =
      read(Folder()
               .file("households.csv", "\xEF\xBB\xBF户,居住地\r\nＨ１,宝安\r\n")
               .file("persons.csv", "户,人,出生日期,sexx\r\nH1,C1,2018年2月11日,\r\n"));
  CHECK(reading.codes() == std::vector<Code>{Code::kUnknownColumn});
  CHECK(reading.sink.error_count() == 0);
  CHECK(reading.sink.sorted()[0].helps.at(0).en == "did you mean `sex`?");
  CHECK(reading.households.at(0).members.at(0).cells[0].value.only_value());
}

TEST_CASE("files that cannot be used are said to be so") {
  const auto codes_of = [](const Folder& folder) { return read(folder).codes(); };
  CHECK(codes_of(Folder()) == std::vector<Code>{Code::kNoData});
  CHECK(codes_of(Folder().file("households.csv", "household\nH1\n")) ==
        std::vector<Code>{Code::kMissingFile});
  CHECK(codes_of(
            Folder().file("households.csv", "\xEF\xBB\xBF \r\n").file("persons.csv", kPersons)) ==
        std::vector<Code>{Code::kEmptyFile});
  CHECK(
      codes_of(Folder().file("households.csv", "place\n440306\n").file("persons.csv", kPersons)) ==
      std::vector<Code>{Code::kMissingColumn});
  CHECK(codes_of(Folder().file("households.json", "{\"households\": [\n  {\"household\": }]}")) ==
        std::vector<Code>{Code::kBadJson});
  CHECK(codes_of(Folder().file("households.json", "{\"house\": 1}")) ==
        std::vector<Code>{Code::kNoData});
}

TEST_CASE("GB18030 is guessed at, and read when asked for") {
  // 深圳 in GB18030.
  Folder folder;
  folder.file("households.csv", "household,place\nH1,\xC9\xEE\xDB\xDA\n")
      .file("persons.csv", "household,person\nH1,C1\n");
  const Reading guessed = read(folder);
  REQUIRE(guessed.codes() == std::vector<Code>{Code::kNotUtf8});
  CHECK(guessed.sink.sorted()[0].data->line == 2);
  CHECK(guessed.sink.sorted()[0].helps.at(0).en.find("--encoding gb18030") != std::string::npos);
  const Reading converted = read(folder, "GB18030");
  CHECK(converted.codes().empty());
  CHECK(converted.households.at(0).cells[0].value.only_value());
}

TEST_CASE("UTF-8 that is taken for GB18030, and UTF-16, are told") {
  Folder folder;
  folder.file("households.csv", "household,place\nH1,440306\nH2,深圳\n")
      .file("persons.csv", "household,person\nH1,C1\n");
  const Reading taken = read(folder, "gb18030");
  REQUIRE(taken.codes() == std::vector<Code>{Code::kNotUtf8});
  CHECK(taken.sink.sorted()[0].data->line == 3);
  CHECK(taken.sink.sorted()[0].data->value == "E6 B7 B1 E5");
  folder.file("households.csv", "household,place\nH1,\xFF\n");
  CHECK(read(folder, "gb18030").sink.sorted()[0].data->line == 2);
  folder.file("households.csv", std::string("\xFF\xFEh\0", 4));
  const Reading wide = read(folder);
  REQUIRE(wide.codes() == std::vector<Code>{Code::kNotUtf8});
  CHECK(wide.sink.sorted()[0].helps.at(0).en.find("UTF-8") != std::string::npos);
}

TEST_CASE("A table whose columns are parted by something else is told once") {
  for (const char* header : {"household;person", "household\tperson", "household，person"}) {
    Folder folder;
    folder.file("households.csv", "household,place\nH1,440306\n")
        .file("persons.csv", std::string(header) + "\nH1;C1,x\n");
    CHECK(read(folder).codes() == std::vector<Code>{Code::kBadCsv});
  }
}
