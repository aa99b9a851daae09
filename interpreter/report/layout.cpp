#include "report/layout.h"

#include <fmt/format.h>

#include "diag/render.h"

namespace juzhu::report {
namespace {

/// The next piece that must stay on one line: a word with the blanks after it, or one East Asian
/// character.
std::string_view next_piece(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && text[at] != ' ') {
    const std::size_t size = diag::character_size(text.substr(at));
    const bool is_wide = diag::display_width(text.substr(at, size)) == 2;
    if (is_wide && at > 0) return text.substr(0, at);
    at += size;
    if (is_wide) return text.substr(0, at);
  }
  while (at < text.size() && text[at] == ' ')
    ++at;
  return text.substr(0, at);
}

void trim_right(std::string& text) { text.erase(text.find_last_not_of(' ') + 1); }

}  // namespace

std::string pad_left(std::string_view text, std::size_t width) {
  const std::size_t taken = diag::display_width(text);
  return std::string(width > taken ? width - taken : 0, ' ') + std::string(text);
}

std::vector<std::string> wrap(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  std::string line;
  while (!text.empty()) {
    const std::string_view piece = next_piece(text);
    text.remove_prefix(piece.size());
    std::string without_blanks(piece);
    trim_right(without_blanks);
    const bool fits = diag::display_width(line) + diag::display_width(without_blanks) <= width;
    if (!fits && !line.empty()) {
      trim_right(line);
      lines.push_back(std::move(line));
      line.clear();
    }
    line += piece;
  }
  trim_right(line);
  if (!line.empty()) lines.push_back(std::move(line));
  return lines;
}

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3)
    digits.insert(at - 3, ",");
  return digits;
}

std::string percent(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0 || part == 0) return "0 %";
  const std::uint64_t rounded =
      (part * 200 / whole + 1) / 2;  // counts, far below what would overflow
  return rounded == 0 ? "<1 %" : fmt::format("{} %", rounded);
}

std::string number_of(std::uint64_t number, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", grouped(number), number == 1 ? one : many);
}

}  // namespace juzhu::report
