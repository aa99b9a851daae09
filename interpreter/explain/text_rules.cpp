// The rules on a page: how each stands, its source, its conditions.
#include <fmt/format.h>

#include "explain/conclusion.h"
#include "explain/text_writer.h"
#include "explain/words.h"

namespace juzhu::explain {

void TextWriter::rules() {
  if (!of_.deciding.empty()) {
    if (of_.outcome == eval::OutcomeKind::kUnknown) {
      title("What it hangs on", "取决于");
    } else if (of_.outcome == eval::OutcomeKind::kConflict) {
      title("What disagrees", "相互冲突的规定");
    } else {
      title("What decides", "决定依据");
    }
    for (const RuleNote& note : of_.deciding) {
      rule(note, kStep);
    }
  }
  if (!of_.weighed.empty()) {
    title("Also weighed", "一并考虑");
    for (const RuleNote& note : of_.weighed) {
      rule(note, kStep);
    }
  }
  if (of_.not_concerned.empty()) {
    return;
  }
  std::string names;
  for (const RuleNote& note : of_.not_concerned) {
    names += names.empty() ? "" : std::string(pick(", ", "、"));
    names += note.name.in(chinese_);
  }
  page_.blank();
  page_.line(0, "", say("Not about {}: {}.", "不涉及{}：{}。", of_.member.in(chinese_), names));
  if (options_.all) {
    for (const RuleNote& note : of_.not_concerned) {
      rule(note, kStep);
    }
  }
}

void TextWriter::rule(const RuleNote& note, std::size_t indent) {
  page_.line(indent, "", say("{} — {}", "{}——{}", note.name.in(chinese_), standing(note)),
             Ink::kPlain, Ink::kStrong);
  rule_source(note, indent + kStep);
  const bool decides = note.standing == Standing::kDecides || note.standing == Standing::kMayDecide;
  remarks(note.remarks, indent + kStep, decides || options_.all);
  said_.clear();
  // A refusal that does not apply needs no proof in full; a way in that failed does.
  const bool brief = !options_.all && !decides && note.effect == ops::Effect::kDenies;
  for (const Node& condition : note.conditions) {
    const bool failing = of_.outcome != eval::OutcomeKind::kError || options_.all ||
                         condition.truth == Truth::kError;
    if (failing && (!brief || condition.truth != Truth::kYes)) {
      node(condition, indent + kStep, decides, nullptr);
    }
  }
  for (const RuleNote& narrowing : note.narrowings) {
    page_.line(indent + kStep, "+",
               say("further condition: {} ({})", "另加条件：{}（{}）", narrowing.name.in(chinese_),
                   citation_line(narrowing.cites, chinese_)));
    for (const Node& condition : narrowing.conditions) {
      node(condition, indent + kStep * 2, decides, nullptr);
    }
  }
}

void TextWriter::rule_source(const RuleNote& note, std::size_t indent) {
  const std::string cites = citation_line(note.cites, chinese_);
  page_.line(indent, "",
             cites.empty() ? std::string(pick("no source is cited", "未注明依据")) : cites);
  std::string about(level_name(note.level, chinese_));
  if (!note.places.empty()) {
    about += " · " + note.places.in(chinese_);
  }
  const std::string dates = period(note.from, note.to);
  about += dates.empty() ? "" : " · " + dates;
  for (const Reference& cite : note.cites) {
    if (cite.confidence != sema::Confidence::kOfficial) {
      about += " · " + std::string(confidence_name(cite.confidence, chinese_));
      break;
    }
  }
  if (!note.where.empty() && options_.all) {
    about += " · " + note.where;
  }
  page_.line(indent, "", about, Ink::kPlain, Ink::kFaint);
}

std::string TextWriter::period(std::int64_t from, std::int64_t to) const {
  const bool starts = from > value::kFirstDate;
  const bool ends = to < value::kLastDate;
  if (starts && ends) {
    return say("in force {} to {}", "施行于{}至{}", date_words(from, chinese_),
               date_words(to, chinese_));
  }
  if (starts) {
    return say("in force since {}", "自{}施行", date_words(from, chinese_));
  }
  return ends ? say("in force until {}", "施行至{}", date_words(to, chinese_)) : std::string();
}

std::string TextWriter::standing(const RuleNote& note) const {
  const std::string_view effect = effect_name(note.effect, chinese_);
  switch (note.standing) {
    case Standing::kDecides:
      if (note.gate) {
        return std::string(
            pick("denies what no rule of the place grants", "当地无规则准予者，不予"));
      }
      return say("applies, {}", "适用，{}", effect);
    case Standing::kMayDecide:
      return say("may apply, {}", "可能适用，{}", effect);
    case Standing::kNotConcerned:
      return std::string(pick("not about this child", "不涉及此人"));
    case Standing::kNotMet:
      return note.effect == ops::Effect::kDenies
                 ? std::string(pick("a refusal that does not apply", "不予情形，不适用"))
                 : std::string(pick("conditions not met", "条件不符"));
    case Standing::kNarrowed:
      return std::string(pick("a further condition is not met", "所加条件不符"));
    case Standing::kBeaten:
      return beaten(note);
    case Standing::kFails:
      return std::string(pick("could not be worked out", "无法得出"));
    case Standing::kApplies:
      return say("applies, {}, but does not decide", "适用，{}，但不起决定作用", effect);
  }
  return {};
}

std::string TextWriter::beaten(const RuleNote& note) const {
  const bool agrees =
      (note.effect == ops::Effect::kGrants && of_.outcome == eval::OutcomeKind::kGranted) ||
      (note.effect == ops::Effect::kDenies && of_.outcome == eval::OutcomeKind::kDenied);
  if (agrees) {
    return say("applies too, {}", "也适用，{}", effect_name(note.effect, chinese_));
  }
  std::string text(pick("gives way", "让位"));
  for (const auto& [name, over] : note.beaten_by) {
    text = say("gives way to {} ({})", "让位于{}（{}）", name.in(chinese_), over_words(over));
    break;  // one that stands over it is reason enough
  }
  return text;
}

std::string TextWriter::over_words(Over over) const {
  switch (over) {
    case Over::kOverrides:
      return std::string(pick("which says so", "条文明定优先"));
    case Over::kPlace:
      return std::string(pick("the more special place", "地域更具体"));
    case Over::kGate:
      return std::string(pick("any rule of the place stands over a gate", "兜底规定居后"));
    case Over::kLater:
      return std::string(pick("the later text", "施行在后"));
    case Over::kThroughOthers:
      return std::string(pick("by way of other rules", "经由其他规则"));
  }
  return {};
}

std::string TextWriter::remark_words(const Remark& remark) const {
  switch (remark.kind) {
    case RemarkKind::kNote:
      return remark.text.in(chinese_);
    case RemarkKind::kVague:
      return say("the text is vague: {}", "含义不明：{}", remark.text.in(chinese_));
    case RemarkKind::kNotEncoded:
      return say("left out of the rule: {}", "未编入：{}", remark.text.in(chinese_));
    case RemarkKind::kRecalled:
      return std::string(pick("written from memory", "凭记忆写入"));
    case RemarkKind::kDoubtful:
      return std::string(pick("doubtful", "存疑"));
    case RemarkKind::kDayNotKnown:
      return std::string(pick("the exact day it starts or ends is not known", "起止日不详"));
    case RemarkKind::kOverLimit:
    case RemarkKind::kForbidden:
      return remark.text.in(chinese_);
  }
  return {};
}

void TextWriter::remarks(const std::vector<Remark>& remarks, std::size_t indent, bool with_notes) {
  for (const Remark& remark : remarks) {
    // Marks have their own part of the page; beside the rule only what explains it.
    if (remark.kind == RemarkKind::kNote && with_notes) {
      page_.line(indent, "", say("Note: {}", "注：{}", remark_words(remark)), Ink::kPlain,
                 Ink::kFaint);
    }
  }
}

}  // namespace juzhu::explain
