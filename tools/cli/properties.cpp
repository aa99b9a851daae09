#include "cli/properties.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "data/households.h"

namespace juzhu::cli {
namespace {

using engine::PropertyResult;

enum class Status : std::uint8_t { kHolds, kRefuted, kNotDecided };

Status status_of(const PropertyResult& result) {
  if (result.counterexample) return Status::kRefuted;
  // Holding on some households says something; on none that could be decided it does not.
  const bool nothing_decided = result.undecided > 0 && result.undecided >= result.households;
  return nothing_decided ? Status::kNotDecided : Status::kHolds;
}

/// Said to fail, searched for, and found by nobody.
bool fails_to_fail(const sema::Property& property, const PropertyResult& result) {
  return property.known_to_fail && result.searched && !result.counterexample;
}

bool is_failure(const sema::Property& property, const PropertyResult& result) {
  return fails_to_fail(property, result) || (result.counterexample && !property.known_to_fail);
}

std::string line_en(const sema::Property& property, const PropertyResult& result) {
  std::string line = fmt::format("property {}: ", property.name.in(false));
  if (result.counterexample) {
    line += fmt::format("{} by {}", property.known_to_fail ? "known to fail, refuted" : "refuted",
                        result.counterexample->origin.en);
  } else if (status_of(result) == Status::kNotDecided) {
    line += "not decided";
  } else {
    line +=
        fmt::format("holds on {}, {} of them concerned",
                    counted(result.households - result.undecided, "household"), result.concerned);
  }
  if (result.undecided > 0) line += fmt::format("; not decided on {}", result.undecided);
  return line + "\n";
}

std::string line_zh(const sema::Property& property, const PropertyResult& result) {
  std::string line = fmt::format("性质 {}：", property.name.in(true));
  if (result.counterexample) {
    line += fmt::format("{}，反例：{}", property.known_to_fail ? "如所注明不成立" : "不成立",
                        result.counterexample->origin.zh);
  } else if (status_of(result) == Status::kNotDecided) {
    line += "无法判定";
  } else {
    line += fmt::format("在 {} 户上成立，其中 {} 户涉及", result.households - result.undecided,
                        result.concerned);
  }
  if (result.undecided > 0) line += fmt::format("；{} 户无法判定", result.undecided);
  return line + "\n";
}

}  // namespace

std::optional<std::vector<PropertyResult>> run_properties(const Options& options,
                                                          const Loaded& loaded) {
  const sema::Program& program = loaded.rulebook->program();
  engine::PropertyOptions asked;
  asked.name = options.property;
  asked.generated = options.no_generated ? 0 : options.households;
  asked.seed = options.seed;
  if (!options.data.empty()) {
    const auto date = asked_date(options);
    if (!date || data_paths(options).empty()) return std::nullopt;
    asked.date = date->date;
    asked.data = [&](const std::function<void(const value::Household&)>& visit) {
      diag::Sink findings(kDataFindingsShown);
      data::for_each_household(options.data, *program.schema, data::ReadOptions{options.encoding},
                               findings, [&](const value::Household& household) {
                                 visit(household);
                                 return true;
                               });
      print_findings(findings, loaded.sources, options, stderr);
    };
  }
  auto results = engine::check_properties(*loaded.rulebook, loaded.sources, asked);
  if (!results.empty() || options.property.empty()) return results;
  std::vector<std::string> names;
  for (const sema::Property& property : program.properties)
    names.push_back(property.name.in(options.chinese));
  print_usage_error(
      options, diag::Code::kUnknownOption,
      say("no property has `{}` in its name", "没有名称含 `{}` 的性质", options.property),
      guess_or(
          options.property, names,
          say("leave out `--property` to check them all", "删去 `--property` 以检验全部性质")));
  return std::nullopt;
}

std::size_t failed_count(const sema::Program& program, const std::vector<PropertyResult>& results) {
  return static_cast<std::size_t>(std::count_if(
      results.begin(), results.end(),
      [&](const PropertyResult& result) { return is_failure(program[result.property], result); }));
}

void report_properties(const sema::Program& program, const std::vector<PropertyResult>& results,
                       diag::Sink& sink) {
  for (const PropertyResult& result : results) {
    const sema::Property& property = program[result.property];
    if (!is_failure(property, result)) continue;
    const Bilingual& name = property.name;
    if (result.counterexample) {
      sink.report(diag::Code::kPropertyRefuted, property.name_span,
                  say("the property `{}` does not hold", "性质 `{}` 不成立", name),
                  say("refuted by {}", "反例：{}", result.counterexample->origin))
          .helps.emplace_back(
              say("the scenario below shows it: paste it into a rule file and run it",
                  "下面的情形是反例：贴入规则文件即可运行"));
    } else {
      sink.report(diag::Code::kPropertyNotRefuted, property.name_span,
                  say("the property `{}` is said to fail", "性质 `{}` 注明不成立", name),
                  say("none of {0} refutes it", "在 {1} 户中没有反例",
                      counted(result.households, "household"), result.households))
          .helps.emplace_back(say("leave out `known to fail`, or search more with `--households`",
                                  "删去 `已知不成立`，或用 `--households` 多找"));
    }
  }
}

std::string properties_text(const Options& options, const sema::Program& program,
                            const std::vector<PropertyResult>& results) {
  std::string text;
  for (const PropertyResult& result : results) {
    const sema::Property& property = program[result.property];
    text += options.chinese ? line_zh(property, result) : line_en(property, result);
    if (result.counterexample) text += "\n" + result.counterexample->text + "\n";
  }
  return text;
}

nlohmann::json properties_json(const Options& options, const Loaded& loaded,
                               const std::vector<PropertyResult>& results) {
  nlohmann::json properties = nlohmann::json::array();
  for (const PropertyResult& result : results) {
    const sema::Property& property = loaded.rulebook->program()[result.property];
    const source::Span at = property.name_span;
    static constexpr const char* kStatus[] = {"holds", "refuted", "not_decided"};
    nlohmann::json entry{{"property", property.name.in(false)},
                         {"file", loaded.sources.file(at.file).name()},
                         {"line", loaded.sources.file(at.file).position(at.begin).line},
                         {"status", kStatus[static_cast<std::size_t>(status_of(result))]},
                         {"known_to_fail", property.known_to_fail.has_value()},
                         {"households", result.households},
                         {"concerned", result.concerned},
                         {"undecided", result.undecided}};
    if (result.counterexample) {
      entry["counterexample"] = {{"origin", result.counterexample->origin.in(options.chinese)},
                                 {"date", value::date_text(result.counterexample->date)},
                                 {"members", result.counterexample->members},
                                 {"scenario", result.counterexample->text}};
    }
    properties.push_back(std::move(entry));
  }
  return properties;
}

}  // namespace juzhu::cli
