// bench_hca1 [--rows N] [--rounds R] [--out FILE]: the workload HCA-1 by the hand-written kernels
// and by the evaluators of Juzhu. Every answer is compared with the workload's check values before
// anything is timed: a wrong one ends the program.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <thread>

#include "hca1/harness.h"
#include "hca1/kernels.h"
#include "hca1/rulebook.h"

namespace juzhu::bench {
namespace {

constexpr std::size_t kCaseRows = 1000;  ///< what the case evaluator is asked

struct Options {
  std::size_t rows = 1'000'000;
  int rounds = 7;
  std::vector<std::size_t> blocks{2048};
  std::vector<std::string> kernels;  ///< beside the best of this machine
  std::string out = "build/bench/results.json";
  std::string rules = "bench/hca1";
};

class Bench {
 public:
  explicit Bench(const Options& options)
      : options_(options),
        persons_(generate(options.rows)),
        made_(options.rows),
        rules_(options.rules),
        table_(rules_.table(persons_)) {}

  int run() {
    add_kernels();
    add_lanes();
    const std::vector<Timing> timings = time_rounds(contenders_, options_.rows, options_.rounds);
    std::vector<Result> results;
    for (std::size_t i = 0; i < contenders_.size(); ++i) {
      Result result{contenders_[i].name, options_.rows, contenders_[i].threads,
                    timings[i].median()};
      result.ratio_to_e4 = timings[i].ratio_to(timings[baseline("E4", contenders_[i].threads)]);
      if (avx512_usable())
        result.ratio_to_f = timings[i].ratio_to(timings[baseline("F", contenders_[i].threads)]);
      result.rows_hash = hashes_[i].rows;
      result.totals_hash = hashes_[i].totals;
      results.push_back(result);
    }
    results.push_back(run_cases());
    write_json(results, options_.out);
    print_table(results);
    return wrong_ ? 1 : 0;
  }

 private:
  using Kernel = std::function<void(std::size_t part, Totals& totals)>;

  void add_kernels() {
    const std::size_t homes = persons_.first_row.size() - 1;
    const std::size_t half_of_homes = homes / 2;
    const std::size_t half_of_rows = options_.rows / 2 / 64 * 64;
    add("E4: portable kernel", 1, [=, this](std::size_t, Totals& totals) {
      run_portable(persons_, 0, homes, made_, totals);
    });
    add("E4: portable kernel", 2, [=, this](std::size_t part, Totals& totals) {
      run_portable(persons_, part == 0 ? 0 : half_of_homes, part == 0 ? half_of_homes : homes,
                   made_, totals);
    });
    if (!avx512_usable()) return;
    add("F: AVX-512 kernel", 1, [=, this](std::size_t, Totals& totals) {
      run_avx512(persons_, 0, options_.rows, made_, totals);
    });
    add("F: AVX-512 kernel", 2, [=, this](std::size_t part, Totals& totals) {
      run_avx512(persons_, part == 0 ? 0 : half_of_rows, part == 0 ? half_of_rows : options_.rows,
                 made_, totals);
    });
  }

  void add_lanes() {
    const auto start = std::chrono::steady_clock::now();
    program_ = rules_.program(table_);
    const std::chrono::duration<double, std::milli> taken =
        std::chrono::steady_clock::now() - start;
    fmt::print(
        "lane program: {} kernels, {} buffers, made in {:.1f} ms for {} columns of {:.1f} MB\n",
        program_.instructions.size(), program_.buffers.size(), taken.count(),
        batch::best_kernels().name, static_cast<double>(table_.size_bytes()) / 1e6);
    for (const std::size_t block : options_.blocks) {
      for (const int threads : {1, 2})
        add_lanes({block, threads, nullptr},
                  options_.blocks.size() > 1 ? fmt::format("lane evaluator, blocks of {}", block)
                                             : "lane evaluator");
    }
    for (const std::string& name : options_.kernels) {
      const batch::Kernels* kernels = batch::kernels_named(name.c_str());
      if (kernels == nullptr) continue;
      add_lanes({options_.blocks[0], 1, kernels}, fmt::format("lane evaluator, {} kernels", name));
    }
  }

