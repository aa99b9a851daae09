// A vocabulary small enough to read at a glance, with a fact of every type, for the tests of this
// room.
#pragma once

#include <string>
#include <utility>

#include "value/date.h"
#include "value/household.h"
#include "value/schema.h"

namespace juzhu::value::test {

struct SmallSchema {
  Schema schema;
  PlaceNode china, beijing, chaoyang_of_beijing, liaoning, chaoyang_of_liaoning, guangdong,
      shenzhen, baoan, hunan, shaoyang, hubei, xiantao;
  ChoiceId education, kind;
  EntityId household, person;
  ListId permits, insurance;

  SmallSchema() {
    add_places();
    schema.units = {
        {"months", "个月"}, {"days", "日"}, {"yuan", "元"}, {"points", "分"}, {"hours", "小时"}};
    schema.texts = {"first", "second"};
    education = add_choice({"education", "学历"},
                           {{"junior", "初中"}, {"senior", "高中"}, {"bachelor", "本科"}});
    kind = add_choice({"kind", "险种"}, {{"pension", "养老"}, {"medical", "医疗"}});
    household = add_entity({"household", "户"});
    person = add_entity({"person", "人"});
    permits = add_list({"permits", "居住证"}, SpellUnit::kDays);
    insurance = add_list({"insurance", "社保"}, SpellUnit::kMonths);
  }

  FactId add_fact(EntityId entity, Bilingual name, Type type, bool if_any = false) {
    Fact fact;
    fact.entity = entity;
    fact.column = static_cast<std::uint32_t>(schema.entities[entity.index].facts.size());
    const FactId id = keep(fact, std::move(name), type, if_any);
    schema.entities[entity.index].facts.push_back(id);
    return id;
  }
  FactId add_fact(ListId list, Bilingual name, Type type, bool if_any = false) {
    Fact fact;
    fact.list = list;
    fact.column = static_cast<std::uint32_t>(schema.lists[list.index].facts.size());
    const FactId id = keep(fact, std::move(name), type, if_any);
    schema.lists[list.index].facts.push_back(id);
    return id;
  }
  /// A fact that is only read from cells.
  Fact fact(Type type, bool if_any = false) {
    return schema.facts[add_fact(person, {"it", "它"}, type, if_any).index];
  }
  [[nodiscard]] Place place(const char* name_en, const char* name_zh, PlaceLevel level,
                            PlaceNode parent, const char* code) const {
    Place made;
    made.name_en = name_en;
    made.name_zh = name_zh;
    made.level = level;
    made.parent = parent;
    made.code = code;
    return made;
  }

 private:
  FactId keep(Fact fact, Bilingual name, const Type& type, bool if_any) {
    fact.name = std::move(name);
    fact.type = type;
    fact.if_any = if_any;
    fact.least = usual_domain(type).least;
    fact.greatest = usual_domain(type).greatest;
    schema.facts.push_back(fact);
    return FactId{schema.facts.size() - 1};
  }
  ChoiceId add_choice(Bilingual name, std::vector<Bilingual> options) {
    schema.choices.push_back({std::move(name), std::move(options)});
    return ChoiceId{schema.choices.size() - 1};
  }
  EntityId add_entity(Bilingual name) {
    Entity entity;
    entity.name = std::move(name);
    schema.entities.push_back(entity);
    return EntityId{schema.entities.size() - 1};
  }
  ListId add_list(Bilingual name, SpellUnit unit) {
    List list;
    list.name = std::move(name);
    list.unit = unit;
    list.owner = person;
    list.column = static_cast<std::uint32_t>(schema.entities[person.index].lists.size());
    schema.lists.push_back(list);
    schema.entities[person.index].lists.emplace_back(schema.lists.size() - 1);
    return ListId{schema.lists.size() - 1};
  }
  void add_places() {
    const auto add = [&](const char* en, const char* zh, PlaceLevel level, PlaceNode parent,
                         const char* code) {
      return schema.places.add(place(en, zh, level, parent, code));
    };
    china = add("China", "中国", PlaceLevel::kNation, kRootPlace, "100000");
    beijing = add("Beijing", "北京", PlaceLevel::kProvince, china, "110000");
    chaoyang_of_beijing = add("Chaoyang", "朝阳", PlaceLevel::kCounty, beijing, "110105");
    liaoning = add("Liaoning", "辽宁", PlaceLevel::kProvince, china, "210000");
    const PlaceNode city = add("Jinzhou", "锦州", PlaceLevel::kCity, liaoning, "210700");
    chaoyang_of_liaoning = add("Chaoyang", "朝阳", PlaceLevel::kCounty, city, "210799");
    guangdong = add("Guangdong", "广东", PlaceLevel::kProvince, china, "440000");
    shenzhen = add("Shenzhen", "深圳", PlaceLevel::kCity, guangdong, "440300");
    baoan = add("Baoan", "宝安", PlaceLevel::kCounty, shenzhen, "440306");
    hunan = add("Hunan", "湖南", PlaceLevel::kProvince, china, "430000");
    shaoyang = add("Shaoyang", "邵阳", PlaceLevel::kCity, hunan, "430500");
    add("Shaoyang", "邵阳", PlaceLevel::kCounty, shaoyang, "430523");
    hubei = add("Hubei", "湖北", PlaceLevel::kProvince, china, "420000");
    xiantao = add("Xiantao", "仙桃", PlaceLevel::kCounty, hubei, "429004");
  }
};

}  // namespace juzhu::value::test
