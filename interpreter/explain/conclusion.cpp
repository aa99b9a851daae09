#include "explain/conclusion.h"

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "explain/words.h"

namespace juzhu::explain {

namespace {

using eval::OutcomeKind;

class Sentences {
 public:
  Sentences(const Explanation& of, bool chinese) : of_(of), chinese_(chinese) {}

  std::string conclusion() const {
    const std::string key =
        of_.household.empty() ? of_.member_key : of_.household + "/" + of_.member_key;
    const std::string& name = of_.member.in(chinese_);
    const std::string who = key == name ? name : say("{} ({})", "{}（{}）", name, key);
    return say("{}: {} — {}", "{}：{}——{}", who, of_.service.in(chinese_),
               outcome_name(of_.outcome, chinese_));
  }

  std::string reason() const {
    switch (of_.outcome) {
      case OutcomeKind::kGranted:
        return say("Granted by {}.", "依据{}，准予。", rules(of_.deciding));
      case OutcomeKind::kRanked:
        return say("Eligible by {}; the place itself waits for the allocation.",
                   "依据{}符合条件，待分配排位。", rules(of_.deciding));
      case OutcomeKind::kDenied:
        return denied();
      case OutcomeKind::kUnknown:
        return unknown();
      case OutcomeKind::kConflict:
        return conflict();
      case OutcomeKind::kError:
        return failed();
    }
    return {};
  }

 private:
  template <typename... Parts>
  std::string say(std::string_view en, std::string_view zh, const Parts&... parts) const {
    return fmt::format(fmt::runtime(chinese_ ? zh : en), parts...);
  }

  /// The rules that surely decide; if only that one of several does is sure, all of those.
  std::string rules(const std::vector<RuleNote>& notes) const {
    const bool any_sure = !notes.empty() && notes.front().standing == Standing::kDecides;
    std::string text;
    for (const RuleNote& note : notes) {
      if (any_sure && note.standing == Standing::kMayDecide) {
        continue;
      }
      if (!text.empty() && any_sure) {
        text += chinese_ ? "，以及" : ", and by ";
      } else if (!text.empty()) {
        text += chinese_ ? "，或" : ", or by ";
      }
      text += rule_with_citation(note, chinese_);
    }
    return text;
  }

  std::string denied() const {
    if (of_.deciding.empty()) {
      return narrowed();
    }
    const RuleNote& first = of_.deciding.front();
    if (first.gate) {
      return say("No rule of the place grants it, and where none does it is refused by {}.",
                 "当地没有规则准予，按{}，不予。", rules(of_.deciding));
    }
    return say("Refused by {}.", "依据{}，不予。", rules(of_.deciding));
  }

  std::string narrowed() const {
    for (const RuleNote& rule : of_.weighed) {
      for (const RuleNote& narrowing : rule.narrowings) {
        if (narrowing.standing == Standing::kDecides) {
          return say("The conditions of {} are met, but not the further one of {}.",
                     "符合{}的条件，但不符合{}所加的条件。", rule_with_citation(rule, chinese_),
                     rule_with_citation(narrowing, chinese_));
        }
      }
    }
    return of_.weighed.empty()
               ? say("No rule that grants it concerns {}.", "没有适用于{}的准予规则。",
                     of_.member.in(chinese_))
               : say("No rule that grants it applies.", "没有一项准予规则得到满足。");
  }

  std::string unknown() const {
    std::string outcomes;
    for (const Bilingual& one : of_.possible) {
      outcomes += outcomes.empty() ? "" : (chinese_ ? "或" : " or ");
      outcomes += one.in(chinese_);
    }
    std::string text =
        outcomes.empty() ? say("It depends on facts that are not known.", "取决于尚不清楚的事实。")
                         : say("It depends on facts that are not known: {} may come out.",
                               "取决于尚不清楚的事实，结果可能为{}。", outcomes);
    if (of_.open) {
      text += say(" The search for an answer was cut off: there may be one without asking more.",
                  "搜索已达上限：也可能不问即有答案。");
    }
    return text;
  }

  std::string conflict() const {
    std::string text;
    for (const RuleNote& rule : of_.deciding) {
      text += text.empty() ? "" : (chinese_ ? "；" : "; ");
      text += say("{} {} it", "依据{}，{}", rule_with_citation(rule, chinese_),
                  effect_name(rule.effect, chinese_));
    }
    return say("{}. Neither text says which stands over the other.", "{}。条文均未说明何者优先。",
               text);
  }

  std::string failed() const {
    if (of_.failure && of_.failure->of_question) {
      const std::string next = of_.next_begin == 0
                                   ? std::string{}
                                   : say(" The next one begins on {}.", "下一项自{}起施行。",
                                         date_words(of_.next_begin, chinese_));
      if (of_.last_end != 0) {
        return say("No rule on this is in force in {} on {}; the last one ended on {}.",
                   "{}在{}无有效规则；最后一项于{}终止。", of_.place.in(chinese_),
                   date_words(of_.date, chinese_), date_words(of_.last_end, chinese_)) +
               next;
      }
      return say("No rule on this is in force in {} on {}.", "{}在{}无有效规则。",
                 of_.place.in(chinese_), date_words(of_.date, chinese_)) +
             next;
    }
    std::string what;
    if (of_.failure) {
      const std::string& where = of_.failure->declaration.in(chinese_);
      what = where.empty() ? "" : say("{}: ", "{}：", where);
      what += of_.failure->text.in(chinese_);
    }
    return say("The answer could not be worked out. {}.", "无法得出结论。{}。", what);
  }

  const Explanation& of_;
  bool chinese_;
};

}  // namespace

std::string citation_line(const std::vector<Reference>& cites, bool chinese) {
  std::string text;
  const Reference* before = nullptr;
  for (const Reference& cite : cites) {
    const bool same = before != nullptr && before->title.in(chinese) == cite.title.in(chinese) &&
                      before->number == cite.number && !cite.provisions.empty();
    before = &cite;
    if (same) {
      text += (chinese ? "、" : ", ") + cite.provisions.in(chinese);
      continue;
    }
    text += text.empty() ? "" : (chinese ? "；" : "; ");
    text += chinese ? fmt::format("《{}》", cite.title.in(true)) : cite.title.in(false);
    if (!cite.number.empty()) {
      text += chinese ? fmt::format("（{}）", cite.number) : fmt::format(", {}", cite.number);
    }
    const std::string& provisions = cite.provisions.in(chinese);
    if (!provisions.empty()) {
      text += chinese ? provisions : ", " + provisions;
    }
  }
  return text;
}

std::string rule_with_citation(const RuleNote& rule, bool chinese) {
  const std::string cites = citation_line(rule.cites, chinese);
  if (cites.empty()) {
    return fmt::format("“{}”", rule.name.in(chinese));
  }
  return fmt::format(fmt::runtime(chinese ? "“{}”（{}）" : "“{}” ({})"), rule.name.in(chinese),
                     cites);
}

void conclude(Explanation& explanation) {
  const Sentences en(explanation, false);
  const Sentences zh(explanation, true);
  explanation.conclusion = {en.conclusion(), zh.conclusion()};
  explanation.reason = {en.reason(), zh.reason()};
}

}  // namespace juzhu::explain
