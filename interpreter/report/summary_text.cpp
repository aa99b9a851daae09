#include "report/summary_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "diag/render.h"
#include "explain/words.h"
#include "report/answer_line.h"
#include "report/layout.h"

namespace juzhu::report {
namespace {

using eval::OutcomeKind;
using Counted = std::pair<std::string, Amount>;

constexpr std::size_t kNumberColumns = 9;
constexpr std::size_t kReasonsShown = 3;
constexpr std::size_t kMarksShown = 6;
constexpr std::size_t kCitiesShown = 4;

constexpr std::array kColumns{OutcomeKind::kGranted, OutcomeKind::kRanked,   OutcomeKind::kDenied,
                              OutcomeKind::kUnknown, OutcomeKind::kConflict, OutcomeKind::kError};

/// Most first; equal ones by name.
std::vector<Counted> by_count(const std::map<std::string, Amount>& amounts) {
  std::vector<Counted> sorted(amounts.begin(), amounts.end());
  std::stable_sort(sorted.begin(), sorted.end(), [](const Counted& left, const Counted& right) {
    return left.second.count > right.second.count;
  });
  return sorted;
}

void merge(std::map<std::string, Amount>& into, const std::map<std::string, Amount>& from) {
  for (const auto& [name, amount] : from) {
    into[name].count += amount.count;
    into[name].millionths += amount.millionths;
  }
}

class Writer {
 public:
  Writer(const Summary& summary, const SummaryHead& head, const sema::Program& program,
         bool chinese, std::string_view places)
      : summary_(summary), head_(head), program_(program), chinese_(chinese), given_(places) {}

  std::string text() {
    write_head();
    if (summary_.children > 0) {
      write_table(false);
      if (summary_.weighted) write_table(true);
      for (const ServiceTally& tally : summary_.services)
        write_reasons(tally);
      write_missing();
      write_grounds();
    }
    text_ += given_;
    write_next();
    return std::move(text_);
  }

 private:
  std::string_view say(std::string_view en, std::string_view zh) const {
    return chinese_ ? zh : en;
  }

  std::string places() const {
    const value::PlaceTree& tree = program_.schema->places;
    const auto name = [&](value::PlaceNode node) {
      if (node == value::kRootPlace) return std::string(say("place not known", "地点不详"));
      return chinese_ ? tree.path_zh(node) : tree.path_en(node);
    };
    if (head_.place) return name(*head_.place);
    std::vector<std::pair<value::PlaceNode, std::uint64_t>> cities(summary_.cities.begin(),
                                                                   summary_.cities.end());
    std::stable_sort(cities.begin(), cities.end(), [](const auto& left, const auto& right) {
      // What is not known comes last.
      const bool left_known = left.first != value::kRootPlace;
      const bool right_known = right.first != value::kRootPlace;
      return left_known != right_known ? left_known : left.second > right.second;
    });
    std::vector<std::string> names;
    for (std::size_t at = 0; at < std::min(cities.size(), kCitiesShown); ++at) {
      names.push_back(name(cities[at].first));
    }
    std::string shown = fmt::format("{}", fmt::join(names, say(", ", "、")));
    if (cities.size() > kCitiesShown) {
      shown += chinese_ ? fmt::format("等 {} 地", cities.size())
                        : fmt::format(" and {} more", cities.size() - kCitiesShown);
    }
    return shown;
  }

  void write_head() {
    const std::string date = value::date_text(head_.date);
    const std::string today(head_.date_is_today ? say(" (today)", "（今天）") : "");
    std::string level;
    if (head_.lowest_level != ops::Level::kPractice) {
      const std::string_view name = explain::level_name(head_.lowest_level, chinese_);
      level = chinese_ ? fmt::format(" · {}及以上", name) : fmt::format(" · {} and above", name);
    }
    if (!head_.reforms.empty()) {
      level += chinese_ ? fmt::format(" · 依改革 {}", fmt::join(head_.reforms, "、"))
                        : fmt::format(" · under reform {}", fmt::join(head_.reforms, ", "));
    }
    const std::string line =
        chinese_ ? fmt::format("{} · {}{} 施行的规则{} · {} 户，{} 名儿童", places(), date, today,
                               level, grouped(summary_.households), grouped(summary_.children))
                 : fmt::format("{} · rules in force on {}{}{} · {}, {}", places(), date, today,
                               level, number_of(summary_.households, "household", "households"),
                               number_of(summary_.children, "child", "children"));
    for (const std::string& part : wrap(line, kTerminalColumns))
      text_ += part + "\n";
  }

  [[nodiscard]] bool column_shows(OutcomeKind kind) const {
    // Errors are rare, and a column of noughts would only worry people.
    return kind != OutcomeKind::kError ||
           std::any_of(
               summary_.services.begin(), summary_.services.end(),
               [](const ServiceTally& tally) { return tally.of(OutcomeKind::kError).count > 0; });
  }

