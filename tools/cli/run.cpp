#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/verbs.h"
#include "data/households.h"
#include "report/answer_line.h"
#include "report/answers.h"
#include "report/output_file.h"
#include "report/place_lists.h"
#include "report/summary_text.h"
#include "report/tally.h"

namespace juzhu::cli {
namespace {

std::optional<report::Questions> asked_questions(const Options& options, engine::Rulebook& rulebook,
                                                 report::SummaryHead& head) {
  const auto date = asked_date(options);
  if (!date) return std::nullopt;
  const auto level = asked_level(options);
  if (!level) return std::nullopt;
  const auto place = asked_place(options, rulebook.schema());
  if (!place) return std::nullopt;
  auto services = asked_services(options, rulebook.program());
  if (!services) return std::nullopt;
  const auto stack = asked_reforms(options, options.reforms, rulebook);
  if (!stack) return std::nullopt;
  report::Questions questions{date->date, std::move(*services), *level, std::nullopt, *stack};
  for (const sema::ReformId reform : rulebook.program().stacks[*stack].reforms)
    head.reforms.push_back(rulebook.program()[reform].name.in(options.chinese));
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
  Run(const Options& options, engine::Rulebook& rulebook, const report::Questions& questions,
      sema::RuleId allocation)
      : options_(options),
        rulebook_(rulebook),
        questions_(questions),
        output_(options.output),
        tally_(rulebook.program(), questions.services, options.chinese),
        lists_(rulebook, questions.date, questions.lowest_level, questions.stack),
        allocation_(allocation) {}

  int all(const std::vector<std::string>& paths, const report::SummaryHead& head,
          const source::SourceMap& sources) {
    if (!output_.is_open()) return commit(sources);
    diag::Sink findings(kDataFindingsShown);
    // Answers are written as they come, so that memory is bounded by a household.
    const bool answers = !allocation_.valid();
    if (answers && options_.format == "csv") output_.write(report::csv_header());
    if (answers && options_.json()) output_.write("{\"answers\": [");
    const data::ReadOptions read{options_.encoding};
    const bool any = data::for_each_household(
        paths, rulebook_.schema(), read, findings,
        [&](value::Household household) { return add(std::move(household)); });
    // Before the summary, so that what to do next is the last line on the screen.
    print_findings(findings, sources, options_, stderr);
    if (!any) return kFindings;
    const engine::GivenPlaces given = lists_.close();
    if (answers) {
      write_end(head, findings, given);
    } else {
      write_list(given);
    }
    if (const int code = commit(sources); code != kFine) return code;
    return findings.has_errors() ? kFindings : kFine;
  }

 private:
  int commit(const source::SourceMap& sources) {
    diag::Sink failures;
    if (output_.commit(failures)) return kFine;
    print_findings(failures, sources, options_, stderr);
    return kFindings;
  }

  bool add(value::Household household) {
    report::place_household(household, questions_, rulebook_.schema());
    const std::size_t children =
        report::ask_all(rulebook_, household, questions_,
                        [&](const eval::Query& query, const eval::Outcome& outcome) {
                          tally_.add(household, query, outcome);
                          if (lists_.gives(query.service))
                            lists_.add(households_, household, query, outcome);
                          if (options_.format == "text" || allocation_.valid()) return;
                          const report::AnswerLine line = report::answer_line(
                              rulebook_.program(), household, query, outcome, options_.chinese);
                          if (options_.json()) {
                            output_.write(answers_++ == 0 ? "\n" : ",\n");
                            output_.write(report::to_json(line).dump());
                          } else {
                            output_.write(report::csv_line(line));
                          }
                        });
    tally_.add_household(household, children);
    ++households_;
    return true;
  }

  void write_list(const engine::GivenPlaces& given) {
    const report::ListVoice voice{rulebook_.program(), options_.chinese};
    if (options_.json()) {
      output_.write(report::lists_json(voice, given, allocation_).dump(1) + "\n");
    } else if (options_.format == "csv") {
      output_.write(report::lists_csv(voice, given, allocation_));
    } else {
      output_.write(report::lists_text(voice, given, allocation_));
    }
  }

  void write_end(const report::SummaryHead& head, const diag::Sink& findings,
                 const engine::GivenPlaces& given) {
    const report::ListVoice voice{rulebook_.program(), options_.chinese};
    const sema::Program& program = rulebook_.program();
    if (options_.json()) {
      nlohmann::ordered_json summary =
          report::summary_json(tally_.summary(), head, program, options_.chinese);
      if (!given.lists.empty()) summary["places"] = report::places_json(voice, given);
      summary["data_errors"] = findings.error_count();
      output_.write(fmt::format("\n],\n\"summary\": {}}}\n", summary.dump(1)));
    } else if (options_.format == "text") {
      if (findings.has_errors()) output_.write(bad_rows_line(findings));
      // The places come before what to do next, which is the last line on the screen.
      output_.write(report::summary_text(tally_.summary(), head, program, options_.chinese,
                                         report::places_text(voice, given)));
    }
  }

  std::string bad_rows_line(const diag::Sink& findings) const {
    const std::size_t count = findings.error_count();
    return options_.chinese ? fmt::format("数据中报告了 {} 个问题，其余照常\n", count)
                            : fmt::format("{} in the data, reported above; the rest ran\n",
                                          counted(count, "problem"));
  }

  const Options& options_;
  engine::Rulebook& rulebook_;
  const report::Questions& questions_;
  report::OutputFile output_;
  report::Tally tally_;
  engine::Lists lists_;
  sema::RuleId allocation_;  ///< whose list is printed; not valid: the answers
  std::uint32_t households_ = 0;
  std::size_t answers_ = 0;  ///< written as JSON
};

}  // namespace

int run(const Options& options) {
  const auto loaded = load_rules(options);
  if (!loaded->rulebook) return loaded->exit_code;
  report::SummaryHead head;
  const auto questions = asked_questions(options, *loaded->rulebook, head);
  if (!questions) return kUsage;
  const auto allocation = asked_allocation(options, loaded->rulebook->program());
  if (!allocation) return kUsage;
  const std::vector<std::string> paths = data_paths(options);
  if (paths.empty()) return kUsage;
  return Run(options, *loaded->rulebook, *questions, *allocation).all(paths, head, loaded->sources);
}

}  // namespace juzhu::cli
