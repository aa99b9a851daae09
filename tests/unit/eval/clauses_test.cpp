// Definitions given by clauses (semantics.md 5.5), line by line and against every choice of what is
// not known.
#include <catch2/catch.hpp>
#include <random>
#include <set>

#include "plan_builder.h"

namespace juzhu::eval::testing {
namespace {

using Random = std::mt19937;

Expr yes() { return truth(true); }
Expr no() { return truth(false); }
std::string said(const Expr& expression) { return settled_text(expression, household()); }

}  // namespace

TEST_CASE("R33 unordered clauses that agree and disagree and do not apply") {
  CHECK(said(clauses({{yes(), number(1)}, {yes(), number(1)}}, {})) == "1");
  CHECK(said(clauses({{yes(), number(1)}, {yes(), number(2)}}, {})) == "error conflict");
  CHECK(said(clauses({{no(), number(1)}}, {})) == "error no-clause");
  CHECK(said(clauses({{no(), number(1)}}, {}, number(7))) == "7");
}

TEST_CASE("5.5 a clause that goes before another stands, and only while it holds") {
  const auto pair = [](const Expr& first, const Expr& second) {
    return clauses({{first, number(1)}, {second, number(2)}}, {{0, 1}}, number(9));
  };
  CHECK(said(pair(yes(), yes())) == "1");
  CHECK(said(pair(no(), yes())) == "2");
  CHECK(said(pair(no(), no())) == "9");
  CHECK(said(pair(fact("u"), yes())) == "1 to 2 {u}");
  CHECK(said(pair(yes(), fact("u"))) == "1");  // u does not matter
  CHECK(said(clauses({{fact("u"), number(1)}, {yes(), number(1)}}, {})) == "1");
}

TEST_CASE("5.5 a condition that fails matters only where it could change the value") {
  const Expr fails_here = fails(value::ErrorCode::kOverflow);
  CHECK(said(clauses({{yes(), number(1)}, {fails_here, number(2)}}, {{0, 1}})) == "1");
  CHECK(said(clauses({{yes(), number(1)}, {fails_here, number(1)}}, {})) == "1");
  CHECK(said(clauses({{yes(), number(1)}, {fails_here, number(2)}}, {})) == "error overflow");
  CHECK(said(clauses({{yes(), number(1)}, {fails_here, number(2)}}, {{1, 0}})) == "error overflow");
  const Expr bad = fails(value::ErrorCode::kOverflow, value::number_type(0));
  CHECK(said(clauses({{yes(), bad}, {yes(), number(2)}}, {})) == "error overflow");
  CHECK(said(clauses({{yes(), bad}, {yes(), number(2)}}, {{1, 0}})) == "2");
}

TEST_CASE("G1 G2 G3 E05 clauses hold every choice of what is not known, in any order") {
  Random random(41);
  const char* kUnknown[] = {"a", "u", "v", "b"};
  const auto draw = [&random](std::uint32_t count) { return random() % count; };
  for (int round = 0; round < 600; ++round) {
    std::vector<TableRow> rows;
    std::vector<std::pair<int, int>> order;
    const int count = 1 + static_cast<int>(draw(4));
    for (int i = 0; i < count; ++i) {
      const auto pick = draw(8);
      const Expr status = pick == 0   ? yes()
                          : pick == 1 ? no()
                          : pick == 2 ? fails(value::ErrorCode::kOverflow)
                                      : fact(kUnknown[draw(4)]);
      const Expr value = draw(4) == 0 ? fact("n") : number(static_cast<std::int64_t>(draw(3)));
      rows.push_back({status, value});
      for (int j = 0; j < i; ++j) {
        if (draw(3) == 0) order.emplace_back(i, j);
      }
    }
    const Expr otherwise = draw(2) == 0 ? number(1) : Expr();
    const Expr tried = clauses(rows, order, otherwise);
    Household open = household();
    state(open, "n", value::between(0, 2));
    const Value possible = level_zero(tried, open);
    INFO("round " << round);
    for (std::uint32_t choice = 0; choice < 48; ++choice) {
      Household narrowed = open;
      Value before = possible;
      for (std::uint32_t each = 0; each < 5; ++each) {
        if (each < 4) {
          state(narrowed, kUnknown[each], value::truth(((choice >> each) & 1U) != 0));
        } else {
          state(narrowed, "n", value::number(choice / 16));
        }
        const Value after = level_zero(tried, narrowed);
        REQUIRE((after.kinds & ~before.kinds) == 0);
        if (after.may_value()) {
          REQUIRE(before.lo <= after.lo);
          REQUIRE(after.hi <= before.hi);
        }
        before = after;
      }
      REQUIRE(value::is_known(before, value::number_type(0)));
    }
    // The same clauses written in the opposite order.
    std::vector<TableRow> reversed(rows.rbegin(), rows.rend());
    for (auto& [above, below] : order) {
      above = count - 1 - above;
      below = count - 1 - below;
    }
    REQUIRE(settled_text(clauses(reversed, order, otherwise), open) == settled_text(tried, open));
  }
}

}  // namespace juzhu::eval::testing
