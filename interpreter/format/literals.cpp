#include "format/literals.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <vector>

#include "syntax/parse.h"

namespace juzhu::format {

using syntax::Tongue;

namespace {

constexpr std::array<std::string_view, 12> kMonths{"January",   "February", "March",    "April",
                                                   "May",       "June",     "July",     "August",
                                                   "September", "October",  "November", "December"};

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

std::string without_zeros(std::string_view digits) {
  const std::size_t first = digits.find_first_not_of('0');
  return std::string(first == std::string_view::npos ? "0" : digits.substr(first));
}

std::string two_digits(const std::string& digits) {
  return digits.size() < 2 ? "0" + digits : digits;
}

/// Runs of digits of a text.
std::vector<std::string> digit_runs(std::string_view text) {
  std::vector<std::string> runs;
  bool inside = false;
  for (const char letter : text) {
    if (is_digit(letter)) {
      if (!inside) runs.emplace_back();
      runs.back() += letter;
    }
    inside = is_digit(letter);
  }
  return runs;
}

/// The digits before and after the point, and whether 万 stands behind.
struct Digits {
  std::string whole;
  std::string part;
  bool wan = false;
};

Digits digits_of(std::string_view token) {
  std::string text = syntax::fold_width(token);
  Digits digits;
  constexpr std::string_view kWan = "万";
  if (text.ends_with(kWan)) {
    digits.wan = true;
    text.resize(text.size() - kWan.size());
  }
  const std::size_t point = text.find('.');
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (is_digit(text[at])) (at > point ? digits.part : digits.whole) += text[at];
  }
  return digits;
}

void spread_wan(Digits& digits) {
  if (!digits.wan) return;
  digits.wan = false;
  constexpr std::size_t kZeros = 4;
  digits.part.resize(std::max(digits.part.size(), kZeros), '0');
  digits.whole = without_zeros(digits.whole + digits.part.substr(0, kZeros));
  digits.part.erase(0, kZeros);
}

bool is_latin(utf8proc_int32_t point) {
  return (point >= 'A' && point <= 'Z') || (point >= 'a' && point <= 'z') || point == '_';
}

/// As the lexer has it: 的 stands for `'s`.
bool is_han(utf8proc_int32_t point) {
  constexpr utf8proc_int32_t kDe = 0x7684;
  return (point >= 0x3400 && point <= 0x4DBF) ||
         (point >= 0x4E00 && point <= 0x9FFF && point != kDe) || point == 0x3007 ||
         (point >= 0xF900 && point <= 0xFAFF) || (point >= 0x20000 && point <= 0x2FA1F);
}

}  // namespace

DateParts date_parts(std::string_view token) {
  const std::string text = syntax::fold_width(token);
  const std::vector<std::string> runs = digit_runs(text);
  DateParts parts;
  const bool has_year = text.find("年") != std::string::npos || text.find('-') != std::string::npos;
  if (has_year) {
    parts.year = runs[0];
    parts.month = without_zeros(runs[1]);
    if (runs.size() > 2) parts.day = without_zeros(runs[2]);
    return parts;
  }
  if (runs.size() == 2) return {{}, without_zeros(runs[0]), without_zeros(runs[1])};
  for (std::size_t month = 0; month < kMonths.size(); ++month) {
    if (text.ends_with(kMonths[month])) parts.month = std::to_string(month + 1);
  }
  parts.day = without_zeros(runs[0]);
  return parts;
}

std::string date_text(const DateParts& parts, Tongue tongue) {
  std::string chinese = (parts.year.empty() ? "" : parts.year + "年") + parts.month + "月" +
                        (parts.day.empty() ? "" : parts.day + "日");
  if (tongue == Tongue::kChinese) return chinese;
  if (parts.year.empty()) {
    const bool has_name =
        parts.month.size() <= 2 && parts.month != "0" && std::stoi(parts.month) <= 12;
    if (!has_name) return chinese;
    return parts.day + " " +
           std::string(kMonths.at(static_cast<std::size_t>(std::stoi(parts.month)) - 1));
  }
  constexpr std::size_t kYearDigits = 4;
  const bool fits =
      parts.year.size() == kYearDigits && parts.month.size() <= 2 && parts.day.size() <= 2;
  if (!fits) return chinese;
  return parts.year + "-" + two_digits(parts.month) +
         (parts.day.empty() ? "" : "-" + two_digits(parts.day));
}

std::string number_text(std::string_view token, Tongue tongue) {
  std::string folded = syntax::fold_width(token);
  Digits digits = digits_of(token);
  if (!digits.wan || tongue == Tongue::kChinese) return folded;
  spread_wan(digits);
  std::string text = digits.whole;
  if (text.size() > 4) {
    for (std::size_t at = text.size(); at > 3; at -= 3)
      text.insert(at - 3, "_");
  }
  const std::size_t last = digits.part.find_last_not_of('0');
  if (last != std::string::npos) text += "." + digits.part.substr(0, last + 1);
  return text;
}

std::string number_value(std::string_view token) {
  Digits digits = digits_of(token);
  spread_wan(digits);
  std::string text = without_zeros(digits.whole);
  const std::size_t last = digits.part.find_last_not_of('0');
  if (last != std::string::npos) text += "." + digits.part.substr(0, last + 1);
  return text;
}

std::string text_literal(std::string_view token) {
  const std::string content = syntax::string_of(token);
  if (content.find('"') != std::string::npos) return std::string(token);
  return '"' + content + '"';
}

bool is_bare_name(std::string_view name) {
  bool latin = false;
  bool first = true;
  while (!name.empty()) {
    utf8proc_int32_t point = 0;
    const utf8proc_ssize_t length =
        utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(name.data()),
                         static_cast<utf8proc_ssize_t>(name.size()), &point);
    if (length < 1) return false;
    const bool digit = point >= '0' && point <= '9';
    if (first) latin = is_latin(point);
    const bool fits = latin ? is_latin(point) || (digit && !first) : is_han(point);
    if (!fits) return false;
    first = false;
    name.remove_prefix(static_cast<std::size_t>(length));
  }
  return !first;
}

}  // namespace juzhu::format
