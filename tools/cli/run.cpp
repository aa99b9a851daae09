#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/verbs.h"
#include "data/households.h"
#include "report/answer_line.h"
#include "report/answers.h"
#include "report/output_file.h"
#include "report/summary_text.h"
#include "report/tally.h"

namespace juzhu::cli {
namespace {

/// The command that explains a child of this run, up to `--child`.
std::string explain_command(const Options& options) {
  std::string command = "juzhu explain";
  for (const std::string& rules : options.rules)
    command += " " + rules;
  for (const std::string& data : options.data)
    command += " --data " + data;
  if (!options.on.empty()) command += " --on " + options.on;
  if (!options.at.empty()) command += " --at " + options.at;
  if (!options.level.empty()) command += " --level " + options.level;
  if (!options.library.empty()) command += " --library " + options.library;
  return command;
}

std::optional<report::Questions> asked_questions(const Options& options,
                                                 const engine::Rulebook& rulebook,
                                                 report::SummaryHead& head) {
  const auto date = asked_date(options);
  if (!date) return std::nullopt;
  const auto level = asked_level(options);
  if (!level) return std::nullopt;
  const auto place = asked_place(options, rulebook.schema());
  if (!place) return std::nullopt;
  auto services = asked_services(options, rulebook.program());
  if (!services) return std::nullopt;
  report::Questions questions{date->date, std::move(*services), *level, std::nullopt};
  if (!options.at.empty()) questions.place = *place;
  head.date = date->date;
  head.date_is_today = date->is_today;
  head.lowest_level = *level;
  head.place = questions.place;
  head.explain_command = explain_command(options);
  return questions;
}

/// Reads, asks and writes household by household.
class Run {
 public:
  Run(const Options& options, engine::Rulebook& rulebook, const report::Questions& questions)
      : options_(options),
        rulebook_(rulebook),
        questions_(questions),
        output_(options.output),
        tally_(rulebook.program(), questions.services, options.chinese) {}

  int all(const std::vector<std::string>& paths, const report::SummaryHead& head,
          const source::SourceMap& sources) {
    diag::Sink findings(kDataFindingsShown);
    if (options_.format == "csv") output_.write(report::csv_header());
    const data::ReadOptions read{options_.encoding};
    const bool any = data::for_each_household(
        paths, rulebook_.schema(), read, findings,
        [&](value::Household household) { return add(std::move(household)); });
    if (any) write_end(head, findings);
    print_findings(findings, sources, options_, stderr);
    if (!any) return kFindings;
    diag::Sink failures;
    if (!output_.commit(failures)) {
      print_findings(failures, sources, options_, stderr);
      return kFindings;
    }
    return findings.has_errors() ? kFindings : kFine;
  }

 private:
  bool add(value::Household household) {
    report::place_household(household, questions_, rulebook_.schema());
    const std::size_t children =
        report::ask_all(rulebook_, household, questions_,
                        [&](const eval::Query& query, const eval::Outcome& outcome) {
                          tally_.add(household, query, outcome);
                          if (options_.format == "text") return;
                          const report::AnswerLine line = report::answer_line(
                              rulebook_.program(), household, query, outcome, options_.chinese);
                          if (options_.json()) {
                            answers_.push_back(report::to_json(line));
                          } else {
                            output_.write(report::csv_line(line));
                          }
                        });
    tally_.add_household(household, children);
    return true;
  }

  void write_end(const report::SummaryHead& head, const diag::Sink& findings) {
    const sema::Program& program = rulebook_.program();
    if (options_.json()) {
      nlohmann::json document{
          {"summary", report::summary_json(tally_.summary(), head, program, options_.chinese)},
          {"answers", std::move(answers_)}};
      document["summary"]["data_errors"] = findings.error_count();
      output_.write(document.dump(1) + "\n");
    } else if (options_.format == "text") {
      output_.write(report::summary_text(tally_.summary(), head, program, options_.chinese));
      if (findings.has_errors()) output_.write(bad_rows_line(findings));
    }
  }

  std::string bad_rows_line(const diag::Sink& findings) const {
    return options_.chinese
               ? fmt::format("数据中有 {} 个问题，见下\n", findings.error_count())
               : fmt::format("The data has {} problems, listed apart\n", findings.error_count());
  }

  const Options& options_;
  engine::Rulebook& rulebook_;
  const report::Questions& questions_;
  report::OutputFile output_;
  report::Tally tally_;
  nlohmann::json answers_ = nlohmann::json::array();
};

}  // namespace

int run(const Options& options) {
  const auto loaded = load_rules(options);
  if (!loaded->rulebook) return loaded->exit_code;
  report::SummaryHead head;
  const auto questions = asked_questions(options, *loaded->rulebook, head);
  if (!questions) return kUsage;
  const std::vector<std::string> paths = data_paths(options);
  if (paths.empty()) return kUsage;
  return Run(options, *loaded->rulebook, *questions).all(paths, head, loaded->sources);
}

}  // namespace juzhu::cli