  void write_table(bool weighted) {
    std::vector<OutcomeKind> columns;
    for (const OutcomeKind kind : kColumns) {
      if (column_shows(kind)) columns.push_back(kind);
    }
    const std::size_t name_width = kTerminalColumns - kNumberColumns * columns.size();
    text_ += "\n";
    text_ +=
        diag::pad_right(weighted ? say("weighted", "加权") : say("service", "服务"), name_width);
    for (const OutcomeKind kind : columns) {
      text_ += pad_left(explain::outcome_name(kind, chinese_), kNumberColumns);
    }
    text_ += "\n";
    for (const ServiceTally& tally : summary_.services) {
      const std::string name = service(tally.service);
      const bool fits = diag::display_width(name) <= name_width;
      if (!fits) text_ += name + "\n";
      text_ += diag::pad_right(fits ? std::string_view(name) : "", name_width);
      for (const OutcomeKind kind : columns) {
        const Amount& amount = tally.of(kind);
        const std::uint64_t number =
            weighted ? (amount.millionths + 500'000) / 1'000'000 : amount.count;
        text_ += pad_left(grouped(number), kNumberColumns);
      }
      text_ += "\n";
    }
  }

  std::string service(std::uint32_t id) const {
    return explain::display_name(program_.services[id].name, chinese_);
  }

  /// A line of a list: numbers, then words that may need several lines.
  void write_item(std::string_view numbers, std::string_view words) {
    const std::size_t indent = diag::display_width(numbers);
    bool first = true;
    for (const std::string& part : wrap(words, kTerminalColumns - indent)) {
      text_ += first ? std::string(numbers) : std::string(indent, ' ');
      text_ += part + "\n";
      first = false;
    }
  }

  void write_more(std::size_t shown, std::size_t all) {
    if (all <= shown) return;
    text_ += chinese_ ? fmt::format("  ……另有 {} 项\n", all - shown)
                      : fmt::format("  … and {} more\n", all - shown);
  }

  void write_reasons(const ServiceTally& tally) {
    const std::uint64_t denied = tally.of(OutcomeKind::kDenied).count;
    if (denied == 0) return;
    const std::vector<Counted> reasons = by_count(tally.only_because);
    text_ += "\n";
    if (reasons.empty()) {
      text_ += chinese_
                   ? fmt::format("{}：{} 名被拒，均非只差一项\n", service(tally.service), denied)
                   : fmt::format("Denied {}: {}, none for one condition alone\n",
                                 service(tally.service), grouped(denied));
      return;
    }
    text_ += chinese_
                 ? fmt::format("{}：{} 名被拒，其中只差任何一项即可的：\n", service(tally.service),
                               denied)
                 : fmt::format("Denied {}: {}. Any one of these alone would have been enough:\n",
                               service(tally.service), grouped(denied));
    for (std::size_t at = 0; at < std::min(reasons.size(), kReasonsShown); ++at) {
      const auto& [label, amount] = reasons[at];
      write_item(fmt::format("  {}{}  ", pad_left(percent(amount.count, denied), 5),
                             pad_left(grouped(amount.count), 7)),
                 label);
    }
    write_more(kReasonsShown, reasons.size());
  }

  void write_missing() {
    std::map<std::string, Amount> missing;
    std::map<std::string, Amount> alone;
    std::uint64_t unknown = 0;
    for (const ServiceTally& tally : summary_.services) {
      merge(missing, tally.missing);
      merge(alone, tally.settles_alone);
      unknown += tally.of(OutcomeKind::kUnknown).count;
    }
    if (unknown == 0) return;
    text_ += chinese_ ? fmt::format("\n{} 个答案未知，取决于：\n", grouped(unknown))
                      : fmt::format("\nNot known: {} on\n",
                                    number_of(unknown, "answer. It hangs", "answers. They hang"));
    const std::vector<Counted> facts = by_count(missing);
    for (std::size_t at = 0; at < std::min(facts.size(), kReasonsShown); ++at) {
      const auto& [fact, amount] = facts[at];
      std::string words = fact;
      if (const auto found = alone.find(fact); found != alone.end()) {
        words += chinese_ ? fmt::format("（单凭此项可定 {} 个）", found->second.count)
                          : fmt::format(" (settles {} by itself)", found->second.count);
      }
      write_item(fmt::format("  {}  ", pad_left(grouped(amount.count), 5)), words);
    }
    write_more(kReasonsShown, facts.size());
  }

  void write_grounds() {
    std::map<std::string, Amount> higher;
    std::map<std::string, Amount> errors;
    std::uint64_t marked = 0;
    std::uint64_t all = 0;
    std::uint64_t failed = 0;
    for (const ServiceTally& tally : summary_.services) {
      merge(higher, tally.conflicts_with);
      merge(errors, tally.errors);
      marked += tally.marked.count;
      all += tally.total();
      failed += tally.of(OutcomeKind::kError).count;
    }
    if (marked == 0 && higher.empty() && failed == 0) return;
    text_ += "\n";
    if (marked > 0) {
      write_item(
          "",
          chinese_
              ? fmt::format("{} 个答案中有 {} 个的依据须留意：", grouped(all), grouped(marked))
              : fmt::format("{} of {} {} on readings to be taken with care:", grouped(marked),
                            number_of(all, "answer", "answers"), marked == 1 ? "rests" : "rest"));
      write_rests_on();
    }
    write_counts(say("Against a higher norm: ", "与上位规定不一致："), higher);
    write_counts(say("Could not be worked out: ", "无法得出："), in_words(errors));
  }

  static std::string_view reason_words(explain::RemarkKind kind, bool chinese) {
    switch (kind) {
      case explain::RemarkKind::kVague:
        return chinese ? "含义不明" : "vague";
      case explain::RemarkKind::kNotEncoded:
        return chinese ? "未完整编入" : "not encoded in full";
      case explain::RemarkKind::kRecalled:
        return chinese ? "凭记忆" : "recalled";
      case explain::RemarkKind::kDoubtful:
        return chinese ? "存疑" : "doubtful";
      case explain::RemarkKind::kDayNotKnown:
        return chinese ? "起止日不详" : "day not known";
      case explain::RemarkKind::kOverLimit:
        return chinese ? "超出上位限制" : "against a higher limit";
      case explain::RemarkKind::kForbidden:
        return chinese ? "依据禁用事实" : "rests on a forbidden fact";
      case explain::RemarkKind::kNote:
        return {};
    }
    return {};
  }

  /// What they rest on, each with its citation and how many answers.
  void write_rests_on() {
    std::map<Reason, Amount> reasons;
    for (const ServiceTally& tally : summary_.services) {
      for (const auto& [reason, amount] : tally.rests_on) {
        reasons[reason].count += amount.count;
        reasons[reason].millionths += amount.millionths;
      }
    }
    std::vector<std::pair<Reason, Amount>> sorted(reasons.begin(), reasons.end());
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto& left, const auto& right) {
      return left.second.count > right.second.count;
    });
    for (std::size_t at = 0; at < std::min(sorted.size(), kMarksShown); ++at) {
      const auto& [reason, amount] = sorted[at];
      std::string words =
          fmt::format("{}{}{}", reason_words(reason.kind, chinese_), say(": ", "："), reason.about);
      if (!reason.cites.empty())
        words += fmt::format("{}{}{}", say(" (", "（"), reason.cites, say(")", "）"));
      write_item(fmt::format("  {}  ", pad_left(grouped(amount.count), 5)), words);
    }
    write_more(kMarksShown, sorted.size());
  }

