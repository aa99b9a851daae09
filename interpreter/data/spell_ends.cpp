#include "data/spell_ends.h"

#include <charconv>
#include <cstdint>

#include "value/date.h"

namespace juzhu::data {
namespace {

using value::SpellUnit;
using value::Value;

// Dates of data lie in the years that a fact of type date may have (semantics.md 2.1).
constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2100;

constexpr std::int64_t first_month_of(int year) { return std::int64_t{year} * 12; }
constexpr std::int64_t last_month_of(int year) { return std::int64_t{year} * 12 + 11; }

/// 2015 or 2015年.
std::optional<int> read_year(std::string_view text) {
  constexpr std::string_view kYear = "年";
  if (text.ends_with(kYear)) text.remove_suffix(kYear.size());
  int year = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), year);
  const bool whole = error == std::errc{} && end == text.data() + text.size();
  return whole && text.size() == 4 ? std::optional(year) : std::nullopt;
}

Value months(std::int64_t first, std::int64_t last) {
  return first == last ? value::number(first) : value::between(first, last);
}

Value days_of_months(std::int64_t first, std::int64_t last) {
  return value::between(value::first_day_of_month(first), value::last_day_of_month(last));
}

bool year_fits(std::int64_t year) { return year >= kFirstYear && year <= kLastYear; }

}  // namespace

std::optional<Value> read_spell_end(std::string_view text, SpellUnit unit, SpellEnd which,
                                    std::string* problem) {
  if (const auto year = read_year(text)) {
    if (year_fits(*year)) {
      const std::int64_t first = first_month_of(*year);
      const std::int64_t last = last_month_of(*year);
      if (unit == SpellUnit::kYears) {
        return value::number(which == SpellEnd::kStart ? first : last);
      }
      return unit == SpellUnit::kDays ? days_of_months(first, last) : months(first, last);
    }
    *problem = "lies outside the years 1900 to 2100";
    return std::nullopt;
  }
  bool day_well_formed = false;
  const auto day = value::parse_date(text, &day_well_formed);
  const auto month = value::parse_month(text);
  const bool outside =
      (day && !year_fits(value::civil_from_days(*day).year)) || (month && !year_fits(*month / 12));
  if (outside) {
    *problem = "lies outside the years 1900 to 2100";
  } else if (unit == SpellUnit::kDays && day) {
    return value::number(*day);
  } else if (month) {
    return unit == SpellUnit::kDays ? days_of_months(*month, *month) : months(*month, *month);
  } else if (day) {
    *problem = unit == SpellUnit::kYears ? "is a day; this list is kept in years"
                                         : "is a day; this list is kept in calendar months";
  } else if (day_well_formed) {
    *problem = "is not a day of the calendar";
  } else {
    *problem = unit == SpellUnit::kDays     ? "is not a date"
               : unit == SpellUnit::kMonths ? "is not a month"
                                            : "is not a year";
  }
  return std::nullopt;
}

Value any_spell_end(SpellUnit unit) {
  const std::int64_t first = first_month_of(kFirstYear);
  const std::int64_t last = last_month_of(kLastYear);
  return unit == SpellUnit::kDays ? days_of_months(first, last) : value::between(first, last);
}

std::string_view spell_end_example(SpellUnit unit) {
  switch (unit) {
    case SpellUnit::kDays:
      return "write a date such as 2018-02-11, or 2018-02 if the day is not known";
    case SpellUnit::kMonths:
      return "write a month such as 2018-02";
    case SpellUnit::kYears:
      return "write a year such as 2018";
  }
  return {};
}

}  // namespace juzhu::data
