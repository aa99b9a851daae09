// Minimal failing sets of the conformance table (semantics.md 5.6, 10).
#include <catch2/catch.hpp>

#include "plan_builder.h"

namespace juzhu::eval::testing {
namespace {

const Value kT = value::truth(true);
const Value kF = value::truth(false);

/// Leaves in lower case are false, in capitals true, u is not known.
Household who() { return household_with({{"a", kF}, {"b", kF}, {"c", kF}, {"A", kT}, {"B", kT}}); }

TestRule rule(const std::string& name, Expr when, Effect effect = Effect::kGrants) {
  TestRule made;
  made.name = name;
  made.when = std::move(when);
  made.effect = effect;
  return made;
}

std::string why_not(std::vector<TestRule> rules, const Household& household = who()) {
  TestBook book;
  book.rules = std::move(rules);
  const Outcome outcome = ask_book(book, household);
  return outcome.kind == OutcomeKind::kDenied ? failing_text(outcome) : answer(outcome);
}

Expr a() { return fact("a"); }
Expr b() { return fact("b"); }
Expr c() { return fact("c"); }
Expr A() { return fact("A"); }

}  // namespace

TEST_CASE("W01 all of and any of") {
  CHECK(why_not({rule("g", a() && b())}) == "{a, b}");
  CHECK(why_not({rule("g", a() || b())}) == "{a} {b}");
  CHECK(why_not({rule("g", a() && (b() || c()))}) == "{a, b} {a, c}");
  CHECK(why_not({rule("g", A() && (b() || c()))}) == "{b} {c}");
}

TEST_CASE("W02 some parent meets both conditions") {
  Household household = who();
  const std::size_t li = add_member(household, "Li");
  const std::size_t wu = add_member(household, "Wu");
  state(household, "parents", value::set_between(6, 6));
  state(household, "p", kT, li);
  state(household, "m", kF, li);
  state(household, "p", kF, wu);
  state(household, "m", kF, wu);
  const Type person = value::member_type(vocabulary().person);
  const Expr both = fact_of(it(person), "p") && fact_of(it(person), "m");
  const Expr some =
      fold(ops::FoldKind::kSome, value::boolean_type(), parents(), person, nullptr, both);
  CHECK(why_not({rule("g", some)}, household) == "{m(Li)} {m(Wu), p(Wu)}");
}

TEST_CASE("W03 W04 a condition that would have to be false") {
  CHECK(why_not({rule("g", !A())}) == "{A}");
  TestRule d = rule("d", A(), Effect::kDenies);
  d.overrides = {"g"};
  CHECK(why_not({rule("g", a()), d}) == "{A, a}");
}

TEST_CASE("W05 W06 several rules, and what is not known") {
  CHECK(why_not({rule("g", a() && b()), rule("h", c())}) == "{c} {a, b}");
  CHECK(why_not({rule("g", a() && fact("u"))}) == "{a, u?}");
}

TEST_CASE("W07 W08 gates and exceptions") {
  TestRule n = rule("n", A());
  n.place = vocabulary().cn;
  TestRule gate = rule("z", nullptr, Effect::kDenies);
  gate.gate = true;
  CHECK(why_not({n, rule("s", a()), gate}) == "{a}");
  TestRule d = rule("d", fact("B") && !a(), Effect::kDenies);
  d.overrides = {"g"};
  CHECK(why_not({rule("g", A()), d}) == "{B} {a}");
}

TEST_CASE("5.6 definitions are opened, with their member") {
  TestBook book;
  book.rules = {rule("g", call("usable"))};
  book.definitions["usable"] = a() && call("other");
  book.definitions["other"] = b() || A();
  CHECK(failing_text(ask_book(book, who())) == "{a}");
}

TEST_CASE("5.6 a condition of either sign may hide a set, and the answer says so") {
  CHECK(why_not({rule("g", (a() && b()) || (!a() && c()))}) == "{c} {a, b} ...");
}

TEST_CASE("5.6 a condition that two rules share is one condition") {
  TestRule d = rule("d", !a(), Effect::kDenies);
  d.overrides = {"g"};
  CHECK(why_not({rule("g", a() && b()), d}) == "{a, b}");
  Household household = who();
  state(household, "n", value::between(3, 4));
  const Expr enough = number(6) <= fact("n");
  const Expr short_of = !(number(6) <= fact("n"));
  TestRule other = rule("d", short_of, Effect::kDenies);
  other.overrides = {"g"};
  CHECK(why_not({rule("g", enough), other}, household) == "{LessEqual}");
}

TEST_CASE("5.6 no element is a condition of its own") {
  Household household = who();
  list_of_member(household, vocabulary().permits, 0).state = value::InputState::kStated;
  const Type row = value::row_type(vocabulary().permits);
  const Expr some =
      fold(ops::FoldKind::kSome, value::boolean_type(), rows(vocabulary().permits, subject()), row,
           nullptr, fact_of(it(row), "valid"));
  CHECK(why_not({rule("g", some && a())}, household) == "{a, Fold}");
}

}  // namespace juzhu::eval::testing
