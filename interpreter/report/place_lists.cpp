#include "report/place_lists.h"

#include <fmt/format.h>

#include <array>
#include <map>
#include <nlohmann/json.hpp>

#include "engine/list_readings.h"
#include "explain/words.h"
#include "report/layout.h"

namespace juzhu::report {
namespace {

using allocate::Place;
using engine::PlaceList;
using Json = nlohmann::ordered_json;

/// One list in words.
class Words {
 public:
  Words(const ListVoice& voice, const PlaceList& list)
      : voice_(voice), list_(list), allocation_(voice.program[list.allocation]) {}

  [[nodiscard]] std::string_view say(std::string_view en, std::string_view zh) const {
    return voice_.chinese ? zh : en;
  }
  [[nodiscard]] std::string name() const {
    return voice_.program[allocation_.rule].name.in(voice_.chinese);
  }
  [[nodiscard]] std::string value(const value::Value& value, const value::Type& type) const {
    return value::value_text(value, type, *voice_.program.schema, voice_.chinese);
  }
  /// Empty: the allocation makes one list.
  [[nodiscard]] std::string pool() const {
    if (!allocation_.pool.valid()) return {};
    if (list_.elsewhere) return std::string(say("elsewhere", "其他"));
    return value(list_.pool, voice_.program[allocation_.pool].type);
  }
  /// Empty: there are no wishes.
  [[nodiscard]] std::string school(allocate::SchoolIndex index) const {
    if (index >= list_.schools.size()) return {};
    return value(list_.schools[index], voice_.program[allocation_.school].type);
  }
  [[nodiscard]] std::string seats(allocate::SchoolIndex index) const {
    if (!list_.seats_known[index] || list_.elsewhere) return std::string(say("unknown", "未知"));
    const allocate::Seats seats = list_.input.schools[index];
    return seats.lo == seats.hi ? grouped(static_cast<std::uint64_t>(seats.lo))
                                : fmt::format("{}–{}", seats.lo, seats.hi);
  }
  [[nodiscard]] const value::Type& key_type(std::size_t key) const {
    return voice_.program[allocation_.keys[key].value].type;
  }
  [[nodiscard]] std::string keys(const std::vector<value::Value>& values) const {
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < values.size(); ++i)
      parts.push_back(value(values[i], key_type(i)));
    return fmt::format("{}", fmt::join(parts, say(", ", "，")));
  }
  [[nodiscard]] std::string tuple(const allocate::Tuple& tuple) const {
    std::vector<value::Value> values;
    for (const allocate::KeyRange& key : tuple)
      values.push_back(key.may_lack ? value::not_applicable() : value::number(key.lo));
    return keys(values);
  }
  [[nodiscard]] std::string line(allocate::SchoolIndex school) const {
    const allocate::Fill* fill = engine::fill_of_line(list_, school);
    if (fill == nullptr || fill->line.reached == allocate::Sure::kNo)
      return std::string(say("open", "未满"));
    if (fill->line.known) return tuple(fill->line_keys);
    if (fill->line.none) return std::string(say("none, nobody got in", "无，无人录取"));
    return std::string(say("not known", "未定"));
  }
  [[nodiscard]] std::vector<std::string> marginal(allocate::SchoolIndex school) const {
    std::vector<std::string> keys;
    const allocate::Fill* fill = engine::fill_of_line(list_, school);
    if (fill == nullptr) return keys;
    for (const std::uint32_t each : fill->marginal)
      keys.push_back(list_.input.applicants[each].key);
    return keys;
  }
  [[nodiscard]] std::int64_t over(allocate::SchoolIndex school) const {
    std::int64_t over = 0;
    for (const allocate::Fill& fill : list_.result.fills)
      over += fill.school == school ? fill.over : 0;
    return over;
  }
  [[nodiscard]] std::string place(std::uint32_t child) const {
    const allocate::Placement& placement = list_.result.placements[child];
    switch (placement.place) {
      case Place::kPlaced: {
        const std::string at = school(placement.school);
        if (at.empty()) return std::string(say("placed", "录取"));
        return fmt::format("{}{}", say("at ", "录取于"), at);
      }
      case Place::kNone:
        return std::string(say("no place", "未录取"));
      case Place::kUnknown:
        return std::string(say("open", "未定"));
    }
    return {};
  }
  [[nodiscard]] std::string margin(std::uint32_t child) const {
    const auto& margin = list_.result.placements[child].margin;
    if (!margin) return {};
    const auto& marginal = list_.result.fills[margin->fill].marginal;
    if (margin->by_lot && marginal == std::vector{child})
      return std::string(say("0, the last to get in", "0，末位录取"));
    if (margin->by_lot) return std::string(say("0, tied with the line", "0，与录取线同分"));
    if (!margin->has_number) return std::string(say("no number", "无数值"));
    value::Type type = key_type(margin->key);
    if (type.kind == value::TypeKind::kDate)
      type = value::number_type(0, value::base_unit(value::kDayUnit));
    if (type.kind == value::TypeKind::kMonth)
      type = value::number_type(0, value::base_unit(value::kMonthUnit));
    std::string text = value(value::between(margin->lo, margin->hi), type);
    if (margin->lo > 0) text = "+" + text;
    if (margin->key == 0) return text;
    return voice_.chinese ? fmt::format("第{}项 {}", margin->key + 1, text)
                          : fmt::format("{} in key {}", text, margin->key + 1);
  }
  [[nodiscard]] std::vector<std::string> missing(std::uint32_t child) const {
    const allocate::Missing missing = allocate::missing_of(list_.input, list_.result, child);
    std::set<std::string> parts;
    for (const allocate::FactIndex fact : missing.facts)
      parts.insert(list_.facts[fact].text.in(voice_.chinese));
    if (missing.tie_rule) parts.emplace(say("the rule for ties", "同分规则"));
    if (missing.seats) parts.emplace(say("the number of seats", "名额"));
    return {parts.begin(), parts.end()};
  }
  [[nodiscard]] std::array<std::uint64_t, 3> counts() const {
    std::array<std::uint64_t, 3> counts{};
    for (const allocate::Placement& placement : list_.result.placements)
      ++counts[static_cast<std::size_t>(placement.place)];
    return counts;
  }
  [[nodiscard]] const PlaceList& list() const { return list_; }

