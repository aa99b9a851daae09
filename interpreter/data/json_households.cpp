#include "data/json_households.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <utility>

#include "data/columns.h"
#include "data/household_builder.h"
#include "data/text_file.h"
#include "value/cell.h"
#include "value/plain_text.h"

namespace juzhu::data {
namespace {

using diag::Code;
using nlohmann::json;
using value::EntityId;
using value::Schema;

constexpr std::string_view kMembersFields[] = {"persons", "人员"};
constexpr std::string_view kHouseholdsFields[] = {"households", "住户"};

/// A person or household of a file, the fields of which are read, and its path for messages.
struct Record {
  const json& object;
  std::string path;  ///< households[3].persons[0]
};

const json* field(const json& object, std::string_view en, std::string_view zh) {
  for (const std::string_view name : {en, zh}) {
    const auto at = object.find(std::string(name));
    if (at != object.end()) return &*at;
  }
  return nullptr;
}

const json* field(const json& object, KeyColumn column) {
  return field(object, key_column_name(column, false), key_column_name(column, true));
}

/// A value as the cell of a table would write it. Objects and arrays of objects have no such text.
std::optional<std::string> cell_text(const json& value) {
  if (value.is_null()) return std::string();
  if (value.is_string()) return value.get<std::string>();
  if (value.is_boolean()) return std::string(value.get<bool>() ? "yes" : "no");
  if (value.is_number()) return value.dump();
  if (!value.is_array()) return std::nullopt;
  std::string joined;
  for (const json& part : value) {
    const auto text = part.is_array() ? std::nullopt : cell_text(part);
    if (!text) return std::nullopt;
    if (!joined.empty()) joined += ';';
    joined += *text;
  }
  return joined.empty() ? "none" : joined;
}

class Reader {
 public:
  Reader(std::string file, const Schema& schema, diag::Sink& sink)
      : file_(std::move(file)), schema_(schema), sink_(sink) {}

  void visit_all(const json& households, const std::string& path, const Visit& visit) {
    std::map<std::string, int> uses;
    for (const json& household : households)
      ++uses[key_text(household, KeyColumn::kHousehold)];
    std::set<std::string> seen;
    for (std::size_t at = 0; at < households.size(); ++at) {
      const Record record{households[at], fmt::format("{}[{}]", path, at)};
      const std::string key = key_text(record.object, KeyColumn::kHousehold);
      if (!record.object.is_object() || key.empty()) {
        report(Code::kOrphanRow, record.path, {},
               say("this household has no key; it is left out", "此户没有编号；略去不读"),
               say("give it a field `household` that no other one has",
                   "为其写字段 `household`，不与他户相同"));
        continue;
      }
      if (!seen.insert(key).second) {
        report(Code::kDuplicateKey, record.path + ".household", key,
               say("household `{}` is there twice", "户 `{}` 出现两次", key),
               say("give each household a key of its own; this one is left without answers",
                   "每户各用一个编号；此户不作判定"));
        continue;
      }
      if (!visit(build(record, key, uses[key] > 1))) return;
    }
  }

 private:
  diag::Diagnostic& report(Code code, std::string path, std::string value, Bilingual message,
                           Bilingual help) {
    auto& item =
        sink_.report_data(code, {file_, 0, std::move(path), std::move(value)}, std::move(message));
    item.helps.push_back(std::move(help));
    return item;
  }

  static std::string key_text(const json& object, KeyColumn column) {
    if (!object.is_object()) return {};
    const json* key = field(object, column);
    return key == nullptr ? std::string() : value::plain_text(cell_text(*key).value_or(""));
  }

  value::Household build(const Record& record, const std::string& key, bool is_duplicate) {
    HouseholdBuilder builder(schema_, sink_, key);
    std::vector<std::pair<Owner, Record>> members;
    if (const json* persons = field(record.object, kMembersFields[0], kMembersFields[1])) {
      members = add_members(builder, *persons, record.path + ".persons");
    }
    if (is_duplicate) builder.fail(value::ErrorCode::kDuplicateKey);
    read_fields(builder, kOfHousehold, record, EntityId{0});
    for (const auto& [owner, member] : members) {
      read_fields(builder, owner, member, person_entity(schema_));
    }
    return builder.finish();
  }

