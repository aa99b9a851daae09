// The calendar as plain numbers: proleptic Gregorian, years 1 to 9999, days since 1970-01-01,
// months as year * 12 + month - 1 (semantics.md 2.1, 4.1; Civil Code arts 200-204).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace juzhu::value {

struct CalendarDay {
  int year;
  int month;  ///< 1..12
  int day;    ///< 1..31
};

inline constexpr std::int64_t kFirstDate = -719162;  ///< 0001-01-01
inline constexpr std::int64_t kLastDate = 2932896;   ///< 9999-12-31

/// No value if the day does not exist (29 February 2023) or the year is outside 1..9999.
std::optional<std::int64_t> days_from_civil(CalendarDay day);
CalendarDay civil_from_days(std::int64_t days);
int days_in_month(int year, int month);

std::string date_text(std::int64_t days);     ///< 2018-02-11
std::string month_text(std::int64_t month);   ///< 2018-02
std::string date_text_zh(std::int64_t days);  ///< 2018年2月11日
std::string month_text_zh(std::int64_t month);
/// Both tongues and full-width digits: 2018-02-11, 2018年2月11日, 2018-02, 2018年2月. No value: not
/// a date's form or no such day; `well_formed` tells the two apart when given.
std::optional<std::int64_t> parse_date(std::string_view text, bool* well_formed = nullptr);
std::optional<std::int64_t> parse_month(std::string_view text, bool* well_formed = nullptr);

std::int64_t first_day_of_month(std::int64_t month);
std::int64_t last_day_of_month(std::int64_t month);
std::int64_t month_of_date(std::int64_t days);

}  // namespace juzhu::value
