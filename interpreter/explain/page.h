// Lines for a terminal: indented paragraphs with a lead (a sign, a number, a dash) that wrap at a
// width, wide East Asian characters taking two columns. A lead hangs: what wraps stands under the
// text, not under the lead.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace juzhu::explain {

enum class Ink { kPlain, kGood, kBad, kOpen, kFaint, kStrong };

class Page {
 public:
  Page(std::size_t width, bool color) : width_(width), color_(color) {}

  void line(std::size_t indent, std::string_view lead, std::string_view text,
            Ink lead_ink = Ink::kPlain, Ink text_ink = Ink::kPlain);
  /// As it is, columns and all.
  void raw_line(std::size_t indent, std::string_view text, Ink ink = Ink::kPlain);
  void blank();
  [[nodiscard]] std::string take() { return std::exchange(text_, {}); }

 private:
  [[nodiscard]] std::string inked(std::string_view text, Ink ink) const;

  std::string text_;
  std::size_t width_;
  bool color_;
};

}  // namespace juzhu::explain
