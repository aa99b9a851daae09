#include "value/household.h"

#include <catch2/catch.hpp>

#include "small_schema.h"

namespace juzhu::value::test {
namespace {

struct Family : SmallSchema {
  FactId place_fact, birth_date, issued;
  Household home;

  Family() {
    place_fact = add_fact(SmallSchema::household, {"place", "居住地"}, place_type());
    birth_date = add_fact(person, {"birth_date", "出生日期"}, date_type());
    issued = add_fact(permits, {"issued", "签发日"}, date_type(), true);
    home = empty_household(schema, "H1");
    home.members.push_back(empty_member(schema, person, "C1"));
    home.members.push_back(empty_member(schema, person, "P1"));
    home.members.back().name = {"Li", "李"};
    Row row;
    row.start = number(0);
    row.end = between(usual_domain(date_type()).least, usual_domain(date_type()).greatest);
    row.cells = {{not_applicable(), InputState::kDoesNotApply}};
    home.members.back().lists[0] = {InputState::kStated, {row, row}, {}};
  }
  [[nodiscard]] FactRef ref(FactRef::Kind of, std::int32_t member, ListId list = {},
                            std::int32_t row = -1, FactId fact = {}) const {
    return {of, member, list, row, fact};
  }
};

}  // namespace

TEST_CASE("A household begins with every fact not asked") {
  const Family family;
  CHECK(family.home.key == "H1");
  REQUIRE(family.home.cells.size() == 1);
  CHECK(family.home.cells[0].state == InputState::kNotAsked);
  CHECK(family.home.cells[0].value == place_value(kRootPlace, false));
  CHECK(family.home.members[0].lists.size() == 2);
  CHECK(family.home.members[0].lists[0].state == InputState::kNotAsked);
  CHECK(family.home.weight_millionths == 1'000'000);
}

TEST_CASE("The whole domain of each kind of fact") {
  SmallSchema small;
  const auto domain = [&](const Type& type, bool if_any = false) {
    return domain_of(small.schema, small.fact(type, if_any), 3);
  };
  CHECK(domain(boolean_type()) == unknown_truth());
  CHECK(domain(number_type(0, base_unit(kMonthUnit))) == between(0, 2400));
  CHECK(domain(number_type(0, base_unit(kDayUnit))) == between(0, 73050));
  CHECK(domain(number_type(2)) == between(-100'000'000'000'000, 100'000'000'000'000));
  CHECK(domain(choice_type(small.education)) == bits(7));
  CHECK(domain(choice_set_type(small.kind)) == set_between(0, 3));
  CHECK(domain(place_type()) == place_value(kRootPlace, false));
  CHECK(domain(member_type(small.person)) == bits(7));
  CHECK(domain(member_set_type(small.person)) == set_between(0, 7));
  Value any = domain(boolean_type());
  any.kinds |= kNotApplicable;
  CHECK(domain(boolean_type(), true) == any);
  CHECK(domain_of(small.schema, small.fact(member_type(small.person)), 0) == not_applicable());
}

TEST_CASE("Facts are named after whose they are") {
  using Kind = FactRef::Kind;
  const Family family;
  const auto both = [&](const FactRef& ref) {
    return fact_text(ref, family.home, family.schema, false) + " | " +
           fact_text(ref, family.home, family.schema, true);
  };
  CHECK(both(family.ref(Kind::kCell, -1, {}, -1, family.place_fact)) ==
        "household's place | 户的居住地");
  CHECK(both(family.ref(Kind::kCell, 0, {}, -1, family.birth_date)) ==
        "C1's birth_date | C1的出生日期");
  CHECK(both(family.ref(Kind::kList, 1, family.permits)) == "Li's permits | 李的居住证");
  CHECK(both(family.ref(Kind::kRowCell, 1, family.permits, 1, family.issued)) ==
        "Li's permits 2's issued | 李的居住证第2条的签发日");
  CHECK(both(family.ref(Kind::kRowEnd, 1, family.permits, 0)) ==
        "Li's permits 1's end | 李的居住证第1条的结束");
}

TEST_CASE("The state of each kind of fact") {
  using Kind = FactRef::Kind;
  const Family family;
  const auto state = [&](const FactRef& ref) {
    return fact_state(ref, family.home, family.schema);
  };
  CHECK(state(family.ref(Kind::kCell, 0, {}, -1, family.birth_date)) == InputState::kNotAsked);
  CHECK(state(family.ref(Kind::kList, 1, family.permits)) == InputState::kStated);
  CHECK(state(family.ref(Kind::kList, 1, family.insurance)) == InputState::kNotAsked);
  CHECK(state(family.ref(Kind::kRowCell, 1, family.permits, 0, family.issued)) ==
        InputState::kDoesNotApply);
  CHECK(state(family.ref(Kind::kRowStart, 1, family.permits, 0)) == InputState::kStated);
  CHECK(state(family.ref(Kind::kRowEnd, 1, family.permits, 0)) == InputState::kUnknown);
}

TEST_CASE("Names are found in either tongue") {
  const Family family;
  const Schema& schema = family.schema;
  CHECK(schema.entity("人") == family.person);
  CHECK(schema.entity("person") == family.person);
  CHECK(!schema.entity("dog"));
  CHECK(schema.fact(family.person, "出生日期") == family.birth_date);
  CHECK(!schema.fact(family.person, "issued"));
  CHECK(schema.fact(family.permits, "issued") == family.issued);
  CHECK(schema.list(family.person, "社保") == family.insurance);
  CHECK(!schema.list(family.household, "permits"));
  CHECK(schema[family.education].option("本科") == 2U);
  CHECK(!schema[family.education].option(""));
}

}  // namespace juzhu::value::test
