// Rules of the conformance table (semantics.md 10), named after their lines.
#include <catch2/catch.hpp>

#include "plan_builder.h"

namespace juzhu::eval::testing {
namespace {

const Value kT = value::truth(true);
const Value kF = value::truth(false);

TestRule grants(const std::string& name, Expr when) {
  TestRule rule;
  rule.name = name;
  rule.when = std::move(when);
  return rule;
}

TestRule denies(const std::string& name, Expr when, std::vector<std::string> over = {}) {
  TestRule rule = grants(name, std::move(when));
  rule.effect = Effect::kDenies;
  rule.overrides = std::move(over);
  return rule;
}

TestRule gate(const std::string& name) {
  TestRule rule = denies(name, nullptr);
  rule.gate = true;
  return rule;
}

TestRule at(TestRule rule, value::PlaceNode place, Level level = Level::kLocalRule) {
  rule.place = place;
  rule.level = level;
  return rule;
}

std::string ask_rules(std::vector<TestRule> rules, const Household& who = household(),
                      Level lowest = Level::kPractice) {
  TestBook book;
  book.rules = std::move(rules);
  return ask_text(book, who, lowest);
}

Household in(value::PlaceNode place, bool exact = true) {
  Household made = household();
  made.cells[0].value = value::place_value(place, exact);
  return made;
}

Expr t() { return truth(true); }
Expr f() { return truth(false); }
Expr x() { return fails(value::ErrorCode::kDivisionByZero); }

}  // namespace

TEST_CASE("R01 a rule grants, or none does") {
  CHECK(ask_rules({grants("g", t())}) == "granted by g");
  CHECK(ask_rules({grants("g", f())}) == "denied, no rule grants");
}

TEST_CASE("R02 before its first day a rule is not in force") {
  TestBook book;
  book.rules = {grants("g", t())};
  CHECK(ask_text(book, household(), Level::kPractice, days(2017, 12, 31)) ==
        "error no-rule-in-force");
  CHECK(ask_text(book, household(), Level::kPractice, days(2018, 1, 1)) == "granted by g");
}

TEST_CASE("R03 after its last day neither, and the answer says since when") {
  TestBook book;
  book.rules = {grants("g", t())};
  book.rules[0].to = days(2020, 6, 30);
  CHECK(ask_text(book, household(), Level::kPractice, days(2020, 6, 30)) == "granted by g");
  CHECK(ask_text(book, household(), Level::kPractice, days(2020, 7, 1)) ==
        "error no-rule-in-force, ended 2020-06-30");
}

TEST_CASE("R08 R10 a denial that overrides, or is later, stands") {
  CHECK(ask_rules({grants("g", t()), denies("d", t(), {"g"})}) == "denied by d");
  TestRule early = grants("g", t());
  early.from = days(2016, 1, 1);
  TestRule late = denies("d", t());
  late.from = days(2020, 1, 1);
  CHECK(ask_rules({early, late}) == "denied by d");
}

TEST_CASE("R09 a local denial stands, and conflicts with the law") {
  const std::vector<TestRule> rules{at(grants("g", t()), vocabulary().cn, Level::kLaw),
                                    denies("d", t())};
  CHECK(ask_rules(rules) == "denied by d; conflicts with g");
  CHECK(ask_rules(rules, household(), Level::kLaw) == "granted by g");
}

TEST_CASE("R11 R12 rules of one place that are not ordered") {
  TestRule regulation = grants("g", t());
  regulation.level = Level::kRegulation;
  CHECK(ask_rules({regulation, denies("d", t())}) == "conflict of d, g");
  CHECK(ask_rules({grants("g", t()), grants("h", t())}) == "granted by g, h");
  CHECK(ask_rules({grants("g", t()), denies("d", t())}) == "conflict of d, g");
}

TEST_CASE("R15 R16 R17 R18 a rule that is not known") {
  CHECK(ask_rules({grants("g", t()), denies("d", fact("u"), {"g"})}) ==
        "unknown: granted, denied; depends on u");
  CHECK(ask_rules({grants("g", f()), denies("d", fact("u"))}) == "denied by d?");
  CHECK(ask_rules({grants("g", fact("u")), denies("d", t(), {"g"})}) == "denied by d");
  CHECK(ask_rules({grants("g", t()), grants("h", fact("u"))}) == "granted by g, h?");
  CHECK(ask_rules({grants("g", t()), denies("d", fact("u"))}) ==
        "unknown: granted, conflict; depends on u");
}

TEST_CASE("R19 R20 R21 a rule that fails matters only if it can") {
  CHECK(ask_rules({grants("g", t()), denies("d", x(), {"g"})}) == "error division-by-zero");
  CHECK(ask_rules({grants("g", t()), grants("h", x())}) == "granted by g, h?");
  TestRule e = grants("e", t());
  e.overrides = {"d"};
  CHECK(ask_rules({e, denies("d", x(), {"g"}), grants("g", t())}) == "granted by e");
  TestRule over = grants("t", t());
  over.overrides = {"r"};
  CHECK(ask_rules({grants("s", t()), denies("r", t(), {"s"}), over}) == "granted by t");
}

TEST_CASE("R22 R23 R24 a grant only adds, a gate closes the door") {
  const TestRule n = at(grants("n", t()), vocabulary().cn, Level::kLaw);
  CHECK(ask_rules({n, grants("s", f())}) == "granted by n");
  CHECK(ask_rules({n, grants("s", f()), gate("z")}) == "denied by z; conflicts with n");
  CHECK(ask_rules({n, grants("s", t()), gate("z")}) == "granted by s");
  CHECK(ask_rules({n, at(grants("y", t()), vocabulary().yt), gate("z")}, in(vocabulary().yt)) ==
        "granted by y");
}

TEST_CASE("R25 a place known in part") {
  const auto& places = vocabulary();
  const Household who = in(places.sz, false);
  CHECK(ask_rules({grants("g", t()), at(denies("y", t()), places.yt)}, who) ==
        "unknown: granted, denied; depends on household's place");
  CHECK(ask_rules({grants("g", t()), at(denies("y", f()), places.yt)}, who) == "granted by g");
}

TEST_CASE("R26 R27 R28") {
  CHECK(ask_rules({denies("d", t() && !fact("u"), {"g"}), grants("g", t())}) ==
        "unknown: granted, denied; depends on u");
  CHECK(ask_rules({denies("d", f())}) == "error no-rule-in-force");
  TestRule k = grants("k", t());
  k.effect = Effect::kRanks;
  CHECK(ask_rules({k}) == "ranked by k");
  CHECK(ask_rules({k, denies("d", t(), {"k"})}) == "denied by d");
}

TEST_CASE("R35 whom a rule concerns is never offered") {
  CHECK(ask_rules({at(grants("n", t()), vocabulary().cn), gate("y"), gate("z")}) ==
        "denied by y, z");
  TestRule g = grants("g", fact("a"));
  TestBook book;
  g.concerns = f();
  book.rules = {g};
  Outcome outcome = ask_book(book, household_with({{"a", kF}}));
  CHECK(answer(outcome) == "denied, no rule grants");
  CHECK(failing_text(outcome).empty());

  TestBook open;
  g.concerns = fact("u");
  open.rules = {g};
  outcome = ask_book(open, household_with({{"a", kF}}));
  CHECK(answer(outcome) == "denied, no rule grants");
  CHECK(failing_text(outcome) == "{a} ...");
  CHECK(ask_text(open, household_with({{"a", kT}})) == "unknown: granted, denied; depends on u");
}

TEST_CASE("R36 R37 a narrowing") {
  const auto& places = vocabulary();
  TestBook book;
  book.rules = {grants("g", t()), gate("z")};
  book.narrowings = {{"w", "g", fact("a"), nullptr, places.yt, Level::kLocalRule}};
  Household who = household_with({{"a", kF}});
  who.cells[0].value = value::place_value(places.yt, true);
  const Outcome outcome = ask_book(book, who);
  CHECK(answer(outcome) == "denied by z");
  CHECK(failing_text(outcome) == "{a of w}");
  who.cells[0].value = value::place_value(places.ba, true);
  CHECK(ask_text(book, who) == "granted by g");
  who.cells[0].value = value::place_value(places.sz, false);
  CHECK(ask_text(book, who) == "unknown: granted, denied; depends on household's place");

  TestBook national;
  national.rules = {at(grants("n", t()), places.cn, Level::kLaw)};
  national.narrowings = {{"w", "n", fact("a"), nullptr, places.sz, Level::kLocalRule}};
  who = household_with({{"a", kF}});
  CHECK(ask_text(national, who) == "denied by w; conflicts with n");
  CHECK(ask_text(national, who, Level::kLaw) == "granted by n");
}

TEST_CASE("R38 what is marked marks the result") {
  TestBook book;
  book.rules = {grants("g", call("d")), grants("h", fact("b"))};
  book.definitions["d"] = fact("a");
  book.marked["d"] = true;
  const Outcome outcome = ask_book(book, household_with({{"a", kT}, {"b", kF}}));
  CHECK(answer(outcome) == "granted by g");
  CHECK(outcome.marked);
  const Outcome other = ask_book(book, household_with({{"a", kF}, {"b", kT}}));
  CHECK(answer(other) == "granted by h");
  CHECK(!other.marked);
}

TEST_CASE("A local grant over a national denial says so") {
  const TestRule d = at(denies("d", t()), vocabulary().cn, Level::kLaw);
  CHECK(ask_rules({d, grants("g", t())}) == "granted by g; more generous than d");
  const TestRule n = at(grants("n", fact("u")), vocabulary().cn, Level::kLaw);
  CHECK(ask_rules({n, gate("z")}) == "denied by z; may conflict with n");
}

TEST_CASE("E05 the order of rules does not show") {
  std::vector<TestRule> rules{grants("g", fact("u")), denies("d", fact("v"), {"g"}),
                              at(grants("n", t()), vocabulary().cn, Level::kLaw), gate("z")};
  const std::string first = ask_rules(rules);
  std::reverse(rules.begin(), rules.end());
  CHECK(ask_rules(rules) == first);
}

}  // namespace juzhu::eval::testing