 private:
  const ListVoice& voice_;
  const PlaceList& list_;
  const sema::Allocation& allocation_;
};

constexpr std::array<std::string_view, 3> kPlaceKeys{"placed", "none", "open"};

std::string heading(const Words& words) {
  const std::string pool = words.pool();
  return pool.empty() ? words.name()
                      : fmt::format("{}{}{}", words.name(), words.say(", ", "，"), pool);
}

/// "placed 3, no place 1, open 0".
std::string counts_text(const Words& words) {
  const auto counts = words.counts();
  return fmt::format("{}{}{}{}{}{}", words.say("placed ", "录取 "), grouped(counts[0]),
                     words.say(", no place ", "，未录取 "), grouped(counts[1]),
                     words.say(", open ", "，未定 "), grouped(counts[2]));
}

/// "seats 3, line 80" for a school.
std::string school_line(const Words& words, allocate::SchoolIndex i) {
  const std::string school = words.school(i);
  std::string text = fmt::format(
      "{}{}{} {}{}{}", school, school.empty() ? "" : words.say(": ", "："),
      words.say("seats", "名额"), words.seats(i), words.say(", line ", "，录取线 "), words.line(i));
  const std::vector<std::string> marginal = words.marginal(i);
  if (!marginal.empty()) {
    text += fmt::format("{}{}", words.say(", at the line ", "，压线 "),
                        fmt::join(marginal, words.say(", ", "、")));
  }
  if (words.over(i) > 0) {
    text += fmt::format("{}{}", words.say(", admitted beyond the seats ", "，超出名额 "),
                        words.over(i));
  }
  return text;
}

std::string schools_text(const Words& words, std::string_view indent) {
  std::string text;
  for (allocate::SchoolIndex i = 0; i < words.list().input.schools.size(); ++i)
    text += fmt::format("{}{}\n", indent, school_line(words, i));
  return text;
}

Json list_head_json(const Words& words) {
  Json json{{"allocation", words.name()}};
  if (!words.pool().empty()) json["pool"] = words.pool();
  const auto counts = words.counts();
  for (std::size_t i = 0; i < counts.size(); ++i)
    json[std::string(kPlaceKeys[i])] = counts[i];
  json["schools"] = Json::array();
  for (allocate::SchoolIndex i = 0; i < words.list().input.schools.size(); ++i) {
    Json school{{"seats", words.seats(i)}, {"line", words.line(i)}};
    if (!words.school(i).empty()) school["school"] = words.school(i);
    if (!words.marginal(i).empty()) school["at_the_line"] = words.marginal(i);
    if (words.over(i) > 0) school["over"] = words.over(i);
    json["schools"].push_back(std::move(school));
  }
  return json;
}

Json child_json(const Words& words, std::uint32_t child) {
  const engine::Listed& listed = words.list().children[child];
  const allocate::Placement& placement = words.list().result.placements[child];
  Json json{{"household", listed.household_key},
            {"child", listed.member_key},
            {"place", kPlaceKeys[static_cast<std::size_t>(placement.place)]},
            {"keys", Json::array()}};
  if (!words.pool().empty()) json["pool"] = words.pool();
  if (placement.place == Place::kPlaced && !words.school(placement.school).empty())
    json["school"] = words.school(placement.school);
  for (std::size_t i = 0; i < listed.keys.size(); ++i)
    json["keys"].push_back(words.value(listed.keys[i], words.key_type(i)));
  if (!words.margin(child).empty()) json["margin"] = words.margin(child);
  const std::vector<std::string> missing = words.missing(child);
  if (!missing.empty()) json["missing"] = missing;
  return json;
}

std::string csv_cell(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string result = "\"";
  for (const char letter : text)
    result += letter == '"' ? std::string("\"\"") : std::string(1, letter);
  return result + '"';
}

/// Every child of a service's lists with this key.
template <typename Visit>
void each_place(const ListVoice& voice, const engine::GivenPlaces& given, std::uint32_t service,
                const std::string& household, const std::string& member, const Visit& visit) {
  for (const PlaceList& list : given.lists) {
    const sema::Allocation& allocation = voice.program[list.allocation];
    const sema::RuleVersion& rule = voice.program[allocation.rule].versions[allocation.version];
    if (rule.ranks.front() != sema::ServiceId{service}) continue;
    for (std::uint32_t i = 0; i < list.children.size(); ++i) {
      const engine::Listed& child = list.children[i];
      if (child.household_key == household && child.member_key == member)
        visit(Words(voice, list), i);
    }
  }
}

}  // namespace

