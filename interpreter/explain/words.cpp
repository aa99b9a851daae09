#include "explain/words.h"

#include <fmt/format.h>

#include <array>
#include <vector>

#include "value/date.h"

namespace juzhu::explain {
namespace {

constexpr std::size_t kLongestPhraseBytes = 72;

constexpr std::array<std::string_view, 12> kMonthNames = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

bool is_small_letter(char letter) { return letter >= 'a' && letter <= 'z'; }

char small(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

std::string_view pick(bool chinese, std::string_view en, std::string_view zh) {
  return chinese ? zh : en;
}

std::string provision_text(const sema::Provision& provision, bool chinese) {
  switch (provision.kind) {
    case sema::ProvisionKind::kArticle:
      return fmt::format(fmt::runtime(pick(chinese, "art {}", "第{}条")), provision.number);
    case sema::ProvisionKind::kParagraph:
      return fmt::format(fmt::runtime(pick(chinese, "para {}", "第{}款")), provision.number);
    case sema::ProvisionKind::kItem:
      return fmt::format(fmt::runtime(pick(chinese, "item {}", "第{}项")), provision.number);
    case sema::ProvisionKind::kAnnex:
      return fmt::format(fmt::runtime(pick(chinese, "annex {}", "附件{}")), provision.number);
  }
  return {};
}

/// "pension and medical", 养老、医疗.
std::string options_text(std::int64_t options, const value::Choice& choice, bool chinese) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < choice.options.size(); ++i) {
    if (((options >> i) & 1) != 0) {
      names.push_back(display_name(choice.options[i], chinese));
    }
  }
  if (names.empty()) {
    return std::string(pick(chinese, "none", "无"));
  }
  if (chinese || names.size() == 1) {
    return fmt::format("{}", fmt::join(names, "、"));
  }
  const std::string last = std::move(names.back());
  names.pop_back();
  return fmt::format("{} and {}", fmt::join(names, ", "), last);
}

}  // namespace

std::string display_name(const Bilingual& name, bool chinese) {
  std::string text = name.in(chinese);
  for (char& letter : text) {
    if (letter == '_') {
      letter = ' ';
    }
  }
  return text;
}

Bilingual display_name(const Bilingual& name) {
  return {display_name(name, false), display_name(name, true)};
}

bool is_phrase(const Bilingual& text) {
  return !text.en.empty() && is_small_letter(text.en[0]) && text.en.size() <= kLongestPhraseBytes &&
         text.en.find_first_of(".;:") == std::string::npos;
}

std::string service_name(const sema::Service& service, bool chinese) {
  std::string text = service.text.in(chinese);
  if (text.empty() || text.size() > kLongestPhraseBytes) {
    return display_name(service.name, chinese);
  }
  // "A place in a public school" inside a sentence; "UEBMI cover" stays as it is.
  if (text.size() > 1 && small(text[1]) == text[1]) {
    text[0] = small(text[0]);
  }
  return text;
}

std::string member_name(const value::Household& household, std::size_t member, bool chinese) {
  const value::Member& who = household.members[member];
  return who.name.empty() ? who.key : display_name(who.name, chinese);
}

std::string date_words(std::int64_t days, bool chinese) {
  if (chinese) {
    return value::date_text_zh(days);
  }
  const value::CalendarDay day = value::civil_from_days(days);
  return fmt::format("{} {} {}", day.day, kMonthNames[static_cast<std::size_t>(day.month - 1)],
                     day.year);
}

std::string month_words(std::int64_t month, bool chinese) {
  if (chinese) {
    return value::month_text_zh(month);
  }
  return fmt::format("{} {}", kMonthNames[static_cast<std::size_t>(month % 12)], month / 12);
}

std::string value_words(const value::Value& value, const value::Type& type,
                        const value::Schema& schema, bool chinese) {
  if (value.only_value() && value.lo == value.hi) {
    if (type.kind == value::TypeKind::kDate) {
      return date_words(value.lo, chinese);
    }
    if (type.kind == value::TypeKind::kMonth) {
      return month_words(value.lo, chinese);
    }
  }
  if (type.kind == value::TypeKind::kChoiceSet && value.only_value() && value.lo == value.hi) {
    return options_text(value.lo, schema[type.choice], chinese);
  }
  if (type.kind == value::TypeKind::kChoice || type.kind == value::TypeKind::kChoiceSet) {
    const std::string text = value::value_text(value, type, schema, chinese);
    return display_name({text, text}, chinese);
  }
  return value::value_text(value, type, schema, chinese);
}

std::string years_of_age(std::string_view measured, std::string years) {
  constexpr std::string_view kYears = "年";
  if (measured.ends_with("年龄") && years.ends_with(kYears)) {
    years.replace(years.size() - kYears.size(), kYears.size(), "岁");
  }
  return years;
}

std::string_view level_name(ops::Level level, bool chinese) {
  switch (level) {
    case ops::Level::kLaw:
      return pick(chinese, "law", "法律");
    case ops::Level::kRegulation:
      return pick(chinese, "regulation", "行政法规");
    case ops::Level::kPolicy:
      return pick(chinese, "national policy", "国家政策");
    case ops::Level::kLocalLaw:
      return pick(chinese, "local law", "地方性法规");
    case ops::Level::kLocalRule:
      return pick(chinese, "local rule", "地方规定");
    case ops::Level::kPractice:
      return pick(chinese, "practice", "实际做法");
  }
  return {};
}

