#include "diag/snippet.h"

#include <utf8proc.h>

#include <algorithm>

#include "diag/render.h"

namespace juzhu::diag {
namespace {

constexpr std::size_t kMostColumns = 100;
constexpr std::size_t kColumnsBefore = 40;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::string_view kCut = "…";

/// The next character of a text that is not empty: its bytes, and what to print for it.
struct Shown {
  std::size_t bytes;
  std::string_view text;
};

bool hides_or_harms(utf8proc_int32_t point) {
  switch (utf8proc_category(point)) {
    case UTF8PROC_CATEGORY_CC:  // control
    case UTF8PROC_CATEGORY_CF:  // format: direction marks can make code look like other code
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
      return true;
    default:
      return false;
  }
}

bool starts_harm(std::string_view text) {
  utf8proc_int32_t point = 0;
  const utf8proc_ssize_t length =
      utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                       static_cast<utf8proc_ssize_t>(text.size()), &point);
  return length >= 1 && hides_or_harms(point);
}

Shown next_shown(std::string_view text) {
  utf8proc_int32_t point = 0;
  const utf8proc_ssize_t length =
      utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                       static_cast<utf8proc_ssize_t>(text.size()), &point);
  if (length < 1) return {1, kReplacement};
  const auto bytes = static_cast<std::size_t>(length);
  if (point == '\t') return {bytes, "    "};
  if (hides_or_harms(point)) return {bytes, kReplacement};
  // With its marks, but not with what must not be shown as it is.
  const std::string_view whole = text.substr(0, character_size(text));
  std::size_t end = bytes;
  while (end < whole.size() && !starts_harm(whole.substr(end)))
    ++end;
  return {end, whole.substr(0, end)};
}

}  // namespace

std::string printable(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const Shown shown = next_shown(text);
    result += shown.text;
    text.remove_prefix(shown.bytes);
  }
  return result;
}

std::string shortened(std::string_view text, std::size_t columns) {
  std::string result;
  std::size_t width = 0;
  while (!text.empty()) {
    const Shown shown = next_shown(text);
    width += display_width(shown.text);
    if (width > columns) return result + std::string(kCut);
    result += shown.text;
    text.remove_prefix(shown.bytes);
  }
  return result;
}

SourceLine::SourceLine(std::string_view line, std::size_t keep) : line_end_(line.size()) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < line.size();) {
    // Far beyond what can be shown nothing more is needed.
    if (at > keep && width > kMostColumns && at - keep > 4 * kMostColumns) {
      line_end_ = at;
      break;
    }
    const Shown shown = next_shown(line.substr(at));
    cells_.push_back({std::string(shown.text), at, display_width(shown.text)});
    width += cells_.back().width;
    at += shown.bytes;
  }
  if (width > kMostColumns) cut_around(keep);
  for (const Cell& cell : cells_)
    text_ += cell.text;
}

void SourceLine::cut_around(std::size_t keep) {
  const auto kept = std::find_if(cells_.begin(), cells_.end(),
                                 [&](const Cell& cell) { return cell.begin >= keep; });
  auto first = kept;
  for (std::size_t before = 0; first != cells_.begin() && before < kColumnsBefore;) {
    --first;
    before += first->width;
  }
  auto last = first;
  for (std::size_t width = 0; last != cells_.end() && width < kMostColumns; ++last) {
    width += last->width;
  }
  std::vector<Cell> shown;
  if (first != cells_.begin()) {
    const std::size_t begin = first == cells_.end() ? line_end_ : first->begin;
    shown.push_back({std::string(kCut), begin, display_width(kCut)});
  }
  shown.insert(shown.end(), first, last);
  const std::size_t end = last == cells_.end() ? line_end_ : last->begin;
  if (last != cells_.end() || end < line_end_) {
    shown.push_back({std::string(kCut), end, display_width(kCut)});
  }
  cells_ = std::move(shown);
}

std::string SourceLine::underline(std::size_t begin, std::size_t end, char mark) const {
  std::string result;
  std::size_t marks = 0;
  for (const Cell& cell : cells_) {
    const bool is_cut = cell.text == kCut && &cell == &cells_.front();
    if (cell.begin < begin || (is_cut && cell.begin <= begin)) {
      result.append(cell.width, ' ');
    } else if (cell.begin < end) {
      marks += cell.width;
    }
  }
  result.append(std::max<std::size_t>(marks, 1), mark);
  return result;
}

}  // namespace juzhu::diag
