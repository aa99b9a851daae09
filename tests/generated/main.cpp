// Random programs and households, and what must hold of each (docs/testing.md).
//
//   generated --programs 2000 --seed 1      programs 0 to 1999 of seed 1
//   generated --seed 1 --start 417 --programs 1 --property order     one of them again
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "coverage.h"
#include "program.h"
#include "property.h"
#include "shrink.h"

namespace juzhu::generated {
namespace {

struct Options {
  std::uint64_t programs = 2000;
  std::uint64_t seed = 1;
  std::uint64_t start = 0;
  std::string property;  ///< empty: all
  std::string out = "generated-failures";
  std::size_t failures_max = 1;
  bool progress = false;
  bool coverage = false;  ///< print it, and fail if something was never generated
  bool isolate = false;   ///< each check in a process of its own: an abort is a failure like others
  bool show = false;      ///< print the programs and households
};

/// Refusals that a generated program may meet; every other one is a failure.
const std::set<std::string>& allowed_refusals() {
  static const std::set<std::string> kAllowed = {
      "order-cycle",        // `overrides` is drawn at random, against places and dates
      "narrows-nothing",    // so are the places and dates of narrowings
      "duplicate-version",  // and those of what a reform adds
      // the days, places and rules that a reform changes are drawn too
      "reform-without-effect", "reform-clash", "repealed-but-read",
      "unordered-conflict"  // an error where neither rule asks anything of the child
  };
  return kAllowed;
}
constexpr double kRefusedMax = 8.0;  // percent

/// What is being checked, for the message of an abort.
char current[256] = "";  // NOLINT: written before each check, read by the handler alone

extern "C" void on_abort(int) {
  const ssize_t written = write(STDERR_FILENO, current, std::strlen(current));
  _exit(written > 0 ? 3 : 4);
}

class Run {
 public:
  explicit Run(Options options) : options_(std::move(options)) {}

  int run() {
    const auto begin = std::chrono::steady_clock::now();
    for (std::uint64_t i = 0; i < options_.programs && failures_ < options_.failures_max; ++i) {
      one(options_.start + i);
      if (options_.progress && (i + 1) % 1000 == 0) report_progress(i + 1, begin);
    }
    return summary(begin);
  }

 private:
  void one(std::uint64_t number) {
    Random random(options_.seed, number);
    const Program program = write_program(random);
    Case at;
    for (const File& file : program.files)
      at.texts.files.push_back({file.name, file.text()});
    at.texts.divisions_file = program.divisions_file;
    at.dictionary = {program.zh, program.nouns};
    at.seed = random.next();
    at.book = Book::read(at.texts);
    ++programs_;
    if (!at.book->accepted()) {
      refused(at, number);
      return;
    }
    at.date = random.one_of({19844, 19844, 19782, 19538, 18000});  // in 2024, 2023 and 2019
    HouseholdOptions household;
    household.completions = random.one_of<std::size_t>({16, 64, kCompletionsMax});
    at.household = make_household(random, at.book->schema(), at.date, household);
    if (options_.show) show(at);
    const std::size_t before = failures_;
    for (const Property& property : properties()) {
      if (!options_.property.empty() && property.name != options_.property) continue;
      check(at, property, number);
      if (failures_ > before) return;  // the case is a shrunk one now
    }
    coverage_.add(*at.book);
  }

  void check(Case& at, const Property& property, std::uint64_t number) {
    std::snprintf(current, sizeof current, "\naborted in property %s; again: %s\n",
                  property.name.c_str(), again(number).c_str());
    const std::string wrong = violation(at, property);
    ++checks_[property.name];
    if (!wrong.empty()) failed(at, property, number, wrong);
  }

  std::string violation(Case& at, const Property& property) const {
    if (!options_.isolate) return property.violation(at);
    std::fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
      std::signal(SIGABRT, SIG_DFL);
      _exit(property.violation(at).empty() ? 0 : 1);
    }
    int status = 0;
    waitpid(child, &status, 0);
    if (WIFSIGNALED(status)) return "it ends with signal " + std::to_string(WTERMSIG(status));
    return WEXITSTATUS(status) == 0 ? "" : property.violation(at);
  }

  void refused(const Case& at, std::uint64_t number) {
    const std::string why = at.book->refusal();
    const std::string code = why.substr(0, why.find(':'));
    ++refusals_[code];
    if (allowed_refusals().contains(code)) return;
    ++failures_;
    std::printf(
        "FAILED accepted: a program that is well typed by construction is refused\n    %s\n",
        why.c_str());
    write_files(at, "accepted", number);
  }

  /// With all properties again: what the earlier ones add to the rulebook (scenarios, questions) is
  /// part of the case. The programs of a seed are those of one build: another compiler takes the
  /// draws in another order.
  [[nodiscard]] std::string again(std::uint64_t number) const {
    return "generated --seed " + std::to_string(options_.seed) + " --start " +
           std::to_string(number) + " --programs 1" +
           (options_.property.empty() ? "" : " --property " + options_.property);
  }

