#include "explain/page.h"

#include <algorithm>
#include <vector>

#include "diag/render.h"

namespace juzhu::explain {
namespace {

constexpr std::size_t kLeastTextColumns = 24;

std::size_t bytes_of_character(char first) {
  const auto byte = static_cast<unsigned char>(first);
  if (byte >= 0xF0U) {
    return 4;
  }
  if (byte >= 0xE0U) {
    return 3;
  }
  return byte >= 0xC0U ? 2 : 1;
}

/// Marks that may not start a line.
bool must_follow(std::string_view character) {
  static constexpr std::string_view kMarks = "，。；：、）》〕”！？,.;:)";
  return character != " " && kMarks.find(character) != std::string_view::npos;
}

/// Marks that may not end a line.
bool must_precede(std::string_view character) {
  static constexpr std::string_view kMarks = "（《〔“(";
  return kMarks.find(character) != std::string_view::npos;
}

/// What may not be torn apart: a word with the blanks after it, or one wide character with the
/// marks around it.
std::vector<std::string> pieces_of(std::string_view text) {
  std::vector<std::string> pieces;
  bool glue = true;  // the next character belongs to the piece before
  bool after_blank = false;
  bool last_wide = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = std::min(bytes_of_character(text[at]), text.size() - at);
    const std::string_view character = text.substr(at, size);
    const bool wide = diag::display_width(character) > 1;
    const bool breaks = after_blank || ((wide || last_wide) && !must_follow(character));
    if (pieces.empty() || (breaks && !glue && character != " ")) {
      pieces.emplace_back();
    }
    pieces.back() += character;
    glue = must_precede(character);
    after_blank = character == " ";
    last_wide = wide;
    at += size;
  }
  return pieces;
}

std::string without_blanks_at_end(std::string text) {
  while (!text.empty() && text.back() == ' ') {
    text.pop_back();
  }
  return text;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t columns) {
  std::vector<std::string> lines(1);
  std::size_t used = 0;
  for (const std::string& piece : pieces_of(text)) {
    const std::size_t wanted = diag::display_width(without_blanks_at_end(piece));
    if (used > 0 && used + wanted > columns) {
      lines.emplace_back();
      used = 0;
    }
    lines.back() += piece;
    used += diag::display_width(piece);
  }
  for (std::string& line : lines) {
    line = without_blanks_at_end(std::move(line));
  }
  return lines;
}

std::string_view code_of(Ink ink) {
  switch (ink) {
    case Ink::kPlain:
      return "";
    case Ink::kGood:
      return "\x1b[32m";
    case Ink::kBad:
      return "\x1b[31m";
    case Ink::kOpen:
      return "\x1b[33m";
    case Ink::kFaint:
      return "\x1b[2m";
    case Ink::kStrong:
      return "\x1b[1m";
  }
  return "";
}

}  // namespace

std::string Page::inked(std::string_view text, Ink ink) const {
  if (!color_ || ink == Ink::kPlain || text.empty()) {
    return std::string(text);
  }
  return std::string(code_of(ink)) + std::string(text) + "\x1b[0m";
}

void Page::line(std::size_t indent, std::string_view lead, std::string_view text, Ink lead_ink,
                Ink text_ink) {
  const std::size_t hang = lead.empty() ? 0 : diag::display_width(lead) + 1;
  const std::size_t taken = indent + hang;
  const std::size_t columns =
      width_ > taken + kLeastTextColumns ? width_ - taken : kLeastTextColumns;
  bool first = true;
  for (const std::string& part : wrapped(text, columns)) {
    text_ += std::string(indent, ' ');
    if (!lead.empty()) {
      text_ += first ? inked(lead, lead_ink) + " " : std::string(hang, ' ');
    }
    text_ += inked(part, text_ink);
    text_ += '\n';
    first = false;
  }
}

void Page::raw_line(std::size_t indent, std::string_view text, Ink ink) {
  text_ += std::string(indent, ' ') + inked(text, ink) + '\n';
}

void Page::blank() {
  if (!text_.empty()) {
    text_ += '\n';
  }
}

}  // namespace juzhu::explain
