// Dates, numbers, texts and names as either tongue writes them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "syntax/keywords.h"

namespace juzhu::format {

/// Year, month and day as written; a part that is not there is empty.
struct DateParts {
  std::string year;
  std::string month;
  std::string day;
  friend bool operator==(const DateParts&, const DateParts&) = default;
};

/// The parts of a DATE, MONTH or MONTH_DAY token, without leading zeros in month and day.
DateParts date_parts(std::string_view token);
/// 2018-03-01 or 2018年3月1日, 2018-03 or 2018年3月, `31 August` or 8月31日; in the other form
/// where the tongue's own cannot say it (a thirteenth month).
std::string date_text(const DateParts& parts, syntax::Tongue tongue);

/// A NUMBER token with ASCII digits; in English 2万 becomes 20_000.
std::string number_text(std::string_view token, syntax::Tongue tongue);
/// Its value as plain digits: no `_`, no 万, no zeros that say nothing.
std::string number_value(std::string_view token);

/// A text in straight quotes, unless it holds one.
std::string text_literal(std::string_view token);

/// Whether a name needs no 「」 by its letters alone.
bool is_bare_name(std::string_view name);

}  // namespace juzhu::format
