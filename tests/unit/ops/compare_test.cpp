#include <limits>

#include "brief.h"
#include "ops/number.h"

namespace juzhu::ops::test {
namespace {

constexpr Relation kRelations[] = {Relation::kEqual, Relation::kLess, Relation::kLessEqual};

bool holds(Relation relation, std::int64_t left, std::int64_t right) {
  switch (relation) {
    case Relation::kEqual:
      return left == right;
    case Relation::kLess:
      return left < right;
    case Relation::kLessEqual:
      return left <= right;
  }
  return false;
}

Value at_least(const Value& left, std::int64_t right) {
  return compare(Relation::kLessEqual, number(right), 0, left, 0);
}
Value at_most(const Value& left, const Value& right) {
  return compare(Relation::kLessEqual, left, 0, right, 0);
}
Value under(const Value& left, const Value& right) {
  return compare(Relation::kLess, left, 0, right, 0);
}
Value equal(const Value& left, const Value& right) {
  return compare(Relation::kEqual, left, 0, right, 0);
}

void add_truth(Value* all, bool truth) {
  all->kinds |= value::kValue;
  all->lo |= truth ? value::kTrueBit : value::kFalseBit;
}

}  // namespace

TEST_CASE("K02 an operand that fails makes a comparison fail") {
  CHECK(under(fails(ErrorCode::kOutOfDomain), number(3)) == fails(ErrorCode::kOutOfDomain));
  CHECK(under(NA, fails(ErrorCode::kOutOfDomain)) == fails(ErrorCode::kOutOfDomain));
}

TEST_CASE("K06 K07 K08 K12 comparisons on bounds") {
  const Value n = between(5, 8);
  CHECK(at_least(n, 5) == T);
  CHECK(at_least(n, 6) == U);
  CHECK(at_least(n, 9) == F);
  CHECK(at_most(n, number(8)) == T);
  CHECK(under(n, number(8)) == U);
  CHECK(under(number(8), n) == F);  // over 8
  CHECK(equal(n, number(9)) == F);
  CHECK(equal(n, number(6)) == U);
  CHECK(equal(between(5, 5), number(5)) == T);
  const Value k = between(8, 10);
  CHECK(at_most(n, k) == T);
  CHECK(under(n, k) == U);
}

TEST_CASE("K13 a comparison with what does not apply is false") {
  CHECK(at_least(NA, 3) == F);
  CHECK(under(NA, number(3)) == F);
  CHECK(under(or_na(number(1)), number(3)) == U);
  CHECK(compare_quotient(Relation::kLess, false, NA, 0, number(1), 0, number(1), 0, kHere) == F);
}

TEST_CASE("K24 K25 at least on a measure that is open above") {
  const Value nothing_known = between(0, 2400);
  CHECK(at_least(nothing_known, 0) == T);
  CHECK(at_least(nothing_known, 1) == U);
  const Value fourteen_or_more = between(14, 2400);
  CHECK(at_least(fourteen_or_more, 12) == T);
  CHECK(at_least(fourteen_or_more, 18) == U);
}

TEST_CASE("Comparisons are the tightest on every small interval") {
  for (std::int64_t a = -3; a <= 3; ++a) {
    for (std::int64_t b = a; b <= 3; ++b) {
      for (std::int64_t c = -3; c <= 3; ++c) {
        for (std::int64_t d = c; d <= 3; ++d) {
          for (const Relation relation : kRelations) {
            Value expected;
            for (std::int64_t x = a; x <= b; ++x) {
              for (std::int64_t y = c; y <= d; ++y)
                add_truth(&expected, holds(relation, x, y));
            }
            INFO("[" << a << "," << b << "] and [" << c << "," << d << "]");
            REQUIRE(compare(relation, between(a, b), 0, between(c, d), 0) == expected);
            // The same numbers at another scale.
            REQUIRE(compare(relation, between(a * 10, b * 10), 1, between(c, d), 0) == expected);
          }
        }
      }
    }
  }
}

TEST_CASE("Quotients compare as fractions do on every small interval") {
  for (std::int64_t n_lo = -3; n_lo <= 3; ++n_lo) {
    for (std::int64_t n_width = 0; n_width <= 2; ++n_width) {
      for (std::int64_t d_lo = -3; d_lo <= 3; ++d_lo) {
        for (std::int64_t d_width = 0; d_width <= 2; ++d_width) {
          for (std::int64_t bound = -3; bound <= 3; ++bound) {
            for (const bool swapped : {false, true}) {
              for (const Relation relation : kRelations) {
                Value possible;
                for (std::int64_t n = n_lo; n <= n_lo + n_width; ++n) {
                  for (std::int64_t d = d_lo; d <= d_lo + d_width; ++d) {
                    if (d == 0) {
                      possible.kinds |= value::kFails;
                      possible.error = error(ErrorCode::kDivisionByZero);
                      continue;
                    }
                    const std::int64_t left = d < 0 ? -n : n;
                    const std::int64_t right = bound * (d < 0 ? -d : d);
                    add_truth(&possible, swapped ? holds(relation, right, left)
                                                 : holds(relation, left, right));
                  }
                }
                const Value found =
                    compare_quotient(relation, swapped, between(n_lo, n_lo + n_width), 0,
                                     between(d_lo, d_lo + d_width), 0, number(bound), 0, kHere);
                INFO("[" << n_lo << "+" << n_width << "] / [" << d_lo << "+" << d_width << "] with "
                         << bound << (swapped ? " on the left" : ""));
                // Sound always; tight but for "=", where no fraction need lie between whole ends.
                REQUIRE((found.lo & possible.lo) == possible.lo);
                REQUIRE(found.kinds == possible.kinds);
                REQUIRE(found.error == possible.error);
                if (relation != Relation::kEqual) REQUIRE(found.lo == possible.lo);
              }
            }
          }
        }
      }
    }
  }
}

TEST_CASE("Quotients compare exactly at the edge of 128 bits") {
  constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
  constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();
  const auto under_bound = [](std::int64_t n, int n_scale, std::int64_t d, int d_scale,
                              std::int64_t b, int b_scale) {
    return compare_quotient(Relation::kLess, false, number(n), n_scale, number(d), d_scale,
                            number(b), b_scale, kHere);
  };
  CHECK(under_bound(kMax, 9, kMin, 0, kMax, 0) == T);
  CHECK(under_bound(kMin, 9, kMin, 0, kMax, 0) == T);
  CHECK(under_bound(kMin, 0, kMin, 0, 1, 0) == F);
  CHECK(under_bound(kMax, 0, kMin, 0, -1, 0) == F);  // just above -1
  CHECK(under_bound(kMin, 0, kMax, 0, -1, 0) == T);  // just below -1
  CHECK(under_bound(kMax, 0, kMax, 9, kMax, 9) == T);
  CHECK(under_bound(kMin, 9, 1, 0, kMin, 0) == F);
  CHECK(under_bound(kMax, 9, kMax, 0, kMin, 0) == F);
}

}  // namespace juzhu::ops::test