  void add_lanes(const batch::RunOptions& run, const std::string& name) {
    const auto lanes = [this, run] {
      totals_ = Totals{};
      cases_ = rules_.run_lanes(persons_, table_, program_, run, made_, totals_);
    };
    contenders_.push_back({name, run.threads, lanes});
    check(contenders_.back());
    if (cases_ != 0) fmt::print("{}: {} rows by case\n", name, cases_);
  }

  void add(const std::string& name, int threads, const Kernel& kernel) {
    const auto all_parts = [this, threads, kernel] {
      std::vector<Totals> parts(static_cast<std::size_t>(threads));
      std::vector<std::thread> others;
      for (std::size_t part = 1; part < parts.size(); ++part)
        others.emplace_back([&, part] { kernel(part, parts[part]); });
      kernel(0, parts[0]);
      for (std::thread& other : others)
        other.join();
      totals_ = Totals{};
      for (const Totals& part : parts)
        totals_.add(part);
    };
    contenders_.push_back({name, threads, all_parts});
    check(contenders_.back());
  }

  /// Answers over what is left of the one before, and compares.
  void check(const Contender& contender) {
    made_ = Decisions(options_.rows);
    contender.run();
    hashes_.push_back(hashes_of(made_, options_.rows, totals_));
    report_if_wrong(contender.name, options_.rows, hashes_.back());
  }

  void report_if_wrong(const std::string& name, std::size_t rows, const Hashes& found) {
    const std::optional<Hashes> wanted = check_value(rows);
    if (!wanted) fmt::print(stderr, "{}: no check value for {} rows\n", name, rows);
    if (!wanted || *wanted == found) return;
    fmt::print(stderr, "{}: wrong answers for {} rows\n", name, rows);
    wrong_ = true;
  }

  [[nodiscard]] std::size_t baseline(std::string_view prefix, int threads) const {
    for (std::size_t i = 0; i < contenders_.size(); ++i) {
      if (contenders_[i].threads == threads &&
          contenders_[i].name.substr(0, prefix.size()) == prefix)
        return i;
    }
    return 0;
  }

  Result run_cases() {
    const Persons few = generate(kCaseRows);
    Decisions made(kCaseRows);
    Totals totals;
    const std::vector<Contender> one{{"case evaluator", 1, [&] {
                                        totals = Totals{};
                                        rules_.run_cases(few, made, totals);
                                      }}};
    const std::vector<Timing> timings = time_rounds(one, kCaseRows, 3);
    const Hashes found = hashes_of(made, kCaseRows, totals);
    report_if_wrong(one[0].name, kCaseRows, found);
    Result result{one[0].name, kCaseRows, 1, timings[0].median()};
    result.rows_hash = found.rows;
    result.totals_hash = found.totals;
    return result;
  }

  Options options_;
  Persons persons_;
  Decisions made_;
  Totals totals_;
  Hca1 rules_;
  batch::Table table_;
  batch::Program program_;
  std::size_t cases_ = 0;
  std::vector<Contender> contenders_;
  std::vector<Hashes> hashes_;
  bool wrong_ = false;
};

}  // namespace
}  // namespace juzhu::bench

int main(int argc, char** argv) {
  juzhu::bench::Options options;
  CLI::App app{"HCA-1 by the hand-written kernels and by Juzhu"};
  app.add_option("--rows", options.rows, "persons; 1000, 100000, 1000000 and 10000000 are checked");
  app.add_option("--rounds", options.rounds, "timed rounds");
  app.add_option("--block", options.blocks, "rows of a block; several: one after the other");
  app.add_option("--kernels", options.kernels, "further kernels to run: plain, avx2");
  app.add_option("--out", options.out, "where the results are written");
  app.add_option("--rules", options.rules, "the folder of the rules");
  CLI11_PARSE(app, argc, argv);
  return juzhu::bench::Bench(options).run();
}
