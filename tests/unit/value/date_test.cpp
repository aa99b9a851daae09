#include "value/date.h"

#include <catch2/catch.hpp>

namespace juzhu::value::test {
namespace {

bool same(const CalendarDay& left, const CalendarDay& right) {
  return left.year == right.year && left.month == right.month && left.day == right.day;
}

int length_of_month(const CalendarDay& day) {
  const bool leap = day.year % 400 == 0 || (day.year % 4 == 0 && day.year % 100 != 0);
  switch (day.month) {
    case 2:
      return leap ? 29 : 28;
    case 4:
    case 6:
    case 9:
    case 11:
      return 30;
    default:
      return 31;
  }
}

CalendarDay next(CalendarDay day) {
  if (day.day < length_of_month(day)) return {day.year, day.month, day.day + 1};
  return day.month < 12 ? CalendarDay{day.year, day.month + 1, 1} : CalendarDay{day.year + 1, 1, 1};
}

}  // namespace

TEST_CASE("Days are numbered as a walk through the calendar numbers them") {
  CalendarDay day{1, 1, 1};
  bool all_same = true;
  for (std::int64_t number = kFirstDate; number <= kLastDate; ++number, day = next(day)) {
    all_same = all_same && days_from_civil(day) == number && same(civil_from_days(number), day);
    if (day.day == 1) {
      const std::int64_t month = std::int64_t{day.year} * 12 + day.month - 1;
      all_same = all_same && first_day_of_month(month) == number &&
                 month_of_date(number) == month && month_of_date(number - 1) == month - 1 &&
                 last_day_of_month(month - 1) == number - 1;
    }
  }
  CHECK(all_same);
  CHECK(same(day, {10000, 1, 1}));
  CHECK(days_from_civil({1970, 1, 1}) == 0);
}

TEST_CASE("Days outside the calendar have no number") {
  CHECK(!days_from_civil({2023, 2, 29}));
  CHECK(!days_from_civil({2023, 4, 31}));
  CHECK(!days_from_civil({2023, 13, 1}));
  CHECK(!days_from_civil({2023, 0, 1}));
  CHECK(!days_from_civil({2023, 1, 0}));
  CHECK(!days_from_civil({0, 1, 1}));
  CHECK(!days_from_civil({10000, 1, 1}));
}

TEST_CASE("What is written as a date reads as the same date") {
  for (std::int64_t number = kFirstDate; number <= kLastDate; number += 97) {
    REQUIRE(parse_date(date_text(number)) == number);
    REQUIRE(parse_date(date_text_zh(number)) == number);
    const std::int64_t month = month_of_date(number);
    REQUIRE(parse_month(month_text(month)) == month);
    REQUIRE(parse_month(month_text_zh(month)) == month);
  }
  CHECK(date_text(*days_from_civil({2018, 2, 11})) == "2018-02-11");
  CHECK(date_text_zh(*days_from_civil({2018, 2, 11})) == "2018年2月11日");
  CHECK(month_text(2018 * 12 + 1) == "2018-02");
  CHECK(month_text_zh(2018 * 12 + 1) == "2018年2月");
}

TEST_CASE("V17 V18 forms of dates") {
  const auto day = days_from_civil({2018, 2, 11});
  for (const char* text : {"2018-02-11", "２０１８－０２－１１", "2018年2月11日", "2018年02月11日",
                           " 2018-02-11 ", "２０１８年２月１１日"}) {
    INFO(text);
    CHECK(parse_date(text) == day);
  }
  for (const char* text : {"2018-2-11", "18-02-11", "2018-02", "2018", "2018/02/11", "2018-02-11x",
                           "", "二〇一八年二月十一日", "2018年2月11", "2018-02-11T00:00"}) {
    INFO(text);
    bool well_formed = true;
    CHECK(!parse_date(text, &well_formed));
    CHECK(!well_formed);
  }
  bool well_formed = false;
  CHECK(!parse_date("2023-02-29", &well_formed));
  CHECK(well_formed);
  CHECK(!parse_month("2023-13", &well_formed));
  CHECK(well_formed);
  CHECK(!parse_month("2023-02-01", &well_formed));
  CHECK(!well_formed);
}

}  // namespace juzhu::value::test
