// The facts, lists and places that test rules are written over.
#include <utility>

#include "plan_builder.h"

namespace juzhu::eval::testing {
namespace {

class VocabularyMaker {
 public:
  Vocabulary make() {
    add_places();
    vocabulary_.outcome = choice("outcome", {"denied", "ranked", "granted", "conflict"});
    vocabulary_.tenure = choice("tenure", {"owned", "rented", "other"});
    schema_.entities.resize(2);
    schema_.entities[0].name = {"household", ""};
    schema_.entities[1].name = {"person", ""};
    schema_.entities[1].owner = value::EntityId(std::size_t{0});
    schema_.place_fact = add_fact(value::EntityId(std::size_t{0}), "place", value::place_type());
    for (const char* name : {"a", "b", "c", "d", "m", "p", "s", "u", "v", "w", "A", "B"}) {
      add_fact(vocabulary_.person, name, value::boolean_type());
    }
    schema_.facts[add_fact(vocabulary_.person, "y", value::boolean_type()).index].if_any = true;
    for (const char* name : {"n", "k"}) {
      const value::FactId id = add_fact(vocabulary_.person, name, value::number_type(0));
      schema_.facts[id.index].greatest = 1'000'000;
    }
    const value::FactId birth = add_fact(vocabulary_.person, "birth", value::date_type());
    schema_.facts[birth.index].least = days(1900, 1, 1);
    schema_.facts[birth.index].greatest = days(2100, 12, 31);
    add_fact(vocabulary_.person, "home", value::choice_type(vocabulary_.tenure));
    add_fact(vocabulary_.person, "hukou", value::place_type());
    add_fact(vocabulary_.person, "zone", value::place_type());
    add_fact(vocabulary_.person, "parents", value::member_set_type(vocabulary_.person));
    const value::FactId spouse =
        add_fact(vocabulary_.person, "spouse", value::member_type(vocabulary_.person));
    schema_.facts[spouse.index].if_any = true;
    add_list("permits", "permit", value::SpellUnit::kDays);
    add_list("insurance", "contribution", value::SpellUnit::kMonths);
    vocabulary_.schema = std::make_shared<const Schema>(std::move(schema_));
    return vocabulary_;
  }

 private:
  value::PlaceNode place(const char* name, value::PlaceNode parent, value::PlaceLevel level) {
    value::Place made;
    made.name_en = name;
    made.level = level;
    made.parent = parent;
    return schema_.places.add(made);
  }
  void add_places() {
    using value::PlaceLevel;
    Vocabulary& v = vocabulary_;
    v.cn = place("CN", value::kRootPlace, PlaceLevel::kNation);
    v.gd = place("GD", v.cn, PlaceLevel::kProvince);
    v.hunan = place("Hunan", v.cn, PlaceLevel::kProvince);
    v.shaoyang = place("Shaoyang", v.hunan, PlaceLevel::kCity);
    v.sz = place("SZ", v.gd, PlaceLevel::kCity);
    v.gz = place("GZ", v.gd, PlaceLevel::kCity);
    v.ba = place("BA", v.sz, PlaceLevel::kCounty);
    v.yt = place("YT", v.sz, PlaceLevel::kCounty);
  }
  value::ChoiceId choice(const char* name, std::vector<std::string> options) {
    value::Choice made;
    made.name = {name, ""};
    for (std::string& option : options) {
      made.options.push_back({std::move(option), ""});
    }
    schema_.choices.push_back(std::move(made));
    return value::ChoiceId(schema_.choices.size() - 1);
  }
  value::FactId add_fact(value::EntityId entity, const char* name, const Type& type) {
    value::Fact made;
    made.name = {name, ""};
    made.type = type;
    made.entity = entity;
    made.column = static_cast<std::uint32_t>(schema_.entities[entity.index].facts.size());
    schema_.facts.push_back(made);
    const value::FactId id(schema_.facts.size() - 1);
    schema_.entities[entity.index].facts.push_back(id);
    return id;
  }
  void add_list(const char* name, const char* row, value::SpellUnit unit) {
    value::List made;
    made.name = {name, ""};
    made.row_name = {row, ""};
    made.owner = vocabulary_.person;
    made.unit = unit;
    made.column = static_cast<std::uint32_t>(schema_.entities[1].lists.size());
    const value::ListId id(schema_.lists.size());
    value::Fact valid;
    valid.name = {"valid", ""};
    valid.type = value::boolean_type();
    valid.list = id;
    schema_.facts.push_back(valid);
    made.facts.push_back(value::FactId(schema_.facts.size() - 1));
    schema_.lists.push_back(made);
    schema_.entities[1].lists.push_back(id);
  }

  Vocabulary vocabulary_;
  Schema schema_;
};

}  // namespace

const Vocabulary& vocabulary() {
  static const Vocabulary kMade = VocabularyMaker().make();
  return kMade;
}
std::int64_t days(int year, int month, int day) {
  return *value::days_from_civil({year, month, day});
}

}  // namespace juzhu::eval::testing
