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
                                    Bilingual* problem) {
  if (const auto year = read_year(text)) {
    if (year_fits(*year)) {
      const std::int64_t first = first_month_of(*year);
      const std::int64_t last = last_month_of(*year);
      if (unit == SpellUnit::kYears) {
        return value::number(which == SpellEnd::kStart ? first : last);
      }
      return unit == SpellUnit::kDays ? days_of_months(first, last) : months(first, last);
    }
    *problem = say("lies outside the years 1900 to 2100", "不在 1900 年至 2100 年之间");
    return std::nullopt;
  }
  bool day_well_formed = false;
  const auto day = value::parse_date(text, &day_well_formed);
  const auto month = value::parse_month(text);
  const bool outside =
      (day && !year_fits(value::civil_from_days(*day).year)) || (month && !year_fits(*month / 12));
  if (outside) {
    *problem = say("lies outside the years 1900 to 2100", "不在 1900 年至 2100 年之间");
  } else if (unit == SpellUnit::kDays && day) {
    return value::number(*day);
  } else if (month) {
    return unit == SpellUnit::kDays ? days_of_months(*month, *month) : months(*month, *month);
  } else if (day) {
    *problem =
        unit == SpellUnit::kYears
            ? say("is a day; this list is kept in years", "是日；此列表以年计")
            : say("is a day; this list is kept in calendar months", "是日；此列表以自然月计");
  } else if (day_well_formed) {
    *problem = say("is not a day of the calendar", "不是历法中的日子");
  } else {
    *problem = unit == SpellUnit::kDays     ? say("is not a date", "不是日期")
               : unit == SpellUnit::kMonths ? say("is not a month", "不是月份")
                                            : say("is not a year", "不是年份");
  }
  return std::nullopt;
}

Value any_spell_end(SpellUnit unit) {
  const std::int64_t first = first_month_of(kFirstYear);
  const std::int64_t last = last_month_of(kLastYear);
  return unit == SpellUnit::kDays ? days_of_months(first, last) : value::between(first, last);
}

Bilingual spell_end_example(SpellUnit unit) {
  switch (unit) {
    case SpellUnit::kDays:
      return say("write a date such as 2018-02-11, or 2018-02 if the day is not known",
                 "写日期，例如 2018-02-11；不知何日的写 2018-02");
    case SpellUnit::kMonths:
      return say("write a month such as 2018-02", "写月份，例如 2018-02");
    case SpellUnit::kYears:
      return say("write a year such as 2018", "写年份，例如 2018");
  }
  return {};
}

}  // namespace juzhu::data
