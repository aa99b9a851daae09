#include "lint/written_bounds.h"

#include <algorithm>
#include <array>
#include <optional>

namespace juzhu::lint {
namespace {

struct Words {
  std::string_view text;
  bool lower;
  bool strict;
};

/// Before the number; the longer before what they end with.
constexpr std::array kBefore{
    Words{"不超过", false, false},       Words{"不高于", false, false},
    Words{"不多于", false, false},       Words{"不大于", false, false},
    Words{"至多", false, false},         Words{"不少于", true, false},
    Words{"不低于", true, false},        Words{"不小于", true, false},
    Words{"至少", true, false},          Words{"超过", true, true},
    Words{"高于", true, true},           Words{"多于", true, true},
    Words{"大于", true, true},           Words{"不满", false, true},
    Words{"未满", false, true},          Words{"不足", false, true},
    Words{"低于", false, true},          Words{"少于", false, true},
    Words{"小于", false, true},          Words{"not more than", false, false},
    Words{"no more than", false, false}, Words{"not exceeding", false, false},
    Words{"at most", false, false},      Words{"up to", false, false},
    Words{"not less than", true, false}, Words{"no less than", true, false},
    Words{"not under", true, false},     Words{"at least", true, false},
    Words{"more than", true, true},      Words{"exceeding", true, true},
    Words{"over", true, true},           Words{"less than", false, true},
    Words{"under", false, true},         Words{"below", false, true},
};

/// Behind the number and its unit.
constexpr std::array kBehind{
    Words{"以上", true, false},     Words{"以下", false, false},     Words{"以内", false, false},
    Words{"or more", true, false},  Words{"or over", true, false},   Words{"or older", true, false},
    Words{"or less", false, false}, Words{"or under", false, false},
};

constexpr bool is_digit(char sign) { return sign >= '0' && sign <= '9'; }

struct Numeral {
  std::string_view sign;
  unsigned value;  ///< below 10 a digit, else what the digit before it is multiplied with
};
constexpr std::array kNumerals{
    Numeral{"一", 1},  Numeral{"二", 2},   Numeral{"两", 2},    Numeral{"三", 3}, Numeral{"四", 4},
    Numeral{"五", 5},  Numeral{"六", 6},   Numeral{"七", 7},    Numeral{"八", 8}, Numeral{"九", 9},
    Numeral{"十", 10}, Numeral{"百", 100}, Numeral{"千", 1000},
};

struct Number {
  std::size_t end;
  std::string digits;
};

std::optional<Number> digits_at(std::string_view text, std::size_t begin) {
  Number number{begin, {}};
  for (std::size_t at = begin; at < text.size(); ++at) {
    const bool inside = at > begin && at + 1 < text.size() && is_digit(text[at + 1]);
    if (is_digit(text[at]) || (text[at] == '.' && inside)) {
      number.digits += text[at];
    } else if (!(inside && (text[at] == '_' || text[at] == ','))) {
      break;
    }
    number.end = at + 1;
  }
  if (number.digits.empty()) return std::nullopt;
  return number;
}

std::optional<Number> numerals_at(std::string_view text, std::size_t begin) {
  unsigned total = 0;
  unsigned digit = 0;
  std::size_t at = begin;
  for (bool more = true; more && at < text.size();) {
    const std::string_view rest = text.substr(at);
    const auto* const found =
        std::find_if(kNumerals.begin(), kNumerals.end(),
                     [&](const Numeral& each) { return rest.starts_with(each.sign); });
    more = found != kNumerals.end();
    if (!more) break;
    if (found->value < kNumerals[10].value) {
      digit = found->value;
    } else {
      total += (digit == 0 ? 1 : digit) * found->value;
      digit = 0;
    }
    at += found->sign.size();
  }
  if (at == begin) return std::nullopt;
  return Number{at, std::to_string(total + digit)};
}

std::string_view without_blanks_behind(std::string_view text) {
  while (!text.empty() && text.back() == ' ')
    text.remove_suffix(1);
  return text;
}

/// An English word is one only between blanks; Chinese has none.
bool ends_with_word(std::string_view text, std::string_view word) {
  if (!text.ends_with(word)) return false;
  const bool latin = static_cast<unsigned char>(word.front()) < 0x80U;
  return !latin || text.size() == word.size() || text[text.size() - word.size() - 1] == ' ';
}

/// 个月, 周岁 or " months of insurance" may stand between a number and what is behind it, but no
/// sign that ends the phrase.
const Words* behind(std::string_view text) {
  constexpr std::size_t kFurthest = 24;
  constexpr std::string_view kEnds[] = {",", ";", ".", "，", "；", "。", "、"};
  std::size_t end = std::min(text.size(), kFurthest);
  for (const std::string_view sign : kEnds)
    end = std::min(end, text.find(sign));
  const Words* first = nullptr;
  std::size_t nearest = end;
  for (const Words& words : kBehind) {
    const std::size_t at = text.substr(0, end).find(words.text);
    if (at >= nearest) continue;
    nearest = at;
    first = &words;
  }
  return first;
}

}  // namespace

std::string leading_number(std::string_view text) {
  const auto number = digits_at(text, 0);
  return number ? number->digits : std::string{};
}

std::vector<WrittenBound> bounds_in(std::string_view text) {
  std::vector<WrittenBound> found;
  for (std::size_t at = 0; at < text.size();) {
    auto number = digits_at(text, at);
    if (!number) number = numerals_at(text, at);
    if (!number) {
      ++at;
      continue;
    }
    const std::string_view before = without_blanks_behind(text.substr(0, at));
    const std::string_view after = text.substr(number->end);
    const auto* const words = std::find_if(kBefore.begin(), kBefore.end(), [&](const Words& each) {
      return ends_with_word(before, each.text);
    });
    const std::string_view written = text.substr(at, number->end - at);
    if (words != kBefore.end()) {
      const bool latin = static_cast<unsigned char>(words->text.front()) < 0x80U;
      found.push_back({number->digits, words->lower, words->strict,
                       std::string(words->text) + (latin ? " " : "") + std::string(written)});
    } else if (const Words* const later = behind(after); later != nullptr) {
      const std::size_t end = after.find(later->text) + later->text.size();
      found.push_back({number->digits, later->lower, later->strict,
                       std::string(written) + std::string(after.substr(0, end))});
    }
    at = number->end;
  }
  return found;
}

}  // namespace juzhu::lint