std::string_view confidence_name(sema::Confidence confidence, bool chinese) {
  switch (confidence) {
    case sema::Confidence::kOfficial:
      return pick(chinese, "official text read", "据原文");
    case sema::Confidence::kSecondary:
      return pick(chinese, "read at second hand", "据转述");
    case sema::Confidence::kRecalled:
      return pick(chinese, "written from memory", "凭记忆");
    case sema::Confidence::kDoubtful:
      return pick(chinese, "doubtful", "存疑");
  }
  return {};
}

std::string outcome_name(eval::OutcomeKind kind, bool chinese) {
  return eval::outcome_words(kind).in(chinese);
}

std::string_view effect_name(ops::Effect effect, bool chinese) {
  switch (effect) {
    case ops::Effect::kDenies:
      return pick(chinese, "denies", "不予");
    case ops::Effect::kRanks:
      return pick(chinese, "ranks", "待排");
    case ops::Effect::kGrants:
      return pick(chinese, "grants", "准予");
  }
  return {};
}

std::string_view state_name(value::InputState state, bool chinese) {
  switch (state) {
    case value::InputState::kStated:
      return pick(chinese, "stated", "已填");
    case value::InputState::kUnknown:
      return pick(chinese, "unknown", "未知");
    case value::InputState::kNotAsked:
      return pick(chinese, "not asked", "未问");
    case value::InputState::kDoesNotApply:
      return pick(chinese, "not applicable", "不适用");
  }
  return {};
}

std::string_view error_words(value::ErrorCode code, bool chinese) {
  using value::ErrorCode;
  switch (code) {
    case ErrorCode::kTooMany:
      return pick(chinese, "the household is larger than the stated limits", "家庭超出规定上限");
    case ErrorCode::kDuplicateKey:
      return pick(chinese, "one key stands for two", "主键重复");
    case ErrorCode::kBadCell:
      return pick(chinese, "a value in the data cannot be read", "数据中的值无法读取");
    case ErrorCode::kUnknownCode:
      return pick(chinese, "a code in the data is not in the list", "数据代码不在码表中");
    case ErrorCode::kUnknownPlace:
      return pick(chinese, "a place in the data is not known", "数据中的地点不存在");
    case ErrorCode::kEmptyRange:
      return pick(chinese, "a range in the data ends before it begins", "数据区间终点早于起点");
    case ErrorCode::kOutOfDomain:
      return pick(chinese, "a value lies outside what the fact allows", "值超出该事实的范围");
    case ErrorCode::kNotApplicableHere:
      return pick(chinese, "`not applicable` stands for a fact that always applies",
                  "总有答案的事实填了不适用");
    case ErrorCode::kBadSpell:
      return pick(chinese, "a spell ends before it begins", "时段终点早于起点");
    case ErrorCode::kNoSuchDate:
      return pick(chinese, "the date does not exist", "该日期不存在");
    case ErrorCode::kDateOutOfRange:
      return pick(chinese, "the date lies outside the calendar", "日期超出历法范围");
    case ErrorCode::kOverflow:
      return pick(chinese, "the number is too large to be exact", "数值过大，无法精确表示");
    case ErrorCode::kDivisionByZero:
      return pick(chinese, "a division by zero", "除数为零");
    case ErrorCode::kBadUnitSize:
      return pick(chinese, "units of no size are counted", "计数单位不大于零");
    case ErrorCode::kTwoRows:
      return pick(chinese, "two rows of a table that allows one apply", "唯一表有两行同时适用");
    case ErrorCode::kNoRow:
      return pick(chinese, "no row of the table applies", "表中无一行适用");
    case ErrorCode::kNoClause:
      return pick(chinese, "no clause of the definition applies", "定义中无一项适用");
    case ErrorCode::kConflict:
      return pick(chinese, "two provisions disagree and neither stands over the other",
                  "两项规定相互冲突且无先后");
    case ErrorCode::kNoRuleInForce:
      return pick(chinese, "no provision is in force at this place on this date",
                  "此地此日无有效规定");
  }
  return {};
}

std::string provisions_text(const sema::Citation& citation, bool chinese) {
  std::string text;
  for (const sema::Provision& provision : citation.provisions) {
    if (!chinese && !text.empty()) {
      text += ' ';
    }
    text += provision_text(provision, chinese);
  }
  return text;
}

std::string citation_text(const sema::Program& program, const sema::Citation& citation,
                          bool chinese, bool with_number) {
  const sema::Source& source = program[citation.source];
  const Bilingual& title = source.title.empty() ? source.name : source.title;
  std::string text = display_name(title, chinese);
  if (chinese) {
    text = fmt::format("《{}》", text);
  }
  if (with_number && !source.number.empty()) {
    text += chinese ? fmt::format("（{}）", source.number) : fmt::format(", {},", source.number);
  }
  const std::string provisions = provisions_text(citation, chinese);
  if (!provisions.empty()) {
    text += chinese ? provisions : " " + provisions;
  } else if (text.ends_with(',')) {
    text.pop_back();
  }
  return text;
}

}  // namespace juzhu::explain
