#include "value/plain_text.h"

#include <algorithm>
#include <cstdint>

namespace juzhu::value {
namespace {

constexpr std::string_view kBlanks = " \t\r\n\f\v";
constexpr std::string_view kEnumerationComma = "、";

/// The character that three bytes of UTF-8 make, or 0 if they are no such character.
std::uint32_t three_byte_character(std::string_view text, std::size_t at) {
  if (at + 2 >= text.size()) return 0;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  if ((byte(0) & 0xF0U) != 0xE0U || (byte(1) & 0xC0U) != 0x80U || (byte(2) & 0xC0U) != 0x80U) {
    return 0;
  }
  return ((byte(0) & 0x0FU) << 12U) | ((byte(1) & 0x3FU) << 6U) | (byte(2) & 0x3FU);
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

}  // namespace

std::string plain_text(std::string_view text) {
  std::string folded;
  folded.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const std::uint32_t character = three_byte_character(text, i);
    if (character == 0x3000U) {
      folded += ' ';
    } else if (character >= 0xFF01U && character <= 0xFF5EU) {
      folded += static_cast<char>(character - 0xFF01U + '!');
    } else {
      folded += text[i];
      ++i;
      continue;
    }
    i += 3;
  }
  return std::string(trimmed(folded));
}

std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> parts;
  std::string rest = plain_text(text);  // has made ； a ;
  while (!rest.empty()) {
    const std::size_t semicolon = rest.find(';');
    const std::size_t comma = rest.find(kEnumerationComma);
    const std::size_t end = std::min({semicolon, comma, rest.size()});
    std::string part = plain_text(rest.substr(0, end));
    if (!part.empty()) parts.push_back(std::move(part));
    const std::size_t mark = comma < semicolon ? kEnumerationComma.size() : 1;
    rest.erase(0, end + mark);
  }
  return parts;
}

}  // namespace juzhu::value
