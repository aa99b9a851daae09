#include <fmt/format.h>

#include <vector>

#include "value/date.h"
#include "value/number_text.h"
#include "value/schema.h"
#include "value/value.h"

namespace juzhu::value {
namespace {

std::string_view pick(bool chinese, std::string_view en, std::string_view zh) {
  return chinese ? zh : en;
}

std::string unknown_text(bool chinese) { return std::string(pick(chinese, "unknown", "未知")); }

/// "a, b or c"; a、b或c.
std::string one_of_text(const std::vector<std::string>& texts, bool chinese) {
  std::string joined;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const bool last = i + 1 == texts.size();
    if (i > 0) joined += last ? pick(chinese, " or ", "或") : pick(chinese, ", ", "、");
    joined += texts[i];
  }
  return joined;
}

std::uint64_t first_bits(std::size_t count) {
  return count >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
}

bool has_bit(std::int64_t bits, std::size_t position) {
  return ((static_cast<std::uint64_t>(bits) >> position) & 1U) != 0;
}

bool all_of(std::int64_t bits, std::size_t count) {
  return (static_cast<std::uint64_t>(bits) & first_bits(count)) == first_bits(count);
}

std::string boolean_text(const Value& value, bool chinese) {
  if (value.lo == (kFalseBit | kTrueBit)) return unknown_text(chinese);
  return std::string(value.lo == kTrueBit ? pick(chinese, "yes", "是") : pick(chinese, "no", "否"));
}

std::string choice_text(const Value& value, const Choice& choice, bool chinese) {
  const std::size_t count = choice.options.size();
  if (count > 1 && all_of(value.lo, count)) return unknown_text(chinese);
  std::vector<std::string> names;
  for (std::size_t i = 0; i < count; ++i) {
    if (has_bit(value.lo, i)) names.push_back(choice.options[i].in(chinese));
  }
  return one_of_text(names, chinese);
}

/// "{ pension, medical }"; options that may but need not be in the set: "{ pension, perhaps medical
/// }".
std::string choice_set_text(const Value& value, const Choice& choice, bool chinese) {
  if (value.lo == 0 && value.hi != 0 && all_of(value.hi, choice.options.size())) {
    return unknown_text(chinese);
  }
  std::string names;
  for (std::size_t i = 0; i < choice.options.size(); ++i) {
    if (!has_bit(value.hi, i)) continue;
    if (!names.empty()) names += pick(chinese, ", ", "、");
    if (!has_bit(value.lo, i)) names += pick(chinese, "perhaps ", "或有");
    names += choice.options[i].in(chinese);
  }
  return names.empty() ? std::string(pick(chinese, "none", "无")) : "{ " + names + " }";
}

std::string place_text(const Value& value, const PlaceTree& places, bool chinese) {
  const auto node = static_cast<PlaceNode>(value.lo);
  std::string path = chinese ? places.path_zh(node) : places.path_en(node);
  if (value.hi == 1 || places[node].children.empty()) return path;
  if (node == kRootPlace) return unknown_text(chinese);
  return chinese ? path + "境内某地" : "somewhere in " + path;
}

std::string bound_text(std::int64_t bound, const Type& type, const Schema& schema, bool chinese) {
  if (type.kind == TypeKind::kDate) return chinese ? date_text_zh(bound) : date_text(bound);
  if (type.kind == TypeKind::kMonth) return chinese ? month_text_zh(bound) : month_text(bound);
  return quantity_text(bound, type, schema, chinese);
}

/// Bounds: "5 to 8 months", "at least 5 months" where nothing limits it above.
std::string bounds_text(const Value& value, const Type& type, const Domain& domain,
                        const Schema& schema, bool chinese) {
  const auto text = [&](std::int64_t bound) { return bound_text(bound, type, schema, chinese); };
  if (value.lo == value.hi) return text(value.lo);
  const bool open_below = value.lo <= domain.least;
  const bool open_above = value.hi >= domain.greatest;
  if (open_below && open_above) return unknown_text(chinese);
  const bool is_number = type.kind == TypeKind::kNumber || type.kind == TypeKind::kQuotient;
  if (is_number && open_above)
    return std::string(pick(chinese, "at least ", "至少")) + text(value.lo);
  if (is_number && open_below && domain.least < 0) {
    return std::string(pick(chinese, "at most ", "至多")) + text(value.hi);
  }
  if (chinese || !is_number || type.percent || type.years || type.unit.none()) {
    const std::string_view to = pick(chinese, " to ", "至");
    // 5至8个月: the unit once, behind the second number.
    if (chinese && is_number && !type.percent && !type.years) {
      return decimal_text(value.lo, type.scale) + std::string(to) + text(value.hi);
    }
    return text(value.lo) + std::string(to) + text(value.hi);
  }
  return decimal_text(value.lo, type.scale) + " to " + text(value.hi);
}

std::string members_text(std::int64_t bits, bool chinese) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < 64; ++i) {
    if (has_bit(bits, i))
      names.push_back(fmt::format("{} {}", pick(chinese, "member", "成员"), i + 1));
  }
  return names.empty() ? std::string(pick(chinese, "none", "无")) : one_of_text(names, chinese);
}

std::string text_text(const Value& value, const Schema& schema, bool chinese) {
  if (value.lo >= 0 && static_cast<std::size_t>(value.lo) < schema.texts.size()) {
    return schema.texts[static_cast<std::size_t>(value.lo)];
  }
  if (value.lo == kAnyText) return unknown_text(chinese);
  return std::string(pick(chinese, "another text", "其他文字"));
}

std::string set_text(const Value& value, const Type& type, const Domain& domain,
                     const Schema& schema, bool chinese) {
  switch (type.kind) {
    case TypeKind::kBoolean:
      return boolean_text(value, chinese);
    case TypeKind::kNumber:
    case TypeKind::kQuotient:
    case TypeKind::kDate:
    case TypeKind::kMonth:
      return bounds_text(value, type, domain, schema, chinese);
    case TypeKind::kChoice:
      return choice_text(value, schema[type.choice], chinese);
    case TypeKind::kChoiceSet:
      return choice_set_text(value, schema[type.choice], chinese);
    case TypeKind::kPlace:
      return place_text(value, schema.places, chinese);
    case TypeKind::kText:
      return text_text(value, schema, chinese);
    case TypeKind::kMember:
      return members_text(value.lo, chinese);
    case TypeKind::kMemberSet:
      return value.lo == value.hi ? members_text(value.lo, chinese) : unknown_text(chinese);
    case TypeKind::kError:
    case TypeKind::kRow:
    case TypeKind::kRows:
    case TypeKind::kTime:
      return {};
  }
  return {};
}

}  // namespace

std::string value_text(const Value& value, const Type& type, const Domain& domain,
                       const Schema& schema, bool chinese) {
  std::vector<std::string> parts;
  if (value.may_value()) {
    parts.push_back(set_text(value, type, domain, schema, chinese));
    // "unknown" takes in that it may not apply either.
    if (parts.back() == unknown_text(chinese) && !value.may_fail()) return parts.back();
  }
  if (value.may_not_apply()) {
    parts.emplace_back(pick(chinese, "not applicable", "不适用"));
  }
  if (value.may_fail()) {
    parts.push_back(
        fmt::format("{} {}", pick(chinese, "error", "错误"), error_name(value.error.code)));
  }
  return one_of_text(parts, chinese);
}

std::string value_text(const Value& value, const Type& type, const Schema& schema, bool chinese) {
  return value_text(value, type, usual_domain(type), schema, chinese);
}

}  // namespace juzhu::value