std::string list_heading(const ListVoice& voice, const PlaceList& list) {
  return heading(Words(voice, list));
}

std::string list_counts_text(const ListVoice& voice, const PlaceList& list) {
  return counts_text(Words(voice, list));
}

std::vector<std::string> list_school_lines(const ListVoice& voice, const PlaceList& list) {
  std::vector<std::string> lines;
  if (list.elsewhere) return lines;
  const Words words(voice, list);
  for (allocate::SchoolIndex i = 0; i < list.input.schools.size(); ++i)
    lines.push_back(school_line(words, i));
  return lines;
}

std::string school_text(const ListVoice& voice, const PlaceList& list,
                        allocate::SchoolIndex school) {
  return Words(voice, list).school(school);
}

Json list_head_json(const ListVoice& voice, const PlaceList& list) {
  return list_head_json(Words(voice, list));
}

std::string places_text(const ListVoice& voice, const engine::GivenPlaces& given) {
  std::string text;
  for (const PlaceList& list : given.lists) {
    const Words words(voice, list);
    text += fmt::format("{}{}{}\n", heading(words), words.say(": ", "："), counts_text(words));
    if (!list.elsewhere) text += schools_text(words, "  ");
  }
  std::map<value::ErrorCode, std::size_t> left_out;
  for (const engine::LeftOut& each : given.left_out)
    ++left_out[each.code];
  for (const auto& [error, count] : left_out) {
    text += fmt::format("{}{}{}{}\n",
                        voice.chinese ? "因错误未列入：" : "left out for an error: ", count,
                        voice.chinese ? " 名，" : ", ", explain::error_words(error, voice.chinese));
  }
  if (text.empty()) return text;
  return fmt::format("\n{}\n{}", voice.chinese ? "分配结果" : "Places", text);
}

Json places_json(const ListVoice& voice, const engine::GivenPlaces& given) {
  Json lists = Json::array();
  for (const PlaceList& list : given.lists)
    lists.push_back(list_head_json(Words(voice, list)));
  return lists;
}

namespace {

template <typename Visit>
void each_list(const ListVoice& voice, const engine::GivenPlaces& given, sema::RuleId allocation,
               const Visit& visit) {
  for (const PlaceList& list : given.lists) {
    if (voice.program[list.allocation].rule == allocation) visit(Words(voice, list));
  }
}

}  // namespace

