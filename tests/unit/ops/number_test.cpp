#include "ops/number.h"

#include <algorithm>
#include <limits>

#include "brief.h"

namespace juzhu::ops::test {
namespace {

constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();

Value add(const Value& left, const Value& right, int scale = 0) {
  const Term terms[] = {{left, 0, false}, {right, 0, false}};
  return sum(terms, scale, kHere);
}

Value rounded(std::int64_t number_3, Rounding mode) {
  return rescale(number(number_3), 3, 2, mode, kHere);
}

std::int64_t floor_of(std::int64_t a, std::int64_t b) {
  std::int64_t k = 0;
  while (k * b > a)
    --k;
  while ((k + 1) * b <= a)
    ++k;
  return k;
}

/// a / b by the definition of each mode, for b > 0, from the two whole numbers around it.
std::int64_t round_slowly(std::int64_t a, std::int64_t b, Rounding mode) {
  if (b < 0) return round_slowly(-a, -b, mode);
  const std::int64_t below = floor_of(a, b);
  if (below * b == a) return below;
  const std::int64_t above = below + 1;
  const std::int64_t distance = (a - below * b) - (above * b - a);  // < 0: nearer to the one below
  switch (mode) {
    case Rounding::kHalfUp:
      return distance < 0 || (distance == 0 && a < 0) ? below : above;
    case Rounding::kHalfEven:
      return distance < 0 || (distance == 0 && below % 2 == 0) ? below : above;
    case Rounding::kDown:
      return a < 0 ? above : below;
    case Rounding::kUp:
      return a < 0 ? below : above;
    case Rounding::kFloor:
      return below;
    case Rounding::kCeiling:
      return above;
  }
  return 0;
}

constexpr Rounding kModes[] = {Rounding::kHalfUp, Rounding::kHalfEven, Rounding::kDown,
                               Rounding::kUp,     Rounding::kFloor,    Rounding::kCeiling};

/// Every interval within [-reach, reach].
std::vector<Value> intervals(std::int64_t reach) {
  std::vector<Value> all;
  for (std::int64_t lo = -reach; lo <= reach; ++lo) {
    for (std::int64_t hi = lo; hi <= reach; ++hi)
      all.push_back(between(lo, hi));
  }
  return all;
}

/// The hull of what a scalar function gives on every pair of two intervals; it adds values and
/// errors to the result.
template <typename Kernel>
Value enumerate(const Value& left, const Value& right, const Kernel& kernel) {
  Value all;
  for (std::int64_t a = left.lo; a <= left.hi; ++a) {
    for (std::int64_t b = right.lo; b <= right.hi; ++b) {
      const Value one = kernel(a, b);
      all.lo = !one.may_value() ? all.lo : all.may_value() ? std::min(all.lo, one.lo) : one.lo;
      all.hi = !one.may_value() ? all.hi : all.may_value() ? std::max(all.hi, one.hi) : one.hi;
      all.error = one.may_fail() ? one.error : all.error;
      all.kinds |= one.kinds;
    }
  }
  return all;
}

}  // namespace

TEST_CASE("V01 scales of sums and products") {
  const Term terms[] = {{number(10), 2, false}, {number(2), 1, false}};
  CHECK(sum(terms, 2, kHere) == number(30));
  CHECK(product(number(5), number(130), kHere) == number(650));
  CHECK(compare(Relation::kEqual, number(120), 2, number(12), 1) == T);
}

TEST_CASE("V03 a quotient is exact in a comparison") {
  // 2/3 at least 66.67 %: the bound stands on the left of <=.
  CHECK(compare_quotient(Relation::kLessEqual, true, number(2), 0, number(3), 0, number(6667), 4,
                         kHere) == F);
  const Value rounded_share = quotient(number(2), 0, number(3), 0, 4, Rounding::kHalfUp, kHere);
  CHECK(compare(Relation::kLessEqual, number(6667), 4, rounded_share, 4) == T);
}

TEST_CASE("V04 V05 rounding modes") {
  CHECK(rounded(2345, Rounding::kHalfUp) == number(235));
  CHECK(rounded(-2345, Rounding::kHalfUp) == number(-235));
  CHECK(rounded(2345, Rounding::kHalfEven) == number(234));
  CHECK(rounded(2355, Rounding::kHalfEven) == number(236));
  CHECK(rounded(-2349, Rounding::kDown) == number(-234));
  CHECK(rounded(-2341, Rounding::kFloor) == number(-235));
  CHECK(rounded(2341, Rounding::kUp) == number(235));
  CHECK(rounded(-2349, Rounding::kCeiling) == number(-234));
}

TEST_CASE("V06 rounding each share is not rounding their sum") {
  const Value twelfth = quotient(number(1), 0, number(12), 0, 2, Rounding::kHalfUp, kHere);
  const Value half_of_it = quotient(number(1), 0, number(24), 0, 2, Rounding::kHalfUp, kHere);
  CHECK(add(twelfth, half_of_it) == number(12));
  CHECK(quotient(number(3), 0, number(24), 0, 2, Rounding::kHalfUp, kHere) == number(13));
}

TEST_CASE("V07 V08 V22 points per unit") {
  CHECK(product(number(1), quotient(number(137), 0, number(30), 0, 1, Rounding::kHalfUp, kHere),
                kHere) == number(46));
  CHECK(product(number(1), full_units(number(74), 0, number(1), 0, kHere), kHere) == number(74));
  CHECK(product(number(10), full_units(number(17), 0, number(6), 0, kHere), kHere) == number(20));
  CHECK(product(number(2), started_units(number(25), 0, number(12), 0, kHere), kHere) == number(6));
  const auto beyond_12 = [](std::int64_t total) {
    const Term difference[] = {{number(total), 0, false}, {number(12), 0, true}};
    const Term bounds[] = {{number(0), 0, false}, {sum(difference, 0, kHere), 0, false}};
    return product(number(5), greatest_of(bounds, 0, kHere), kHere);
  };
  CHECK(beyond_12(30) == number(90));
  CHECK(beyond_12(10) == number(0));
}

TEST_CASE("V09 twelve months and a year are twenty-four months") {
  CHECK(compare(Relation::kEqual, add(number(12), number(12)), 0, number(24), 0) == T);
}

TEST_CASE("V11 products keep all digits and quotients round once") {
  CHECK(product(number(5), number(1234567), kHere) == number(6172835));
  CHECK(quotient(number(10000), 2, number(3), 0, 2, Rounding::kHalfUp, kHere) == number(3333));
}

TEST_CASE("V12 a sum overflows as a whole") {
  CHECK(add(number(kMax), number(1)) == fails(ErrorCode::kOverflow));
  const Term terms[] = {{number(kMax), 0, false}, {number(1), 0, false}, {number(1), 0, true}};
  CHECK(sum(terms, 0, kHere) == number(kMax));
  CHECK(add(between(0, kMax), between(0, 1)) == or_fails(between(0, kMax), ErrorCode::kOverflow));
  const Term least[] = {{number(kMin), 0, true}};
  CHECK(sum(least, 0, kHere) == fails(ErrorCode::kOverflow));
}

TEST_CASE("V13 products at the edge of 64 bits") {
  CHECK(product(number(3037000499), number(3037000499), kHere) == number(9223372030926249001));
  CHECK(product(number(3037000500), number(3037000500), kHere) == fails(ErrorCode::kOverflow));
  CHECK(product(number(kMin), number(-1), kHere) == fails(ErrorCode::kOverflow));
  CHECK(product(number(kMin), number(1), kHere) == number(kMin));
  CHECK(product(between(-1, 1), number(kMin), kHere) ==
        or_fails(between(kMin, kMax), ErrorCode::kOverflow));
}

TEST_CASE("V14 divisors and units of no size") {
  CHECK(quotient(number(5), 0, number(0), 0, 2, Rounding::kHalfUp, kHere) ==
        fails(ErrorCode::kDivisionByZero));
  CHECK(full_units(number(3), 0, number(0), 0, kHere) == fails(ErrorCode::kBadUnitSize));
  CHECK(started_units(number(3), 0, between(-1, 2), 0, kHere) ==
        or_fails(between(2, 3), ErrorCode::kBadUnitSize));
}

TEST_CASE("V16 shares of half and of fifty-one per cent") {
  CHECK(compare(Relation::kLess, number(50), 2, number(5000), 4) == F);
  CHECK(compare(Relation::kLessEqual, number(50), 2, number(5000), 4) == T);
  CHECK(compare(Relation::kLessEqual, number(51), 2, number(5099), 4) == F);
}

TEST_CASE("K09 K10 K11 arithmetic on bounds") {
  const Value n = between(5, 8);
  const Value m = between(1, 2);
  CHECK(add(n, m) == between(6, 10));
  const Term difference[] = {{n, 0, false}, {m, 0, true}};
  CHECK(sum(difference, 0, kHere) == between(3, 7));
  CHECK(product(between(-2, 3), between(4, 5), kHere) == between(-10, 15));
  const Term capped[] = {{between(12, 20), 0, false}, {number(10), 0, false}};
  CHECK(least_of(capped, 0, kHere) == number(10));
  CHECK(product(n, number(0), kHere) == number(0));
  CHECK(quotient(number(10), 0, between(-2, 2), 0, 0, Rounding::kHalfUp, kHere) ==
        or_fails(between(-10, 10), ErrorCode::kDivisionByZero));
}

TEST_CASE("Arithmetic on what does not apply") {
  CHECK(add(NA, number(1)) == NA);
  CHECK(add(or_na(between(5, 8)), number(1)) == or_na(between(6, 9)));
  CHECK(add(NA, fails(ErrorCode::kNoRow)) == fails(ErrorCode::kNoRow));
  CHECK(product(or_na(number(2)), number(3), kHere) == or_na(number(6)));
}

TEST_CASE("E01 the least of several errors whatever the order") {
  const Value overflow = fails(ErrorCode::kOverflow);
  const Value by_zero = fails(ErrorCode::kDivisionByZero);
  CHECK(add(overflow, by_zero) == overflow);
  CHECK(add(by_zero, overflow) == overflow);
  // The step's own overflow is less than an operand's possible division by zero.
  const Value huge = or_fails(number(kMax), ErrorCode::kDivisionByZero);
  CHECK(add(huge, number(1)) == overflow);
}

TEST_CASE("Rounding agrees with its definition on every small fraction") {
  for (std::int64_t a = -40; a <= 40; ++a) {
    for (std::int64_t b = -9; b <= 9; ++b) {
      if (b == 0) continue;
      for (const Rounding mode : kModes) {
        INFO(a << " / " << b << ", mode " << static_cast<int>(mode));
        REQUIRE(quotient(number(a), 0, number(b), 0, 0, mode, kHere) ==
                number(round_slowly(a, b, mode)));
        // The same fraction, its parts at other scales: a/b = (a × 10^-1) / (b × 10^-1).
        REQUIRE(quotient(number(a), 1, number(b), 1, 0, mode, kHere) ==
                number(round_slowly(a, b, mode)));
        REQUIRE(quotient(number(a), 2, number(b), 0, 0, mode, kHere) ==
                number(round_slowly(a, b * 100, mode)));
        REQUIRE(quotient(number(a), 0, number(b), 0, 1, mode, kHere) ==
                number(round_slowly(a * 10, b, mode)));
      }
    }
  }
}

TEST_CASE("Bounds of numbers are the tightest on every small interval") {
  const std::vector<Value> all = intervals(4);
  for (const Value& left : all) {
    for (const Value& right : all) {
      INFO(left << " and " << right);
      REQUIRE(product(left, right, kHere) ==
              enumerate(left, right, [](std::int64_t a, std::int64_t b) { return number(a * b); }));
      REQUIRE(quotient(left, 0, right, 0, 1, Rounding::kHalfEven, kHere) ==
              enumerate(left, right, [](std::int64_t a, std::int64_t b) {
                return b == 0 ? fails(ErrorCode::kDivisionByZero)
                              : number(round_slowly(a * 10, b, Rounding::kHalfEven));
              }));
      const auto units = [](std::int64_t a, std::int64_t b, bool started) {
        if (b <= 0) return fails(ErrorCode::kBadUnitSize);
        return number(std::max<std::int64_t>(0, started ? -floor_of(-a, b) : floor_of(a, b)));
      };
      REQUIRE(full_units(left, 0, right, 0, kHere) ==
              enumerate(left, right,
                        [&](std::int64_t a, std::int64_t b) { return units(a, b, false); }));
      REQUIRE(started_units(left, 0, right, 0, kHere) ==
              enumerate(left, right,
                        [&](std::int64_t a, std::int64_t b) { return units(a, b, true); }));
      const Term both[] = {{left, 0, false}, {right, 0, false}};
      REQUIRE(least_of(both, 0, kHere) ==
              enumerate(left, right,
                        [](std::int64_t a, std::int64_t b) { return number(std::min(a, b)); }));
      REQUIRE(greatest_of(both, 0, kHere) ==
              enumerate(left, right,
                        [](std::int64_t a, std::int64_t b) { return number(std::max(a, b)); }));
      const Term difference[] = {{left, 0, false}, {right, 0, true}};
      REQUIRE(sum(difference, 0, kHere) ==
              enumerate(left, right, [](std::int64_t a, std::int64_t b) { return number(a - b); }));
    }
  }
}

}  // namespace juzhu::ops::test
