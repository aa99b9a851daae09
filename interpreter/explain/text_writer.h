// The inside of to_text(): one page about one explanation. text.cpp holds the head and the parts of
// the page, text_rules.cpp the rules, text_nodes.cpp conditions and what stands behind them. Not
// seen outside this room.
#pragma once

#include <fmt/format.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "explain/explain.h"
#include "explain/page.h"

namespace juzhu::explain {

inline constexpr std::size_t kStep = 2;  ///< columns of one level
inline constexpr std::size_t kDeepestIndent = 24;

/// A score sheet as a table that is aligned in both tongues.
void write_sheet(Page& page, const ScoreSheet& sheet, bool chinese);

class TextWriter {
 public:
  TextWriter(const Explanation& of, const TextOptions& options)
      : of_(of),
        options_(options),
        chinese_(options.chinese),
        page_(options.width, options.color) {}

  std::string write() {
    head();
    if (of_.outcome == eval::OutcomeKind::kError) {
      failure();
    }
    rules();
    would_grant();
    missing();
    for (const ScoreSheet& sheet : of_.scores) {
      page_.blank();
      write_sheet(page_, sheet, chinese_);
    }
    layers();
    marks();
    return page_.take();
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
  void title(std::string_view en, std::string_view zh) {
    page_.blank();
    page_.line(0, "", pick(en, zh), Ink::kPlain, Ink::kStrong);
  }

  void head();
  void failure();
  void rules();
  void rule(const RuleNote& note, std::size_t indent);
  void rule_source(const RuleNote& note, std::size_t indent);
  void remarks(const std::vector<Remark>& remarks, std::size_t indent, bool with_notes);
  void would_grant();
  void missing();
  void layers();
  void layer(const std::vector<RuleNote>& rules, std::string_view en, std::string_view zh);
  void marks();
  /// `shown`: what stands behind the conditions is shown too, not only the conditions.
  void node(const Node& node, std::size_t indent, bool shown, const Node* parent);
  void children(const Node& parent, std::size_t indent, bool shown);
  [[nodiscard]] const Node* stands_for(const Node& node) const;
  [[nodiscard]] std::string condition_line(const Node& node) const;
  void evidence(const Node& node, std::size_t indent, const Node* parent);
  [[nodiscard]] std::string evidence_line(const Node& node) const;
  [[nodiscard]] std::string standing(const RuleNote& note) const;
  [[nodiscard]] std::string beaten(const RuleNote& note) const;
  [[nodiscard]] std::string over_words(Over over) const;
  [[nodiscard]] std::string remark_words(const Remark& remark) const;
  [[nodiscard]] std::string period(std::int64_t from, std::int64_t to) const;

  const Explanation& of_;
  const TextOptions& options_;
  bool chinese_;
  Page page_;
  std::set<std::string> said_;  ///< lines about definitions and parameters, once for each rule
};

}  // namespace juzhu::explain
