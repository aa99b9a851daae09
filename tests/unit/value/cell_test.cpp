#include "value/cell.h"

#include <catch2/catch.hpp>

#include "small_schema.h"

namespace juzhu::value::test {
namespace {

SmallSchema& small() {
  static SmallSchema schema;
  return schema;
}

CellReading read(std::string_view text, const Type& type, bool if_any = false) {
  return parse_cell(text, small().fact(type, if_any), small().schema, 2);
}

Value stated(std::string_view text, const Type& type, bool if_any = false) {
  const CellReading reading = read(text, type, if_any);
  INFO(text << ": " << reading.problem.en);
  CHECK(reading.problem.empty());
  CHECK(reading.cell.state == InputState::kStated);
  return reading.cell.value;
}

/// The name of the error, or "read".
std::string_view refusal(std::string_view text, const Type& type) {
  const CellReading reading = read(text, type);
  if (!reading.cell.value.only_error()) return "read";
  CHECK(!reading.problem.empty());
  CHECK(!reading.help.empty());
  return error_name(reading.cell.value.error.code);
}

std::int64_t day(int year, int month, int number) {
  return *days_from_civil({year, month, number});
}

Type money() { return number_type(2, base_unit(kYuanUnit)); }
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

}  // namespace

TEST_CASE("V17 full-width cells and blanks around them") {
  CHECK(stated("２０１８－０２－１１", date_type()) == number(day(2018, 2, 11)));
  CHECK(stated("１２．５", number_type(1)) == number(125));
  CHECK(stated(" 12 ", number_type(0)) == number(12));
}

TEST_CASE("V18 cells that are not exact are errors") {
  CHECK(refusal("12.55", number_type(1)) == "bad-cell");
  CHECK(refusal("1e3", number_type(0)) == "bad-cell");
  CHECK(refusal("2023-02-29", date_type()) == "bad-cell");
  CHECK(refusal("十二", number_type(0)) == "bad-cell");
  CHECK(refusal("2018/02/11", date_type()) == "bad-cell");
  CHECK(refusal("2018-02-11", month_type()) == "bad-cell");
  CHECK(refusal("maybe", boolean_type()) == "bad-cell");
  CHECK(refusal("12 points", months()) == "bad-cell");
  CHECK(read("12.55", number_type(1)).problem.en ==
        "has more digits after the point than `it` keeps (1)");
}

TEST_CASE("V19 outside the declared domain") {
  Fact children = small().fact(number_type(0));
  children.least = 0;
  children.greatest = 20;
  const auto error = [&](std::string_view text) {
    const CellReading reading = parse_cell(text, children, small().schema);
    return reading.cell.value.only_error() ? error_name(reading.cell.value.error.code) : "read";
  };
  CHECK(error("21") == "out-of-domain");
  CHECK(error("-1") == "out-of-domain");
  CHECK(error("20") == "read");
  CHECK(error("18..21") == "out-of-domain");
  CHECK(error("99999999999999999999") == "out-of-domain");
  CHECK(parse_cell("21", children, small().schema).problem.en == "lies outside 0 to 20");
  CHECK(refusal("1899-12-31", date_type()) == "out-of-domain");
  CHECK(refusal("2401", months()) == "out-of-domain");
}

TEST_CASE("Places by code and by path") {
  CHECK(stated("440306", place_type()) == place_value(small().baoan, true));
  CHECK(stated("Shenzhen.Baoan", place_type()) == place_value(small().baoan, true));
  CHECK(stated("深圳．宝安", place_type()) == place_value(small().baoan, true));
  CHECK(stated("Hunan", place_type()) == place_value(small().hunan, false));
  CHECK(refusal("999999", place_type()) == "unknown-place");
  CHECK(refusal("Shenzen", place_type()) == "unknown-place");
  CHECK(refusal("Chaoyang", place_type()) == "unknown-place");
  CHECK(stated("深圳市宝安区", place_type()) == place_value(small().baoan, true));
  CHECK(stated("广东深圳宝安", place_type()) == place_value(small().baoan, true));
  CHECK(stated("广东省 深圳市", place_type()) == place_value(small().shenzhen, false));
  CHECK(refusal("深圳省", place_type()) == "unknown-place");
  CHECK(refusal("湖南宝安", place_type()) == "unknown-place");
  CHECK(read("12", place_type()).problem.en == "is the code of no place");
  CHECK(read("Guangdong.Shenzen", place_type()).sought == "Shenzen");
  const CellReading ambiguous = read("Chaoyang", place_type());
  CHECK(ambiguous.problem.en == "names 2 places");
  CHECK(ambiguous.help.en ==
        "write the wider place before it: `Beijing.Chaoyang`, `Jinzhou.Chaoyang`");
}

TEST_CASE("K27 empty ranges and what does not apply") {
  CHECK(refusal("8..5", number_type(0)) == "empty-range");
  CHECK(refusal("not_applicable", number_type(0)) == "not-applicable-here");
  CHECK(refusal("none", date_type()) == "not-applicable-here");
  const CellReading none = read("不适用", date_type(), true);
  CHECK(none.cell.value == not_applicable());
  CHECK(none.cell.state == InputState::kDoesNotApply);
  CHECK(read("无", date_type(), true).cell.value == not_applicable());
}

TEST_CASE("Ranges and coarse dates are every value of them") {
  CHECK(stated("5..8", number_type(0)) == between(5, 8));
  CHECK(stated("1.5 .. 2", number_type(1)) == between(15, 20));
  CHECK(stated("2015", date_type()) == between(day(2015, 1, 1), day(2015, 12, 31)));
  CHECK(stated("2015年", date_type()) == between(day(2015, 1, 1), day(2015, 12, 31)));
  CHECK(stated("2015-09", date_type()) == between(day(2015, 9, 1), day(2015, 9, 30)));
  CHECK(stated("2015-09..2015-10-05", date_type()) == between(day(2015, 9, 1), day(2015, 10, 5)));
  CHECK(stated("2018年2月", month_type()) == number(2018 * 12 + 1));
  CHECK(stated("2018", month_type()) == between(2018 * 12, 2018 * 12 + 11));
  CHECK(refusal("..8", number_type(0)) == "bad-cell");
  CHECK(refusal("5..", number_type(0)) == "bad-cell");
}

TEST_CASE("Quantities with and without their unit") {
  CHECK(stated("5000.00", money()) == number(500000));
  CHECK(stated("5000", money()) == number(500000));
  CHECK(stated("5000元", money()) == number(500000));
  CHECK(stated("12 months", months()) == number(12));
  CHECK(stated("2年", months()) == number(24));
  CHECK(stated("6", years()) == number(72));
  CHECK(stated("6岁", years()) == number(72));
  CHECK(stated("6年3个月", years()) == number(75));
  CHECK(stated("51%", percent()) == number(5100));
  CHECK(stated("51", percent()) == number(5100));
  CHECK(stated("50.99％", percent()) == number(5099));
  CHECK(refusal("5,000", money()) == "bad-cell");
}

TEST_CASE("Yes and no and options in either tongue") {
  CHECK(stated("yes", boolean_type()) == truth(true));
  CHECK(stated("否", boolean_type()) == truth(false));
  const Type education = choice_type(small().education);
  CHECK(stated("bachelor", education) == bits(4));
  CHECK(stated("本科", education) == bits(4));
  CHECK(stated("junior|高中", education) == bits(3));
  CHECK(refusal("Bachelor", education) == "unknown-code");
  CHECK(refusal("junior|", education) == "unknown-code");
  const CellReading wrong = read("bachelr", education);
  CHECK(wrong.sought == "bachelr");
  CHECK(wrong.help.en == "write one of junior, senior, bachelor");
  const Fact fact = small().fact(education);
  CHECK(names_allowed(fact, small().schema).size() == 6);
  CHECK(names_allowed(small().fact(place_type()), small().schema).size() > 20);
}

TEST_CASE("Sets by any of the three marks between their options") {
  const Type kinds = choice_set_type(small().kind);
  CHECK(stated("pension;medical", kinds) == set_between(3, 3));
  CHECK(stated("养老、医疗", kinds) == set_between(3, 3));
  CHECK(stated("养老；medical", kinds) == set_between(3, 3));
  CHECK(stated("none", kinds) == set_between(0, 0));
  CHECK(refusal("pension;dental", kinds) == "unknown-code");
  CHECK(read("pension;dental", kinds).sought == "dental");
}

TEST_CASE("What nobody asked and what nobody knows are the whole domain") {
  for (const char* text : {"", "  ", "not_asked", "未问"}) {
    CHECK(read(text, boolean_type()).cell.state == InputState::kNotAsked);
  }
  for (const char* text : {"unknown", "未知", "不详"}) {
    CHECK(read(text, boolean_type()).cell.state == InputState::kUnknown);
  }
  CHECK(read("", boolean_type()).cell.value == unknown_truth());
  Value any_date = between(day(1900, 1, 1), day(2100, 12, 31));
  any_date.kinds |= kNotApplicable;
  CHECK(read("unknown", date_type(), true).cell.value == any_date);
  CHECK(read("", member_type(small().person)).cell.value == bits(3));
  CHECK(read("", text_type()).cell.value.lo == kAnyText);
}

TEST_CASE("Texts are numbers of the rulebook or of their own") {
  CHECK(stated("second", text_type()).lo == 1);
  const Value other = stated("third", text_type());
  CHECK(other.lo < kAnyText);
  CHECK(stated(" third", text_type()) == other);
  CHECK(stated("fourth", text_type()).lo != other.lo);
}

TEST_CASE("Members are for the reader of the household") {
  CHECK(refusal("C1", member_type(small().person)) == "bad-cell");
  CHECK(stated("none", member_set_type(small().person)) == set_between(0, 0));
}

}  // namespace juzhu::value::test
