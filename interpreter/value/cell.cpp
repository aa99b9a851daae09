#include "value/cell.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "value/date.h"
#include "value/number_text.h"
#include "value/place_text.h"
#include "value/plain_text.h"

namespace juzhu::value {
namespace {

using Words = std::initializer_list<std::string_view>;

bool is_one_of(std::string_view word, Words words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

CellReading stated(Value value) {
  CellReading reading;
  reading.cell = {value, InputState::kStated};
  return reading;
}

CellReading refused(ErrorCode code, Bilingual problem, Bilingual help, std::string sought = {}) {
  CellReading reading;
  reading.cell = {failure({code, 0, 0, 0}), InputState::kStated};
  reading.problem = std::move(problem);
  reading.help = std::move(help);
  reading.sought = std::move(sought);
  return reading;
}

/// What one end of a range says: an exact number, or for a coarse date the days of it.
struct Bounds {
  std::int64_t lo = 0;
  std::int64_t hi = 0;
};

struct BoundsReading {
  std::optional<Bounds> bounds;
  CellReading refusal;  ///< why there are none
};

BoundsReading refused_bounds(ErrorCode code, Bilingual problem, Bilingual help) {
  return {std::nullopt, refused(code, std::move(problem), std::move(help))};
}

/// 2015 or 2015年, as its months.
std::optional<Bounds> months_of_year(std::string_view text) {
  constexpr std::string_view kYear = "年";
  if (text.ends_with(kYear)) text.remove_suffix(kYear.size());
  NumberProblem problem{};
  const auto year = parse_decimal(text, 0, &problem);
  if (!year || text.size() != 4 || *year < 1) return std::nullopt;
  return Bounds{*year * 12, *year * 12 + 11};
}

BoundsReading read_date(std::string_view text) {
  bool well_formed = false;
  if (const auto day = parse_date(text, &well_formed)) return {Bounds{*day, *day}, {}};
  std::optional<Bounds> months = months_of_year(text);
  if (const auto month = parse_month(text)) months = Bounds{*month, *month};
  if (months) return {Bounds{first_day_of_month(months->lo), last_day_of_month(months->hi)}, {}};
  return refused_bounds(ErrorCode::kBadCell,
                        well_formed ? say("is not a day of the calendar", "不是历法中的日子")
                                    : say("is not a date", "不是日期"),
                        say("write a date such as 2018-02-11, or 2018-02 if the day is not known",
                            "写日期，例如 2018-02-11；不知何日的写 2018-02"));
}

BoundsReading read_month(std::string_view text) {
  if (const auto month = parse_month(text)) return {Bounds{*month, *month}, {}};
  if (const auto year = months_of_year(text)) return {year, {}};
  const bool day = parse_date(text).has_value();
  return refused_bounds(ErrorCode::kBadCell,
                        day ? say("is a day; a month is wanted", "是日；此处须为月份")
                            : say("is not a month", "不是月份"),
                        say("write a month such as 2018-02", "写月份，例如 2018-02"));
}

BoundsReading read_number(std::string_view text, const Fact& fact, const Schema& schema) {
  NumberProblem problem{};
  if (const auto number = parse_quantity(text, fact.type, schema, &problem)) {
    return {Bounds{*number, *number}, {}};
  }
  const int kept = fact.type.percent ? std::max(fact.type.scale - 2, 0) : fact.type.scale;
  switch (problem) {
    case NumberProblem::kTooManyDigits:
      return refused_bounds(ErrorCode::kBadCell,
                            say("has more digits after the point than `{}` keeps ({})",
                                "的小数位数多于 `{}` 所保留的（{}）", fact.name, kept),
                            kept == 0
                                ? say("write a whole number", "写整数")
                                : say("write at most {} after the point", "小数最多 {} 位", kept));
    case NumberProblem::kTooLarge:
      return refused_bounds(ErrorCode::kOutOfDomain, say("is too large", "过大"),
                            say("check the number of digits", "核对位数"));
    case NumberProblem::kNone:
    case NumberProblem::kNotANumber:
      break;
  }
  return refused_bounds(
      ErrorCode::kBadCell,
      fact.type.unit.none()
          ? say("is not a number", "不是数")
          : say("is not a number in the unit of this fact", "不是以此事实的单位写的数"),
      say("write a number such as {}", "写数，例如 {}", in_both([&](bool chinese) {
            return quantity_text(fact.type.percent ? 5000 : 12, fact.type, schema, chinese);
          })));
}

BoundsReading read_bound(std::string_view text, const Fact& fact, const Schema& schema) {
  if (fact.type.kind == TypeKind::kDate) return read_date(text);
  if (fact.type.kind == TypeKind::kMonth) return read_month(text);
  return read_number(text, fact, schema);
}

/// Both bounds are written out, also where they are the type's own.
constexpr Domain kNoOpenBound = {std::numeric_limits<std::int64_t>::min(),
                                 std::numeric_limits<std::int64_t>::max()};

CellReading read_bounds(const std::string& text, const Fact& fact, const Schema& schema) {
  const std::size_t dots = text.find("..");
  BoundsReading first =
      read_bound(plain_text(std::string_view(text).substr(0, dots)), fact, schema);
  if (!first.bounds) return first.refusal;
  Bounds bounds = *first.bounds;
  if (dots != std::string::npos) {
    BoundsReading second =
        read_bound(plain_text(std::string_view(text).substr(dots + 2)), fact, schema);
    if (!second.bounds) return second.refusal;
    bounds.hi = second.bounds->hi;
    if (bounds.lo > bounds.hi) {
      return refused(ErrorCode::kEmptyRange, say("ends before it begins", "终点早于起点"),
                     say("write the smaller bound first", "先写较小的一端"));
    }
  }
  if (bounds.lo < fact.least || bounds.hi > fact.greatest) {
    const Bilingual allowed = in_both([&](bool chinese) {
      return value_text(between(fact.least, fact.greatest), fact.type, kNoOpenBound, schema,
                        chinese);
    });
    return refused(ErrorCode::kOutOfDomain, say("lies outside {}", "不在 {} 之内", allowed),
                   say("`{}` may be {}", "`{}` 可为 {}", fact.name, allowed));
  }
  return stated(between(bounds.lo, bounds.hi));
}

CellReading read_boolean(std::string_view text) {
  if (is_one_of(text, {"yes", "是"})) return stated(truth(true));
  if (is_one_of(text, {"no", "否"})) return stated(truth(false));
  return refused(ErrorCode::kBadCell,
                 say("is not an answer to a yes/no question", "不是是否题的答案"),
                 say("write yes, no or unknown", "写 是、否 或 未知"));
}

Bilingual options_text(const Choice& choice) {
  Bilingual names;
  for (const Bilingual& option : choice.options) {
    if (!names.empty()) names += say(", ", "、");
    names += option;
  }
  return names;
}

/// The bits of the named options; nothing, and `sought`, at the first name that is none of them.
std::optional<std::int64_t> option_bits(const std::vector<std::string>& names, const Choice& choice,
                                        std::string* sought) {
  std::uint64_t options = 0;
  for (const std::string& name : names) {
    const auto option = choice.option(name);
    if (!option) {
      *sought = name;
      return std::nullopt;
    }
    options |= std::uint64_t{1} << *option;
  }
  return static_cast<std::int64_t>(options);
}

std::vector<std::string> split_alternatives(std::string_view text) {
  std::vector<std::string> parts;
  for (std::size_t bar = 0; bar != std::string_view::npos; text.remove_prefix(bar + 1)) {
    bar = text.find('|');
    parts.push_back(plain_text(text.substr(0, bar)));
    if (bar == std::string_view::npos) break;
  }
  return parts;
}

CellReading read_options(std::string_view text, const Fact& fact, const Schema& schema) {
  const Choice& choice = schema[fact.type.choice];
  const bool is_set = fact.type.kind == TypeKind::kChoiceSet;
  const std::vector<std::string> names = is_set ? split_list(text) : split_alternatives(text);
  std::string sought;
  const auto options = option_bits(names, choice, &sought);
  if (!options || names.empty()) {
    return refused(ErrorCode::kUnknownCode,
                   say("is no option of `{}`", "不是 `{}` 的选项", choice.name),
                   say("write one of {}", "写下列之一：{}", options_text(choice)), sought);
  }
  return stated(is_set ? set_between(*options, *options) : bits(*options));
}

/// No name has only digits.
bool is_place_code(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

CellReading read_place(const std::string& text, const Schema& schema) {
  const PlaceTree& places = schema.places;
  std::vector<PlaceNode> candidates;
  const std::vector<std::string> names = split_path(text);
  if (const auto node = read_place_text(places, text, &candidates))
    return stated(place_value(*node, places[*node].children.empty()));
  if (candidates.empty()) {
    const bool is_code = is_place_code(text);
    return refused(
        ErrorCode::kUnknownPlace,
        is_code ? say("is the code of no place", "不是任何地点的代码")
                : say("is not a place of the rulebook", "不是规则库中的地点"),
        say("write a code or a path such as Guangdong.Shenzhen", "写代码，或路径，例如 广东.深圳"),
        is_code ? "" : names.back());
  }
  constexpr std::size_t kShown = 4;
  Bilingual paths;
  for (std::size_t i = 0; i < std::min(candidates.size(), kShown); ++i) {
    const bool english = static_cast<unsigned char>(names.back().front()) < 0x80U;
    const PlaceNode place = candidates[i];
    // What is to be written stands in the tongue in which the place was named.
    const std::string path = english ? places.path_en(place) : places.path_zh(place);
    paths += i == 0 ? say("`{}`", "`{}`", path) : say(", `{}`", "、`{}`", path);
  }
  if (candidates.size() > kShown) paths += say(", …", "、…");
  return refused(ErrorCode::kUnknownPlace,
                 say("names {} places", "可指 {} 个地点", candidates.size()),
                 say("write the wider place before it: {}", "在前面写明上级区划：{}", paths));
}

/// Texts that the rulebook does not name get a number below kAnyText made of their bytes (FNV-1a,
/// 62 bits): equal texts are equal, and nothing a rule names is equal to them.
std::int64_t text_number(std::string_view text, const Schema& schema) {
  const auto found = std::find(schema.texts.begin(), schema.texts.end(), text);
  if (found != schema.texts.end()) return found - schema.texts.begin();
  std::uint64_t hash = 14695981039346656037U;
  for (const char letter : text) {
    hash ^= static_cast<unsigned char>(letter);
    hash *= 1099511628211U;
  }
  return kAnyText - 1 - static_cast<std::int64_t>(hash >> 2U);
}

CellReading read_absence(std::string_view text, const Fact& fact) {
  const bool is_set =
      fact.type.kind == TypeKind::kChoiceSet || fact.type.kind == TypeKind::kMemberSet;
  if (is_set && is_none_word(text)) return stated(set_between(0, 0));
  if (!fact.if_any) {
    return refused(
        ErrorCode::kNotApplicableHere,
        say("is no answer: everyone has `{}`", "不能作答：人人都有 `{}`", fact.name),
        say("leave the cell empty if nobody asked, or write unknown", "未问则留空，不知则写 未知"));
  }
  CellReading reading;
  reading.cell = {not_applicable(), InputState::kDoesNotApply};
  return reading;
}

}  // namespace

bool is_none_word(std::string_view plain) { return is_one_of(plain, {"none", "无"}); }

std::optional<InputState> state_word(std::string_view plain) {
  if (is_one_of(plain, {"", "not_asked", "未问"})) return InputState::kNotAsked;
  if (is_one_of(plain, {"unknown", "未知", "不详", "不知"})) return InputState::kUnknown;
  if (is_one_of(plain, {"not_applicable", "不适用"})) return InputState::kDoesNotApply;
  return std::nullopt;
}

CellReading parse_cell(std::string_view text, const Fact& fact, const Schema& schema,
                       std::size_t member_count) {
  const std::string plain = plain_text(text);
  const auto state = state_word(plain);
  if (state == InputState::kDoesNotApply || is_none_word(plain)) return read_absence(plain, fact);
  if (state) {
    CellReading reading;
    reading.cell = {domain_of(schema, fact, member_count), *state};
    return reading;
  }
  switch (fact.type.kind) {
    case TypeKind::kBoolean:
      return read_boolean(plain);
    case TypeKind::kNumber:
    case TypeKind::kQuotient:
    case TypeKind::kDate:
    case TypeKind::kMonth:
      return read_bounds(plain, fact, schema);
    case TypeKind::kChoice:
    case TypeKind::kChoiceSet:
      return read_options(plain, fact, schema);
    case TypeKind::kPlace:
      return read_place(plain, schema);
    case TypeKind::kText:
      return stated({kValue, text_number(plain, schema), 0, {}});
    case TypeKind::kMember:
    case TypeKind::kMemberSet:
    case TypeKind::kError:
    case TypeKind::kRow:
    case TypeKind::kRows:
    case TypeKind::kTime:
      break;
  }
  return refused(ErrorCode::kBadCell, say("cannot be read as one cell", "不能作为一格读取"),
                 say("state it where the household is described", "请在描述该户之处写明"));
}

std::vector<std::string> names_allowed(const Fact& fact, const Schema& schema) {
  std::vector<std::string> names;
  const auto add = [&](const std::string& name) {
    if (!name.empty()) names.push_back(name);
  };
  if (fact.type.kind == TypeKind::kChoice || fact.type.kind == TypeKind::kChoiceSet) {
    for (const Bilingual& option : schema[fact.type.choice].options) {
      add(option.en);
      add(option.zh);
    }
  } else if (fact.type.kind == TypeKind::kPlace) {
    names = schema.places.names_widest_first();
  }
  return names;
}

}  // namespace juzhu::value
