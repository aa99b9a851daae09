// What Tab offers follows the grammar of the line.
#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "session/commands.h"
#include "talking.h"

namespace juzhu::session {
namespace {

bool holds(const std::vector<std::string>& offered, std::string_view text) {
  return std::find(offered.begin(), offered.end(), text) != offered.end();
}

TEST_CASE("a line begins with a command, a person, or a head") {
  Talking talking{"child Mei: born 2018-02-11"};
  CHECK(talking.offered("tim") == std::vector<std::string>{"timeline"});
  CHECK(holds(talking.offered(""), "why"));
  CHECK(holds(talking.offered("pa"), "parent"));
  CHECK(holds(talking.offered("M"), "Mei"));
  CHECK_FALSE(holds(talking.offered(""), "为什么"));
  CHECK(holds(talking.offered("为"), "为什么"));
  CHECK(holds(talking.offered("why n"), "not"));
}

TEST_CASE("behind a question stand services, then persons and places") {
  Talking talking{"child Mei: born 2018-02-11"};
  CHECK(talking.offered("why pub") == std::vector<std::string>{"public_health", "public_school"});
  CHECK(talking.offered("why public_school of ") == std::vector<std::string>{"Mei"});
  CHECK(holds(talking.offered("why public_school of Mei at Guangz"), "Guangzhou"));
  CHECK(holds(talking.offered("why public_school of Mei by "), "law"));
  CHECK(holds(talking.offered("why public_school under "), "no_insurance"));
}

TEST_CASE("places are completed below what is written") {
  Talking talking{};
  CHECK(talking.offered("at Shenzhen.Baoa") == std::vector<std::string>{"Shenzhen.Baoan"});
  CHECK(talking.offered("at 深圳.宝") == std::vector<std::string>{"深圳.宝安"});
  CHECK(holds(talking.offered("case Li in Guangd"), "Guangdong"));
}

TEST_CASE("facts, their options, and the fields of a spell") {
  Talking talking{"child Mei: born 2018-02-11", "person Li: job"};
  CHECK(holds(talking.offered("Mei: huk"), "hukou"));
  CHECK(holds(talking.offered("Mei: born 2018-02-11, sex "), "female"));
  CHECK(holds(talking.offered("Mei: hukou Hun"), "Hunan"));
  CHECK(holds(talking.offered("Mei: parents "), "Li"));
  CHECK(holds(talking.offered("Li: permit "), "since"));
  CHECK(holds(talking.offered("Li: permit since 2019-06-10 act"), "active"));
  CHECK(holds(talking.offered("Li: permit since 2019-06-10 in Shenzhen state "), "suspended"));
  CHECK(holds(talking.offered("what if Li.ins"), "insurance"));
  CHECK(holds(talking.offered("household: ho"), "homes"));
}

TEST_CASE("what is offered can be typed") {
  Talking talking{"child Mei: born 2018-02-11", "at Shenzhen.Baoan"};
  const std::vector<std::string> offered = talking.offered("needs ");
  CHECK(offered.size() > 6);
  for (const std::string& name : offered) {
    const bool goes_on = name == "at" || name == "on" || name == "by" || name == "under";
    if (!goes_on) talking.told("needs " + name);
  }
}

TEST_CASE("every example of help is a line that its command takes") {
  for (const Command& command : commands()) {
    for (const bool chinese : {false, true}) {
      const auto found = command_of(command.example.in(chinese));
      REQUIRE(found);
      CHECK(found->command->id == command.id);
    }
  }
}

TEST_CASE("the manual names every command") {
  std::ifstream file(std::string(JUZHU_ROOT) + "/docs/repl.md");
  const std::string manual{std::istreambuf_iterator<char>(file), {}};
  for (const Command& command : commands()) {
    INFO(command.name(false));
    CHECK(
        (has(manual, "`" + command.name(false)) || has(manual, "\n" + command.name(false) + " ")));
  }
}

TEST_CASE("completing never fails, wherever the cursor stands") {
  Talking talking{"child Mei: born 2018-02-11", "孩子小美：出生2018年2月11日"};
  for (const std::string_view line :
       {"what if Mei's permits since 2019-06-10 { place is Shenzhen; state is active }, sex female",
        "为什么小美的公办学位在深圳.宝安", "load /tmp/",
        "case Li family in Shenzhen.Baoan on 2024-05-01", "'s ' .. , : { } 的的",
        "show shenzhen_door", "help wh"}) {
    for (std::size_t cursor = 0; cursor <= line.size(); ++cursor)
      CHECK(talking.session().complete(line, cursor).from <= cursor);
  }
}

}  // namespace
}  // namespace juzhu::session
