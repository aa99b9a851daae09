#include "ops/calendar.h"

#include <algorithm>

#include "brief.h"

namespace juzhu::ops::test {
namespace {

using value::CalendarDay;

Value plus_months(std::string_view from, std::int64_t count) {
  return add_months(date(from), number(count), kHere);
}

std::int64_t full_months(std::string_view from, std::string_view to,
                         Counting counting = Counting::kCivilCode) {
  const Value months = full_months_between(date(from), date(to), counting, kHere);
  REQUIRE(months.lo == months.hi);
  return months.lo;
}

Value age(std::string_view born, std::string_view on) {
  return full_years_between(date(born), date(on), Counting::kCivilCode, kHere);
}

std::int64_t years(int count) { return std::int64_t{12} * count; }

/// "d + n months" by walking: the month n steps on, the same day number or the last there is.
std::int64_t add_months_slowly(std::int64_t from, int count) {
  CalendarDay at = value::civil_from_days(from);
  for (; count > 0; --count)
    at = at.month == 12 ? CalendarDay{at.year + 1, 1, at.day}
                        : CalendarDay{at.year, at.month + 1, at.day};
  for (; count < 0; ++count)
    at = at.month == 1 ? CalendarDay{at.year - 1, 12, at.day}
                       : CalendarDay{at.year, at.month - 1, at.day};
  while (!value::days_from_civil(at))
    --at.day;
  return *value::days_from_civil(at);
}

std::int64_t full_months_slowly(std::int64_t from, std::int64_t to) {
  int months = 0;
  while (add_months_slowly(from, months + 1) <= to)
    ++months;
  return to < from ? 0 : months;
}

/// Months of the calendar all of whose days lie in [from, to], day by day.
std::int64_t whole_months_slowly(std::int64_t from, std::int64_t to) {
  std::int64_t months = 0;
  std::int64_t since_first = -1;  // days of this month seen so far, -1: not from its first day
  for (std::int64_t at = from; at <= to; ++at) {
    const CalendarDay day = value::civil_from_days(at);
    if (day.day == 1) since_first = 0;
    if (since_first >= 0) ++since_first;
    if (since_first == value::days_in_month(day.year, day.month)) ++months;
  }
  return months;
}

}  // namespace

TEST_CASE("C01 C02 C03 adding months ends in the month") {
  CHECK(plus_months("2023-01-31", 1) == date("2023-02-28"));
  CHECK(plus_months("2024-01-31", 1) == date("2024-02-29"));
  CHECK(plus_months("2023-02-28", 1) == date("2023-03-28"));
  CHECK(add_months(plus_months("2023-01-31", 1), number(1), kHere) == date("2023-03-28"));
  CHECK(plus_months("2023-01-31", 2) == date("2023-03-31"));
  CHECK(plus_months("2024-03-31", -1) == date("2024-02-29"));
  CHECK(plus_months("2024-02-29", years(1)) == date("2025-02-28"));
  CHECK(plus_months("2024-02-29", years(4)) == date("2028-02-29"));
}

TEST_CASE("C04 three ways to count months") {
  CHECK(full_months("2023-09-01", "2024-03-31") == 6);
  CHECK(full_months("2023-09-01", "2024-03-31", Counting::kBothDays) == 7);
  CHECK(full_months("2023-09-01", "2024-03-31", Counting::kCalendarMonths) == 7);
}

TEST_CASE("C05 C06 C07 C08 C09 full months at their edges") {
  CHECK(full_months("2024-03-15", "2024-09-14") == 5);
  CHECK(full_months("2024-03-15", "2024-09-15") == 6);
  CHECK(full_months("2023-08-31", "2024-02-29") == 6);
  CHECK(full_months("2023-08-30", "2024-02-29") == 6);
  CHECK(full_months("2023-08-31", "2024-02-28") == 5);
  CHECK(full_months("2023-01-31", "2023-02-27") == 0);
  CHECK(full_months("2023-01-31", "2023-02-27", Counting::kBothDays) == 1);
  CHECK(full_months("2024-01-15", "2024-04-14", Counting::kCalendarMonths) == 2);
  CHECK(full_months("2024-05-02", "2024-05-01") == 0);
}

TEST_CASE("C10 C11 C12 C13 age") {
  CHECK(age("2018-08-31", "2024-08-31") == number(years(6)));
  CHECK(age("2018-09-01", "2024-08-31") == number(years(5)));
  CHECK(age("2016-02-29", "2023-02-27") == number(years(6)));
  CHECK(age("2016-02-29", "2023-02-28") == number(years(7)));
  CHECK(age("2016-02-29", "2024-02-28") == number(years(7)));
  CHECK(age("2016-02-29", "2024-02-29") == number(years(8)));
  CHECK(age("2008-05-01", "2024-04-30").hi < years(16));
  CHECK(age("2008-05-01", "2024-05-01") == number(years(16)));
  const auto after_birthday = [](std::string_view on) {
    return full_years_between(date("2010-05-01"), add_days(date(on), number(-1), kHere),
                              Counting::kCivilCode, kHere);
  };
  CHECK(after_birthday("2024-05-01") == number(years(13)));
  CHECK(after_birthday("2024-05-02") == number(years(14)));
  CHECK(age("2030-01-01", "2024-05-02") == number(0));
}

TEST_CASE("C14 C16 days from one date to another") {
  CHECK(days_between(date("2024-02-28"), date("2024-03-01"), Counting::kCivilCode, kHere) ==
        number(2));
  CHECK(days_between(date("2024-02-28"), date("2024-03-01"), Counting::kBothDays, kHere) ==
        number(3));
  CHECK(days_between(date("2024-01-01"), date("2024-07-01"), Counting::kCivilCode, kHere) ==
        number(182));
  CHECK(days_between(date("2024-01-01"), date("2024-07-02"), Counting::kCivilCode, kHere) ==
        number(183));
  CHECK(days_between(date("2024-01-02"), date("2024-01-01"), Counting::kCivilCode, kHere) ==
        number(-1));
}

TEST_CASE("C15 half a year is six months") {
  CHECK(full_months("2024-01-01", "2024-06-30") == 5);
  CHECK(full_months("2024-01-01", "2024-07-01") == 6);
}

TEST_CASE("C17 within ninety days of birth") {
  const Value last = add_days(date("2024-01-01"), number(90), kHere);
  CHECK(last == date("2024-03-31"));
}

TEST_CASE("C18 days that do not exist") {
  CHECK(date_in_year(number(2023), 2, 29, kHere) == fails(ErrorCode::kNoSuchDate));
  CHECK(date_in_year(number(2024), 2, 29, kHere) == date("2024-02-29"));
  CHECK(date_in_year(number(2024), 4, 31, kHere) == fails(ErrorCode::kNoSuchDate));
  CHECK(date_in_year(number(10000), 1, 1, kHere) == fails(ErrorCode::kDateOutOfRange));
  CHECK(date_in_year(between(2023, 2025), 2, 29, kHere) ==
        or_fails(date("2024-02-29"), ErrorCode::kNoSuchDate));
  CHECK(date_in_year(between(2023, 2025), 9, 1, kHere) == dates("2023-09-01", "2025-09-01"));
  CHECK(date_in_year(between(2021, 2023), 2, 29, kHere) == fails(ErrorCode::kNoSuchDate));
  CHECK(add_days(date("9999-12-31"), number(1), kHere) == fails(ErrorCode::kDateOutOfRange));
  CHECK(add_months(date("9999-12-31"), number(1), kHere) == fails(ErrorCode::kDateOutOfRange));
  CHECK(add_months(date("0001-01-01"), number(-1), kHere) == fails(ErrorCode::kDateOutOfRange));
  CHECK(add_months(date("2024-01-01"), number(INT64_MAX), kHere) ==
        fails(ErrorCode::kDateOutOfRange));
  CHECK(add_days(date("9999-12-30"), between(0, 5), kHere) ==
        or_fails(dates("9999-12-30", "9999-12-31"), ErrorCode::kDateOutOfRange));
}

TEST_CASE("C20 a birth known to the month") {
  const Value born = dates("2018-02-01", "2018-02-28");
  CHECK(full_months_between(born, date("2024-02-15"), Counting::kCivilCode, kHere) ==
        between(71, 72));
}

TEST_CASE("K21 K22 age from a birth known to the year or month") {
  const auto age_in_2021 = [](std::string_view first, std::string_view last) {
    return full_years_between(dates(first, last), date("2021-08-31"), Counting::kCivilCode, kHere);
  };
  CHECK(age_in_2021("2015-01-01", "2015-12-31") == between(years(5), years(6)));
  CHECK(age_in_2021("2015-08-01", "2015-08-31") == number(years(6)));
  CHECK(age_in_2021("2015-09-01", "2015-09-30") == number(years(5)));
}

TEST_CASE("Started months and years reach the day at last") {
  const auto started = [](std::string_view from, std::string_view to, bool in_years) {
    return started_months_between(date(from), date(to), in_years, kHere);
  };
  CHECK(started("2024-01-15", "2024-01-15", false) == number(0));
  CHECK(started("2024-01-15", "2024-01-16", false) == number(1));
  CHECK(started("2024-01-15", "2024-02-15", false) == number(1));
  CHECK(started("2024-01-15", "2024-02-16", false) == number(2));
  CHECK(started("2024-01-15", "2025-01-15", true) == number(12));
  CHECK(started("2024-01-15", "2025-01-16", true) == number(24));
  CHECK(started("2024-01-16", "2024-01-15", true) == number(0));
}

TEST_CASE("Parts of dates") {
  CHECK(year_of(date("2024-05-01")) == number(2024));
  CHECK(year_of_month(number(month("2024-12"))) == number(2024));
  CHECK(month_of(dates("2024-05-31", "2024-06-01")) == between(month("2024-05"), month("2024-06")));
  CHECK(year_start(date("2024-05-01")) == date("2024-01-01"));
  CHECK(year_of(NA) == NA);
  CHECK(days_between(or_na(date("2024-01-01")), date("2024-01-02"), Counting::kCivilCode, kHere) ==
        or_na(number(1)));
}

TEST_CASE("Adding months agrees with walking month by month") {
  for (std::int64_t from = day("2023-01-01"); from <= day("2025-03-01"); ++from) {
    for (int count = -30; count <= 30; ++count) {
      REQUIRE(add_months_exact(from, count) == add_months_slowly(from, count));
    }
  }
}

TEST_CASE("Full months agree with counting them one by one") {
  for (std::int64_t from = day("2023-07-25"); from <= day("2024-03-03"); ++from) {
    for (std::int64_t to = from - 3; to <= from + 430; ++to) {
      const std::int64_t civil = full_months_slowly(from, to);
      REQUIRE(full_months_exact(from, to, Counting::kCivilCode) == civil);
      REQUIRE(full_months_exact(from, to, Counting::kBothDays) == full_months_slowly(from, to + 1));
      const std::int64_t started =
          started_months_between(number(from), number(to), false, kHere).lo;
      REQUIRE(add_months_slowly(from, static_cast<int>(started)) >= to);
      REQUIRE((started == 0 || add_months_slowly(from, static_cast<int>(started) - 1) < to));
    }
    for (std::int64_t to = from - 3; to <= from + 430; to += 13) {
      REQUIRE(full_months_exact(from, to, Counting::kCalendarMonths) ==
              whole_months_slowly(from, to));
    }
  }
}

TEST_CASE("Bounds of calendar operations hold every day between them") {
  const Value from = dates("2024-01-28", "2024-02-03");
  const Value to = dates("2024-03-27", "2024-04-02");
  for (const Counting counting :
       {Counting::kCivilCode, Counting::kBothDays, Counting::kCalendarMonths}) {
    const Value found = full_months_between(from, to, counting, kHere);
    std::int64_t lo = INT64_MAX;
    std::int64_t hi = INT64_MIN;
    for (std::int64_t a = from.lo; a <= from.hi; ++a) {
      for (std::int64_t b = to.lo; b <= to.hi; ++b) {
        lo = std::min(lo, full_months_exact(a, b, counting));
        hi = std::max(hi, full_months_exact(a, b, counting));
      }
    }
    CHECK(found == between(lo, hi));
  }
}

}  // namespace juzhu::ops::test
