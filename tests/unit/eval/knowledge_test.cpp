// Knowledge, tables and limits of the conformance table (semantics.md 10), named after its lines.
#include <catch2/catch.hpp>

#include "plan_builder.h"

namespace juzhu::eval::testing {
namespace {

using ops::FoldKind;
using ops::HitPolicy;
using value::ErrorCode;

const Value kT = value::truth(true);
const Value kF = value::truth(false);
const Type kNumber = value::number_type(0);

Expr x() { return fails(ErrorCode::kDivisionByZero); }
Expr u() { return fact("u"); }
Expr v() { return fact("v"); }
Expr n() { return fact("n"); }
Expr at_least(const Expr& left, std::int64_t bound) { return number(bound) <= left; }
Expr at_most(const Expr& left, std::int64_t bound) { return left <= number(bound); }

/// n in [5,8].
Household n58() { return household_with({{"n", value::between(5, 8)}}); }
std::string settled(const Expr& expr) { return settled_text(expr, n58()); }

/// Elements of a fold: parents P0.. with truths in `m` and numbers in `n`.
struct Elements {
  Household household = testing::household();
  std::int64_t bits = 0;
  void add(const Value& where, const Value& element) {
    const std::size_t index = add_member(household, "P" + std::to_string(bits));
    bits |= std::int64_t{1} << index;
    if (where != value::unknown_truth()) state(household, "m", where, index);
    state(household, "n", element, index);
  }
  Household done() {
    state(household, "parents", value::set_between(bits, bits));
    return household;
  }
};
Expr over(FoldKind kind, bool with_element = true) {
  const Type person = value::member_type(vocabulary().person);
  const bool is_number =
      kind != FoldKind::kSome && kind != FoldKind::kEvery && kind != FoldKind::kNo;
  const Expr where = is_number ? fact_of(it(person), "m") : nullptr;
  const Expr element = is_number ? fact_of(it(person), "n") : fact_of(it(person), "m");
  return fold(kind, is_number ? kNumber : value::boolean_type(), parents(), person, where,
              with_element ? element : nullptr);
}

}  // namespace

TEST_CASE("K01 K02 K03 errors and unknowns in conditions") {
  CHECK(settled(u() && truth(false)) == "no");
  CHECK(settled(truth(false) && u()) == "no");
  CHECK(settled(u() || truth(true)) == "yes");
  CHECK(settled(truth(false) && x()) == "no");
  CHECK(settled(x() && truth(false)) == "no");
  CHECK(settled(truth(true) || x()) == "yes");
  CHECK(settled(truth(true) && x()) == "error division-by-zero");
  CHECK(settled(!x()) == "error division-by-zero");
  CHECK(settled(fails(ErrorCode::kOverflow, kNumber) < number(3)) == "error overflow");
  CHECK(settled(u() && x()) == "no or error division-by-zero {u}");
  CHECK(settled(u() || x()) == "yes or error division-by-zero {u}");
}

TEST_CASE("K04 K05 what depends on what") {
  CHECK(settled(u() && v()) == "unknown {u, v}");
  const Expr tautology = (u() && v()) || (u() && !v());
  CHECK(settled(tautology) == "unknown {u}");
  CHECK(needs_text(tautology, n58()) == "u, v");
  CHECK(settled(u() || !u()) == "yes");
  CHECK(settled(u() && !u()) == "no");
  CHECK(settled(equal(sum({n(), n()}, {0, 1}), number(0))) == "yes");
  CHECK(level_zero(equal(sum({n(), n()}, {0, 1}), number(0)), n58()) == value::unknown_truth());
}

TEST_CASE("K06 K07 K08 comparisons of ranges") {
  CHECK(settled(at_least(n(), 5)) == "yes");
  CHECK(settled(at_least(n(), 6)) == "unknown {n}");
  CHECK(settled(at_least(n(), 9)) == "no");
  CHECK(settled(at_most(n(), 8)) == "yes");
  CHECK(settled(n() < number(8)) == "unknown {n}");
  CHECK(settled(number(8) < n()) == "no");
  CHECK(settled(equal(n(), number(9))) == "no");
  CHECK(settled(equal(n(), number(6))) == "unknown {n}");
}

TEST_CASE("K10 K12 numbers that do not matter") {
  CHECK(settled_text(step(Operation::kLeast, kNumber, {n(), number(10)}),
                     household_with({{"n", value::between(12, 20)}})) == "10");
  CHECK(settled(step(Operation::kProduct, kNumber, {n(), number(0)})) == "0");
  Household both = n58();
  state(both, "k", value::between(8, 10));
  CHECK(settled_text(n() <= fact("k"), both) == "yes");
  CHECK(settled_text(n() < fact("k"), both) == "unknown {k, n}");
}

TEST_CASE("K13 K14 K15 not applicable") {
  const Expr none = constant(value::not_applicable(), kNumber);
  CHECK(settled(at_least(none, 3)) == "no");
  CHECK(settled(none < number(3)) == "no");
  CHECK(settled(!at_least(none, 3)) == "yes");
  CHECK(settled(sum({none, number(1)})) == "not applicable");
  CHECK(settled(step(Operation::kOrIfNone, kNumber, {none, number(0)})) == "0");
  CHECK(level_zero(step(Operation::kOrIfNone, kNumber, {n(), number(0)}), n58()) ==
        value::between(5, 8));
  CHECK(settled(step(Operation::kGiven, value::boolean_type(), {none})) == "no");
  CHECK(settled(step(Operation::kGiven, value::boolean_type(), {n()})) == "yes");
  CHECK(settled(step(Operation::kGiven, value::boolean_type(), {fact("y")})) == "unknown {y}");
}

TEST_CASE("K16 K17 quantifiers") {
  const Value any = value::number(1);
  Elements fu;
  fu.add(kF, any);
  fu.add(value::unknown_truth(), any);
  CHECK(level_zero(over(FoldKind::kSome), fu.done()) == value::unknown_truth());
  CHECK(level_zero(over(FoldKind::kEvery), fu.done()) == kF);
  Elements tu;
  tu.add(kT, any);
  tu.add(value::unknown_truth(), any);
  CHECK(level_zero(over(FoldKind::kSome), tu.done()) == kT);
  CHECK(level_zero(over(FoldKind::kNo), tu.done()) == kF);
  Elements none;
  CHECK(level_zero(over(FoldKind::kSome), none.done()) == kF);
  CHECK(level_zero(over(FoldKind::kEvery), none.done()) == kT);
  CHECK(level_zero(over(FoldKind::kNo), none.done()) == kT);
  CHECK(level_zero(over(FoldKind::kCount, false), none.done()) == value::number(0));
  CHECK(level_zero(over(FoldKind::kSum), none.done()) == value::number(0));
  CHECK(level_zero(over(FoldKind::kHighest), none.done()) == value::not_applicable());
}

TEST_CASE("K18 K19 K20 K31 counts, sums and the best of what may be meant") {
  const Value u = value::unknown_truth();
  Elements tuf;
  tuf.add(kT, value::number(1));
  tuf.add(u, value::number(1));
  tuf.add(kF, value::number(1));
  CHECK(level_zero(over(FoldKind::kCount, false), tuf.done()) == value::between(1, 2));
  CHECK(level_zero(at_least(over(FoldKind::kCount, false), 3), tuf.done()) == kF);
  Elements sums;
  sums.add(kT, value::number(4));
  sums.add(u, value::number(3));
  CHECK(level_zero(over(FoldKind::kSum), sums.done()) == value::between(4, 7));
  CHECK(level_zero(over(FoldKind::kHighest), sums.done()) == value::number(4));
  CHECK(level_zero(over(FoldKind::kLowest), sums.done()) == value::between(3, 4));
  Elements best;
  best.add(kT, value::number(4));
  best.add(u, value::number(9));
  CHECK(level_zero(over(FoldKind::kHighest), best.done()) == value::between(4, 9));
  Elements open;
  open.add(u, value::number(9));
  Value expected = value::number(9);
  expected.kinds |= value::kNotApplicable;
  CHECK(level_zero(over(FoldKind::kHighest), open.done()) == expected);
  open.add(u, value::number(5));
  expected.lo = 5;
  CHECK(level_zero(over(FoldKind::kHighest), open.done()) == expected);
}

TEST_CASE("K21 K22 ages of birth dates known in part") {
  const auto age = [](std::int64_t from, std::int64_t to, std::int64_t years) {
    const Household who = household_with({{"birth", value::between(from, to)}});
    const Expr years_old =
        step(Operation::kYearsBetween, value::number_type(0), {fact("birth"), date(2021, 8, 31)});
    return settled_text(at_least(years_old, years * 12), who);
  };
  CHECK(age(days(2015, 1, 1), days(2015, 12, 31), 5) == "yes");
  CHECK(age(days(2015, 1, 1), days(2015, 12, 31), 6) == "unknown {birth}");
  CHECK(age(days(2015, 8, 1), days(2015, 8, 31), 6) == "yes");
  CHECK(age(days(2015, 9, 1), days(2015, 9, 30), 6) == "no");
}

TEST_CASE("K23 K31 places known in part") {
  const auto& places = vocabulary();
  const auto within = [&](value::PlaceNode outer) {
    const Household who = household_with({{"hukou", value::place_value(places.hunan, false)}});
    const Expr place = constant(value::place_value(outer, true), value::place_type());
    return settled_text(step(Operation::kWithin, value::boolean_type(), {fact("hukou"), place}),
                        who);
  };
  CHECK(within(places.hunan) == "yes");
  CHECK(within(places.shaoyang) == "unknown {hukou}");
  CHECK(within(places.gd) == "no");
  const Household home = household_with({{"hukou", value::place_value(places.ba, true)},
                                         {"zone", value::place_value(places.sz, false)}});
  CHECK(settled_text(step(Operation::kWithin, value::boolean_type(), {fact("hukou"), fact("zone")}),
                     home) == "unknown {zone}");
}

TEST_CASE("K24 K25 lists that are not complete") {
  const Type row = value::row_type(vocabulary().insurance);
  const Type months = value::time_type(true);
  const Expr cover = fold(FoldKind::kCover, months, rows(vocabulary().insurance, subject()), row,
                          nullptr, nullptr);
  auto measured = std::make_shared<Node>();
  measured->operation = Operation::kMeasure;
  measured->type = kNumber;
  measured->measure.months = true;
  measured->operands = {cover, date(2000, 1, 1), date(2021, 12, 31)};
  const Expr paid = measured;
  CHECK(settled(at_least(paid, 0)) == "yes");
  CHECK(settled(at_least(paid, 1)) == "unknown {insurance}");
  Household who = household();
  value::RowList& list = list_of_member(who, vocabulary().insurance, 0);
  list.state = value::InputState::kUnknown;
  list.rows = {permit(2019 * 12, 2019 * 12 + 13)};
  CHECK(settled_text(at_least(paid, 12), who) == "yes");
  CHECK(settled_text(at_least(paid, 18), who) == "unknown {insurance}");
}

TEST_CASE("K26 K27 branches and inputs that are wrong") {
  CHECK(settled(if_else(u(), number(5), number(5))) == "5");
  CHECK(level_zero(if_else(u(), number(5), number(7)), n58()) == value::between(5, 7));
  CHECK(settled(if_else(truth(true), number(5), fails(ErrorCode::kOverflow, kNumber))) == "5");
  CHECK(settled(if_else(u(), number(5), fails(ErrorCode::kOverflow, kNumber))) ==
        "5 or error overflow {u}");
  Household wrong = household();
  Value range = value::number(8);
  range.hi = 5;
  state(wrong, "n", range);
  CHECK(settled_text(at_least(n(), 1), wrong) == "error empty-range");
  state(wrong, "n", value::not_applicable());
  CHECK(settled_text(at_least(n(), 1), wrong) == "error not-applicable-here");
  state(wrong, "n", value::number(2'000'000));
  CHECK(settled_text(at_least(n(), 1), wrong) == "error out-of-domain");
  CHECK(settled_text(u() || truth(true), wrong) == "yes");
}

TEST_CASE("K28 K29 K30 settling outcomes") {
  const Household who = household_with({{"n", value::between(0, 600)}});
  const Expr short_of = n() < number(6);
  TestRule a;
  a.name = "a";
  TestRule b;
  b.name = "b";
  TestBook book;
  a.when = short_of;
  b.when = !short_of;
  book.rules = {a, b};
  CHECK(ask_text(book, who) == "granted by a?, b?");
  TestBook also;
  a.when = short_of && u();
  b.when = !short_of && u();
  also.rules = {a, b};
  CHECK(ask_text(also, who) == "unknown: granted, denied; depends on u");
  const Expr nought = equal(sum({n(), fact("k"), fact("k"), n()}, {0, 0, 1, 1}), number(0));
  TestBook open;
  a.when = nought;
  open.rules = {a};
  const Outcome outcome = ask_book(open, household());
  CHECK(outcome.kind == OutcomeKind::kUnknown);
  CHECK(outcome.open);
  CHECK(outcome.at_most);
}

TEST_CASE("K32 a question inside a condition") {
  const auto asked = [](const Expr& when, const Expr& denied) {
    TestBook book;
    TestRule q;
    q.name = "r";
    q.service = "other";
    q.when = when;
    TestRule h;
    h.name = "h";
    h.when = comes_out("other", ops::OutcomeOption::kGranted);
    book.rules = {q, h};
    if (denied.given()) {
      TestRule d = q;
      d.name = "d";
      d.effect = Effect::kDenies;
      d.when = denied;
      book.rules.push_back(d);
    }
    return ask_text(book, household());
  };
  CHECK(asked(u(), nullptr) == "unknown: granted, denied; depends on u");
  CHECK(asked(truth(true), truth(true)) == "denied, no rule grants");
  CHECK(asked(x(), nullptr) == "error division-by-zero");
}

TEST_CASE("R29 R30 R31 R32 tables") {
  const auto home_is = [](int option) {
    return equal(fact("home"),
                 constant(value::bits(option), value::choice_type(vocabulary().tenure)));
  };
  const Expr unique =
      table(HitPolicy::kUnique,
            {{home_is(1), number(75)}, {home_is(2), number(60)}, {home_is(4), number(60)}});
  const auto proved = [&](Expr made) {
    auto node = std::make_shared<Node>(*made);
    node->b |= 6;  // disjoint and complete
    return Expr(std::move(node));
  };
  CHECK(level_zero(proved(unique), household_with({{"home", value::bits(2)}})) ==
        value::number(60));
  CHECK(level_zero(proved(unique), household_with({{"home", value::bits(6)}})) ==
        value::number(60));
  CHECK(level_zero(proved(unique), household()) == value::between(60, 75));
  CHECK(needs_text(proved(unique), household()) == "home");

  const auto by_size = [&](HitPolicy policy, const Expr& otherwise) {
    return table(policy, {{at_least(n(), 5), number(10)}, {at_least(n(), 3), number(6)}},
                 otherwise);
  };
  const auto at = [](const Expr& expr, std::int64_t lo, std::int64_t hi) {
    return settled_text(expr, household_with({{"n", value::between(lo, hi)}}));
  };
  const Expr two = by_size(HitPolicy::kUnique, nullptr);
  CHECK(at(two, 4, 4) == "6");
  CHECK(at(two, 6, 6) == "error two-rows");
  CHECK(at(two, 2, 2) == "error no-row");
  const Expr first = by_size(HitPolicy::kFirst, number(0));
  CHECK(at(first, 6, 6) == "10");
  CHECK(at(first, 2, 2) == "0");
  CHECK(level_zero(first, household_with({{"n", value::between(4, 6)}})) == value::between(6, 10));
  const Expr total = by_size(HitPolicy::kSum, nullptr);
  CHECK(at(total, 6, 6) == "16");
  CHECK(at(total, 2, 2) == "0");
  CHECK(level_zero(total, household_with({{"n", value::between(4, 6)}})) == value::between(6, 16));
}

TEST_CASE("R04 R05 R06 R07 parameters read at another place or date") {
  const auto& places = vocabulary();
  const auto read = [&](std::vector<plan::ParameterVersion> versions, value::PlaceNode place,
                        std::int64_t from, std::int64_t to) {
    auto made = std::make_shared<Node>();
    made->operation = Operation::kParameter;
    made->type = kNumber;
    made->table.versions = std::move(versions);
    const Expr date_expr = constant(value::between(from, to), value::date_type());
    made->operands = {constant(value::place_value(place, true), value::place_type()), date_expr};
    return level_zero(made, household());
  };
  const std::int64_t y2018 = days(2018, 1, 1);
  const std::int64_t y2020 = days(2020, 1, 1);
  const std::int64_t y2021 = days(2021, 6, 1);
  const std::int64_t y2022 = days(2022, 1, 1);
  const std::int64_t open = value::kLastDate;
  const std::vector<plan::ParameterVersion> by_place{{places.sz, y2018, open, value::number(12)},
                                                     {places.ba, y2020, open, value::number(18)}};
  CHECK(read(by_place, places.ba, y2020 - 1, y2020 - 1) == value::number(12));
  CHECK(read(by_place, places.ba, y2021, y2021) == value::number(18));
  CHECK(read(by_place, places.yt, y2021, y2021) == value::number(12));
  CHECK(read(by_place, places.ba, y2018, y2021) == value::between(12, 18));
  const std::vector<plan::ParameterVersion> by_date{{places.sz, y2018, open, value::number(12)},
                                                    {places.sz, y2022, open, value::number(6)}};
  CHECK(read(by_date, places.sz, y2022 - 1, y2022 - 1) == value::number(12));
  CHECK(read(by_date, places.sz, y2022, y2022) == value::number(6));
  const std::vector<plan::ParameterVersion> ended{{places.sz, y2018, open, value::number(12)},
                                                  {places.sz, y2020, y2022 - 1, value::number(6)}};
  CHECK(read(ended, places.sz, y2022, y2022).error.code == ErrorCode::kNoRuleInForce);
  const std::vector<plan::ParameterVersion> below{{places.ba, y2018, y2022 - 1, value::number(18)},
                                                  {places.sz, y2018, open, value::number(12)}};
  CHECK(read(below, places.ba, y2022, y2022) == value::number(12));
}

TEST_CASE("E02 limits and keys of one household") {
  TestBook book;
  TestRule g;
  g.name = "g";
  book.rules = {g};
  Household crowd = household();
  for (int i = 0; i < 32; ++i) {
    add_member(crowd, "M" + std::to_string(i));
  }
  CHECK(ask_text(book, crowd) == "error too-many");
  Household twins = household();
  add_member(twins, "Mei");
  CHECK(ask_text(book, twins) == "error duplicate-key");
  Household many = household();
  list_of_member(many, vocabulary().permits, 0).rows.resize(513, permit(0, 1));
  CHECK(ask_text(book, many) == "error too-many");
  Household broken = household();
  broken.failure = value::failure({ErrorCode::kBadCell, 0, 0, 0});
  CHECK(ask_text(book, broken) == "error bad-cell");
  Household lost = household();
  lost.cells[0].value = value::failure({ErrorCode::kUnknownPlace, 0, 0, 0});
  CHECK(ask_text(book, lost) == "error unknown-place");
}

}  // namespace juzhu::eval::testing
