#include "report/layout.h"

#include <catch2/catch.hpp>

using namespace juzhu::report;

TEST_CASE("lines break at blanks and between East Asian characters") {
  using Lines = std::vector<std::string>;
  CHECK(wrap("a parent's months of insurance", 12) ==
        Lines{"a parent's", "months of", "insurance"});
  CHECK(wrap("父母的社保月数", 6) == Lines{"父母的", "社保月", "数"});
  CHECK(wrap("深圳 is a city", 7) == Lines{"深圳 is", "a city"});
  CHECK(wrap("unbreakable word", 4) == Lines{"unbreakable", "word"});
  CHECK(wrap("", 10).empty());
}

TEST_CASE("numbers stand right, East Asian characters take two columns") {
  CHECK(pad_left("12", 5) == "   12");
  CHECK(pad_left("准予", 5) == " 准予");
  CHECK(pad_left("too long", 3) == "too long");
}

TEST_CASE("counts and shares as people write them") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(1000) == "1,000");
  CHECK(grouped(1234567) == "1,234,567");
  CHECK(percent(1, 2) == "50 %");
  CHECK(percent(2, 3) == "67 %");
  CHECK(percent(1, 1000) == "<1 %");
  CHECK(percent(0, 10) == "0 %");
  CHECK(percent(0, 0) == "0 %");
}
