// Lines that build a case: each way to say a fact comes to the same household.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "talking.h"

namespace juzhu::session {
namespace {

/// The case as the language writes it, without what is expected.
std::string scenario_of(Talking& talking) {
  const std::string text = talking.told("scenario");
  return text.substr(0, text.find("\n  expect"));
}

TEST_CASE("short words, names of facts and scenario notation say the same") {
  Talking shortly{"case Li in Shenzhen.Baoan",
                  "parent Li: permit since 2019-06-10 in Shenzhen active, job, insured 2018-03 to "
                  "2024-04 in Shenzhen pension medical",
                  "child Mei: born 2018-02-11, hukou Hunan, girl"};
  Talking fully{
      "case Li in Shenzhen.Baoan",
      "person Li { has lawful_job; permits from 2019-06-10 { place is Shenzhen; state is "
      "active }; insurance from 2018-03 to 2024-04 { kinds is { pension, medical }; place "
      "is Shenzhen } }",
      "child Mei: birth_date is 2018-02-11 and hukou = Hunan, sex female", "Mei's parents is Li"};
  CHECK(scenario_of(shortly) == scenario_of(fully));
}

TEST_CASE("Chinese needs no blanks") {
  Talking english{"case Li in Shenzhen.Baoan",
                  "parent 李: permit since 2019-06-10 in Shenzhen.Baoan",
                  "child 小美: born 2018-02-11, hukou Hunan"};
  Talking chinese{{"案例Li在深圳宝安", "家长李：居住证自2019年6月10日在深圳宝安",
                   "孩子小美：出生2018年2月11日，户籍湖南"},
                  true};
  CHECK(scenario_of(english) == scenario_of(chinese));
}

TEST_CASE("a place whose name begins like a small word stays whole") {
  Talking talking{{"孩子小美：户籍自贡", "在从化"}, true};
  const std::string text = talking.told("显示案例");
  CHECK(has(text, "自贡"));
  CHECK(has(text, "从化"));
}

TEST_CASE("a parent is one of the parents of every child, whoever comes first") {
  Talking talking{"child Mei: born 2018-02-11", "mother Li", "child Bao: born 2020-01-01",
                  "father Wu: born 1990-01-01"};
  CHECK(has(talking.told("show Mei"), "parents: Li, Wu"));
  CHECK(has(talking.told("show Bao"), "parents: Li, Wu"));
  CHECK(has(talking.told("show Li"), "sex: female"));
  // What is said of the parents themselves stands, until one is introduced.
  talking.told("Bao: parents unknown");
  talking.told("Bao: hukou Hunan");
  CHECK(has(talking.told("show Bao"), "parents: unknown"));
  talking.told("child Ni: parents none");
  CHECK(has(talking.told("show Ni"), "parents: none"));
  talking.told("Bao: parents Li, Wu");
  talking.told("forget Wu");
  CHECK(has(talking.told("show Bao"), "parents: Li\n"));
}

TEST_CASE("spells are added, replaced, ended and emptied") {
  Talking talking{"person Li: insured 2018-03 to 2019-02, insured since 2020-01 in Shenzhen"};
  CHECK(has(talking.told("show Li"), "2018-03 to 2019-02; since 2020-01"));
  talking.told("Li's insurance 2 ends 2023-01");
  CHECK(has(talking.told("show Li"), "2020-01 to 2023-01"));
  talking.told("Li: insurance is since 2021-05");
  CHECK(has(talking.told("show Li"), "insurance: since 2021-05\n"));
  talking.told("Li: no insurance");
  CHECK(has(talking.told("show Li"), "insurance: none"));
  talking.told("Li: insurance unknown");
  CHECK(has(talking.told("show Li"), "insurance: unknown"));
  talking.told("forget Li's insurance");
  CHECK_FALSE(has(talking.told("show Li"), "insurance"));
}

TEST_CASE("unknown beside spells means at least these, and is kept in a file") {
  const auto file = std::filesystem::temp_directory_path() / "juzhu_session_at_least.json";
  Talking talking{"case Li in Shenzhen on 2023-05-06",
                  "person Li: insured since 2020-01 in Shenzhen, insurance unknown"};
  talking.told("save " + file.string());
  Talking again{"load " + file.string()};
  CHECK(scenario_of(again) == scenario_of(talking));
  CHECK(has(again.told("show case"), "perhaps more"));
  CHECK(again.session().prompt() == "Shenzhen 2023-05-06> ");
  std::filesystem::remove(file);
}

TEST_CASE("a wrong line says what, where and what next, and changes nothing") {
  Talking talking{"child Mei: born 2018-02-11"};
  const std::string before = talking.told("show case");
  CHECK(has(talking.refused("Mei: born 2018-02-30"), "not a day of the calendar"));
  CHECK(has(talking.refused("Mei: hukuo Hunan"), "did you mean `hukou`?"));
  CHECK(has(talking.refused("Mei: hukou Hunaan"), "did you mean `Hunan`?"));
  CHECK(has(talking.refused("Mei: permit in Shenzhen"), "since when?"));
  CHECK(has(talking.refused("Mei: permit since soon"), "a day or month must stand here"));
  CHECK(has(talking.refused("at Shenzen"), "did you mean `Shenzhen`?"));
  CHECK(has(talking.refused("on 2024-02-30"), "no day `2024-02-30`"));
  CHECK(has(talking.refused("forgt Mei"), "did you mean `forget`?"));
  CHECK(has(talking.refused("Mei: parents Nobody"), "no person `Nobody`"));
  CHECK(has(talking.refused("child: born 2018-02-11"), "who?"));
  CHECK(has(talking.refused("child why: born 2018-02-11"), "it is a command"));
  CHECK(talking.told("show case") == before);
}

TEST_CASE("undo takes back one change at a time") {
  Talking talking{"child Mei: born 2018-02-11", "at Shenzhen", "Mei: hukou Hunan"};
  talking.told("undo");
  CHECK_FALSE(has(talking.told("show Mei"), "hukou"));
  CHECK(has(talking.session().prompt(), "Shenzhen"));
  talking.told("undo");
  CHECK_FALSE(has(talking.session().prompt(), "Shenzhen"));
  talking.told("undo");
  CHECK(has(talking.told("undo"), "nothing to take back"));
}

TEST_CASE("a household of a data set can be loaded") {
  const std::string data = std::string(JUZHU_ROOT) + "/examples/factory_town/households";
  Talking talking{};
  CHECK(has(talking.refused("load " + data), "which one?"));
  CHECK(has(talking.told("load " + data + " H002"), "P1"));
  CHECK(has(talking.told("on 2024-09-01"), "1 September 2024"));
  CHECK(has(talking.told("why public_school of C1"), "denied"));
}

TEST_CASE("what is open goes on in the next line") {
  CHECK(Session::wants_more("child Mei: born 2018-02-11,"));
  CHECK(Session::wants_more("孩子 小美："));
  CHECK(Session::wants_more("person Li { has lawful_job;"));
  CHECK_FALSE(Session::wants_more("child Mei: born 2018-02-11"));
}

}  // namespace
}  // namespace juzhu::session