  std::vector<std::pair<Owner, Record>> add_members(HouseholdBuilder& builder, const json& persons,
                                                    const std::string& path) {
    std::vector<std::pair<Owner, Record>> members;
    for (std::size_t at = 0; at < persons.size() && persons.is_array(); ++at) {
      const Record record{persons[at], fmt::format("{}[{}]", path, at)};
      const std::string key = key_text(record.object, KeyColumn::kPerson);
      if (key.empty()) {
        report(Code::kOrphanRow, record.path, {},
               say("this person has no key and is left out", "此人没有编号，略去不读"),
               say("give each person a field `person` within the household, such as C1",
                   "为户内每人写字段 `person`，例如 C1"));
        continue;
      }
      const Found found{key, {file_, 0, record.path + ".person", key}};
      const Owner owner = builder.add_member(person_entity(schema_), found,
                                             key_text(record.object, KeyColumn::kName));
      members.emplace_back(owner, record);
    }
    return members;
  }

  void read_fields(HouseholdBuilder& builder, Owner owner, const Record& record, EntityId entity) {
    for (const auto& [name, value] : record.object.items()) {
      const std::string plain = value::plain_text(name);
      const std::string path = fmt::format("{}.{}", record.path, name);
      if (const auto list = schema_.list(entity, plain)) {
        read_list(builder, owner, *list, value, path);
      } else if (const auto fact = schema_.fact(entity, plain)) {
        if (const auto found = cell(value, path)) builder.set_cell(owner, *fact, *found);
      } else if (owner == kOfHousehold && names_key_column(plain, KeyColumn::kWeight)) {
        if (const auto found = cell(value, path)) builder.set_weight(*found);
      } else if (!is_known_field(plain, owner)) {
        report_unknown(plain, path, owner);
      }
    }
  }

  /// A value as a cell; nothing if it was not asked or is no cell, which is reported.
  std::optional<Found> cell(const json& value, const std::string& path) {
    const auto text = cell_text(value);
    if (!text) {
      report(Code::kBadCell, path, {},
             say("an object stands where a value should", "应为值之处写了对象"),
             say("write a text, a number, true or false, or an array of these",
                 "写文本、数、true 或 false，或由其组成的数组"));
      return std::nullopt;
    }
    std::string plain = value::plain_text(*text);
    if (plain.empty()) return std::nullopt;
    return Found{std::move(plain), {file_, 0, path, *text}};
  }

  void read_list(HouseholdBuilder& builder, Owner owner, value::ListId list, const json& value,
                 const std::string& path) {
    if (value.is_array()) {
      const Found found{"none", {file_, 0, path, "[]"}};
      if (value.empty()) builder.set_no_rows(owner, list, found);
      for (std::size_t at = 0; at < value.size(); ++at) {
        const std::string row = fmt::format("{}[{}]", path, at);
        // Beside rows: at least these.
        const std::string text = value[at].is_string() ? value[at].get<std::string>() : "";
        if (says_unknown(value::plain_text(text))) {
          builder.set_unknown_rows(owner, list, {text, {file_, 0, row, text}});
        } else {
          read_row(builder, owner, list, {value[at], row});
        }
      }
      return;
    }
    const std::string text = value.is_string() ? value::plain_text(value.get<std::string>()) : "";
    const Found found{text, {file_, 0, path, text}};
    if (value::is_none_word(text)) {
      builder.set_no_rows(owner, list, found);
    } else if (says_unknown(text)) {
      builder.set_unknown_rows(owner, list, found);
    } else if (!value.is_null() && !value::state_word(text)) {
      report(Code::kBadCell, path, value.dump(),
             say("`{}` is a list of spells", "`{}` 是时段列表", schema_[list].name),
             say("write an array of rows, or \"none\" or \"unknown\"",
                 "写由各段组成的数组，或 \"none\"、\"unknown\""));
      builder.fail_list(owner, list, value::ErrorCode::kBadCell);
    }
  }

