// Timing in rounds: every round runs each contender once, in an order that changes, so that a noisy
// machine troubles all alike; a figure is the median over the rounds, a ratio the median of the
// rounds' ratios. Results are written as a list for programs and as a table for people.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace juzhu::bench {

struct Contender {
  std::string name;
  int threads = 1;
  std::function<void()> run;
};

struct Timing {
  std::vector<double> ns_per_row;  ///< by round
  [[nodiscard]] double median() const;
  /// The median of this one's rounds over the other's.
  [[nodiscard]] double ratio_to(const Timing& other) const;
};

double median_of(std::vector<double> values);
/// By contender. Each runs once beforehand, untimed.
std::vector<Timing> time_rounds(const std::vector<Contender>& contenders, std::size_t rows,
                                int rounds);

/// One line of build/bench/results.json.
struct Result {
  std::string name;
  std::size_t n = 0;
  int threads = 1;
  double ns_per_row = 0;
  double ratio_to_e4 = 0;  ///< 0: not measured in the same rounds
  double ratio_to_f = 0;
  std::uint64_t rows_hash = 0;
  std::uint64_t totals_hash = 0;
};
/// Of the process so far.
std::uint64_t peak_rss_bytes();
void write_json(const std::vector<Result>& results, const std::string& path);
void print_table(const std::vector<Result>& results);

}  // namespace juzhu::bench
