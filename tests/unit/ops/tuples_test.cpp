#include <catch2/catch.hpp>

#include <vector>

#include "ops/tuples.h"

namespace juzhu::ops {
namespace {

/// Every exact value that a small set holds; "not applicable" is written as one of them.
std::vector<Value> members_of(const Value& set) {
  std::vector<Value> all;
  for (std::int64_t number = set.lo; set.may_value() && number <= set.hi; ++number)
    all.push_back(value::number(number));
  if (set.may_not_apply()) all.push_back(value::not_applicable());
  return all;
}

/// What the concrete order says: higher first, or lower first; what does not apply is last.
int exact_order(const Value& left, const Value& right, bool lowest_first) {
  if (!left.may_value() || !right.may_value()) {
    return left.may_value() ? -1 : right.may_value() ? 1 : 0;
  }
  if (left.lo == right.lo) return 0;
  return (left.lo > right.lo) != lowest_first ? -1 : 1;
}

std::vector<Value> some_sets() {
  std::vector<Value> sets;
  for (std::int64_t lo = 0; lo < 4; ++lo) {
    for (std::int64_t hi = lo; hi < 4; ++hi) {
      sets.push_back(value::between(lo, hi));
      sets.push_back(value::between(lo, hi));
      sets.back().kinds |= value::kNotApplicable;
    }
  }
  sets.push_back(value::not_applicable());
  return sets;
}

}  // namespace

TEST_CASE("one key compares as its exact values do") {
  for (const bool lowest_first : {false, true}) {
    for (const Value& left : some_sets()) {
      for (const Value& right : some_sets()) {
        Order expected;
        for (const Value& one : members_of(left)) {
          for (const Value& other : members_of(right)) {
            const int order = exact_order(one, other, lowest_first);
            expected.before |= order < 0;
            expected.equal |= order == 0;
            expected.after |= order > 0;
          }
        }
        CHECK(compare_key(left, right, lowest_first) == expected);
      }
    }
  }
}

TEST_CASE("A10 tuples go on to the next key only where the first may be equal") {
  const std::vector<std::uint32_t> highest{0, 0};
  const auto order = [&](std::vector<Value> left, std::vector<Value> right) {
    return compare_tuples(left, right, highest);
  };
  CHECK(order({value::number(80), value::between(1, 5)},
              {value::between(70, 80), value::number(0)}) == Order{true, false, false});
  CHECK(order({value::number(80), value::number(1)}, {value::number(80), value::number(2)}) ==
        Order{false, false, true});
  CHECK(order({value::number(80), value::number(1)}, {value::number(80), value::number(1)}) ==
        Order{false, true, false});
  CHECK(order({value::between(70, 80), value::number(1)}, {value::number(80), value::number(0)}) ==
        Order{true, false, true});
}

}  // namespace juzhu::ops
