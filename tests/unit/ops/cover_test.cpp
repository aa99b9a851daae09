// Set operations on covers, their pairs as values, and what can be asked of one day.
#include "ops/cover.h"

#include <bitset>

#include "brief.h"

namespace juzhu::ops::test {
namespace {

constexpr std::size_t kDays = 60;
using Bits = std::bitset<kDays>;

Bits bits_of(const Cover& cover) {
  Bits bits;
  for (const Run& run : cover.runs) {
    for (std::int32_t at = run.first; at <= run.last; ++at)
      bits.set(static_cast<std::size_t>(at));
  }
  return bits;
}

Cover cover_of(const Bits& bits) {
  std::vector<Run> runs;
  for (std::size_t i = 0; i < kDays; ++i) {
    if (bits[i]) runs.push_back({static_cast<std::int32_t>(i), static_cast<std::int32_t>(i)});
  }
  return make_cover(std::move(runs));
}

/// Blocks of a few days, so that runs touch, overlap and nest often.
Cover some_cover(std::mt19937_64& random) {
  std::vector<Run> runs;
  for (std::uint64_t count = draw(random, 6); count > 0; --count) {
    const auto first = static_cast<std::int32_t>(draw(random, kDays));
    const auto length = static_cast<std::int32_t>(draw(random, 12));
    runs.push_back({first, std::min(first + length, static_cast<std::int32_t>(kDays) - 1)});
  }
  return make_cover(std::move(runs));
}

bool well_formed(const Cover& cover) {
  for (std::size_t i = 0; i < cover.runs.size(); ++i) {
    if (cover.runs[i].first > cover.runs[i].last) return false;
    if (i > 0 && cover.runs[i - 1].last + 1 >= cover.runs[i].first) return false;
  }
  return true;
}

Value sure(const Cover& one, CoverStore& covers) { return time_value(one, one, covers); }

}  // namespace

TEST_CASE("Covers are sets of days") {
  std::mt19937_64 random(20240501);
  for (int round = 0; round < 4000; ++round) {
    const Cover a = some_cover(random);
    const Cover b = some_cover(random);
    INFO(a << " and " << b);
    REQUIRE(well_formed(a));
    REQUIRE(cover_of(bits_of(a)) == a);
    REQUIRE(unite(a, b) == cover_of(bits_of(a) | bits_of(b)));
    REQUIRE(intersect(a, b) == cover_of(bits_of(a) & bits_of(b)));
    REQUIRE(subtract(a, b) == cover_of(bits_of(a) & ~bits_of(b)));
    const auto first = static_cast<std::int32_t>(draw(random, kDays));
    const auto last = static_cast<std::int32_t>(draw(random, kDays));
    REQUIRE(clip(a, first, last) == intersect(a, make_cover({{first, last}})));
    for (std::size_t i = 0; i < kDays; ++i) {
      REQUIRE(contains(a, static_cast<std::int32_t>(i)) == bits_of(a)[i]);
    }
  }
}

TEST_CASE("S02 S03 runs merge when they touch") {
  CHECK(cover({days("2023-01-01", "2023-03-31"), days("2023-04-01", "2023-06-30")}).runs.size() ==
        1);
  CHECK(cover({days("2023-01-01", "2023-03-31"), days("2023-04-02", "2023-06-30")}).runs.size() ==
        2);
}

TEST_CASE("S19 S20 S22 a date in a cover") {
  CoverStore covers;
  const Value permit = sure(cover({days("2023-01-01", "2024-08-31")}), covers);
  CHECK(covers_date(permit, covers, date("2024-08-31"), false) == T);
  CHECK(covers_date(permit, covers, date("2024-09-01"), false) == F);
  CHECK(covers_date(permit, covers, dates("2024-08-31", "2024-09-01"), false) == U);
  CHECK(covers_date(permit, covers, NA, false) == F);
  const Value open_end = time_value(cover({days("2023-01-01", "2024-03-31")}),
                                    cover({days("2023-01-01", "2024-05-31")}), covers);
  CHECK(covers_date(open_end, covers, date("2024-03-31"), false) == T);
  CHECK(covers_date(open_end, covers, date("2024-04-30"), false) == U);
  const Value none = sure({}, covers);
  CHECK(covers_date(none, covers, date("2024-04-01"), false) == F);
  CHECK(first_of(none, covers) == NA);
  CHECK(last_of(none, covers) == NA);
  const Value paid = sure(cover({months("2023-01", "2023-06")}), covers);
  CHECK(covers_date(paid, covers, date("2023-06-30"), true) == T);
  CHECK(covers_date(paid, covers, date("2023-07-01"), true) == F);
}

TEST_CASE("S21 touched and whole months") {
  const Cover permit = cover({days("2023-01-31", "2023-03-01")});
  CHECK(touched_months(permit) == cover({months("2023-01", "2023-03")}));
  CHECK(whole_months(permit) == cover({months("2023-02", "2023-02")}));
  CHECK(days_of(cover({months("2024-02", "2024-02")})) ==
        cover({days("2024-02-01", "2024-02-29")}));
  const Cover two_days =
      cover({days("2023-01-31", "2023-01-31"), days("2023-02-02", "2023-02-02")});
  CHECK(touched_months(two_days) == cover({months("2023-01", "2023-02")}));
  CHECK(whole_months(two_days).runs.empty());
  const Cover ongoing =
      make_cover({{static_cast<std::int32_t>(day("2023-01-15")), value::kForever}});
  CHECK(whole_months(ongoing).runs.back().last == value::kForever);
  CHECK(days_of(whole_months(ongoing)).runs.front().first == day("2023-02-01"));
}

TEST_CASE("S24 the first day of a permit that may not be") {
  CoverStore covers;
  const Cover permit = cover({days("2023-01-01", "2023-03-31")});
  const Value perhaps = time_value({}, permit, covers);
  CHECK(first_of(perhaps, covers) == or_na(dates("2023-01-01", "2023-03-31")));
  CHECK(first_of(sure(permit, covers), covers) == date("2023-01-01"));
  CHECK(last_of(sure(permit, covers), covers) == date("2023-03-31"));
  const Value grows = time_value(cover({days("2023-02-01", "2023-02-28")}), permit, covers);
  CHECK(first_of(grows, covers) == dates("2023-01-01", "2023-02-01"));
  CHECK(last_of(grows, covers) == dates("2023-02-28", "2023-03-31"));
  const Value ongoing = sure(make_cover({{0, value::kForever}}), covers);
  CHECK(last_of(ongoing, covers) == date("9999-12-31"));
  CHECK(last_of(ongoing, covers, true) == number(month("9999-12")));
  CHECK(first_of(fails(ErrorCode::kBadSpell), covers) == fails(ErrorCode::kBadSpell));
}

TEST_CASE("What is taken from a pair is taken the other way round") {
  CoverStore covers;
  const Value year = sure(cover({days("2023-01-01", "2023-12-31")}), covers);
  const Value may = sure(cover({days("2023-05-01", "2023-05-31")}), covers);
  const Value perhaps = time_value({}, covers[may.hi], covers);
  const Value less = combine(CoverOp::kSubtract, year, perhaps, covers);
  CHECK(covers[less.lo] == subtract(covers[year.lo], covers[may.lo]));
  CHECK(covers[less.hi] == covers[year.hi]);
  const Value known = combine(CoverOp::kSubtract, year, may, covers);
  CHECK(known.lo == known.hi);
  CHECK(combine(CoverOp::kUnite, year, NA, covers) == NA);
  CHECK(combine(CoverOp::kUnite, year, fails(ErrorCode::kBadSpell), covers) ==
        fails(ErrorCode::kBadSpell));
}

TEST_CASE("Pairs hold what every cover between them gives") {
  std::mt19937_64 random(7);
  CoverStore covers;
  for (int round = 0; round < 2000; ++round) {
    const Cover parts[] = {some_cover(random), some_cover(random)};
    const Cover more[] = {unite(parts[0], some_cover(random)), unite(parts[1], some_cover(random))};
    // Any cover between the sure and the possible one.
    const Cover real[] = {unite(parts[0], intersect(more[0], some_cover(random))),
                          unite(parts[1], intersect(more[1], some_cover(random)))};
    const Value left = time_value(parts[0], more[0], covers);
    const Value right = time_value(parts[1], more[1], covers);
    const auto holds = [&](const Value& pair, const Cover& one) {
      return subtract(covers[pair.lo], one).runs.empty() &&
             subtract(one, covers[pair.hi]).runs.empty();
    };
    REQUIRE(holds(combine(CoverOp::kUnite, left, right, covers), unite(real[0], real[1])));
    REQUIRE(holds(combine(CoverOp::kIntersect, left, right, covers), intersect(real[0], real[1])));
    REQUIRE(holds(combine(CoverOp::kSubtract, left, right, covers), subtract(real[0], real[1])));
    const Value joined = join_times(left, right, covers);
    REQUIRE(holds(joined, real[0]));
    REQUIRE(holds(joined, real[1]));
  }
  CHECK(join_times(NA, fails(ErrorCode::kBadSpell), covers) == or_na(fails(ErrorCode::kBadSpell)));
}

}  // namespace juzhu::ops::test
