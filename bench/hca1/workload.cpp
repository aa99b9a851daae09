#include "hca1/workload.h"

#include <sys/mman.h>

#include <algorithm>

#include "base/check.h"
#include "value/date.h"

namespace juzhu::bench {
namespace {

std::uint64_t mix(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31);
}

/// The n-th draw of one stream (splitmix64), as a number below a limit.
class Stream {
 public:
  Stream(std::uint64_t seed, std::uint64_t first) : seed_(seed), first_(first) {}
  int operator()(std::uint64_t draw, std::uint32_t limit) const {
    const std::uint64_t raw = mix(seed_ + (first_ + draw + 1) * 0x9E3779B97F4A7C15U);
    return static_cast<int>(((raw >> 32) * limit) >> 32);
  }

 private:
  std::uint64_t seed_;
  std::uint64_t first_;
};

/// Which of several sizes, kinds or levels a percentage falls to.
int step_of(int percent, std::initializer_list<int> bounds) {
  int step = 0;
  for (const int bound : bounds)
    step += percent >= bound ? 1 : 0;
  return step;
}

int guardians_of(int size, int percent) {
  if (size == 1) return percent < 1 ? 0 : 1;
  if (size == 2) return step_of(percent, {1, 40});
  return step_of(percent, {1, 16, 95});
}

struct HouseholdDraw {
  int size, city, hukou, guardians, rotation;
};

HouseholdDraw draw_household(std::size_t household) {
  const Stream draw(1, 8 * household);
  HouseholdDraw drawn{};
  drawn.size = 1 + step_of(draw(0, 100), {18, 40, 68, 87, 96});
  drawn.city = std::min(draw(1, 50), draw(2, 50));
  drawn.hukou = draw(3, 100) < 45 ? drawn.city : draw(4, 350);
  drawn.guardians = guardians_of(drawn.size, draw(5, 100));
  drawn.rotation = draw(6, static_cast<std::uint32_t>(drawn.size));
  return drawn;
}

void draw_person(Persons& to, std::size_t i, const HouseholdDraw& home, bool is_guardian) {
  const Stream draw(2, 32 * i);
  to.is_child[i] = is_guardian ? 0 : 1;
  to.birth[i] = is_guardian ? kToday - (6575 + draw(0, 16425)) : kToday - draw(0, 6570);
  const int hukou = draw(1, 100) < 92 ? home.hukou : draw(2, 350);
  to.hukou_city[i] = static_cast<std::int16_t>(hukou);
  to.hukou_province[i] = static_cast<std::int16_t>(hukou % static_cast<int>(kProvinces));
  to.city[i] = static_cast<std::int16_t>(draw(3, 100) < 93 ? home.city : draw(4, 50));
  const int since = kToday - (draw(5, 100) < 15 ? draw(6, 365) : draw(6, 5479));
  to.resident_since[i] = std::max(to.birth[i], since);
  to.permit[i] = draw(7, 100) < (is_guardian ? 55 : 20) ? 1 : 0;
  to.permit_since[i] = kToday - draw(8, 2922);
  const bool is_insured = is_guardian && draw(9, 100) >= 30;
  to.months[i] = static_cast<std::int16_t>(is_insured ? draw(10, 181) : 0);
  to.employed[i] = is_guardian && draw(11, 100) < 70 ? 1 : 0;
  to.home[i] = static_cast<std::int8_t>(step_of(draw(12, 100), {25, 55, 75, 90}));
  const int education = step_of(draw(13, 100), {15, 50, 75, 88, 97});
  to.education[i] = static_cast<std::int8_t>(is_guardian ? education : 0);
  to.in_school[i] = draw(14, 100) < (is_guardian ? 5 : 70) ? 1 : 0;
  to.insured[i] = draw(15, 100) < 38 ? 1 : 0;
  to.vaccinated[i] = draw(16, 100) < 60 ? 1 : 0;
  to.income[i] = to.employed[i] != 0 ? 1500.0 + draw(17, 30000) : 0.0;
  to.weight[i] = (32 + draw(18, 224)) / 64.0;
}

std::vector<City> draw_cities() {
  std::vector<City> drawn;
  for (std::size_t c = 0; c < kCities; ++c) {
    const Stream draw(3, 16 * c);
    City city{};
    city.school_months = 6 * draw(0, 7);
    city.points_line = 60 + 5 * draw(1, 13);
    city.exception = step_of(draw(2, 100), {60, 75, 90});
    city.tier = draw(3, 4);
    city.insurance_rate = 2 + draw(4, 4);
    city.insurance_cap = 20 + 5 * draw(5, 7);
    city.residence_rate = 1 + draw(6, 4);
    city.owner_points = 20 + 5 * draw(7, 5);
    city.rent_points = 5 + draw(8, 11);
    city.health_months = draw(9, 13);
    city.province = static_cast<int>(c % kProvinces);
    drawn.push_back(city);
  }
  return drawn;
}

/// FNV-1a in its steps; the start value is the workload's own.
class Hash {
 public:
  void add(const void* bytes, std::size_t size) {
    const auto* byte = static_cast<const unsigned char*>(bytes);
    for (std::size_t i = 0; i < size; ++i)
      state_ = (state_ ^ byte[i]) * 1099511628211U;
  }
  [[nodiscard]] std::uint64_t value() const { return state_; }

