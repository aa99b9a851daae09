#include "hca1/harness.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <numeric>
#include <random>

namespace juzhu::bench {

double median_of(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

double Timing::median() const { return median_of(ns_per_row); }

double Timing::ratio_to(const Timing& other) const {
  std::vector<double> ratios;
  for (std::size_t i = 0; i < std::min(ns_per_row.size(), other.ns_per_row.size()); ++i)
    ratios.push_back(ns_per_row[i] / other.ns_per_row[i]);
  return median_of(ratios);
}

std::vector<Timing> time_rounds(const std::vector<Contender>& contenders, std::size_t rows,
                                int rounds) {
  using Clock = std::chrono::steady_clock;
  std::vector<Timing> timings(contenders.size());
  for (const Contender& contender : contenders)
    contender.run();
  std::mt19937 random(7);
  std::vector<std::size_t> order(contenders.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (int round = 0; round < rounds; ++round) {
    std::shuffle(order.begin(), order.end(), random);
    for (const std::size_t i : order) {
      const auto start = Clock::now();
      contenders[i].run();
      const std::chrono::duration<double, std::nano> taken = Clock::now() - start;
      timings[i].ns_per_row.push_back(taken.count() / static_cast<double>(rows));
    }
  }
  return timings;
}

std::uint64_t peak_rss_bytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

void write_json(const std::vector<Result>& results, const std::string& path) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Result& result : results) {
    list.push_back({{"name", result.name},
                    {"n", result.n},
                    {"threads", result.threads},
                    {"ns_per_row", result.ns_per_row},
                    {"ratio_to_e4", result.ratio_to_e4},
                    {"ratio_to_f", result.ratio_to_f},
                    {"peak_rss_bytes", peak_rss_bytes()},
                    {"rows_hash", fmt::format("{:016x}", result.rows_hash)},
                    {"totals_hash", fmt::format("{:016x}", result.totals_hash)}});
  }
  std::filesystem::create_directories(std::filesystem::path(path).parent_path());
  std::ofstream(path) << list.dump(2) << "\n";
}

void print_table(const std::vector<Result>& results) {
  fmt::print("{:<44} {:>10} {:>7} {:>10} {:>8} {:>8}\n", "", "rows", "threads", "ns a row", "x E4",
             "x F");
  const auto ratio = [](double value) {
    return value == 0 ? std::string("-") : fmt::format("{:.2f}", value);
  };
  for (const Result& result : results) {
    fmt::print("{:<44} {:>10} {:>7} {:>10.2f} {:>8} {:>8}\n", result.name, result.n, result.threads,
               result.ns_per_row, ratio(result.ratio_to_e4), ratio(result.ratio_to_f));
  }
  fmt::print("peak memory of the process: {:.0f} MB\n",
             static_cast<double>(peak_rss_bytes()) / 1e6);
}

}  // namespace juzhu::bench
