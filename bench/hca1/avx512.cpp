// Kernel F: 64 rows at a time in AVX-512 (with byte permutations), every column narrowed to bytes
// or 16-bit days as it is read, conditions as 64-bit masks, a city's parameters looked up by one
// instruction, household values from a window of five neighbours on either side, outputs written
// past the cache. Compiled for that machine alone; avx512_usable() says whether this one is.
#include "hca1/kernels.h"

#if defined(__AVX512VBMI__) && defined(__AVX512BW__)

#include <immintrin.h>

#include <algorithm>
#include <array>

namespace juzhu::bench {
namespace {

using Lanes = __m512i;
using Mask = std::uint64_t;
using Byte = std::uint8_t;
using Size = std::ptrdiff_t;

constexpr Size kBlock = 2048;
constexpr Size kWords = kBlock / 64;

Lanes load(const void* from) { return _mm512_loadu_si512(from); }
void store(void* to, Lanes lanes) { _mm512_storeu_si512(to, lanes); }
void stream(std::int8_t* to, Lanes lanes) {
  _mm512_stream_si512(reinterpret_cast<Lanes*>(to), lanes);
}
Lanes bytes(int value) { return _mm512_set1_epi8(static_cast<char>(value)); }
Lanes where(Mask mask, Lanes lanes) { return _mm512_maskz_mov_epi8(mask, lanes); }
Lanes replace(Lanes lanes, Mask mask, int value) {
  return _mm512_mask_mov_epi8(lanes, mask, bytes(value));
}
Lanes look_up(const Byte* table, Lanes index) {
  return _mm512_permutexvar_epi8(index, load(table));
}

/// The low halves of two vectors of twice the width.
Lanes narrow32(Lanes low, Lanes high) {
  alignas(64) static constexpr std::array<std::uint16_t, 32> kEven = [] {
    std::array<std::uint16_t, 32> even{};
    for (std::uint16_t i = 0; i < 32; ++i)
      even[i] = static_cast<std::uint16_t>(2 * i);
    return even;
  }();
  return _mm512_permutex2var_epi16(low, _mm512_load_si512(kEven.data()), high);
}
Lanes narrow16(Lanes low, Lanes high) {
  alignas(64) static constexpr std::array<Byte, 64> kEven = [] {
    std::array<Byte, 64> even{};
    for (Byte i = 0; i < 64; ++i)
      even[i] = static_cast<Byte>(2 * i);
    return even;
  }();
  return _mm512_permutex2var_epi8(low, _mm512_load_si512(kEven.data()), high);
}

/// 64 numbers of 16 bits.
struct Wide {
  Lanes low, high;
};
Mask at_least(const Wide& lanes, int bound) {
  const Lanes to = _mm512_set1_epi16(static_cast<short>(bound));
  return Mask{_mm512_cmpge_epu16_mask(lanes.low, to)} |
         (Mask{_mm512_cmpge_epu16_mask(lanes.high, to)} << 32);
}
Mask not_zero(const std::int8_t* column) {
  const Lanes lanes = load(column);
  return _mm512_test_epi8_mask(lanes, lanes);
}
Lanes product(Lanes left, Lanes right) {
  const Lanes low = _mm512_set1_epi16(0xff);
  const Lanes even = _mm512_maddubs_epi16(_mm512_and_si512(left, low), right);
  const Lanes odd = _mm512_maddubs_epi16(_mm512_andnot_si512(low, left), right);
  return _mm512_mask_blend_epi8(0xAAAAAAAAAAAAAAAAU, even, _mm512_slli_epi16(odd, 8));
}

struct alignas(64) Tables {
  Byte tier[64]{}, insurance_rate[64]{}, insurance_cap[64]{}, residence_rate[64]{}, owner[64]{},
      rent[64]{}, province[64]{}, school_months[64]{}, line[64]{}, exception[64]{},
      health_months[64]{}, education[64]{};
  Byte school[64]{}, health[64]{}, vaccine[64]{}, school_key[64]{}, health_key[64]{},
      vaccine_key[64]{};
};

Tables make_tables() {
  Tables t;
  for (std::size_t c = 0; c < kCities; ++c) {
    const City& city = cities()[c];
    t.tier[c] = static_cast<Byte>(city.tier * 8);
    t.insurance_rate[c] = static_cast<Byte>(city.insurance_rate);
    t.insurance_cap[c] = static_cast<Byte>(city.insurance_cap);
    t.residence_rate[c] = static_cast<Byte>(city.residence_rate);
    t.owner[c] = static_cast<Byte>(city.owner_points);
    t.rent[c] = static_cast<Byte>(city.rent_points);
    t.province[c] = static_cast<Byte>(city.province);
    t.school_months[c] = static_cast<Byte>(city.school_months);
    t.line[c] = static_cast<Byte>(city.points_line);
    t.exception[c] = static_cast<Byte>(city.exception);
    t.health_months[c] = static_cast<Byte>(city.health_months);
  }
  for (std::size_t tier = 0; tier < 4; ++tier) {
    for (std::size_t level = 0; level < 6; ++level)
      t.education[tier * 8 + level] = static_cast<Byte>(kEducation[tier][level]);
  }
  const auto scaled = [](int outcome, int by) {
    return static_cast<Byte>(outcome != 0 ? (outcome - 1) * by : 0);
  };
  for (std::size_t i = 0; i < 64; ++i) {
    const std::size_t rule = i % 16;
    t.school[i] = kSchoolOutcome[rule];
    t.health[i] = kHealthOutcome[rule];
    t.vaccine[i] = kVaccineOutcome[rule];
    t.school_key[i] = static_cast<Byte>(scaled(t.school[i], 12) + (t.school[i] != 0 ? 2 : 0));
    t.health_key[i] = scaled(t.health[i], 3);
    t.vaccine_key[i] = scaled(t.vaccine[i], 1);
  }
  return t;
}

/// A block with one word of neighbours on either side.
struct alignas(64) Scratch {
  Byte points[kBlock + 192], months[kBlock + 192], flags[kBlock + 192], city[kBlock + 192];
  Mask joined[kWords + 4], child[kWords + 4], of_age[kWords + 4], small_child[kWords + 4],
      local[kWords + 4], in_school[kWords + 4], insured[kWords + 4], vaccinated[kWords + 4],
      eligible[kWords + 4];
  std::uint16_t keys[kBlock];
};

/// 64 rows, narrowed.
struct Rows {
  Wide age, stay, held, income;
  Lanes city, province, months, insured_years, education, home;
  Mask local, joined, child, permit, employed, in_school, insured, vaccinated;
};

Wide days_before(const std::int32_t* dates) {
  const Lanes today = _mm512_set1_epi32(kToday);
  const auto part = [&](Size from) { return _mm512_sub_epi32(today, load(dates + from)); };
  return {narrow32(part(0), part(16)), narrow32(part(32), part(48))};
}

Lanes whole_yuan(const double* income) {
  const auto half = [&](Size from) { return _mm512_cvttpd_epi32(_mm512_loadu_pd(income + from)); };
  const Lanes both = _mm512_inserti64x4(_mm512_castsi256_si512(half(0)), half(8), 1);
  const Lanes most = _mm512_set1_epi32(65535);
  return _mm512_max_epi32(_mm512_min_epi32(both, most), _mm512_setzero_si512());
}

Rows read_rows(const Persons& p, Size i) {
  Rows rows;
  rows.age = days_before(p.birth.data() + i);
  rows.stay = days_before(p.resident_since.data() + i);
  rows.held = days_before(p.permit_since.data() + i);
  const Wide city{load(p.city.data() + i), load(p.city.data() + i + 32)};
  const Wide hukou{load(p.hukou_city.data() + i), load(p.hukou_city.data() + i + 32)};
  rows.local = Mask{_mm512_cmpeq_epi16_mask(city.low, hukou.low)} |
               (Mask{_mm512_cmpeq_epi16_mask(city.high, hukou.high)} << 32);
  rows.city = narrow16(city.low, city.high);
  rows.province =
      narrow16(load(p.hukou_province.data() + i), load(p.hukou_province.data() + i + 32));
  const Wide months{load(p.months.data() + i), load(p.months.data() + i + 32)};
  rows.months = narrow16(months.low, months.high);
  const Lanes twelfth = _mm512_set1_epi16(5462);  // x * 5462 / 65536 is x / 12 for x below 4096
  rows.insured_years =
      narrow16(_mm512_mulhi_epu16(months.low, twelfth), _mm512_mulhi_epu16(months.high, twelfth));
  rows.education = load(p.education.data() + i);
  rows.home = load(p.home.data() + i);
  rows.child = not_zero(p.is_child.data() + i);
  rows.permit = not_zero(p.permit.data() + i);
  rows.employed = not_zero(p.employed.data() + i);
  rows.in_school = not_zero(p.in_school.data() + i);
  rows.insured = not_zero(p.insured.data() + i);
  rows.vaccinated = not_zero(p.vaccinated.data() + i);
  rows.joined = 0;
  const std::int32_t* household = p.household.data() + i;
  for (int part = 0; part < 4; ++part) {
    const Mask same =
        _mm512_cmpeq_epi32_mask(load(household + 16 * part), load(household + 16 * part - 1));
    rows.joined |= same << (16 * part);
  }
  const double* income = p.income.data() + i;
  rows.income = {narrow32(whole_yuan(income), whole_yuan(income + 16)),
                 narrow32(whole_yuan(income + 32), whole_yuan(income + 48))};
  return rows;
}

int back(std::int32_t date) { return kToday - date; }
int years(int count) { return back(thresholds().years[count]); }

/// `lanes` with one more where the days reach each of `count` years.
template <int kCount>
Lanes add_years(Lanes lanes, const Wide& days) {
  for (int k = 1; k <= kCount; ++k)
    lanes = _mm512_mask_add_epi8(lanes, at_least(days, years(k)), lanes, bytes(1));
  return lanes;
}

Lanes points_of(const Rows& rows, const Tables& t) {
  const Lanes city = rows.city;
  Lanes sum = where(at_least(rows.age, years(18)), bytes(20));
  sum = replace(sum, at_least(rows.age, years(36)), 10);
  sum = replace(sum, at_least(rows.age, years(46)), 5);
  sum = replace(sum, at_least(rows.age, years(51)), 0);
  const auto add = [&](Lanes lanes) { sum = _mm512_add_epi8(sum, lanes); };
  const auto add_where = [&](Mask mask, Lanes lanes) {
    sum = _mm512_mask_add_epi8(sum, mask, sum, lanes);
  };
  add(look_up(t.education, _mm512_add_epi8(look_up(t.tier, city), rows.education)));
  add(_mm512_min_epu8(look_up(t.insurance_cap, city),
                      product(rows.insured_years, look_up(t.insurance_rate, city))));
  const Lanes lived = add_years<10>(_mm512_setzero_si512(), rows.stay);
  add(product(lived, look_up(t.residence_rate, city)));
  const auto home_is = [&](int kind) { return _mm512_cmpeq_epi8_mask(rows.home, bytes(kind)); };
  Lanes housing = where(home_is(3), bytes(3));
  housing = _mm512_mask_mov_epi8(housing, home_is(0), look_up(t.owner, city));
  housing = _mm512_mask_mov_epi8(housing, home_is(1), look_up(t.rent, city));
  add(housing);
  add_where(rows.employed, bytes(10));
  for (const int bound : {5000, 10000, 20000})
    add_where(at_least(rows.income, bound), bytes(5));
  add_where(rows.permit, add_years<5>(bytes(10), rows.held));
  add_where(_mm512_cmpeq_epi8_mask(rows.province, look_up(t.province, city)), bytes(5));
  add_where(rows.in_school, bytes(3));
  sum = _mm512_mask_subs_epu8(sum, home_is(4) & ~rows.employed, sum, bytes(10));
  return _mm512_min_epu8(sum, bytes(150));
}

/// What guardians bring into their household: bit 0 an eligible permit, 1 held for a year, 2
/// talent.
void score_word(const Rows& rows, const Tables& t, Mask valid, Size q, Scratch* s) {
  const Mask guardian = ~rows.child & valid;
  const auto home_is = [&](int kind) { return _mm512_cmpeq_epi8_mask(rows.home, bytes(kind)); };
  const Mask lives = home_is(0) | home_is(1) | home_is(3);
  const Mask settled = guardian & at_least(rows.stay, back(thresholds().half_a_year)) &
                       (rows.employed | lives | rows.in_school);
  const Mask holds = settled & rows.permit;
  const Mask held_a_year = holds & at_least(rows.held, years(1));
  const Mask talent = guardian & rows.employed & _mm512_cmpge_epu8_mask(rows.education, bytes(4));
  Lanes flags = where(holds, bytes(1));
  flags = _mm512_or_si512(flags, where(held_a_year, bytes(2)));
  flags = _mm512_or_si512(flags, where(talent, bytes(4)));
  store(s->points + 64 * q, where(guardian, points_of(rows, t)));
  store(s->months + 64 * q, where(guardian, rows.months));
  store(s->flags + 64 * q, flags);
  store(s->city + 64 * q, rows.city);
  s->joined[q] = rows.joined;
  s->child[q] = rows.child & valid;
  s->eligible[q] = settled;
  s->local[q] = rows.local;
  s->in_school[q] = rows.in_school;
  s->insured[q] = rows.insured;
  s->vaccinated[q] = rows.vaccinated;
  s->of_age[q] = at_least(rows.age, back(thresholds().six_at_school)) &
                 ~at_least(rows.age, back(thresholds().fifteen_at_school));
  s->small_child[q] =
      ~at_least(rows.age, years(7)) & at_least(rows.stay, back(thresholds().three_months));
}

/// The best of a household for each of its rows.
struct Family {
  Lanes best, longest, flags;
};
Family family_of(const Scratch& s, Size q) {
  const Byte* points = s.points + 64 * q;
  const Byte* months = s.months + 64 * q;
  const Byte* flags = s.flags + 64 * q;
  Family family{load(points), load(months), load(flags)};
  const auto take = [&](Mask mask, Size from) {
    family.best = _mm512_mask_max_epu8(family.best, mask, family.best, load(points + from));
    family.longest =
        _mm512_mask_max_epu8(family.longest, mask, family.longest, load(months + from));
    const Lanes both = _mm512_or_si512(family.flags, load(flags + from));
    family.flags = _mm512_mask_blend_epi8(mask, family.flags, both);
  };
  // Row i is joined to the row before it; a chain of d such rows reaches d rows back.
  const Mask here = s.joined[q];
  const Mask before = s.joined[q - 1];
  const Mask after = s.joined[q + 1];
  const Mask ahead = (here >> 1) | (after << 63);
  const Mask far_ahead = after >> 1;
  Mask back_chain = here;
  Mask ahead_chain = ahead;
  take(back_chain, -1);
  take(ahead_chain, 1);
  for (int d = 2; d < static_cast<int>(kBiggestHousehold); ++d) {
    back_chain &= (here << (d - 1)) | (before >> (65 - d));
    ahead_chain &= (ahead >> (d - 1)) | (far_ahead << (65 - d));
    take(back_chain, -d);
    take(ahead_chain, d);
  }
  return family;
}

void write_keys(Lanes city, Lanes within, std::uint16_t* to) {
  const Lanes keys = _mm512_set1_epi16(static_cast<short>(kKeys));
  const auto half = [&](__m256i at, __m256i add) {
    return _mm512_add_epi16(_mm512_mullo_epi16(_mm512_cvtepu8_epi16(at), keys),
                            _mm512_cvtepu8_epi16(add));
  };
  store(to, half(_mm512_castsi512_si256(city), _mm512_castsi512_si256(within)));
  store(to + 32, half(_mm512_extracti64x4_epi64(city, 1), _mm512_extracti64x4_epi64(within, 1)));
}

void decide_word(const Tables& t, Size q, Size i, Scratch* s, Decisions& to) {
  const Family family = family_of(*s, q);
  const Lanes city = load(s->city + 64 * q);
  const Mask child = s->child[q];
  const Mask local = s->local[q];
  const Mask permit = _mm512_test_epi8_mask(family.flags, bytes(1));
  const Mask held_a_year = _mm512_test_epi8_mask(family.flags, bytes(2));
  const Mask talent = _mm512_test_epi8_mask(family.flags, bytes(4));
  const Lanes exception = look_up(t.exception, city);
  const auto exception_is = [&](int kind) {
    return _mm512_cmpeq_epi8_mask(exception, bytes(kind));
  };
  const Mask enough =
      permit & _mm512_cmpge_epu8_mask(family.longest, look_up(t.school_months, city));
  Lanes rule = bytes(8);
  rule = replace(rule, _mm512_cmpge_epu8_mask(family.best, look_up(t.line, city)), 7);
  rule = replace(rule, enough, 6);
  rule = replace(rule, enough & ~held_a_year & exception_is(2), 5);
  rule = replace(rule, permit & exception_is(1), 4);
  rule = replace(rule, talent & exception_is(3), 3);
  rule = replace(rule, local, 2);
  rule = where(child, replace(rule, ~s->of_age[q], 1));
  const Lanes school = _mm512_shuffle_epi8(load(t.school), rule);
  const Mask placed =
      _mm512_cmpeq_epi8_mask(school, bytes(3)) | _mm512_cmpeq_epi8_mask(school, bytes(5));
  Lanes health = replace(bytes(5), s->in_school[q] & placed, 4);
  health = replace(
      health, permit & _mm512_cmpge_epu8_mask(family.longest, look_up(t.health_months, city)), 3);
  health = replace(health, local, 2);
  health = where(child, replace(health, s->insured[q], 1));
  Lanes vaccine = replace(bytes(4), local | permit, 3);
  vaccine = replace(vaccine, s->small_child[q], 2);
  vaccine = where(child, replace(vaccine, s->vaccinated[q], 1));
  const Lanes eligible = where(s->eligible[q], bytes(1));
  stream(to.eligible.data() + i, eligible);
  stream(to.school.data() + i, school);
  stream(to.school_rule.data() + i, rule);
  stream(to.health.data() + i, _mm512_shuffle_epi8(load(t.health), health));
  stream(to.health_rule.data() + i, health);
  stream(to.vaccine.data() + i, _mm512_shuffle_epi8(load(t.vaccine), vaccine));
  stream(to.vaccine_rule.data() + i, vaccine);
  Lanes within = _mm512_add_epi8(eligible, _mm512_shuffle_epi8(load(t.school_key), rule));
  within = _mm512_add_epi8(within, _mm512_shuffle_epi8(load(t.health_key), health));
  within = _mm512_add_epi8(within, _mm512_shuffle_epi8(load(t.vaccine_key), vaccine));
  write_keys(city, within, s->keys + 64 * (q - 1));
}

template <typename Number>
void prefetch(const Column<Number>& column, Size row) {
  const auto* from = reinterpret_cast<const char*>(column.data() + row);
  for (std::size_t line = 0; line < sizeof(Number); ++line)
    _mm_prefetch(from + 64 * line, _MM_HINT_T1);
}

void prefetch_rows(const Persons& p, Size row) {
  for (const auto* column : {&p.household, &p.birth, &p.resident_since, &p.permit_since})
    prefetch(*column, row);
  for (const auto* column : {&p.hukou_province, &p.hukou_city, &p.city, &p.months})
    prefetch(*column, row);
  for (const auto* column : {&p.is_child, &p.permit, &p.employed, &p.home, &p.education,
                             &p.in_school, &p.insured, &p.vaccinated})
    prefetch(*column, row);
  prefetch(p.income, row);
  prefetch(p.weight, row);
}

Mask valid_rows(Size rest) { return rest >= 64 ? ~Mask{0} : (Mask{1} << rest) - 1; }

}  // namespace

bool avx512_usable() {
  return __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512vl");
}

void run_avx512(const Persons& persons, std::size_t first, std::size_t last, Decisions& to,
                Totals& totals) {
  static const Tables kTables = make_tables();
  const auto scratch = std::make_unique<Scratch>();
  const auto keyed = std::make_unique<KeyedTotals>();
  Scratch* const s = scratch.get();
  const auto all = static_cast<Size>(persons.count);
  const auto end = static_cast<Size>(last);
  for (auto begin = static_cast<Size>(first); begin < end; begin += kBlock) {
    const Size block_end = std::min(begin + kBlock, end);
    const Size words = (block_end - begin + 63) / 64;
    for (Size w = -1; w <= words; ++w) {
      const Size i = begin + 64 * w;
      const bool is_outside = i < 0 || i >= all;
      const Rows rows = read_rows(persons, i < 0 ? 0 : i);
      score_word(rows, kTables, is_outside ? 0 : valid_rows(all - i), w + 1, s);
      if (is_outside) s->joined[w + 1] = 0;
    }
    for (Size w = 0; w < words; ++w) {
      const Size i = begin + 64 * w;
      prefetch_rows(persons, i + kBlock);
      decide_word(kTables, w + 1, i, s, to);
    }
    keyed->add(s->keys, persons.weight.data() + begin, static_cast<std::size_t>(block_end - begin));
  }
  _mm_sfence();
  keyed->add_to(totals);
}

}  // namespace juzhu::bench

#else

namespace juzhu::bench {

bool avx512_usable() { return false; }
void run_avx512(const Persons& /*persons*/, std::size_t /*first*/, std::size_t /*last*/,
                Decisions& /*to*/, Totals& /*totals*/) {}

}  // namespace juzhu::bench

#endif
