// Questions about a case.
#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>

#include "talking.h"

namespace juzhu::session {
namespace {

/// A family with all that Shenzhen asks for but a year of residence and insurance.
const std::vector<std::string_view> kNewcomers = {
    "case Li in Shenzhen.Baoan on 2024-05-01",
    "mother Li: permit since 2023-10-10 in Shenzhen.Baoan active, hukou Hunan",
    "Li: insured since 2023-09 in Shenzhen pension medical",
    "Li: lives since 2023-06-10 in Shenzhen.Baoan",
    "household: home since 2023-06-01 in Shenzhen.Baoan rented",
    "child Mei: born 2018-02-11, hukou Hunan, no preferential_group"};

TEST_CASE("why, why not, and the words of the question in any order") {
  Talking talking(kNewcomers);
  CHECK(has(talking.told("why public_school of Mei"), "shenzhen door"));
  CHECK(talking.told("why public_school of Mei") == talking.told("why Mei's public school?"));
  const std::string why_not = talking.told("why not");
  CHECK(has(why_not, "It would be granted if"));
  CHECK_FALSE(has(why_not, "What decides"));
}

TEST_CASE("a question moved for once leaves the case where it is") {
  Talking talking(kNewcomers);
  CHECK(has(talking.told("answers at Guangzhou.Panyu on 2025-09-01"),
            "Guangzhou.Panyu · 1 September 2025"));
  CHECK(has(talking.told("answers by law only"), "down to law"));
  CHECK(has(talking.told("answers under no_insurance"), "under no insurance"));
  CHECK(has(talking.told("answers"), "Shenzhen.Baoan · 1 May 2024\n"));
}

TEST_CASE("what if shows what changes and keeps the case") {
  Talking talking(kNewcomers);
  const std::string before = talking.told("show case");
  const std::string text =
      talking.told("what if Li: insurance is since 2022-01 in Shenzhen pension medical");
  CHECK(has(text, "insurance: since 2022-01, kinds pension and medical"));
  CHECK(has(text, "denied → unknown"));
  CHECK_FALSE(has(text, "public school"));  // a year of residence is still missing
  CHECK(has(talking.told("what if on 2025-01-01"), "denied → granted"));
  CHECK(talking.told("show case") == before);
}

TEST_CASE("the earliest day is the first one that is granted, and the day before is not") {
  Talking talking(kNewcomers);
  CHECK(has(talking.told("earliest public_school of Mei"), "from 1 January 2025 on"));
  CHECK(has(talking.told("why public_school of Mei on 2025-01-01"), "granted"));
  CHECK(has(talking.told("why public_school of Mei on 2024-12-31"), "denied"));
  CHECK(has(talking.told("earliest vaccination"), "on 1 May 2024 already"));
}

TEST_CASE("a timeline says the same as asking on each first of a month") {
  Talking talking(kNewcomers);
  const std::string timeline = talking.told("timeline public_school of Mei");
  CHECK(has(timeline, "2025-01-01 to 2033-12-31  granted"));
  for (const int year : {2024, 2025, 2029, 2033, 2034}) {
    for (const int month : {6, 9}) {
      const std::string day = std::to_string(year) + "-0" + std::to_string(month) + "-01";
      const bool granted = has(talking.told("answers public_school of Mei on " + day), "granted");
      CHECK(granted == (year > 2024 && year < 2034));
    }
  }
}

TEST_CASE("looking ahead can be stopped, and needs a place") {
  std::atomic<bool> stop{true};
  SessionOptions options = factory_town();
  options.stop = &stop;
  Session session(options);
  session.start();
  session.answer("child Mei: born 2018-02-11");
  CHECK(has(session.answer("timeline at Shenzhen").text, "Stopped."));
  stop = false;
  CHECK(session.answer("timeline").failed);
}

TEST_CASE("needs puts first what most open answers hang on") {
  Talking talking{"child Mei: born 2018-02-11, hukou Hunan", "at Shenzhen.Baoan"};
  const std::string text = talking.told("needs");
  CHECK(has(text, "5 answers are open, hanging on 11 facts"));
  CHECK(has(text, "  1. Mei's insurance  Social insurance months"));
  CHECK(has(text, "public school of Mei, residence permit of Mei, resident insurance of Mei"));
  talking.told("Mei: no insurance");
  CHECK_FALSE(has(talking.told("needs"), "insurance  "));
}

TEST_CASE("expressions are worked out for the case, and their mistakes are told in the line") {
  Talking talking(kNewcomers);
  CHECK(talking.told("value Mei's age on today") == "6 years\n");
  CHECK(talking.told("= Li's school_insured") == "8 months\n");
  CHECK(talking.told("value Mei's public_school is denied") == "yes\n");
  talking.told("Li: insurance is since 2020-01 in Shenzhen pension medical");
  CHECK(talking.told("= Li's school_insured") == "52 months\n");
  const std::string wrong = talking.refused("value Mei's agee on today");
  CHECK(has(wrong, "did you mean `age`?"));
  CHECK(has(wrong, "value Mei's agee on today\n"));
  CHECK(has(talking.refused("Li: school_insured 12 months"), "value NAME's school_insured"));
}

TEST_CASE("the rulebook can be looked up in its own words") {
  Talking talking{};
  CHECK(has(talking.told("show shenzhen_door"), "shenzhen_school.jz:"));
  CHECK(has(talking.told("show school_insurance"), "parameter school_insurance"));
  CHECK(has(talking.told("show tenure"), "one of owned, rented"));
  CHECK(has(talking.told("rules in force for public_school at Shenzhen"), "shenzhen door"));
  CHECK_FALSE(has(talking.told("rules in force for public_school at Shenzhen by law only"),
                  "shenzhen door"));
  CHECK(has(talking.refused("show shenzen_door"), "did you mean `shenzhen_door`?"));
}

TEST_CASE("rules are read again when a file changes, and the old ones answer while it is broken") {
  namespace fs = std::filesystem;
  const fs::path folder = fs::temp_directory_path() / "juzhu_session_reload";
  fs::remove_all(folder);
  fs::create_directories(folder);
  int writes = 0;
  const auto write = [&](const std::string& age) {
    const fs::path file = folder / "first.jz";
    std::ofstream(file) << "module first\nuse household\nservice school\nsource Notice\n"
                           "rule of_age  for each child  cites Notice  grants school\n"
                           "  when child's age on today is at least "
                        << age << "\n";
    // A clock that is too coarse to tell two writes apart.
    fs::last_write_time(file, fs::file_time_type::clock::now() + std::chrono::seconds(++writes));
  };
  write("6 years old");
  SessionOptions options = factory_town();
  options.rules = {folder.string()};
  Session session(options);
  REQUIRE_FALSE(session.start().failed);
  session.answer("child Mei: born 2016-02-11");
  CHECK(has(session.answer("answers").text, "granted"));
  write("9 years old");
  const std::string changed = session.answer("answers").text;
  CHECK(has(changed, "read again"));
  CHECK(has(changed, "denied"));
  write("9 years odl");
  const std::string broken = session.answer("answers").text;
  CHECK(has(broken, "error["));
  CHECK(has(broken, "denied"));
  CHECK_FALSE(has(session.answer("answers").text, "error["));  // once is enough
  write("8 years old");
  CHECK(has(session.answer("answers").text, "granted"));
  fs::remove_all(folder);
}

TEST_CASE("every command has help with an example in both tongues") {
  for (const bool chinese : {false, true}) {
    Talking talking(std::vector<std::string_view>{}, chinese);
    CHECK(has(talking.told("help"), chinese ? "为什么" : "why"));
    CHECK(has(talking.told("help facts"), chinese ? "户籍" : "hukou"));
    CHECK(has(talking.told("help why"), chinese ? "示例" : "example"));
    CHECK(talking.told("help why") == talking.told("帮助 为什么"));
  }
}

}  // namespace
}  // namespace juzhu::session
