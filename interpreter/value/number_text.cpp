#include "value/number_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "value/plain_text.h"

namespace juzhu::value {
namespace {

constexpr std::string_view kMinusSign = "−";
constexpr std::int64_t kMonthsPerYear = 12;

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

/// number × 10 + digit, going away from zero; false if that does not fit.
bool append_digit(std::int64_t* number, int digit, bool negative) {
  std::int64_t result = 0;
  if (__builtin_mul_overflow(*number, std::int64_t{10}, &result)) return false;
  if (negative ? __builtin_sub_overflow(result, std::int64_t{digit}, &result)
               : __builtin_add_overflow(result, std::int64_t{digit}, &result)) {
    return false;
  }
  *number = result;
  return true;
}

std::optional<std::int64_t> refuse(NumberProblem why, NumberProblem* problem) {
  *problem = why;
  return std::nullopt;
}

/// Takes the sign from the front; nothing if digits do not follow.
std::optional<bool> take_sign(std::string_view* text) {
  bool negative = false;
  if (text->starts_with(kMinusSign)) {
    negative = true;
    text->remove_prefix(kMinusSign.size());
  } else if (text->starts_with('-') || text->starts_with('+')) {
    negative = text->front() == '-';
    text->remove_prefix(1);
  }
  if (text->empty() || !is_digit(text->front())) return std::nullopt;
  return negative;
}

std::string singular(const std::string& name) {
  return name.size() > 1 && name.back() == 's' ? name.substr(0, name.size() - 1) : name;
}

/// Without trailing zeros after the point.
std::string trimmed_decimal(std::string text) {
  if (text.find('.') == std::string::npos) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

bool is_one(std::int64_t number, int scale) {
  std::int64_t one = 1;
  for (int i = 0; i < scale; ++i)
    one *= 10;
  return number == one || number == -one;
}

/// The unit as a word behind the number; empty if there is none. Products of units: "points/yuan",
/// "m2*day^2".
std::string unit_text(const Unit& unit, const Schema& schema, bool chinese, bool one) {
  std::string above;
  std::string below;
  for (std::size_t i = 0; i < unit.powers.size() && i < schema.units.size(); ++i) {
    const auto power = int{unit.powers[i]};
    if (power == 0) continue;
    const std::string& name = schema.units[i].in(chinese);
    std::string& side = power > 0 ? above : below;
    if (power < 0) {
      side += '/';
    } else if (!side.empty()) {
      side += '*';
    }
    const bool in_english = !chinese || schema.units[i].zh.empty();
    side += in_english && (one || power < 0) ? singular(name) : name;
    if (power > 1 || power < -1) side += fmt::format("^{}", power < 0 ? -power : power);
  }
  return above.empty() && !below.empty() ? "1" + below : above + below;
}

std::string years_text(std::int64_t months, bool chinese) {
  const std::int64_t years = months / kMonthsPerYear;
  const std::int64_t rest = months % kMonthsPerYear;
  std::string text;
  if (years != 0 || rest == 0) {
    text = chinese ? fmt::format("{}年", years)
                   : fmt::format("{} {}", years, years == 1 || years == -1 ? "year" : "years");
  }
  if (rest == 0) return text;
  // The sign stands before the years; months alone carry their own.
  const std::int64_t shown = years != 0 && rest < 0 ? -rest : rest;
  if (chinese) return text + fmt::format("{}个月", shown);
  if (!text.empty()) text += ' ';
  return text + fmt::format("{} {}", shown, shown == 1 || shown == -1 ? "month" : "months");
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// A number and the word behind it: "12 months" as 12 and "months".
struct NumberAndWord {
  std::string number;
  std::string word;
};

NumberAndWord split_word(std::string_view text) {
  std::size_t end = 0;
  if (text.starts_with(kMinusSign)) {
    end = kMinusSign.size();
  } else if (text.starts_with('-') || text.starts_with('+')) {
    end = 1;
  }
  while (end < text.size() && (is_digit(text[end]) || text[end] == '.'))
    ++end;
  return {std::string(text.substr(0, end)), plain_text(text.substr(end))};
}

std::optional<std::int64_t> months_of(const std::string& number, bool in_years,
                                      NumberProblem* problem) {
  const auto value = parse_decimal(number, 0, problem);
  std::int64_t months = 0;
  if (!value) return std::nullopt;
  if (__builtin_mul_overflow(*value, in_years ? kMonthsPerYear : 1, &months)) {
    return refuse(NumberProblem::kTooLarge, problem);
  }
  return months;
}

/// "6", "6 years", "75 months", "6 years 3 months", 6年3个月; a bare number is in the type's own
/// unit.
std::optional<std::int64_t> parse_duration(std::string_view text, bool in_years,
                                           NumberProblem* problem) {
  NumberAndWord first = split_word(text);
  if (first.word.empty()) return months_of(first.number, in_years, problem);
  std::string rest;
  for (const std::string_view word : {"years", "year", "年", "岁", "周岁"}) {
    if (!first.word.starts_with(word)) continue;
    rest = plain_text(std::string_view(first.word).substr(word.size()));
    const auto years = months_of(first.number, true, problem);
    if (!years || rest.empty()) return years;
    const NumberAndWord second = split_word(rest);
    if (second.word.empty()) break;  // "6 years 3"
    const auto months = parse_duration(rest, false, problem);
    if (!months || *months < 0 || *months >= kMonthsPerYear) break;
    return first.number.starts_with('-') ? *years - *months : *years + *months;
  }
  if (!is_one_of(first.word, {"months", "month", "个月", "月"})) {
    return refuse(NumberProblem::kNotANumber, problem);
  }
  return months_of(first.number, false, problem);
}

}  // namespace

std::string decimal_text(std::int64_t number, int scale) {
  if (scale == 0) return fmt::format("{}", number);
  // The least number has no positive twin in 64 bits, so its digits are taken without a sign.
  const bool negative = number < 0;
  const auto magnitude =
      negative ? 0 - static_cast<std::uint64_t>(number) : static_cast<std::uint64_t>(number);
  std::string digits = fmt::format("{:0{}}", magnitude, scale + 1);
  digits.insert(digits.size() - static_cast<std::size_t>(scale), 1, '.');
  return negative ? "-" + digits : digits;
}

std::optional<std::int64_t> parse_decimal(std::string_view text, int scale,
                                          NumberProblem* problem) {
  *problem = NumberProblem::kNone;
  const auto negative = take_sign(&text);
  if (!negative) return refuse(NumberProblem::kNotANumber, problem);
  std::int64_t number = 0;
  bool fits = true;
  int decimals = -1;  // -1: before the point
  for (const char letter : text) {
    if (letter == '.' && decimals < 0) {
      decimals = 0;
      continue;
    }
    if (!is_digit(letter)) return refuse(NumberProblem::kNotANumber, problem);
    if (decimals >= 0) ++decimals;
    fits = fits && append_digit(&number, letter - '0', *negative);
  }
  if (decimals == 0) return refuse(NumberProblem::kNotANumber, problem);  // "5."
  if (decimals > scale) return refuse(NumberProblem::kTooManyDigits, problem);
  for (int i = std::max(decimals, 0); i < scale; ++i)
    fits = fits && append_digit(&number, 0, *negative);
  return fits ? std::optional(number) : refuse(NumberProblem::kTooLarge, problem);
}

std::string quantity_text(std::int64_t number, const Type& type, const Schema& schema,
                          bool chinese) {
  if (type.years) return years_text(number, chinese);
  if (type.percent) {
    if (type.scale >= 2) return trimmed_decimal(decimal_text(number, type.scale - 2)) + "%";
    return decimal_text(number, 0) + (type.scale == 1 ? "0%" : "00%");
  }
  std::string text = decimal_text(number, type.scale);
  const std::string unit = unit_text(type.unit, schema, chinese, is_one(number, type.scale));
  if (unit.empty()) return text;
  return chinese ? text + unit : text + " " + unit;
}

std::optional<std::int64_t> parse_quantity(std::string_view text, const Type& type,
                                           const Schema& schema, NumberProblem* problem) {
  *problem = NumberProblem::kNone;
  const std::string plain = plain_text(text);
  if (type.unit == base_unit(kMonthUnit) && type.scale == 0) {
    return parse_duration(plain, type.years, problem);
  }
  const NumberAndWord parts = split_word(plain);
  if (type.percent) {
    if (!parts.word.empty() && parts.word != "%")
      return refuse(NumberProblem::kNotANumber, problem);
    if (type.scale < 2) return refuse(NumberProblem::kTooManyDigits, problem);
    return parse_decimal(parts.number, type.scale - 2, problem);
  }
  const bool has_unit = is_one_of(parts.word, {unit_text(type.unit, schema, false, false),
                                               unit_text(type.unit, schema, false, true),
                                               unit_text(type.unit, schema, true, false)});
  if (!parts.word.empty() && !has_unit) return refuse(NumberProblem::kNotANumber, problem);
  return parse_decimal(parts.number, type.scale, problem);
}

}  // namespace juzhu::value
