#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "cli/verbs.h"
#include "diag/render.h"
#include "report/output_file.h"

namespace juzhu::cli {
namespace {

/// `1 rule`, `2 rules`.
std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string summary(const Options& options, const diag::Sink& sink, const Loaded& loaded) {
  if (!loaded.rulebook) {
    return options.chinese
               ? fmt::format("{} 个错误，{} 个警告\n", sink.error_count(), sink.warning_count())
               : fmt::format("{}, {}\n", counted(sink.error_count(), "error"),
                             counted(sink.warning_count(), "warning"));
  }
  const sema::Program& program = loaded.rulebook->program();
  // A score has definitions of its own, which nobody wrote as such.
  const auto definitions = static_cast<std::size_t>(
      std::count_if(program.definitions.begin(), program.definitions.end(),
                    [](const sema::Definition& each) { return !each.score.valid(); }));
  std::string scores;
  if (!program.scores.empty()) {
    scores = options.chinese ? fmt::format("{} 项积分，", program.scores.size())
                             : fmt::format("{}, ", counted(program.scores.size(), "score"));
  }
  return options.chinese
             ? fmt::format("无错误，{} 个警告：{} 条规则，{}{} 个定义，{} 个参数，{} 个情形\n",
                           sink.warning_count(), program.rules.size(), scores, definitions,
                           program.parameters.size(), program.scenarios.size())
             : fmt::format("no errors, {}: {}, {}{}, {}, {}\n",
                           counted(sink.warning_count(), "warning"),
                           counted(program.rules.size(), "rule"), scores,
                           counted(definitions, "definition"),
                           counted(program.parameters.size(), "parameter"),
                           counted(program.scenarios.size(), "scenario"));
}

}  // namespace

int check(const Options& options) {
  if (const int code = check_rule_paths(options); code != kFine) return code;
  Loaded loaded;
  diag::Sink sink;
  engine::LoadOptions load;
  load.library = options.library;
  loaded.rulebook = engine::Rulebook::load(options.rules, loaded.sources, sink, load);
  report::OutputFile output(options.output);
  diag::Sink failures;
  if (options.json()) {
    output.write(diag::render_json(sink.sorted(), loaded.sources));
  } else if (options.output.empty()) {
    print_findings(sink, loaded.sources, options, stdout);
    output.write(summary(options, sink, loaded));
  } else {
    output.write(diag::render_text(sink.sorted(), loaded.sources, {false, options.chinese}));
    output.write(summary(options, sink, loaded));
  }
  if (!output.commit(failures)) {
    print_findings(failures, loaded.sources, options, stderr);
    return kFindings;
  }
  return sink.has_errors() || !loaded.rulebook ? kFindings : kFine;
}

}  // namespace juzhu::cli
