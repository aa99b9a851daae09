#include "session/family.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "data/columns.h"
#include "data/household_builder.h"
#include "report/answer_line.h"
#include "value/cover.h"
#include "value/date.h"
#include "value/number_text.h"
#include "value/plain_text.h"

namespace juzhu::session {
namespace {

using data::Found;
using data::HouseholdBuilder;
using nlohmann::ordered_json;
using value::Cell;
using value::InputState;
using value::Schema;
using value::TypeKind;
using value::Value;

constexpr std::string_view kDateField = "asked_on";

Found found(const std::string& text) { return {value::plain_text(text), {{}, 0, {}, text}}; }

void report_lost(const std::string& name, diag::Sink& sink) {
  sink.report_data(diag::Code::kUnknownName, {{}, 0, name, {}},
                   say("the vocabulary has no `{}`; it is left out of the case",
                       "词汇中没有 `{}`；案例中略去", name))
      .helps.emplace_back(
          say("`forget {}` if it is not wanted any more", "不再需要时写 `忘记 {}`", name));
}

void fill(HouseholdBuilder& builder, data::Owner owner, value::EntityId entity,
          const PersonText& person, const Schema& schema, diag::Sink& sink) {
  for (const auto& [name, text] : person.facts) {
    const auto fact = schema.fact(entity, name);
    if (fact) builder.set_cell(owner, *fact, found(text));
    if (!fact) report_lost(name, sink);
  }
  for (const auto& [name, list] : person.lists) {
    const auto id = schema.list(entity, name);
    if (!id) {
      report_lost(name, sink);
      continue;
    }
    if (list.unknown) builder.set_unknown_rows(owner, *id, found("unknown"));
    if (!list.unknown && list.spells.empty()) builder.set_no_rows(owner, *id, found("none"));
    for (const SpellText& spell : list.spells) {
      data::FoundRow row{found(spell.start), found(spell.end), {}};
      for (const auto& [field, text] : spell.facts) {
        const auto fact = schema.fact(*id, field);
        if (fact) row.cells.emplace_back(*fact, found(text));
        if (!fact) report_lost(field, sink);
      }
      builder.add_row(owner, *id, row);
    }
  }
}

class Texts {
 public:
  Texts(const value::Household& household, const Schema& schema)
      : household_(household), schema_(schema) {}

  /// Empty for what was not asked, or could not be read.
  [[nodiscard]] std::string of(const Cell& cell, const value::Fact& fact) const {
    if (cell.state == InputState::kUnknown) return "unknown";
    if (cell.state == InputState::kDoesNotApply) return "not_applicable";
    const Value& value = cell.value;
    if (cell.state != InputState::kStated || value.may_fail()) return {};
    if (value.only_not_applicable()) return "none";
    switch (fact.type.kind) {
      case TypeKind::kBoolean:
        return value.lo == value::kTrueBit    ? "yes"
               : value.lo == value::kFalseBit ? "no"
                                              : "unknown";
      case TypeKind::kNumber:
        return range(value, [&](std::int64_t number) {
          return value::quantity_text(number, fact.type, schema_, false);
        });
      case TypeKind::kDate:
        return range(value, value::date_text);
      case TypeKind::kMonth:
        return range(value, value::month_text);
      case TypeKind::kChoice:
        return options(value.lo, fact, "|");
      case TypeKind::kChoiceSet:
        return value.lo == 0 ? "none" : options(value.lo, fact, ";");
      case TypeKind::kPlace:
        return place(value);
      case TypeKind::kText:
        return value.lo < 0 ? std::string() : schema_.texts[static_cast<std::size_t>(value.lo)];
      case TypeKind::kMember:
      case TypeKind::kMemberSet:
        return value.lo == 0 ? "none" : members(value.lo);
      case TypeKind::kError:
      case TypeKind::kQuotient:
      case TypeKind::kRow:
      case TypeKind::kRows:
      case TypeKind::kTime:
        return {};
    }
    return {};
  }

  [[nodiscard]] std::string end(const Value& end, value::SpellUnit unit) const {
    if (end.hi == value::kForever) return {};
    return range(end, unit == value::SpellUnit::kDays ? value::date_text : value::month_text);
  }

 private:
  template <typename Text>
  static std::string range(const Value& value, const Text& text) {
    return value.lo == value.hi ? text(value.lo)
                                : fmt::format("{}..{}", text(value.lo), text(value.hi));
  }

  [[nodiscard]] std::string options(std::int64_t bits, const value::Fact& fact,
                                    std::string_view between) const {
    std::string text;
    const auto& all = schema_[fact.type.choice].options;
    for (std::size_t at = 0; at < all.size(); ++at) {
      if ((static_cast<std::uint64_t>(bits) >> at & 1U) == 0) continue;
      if (!text.empty()) text += between;
      text += all[at].in(false);
    }
    return text;
  }

  [[nodiscard]] std::string members(std::int64_t bits) const {
    std::string text;
    for (std::size_t at = 0; at < household_.members.size(); ++at) {
      if ((static_cast<std::uint64_t>(bits) >> at & 1U) == 0) continue;
      if (!text.empty()) text += ";";
      text += household_.members[at].key;
    }
    return text;
  }

  [[nodiscard]] std::string place(const Value& value) const {
    const auto node = static_cast<value::PlaceNode>(value.lo);
    return node == value::kRootPlace ? std::string() : schema_.places.path_en(node);
  }

