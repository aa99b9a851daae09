// An explanation as a page for a terminal. Every sign has its word beside it, so that the page can
// be read aloud.
#include <fmt/format.h>

#include <string>
#include <string_view>

#include "explain/conclusion.h"
#include "explain/explain.h"
#include "explain/page.h"
#include "explain/words.h"

namespace juzhu::explain {
namespace {

constexpr std::size_t kStep = 2;
constexpr std::size_t kDeepestIndent = 24;

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
  void node(const Node& node, std::size_t indent, bool evidence, const Node* parent);
  void evidence_node(const Node& node, std::size_t indent, const Node* parent);
  void children(const Node& parent, std::size_t indent, bool evidence);
  [[nodiscard]] std::string standing(const RuleNote& note) const;
  [[nodiscard]] std::string beaten(const RuleNote& note) const;
  [[nodiscard]] std::string over_words(Over over) const;
  [[nodiscard]] std::string remark_words(const Remark& remark) const;
  [[nodiscard]] std::string period(std::int64_t from, std::int64_t to) const;

  const Explanation& of_;
  const TextOptions& options_;
  bool chinese_;
  Page page_;
};

std::string_view sign_of(Truth truth) {
  switch (truth) {
    case Truth::kYes:
      return "✓";
    case Truth::kNo:
      return "✗";
    case Truth::kUnknown:
      return "?";
    case Truth::kError:
      return "!";
    case Truth::kNone:
      return "·";
  }
  return "·";
}

std::string_view word_of(Truth truth, bool chinese) {
  switch (truth) {
    case Truth::kYes:
      return chinese ? "符合" : "met";
    case Truth::kNo:
      return chinese ? "不符" : "not met";
    case Truth::kUnknown:
      return chinese ? "不详" : "not known";
    case Truth::kError:
      return chinese ? "出错" : "fails";
    case Truth::kNone:
      return "";
  }
  return "";
}

Ink ink_of(Truth truth) {
  switch (truth) {
    case Truth::kYes:
      return Ink::kGood;
    case Truth::kNo:
    case Truth::kError:
      return Ink::kBad;
    case Truth::kUnknown:
      return Ink::kOpen;
    case Truth::kNone:
      return Ink::kFaint;
  }
  return Ink::kPlain;
}

void TextWriter::head() {
  page_.line(0, "", of_.conclusion.in(chinese_), Ink::kPlain, Ink::kStrong);
  const std::string level =
      of_.lowest_level == ops::Level::kPractice
          ? std::string(pick("all levels of norms", "各层级规定"))
          : say("norms at or above: {}", "仅{}及以上", level_name(of_.lowest_level, chinese_));
  page_.line(0, "",
             say("{} · {} · {}", "{} · {} · {}", of_.place.in(chinese_),
                 date_words(of_.date, chinese_), level),
             Ink::kPlain, Ink::kFaint);
  page_.blank();
  page_.line(0, "", of_.reason.in(chinese_));
  if (of_.settled) {
    page_.line(0, "",
               pick("Some facts are not known; whatever they are, the answer is the same.",
                    "有些事实不详，但无论如何答案不变。"));
  }
}

void TextWriter::failure() {
  if (!of_.failure || of_.failure->code == value::ErrorCode::kNoRuleInForce) {
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

void TextWriter::rules() {
  if (!of_.deciding.empty()) {
    const bool open = of_.outcome == eval::OutcomeKind::kUnknown;
    title(open ? "What it hangs on" : "What decides", open ? "取决于" : "决定依据");
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
  // A refusal that does not apply needs no proof in full; a way in that failed does.
  const bool brief = !options_.all && !decides && note.effect == ops::Effect::kDenies;
  for (const Node& condition : note.conditions) {
    if (!brief || condition.truth != Truth::kYes) {
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

void TextWriter::children(const Node& parent, std::size_t indent, bool evidence) {
  for (const Node& child : parent.children) {
    node(child, std::min(indent, kDeepestIndent), evidence, &parent);
  }
}

void TextWriter::node(const Node& node, std::size_t indent, bool evidence, const Node* parent) {
  if (node.truth == Truth::kNone) {
    evidence_node(node, indent, parent);
    return;
  }
  std::string text;
  if (node.kind == NodeKind::kElement || node.kind == NodeKind::kRule) {
    text = say("{}: {}", "{}：{}", node.text.in(chinese_), word_of(node.truth, chinese_));
  } else {
    text = say("{}: {}", "{}：{}", word_of(node.truth, chinese_), node.text.in(chinese_));
  }
  if (!node.value.empty()) {
    text += say(" ({})", "（{}）", node.value.in(chinese_));
  }
  if (node.state && *node.state != value::InputState::kStated) {
    text += say(" ({})", "（{}）", state_name(*node.state, chinese_));
  }
  if (!node.cites.empty()) {
    text += say(" [{}]", "［{}］", citation_line(node.cites, chinese_));
  }
  page_.line(indent, sign_of(node.truth), text, ink_of(node.truth));
  remarks(node.remarks, indent + kStep, evidence || options_.all);
  const bool has_parts = node.kind != NodeKind::kCondition && node.kind != NodeKind::kFact;
  const bool settled = node.truth == Truth::kYes && !evidence && !options_.all;
  if (has_parts ? !(settled && node.kind == NodeKind::kDefinition) : !settled) {
    children(node, indent + kStep, evidence);
  }
}

/// What was read: a definition, a parameter, a fact, or how much was left out.
void TextWriter::evidence_node(const Node& node, std::size_t indent, const Node* parent) {
  const std::string cites = citation_line(node.cites, chinese_);
  const std::string& name = node.text.in(chinese_);
  const bool repeats = parent != nullptr && node.kind == NodeKind::kDefinition &&
                       parent->text.in(chinese_).find(name) != std::string::npos;
  if (repeats) {
    if (!cites.empty()) {
      page_.line(indent, "·", say("as counted by {}", "依{}计算", cites), Ink::kFaint);
    }
  } else {
    std::string text = name;
    if (!node.value.empty()) {
      text += say(": {}", "：{}", node.value.in(chinese_));
    } else if (node.state) {
      text += say(": {}", "：{}", state_name(*node.state, chinese_));
    }
    if (node.state && *node.state != value::InputState::kStated && !node.value.empty()) {
      text += say(", {}", "，{}", state_name(*node.state, chinese_));
    }
    text += node.place.empty() ? "" : say(", {}", "，{}", node.place.in(chinese_));
    text += cites.empty() ? "" : say(" [{}]", "［{}］", cites);
    page_.line(indent, "·", text, Ink::kFaint);
  }
  remarks(node.remarks, indent + kStep, true);
  children(node, repeats ? indent : indent + kStep, true);
}

void TextWriter::would_grant() {
  if (of_.outcome != eval::OutcomeKind::kDenied) {
    return;
  }
  if (of_.would_grant.empty()) {
    return;
  }
  title(of_.would_grant.size() == 1 ? "It would be granted if"
                                    : "It would be granted if one of these held",
        of_.would_grant.size() == 1 ? "如有下列变化即可准予" : "如有下列任一变化即可准予");
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

}  // namespace

std::string to_text(const Explanation& explanation, const TextOptions& options) {
  return TextWriter(explanation, options).write();
}

}  // namespace juzhu::explain
