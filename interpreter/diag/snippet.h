// A line of source as a terminal shows it, with marks under stretches of it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace juzhu::diag {

/// Text that is safe to print: tabs as four spaces, control characters and broken bytes as U+FFFD.
std::string printable(std::string_view text);
/// At most `columns` columns of a printable text, … in place of what was left out.
std::string shortened(std::string_view text, std::size_t columns);

class SourceLine {
 public:
  /// `keep` is the byte that must stay in sight if the line is too long to show.
  SourceLine(std::string_view line, std::size_t keep);

  [[nodiscard]] const std::string& text() const { return text_; }
  /// Spaces and marks under the bytes [begin, end), at least one mark; for `from` only, the spaces
  /// before.
  [[nodiscard]] std::string underline(std::size_t begin, std::size_t end, char mark) const;

 private:
  struct Cell {
    std::string text;
    std::size_t begin;  ///< byte in the line
    std::size_t width;
  };
  void cut_around(std::size_t keep);

  std::vector<Cell> cells_;
  std::size_t line_end_;
  std::string text_;
};

}  // namespace juzhu::diag