  const value::Household& household_;
  const Schema& schema_;
};

PersonText person_of(const Texts& texts, const Schema& schema, value::EntityId entity,
                     const std::vector<Cell>& cells, const std::vector<value::RowList>& lists) {
  PersonText person;
  person.entity = schema[entity].name.in(false);
  for (const value::FactId id : schema[entity].facts) {
    const value::Fact& fact = schema[id];
    std::string text = texts.of(cells[fact.column], fact);
    if (!text.empty()) person.facts.emplace(fact.name.in(false), std::move(text));
  }
  for (const value::ListId id : schema[entity].lists) {
    const value::List& list = schema[id];
    const value::RowList& rows = lists[list.column];
    const bool said = rows.state == InputState::kStated || rows.state == InputState::kUnknown;
    if ((!said && rows.rows.empty()) || rows.failure.kinds != 0) continue;
    ListText& into = person.lists[list.name.in(false)];
    into.unknown = rows.state != InputState::kStated;
    for (const value::Row& row : rows.rows) {
      if (row.start.may_fail()) continue;
      SpellText spell{texts.end(row.start, list.unit), texts.end(row.end, list.unit), {}};
      for (const value::FactId field : list.facts) {
        std::string text = texts.of(row.cells[schema[field].column], schema[field]);
        if (!text.empty()) spell.facts.emplace(schema[field].name.in(false), std::move(text));
      }
      into.spells.push_back(std::move(spell));
    }
  }
  return person;
}

ordered_json fields_of(const PersonText& person, ordered_json object) {
  for (const auto& [name, text] : person.facts)
    object[name] = text;
  for (const auto& [name, list] : person.lists) {
    if (list.spells.empty()) {
      object[name] = list.unknown ? "unknown" : "none";
      continue;
    }
    ordered_json rows = ordered_json::array();
    for (const SpellText& spell : list.spells) {
      ordered_json row{{"start", spell.start}};
      if (!spell.end.empty()) row["end"] = spell.end;
      for (const auto& [field, text] : spell.facts)
        row[field] = text;
      rows.push_back(std::move(row));
    }
    if (list.unknown) rows.push_back("unknown");
    object[name] = std::move(rows);
  }
  return object;
}

}  // namespace

value::Household household_of(const Family& family, const Schema& schema, diag::Sink& sink) {
  HouseholdBuilder builder(schema, sink, family.household.key);
  std::vector<std::pair<data::Owner, value::EntityId>> owners;
  owners.reserve(family.members.size());
  for (const PersonText& member : family.members) {
    auto entity = schema.entity(member.entity);
    if (!entity) report_lost(member.entity, sink);
    // A kind that a changed vocabulary has lost: whoever it is keeps their place among the others.
    if (!entity) entity = data::person_entity(schema);
    const data::Owner owner =
        builder.add_member(*entity, {member.key, {{}, 0, {}, member.key}}, "");
    owners.emplace_back(owner, *entity);
  }
  if (!family.weight.empty()) builder.set_weight(found(family.weight));
  fill(builder, data::kOfHousehold, value::EntityId{std::size_t{0}}, family.household, schema,
       sink);
  for (std::size_t at = 0; at < family.members.size(); ++at) {
    fill(builder, owners[at].first, owners[at].second, family.members[at], schema, sink);
  }
  return builder.finish();
}

Family family_of(const value::Household& household, const Schema& schema) {
  const Texts texts(household, schema);
  Family family;
  family.household =
      person_of(texts, schema, value::EntityId{std::size_t{0}}, household.cells, household.lists);
  family.household.key = household.key;
  constexpr std::uint64_t kOne = 1'000'000;
  const auto weight = static_cast<std::uint64_t>(household.weight_millionths);
  if (weight != kOne) family.weight = report::weight_text(weight);
  for (const value::Member& member : household.members) {
    family.members.push_back(person_of(texts, schema, member.entity, member.cells, member.lists));
    family.members.back().key = member.key;
  }
  // Who is named by a fact of many people keeps that part when a further child comes along.
  for (const PersonText& member : family.members) {
    for (const value::Fact& fact : schema.facts) {
      if (fact.type.kind != TypeKind::kMemberSet || fact.list.valid()) continue;
      const auto text = member.facts.find(fact.name.in(false));
      if (text == member.facts.end()) continue;
      const std::vector<std::string> keys = value::split_list(text->second);
      for (PersonText& other : family.members) {
        if (std::find(keys.begin(), keys.end(), other.key) != keys.end())
          other.belongs = fact.name.in(false);
      }
    }
  }
  for (PersonText& member : family.members) {
    const bool has_people =
        std::any_of(schema.facts.begin(), schema.facts.end(), [&](const value::Fact& fact) {
          return fact.type.kind == TypeKind::kMemberSet && !fact.list.valid() &&
                 member.facts.contains(fact.name.in(false));
        });
    member.by_role = has_people;
  }
  return family;
}

std::string file_text(const Family& family, std::int64_t date) {
  ordered_json household = fields_of(family.household, {{"household", family.household.key}});
  if (!family.weight.empty()) household["weight"] = family.weight;
  ordered_json persons = ordered_json::array();
  for (const PersonText& member : family.members)
    persons.push_back(fields_of(member, {{"person", member.key}}));
  household["persons"] = std::move(persons);
  const ordered_json file{{kDateField, value::date_text(date)},
                          {"households", ordered_json::array({std::move(household)})}};
  return file.dump(1) + "\n";
}

std::optional<std::int64_t> date_in_file(std::string_view text) {
  const ordered_json file = ordered_json::parse(text, nullptr, false);
  if (!file.is_object() || !file.contains(kDateField) || !file[kDateField].is_string())
    return std::nullopt;
  return value::parse_date(file[kDateField].get<std::string>());
}

std::string place_text(const Family& family, const Schema& schema) {
  if (!schema.place_fact.valid()) return {};
  const auto found = family.household.facts.find(schema[schema.place_fact].name.in(false));
  return found == family.household.facts.end() ? std::string() : found->second;
}

}  // namespace juzhu::session
