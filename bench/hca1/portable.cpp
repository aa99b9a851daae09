// Kernel E4: blocks of about 2,000 rows that stay in the cache, no branches, narrow temporaries,
// the members of a household compared through a window of neighbours, a city's parameters in three
// packed words, one key for all totals. Each loop is kept to few widths of number: g++ 12 gives up
// on loops that mix doubles and bytes, and is then ten times slower.
#include <algorithm>
#include <array>

#include "hca1/kernels.h"

namespace juzhu::bench {
namespace {

using Byte = std::uint8_t;
using Word = std::int32_t;
using Size = std::ptrdiff_t;

constexpr Size kBlock = 2048;
constexpr Size kHalo = 64;
constexpr std::size_t kRoom = kBlock + 2 * kHalo;

/// Parameters of a city, a byte each; tiers come multiplied by eight, as an index.
struct Packed {
  std::array<Word, 64> first{};   ///< tier, insurance rate and cap, residence rate
  std::array<Word, 64> second{};  ///< owner and rent points, province
  std::array<Word, 64> third{};   ///< school months, points line, exception, health months
  std::array<Word, 32> education{};
};

const Packed& packed() {
  static const Packed kPacked = [] {
    Packed result;
    const auto pack = [](int a, int b, int c, int d) {
      return static_cast<Word>(static_cast<std::uint32_t>(a | b << 8 | c << 16) |
                               static_cast<std::uint32_t>(d) << 24);
    };
    for (std::size_t c = 0; c < kCities; ++c) {
      const City& city = cities()[c];
      result.first[c] =
          pack(city.tier * 8, city.insurance_rate, city.insurance_cap, city.residence_rate);
      result.second[c] = pack(city.owner_points, city.rent_points, city.province, 0);
      result.third[c] =
          pack(city.school_months, city.points_line, city.exception, city.health_months);
    }
    for (std::size_t tier = 0; tier < 4; ++tier) {
      for (std::size_t level = 0; level < 6; ++level)
        result.education[tier * 8 + level] = kEducation[tier][level];
    }
    return result;
  }();
  return kPacked;
}

/// Temporaries of a block. What the window looks at has a halo of neighbours, zero.
struct Scratch {
  Byte points[kRoom], months[kRoom], flags[kRoom];
  Byte best[kRoom], longest[kRoom], family[kRoom];
  Byte same[kBiggestHousehold - 1][kRoom];
  Word first[kBlock], second[kBlock], third[kBlock], education[kBlock];
  Byte age_points[kBlock], years[kBlock], permit_years[kBlock], income_points[kBlock];
  Byte half_a_year[kBlock], permit_year[kBlock], is_local[kBlock], other_age[kBlock],
      small_child[kBlock], same_province[kBlock], insured_years[kBlock];
  Byte a[kBlock], b[kBlock], c[kBlock], d[kBlock];
  std::uint16_t age[kBlock], stay[kBlock], held[kBlock];  ///< days up to today
  std::uint16_t keys[kBlock];
};

// Arrays do not overlap: said to the compiler through parameters, where it heeds it.
#define JUZHU_ALONE __restrict  // NOLINT(cppcoreguidelines-macro-usage)

void look_up(const std::int16_t* JUZHU_ALONE city, const std::int8_t* JUZHU_ALONE education,
             Size count, Scratch* JUZHU_ALONE to) {
  const Packed& table = packed();
  const Word* JUZHU_ALONE first = table.first.data();
  const Word* JUZHU_ALONE second = table.second.data();
  const Word* JUZHU_ALONE third = table.third.data();
  for (Size i = 0; i < count; ++i) {
    const Word at = city[i];
    to->first[i] = first[at];
    to->second[i] = second[at];
    to->third[i] = third[at];
  }
  const Word* JUZHU_ALONE points = table.education.data();
  for (Size i = 0; i < count; ++i)
    to->education[i] = points[(to->first[i] & 255) + education[i]];
}

using Days = std::uint16_t;

/// Dates as days before today: at least k years old is then a comparison of half as many bytes.
void days_before(const Word* JUZHU_ALONE dates, Size count, Days* JUZHU_ALONE to) {
  for (Size i = 0; i < count; ++i)
    to[i] = static_cast<Days>(kToday - dates[i]);
}

Days back(Word date) { return static_cast<Days>(kToday - date); }

void compare_birth(const Days* JUZHU_ALONE age, Size count, Scratch* JUZHU_ALONE to) {
  const Thresholds& on = thresholds();
  const Days y18 = back(on.years[18]);
  const Days y36 = back(on.years[36]);
  const Days y46 = back(on.years[46]);
  const Days y51 = back(on.years[51]);
  const Days y7 = back(on.years[7]);
  const Days six = back(on.six_at_school);
  const Days fifteen = back(on.fifteen_at_school);
  for (Size i = 0; i < count; ++i) {
    const Days x = age[i];
    Days points = x >= y18 ? Days{20} : Days{0};
    points = static_cast<Days>(points - (x >= y36 ? Days{10} : Days{0}));
    points = static_cast<Days>(points - (x >= y46 ? Days{5} : Days{0}));
    points = static_cast<Days>(points - (x >= y51 ? Days{5} : Days{0}));
    to->age_points[i] = static_cast<Byte>(points);
  }
  for (Size i = 0; i < count; ++i) {
    const Days x = age[i];
    const Days other = (x < six ? Days{1} : Days{0}) | (x >= fifteen ? Days{1} : Days{0});
    to->other_age[i] = static_cast<Byte>(other);
  }
  for (Size i = 0; i < count; ++i) {
    const Days small = age[i] < y7 ? 1 : 0;
    to->small_child[i] = static_cast<Byte>(small);
  }
}

/// Full years up to `most`, and whether a first bound is reached.
template <int kMost>
void count_years(const Days* JUZHU_ALONE days, Size count, Byte* JUZHU_ALONE years) {
  Days bounds[kMost];
  for (int k = 0; k < kMost; ++k)
    bounds[k] = back(thresholds().years[k + 1]);
  for (Size i = 0; i < count; ++i) {
    const Days x = days[i];
    Days full = 0;
    for (int k = 0; k < kMost; ++k)
      full = static_cast<Days>(full + (x >= bounds[k] ? Days{1} : Days{0}));
    years[i] = static_cast<Byte>(full);
  }
}

void reaches(const Days* JUZHU_ALONE days, Days bound, Size count, Byte* JUZHU_ALONE to) {
  for (Size i = 0; i < count; ++i) {
    const Days met = days[i] >= bound ? 1 : 0;
    to[i] = static_cast<Byte>(met);
  }
}

void compare_stay(const Days* JUZHU_ALONE stay, const Days* JUZHU_ALONE held, Size count,
                  Scratch* JUZHU_ALONE to) {
  const Thresholds& on = thresholds();
  count_years<10>(stay, count, to->years);
  count_years<5>(held, count, to->permit_years);
  reaches(stay, back(on.half_a_year), count, to->half_a_year);
  reaches(held, back(on.one_year), count, to->permit_year);
  const Days quarter = back(on.three_months);
  for (Size i = 0; i < count; ++i) {
    const Days met = stay[i] >= quarter ? 1 : 0;
    to->small_child[i] = static_cast<Byte>(to->small_child[i] & met);
  }
}

void compare_rest(const Persons& persons, Size begin, Size count, Scratch* JUZHU_ALONE to) {
  const double* JUZHU_ALONE income = persons.income.data() + begin;
  const std::int16_t* JUZHU_ALONE city = persons.city.data() + begin;
  const std::int16_t* JUZHU_ALONE hukou = persons.hukou_city.data() + begin;
  const std::int16_t* JUZHU_ALONE province = persons.hukou_province.data() + begin;
  const std::int16_t* JUZHU_ALONE months = persons.months.data() + begin;
  Word yuan[kBlock];
  for (Size i = 0; i < count; ++i)
    yuan[i] = static_cast<Word>(income[i]);
  for (Size i = 0; i < count; ++i) {
    const Word x = yuan[i];
    const Word points = (x >= 5000 ? 5 : 0) + (x >= 10000 ? 5 : 0) + (x >= 20000 ? 5 : 0);
    to->income_points[i] = static_cast<Byte>(points);
  }
  for (Size i = 0; i < count; ++i)
    to->is_local[i] = static_cast<Byte>(hukou[i] == city[i] ? 1 : 0);
  for (Size i = 0; i < count; ++i) {
    const Word at = (to->second[i] >> 16) & 255;
    to->same_province[i] = static_cast<Byte>(province[i] == at ? 1 : 0);
  }
  Byte* JUZHU_ALONE own = to->months + kHalo;
  for (Size i = 0; i < count; ++i) {
    const auto x = static_cast<std::uint16_t>(months[i]);
    to->insured_years[i] = static_cast<Byte>((x * 5462U) >> 16);  // x / 12 for x below 4096
  }
  for (Size i = 0; i < count; ++i)
    own[i] = static_cast<Byte>(months[i]);
}

/// One byte of each word.
void unpack(const Word* JUZHU_ALONE words, int shift, Size count, Byte* JUZHU_ALONE to) {
  for (Size i = 0; i < count; ++i)
    to[i] = static_cast<Byte>((words[i] >> shift) & 255);
}

void add_insurance(Size count, const Byte* JUZHU_ALONE rate, const Byte* JUZHU_ALONE cap,
                   const Byte* JUZHU_ALONE years, Byte* JUZHU_ALONE sum) {
  for (Size i = 0; i < count; ++i) {
    const auto points = static_cast<Byte>(rate[i] * years[i]);
    sum[i] = static_cast<Byte>(sum[i] + (points < cap[i] ? points : cap[i]));
  }
}

void add_product(Size count, const Byte* JUZHU_ALONE rate, const Byte* JUZHU_ALONE years,
                 Byte* JUZHU_ALONE sum) {
  for (Size i = 0; i < count; ++i)
    sum[i] = static_cast<Byte>(sum[i] + static_cast<Byte>(rate[i] * years[i]));
}

struct Facts {
  const std::int8_t *is_child, *permit, *employed, *home, *education, *in_school;
};

/// What is left of the points, all of it in bytes.
void add_facts(const Facts& facts, Size count, const Byte* JUZHU_ALONE own,
               const Byte* JUZHU_ALONE rent, const Scratch& from, Byte* JUZHU_ALONE points) {
  const std::int8_t* JUZHU_ALONE home = facts.home;
  const std::int8_t* JUZHU_ALONE employed = facts.employed;
  const std::int8_t* JUZHU_ALONE permit = facts.permit;
  const std::int8_t* JUZHU_ALONE in_school = facts.in_school;
  const std::int8_t* JUZHU_ALONE is_child = facts.is_child;
  for (Size i = 0; i < count; ++i) {
    const std::int8_t kind = home[i];
    Byte sum = points[i];
    sum = static_cast<Byte>(sum + (kind == 0 ? own[i] : Byte{0}));
    sum = static_cast<Byte>(sum + (kind == 1 ? rent[i] : Byte{0}));
    sum = static_cast<Byte>(sum + (kind == 3 ? Byte{3} : Byte{0}));
    sum = static_cast<Byte>(sum + (employed[i] != 0 ? Byte{10} : Byte{0}));
    const auto held = static_cast<Byte>(10 + from.permit_years[i]);
    sum = static_cast<Byte>(sum + (permit[i] != 0 ? held : Byte{0}));
    sum = static_cast<Byte>(sum + (from.same_province[i] != 0 ? Byte{5} : Byte{0}));
    sum = static_cast<Byte>(sum + (in_school[i] != 0 ? Byte{3} : Byte{0}));
    const Byte nowhere = (kind == 4) & (employed[i] == 0) ? Byte{10} : Byte{0};
    sum = sum > nowhere ? static_cast<Byte>(sum - nowhere) : Byte{0};
    sum = sum > 150 ? Byte{150} : sum;
    points[i] = is_child[i] == 0 ? sum : Byte{0};
  }
}

void flag_guardians(const Facts& facts, Size count, const Scratch& from, Byte* JUZHU_ALONE flags,
                    Byte* JUZHU_ALONE months, std::int8_t* JUZHU_ALONE eligible) {
  const std::int8_t* JUZHU_ALONE home = facts.home;
  const std::int8_t* JUZHU_ALONE employed = facts.employed;
  const std::int8_t* JUZHU_ALONE permit = facts.permit;
  const std::int8_t* JUZHU_ALONE education = facts.education;
  const std::int8_t* JUZHU_ALONE in_school = facts.in_school;
  const std::int8_t* JUZHU_ALONE is_child = facts.is_child;
  for (Size i = 0; i < count; ++i) {
    const Byte guardian = is_child[i] == 0 ? 1 : 0;
    const Byte lives = (home[i] == 0) | (home[i] == 1) | (home[i] == 3) ? Byte{1} : Byte{0};
    const Byte works = employed[i] != 0 ? 1 : 0;
    const Byte studies = in_school[i] != 0 ? 1 : 0;
    const auto settled =
        static_cast<Byte>(guardian & from.half_a_year[i] & (lives | works | studies));
    const auto holds = static_cast<Byte>(settled & (permit[i] != 0 ? 1 : 0));
    const auto talent = static_cast<Byte>(guardian & works & (education[i] >= 4 ? 1 : 0));
    flags[i] = static_cast<Byte>(holds | ((holds & from.permit_year[i]) << 1) | (talent << 2));
    months[i] = guardian != 0 ? months[i] : Byte{0};
    eligible[i] = static_cast<std::int8_t>(settled);
  }
}

void score_block(const Persons& persons, Size begin, Size count, Scratch* scratch, Decisions& to) {
  Scratch& s = *scratch;
  const Facts facts{persons.is_child.data() + begin,  persons.permit.data() + begin,
                    persons.employed.data() + begin,  persons.home.data() + begin,
                    persons.education.data() + begin, persons.in_school.data() + begin};
  look_up(persons.city.data() + begin, facts.education, count, scratch);
  days_before(persons.birth.data() + begin, count, s.age);
  days_before(persons.resident_since.data() + begin, count, s.stay);
  days_before(persons.permit_since.data() + begin, count, s.held);
  compare_birth(s.age, count, scratch);
  compare_stay(s.stay, s.held, count, scratch);
  compare_rest(persons, begin, count, scratch);
  Byte* points = s.points + kHalo;
  unpack(s.education, 0, count, points);
  for (Size i = 0; i < count; ++i)
    points[i] = static_cast<Byte>(points[i] + s.age_points[i] + s.income_points[i]);
  unpack(s.first, 8, count, s.a);
  unpack(s.first, 16, count, s.b);
  unpack(s.first, 24, count, s.c);
  add_insurance(count, s.a, s.b, s.insured_years, points);
  add_product(count, s.c, s.years, points);
  unpack(s.second, 0, count, s.a);
  unpack(s.second, 8, count, s.b);
  add_facts(facts, count, s.a, s.b, s, points);
  flag_guardians(facts, count, s, s.flags + kHalo, s.months + kHalo, to.eligible.data() + begin);
}

template <typename Better>
void window(const Byte* JUZHU_ALONE from, const Scratch& s, Size count, Byte* JUZHU_ALONE to,
            Better better) {
  const Byte* JUZHU_ALONE s1 = s.same[0] + kHalo;
  const Byte* JUZHU_ALONE s2 = s.same[1] + kHalo;
  const Byte* JUZHU_ALONE s3 = s.same[2] + kHalo;
  const Byte* JUZHU_ALONE s4 = s.same[3] + kHalo;
  const Byte* JUZHU_ALONE s5 = s.same[4] + kHalo;
  for (Size i = 0; i < count; ++i) {
    Byte v = from[i];
    v = better(v, static_cast<Byte>(from[i - 1] & s1[i]));
    v = better(v, static_cast<Byte>(from[i - 2] & s2[i]));
    v = better(v, static_cast<Byte>(from[i - 3] & s3[i]));
    v = better(v, static_cast<Byte>(from[i - 4] & s4[i]));
    v = better(v, static_cast<Byte>(from[i - 5] & s5[i]));
    v = better(v, static_cast<Byte>(from[i + 1] & s1[i + 1]));
    v = better(v, static_cast<Byte>(from[i + 2] & s2[i + 2]));
    v = better(v, static_cast<Byte>(from[i + 3] & s3[i + 3]));
    v = better(v, static_cast<Byte>(from[i + 4] & s4[i + 4]));
    v = better(v, static_cast<Byte>(from[i + 5] & s5[i + 5]));
    to[i] = v;
  }
}

/// What the guardians of each household have between them.
void combine_block(const Word* JUZHU_ALONE household, Size count, Scratch* scratch) {
  Scratch& s = *scratch;
  for (Size distance = 1; distance <= 5; ++distance) {
    Byte* JUZHU_ALONE same = s.same[distance - 1] + kHalo;
    for (Size i = -8; i < count + 8; ++i)
      same[i] = household[i] == household[i - distance] ? Byte{255} : Byte{0};
  }
  const auto greater = [](Byte left, Byte right) { return left > right ? left : right; };
  const auto either = [](Byte left, Byte right) { return static_cast<Byte>(left | right); };
  window(s.points + kHalo, s, count, s.best, greater);
  window(s.months + kHalo, s, count, s.longest, greater);
  window(s.flags + kHalo, s, count, s.family, either);
}

// The three lists. Each is read from its end: what comes before replaces what is there. What the
// loops read of the scratch has one base, so that there is little to check for overlap.
void decide_school(const std::int8_t* JUZHU_ALONE is_child, Size count,
                   const Scratch* JUZHU_ALONE s, std::int8_t* JUZHU_ALONE outcomes,
                   std::int8_t* JUZHU_ALONE rules) {
  for (Size i = 0; i < count; ++i) {
    const Byte family = s->family[i];
    const Byte permit = family & 1;
    const Byte enough = s->longest[i] >= s->a[i] ? permit : Byte{0};
    const Byte points = s->best[i] >= s->b[i] ? 1 : 0;
    const Byte held_a_year = (family >> 1) & 1;
    const Byte talent = (family >> 2) & 1;
    const Byte open = s->c[i] == 1 ? permit : Byte{0};
    const Byte strict = s->c[i] == 2 ? static_cast<Byte>(enough & (held_a_year ^ 1)) : Byte{0};
    const Byte wanted = s->c[i] == 3 ? talent : Byte{0};
    Byte rule = points != 0 ? 7 : 8;
    Byte outcome = points != 0 ? 5 : 6;
    rule = enough != 0 ? Byte{6} : rule;
    outcome = enough != 0 ? Byte{3} : outcome;
    rule = strict != 0 ? Byte{5} : rule;
    outcome = strict != 0 ? Byte{4} : outcome;
    rule = open != 0 ? Byte{4} : rule;
    outcome = open != 0 ? Byte{3} : outcome;
    rule = wanted != 0 ? Byte{3} : rule;
    outcome = wanted != 0 ? Byte{3} : outcome;
    rule = s->is_local[i] != 0 ? Byte{2} : rule;
    outcome = s->is_local[i] != 0 ? Byte{2} : outcome;
    rule = s->other_age[i] != 0 ? Byte{1} : rule;
    outcome = s->other_age[i] != 0 ? Byte{1} : outcome;
    const Byte child = is_child[i] != 0 ? Byte{255} : Byte{0};
    rules[i] = static_cast<std::int8_t>(rule & child);
    outcomes[i] = static_cast<std::int8_t>(outcome & child);
  }
}

struct ChildFacts {
  const std::int8_t *is_child, *in_school, *insured, *vaccinated;
};

void decide_health(const ChildFacts& facts, Size count, const Scratch* JUZHU_ALONE s,
                   const std::int8_t* JUZHU_ALONE school, std::int8_t* JUZHU_ALONE outcomes,
                   std::int8_t* JUZHU_ALONE rules) {
  const std::int8_t* JUZHU_ALONE is_child = facts.is_child;
  const std::int8_t* JUZHU_ALONE in_school = facts.in_school;
  const std::int8_t* JUZHU_ALONE insured = facts.insured;
  for (Size i = 0; i < count; ++i) {
    const Byte permit = s->family[i] & 1;
    const Byte by_months = s->longest[i] >= s->d[i] ? permit : Byte{0};
    const Byte placed = (school[i] == 3) | (school[i] == 5) ? Byte{1} : Byte{0};
    const Byte by_school = in_school[i] != 0 ? placed : Byte{0};
    Byte rule = by_school != 0 ? 4 : 5;
    Byte outcome = by_school != 0 ? 4 : 1;
    rule = by_months != 0 ? Byte{3} : rule;
    outcome = by_months != 0 ? Byte{4} : outcome;
    rule = s->is_local[i] != 0 ? Byte{2} : rule;
    outcome = s->is_local[i] != 0 ? Byte{3} : outcome;
    rule = insured[i] != 0 ? Byte{1} : rule;
    outcome = insured[i] != 0 ? Byte{2} : outcome;
    const Byte child = is_child[i] != 0 ? Byte{255} : Byte{0};
    rules[i] = static_cast<std::int8_t>(rule & child);
    outcomes[i] = static_cast<std::int8_t>(outcome & child);
  }
}

void decide_vaccine(const ChildFacts& facts, Size count, const Scratch* JUZHU_ALONE s,
                    std::int8_t* JUZHU_ALONE outcomes, std::int8_t* JUZHU_ALONE rules) {
  const std::int8_t* JUZHU_ALONE is_child = facts.is_child;
  const std::int8_t* JUZHU_ALONE vaccinated = facts.vaccinated;
  for (Size i = 0; i < count; ++i) {
    const auto free = static_cast<Byte>(s->is_local[i] | (s->family[i] & 1));
    Byte rule = free != 0 ? 3 : 4;
    Byte outcome = free != 0 ? 3 : 1;
    rule = s->small_child[i] != 0 ? Byte{2} : rule;
    outcome = s->small_child[i] != 0 ? Byte{3} : outcome;
    rule = vaccinated[i] != 0 ? Byte{1} : rule;
    outcome = vaccinated[i] != 0 ? Byte{2} : outcome;
    const Byte child = is_child[i] != 0 ? Byte{255} : Byte{0};
    rules[i] = static_cast<std::int8_t>(rule & child);
    outcomes[i] = static_cast<std::int8_t>(outcome & child);
  }
}

void decide_block(const Persons& persons, Size begin, Size count, Scratch* scratch, Decisions& to) {
  Scratch& s = *scratch;
  unpack(s.third, 0, count, s.a);   // months of insurance for a school
  unpack(s.third, 8, count, s.b);   // line of points
  unpack(s.third, 16, count, s.c);  // exception
  unpack(s.third, 24, count, s.d);  // months for health insurance
  const ChildFacts facts{persons.is_child.data() + begin, persons.in_school.data() + begin,
                         persons.insured.data() + begin, persons.vaccinated.data() + begin};
  std::int8_t* const school = to.school.data() + begin;
  decide_school(facts.is_child, count, scratch, school, to.school_rule.data() + begin);
  decide_health(facts, count, scratch, school, to.health.data() + begin,
                to.health_rule.data() + begin);
  decide_vaccine(facts, count, scratch, to.vaccine.data() + begin, to.vaccine_rule.data() + begin);
  make_keys(persons, static_cast<std::size_t>(begin), static_cast<std::size_t>(count), to, s.keys);
}

/// The first household behind those that fit into a block; at least one does.
std::size_t block_end(const std::vector<std::int32_t>& first_row, std::size_t from,
                      std::size_t last) {
  const auto limit = first_row[from] + static_cast<std::int32_t>(kBlock);
  const auto begin = first_row.begin() + static_cast<std::ptrdiff_t>(from);
  const auto end = first_row.begin() + static_cast<std::ptrdiff_t>(last) + 1;
  const auto beyond = std::upper_bound(begin, std::min(end, begin + kBlock + 1), limit);
  return std::max(from + 1, static_cast<std::size_t>(beyond - first_row.begin()) - 1);
}

}  // namespace

void make_keys(const Persons& persons, std::size_t begin, std::size_t count, const Decisions& made,
               std::uint16_t* keys) {
  const std::int16_t* JUZHU_ALONE city = persons.city.data() + begin;
  const std::int8_t* JUZHU_ALONE is_child = persons.is_child.data() + begin;
  const std::int8_t* JUZHU_ALONE eligible = made.eligible.data() + begin;
  const std::int8_t* JUZHU_ALONE school = made.school.data() + begin;
  const std::int8_t* JUZHU_ALONE health = made.health.data() + begin;
  const std::int8_t* JUZHU_ALONE vaccine = made.vaccine.data() + begin;
  std::uint16_t* JUZHU_ALONE to = keys;
  for (std::size_t i = 0; i < count; ++i) {
    const int within = is_child[i] != 0 ? child_key(school[i], health[i], vaccine[i]) : eligible[i];
    to[i] = static_cast<std::uint16_t>(city[i] * static_cast<int>(kKeys) + within);
  }
}

void run_portable(const Persons& persons, std::size_t first, std::size_t last, Decisions& to,
                  Totals& totals) {
  const auto scratch = std::make_unique<Scratch>();
  const auto keyed = std::make_unique<KeyedTotals>();
  for (std::size_t home = first; home < last;) {
    const std::size_t end = block_end(persons.first_row, home, last);
    const Size begin = persons.first_row[home];
    const Size count = persons.first_row[end] - begin;
    score_block(persons, begin, count, scratch.get(), to);
    combine_block(persons.household.data() + begin, count, scratch.get());
    decide_block(persons, begin, count, scratch.get(), to);
    keyed->add(scratch->keys, persons.weight.data() + begin, static_cast<std::size_t>(count));
    home = end;
  }
  keyed->add_to(totals);
}

}  // namespace juzhu::bench