  /// Error codes as people say them.
  std::map<std::string, Amount> in_words(const std::map<std::string, Amount>& errors) const {
    std::map<std::string, Amount> words;
    constexpr auto kLast = static_cast<std::size_t>(value::ErrorCode::kNoRuleInForce);
    for (std::size_t at = 0; at <= kLast; ++at) {
      const auto code = static_cast<value::ErrorCode>(at);
      const auto found = errors.find(std::string(value::error_name(code)));
      if (found == errors.end()) continue;
      words[std::string(explain::error_words(code, chinese_))] = found->second;
    }
    return words;
  }

  void write_counts(std::string_view heading, const std::map<std::string, Amount>& amounts) {
    if (amounts.empty()) return;
    std::vector<std::string> parts;
    for (const auto& [name, amount] : by_count(amounts)) {
      parts.push_back(
          fmt::format(fmt::runtime(say("{} ({})", "{}（{}）")), name, grouped(amount.count)));
    }
    write_item("", fmt::format("{}{}", heading, fmt::join(parts, say(", ", "，"))));
  }

  void write_next() {
    if (summary_.next.household.empty() || head_.explain_command.empty()) return;
    text_ += fmt::format("{}{} --child {}/{} --service {}\n", say("\nNext: ", "\n下一步："),
                         head_.explain_command, summary_.next.household, summary_.next.child,
                         program_.services[summary_.next.service].name.in(chinese_));
  }

  const Summary& summary_;
  const SummaryHead& head_;
  const sema::Program& program_;
  bool chinese_;
  std::string_view given_;
  std::string text_;
};

}  // namespace

std::string summary_text(const Summary& summary, const SummaryHead& head,
                         const sema::Program& program, bool chinese, std::string_view places) {
  return Writer(summary, head, program, chinese, places).text();
}

}  // namespace juzhu::report
