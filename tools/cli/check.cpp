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

/// `, 2 notes` if there are any.
std::string notes(const Options& options, const diag::Sink& sink) {
  if (sink.note_count() == 0) return {};
  return options.chinese ? fmt::format("，{} 个提示", sink.note_count())
                         : ", " + counted(sink.note_count(), "note");
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
  std::string line =
      options.chinese
          ? fmt::format("无错误，{} 个警告{}：{} 条规则，{} 个定义，{} 个参数，{} 个情形",
                        sink.warning_count(), notes(options, sink), program.rules.size(),
                        definitions, program.parameters.size(), program.scenarios.size())
          : fmt::format("no errors, {}{}: {}, {}, {}, {}", counted(sink.warning_count(), "warning"),
                        notes(options, sink), counted(program.rules.size(), "rule"),
                        counted(definitions, "definition"),
                        counted(program.parameters.size(), "parameter"),
                        counted(program.scenarios.size(), "scenario"));
  // Most rulebooks have none of these.
  const auto add = [&](std::size_t count, std::string_view one, std::string_view many,
                       std::string_view zh) {
    if (count == 0) return;
    line += options.chinese ? fmt::format("，{} {}", count, zh)
                            : fmt::format(", {} {}", count, count == 1 ? one : many);
  };
  add(program.scores.size(), "score", "scores", "项积分");
  add(program.limits.size(), "limit", "limits", "项限制");
  add(program.properties.size(), "property", "properties", "项性质");
  return line + "\n";
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
    output.write(diag::render_json(sink.sorted(), loaded.sources, options.chinese));
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
