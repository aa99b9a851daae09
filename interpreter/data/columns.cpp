#include "data/columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "value/plain_text.h"

namespace juzhu::data {
namespace {

using diag::Code;
using value::EntityId;
using value::FactId;

struct KeyName {
  std::string_view en;
  std::string_view zh;
};

// By KeyColumn.
constexpr std::array<KeyName, kKeyColumnCount> kKeyNames{{{"household", "户"},
                                                          {"person", "人"},
                                                          {"weight", "权重"},
                                                          {"name", "姓名"},
                                                          {"list", "列表"},
                                                          {"start", "开始"},
                                                          {"end", "结束"}}};

/// What people call a column and the library does not: no likeness of letters leads from one to
/// the other.
struct Synonym {
  std::string_view said;
  std::string_view meant;
};
constexpr std::array<Synonym, 2> kSynonyms{{{"户口", "户籍"}, {"户口所在地", "户籍"}}};

struct KeyUse {
  KeyColumn column;
  bool needed;
};

std::vector<KeyUse> keys_of(TableKind kind) {
  switch (kind) {
    case TableKind::kHouseholds:
      return {{KeyColumn::kHousehold, true}, {KeyColumn::kWeight, false}};
    case TableKind::kPersons:
      return {{KeyColumn::kHousehold, true}, {KeyColumn::kPerson, true}, {KeyColumn::kName, false}};
    case TableKind::kSpells:
      return {{KeyColumn::kHousehold, true},
              {KeyColumn::kPerson, true},
              {KeyColumn::kList, true},
              {KeyColumn::kStart, true},
              {KeyColumn::kEnd, true}};
  }
  return {};
}

std::vector<FactId> facts_of(TableKind kind, const value::Schema& schema) {
  if (kind == TableKind::kHouseholds) return schema[EntityId{0}].facts;
  if (kind == TableKind::kPersons) return schema[person_entity(schema)].facts;
  std::vector<FactId> facts;
  for (const value::List& list : schema.lists) {
    facts.insert(facts.end(), list.facts.begin(), list.facts.end());
  }
  return facts;
}

/// What the rows of a table must say, for the help on a column that is missing.
Bilingual table_text(TableKind kind) {
  switch (kind) {
    case TableKind::kHouseholds:
      return say("one row for each household: household, place, …", "每户一行：户, 居住地, …");
    case TableKind::kPersons:
      return say("one row for each person: household, person, birth_date, …",
                 "每人一行：户, 人, 出生日期, …");
    case TableKind::kSpells:
      return say("one row for each spell: household, person, list, start, end, …",
                 "每段一行：户, 人, 列表, 开始, 结束, …");
  }
  return {};
}

/// Returns the column that was probably meant, if any.
std::optional<std::string> report_missing(const CsvTable& table, TableKind kind, KeyColumn column,
                                          diag::Sink& sink) {
  const std::string name(key_column_name(column, false));
  auto& report = sink.report_data(Code::kMissingColumn, {table.file, 1, name, {}},
                                  say("there is no column `{}` (`{}`)", "没有列 `{}`（`{}`）", name,
                                      key_column_name(column, true)));
  auto guess = diag::did_you_mean(name, table.columns);
  report.helps.push_back(
      guess ? say("is it the column `{}`? then rename that", "是否指列 `{}`？请将其改名", *guess)
            : say("the file has {}", "此文件应为：{}", table_text(kind)));
  return guess;
}

void report_unknown(const CsvTable& table, TableKind kind, const value::Schema& schema,
                    const std::string& name, diag::Sink& sink) {
  auto& report = sink.report_data(Code::kUnknownColumn, {table.file, 1, name, {}},
                                  say("no fact is called `{}`; the column is ignored",
                                      "没有名为 `{}` 的事实；该列被忽略", name));
  const std::vector<std::string> known = column_names(kind, schema);
  const auto means = [&](const Synonym& each) {
    return each.said == name && std::find(known.begin(), known.end(), each.meant) != known.end();
  };
  const auto* const synonym = std::find_if(kSynonyms.begin(), kSynonyms.end(), means);
  if (synonym != kSynonyms.end()) {
    report.helps.push_back(say("did you mean `{}`?", "是否想写 `{}`？", synonym->meant));
  } else if (const auto guess = diag::did_you_mean(name, known)) {
    report.helps.push_back(say("did you mean `{}`?", "是否想写 `{}`？", *guess));
  } else {
    report.helps.emplace_back(
        say("columns have the names of facts; rename it, or leave it as a note",
            "列名即事实的名称；请改名，或留作备注"));
  }
}

}  // namespace

std::string_view key_column_name(KeyColumn column, bool chinese) {
  const KeyName& name = kKeyNames[static_cast<std::size_t>(column)];
  return chinese ? name.zh : name.en;
}

bool names_key_column(std::string_view name, KeyColumn column) {
  return name == key_column_name(column, false) || name == key_column_name(column, true);
}

EntityId person_entity(const value::Schema& schema) {
  if (const auto person = schema.entity("person")) return *person;
  return EntityId{std::min<std::size_t>(1, schema.entities.size() - 1)};
}

std::vector<std::string> column_names(TableKind kind, const value::Schema& schema) {
  std::set<std::string> names;
  for (const KeyUse use : keys_of(kind)) {
    names.emplace(key_column_name(use.column, false));
    names.emplace(key_column_name(use.column, true));
  }
  for (const FactId fact : facts_of(kind, schema)) {
    names.insert(schema[fact].name.en);
    names.insert(schema[fact].name.zh);
  }
  names.erase("");
  return {names.begin(), names.end()};
}

std::optional<Columns> match_columns(const CsvTable& table, TableKind kind,
                                     const value::Schema& schema, diag::Sink& sink) {
  Columns columns;
  columns.facts.resize(table.columns.size());
  std::set<std::string> seen;
  std::vector<std::string> unknown;
  const std::vector<KeyUse> keys = keys_of(kind);
  const std::vector<FactId> facts = facts_of(kind, schema);
  for (std::size_t at = 0; at < table.columns.size(); ++at) {
    const std::string name = value::plain_text(table.columns[at]);
    if (name.empty()) continue;
    if (!seen.insert(name).second) {
      sink.report_data(Code::kUnknownColumn, {table.file, 1, name, {}},
                       say("a second column is called `{}`; it is ignored",
                           "第二个名为 `{}` 的列；被忽略", name))
          .helps.emplace_back(say("leave one of the two", "留下其中一个"));
      continue;
    }
    const auto key = std::find_if(keys.begin(), keys.end(), [&](const KeyUse& use) {
      return names_key_column(name, use.column);
    });
    if (key != keys.end()) {
      columns.keys[static_cast<std::size_t>(key->column)] = at;
      continue;
    }
    for (const FactId fact : facts) {
      if (schema[fact].name.is(name)) columns.facts[at].push_back(fact);
    }
    if (columns.facts[at].empty()) unknown.push_back(name);
  }
  bool complete = true;
  for (const KeyUse use : keys) {
    if (!use.needed || columns.key(use.column)) continue;
    // One slip, one message: the column that a missing one was meant to be is not reported as well.
    if (const auto meant = report_missing(table, kind, use.column, sink)) {
      std::erase(unknown, value::plain_text(*meant));
    }
    complete = false;
  }
  for (const std::string& name : unknown)
    report_unknown(table, kind, schema, name, sink);
  return complete ? std::optional(std::move(columns)) : std::nullopt;
}

}  // namespace juzhu::data
