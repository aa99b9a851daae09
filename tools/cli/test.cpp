#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/coverage.h"
#include "cli/properties.h"
#include "cli/verbs.h"
#include "report/output_file.h"

namespace juzhu::cli {
namespace {

using engine::ScenarioFailure;
using engine::ScenarioResult;

struct Counts {
  std::size_t scenarios = 0;
  std::size_t expectations = 0;
  std::size_t failed_scenarios = 0;
  std::size_t failures = 0;
};

Counts count(const std::vector<ScenarioResult>& results) {
  Counts counts;
  for (const ScenarioResult& result : results) {
    ++counts.scenarios;
    counts.expectations += result.expectation_count;
    counts.failures += result.failures.size();
    if (!result.failures.empty()) ++counts.failed_scenarios;
  }
  return counts;
}

std::string summary(const Options& options, const Counts& counts) {
  if (counts.failures == 0) {
    return options.chinese ? fmt::format("{} 个情形、{} 项预期全部符合\n", counts.scenarios,
                                         counts.expectations)
                           : fmt::format("{}, {} passed\n", counted(counts.scenarios, "scenario"),
                                         counted(counts.expectations, "expectation"));
  }
  return options.chinese
             ? fmt::format("{} 个情形中 {} 个不符：{} 项预期中 {} 项不符\n", counts.scenarios,
                           counts.failed_scenarios, counts.expectations, counts.failures)
             : fmt::format("{} of {} failed: {} of {}\n", counts.failed_scenarios,
                           counted(counts.scenarios, "scenario"), counts.failures,
                           counted(counts.expectations, "expectation"));
}

void report_failures(const sema::Program& program, const std::vector<ScenarioResult>& results,
                     diag::Sink& sink) {
  for (const ScenarioResult& result : results) {
    const sema::Scenario& scenario = program[result.scenario];
    for (const ScenarioFailure& failure : result.failures) {
      diag::Diagnostic& report = sink.report(
          diag::Code::kScenarioFailed, failure.span,
          say("scenario `{}` expects something else", "情形 `{}` 的预期不符", scenario.name),
          failure.found);
      if (!failure.help.empty()) report.helps.push_back(failure.help);
    }
  }
}

nlohmann::json to_json(const Options& options, const Loaded& loaded,
                       const std::vector<ScenarioResult>& results) {
  nlohmann::json scenarios = nlohmann::json::array();
  const auto line_of = [&](source::Span span) {
    return loaded.sources.file(span.file).position(span.begin).line;
  };
  for (const ScenarioResult& result : results) {
    const sema::Scenario& scenario = loaded.rulebook->program()[result.scenario];
    nlohmann::json failures = nlohmann::json::array();
    for (const ScenarioFailure& failure : result.failures) {
      failures.push_back({{"line", line_of(failure.span)},
                          {"expected", loaded.sources.text(failure.span)},
                          {"found", failure.found.in(options.chinese)}});
    }
    scenarios.push_back({{"scenario", scenario.name.in(false)},
                         {"file", loaded.sources.file(scenario.span.file).name()},
                         {"line", line_of(scenario.name_span)},
                         {"expectations", result.expectation_count},
                         {"passed", result.failures.empty()},
                         {"failures", std::move(failures)}});
  }
  return scenarios;
}

int report_no_match(const Options& options, const sema::Program& program) {
  std::vector<std::string> names;
  for (const sema::Scenario& scenario : program.scenarios) {
    names.push_back(scenario.name.in(options.chinese));
  }
  return print_usage_error(
      options, diag::Code::kUnknownOption,
      say("no scenario has `{}` in its name", "没有名称含 `{}` 的情形", options.filter),
      guess_or(options.filter, names,
               say("leave out `--filter` to run all scenarios", "删去 `--filter` 以运行全部情形")));
}

/// More would run for days; a number out of range comes here as the largest there is.
constexpr std::size_t kMostMadeUp = 1'000'000;

}  // namespace

int test(const Options& options) {
  if (options.households > kMostMadeUp) {
    return print_usage_error(
        options, diag::Code::kUnknownOption,
        say("`--households` makes up at most 1,000,000", "`--households` 至多生成 1,000,000 户"),
        say("ask for fewer; another `--seed` draws others", "减少户数；换 `--seed` 可抽取另一批"));
  }
  const auto loaded = load_rules(options);
  if (!loaded->rulebook) return loaded->exit_code;
  const sema::Program& program = loaded->rulebook->program();
  std::vector<ScenarioResult> results;
  engine::Coverage coverage;
  if (options.property.empty()) {
    results = engine::run_scenarios(*loaded->rulebook, options.filter,
                                    options.coverage ? &coverage : nullptr);
  }
  if (results.empty() && !options.filter.empty()) return report_no_match(options, program);
  // A filter asks for scenarios, unless properties are asked for by name.
  std::vector<engine::PropertyResult> properties;
  if (options.filter.empty() || !options.property.empty()) {
    auto checked = run_properties(options, *loaded);
    if (!checked) return kUsage;
    properties = std::move(*checked);
  }
  const Counts counts = count(results);
  const std::size_t failed_properties = failed_count(program, properties);
  report::OutputFile output(options.output);
  if (options.json()) {
    nlohmann::json answer{{"scenarios", to_json(options, *loaded, results)},
                          {"failed", counts.failed_scenarios},
                          {"properties", properties_json(options, *loaded, properties)},
                          {"failed_properties", failed_properties}};
    if (options.coverage) answer["coverage"] = coverage_json(options, *loaded, coverage);
    output.write(answer.dump(1) + "\n");
  } else {
    diag::Sink failures(counts.failures + failed_properties + 1);
    report_failures(program, results, failures);
    report_properties(program, properties, failures);
    print_findings(failures, loaded->sources, options, stderr);
    if (options.property.empty()) output.write(summary(options, counts));
    output.write(properties_text(options, program, properties));
    if (options.coverage) output.write(coverage_text(options, *loaded, coverage));
  }
  diag::Sink problems;
  if (!output.commit(problems)) {
    print_findings(problems, loaded->sources, options, stderr);
    return kFindings;
  }
  return counts.failures + failed_properties > 0 ? kFindings : kFine;
}

}  // namespace juzhu::cli