  void read_row(HouseholdBuilder& builder, Owner owner, value::ListId list, const Record& record) {
    const json* start =
        record.object.is_object() ? field(record.object, KeyColumn::kStart) : nullptr;
    if (start == nullptr) {
      report(Code::kBadCell, record.path, {}, say("this spell has no start", "此时段没有起始"),
             say("write {{ \"start\": \"2019-06-10\", \"end\": … }}; leave out the end if it still "
                 "runs",
                 "写 {{ \"start\": \"2019-06-10\", \"end\": … }}；仍在持续的不写 end"));
      builder.fail_list(owner, list, value::ErrorCode::kBadCell);
      return;
    }
    FoundRow row;
    row.start = end_of(*start, record.path + ".start");
    row.end.place = {file_, 0, record.path + ".end", {}};
    for (const auto& [name, value] : record.object.items()) {
      const std::string plain = value::plain_text(name);
      const std::string path = fmt::format("{}.{}", record.path, name);
      if (names_key_column(plain, KeyColumn::kStart)) continue;
      if (names_key_column(plain, KeyColumn::kEnd)) {
        row.end = end_of(value, path);
      } else if (const auto fact = schema_.fact(list, plain)) {
        if (auto found = cell(value, path)) row.cells.emplace_back(*fact, std::move(*found));
      } else {
        report(Code::kUnknownColumn, path, {},
               say("`{}` has no fact `{}`; the value is ignored", "`{}` 没有事实 `{}`；该值被忽略",
                   schema_[list].name, plain),
               say("correct the name, or leave it out", "改正名称，或删去"));
      }
    }
    builder.add_row(owner, list, row);
  }

  Found end_of(const json& value, const std::string& path) {
    const std::string text = cell_text(value).value_or(value.dump());
    return {value::plain_text(text), {file_, 0, path, text}};
  }

  static bool is_known_field(std::string_view name, Owner owner) {
    if (owner != kOfHousehold) {
      return names_key_column(name, KeyColumn::kPerson) || names_key_column(name, KeyColumn::kName);
    }
    return names_key_column(name, KeyColumn::kHousehold) || name == kMembersFields[0] ||
           name == kMembersFields[1];
  }

  void report_unknown(const std::string& name, const std::string& path, Owner owner) {
    const TableKind kind = owner == kOfHousehold ? TableKind::kHouseholds : TableKind::kPersons;
    std::vector<std::string> known = column_names(kind, schema_);
    for (const value::List& list : schema_.lists)
      known.push_back(list.name.en);
    const auto guess = diag::did_you_mean(name, known);
    report(Code::kUnknownColumn, path, {},
           say("no fact is called `{}`; it is ignored", "没有名为 `{}` 的事实；被忽略", name),
           guess ? say("did you mean `{}`?", "是否想写 `{}`？", *guess)
                 : say("fields have the names of facts", "字段名即事实的名称"));
  }

  std::string file_;
  const Schema& schema_;
  diag::Sink& sink_;
};

void report_syntax(const std::string& path, std::string_view text, std::size_t byte,
                   diag::Sink& sink) {
  const std::size_t at = std::min(byte == 0 ? 0 : byte - 1, text.size());
  const std::string_view before = text.substr(0, at);
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const std::size_t break_at = before.rfind('\n');
  const std::string_view head =
      before.substr(break_at == std::string_view::npos ? 0 : break_at + 1);
  const auto column = std::count_if(head.begin(), head.end(), [](char letter) {
    return (static_cast<unsigned char>(letter) & 0xC0U) != 0x80U;
  });
  const bool ended = at >= text.size();
  sink.report_data(
          Code::kBadJson, {path, static_cast<std::uint32_t>(line), std::to_string(column + 1), {}},
          ended ? say("the file ends before its JSON does", "文件结束而其 JSON 尚未结束")
                : say("this is not JSON from column {} on", "从第 {} 列起不是 JSON", column + 1))
      .helps.emplace_back(
          ended ? say("close every bracket and quote that was opened", "将已开的括号和引号都闭合")
                : say("look for a missing comma, quote or bracket just before",
                      "检查其前是否缺少逗号、引号或括号"));
}

}  // namespace

bool for_each_json_household(const std::string& path, const Schema& schema,
                             const ReadOptions& options, diag::Sink& sink, const Visit& visit) {
  const auto text = read_text_file(path, options.encoding, sink);
  if (!text) return false;
  json document;
  try {
    document = json::parse(*text);
  } catch (const json::parse_error& error) {
    report_syntax(path, *text, error.byte, sink);
    return false;
  }
  const json* households = document.is_object()
                               ? field(document, kHouseholdsFields[0], kHouseholdsFields[1])
                               : &document;
  if (households == nullptr || !households->is_array()) {
    sink.report_data(
            Code::kNoData, {path, 0, {}, {}},
            say("there is no array `households` in this file", "此文件中没有数组 `households`"))
        .helps.emplace_back(say("write {{ \"households\": [ {{ \"household\": \"H001\", … }} ] }}",
                                "写 {{ \"households\": [ {{ \"household\": \"H001\", … }} ] }}"));
    return false;
  }
  Reader(path, schema, sink)
      .visit_all(*households, document.is_object() ? "households" : "", visit);
  return true;
}

}  // namespace juzhu::data
