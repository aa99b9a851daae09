// An explanation as a page for a terminal. Every sign has its word beside it, so that the page can
// be read aloud.
#include <fmt/format.h>

#include <algorithm>

#include "explain/conclusion.h"
#include "explain/text_writer.h"
#include "explain/words.h"

namespace juzhu::explain {

void TextWriter::head() {
  page_.line(0, "", of_.conclusion.in(chinese_), Ink::kPlain, Ink::kStrong);
  const std::string level =
      of_.lowest_level == ops::Level::kPractice
          ? std::string(pick("all levels of norms", "各层级规定"))
          : say("norms at or above: {}", "仅{}及以上", level_name(of_.lowest_level, chinese_));
  std::string scope = say("{} · {} · {}", "{} · {} · {}", of_.place.in(chinese_),
                          date_words(of_.date, chinese_), level);
  std::string reforms;
  for (const Bilingual& reform : of_.reforms)
    reforms += std::string(reforms.empty() ? "" : pick(", ", "、")) + reform.in(chinese_);
  if (!reforms.empty()) scope += say(" · under {}", " · 依改革 {}", reforms);
  page_.line(0, "", scope, Ink::kPlain, Ink::kFaint);
  page_.blank();
  page_.line(0, "", of_.reason.in(chinese_));
  if (of_.settled) {
    page_.line(0, "",
               pick("Some facts are not known; whatever they are, the answer is the same.",
                    "有些事实不详，但无论如何答案不变。"));
  }
}

void TextWriter::failure() {
  if (!of_.failure || of_.failure->of_question) {
    return;
  }
  const Failure& failure = *of_.failure;
  title("Where it went wrong", "出错之处");
  std::string what =
      say("{}: {}", "{}：{}", failure.declaration.in(chinese_), failure.text.in(chinese_));
  if (!failure.member.empty()) {
    what += say(" (for {})", "（{}）", failure.member.in(chinese_));
  }
  page_.line(kStep, "!", what, Ink::kBad);
  if (!failure.expression.empty()) {
    page_.line(kStep * 2, "", failure.expression.in(chinese_));
  }
  if (!failure.where.empty()) {
    page_.line(kStep * 2, "", failure.where, Ink::kPlain, Ink::kFaint);
  }
}

void TextWriter::would_grant() {
  if (of_.outcome != eval::OutcomeKind::kDenied) {
    return;
  }
  if (of_.would_grant.empty()) {
    return;
  }
  // Where an allocation gives the places, a way in leads to the list.
  const bool ranks = std::any_of(of_.weighed.begin(), of_.weighed.end(), [](const RuleNote& note) {
    return note.effect == ops::Effect::kRanks;
  });
  const std::string_view en = ranks ? "It would be ranked if" : "It would be granted if";
  const std::string_view zh = ranks ? "进入排位" : "准予";
  const bool one = of_.would_grant.size() == 1;
  title(fmt::format("{}{}", en, one ? "" : " one of these held"),
        fmt::format("如有下列{}变化即可{}", one ? "" : "任一", zh));
  std::size_t number = 0;
  for (const std::vector<Change>& set : of_.would_grant) {
    ++number;
    std::string text;
    for (const Change& change : set) {
      text += text.empty() ? "" : std::string(pick(", and ", "，且"));
      text += change.text.in(chinese_);
      if (!change.now.empty()) {
        text += say(" (now {})", "（现为{}）", change.now.in(chinese_));
      }
      if (change.uncertain) {
        text += pick(" (not known today)", "（目前不详）");
      }
      if (!change.cites.empty()) {
        text += say(" [{}]", "［{}］", citation_line(change.cites, chinese_));
      }
    }
    page_.line(kStep, fmt::format("{}.", number), text);
  }
  if (of_.may_lack_some) {
    page_.line(kStep, "",
               pick("There may be further ways that are not listed.", "可能还有未列出的途径。"));
  }
}

void TextWriter::missing() {
  if (of_.missing.empty()) {
    return;
  }
  title("Facts that would settle it", "补充下列事实即可确定");
  for (const MissingFact& fact : of_.missing) {
    std::string text =
        say("{}: {}", "{}：{}", fact.fact.in(chinese_), state_name(fact.state, chinese_));
    if (!fact.question.empty()) {
      text += say(" — {}", "——{}", fact.question.in(chinese_));
    }
    page_.line(kStep, "?", text, Ink::kOpen);
  }
  if (of_.at_most) {
    page_.line(kStep, "", pick("Perhaps not all of these are needed.", "也许不需要全部。"));
  }
}

void TextWriter::layer(const std::vector<RuleNote>& rules, std::string_view en,
                       std::string_view zh) {
  if (rules.empty()) {
    return;
  }
  title(en, zh);
  for (const RuleNote& rule : rules) {
    page_.line(kStep, "",
               say("{} — {}", "{}——{}", rule_with_citation(rule, chinese_),
                   level_name(rule.level, chinese_)));
  }
}

void TextWriter::layers() {
  layer(of_.law_gives_more, "The higher norm gives more", "上位规定给予更多");
  layer(of_.law_may_give_more, "The higher norm may give more", "上位规定可能给予更多");
  layer(of_.law_gives_less, "More generous than the higher norm", "比上位规定更宽");
}

void TextWriter::marks() {
  if (!of_.marked && of_.marks.empty()) {
    return;
  }
  title("To be read with care", "阅读时请注意");
  for (const Remark& remark : of_.marks) {
    page_.line(kStep, "-",
               say("{}: {}", "{}：{}", remark.about.in(chinese_), remark_words(remark)));
  }
  if (of_.marks.empty()) {
    page_.line(kStep, "-", pick("it rests on something that is marked", "所依据的内容带有标记"));
  }
}

std::string to_text(const Explanation& explanation, const TextOptions& options) {
  return TextWriter(explanation, options).write();
}

}  // namespace juzhu::explain