  /// What went wrong, without of whom: a smaller case must fail in the same way.
  static std::string kind_of(const std::string& wrong) {
    const std::string line = wrong.substr(0, wrong.find('\n'));
    const std::size_t first = line.find(": ");
    const bool named = first != std::string::npos && first < 16;
    const std::size_t from = named ? first + 2 : 0;
    const std::size_t colon =
        line.find(": ", named || first == std::string::npos ? from : first + 2);
    return line.substr(from, colon == std::string::npos ? colon : colon - from);
  }

  void failed(Case& at, const Property& property, std::uint64_t number, const std::string& wrong) {
    ++failures_;
    std::printf("FAILED %s: %s\n    %s\n", property.name.c_str(), property.says.c_str(),
                wrong.c_str());
    std::fflush(stdout);
    const std::string kind = kind_of(wrong);
    shrink(at, [&](Case& smaller) { return kind_of(violation(smaller, property)) == kind; });
    std::printf("shrunk:\n    %s\n", violation(at, property).c_str());
    show(at);
    write_files(at, property.name, number);
  }

  static void show(const Case& at) {
    for (const TextFile& file : at.texts.files)
      std::printf("--- %s\n%s\n", file.name.c_str(), file.text.c_str());
    std::printf("--- household\n%s\n",
                scenario_text(at.household, at.book->schema(), at.date, "failing").c_str());
  }

  void write_files(const Case& at, const std::string& property, std::uint64_t number) const {
    const std::filesystem::path folder =
        std::filesystem::path(options_.out) /
        (property + "-" + std::to_string(options_.seed) + "-" + std::to_string(number));
    std::filesystem::create_directories(folder);
    for (const TextFile& file : at.texts.files)
      std::ofstream(folder / file.name) << file.text;
    std::ofstream(folder / "places.csv") << at.texts.divisions_file;
    if (at.book->accepted())
      std::ofstream(folder / "household.txt")
          << scenario_text(at.household, at.book->schema(), at.date, "failing");
    std::printf("written to %s\nagain: %s\n", folder.c_str(), again(number).c_str());
  }

  using Time = std::chrono::steady_clock::time_point;
  static double seconds_since(Time begin) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  }

  void report_progress(std::uint64_t done, Time begin) const {
    std::printf("%llu of %llu programs, seed %llu, %.0f s\n", static_cast<unsigned long long>(done),
                static_cast<unsigned long long>(options_.programs),
                static_cast<unsigned long long>(options_.seed), seconds_since(begin));
    std::fflush(stdout);
  }

  int summary(Time begin) {
    std::size_t refused = 0;
    for (const auto& [code, count] : refusals_)
      refused += count;
    const double share =
        programs_ == 0 ? 0 : 100.0 * static_cast<double>(refused) / static_cast<double>(programs_);
    std::printf("%zu programs of seed %llu, from %llu on, in %.1f s; %.1f %% refused by check\n",
                programs_, static_cast<unsigned long long>(options_.seed),
                static_cast<unsigned long long>(options_.start), seconds_since(begin), share);
    for (const auto& [code, count] : refusals_)
      std::printf("  refused: %-24s %7zu\n", code.c_str(), count);
    for (const auto& [name, count] : checks_)
      std::printf("  checked: %-24s %7zu\n", name.c_str(), count);
    if (programs_ >= 200 && share > kRefusedMax) {
      std::printf("FAILED: more than %.0f %% are refused\n", kRefusedMax);
      ++failures_;
    }
    if (options_.coverage && failures_ == 0) {
      coverage_.print(stdout);
      for (const std::string& name : coverage_.missing()) {
        std::printf("FAILED: never generated: %s\n", name.c_str());
        ++failures_;
      }
    }
    return failures_ == 0 ? 0 : 1;
  }

  Options options_;
  std::size_t programs_ = 0;
  std::size_t failures_ = 0;
  std::map<std::string, std::size_t> refusals_;
  std::map<std::string, std::size_t> checks_;
  Coverage coverage_;
};

bool parse(int count, char** words, Options& options) {
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    const auto flag = [&](const char* name, bool& into) {
      if (word != name) return false;
      into = true;
      return true;
    };
    if (flag("--progress", options.progress) || flag("--coverage", options.coverage) ||
        flag("--isolate", options.isolate) || flag("--show", options.show))
      continue;
    if (i + 1 == count) return false;
    const std::string value = words[++i];
    if (word == "--programs")
      options.programs = std::strtoull(value.c_str(), nullptr, 10);
    else if (word == "--seed")
      options.seed = std::strtoull(value.c_str(), nullptr, 10);
    else if (word == "--start")
      options.start = std::strtoull(value.c_str(), nullptr, 10);
    else if (word == "--failures")
      options.failures_max = std::strtoull(value.c_str(), nullptr, 10);
    else if (word == "--property")
      options.property = value;
    else if (word == "--out")
      options.out = value;
    else
      return false;
  }
  return true;
}

}  // namespace
}  // namespace juzhu::generated

int main(int count, char** words) {
  juzhu::generated::Options options;
  if (!juzhu::generated::parse(count, words, options)) {
    std::fprintf(
        stderr,
        "generated [--programs N] [--seed S] [--start K] [--property NAME] [--failures N]\n"
        "          [--out FOLDER] [--progress] [--coverage] [--isolate] [--show]\n");
    return 2;
  }
  std::signal(SIGABRT, juzhu::generated::on_abort);
  return juzhu::generated::Run(std::move(options)).run();
}
