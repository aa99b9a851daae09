// Measures on covers: months and days, chains, windows, and their bounds on pairs.
#include <algorithm>

#include "brief.h"
#include "ops/cover.h"
#include "ops/number.h"

namespace juzhu::ops::test {
namespace {

const std::int64_t kStart = value::kBegin;

Measure in_days() {
  Measure what;
  what.unit = MeasureUnit::kDays;
  return what;
}
Measure in_months(Counting counting = Counting::kCivilCode) {
  Measure what;
  what.counting = counting;
  return what;
}
Measure of_months() {
  Measure what;
  what.months = true;
  return what;
}
Measure chain(Measure what, ChainMode mode, std::int64_t tolerance = 0) {
  what.chain = mode;
  what.tolerance = tolerance;
  return what;
}

std::int64_t up_to(const Cover& cover, const Measure& what, std::string_view last) {
  return measure(cover, what, kStart, day(last));
}

Value sure(const Cover& one, CoverStore& covers) { return time_value(one, one, covers); }

Value bounds(const Value& time, const CoverStore& covers, const Measure& what, const Value& to) {
  return measure_between(time, covers, what, number(kStart), to);
}

const Cover kS01 = cover({days("2023-01-01", "2023-06-30"), days("2023-04-01", "2023-09-30")});
const Cover kS04 = cover({months("2023-01", "2023-06"), months("2023-10", "2024-02")});
const Cover kYear = cover({months("2023-01", "2023-12")});

}  // namespace

TEST_CASE("S01 S02 S03 days and months of spells that overlap or touch") {
  CHECK(up_to(kS01, in_days(), "2024-01-01") == 273);
  CHECK(up_to(kS01, in_months(), "2024-01-01") == 8);
  CHECK(up_to(kS01, in_months(Counting::kBothDays), "2024-01-01") == 9);
  const Cover touching =
      cover({days("2023-01-01", "2023-03-31"), days("2023-04-01", "2023-06-30")});
  CHECK(up_to(touching, in_months(), "2024-01-01") == 5);
  CHECK(up_to(touching, in_months(Counting::kBothDays), "2024-01-01") == 6);
  const Cover apart = cover({days("2023-01-01", "2023-03-31"), days("2023-04-02", "2023-06-30")});
  CHECK(up_to(apart, in_months(), "2024-01-01") == 4);
  CHECK(up_to(apart, in_months(Counting::kBothDays), "2024-01-01") == 5);
}

TEST_CASE("S04 S05 S06 total and longest and unbroken months") {
  CHECK(up_to(kS04, of_months(), "2024-02-29") == 11);
  CHECK(up_to(kS04, chain(of_months(), ChainMode::kLongest), "2024-02-29") == 6);
  CHECK(up_to(kS04, chain(of_months(), ChainMode::kEnding), "2024-02-29") == 5);
  CHECK(up_to(kS04, chain(of_months(), ChainMode::kEnding, 3), "2024-02-29") == 11);
  CHECK(up_to(kS04, chain(of_months(), ChainMode::kEnding, 2), "2024-02-29") == 5);
  Measure with_gaps = chain(of_months(), ChainMode::kEnding, 3);
  with_gaps.count_gaps = true;
  CHECK(up_to(kS04, with_gaps, "2024-02-29") == 14);
  for (const auto& [tolerance, expected] : {std::pair{0, 0}, {1, 0}, {2, 5}, {3, 11}}) {
    CHECK(up_to(kS04, chain(of_months(), ChainMode::kEnding, tolerance), "2024-04-30") == expected);
  }
}

TEST_CASE("S07 a gap of exactly the tolerance") {
  const auto longest = [](std::string_view again_from) {
    const Cover paid = cover({days("2023-01-01", "2023-03-31"), days(again_from, "2023-12-31")});
    Measure what = chain(in_days(), ChainMode::kLongest, 3);
    return up_to(paid, what, "2024-12-31");
  };
  CHECK(longest("2023-07-01") == 90 + 184);
  CHECK(longest("2023-07-02") == 183);
  Measure in_92_days = chain(in_days(), ChainMode::kLongest, 91);
  in_92_days.tolerance_in_months = false;
  const Cover paid = cover({days("2023-01-01", "2023-03-31"), days("2023-07-01", "2023-12-31")});
  CHECK(up_to(paid, in_92_days, "2024-12-31") == 90 + 184);  // the gap has 91 days
  in_92_days.tolerance = 90;
  CHECK(up_to(paid, in_92_days, "2024-12-31") == 184);
}

TEST_CASE("S08 twelve unbroken or eighteen of the last twenty-four") {
  const auto unbroken = [](const Cover& paid) {
    return up_to(paid, chain(of_months(), ChainMode::kEnding), "2024-04-30");
  };
  const auto of_last_24 = [](const Cover& paid) {
    return measure(paid, of_months(), day("2022-05-01"), day("2024-04-30"));
  };
  const Cover paid = cover({months("2022-05", "2023-04"), months("2023-11", "2024-04")});
  CHECK(unbroken(paid) == 6);
  CHECK(of_last_24(paid) == 18);
  const Cover one_less = subtract(paid, cover({months("2023-04", "2023-04")}));
  CHECK(unbroken(one_less) == 6);
  CHECK(of_last_24(one_less) == 17);
}

TEST_CASE("S09 S10 S11 months left out and kinds beside each other") {
  const Cover own = subtract(kYear, cover({months("2023-05", "2023-05")}));
  CHECK(up_to(own, of_months(), "2023-12-31") == 11);
  CHECK(up_to(own, chain(of_months(), ChainMode::kEnding), "2023-12-31") == 7);
  CHECK(up_to(own, chain(of_months(), ChainMode::kEnding, 1), "2023-12-31") == 11);
  const Cover medical = cover({months("2023-03", "2024-02")});
  CHECK(up_to(intersect(kYear, medical), of_months(), "2024-12-31") == 10);
  CHECK(up_to(unite(kYear, medical), of_months(), "2024-12-31") == 14);
  CHECK(up_to(kYear, of_months(), "2024-12-31") + up_to(medical, of_months(), "2024-12-31") == 24);
  const Cover in_z = cover({months("2023-01", "2023-06")});
  const std::int64_t elsewhere = up_to(subtract(kYear, in_z), of_months(), "2024-12-31");
  CHECK(up_to(in_z, of_months(), "2024-12-31") * 10 + 3 * elsewhere == 78);
}

TEST_CASE("S12 C19 a month counts when it lies wholly in the window") {
  const Cover paid = cover({months("2024-01", "2024-12")});
  CHECK(up_to(paid, of_months(), "2024-04-30") == 4);
  CHECK(up_to(paid, of_months(), "2024-04-29") == 3);
  CHECK(up_to(paid, of_months(), "2024-04-01") == 3);
  CHECK(up_to(cover({months("2018-03", "2024-04")}), of_months(), "2024-12-31") == 74);
  const Cover always = make_cover({{value::kBegin, value::kForever}});
  CHECK(measure(always, of_months(), day("2022-05-01"), day("2024-04-30")) == 24);
}

TEST_CASE("S13 S14 windows of days") {
  const Cover permit = cover({days("2009-05-10", "2010-12-31")});
  CHECK(measure(permit, in_days(), day("2010-01-01"), day("2024-12-31")) == 365);
  const Cover ongoing =
      make_cover({{static_cast<std::int32_t>(day("2019-06-10")), value::kForever}});
  CHECK(up_to(ongoing, in_months(), "2024-05-01") == 58);
  CHECK(measure(ongoing, in_months(), day("2024-05-02"), day("2024-05-01")) == 0);
}

TEST_CASE("S16 S17 S18 measures between what is sure and what is possible") {
  CoverStore covers;
  const Value from_open = time_value(cover({days("2023-03-01", "2023-12-31")}),
                                     cover({days("2023-01-01", "2023-12-31")}), covers);
  CHECK(bounds(from_open, covers, in_months(), date("2024-05-01")) == between(9, 11));
  const Value half_sure = time_value(cover({months("2023-01", "2023-06")}), kYear, covers);
  CHECK(bounds(half_sure, covers, of_months(), date("2024-05-01")) == between(6, 12));
  const Value twenty = time_value(cover({months("2022-01", "2023-08")}),
                                  cover({{value::kBegin, value::kForever}}), covers);
  const Value months_paid = bounds(twenty, covers, of_months(), date("2024-05-01"));
  CHECK(compare(Relation::kLessEqual, number(12), 0, months_paid, 0) == T);
}

TEST_CASE("S22 S23 no permit and a year less a month") {
  CoverStore covers;
  CHECK(bounds(sure({}, covers), covers, in_months(), date("2024-05-01")) == number(0));
  const Cover year = subtract(cover({days("2023-01-01", "2023-12-31")}),
                              cover({days("2023-05-01", "2023-05-31")}));
  CHECK(up_to(year, in_days(), "2024-12-31") == 334);
  CHECK(up_to(year, in_months(), "2024-12-31") == 9);
}

TEST_CASE("S24 unbroken to a day within a month and to an uncertain day") {
  CoverStore covers;
  const Cover paid = cover({months("2023-04", "2024-03")});
  const Measure ending = chain(of_months(), ChainMode::kEnding);
  CHECK(up_to(paid, ending, "2024-04-01") == 12);
  CHECK(up_to(paid, ending, "2024-04-30") == 0);
  const Value time = sure(paid, covers);
  CHECK(bounds(time, covers, ending, dates("2024-04-01", "2024-04-30")) == between(0, 12));
  CHECK(bounds(time, covers, ending, dates("2023-06-01", "2023-06-30")) == between(0, 3));
  CHECK(bounds(time, covers, ending, NA) == NA);
  CHECK(bounds(fails(ErrorCode::kBadSpell), covers, ending, NA) == fails(ErrorCode::kBadSpell));
}

TEST_CASE("Chains agree with a search day by day") {
  std::mt19937_64 random(99);
  constexpr std::int32_t kLast = 59;
  for (int round = 0; round < 3000; ++round) {
    std::vector<bool> in(kLast + 1);
    std::vector<Run> runs;
    for (std::int32_t at = 0; at <= kLast; ++at) {
      in[static_cast<std::size_t>(at)] = draw(random, 3) != 0;
      if (in[static_cast<std::size_t>(at)]) runs.push_back({at, at});
    }
    const auto tolerance = static_cast<std::int64_t>(draw(random, 4));
    std::int64_t longest = 0;
    std::int64_t counted = 0;
    std::int64_t missing = tolerance + 1;  // days since the last day that is in
    for (const bool day_in : in) {
      if (day_in && missing > tolerance) counted = 0;
      missing = day_in ? 0 : missing + 1;
      counted += day_in ? 1 : 0;
      longest = std::max(longest, counted);
    }
    Measure what = chain(in_days(), ChainMode::kLongest, tolerance);
    what.tolerance_in_months = false;
    const Cover days_in = make_cover(runs);
    INFO(days_in << " tolerance " << tolerance);
    REQUIRE(measure(days_in, what, 0, kLast) == longest);
    what.chain = ChainMode::kEnding;
    REQUIRE(measure(days_in, what, 0, kLast) == (missing <= tolerance ? counted : 0));
  }
}

TEST_CASE("Every measure grows with the cover and the window") {
  std::mt19937_64 random(11);
  const std::int64_t origin = day("2024-01-10");
  for (int round = 0; round < 6000; ++round) {
    const bool months = draw(random, 4) == 0;
    const std::int64_t unit_origin = months ? month("2024-01") : origin;
    const auto some = [&](std::uint64_t count) {
      std::vector<Run> runs;
      for (; count > 0; --count) {
        const auto first =
            static_cast<std::int32_t>(unit_origin + static_cast<std::int64_t>(draw(random, 120)));
        runs.push_back({first, first + static_cast<std::int32_t>(draw(random, 45))});
      }
      return make_cover(runs);
    };
    const Cover must = some(draw(random, 4));
    const Cover may = unite(must, some(1 + draw(random, 3)));
    const Cover real = unite(must, intersect(may, some(2)));
    Measure what;
    what.months = months;
    what.unit = draw(random, 2) == 0 ? MeasureUnit::kDays : MeasureUnit::kMonths;
    what.counting = static_cast<Counting>(draw(random, 3));
    what.chain = static_cast<ChainMode>(draw(random, 3));
    what.tolerance = static_cast<std::int64_t>(draw(random, 3));
    what.tolerance_in_months = draw(random, 2) == 0;
    what.count_gaps = what.chain != ChainMode::kAll && draw(random, 2) == 0;
    CoverStore covers;
    const Value time = time_value(must, may, covers);
    const std::int64_t from = origin + static_cast<std::int64_t>(draw(random, 60)) - 30;
    const std::int64_t to = from + static_cast<std::int64_t>(draw(random, 200));
    const auto width = static_cast<std::int64_t>(draw(random, 2) * 20);
    const Value window_from = between(from, from + width);
    const Value window_to = between(to, to + width);
    const Value found = measure_between(time, covers, what, window_from, window_to);
    const std::int64_t exact =
        measure(real, what, from + static_cast<std::int64_t>(draw(random, 21)) % (width + 1),
                to + static_cast<std::int64_t>(draw(random, 21)) % (width + 1));
    INFO(must << " within " << real << " within " << may << " " << found << " from " << from
              << " to " << to << " unit " << static_cast<int>(what.unit) << " counting "
              << static_cast<int>(what.counting) << " chain " << static_cast<int>(what.chain)
              << " tolerance " << what.tolerance);
    REQUIRE(found.lo <= exact);
    REQUIRE(exact <= found.hi);
  }
}

}  // namespace juzhu::ops::test