 private:
  std::uint64_t state_ = 1469598103934665603U;
};

}  // namespace

void use_large_pages(void* memory, std::size_t bytes) {
  (void)madvise(memory, bytes, MADV_HUGEPAGE);  // a wish: without them it is slower, not wrong
}

const std::vector<City>& cities() {
  static const std::vector<City> kDrawn = draw_cities();
  return kDrawn;
}

Persons::Persons(std::size_t size)
    : count(size),
      household(size),
      birth(size),
      resident_since(size),
      permit_since(size),
      hukou_province(size),
      hukou_city(size),
      city(size),
      months(size),
      is_child(size),
      permit(size),
      employed(size),
      home(size),
      education(size),
      in_school(size),
      insured(size),
      vaccinated(size),
      income(size),
      weight(size) {}

Persons generate(std::size_t count) {
  Persons persons(count);
  std::size_t row = 0;
  for (std::size_t h = 0; row < count; ++h) {
    const HouseholdDraw home = draw_household(h);
    persons.first_row.push_back(static_cast<std::int32_t>(row));
    for (int j = 0; j < home.size && row < count; ++j, ++row) {
      persons.household[row] = static_cast<std::int32_t>(h);
      draw_person(persons, row, home, (j + home.rotation) % home.size < home.guardians);
    }
  }
  persons.first_row.push_back(static_cast<std::int32_t>(count));
  // Beside the first and the last row stands nobody's household.
  for (std::size_t k = 0; k < kPad; ++k) {
    persons.household[count + k] = -1 - static_cast<std::int32_t>(k);
    *(persons.household.data() - 1 - k) = -1000 - static_cast<std::int32_t>(k);
  }
  return persons;
}

Decisions::Decisions(std::size_t count)
    : eligible(count),
      school(count),
      school_rule(count),
      health(count),
      health_rule(count),
      vaccine(count),
      vaccine_rule(count) {}

void Totals::add(const Totals& other) {
  static_assert(sizeof(Totals) % sizeof(double) == 0);
  auto* mine = reinterpret_cast<double*>(this);
  const auto* theirs = reinterpret_cast<const double*>(&other);
  for (std::size_t i = 0; i < sizeof(Totals) / sizeof(double); ++i)
    mine[i] += theirs[i];
}

void KeyedTotals::add(const std::uint16_t* keys, const double* weights, std::size_t count) {
  std::size_t i = 0;
  for (; i + 2 <= count; i += 2) {
    sums[0][keys[i]] += weights[i];
    sums[1][keys[i + 1]] += weights[i + 1];
  }
  if (i < count) sums[0][keys[i]] += weights[i];
}

void KeyedTotals::add_to(Totals& totals) const {
  for (std::size_t c = 0; c < kCities; ++c) {
    const auto sum = [&](int key) {
      const std::size_t at = c * kKeys + static_cast<std::size_t>(key);
      return sums[0][at] + sums[1][at];
    };
    totals.eligible[c] += sum(1);
    for (int s = 1; s <= 6; ++s) {
      for (int h = 1; h <= 4; ++h) {
        for (int v = 1; v <= 3; ++v) {
          const double weight = sum(child_key(s, h, v));
          totals.school[c][s] += weight;
          totals.health[c][h] += weight;
          totals.vaccine[c][v] += weight;
        }
      }
    }
  }
}

Hashes hashes_of(const Decisions& decisions, std::size_t count, const Totals& totals) {
  Hash rows;
  for (const Column<std::int8_t>* column :
       {&decisions.eligible, &decisions.school, &decisions.school_rule, &decisions.health,
        &decisions.health_rule, &decisions.vaccine, &decisions.vaccine_rule}) {
    rows.add(column->data(), count);
  }
  Hash sums;
  sums.add(&totals, sizeof(totals));
  return {rows.value(), sums.value()};
}

std::optional<Hashes> check_value(std::size_t count) {
  switch (count) {
    case 1'000:
      return Hashes{0xa440e52f412e6f32U, 0xc206db242139a9d5U};
    case 100'000:
      return Hashes{0x36e0635d86b00c47U, 0xd07f129deb47fc55U};
    case 1'000'000:
      return Hashes{0xdb20315b697f3c3bU, 0xfc48b57d5114548aU};
    case 10'000'000:
      return Hashes{0x13d8d8119e3ca0f5U, 0x83f29a8932751f30U};
    default:
      return std::nullopt;
  }
}

std::int32_t day_of(int year, int month, int day) {
  const std::optional<std::int64_t> days = value::days_from_civil({year, month, day});
  JUZHU_CHECK(days.has_value());
  return static_cast<std::int32_t>(*days);
}

const Thresholds& thresholds() {
  static const Thresholds kFolded = [] {
    Thresholds folded{};
    for (int years = 0; years < 64; ++years)
      folded.years[years] = years_before(years);
    folded.half_a_year = day_of(2025, 12, 1);
    folded.three_months = day_of(2026, 3, 1);
    folded.one_year = day_of(2025, 6, 1);
    folded.six_at_school = day_of(2020, 8, 31);
    folded.fifteen_at_school = day_of(2011, 8, 31);
    return folded;
  }();
  return kFolded;
}

}  // namespace juzhu::bench
