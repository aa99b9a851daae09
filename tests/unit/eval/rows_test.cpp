// Members and rows: folds over lists, the time they cover, and what is missing of them
// (semantics.md 3.3, 4.4).
#include <catch2/catch.hpp>

#include "plan_builder.h"

namespace juzhu::eval::testing {
namespace {

using ops::FoldKind;

const value::ListId kPermits = vocabulary().permits;

Type row() { return value::row_type(kPermits); }
Expr valid() { return fact_of(it(row()), "valid"); }
Expr over_permits(FoldKind kind, const Type& type, const Expr& where, const Expr& element) {
  return fold(kind, type, rows(kPermits, subject()), row(), where, element);
}
Expr permit_time(const Expr& where = {}) {
  return over_permits(FoldKind::kCover, value::time_type(false), where, {});
}
Expr measured(const Expr& time, ops::MeasureUnit unit) {
  auto made = std::make_shared<Node>();
  made->operation = Operation::kMeasure;
  made->type = value::number_type(0);
  made->measure.unit = unit;
  made->operands = {time, date(1900, 1, 1), date(2024, 5, 1)};
  return made;
}
Expr first_day(const Expr& time) { return step(Operation::kFirstDay, value::date_type(), {time}); }
Expr covers(const Expr& time, const Expr& on) {
  return step(Operation::kCoversDate, value::boolean_type(), {time, on});
}

Household with_permits(std::vector<value::Row> spells) {
  Household made = household();
  value::RowList& list = list_of_member(made, kPermits, 0);
  list.state = value::InputState::kStated;
  list.rows = std::move(spells);
  return made;
}
value::Row uncertain(value::Row spell) {
  spell.cells[0] = {value::unknown_truth(), value::InputState::kNotAsked};
  return spell;
}

}  // namespace

TEST_CASE("S15 a spell that ends before it starts") {
  const Household who = with_permits({permit(days(2023, 6, 1), days(2023, 5, 1))});
  CHECK(settled_text(measured(permit_time(), ops::MeasureUnit::kDays), who) == "error bad-spell");
  const Type count = value::number_type(0);
  CHECK(settled_text(over_permits(FoldKind::kCount, count, valid(), {}), who) == "1");
}

TEST_CASE("S16 S20 ends known in part") {
  Household who = with_permits({permit(0, days(2023, 12, 31))});
  value::Row& spell = list_of_member(who, kPermits, 0).rows[0];
  spell.start = value::between(days(2023, 1, 1), days(2023, 3, 1));
  const Expr months = measured(permit_time(), ops::MeasureUnit::kMonths);
  CHECK(settled_text(months, who) == "9 to 11 {permits 1's start}");
  spell.start = value::number(days(2023, 1, 1));
  spell.end = value::between(days(2024, 3, 31), days(2024, 5, 31));
  CHECK(settled_text(covers(permit_time(), date(2024, 3, 31)), who) == "yes");
  CHECK(settled_text(covers(permit_time(), date(2024, 4, 30)), who) == "unknown {permits 1's end}");
}

TEST_CASE("S17 rows of which it is not known whether they count") {
  const Household who = with_permits({permit(days(2023, 1, 1), days(2023, 1, 10)),
                                      uncertain(permit(days(2023, 2, 1), days(2023, 2, 5)))});
  const Expr spent = measured(permit_time(valid()), ops::MeasureUnit::kDays);
  CHECK(settled_text(spent, who) == "10 to 15 {permits 2's valid}");
  CHECK(settled_text(number(10) <= spent, who) == "yes");
}

TEST_CASE("S22 S24 no permit, and one that may be none") {
  const Household none = with_permits({});
  CHECK(settled_text(measured(permit_time(), ops::MeasureUnit::kMonths), none) == "0");
  CHECK(settled_text(first_day(permit_time()), none) == "not applicable");
  CHECK(settled_text(covers(permit_time(), date(2023, 5, 1)), none) == "no");
  CHECK(settled_text(first_day(permit_time()) < date(2024, 4, 1), none) == "no");
  const Household may = with_permits({uncertain(permit(days(2023, 1, 1), days(2023, 3, 31)))});
  Value expected = value::between(days(2023, 1, 1), days(2023, 3, 31));
  expected.kinds |= value::kNotApplicable;
  CHECK(level_zero(first_day(permit_time(valid())), may) == expected);
}

TEST_CASE("3.3 rows on a date") {
  const Household who = with_permits(
      {permit(days(2020, 1, 1), days(2020, 12, 31)), permit(days(2021, 1, 1), value::kForever)});
  const auto on = [&](int year) {
    return fold(FoldKind::kCount, value::number_type(0),
                rows_on(kPermits, subject(), date(year, 6, 1)), row(), valid(), {});
  };
  CHECK(settled_text(on(2019), who) == "0");
  CHECK(settled_text(on(2020), who) == "1");
  CHECK(settled_text(on(2030), who) == "1");
  Household open = who;
  list_of_member(open, kPermits, 0).rows[0].end =
      value::between(days(2020, 3, 1), days(2020, 12, 31));
  CHECK(settled_text(on(2020), open) == "0 to 1 {permits 1's end}");
}

TEST_CASE("3.3 an incomplete list has further rows up to the limit") {
  const Type number_of = value::number_type(0);
  CHECK(level_zero(over_permits(FoldKind::kCount, number_of, valid(), {}), household()) ==
        value::between(0, 512));
  Household some = with_permits({permit(0, 10)});
  list_of_member(some, kPermits, 0).state = value::InputState::kUnknown;
  CHECK(level_zero(over_permits(FoldKind::kCount, number_of, valid(), {}), some) ==
        value::between(1, 512));
  CHECK(settled_text(over_permits(FoldKind::kSome, value::boolean_type(), {}, valid()), some) ==
        "yes");
  CHECK(settled_text(over_permits(FoldKind::kEvery, value::boolean_type(), {}, valid()), some) ==
        "unknown {permits}");
  const Expr three = over_permits(FoldKind::kSum, number_of, valid(), number(3));
  CHECK(level_zero(three, some) == value::between(3, 3 * 512));
  list_of_member(some, kPermits, 0).failure = value::failure({value::ErrorCode::kBadCell, 0, 0, 0});
  CHECK(settled_text(three, some) == "error bad-cell");
}

TEST_CASE("3.3 members that are not known") {
  Household who = household();
  const std::size_t li = add_member(who, "Li");
  const std::size_t wu = add_member(who, "Wu");
  const Expr theirs = fact_of(fact("spouse"), "n");
  state(who, "n", value::number(3), li);
  state(who, "n", value::number(7), wu);
  state(who, "spouse", value::bits(6));
  CHECK(settled_text(theirs, who) == "3 to 7 {spouse}");
  CHECK(settled_text(number(3) <= theirs, who) == "yes");
  state(who, "spouse", value::bits(4));
  CHECK(settled_text(theirs, who) == "7");
  state(who, "spouse", value::not_applicable());
  CHECK(settled_text(theirs, who) == "not applicable");
  // Whose parents are not stated may be anybody's in the household.
  const Type person = value::member_type(vocabulary().person);
  const Expr some = fold(FoldKind::kSome, value::boolean_type(), parents(), person, {},
                         number(5) <= fact_of(it(person), "n"));
  state(who, "n", value::number(1));
  CHECK(settled_text(some, who) == "unknown {parents}");
}

TEST_CASE("3.3 rows of one of several owners") {
  Household who = household();
  const std::size_t li = add_member(who, "Li");
  const std::size_t wu = add_member(who, "Wu");
  for (const std::size_t owner : {li, wu}) {
    list_of_member(who, kPermits, owner).state = value::InputState::kStated;
  }
  list_of_member(who, kPermits, li).rows = {permit(0, 9), permit(20, 29)};
  list_of_member(who, kPermits, wu).rows = {permit(0, 9)};
  state(who, "spouse", value::bits(6));
  const Expr count = fold(FoldKind::kCount, value::number_type(0), rows(kPermits, fact("spouse")),
                          row(), valid(), {});
  CHECK(settled_text(count, who) == "1 to 2 {spouse}");
  state(who, "spouse", value::not_applicable());
  CHECK(settled_text(count, who) == "0");
}

TEST_CASE("E05 the order of members and rows does not show") {
  TestBook book;
  TestRule g;
  g.name = "g";
  const Type person = value::member_type(vocabulary().person);
  g.when = fold(FoldKind::kSome, value::boolean_type(), parents(), person, {},
                fact_of(it(person), "u") && fact_of(it(person), "v"));
  book.rules = {g};
  const auto made = [](bool swapped) {
    Household who = household();
    const std::size_t one = add_member(who, swapped ? "Wu" : "Li");
    const std::size_t two = add_member(who, swapped ? "Li" : "Wu");
    state(who, "u", value::truth(true), swapped ? one : two);
    state(who, "v", value::truth(false), swapped ? two : one);
    state(who, "parents", value::set_between(6, 6));
    return who;
  };
  CHECK(ask_text(book, made(false)) == "unknown: granted, denied; depends on Wu's v");
  CHECK(ask_text(book, made(true)) == ask_text(book, made(false)));
}

}  // namespace juzhu::eval::testing