std::string lists_text(const ListVoice& voice, const engine::GivenPlaces& given,
                       sema::RuleId allocation) {
  std::string text;
  each_list(voice, given, allocation, [&](const Words& words) {
    text += fmt::format("{}{}\n", text.empty() ? "" : "\n", heading(words));
    if (!words.list().elsewhere) text += schools_text(words, "  ");
    std::size_t rank = 0;
    for (const std::uint32_t child : words.list().order) {
      text += fmt::format("{}  {}  {}", pad_left(std::to_string(++rank), 4),
                          words.list().input.applicants[child].key, words.place(child));
      text += fmt::format("  [{}]", words.keys(words.list().children[child].keys));
      const std::string margin = words.margin(child);
      if (!margin.empty()) text += fmt::format("{}{}", words.say("  margin ", "  差距 "), margin);
      const std::vector<std::string> missing = words.missing(child);
      if (!missing.empty()) {
        text += fmt::format("{}{}", words.say("  depends on ", "  取决于 "),
                            fmt::join(missing, words.say("; ", "；")));
      }
      text += "\n";
    }
  });
  if (text.empty()) text = voice.chinese ? "名单为空\n" : "nobody is on the list\n";
  return text;
}

std::string lists_csv(const ListVoice& voice, const engine::GivenPlaces& given,
                      sema::RuleId allocation) {
  std::string text = "allocation,pool,rank,household,child,place,school,keys,margin,missing\n";
  each_list(voice, given, allocation, [&](const Words& words) {
    std::size_t rank = 0;
    for (const std::uint32_t child : words.list().order) {
      const engine::Listed& listed = words.list().children[child];
      const allocate::Placement& placement = words.list().result.placements[child];
      std::vector<std::string> keys;
      for (std::size_t i = 0; i < listed.keys.size(); ++i)
        keys.push_back(words.value(listed.keys[i], words.key_type(i)));
      const bool placed = placement.place == Place::kPlaced;
      text += fmt::format(
          "{},{},{},{},{},{},{},{},{},{}\n", csv_cell(words.name()), csv_cell(words.pool()), ++rank,
          csv_cell(listed.household_key), csv_cell(listed.member_key),
          kPlaceKeys[static_cast<std::size_t>(placement.place)],
          csv_cell(placed ? words.school(placement.school) : std::string{}),
          csv_cell(fmt::format("{}", fmt::join(keys, ";"))), csv_cell(words.margin(child)),
          csv_cell(fmt::format("{}", fmt::join(words.missing(child), ";"))));
    }
  });
  return text;
}

Json lists_json(const ListVoice& voice, const engine::GivenPlaces& given, sema::RuleId allocation) {
  Json lists = Json::array();
  each_list(voice, given, allocation, [&](const Words& words) {
    Json json = list_head_json(words);
    json["children"] = Json::array();
    for (const std::uint32_t child : words.list().order)
      json["children"].push_back(child_json(words, child));
    lists.push_back(std::move(json));
  });
  return {{"lists", std::move(lists)}};
}

std::string child_place_text(const ListVoice& voice, const engine::GivenPlaces& given,
                             std::uint32_t service, const std::string& household,
                             const std::string& member) {
  std::string text;
  each_place(voice, given, service, household, member, [&](const Words& words, std::uint32_t i) {
    text += fmt::format("{}{}{}\n", heading(words), words.say(": ", "："), words.place(i));
    text += fmt::format("  {}{}\n", words.say("keys: ", "排序依据："),
                        words.keys(words.list().children[i].keys));
    const auto& placement = words.list().result.placements[i];
    if (placement.margin) {
      const allocate::Fill& fill = words.list().result.fills[placement.margin->fill];
      text +=
          fmt::format("  {}{}{}{}\n", words.say("line: ", "录取线："), words.tuple(fill.line_keys),
                      words.say(", margin ", "，差距 "), words.margin(i));
    }
    const std::vector<std::string> missing = words.missing(i);
    if (!missing.empty()) {
      text += fmt::format("  {}{}\n", words.say("depends on: ", "取决于："),
                          fmt::join(missing, words.say("; ", "；")));
    }
  });
  return text;
}

Json child_place_json(const ListVoice& voice, const engine::GivenPlaces& given,
                      std::uint32_t service, const std::string& household,
                      const std::string& member) {
  Json places = Json::array();
  each_place(voice, given, service, household, member, [&](const Words& words, std::uint32_t i) {
    Json json = child_json(words, i);
    json["allocation"] = words.name();
    const auto& placement = words.list().result.placements[i];
    if (placement.margin)
      json["line"] = words.tuple(words.list().result.fills[placement.margin->fill].line_keys);
    places.push_back(std::move(json));
  });
  return places;
}

}  // namespace juzhu::report
