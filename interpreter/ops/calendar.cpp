#include "ops/calendar.h"

#include <algorithm>

#include "ops/operands.h"
#include "ops/wide.h"
#include "value/date.h"

namespace juzhu::ops {
namespace {

constexpr std::int64_t kMonthsPerYear = 12;
// Further than the calendar is long, so that adding it leaves the calendar from any of its days.
constexpr std::int64_t kBeyondMonths = 10'000 * kMonthsPerYear;

Value clip_to_calendar(Wide lo, Wide hi, Error at) {
  return clipped(lo, hi, value::kFirstDate, value::kLastDate, ErrorCode::kDateOutOfRange, at);
}

std::int64_t floor_years(std::int64_t months) { return months / kMonthsPerYear * kMonthsPerYear; }

/// The greatest k >= 0 with from + k months <= to; 0 if there is none.
std::int64_t civil_months(std::int64_t from, std::int64_t to) {
  if (to < from) return 0;
  const std::int64_t months = value::month_of_date(to) - value::month_of_date(from);
  return add_months_exact(from, months) <= to ? months : months - 1;
}

std::int64_t calendar_months(std::int64_t from, std::int64_t to) {
  const std::int64_t first = value::month_of_date(from - 1) + 1;
  const std::int64_t last = value::month_of_date(to + 1) - 1;
  return std::max<std::int64_t>(0, last - first + 1);
}

std::int64_t started_exact(std::int64_t from, std::int64_t to, bool years) {
  if (to <= from) return 0;
  const std::int64_t full = civil_months(from, to);
  const std::int64_t months = add_months_exact(from, full) >= to ? full : full + 1;
  return years ? floor_years(months + kMonthsPerYear - 1) : months;
}

/// A measure that grows with `to` and falls with `from`.
template <typename Kernel>
Value span_between(const Value& from, const Value& to, const Kernel& kernel) {
  const Operands both{from, to};
  if (!both.may_compute()) return both.strict(kNothing);
  return both.strict(value::between(kernel(from.hi, to.lo), kernel(from.lo, to.hi)));
}

template <typename Kernel>
Value map_bounds(const Value& operand, const Kernel& kernel) {
  const Operands one{operand};
  if (!one.may_compute()) return operand;
  return one.strict(value::between(kernel(operand.lo), kernel(operand.hi)));
}

}  // namespace

std::int64_t add_months_exact(std::int64_t date, std::int64_t months) {
  const std::int64_t month = value::month_of_date(date) + months;
  const std::int64_t day = date - value::first_day_of_month(month - months);
  return std::min(value::first_day_of_month(month) + day, value::last_day_of_month(month));
}

std::int64_t full_months_exact(std::int64_t from, std::int64_t to, Counting counting) {
  switch (counting) {
    case Counting::kCivilCode:
      return civil_months(from, to);
    case Counting::kBothDays:
      return civil_months(from, to + 1);
    case Counting::kCalendarMonths:
      return calendar_months(from, to);
  }
  return 0;
}

Value add_months(const Value& date, const Value& months, Error at) {
  const Operands both{date, months};
  if (!both.may_compute()) return both.strict(kNothing);
  const auto add = [](std::int64_t day, std::int64_t count) {
    return add_months_exact(day, std::clamp(count, -kBeyondMonths, kBeyondMonths));
  };
  return both.strict(clip_to_calendar(add(date.lo, months.lo), add(date.hi, months.hi), at));
}

Value add_days(const Value& date, const Value& days, Error at) {
  const Operands both{date, days};
  if (!both.may_compute()) return both.strict(kNothing);
  return both.strict(clip_to_calendar(Wide{date.lo} + days.lo, Wide{date.hi} + days.hi, at));
}

Value days_between(const Value& from, const Value& to, Counting counting, Error /*at*/) {
  const std::int64_t first_day = counting == Counting::kBothDays ? 1 : 0;
  return span_between(from, to, [&](std::int64_t a, std::int64_t b) { return b - a + first_day; });
}

Value full_months_between(const Value& from, const Value& to, Counting counting, Error /*at*/) {
  return span_between(
      from, to, [&](std::int64_t a, std::int64_t b) { return full_months_exact(a, b, counting); });
}

Value full_years_between(const Value& from, const Value& to, Counting counting, Error /*at*/) {
  return span_between(from, to, [&](std::int64_t a, std::int64_t b) {
    return floor_years(full_months_exact(a, b, counting));
  });
}

Value started_months_between(const Value& from, const Value& to, bool years, Error /*at*/) {
  return span_between(from, to,
                      [&](std::int64_t a, std::int64_t b) { return started_exact(a, b, years); });
}

Value date_in_year(const Value& year, int month, int day, Error at) {
  constexpr std::int64_t kFirstYear = 1;
  constexpr std::int64_t kLastYear = 9999;
  const Operands one{year};
  if (!one.may_compute()) return year;
  const Value years =
      clipped(year.lo, year.hi, kFirstYear, kLastYear, ErrorCode::kDateOutOfRange, at);
  if (!years.may_value()) return one.strict(years);
  // 29 February exists again after at most eight years; 31 April never does.
  const auto date = [&](std::int64_t y) {
    return value::days_from_civil({static_cast<int>(y), month, day});
  };
  std::int64_t first = years.lo;
  std::int64_t last = years.hi;
  while (first <= last && !date(first))
    ++first;
  while (first <= last && !date(last))
    --last;
  Value result = years.may_fail() ? value::failure(years.error) : kNothing;
  if (first <= last) {
    const Value dates = value::between(*date(first), *date(last));
    result.kinds |= dates.kinds;
    result.lo = dates.lo;
    result.hi = dates.hi;
  }
  const bool some_year_lacks_it = [&] {
    if (first != years.lo || last != years.hi) return true;
    if (month == 2 && day == 29) return years.lo != years.hi;  // never two years running
    return false;
  }();
  return one.strict(some_year_lacks_it ? or_error(result, ErrorCode::kNoSuchDate, at) : result);
}

Value year_of(const Value& date) {
  return map_bounds(
      date, [](std::int64_t day) { return std::int64_t{value::civil_from_days(day).year}; });
}

Value year_of_month(const Value& month) {
  return map_bounds(month, [](std::int64_t number) { return number / kMonthsPerYear; });
}

Value month_of(const Value& date) {
  return map_bounds(date, [](std::int64_t day) { return value::month_of_date(day); });
}

Value year_start(const Value& date) {
  return map_bounds(date, [](std::int64_t day) {
    return value::first_day_of_month(std::int64_t{value::civil_from_days(day).year} *
                                     kMonthsPerYear);
  });
}

}  // namespace juzhu::ops
