// How values are written for people, in both tongues, and that numbers read back as written.
#include <catch2/catch.hpp>
#include <limits>
#include <random>

#include "small_schema.h"
#include "value/number_text.h"
#include "value/plain_text.h"

namespace juzhu::value::test {
namespace {

std::int64_t day(int year, int month, int number) {
  return *days_from_civil({year, month, number});
}

Type months() { return number_type(0, base_unit(kMonthUnit)); }
Type years() {
  Type type = months();
  type.years = true;
  return type;
}
Type percent() {
  Type type = number_type(4);
  type.percent = true;
  return type;
}
Type money() { return number_type(2, base_unit(kYuanUnit)); }

Value with(Value value, std::uint8_t kind) {
  value.kinds |= kind;
  return value;
}

}  // namespace

TEST_CASE("Values read as people write them") {
  SmallSchema small;
  const auto both = [&](const Value& value, const Type& type) {
    return value_text(value, type, small.schema, false) + " | " +
           value_text(value, type, small.schema, true);
  };
  CHECK(both(truth(true), boolean_type()) == "yes | 是");
  CHECK(both(unknown_truth(), boolean_type()) == "unknown | 未知");
  CHECK(both(number(12), number_type(0)) == "12 | 12");
  CHECK(both(number(500000), money()) == "5000.00 yuan | 5000.00元");
  CHECK(both(number(12), months()) == "12 months | 12个月");
  CHECK(both(number(1), months()) == "1 month | 1个月");
  CHECK(both(between(5, 8), months()) == "5 to 8 months | 5至8个月");
  CHECK(both(between(14, 2400), months()) == "at least 14 months | 至少14个月");
  CHECK(both(between(0, 2400), months()) == "unknown | 未知");
  CHECK(both(number(72), years()) == "6 years | 6年");
  CHECK(both(number(75), years()) == "6 years 3 months | 6年3个月");
  CHECK(both(between(60, 72), years()) == "5 years to 6 years | 5年至6年");
  CHECK(both(number(684), number_type(1, base_unit(kPointUnit))) == "68.4 points | 68.4分");
  CHECK(both(number(5), number_type(3, base_unit(kPointUnit) / base_unit(kYuanUnit))) ==
        "0.005 points/yuan | 0.005分/元");
  CHECK(both(number(5100), percent()) == "51% | 51%");
  CHECK(both(number(5099), percent()) == "50.99% | 50.99%");
  CHECK(both(between(0, 10000), percent()) == "0% to 100% | 0%至100%");
  CHECK(both(number(day(2018, 2, 11)), date_type()) == "2018-02-11 | 2018年2月11日");
  CHECK(both(number(2018 * 12 + 1), month_type()) == "2018-02 | 2018年2月");
  CHECK(both(with(number(12), kNotApplicable), months()) ==
        "12 months or not applicable | 12个月或不适用");
  CHECK(both(not_applicable(), months()) == "not applicable | 不适用");
  CHECK(both(failure({ErrorCode::kDivisionByZero, 0, 0, 0}), months()) ==
        "error division-by-zero | 错误 division-by-zero");
}

TEST_CASE("Choices and sets and places read by their names") {
  SmallSchema small;
  const auto both = [&](const Value& value, const Type& type) {
    return value_text(value, type, small.schema, false) + " | " +
           value_text(value, type, small.schema, true);
  };
  CHECK(both(bits(4), choice_type(small.education)) == "bachelor | 本科");
  CHECK(both(bits(3), choice_type(small.education)) == "junior or senior | 初中或高中");
  CHECK(both(bits(7), choice_type(small.education)) == "unknown | 未知");
  const Type kinds = choice_set_type(small.kind);
  CHECK(both(set_between(3, 3), kinds) == "{ pension, medical } | { 养老、医疗 }");
  CHECK(both(set_between(1, 3), kinds) == "{ pension, perhaps medical } | { 养老、或有医疗 }");
  CHECK(both(set_between(0, 0), kinds) == "none | 无");
  CHECK(both(set_between(0, 3), kinds) == "unknown | 未知");
  CHECK(both(place_value(small.baoan, true), place_type()) == "Shenzhen.Baoan | 深圳.宝安");
  CHECK(both(place_value(small.hunan, false), place_type()) == "somewhere in Hunan | 湖南境内某地");
  CHECK(both(place_value(kRootPlace, false), place_type()) == "unknown | 未知");
  CHECK(value_text({kValue, 1, 0, {}}, text_type(), small.schema, false) == "second");
}

TEST_CASE("Bounds equal to a declared domain say nothing") {
  const SmallSchema small;
  CHECK(value_text(between(0, 20), number_type(0), Domain{0, 20}, small.schema, false) ==
        "unknown");
  CHECK(value_text(between(0, 20), number_type(0), small.schema, false) == "0 to 20");
  CHECK(value_text(between(3, 20), number_type(0), Domain{0, 20}, small.schema, true) == "至少3");
}

TEST_CASE("Numbers read back as they were written") {
  std::mt19937_64 random(5);
  std::vector<std::int64_t> numbers{0,
                                    1,
                                    -1,
                                    9,
                                    10,
                                    -10,
                                    99,
                                    100,
                                    std::numeric_limits<std::int64_t>::max(),
                                    std::numeric_limits<std::int64_t>::min()};
  for (int i = 0; i < 500; ++i) {
    const auto bits_kept = random() % 64;
    numbers.push_back(static_cast<std::int64_t>(random()) >> bits_kept);
  }
  for (const std::int64_t number : numbers) {
    for (int scale = 0; scale <= 9; ++scale) {
      NumberProblem problem{};
      INFO(decimal_text(number, scale));
      REQUIRE(parse_decimal(decimal_text(number, scale), scale, &problem) == number);
      REQUIRE(problem == NumberProblem::kNone);
    }
  }
}

TEST_CASE("Quantities read back in both tongues") {
  const SmallSchema small;
  const Type hours = number_type(1, base_unit(4));
  for (const Type& type : {number_type(0), number_type(3), money(), months(), years(), percent(),
                           hours, number_type(0, base_unit(kDayUnit))}) {
    for (const std::int64_t number : {0, 1, 10, 12, 75, 100, 1000, 123456, -75, -1}) {
      for (const bool chinese : {false, true}) {
        const std::string text = quantity_text(number, type, small.schema, chinese);
        NumberProblem problem{};
        INFO(text);
        REQUIRE(parse_quantity(text, type, small.schema, &problem) == number);
      }
    }
  }
}

TEST_CASE("What is no exact decimal is refused with its reason") {
  const auto problem_of = [](std::string_view text, int scale) {
    NumberProblem problem{};
    const bool read = parse_decimal(text, scale, &problem).has_value();
    CHECK(read == (problem == NumberProblem::kNone));
    return problem;
  };
  for (const char* text :
       {"", "-", ".", ".5", "5.", "1e3", "1,000", "0x10", "1 2", "--1", "十二", "1.2.3"}) {
    INFO(text);
    CHECK(problem_of(text, 2) == NumberProblem::kNotANumber);
  }
  CHECK(problem_of("12.55", 1) == NumberProblem::kTooManyDigits);
  CHECK(problem_of("12.50", 1) == NumberProblem::kTooManyDigits);
  CHECK(problem_of("9223372036854775807", 0) == NumberProblem::kNone);
  CHECK(problem_of("9223372036854775808", 0) == NumberProblem::kTooLarge);
  CHECK(problem_of("-9223372036854775808", 0) == NumberProblem::kNone);
  CHECK(problem_of("9223372036854775807", 1) == NumberProblem::kTooLarge);
  CHECK(problem_of("+7", 0) == NumberProblem::kNone);
}

TEST_CASE("Texts are folded to plain ones and parted into lists") {
  CHECK(plain_text("　ＡＢｃ１２；　") == "ABc12;");
  CHECK(plain_text(" \t深圳　\n") == "深圳");
  CHECK(plain_text("").empty());
  CHECK(plain_text("\xEF\xBC") == "\xEF\xBC");  // cut off in the middle of a character
  CHECK(split_list("a; b ；c、d;;") == std::vector<std::string>{"a", "b", "c", "d"});
  CHECK(split_list("").empty());
}

}  // namespace juzhu::value::test
