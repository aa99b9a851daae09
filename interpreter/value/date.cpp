#include "value/date.h"

#include <fmt/format.h>

#include <array>

#include "value/plain_text.h"

namespace juzhu::value {
namespace {

// Days are counted in eras of 400 years that begin on 1 March, so that a leap day is the last day
// of its year.
constexpr std::int64_t kDaysPerEra = 146097;
constexpr std::int64_t kDaysFromEraToEpoch = 719468;  // 0000-03-01 to 1970-01-01
constexpr int kLastYear = 9999;

constexpr std::int64_t floor_div(std::int64_t value, std::int64_t by) {
  return value / by - (value % by < 0 ? 1 : 0);
}

bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

std::int64_t count_days(std::int64_t year, int month, int day) {
  const std::int64_t march_year = month <= 2 ? year - 1 : year;
  const std::int64_t era = floor_div(march_year, 400);
  const std::int64_t year_of_era = march_year - era * 400;
  const std::int64_t month_from_march = (month + 9) % 12;
  const std::int64_t day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
  const std::int64_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * kDaysPerEra + day_of_era - kDaysFromEraToEpoch;
}

/// Takes `least` to `most` digits from the front of a text; nothing if there are fewer.
std::optional<int> take_number(std::string_view* text, std::size_t least, std::size_t most) {
  std::size_t length = 0;
  int number = 0;
  while (length < most && length < text->size() && (*text)[length] >= '0' &&
         (*text)[length] <= '9') {
    number = number * 10 + ((*text)[length] - '0');
    ++length;
  }
  if (length < least) return std::nullopt;
  text->remove_prefix(length);
  return number;
}

bool take(std::string_view* text, std::string_view mark) {
  if (!text->starts_with(mark)) return false;
  text->remove_prefix(mark.size());
  return true;
}

/// Year, month and, if wanted, day: 2018-02-11 or 2018年2月11日. Nothing if the text has another
/// form.
std::optional<CalendarDay> take_parts(std::string_view text, bool with_day) {
  const auto year = take_number(&text, 4, 4);
  if (!year) return std::nullopt;
  const bool chinese = take(&text, "年");
  if (!chinese && !take(&text, "-")) return std::nullopt;
  const std::size_t least_digits = chinese ? 1 : 2;
  const auto month = take_number(&text, least_digits, 2);
  if (!month || (chinese && !take(&text, "月"))) return std::nullopt;
  if (!with_day) return text.empty() ? std::optional(CalendarDay{*year, *month, 1}) : std::nullopt;
  if (!chinese && !take(&text, "-")) return std::nullopt;
  const auto day = take_number(&text, least_digits, 2);
  if (!day || (chinese && !take(&text, "日")) || !text.empty()) return std::nullopt;
  return CalendarDay{*year, *month, *day};
}

}  // namespace

std::optional<std::int64_t> days_from_civil(CalendarDay day) {
  if (day.year < 1 || day.year > kLastYear || day.month < 1 || day.month > 12) return std::nullopt;
  if (day.day < 1 || day.day > days_in_month(day.year, day.month)) return std::nullopt;
  return count_days(day.year, day.month, day.day);
}

CalendarDay civil_from_days(std::int64_t days) {
  const std::int64_t shifted = days + kDaysFromEraToEpoch;
  const std::int64_t era = floor_div(shifted, kDaysPerEra);
  const std::int64_t day_of_era = shifted - era * kDaysPerEra;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t month_from_march = (5 * day_of_year + 2) / 153;
  const std::int64_t day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
  const std::int64_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  const std::int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  return {static_cast<int>(year), static_cast<int>(month), static_cast<int>(day)};
}

int days_in_month(int year, int month) {
  constexpr std::array<int, 12> kLengths = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : kLengths[static_cast<std::size_t>(month - 1)];
}

std::string date_text(std::int64_t days) {
  const CalendarDay day = civil_from_days(days);
  return fmt::format("{:04}-{:02}-{:02}", day.year, day.month, day.day);
}

std::string month_text(std::int64_t month) {
  return fmt::format("{:04}-{:02}", floor_div(month, 12), month - floor_div(month, 12) * 12 + 1);
}

// Four digits of the year here too, so that what is written can be read again.
std::string date_text_zh(std::int64_t days) {
  const CalendarDay day = civil_from_days(days);
  return fmt::format("{:04}年{}月{}日", day.year, day.month, day.day);
}

std::string month_text_zh(std::int64_t month) {
  return fmt::format("{:04}年{}月", floor_div(month, 12), month - floor_div(month, 12) * 12 + 1);
}

std::optional<std::int64_t> parse_date(std::string_view text, bool* well_formed) {
  const auto parts = take_parts(plain_text(text), true);
  if (well_formed != nullptr) *well_formed = parts.has_value();
  return parts ? days_from_civil(*parts) : std::nullopt;
}

std::optional<std::int64_t> parse_month(std::string_view text, bool* well_formed) {
  const auto parts = take_parts(plain_text(text), false);
  if (well_formed != nullptr) *well_formed = parts.has_value();
  if (!parts || !days_from_civil(*parts)) return std::nullopt;
  return std::int64_t{parts->year} * 12 + parts->month - 1;
}

std::int64_t first_day_of_month(std::int64_t month) {
  const std::int64_t year = floor_div(month, 12);
  return count_days(year, static_cast<int>(month - year * 12) + 1, 1);
}

std::int64_t last_day_of_month(std::int64_t month) { return first_day_of_month(month + 1) - 1; }

std::int64_t month_of_date(std::int64_t days) {
  const CalendarDay day = civil_from_days(days);
  return std::int64_t{day.year} * 12 + day.month - 1;
}

}  // namespace juzhu::value
