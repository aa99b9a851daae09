// A score sheet as lines: names on the left, points in a column of their own, what they come from
// behind. Wide characters take two columns, so that both tongues stand in line.
#include <fmt/format.h>

#include <algorithm>

#include "diag/render.h"
#include "explain/conclusion.h"
#include "explain/text_writer.h"
#include "explain/words.h"

namespace juzhu::explain {

namespace {

constexpr std::size_t kWidestName = 32;

class SheetWriter {
 public:
  SheetWriter(Page& page, const ScoreSheet& sheet, bool chinese)
      : page_(page), sheet_(sheet), chinese_(chinese) {}

  void write() {
    page_.line(0, "",
               say("Score sheet: {} of {}: {}", "计分表：{1}的{0}：{2}", sheet_.name.in(chinese_),
                   sheet_.member.in(chinese_), sheet_.total.in(chinese_)),
               Ink::kPlain, Ink::kStrong);
    if (!sheet_.cites.empty()) {
      page_.line(kStep, "", citation_line(sheet_.cites, chinese_), Ink::kPlain, Ink::kFaint);
    }
    missing();
    if (sheet_.ways.empty() && sheet_.known && sheet_.in_force) {
      page_.line(
          kStep, "",
          pick("There is nothing to choose, so there is no score.", "无可选对象，故无积分。"));
    }
    for (const SheetWay& way : sheet_.ways) {
      this->way(way);
    }
    if (sheet_.behind > 0) {
      page_.line(
          kStep, "",
          sheet_.behind == 1
              ? std::string(pick("One more choice gives no more.", "另有一种选取，分数不更高。"))
              : say("{} more choices give no more.", "另有{}种选取，分数不更高。", sheet_.behind));
    }
  }

 private:
  [[nodiscard]] std::string_view pick(std::string_view en, std::string_view zh) const {
    return chinese_ ? zh : en;
  }
  template <typename... Parts>
  [[nodiscard]] std::string say(std::string_view en, std::string_view zh,
                                const Parts&... parts) const {
    return fmt::format(fmt::runtime(pick(en, zh)), parts...);
  }

  void missing() {
    if (sheet_.missing.empty()) {
      return;
    }
    std::vector<std::string> facts;
    for (const MissingFact& fact : sheet_.missing) {
      facts.push_back(
          say("{} ({})", "{}（{}）", fact.fact.in(chinese_), state_name(fact.state, chinese_)));
    }
    page_.line(kStep, "?",
               say("exact with {}", "补充后可确定：{}", fmt::join(facts, chinese_ ? "、" : ", ")),
               Ink::kOpen);
  }

  void measure(const std::vector<SheetLine>& lines, std::size_t depth) {
    for (const SheetLine& line : lines) {
      const std::size_t name = kStep * depth + diag::display_width(line.name.in(chinese_));
      names_ = std::max(names_, std::min(name, kWidestName));
      if (line.kind != sema::PartKind::kLet) {
        numbers_ = std::max(numbers_, diag::display_width(line.value.in(chinese_)));
      }
      measure(line.children, depth + 1);
    }
  }

  [[nodiscard]] std::string row(std::size_t depth, const std::string& name,
                                const std::string& number) const {
    std::string text(kStep * depth, ' ');
    text += name;
    const auto pad = [&](std::size_t wanted) {
      const std::size_t width = diag::display_width(text);
      text.append(width < wanted ? wanted - width : 0, ' ');
    };
    pad(names_);
    const std::size_t width = diag::display_width(number);
    text += "  ";
    pad(names_ + 2 + (numbers_ > width ? numbers_ - width : 0));
    return text + number;
  }

  void put(std::size_t depth, const std::string& name, const std::string& number,
           const std::vector<std::string>& behind, Ink ink = Ink::kPlain) {
    std::string lead = row(depth, name, number);
    std::string text = fmt::format("{}", fmt::join(behind, chinese_ ? "；" : "; "));
    if (!text.empty()) {
      page_.line(kStep, lead + " ", text, ink);
      return;
    }
    while (lead.ends_with(' ')) {
      lead.pop_back();
    }
    page_.raw_line(kStep, lead, ink);
  }

  void line(const SheetLine& line, std::size_t depth) {
    std::vector<std::string> behind;
    const bool is_let = line.kind == sema::PartKind::kLet;
    if (is_let) {
      behind.push_back(line.value.in(chinese_));
    }
    if (line.kind == sema::PartKind::kBestOf) {
      behind.emplace_back(pick("the highest of", "择优"));
    }
    if (!line.how.empty()) {
      behind.push_back(line.how.in(chinese_));
    }
    for (const Bilingual& note : line.notes) {
      behind.push_back(note.in(chinese_));
    }
    if (!line.cites.empty()) {
      behind.push_back(citation_line(line.cites, chinese_));
    }
    put(depth, line.name.in(chinese_), is_let ? "" : line.value.in(chinese_), behind);
    for (const SheetLine& child : line.children) {
      this->line(child, depth + 1);
    }
  }

  void way(const SheetWay& way) {
    std::vector<std::string> chosen;
    for (const auto& [choice, is] : way.chosen) {
      // A row says what it is: "home 1 March 2020 to now".
      const bool says_it = is.in(chinese_).starts_with(choice.in(chinese_));
      chosen.push_back(says_it ? is.in(chinese_)
                               : say("{}: {}", "{}：{}", choice.in(chinese_), is.in(chinese_)));
    }
    if (!chosen.empty()) {
      page_.line(kStep, "",
                 say("counted for {}", "计分对象：{}", fmt::join(chosen, chinese_ ? "；" : "; ")));
    }
    names_ = diag::display_width(pick("total", "总分"));
    numbers_ = diag::display_width(way.total.in(chinese_));
    measure(way.lines, 0);
    for (const SheetLine& each : way.lines) {
      line(each, 0);
    }
    std::vector<std::string> notes;
    for (const Bilingual& note : way.notes) {
      notes.push_back(note.in(chinese_));
    }
    put(0, std::string(pick("total", "总分")), way.total.in(chinese_), notes, Ink::kStrong);
  }

  Page& page_;
  const ScoreSheet& sheet_;
  bool chinese_;
  std::size_t names_ = 0;    ///< columns
  std::size_t numbers_ = 0;  ///< columns
};

}  // namespace

void write_sheet(Page& page, const ScoreSheet& sheet, bool chinese) {
  SheetWriter(page, sheet, chinese).write();
}

std::string to_text(const ScoreSheet& sheet, const TextOptions& options) {
  Page page(options.width, options.color);
  write_sheet(page, sheet, options.chinese);
  return page.take();
}

}  // namespace juzhu::explain
