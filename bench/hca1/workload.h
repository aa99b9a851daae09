// HCA-1, the one workload that every implementation in bench/ answers: households with guardians
// and children in fifty cities, made by a counter-based generator, so that no file is needed and
// every correct answer is the same to the last bit (check_value() says which). All arithmetic is
// integer or exact in double: the order of a sum does not matter.
//
// Ownership: Persons and Decisions own their columns; a column has kPad readable elements before
// its first and behind its last one. Threads: plain data.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <optional>
#include <vector>

namespace juzhu::bench {

inline constexpr std::int32_t kToday = 20605;      ///< 2026-06-01, in days since 1970-01-01
inline constexpr std::int32_t kSchoolDay = 20696;  ///< 2026-08-31
inline constexpr std::size_t kCities = 50;         ///< that people live in
inline constexpr std::size_t kHukouCities = 350;
inline constexpr std::size_t kProvinces = 31;  ///< city c lies in province c mod 31
inline constexpr std::size_t kPad = 256;
inline constexpr std::size_t kBiggestHousehold = 6;

/// Asks the system for large pages: with small ones a scan of eighteen columns waits for addresses.
void use_large_pages(void* memory, std::size_t bytes);

/// A column of numbers, aligned for whole vectors and padded with zeros on both sides.
template <typename Number>
class Column {
 public:
  explicit Column(std::size_t size = 0) {
    constexpr std::size_t kAlignment = std::size_t{2} << 20;  // of a large page
    const std::size_t bytes = (size + 2 * kPad) * sizeof(Number);
    const std::size_t whole = (bytes + kAlignment - 1) / kAlignment * kAlignment;
    auto* memory = static_cast<Number*>(::operator new (whole, std::align_val_t{kAlignment}));
    use_large_pages(memory, whole);
    owner_ = {memory,
              [](Number* owned) { ::operator delete (owned, std::align_val_t{kAlignment}); }};
    std::uninitialized_fill_n(memory, whole / sizeof(Number), Number{});
  }
  [[nodiscard]] Number* data() { return owner_.get() + kPad; }
  [[nodiscard]] const Number* data() const { return owner_.get() + kPad; }
  Number& operator[](std::size_t index) { return data()[index]; }
  const Number& operator[](std::size_t index) const { return data()[index]; }

 private:
  std::unique_ptr<Number, void (*)(Number*)> owner_{nullptr, nullptr};
};

/// What a city has laid down.
struct City {
  int school_months, points_line, exception, tier, insurance_rate, insurance_cap, residence_rate,
      owner_points, rent_points, health_months, province;
};
const std::vector<City>& cities();
/// Points for education: by tier of the city, then by level.
inline constexpr int kEducation[4][6] = {
    {0, 5, 10, 15, 20, 25}, {0, 5, 10, 20, 30, 40}, {0, 0, 5, 15, 30, 40}, {5, 10, 15, 20, 25, 30}};

/// One row a person; those of a household stand together.
struct Persons {
  explicit Persons(std::size_t count);
  std::size_t count;
  Column<std::int32_t> household, birth, resident_since, permit_since;
  Column<std::int16_t> hukou_province, hukou_city, city, months;
  Column<std::int8_t> is_child, permit, employed, home, education, in_school, insured, vaccinated;
  Column<double> income, weight;
  std::vector<std::int32_t> first_row;  ///< of each household, and the count behind the last
};
/// The first households that hold `count` persons, the last one cut off.
Persons generate(std::size_t count);

/// The seven answers to each person.
struct Decisions {
  explicit Decisions(std::size_t count);
  Column<std::int8_t> eligible, school, school_rule, health, health_rule, vaccine, vaccine_rule;
};

/// Sums of weights by city and outcome; outcome 0 stays empty.
struct Totals {
  double school[kCities][7] = {};
  double health[kCities][5] = {};
  double vaccine[kCities][4] = {};
  double eligible[kCities] = {};
  void add(const Totals& other);
};

/// One table of sums behind all four: a key says city and the three outcomes of a child together
/// (or 1: an eligible guardian, 0: another), so that a row costs one addition.
inline constexpr std::size_t kKeys = 80;
struct KeyedTotals {
  double sums[2][kCities * kKeys] = {};  ///< two, so that neighbours do not wait for each other
  void add(const std::uint16_t* keys, const double* weights, std::size_t count);
  void add_to(Totals& totals) const;
};
inline constexpr int child_key(int school, int health, int vaccine) {
  return (school - 1) * 12 + (health - 1) * 3 + (vaccine - 1) + 2;
}
/// Outcome of each rule of the three lists; 0 for guardians.
inline constexpr std::uint8_t kSchoolOutcome[16] = {0, 1, 2, 3, 3, 4, 3, 5, 6};
inline constexpr std::uint8_t kHealthOutcome[16] = {0, 2, 3, 4, 4, 1};
inline constexpr std::uint8_t kVaccineOutcome[16] = {0, 2, 3, 3, 1};

struct Hashes {
  std::uint64_t rows = 0;
  std::uint64_t totals = 0;
  friend bool operator==(const Hashes&, const Hashes&) = default;
};
Hashes hashes_of(const Decisions& decisions, std::size_t count, const Totals& totals);
/// What comes out for the sizes whose answers are laid down.
std::optional<Hashes> check_value(std::size_t count);

/// The whole number of days since 1970-01-01, and what the calendar conditions come down to at
/// kToday: somebody is at least k years old if born on or before years_before(k).
std::int32_t day_of(int year, int month, int day);
inline std::int32_t years_before(int years) { return day_of(2026 - years, 6, 1); }
struct Thresholds {
  std::int32_t years[64];  ///< years_before(k)
  std::int32_t half_a_year, three_months, one_year, six_at_school, fifteen_at_school;
};
const Thresholds& thresholds();

}  // namespace juzhu::bench
