// A small vocabulary for tests of data readers: households with a place and homes, persons with
// facts of each type, permits kept in days and insurance kept in months.
#pragma once

#include <string>

#include "value/schema.h"

namespace juzhu::test {

inline value::Schema made_schema() {
  using value::EntityId;
  using value::FactId;
  using value::ListId;
  value::Schema schema;
  const auto china = schema.places.add(
      {"China", "中国", {}, "100000", value::PlaceLevel::kNation, value::kRootPlace, {}, 0});
  const auto add_place = [&](const char* en, const char* zh, const char* code,
                             value::PlaceLevel level, value::PlaceNode parent) {
    return schema.places.add({en, zh, {}, code, level, parent, {}, 0});
  };
  using value::PlaceLevel;
  const auto guangdong = add_place("Guangdong", "广东", "440000", PlaceLevel::kProvince, china);
  const auto shenzhen = add_place("Shenzhen", "深圳", "440300", PlaceLevel::kCity, guangdong);
  add_place("Baoan", "宝安", "440306", PlaceLevel::kCounty, shenzhen);

  schema.units = {{"months", "月"},  {"days", "日"},   {"yuan", "元"},   {"points", "分"},
                  {"persons", "人"}, {"m2", "平方米"}, {"hours", "小时"}};
  schema.choices.push_back({{"sex", "性别"}, {{"male", "男"}, {"female", "女"}}});
  schema.choices.push_back(
      {{"kind", "险种"}, {{"pension", "养老"}, {"medical", "医疗"}, {"injury", "工伤"}}});

  schema.entities.resize(2);
  schema.entities[0].name = {"household", "户"};
  schema.entities[1].name = {"person", "人"};
  schema.entities[1].owner = EntityId{0};

  const auto add_fact = [&](std::size_t entity, const char* en, const char* zh, value::Type type,
                            bool if_any = false) {
    value::Fact fact;
    fact.name = {en, zh};
    fact.type = type;
    fact.entity = EntityId{entity};
    fact.if_any = if_any;
    fact.column = static_cast<std::uint32_t>(schema.entities[entity].facts.size());
    const value::Domain domain = value::usual_domain(type);
    fact.least = domain.least;
    fact.greatest = domain.greatest;
    schema.entities[entity].facts.emplace_back(schema.facts.size());
    schema.facts.push_back(fact);
    return FactId{schema.facts.size() - 1};
  };
  schema.place_fact = add_fact(0, "place", "居住地", value::place_type());
  add_fact(1, "birth_date", "出生日期", value::date_type());
  add_fact(1, "sex", "性别", value::choice_type(value::ChoiceId{0}));
  add_fact(1, "parents", "父母", value::member_set_type(EntityId{1}));
  add_fact(1, "spouse", "配偶", value::member_type(EntityId{1}), true);
  add_fact(1, "hukou", "户籍", value::place_type());
  const FactId years = add_fact(1, "missed_years", "断保年数", value::number_type(0));
  schema.facts[years.index].least = 0;
  schema.facts[years.index].greatest = 20;

  const auto add_list = [&](std::size_t entity, const char* en, const char* zh,
                            value::SpellUnit unit) {
    value::List list;
    list.name = {en, zh};
    list.owner = EntityId{entity};
    list.unit = unit;
    list.column = static_cast<std::uint32_t>(schema.entities[entity].lists.size());
    schema.entities[entity].lists.emplace_back(schema.lists.size());
    schema.lists.push_back(list);
    return ListId{schema.lists.size() - 1};
  };
  const auto add_row_fact = [&](ListId list, const char* en, const char* zh, value::Type type) {
    value::Fact fact;
    fact.name = {en, zh};
    fact.type = type;
    fact.list = list;
    fact.column = static_cast<std::uint32_t>(schema.lists[list.index].facts.size());
    schema.lists[list.index].facts.emplace_back(schema.facts.size());
    schema.facts.push_back(fact);
  };
  const ListId permits = add_list(1, "permits", "居住证", value::SpellUnit::kDays);
  add_row_fact(permits, "place", "地点", value::place_type());
  const ListId insurance = add_list(1, "insurance", "社保", value::SpellUnit::kMonths);
  add_row_fact(insurance, "place", "地点", value::place_type());
  add_row_fact(insurance, "kinds", "险种", value::choice_set_type(value::ChoiceId{1}));
  const ListId homes = add_list(0, "homes", "住房", value::SpellUnit::kDays);
  add_row_fact(homes, "place", "地点", value::place_type());
  return schema;
}

}  // namespace juzhu::test
