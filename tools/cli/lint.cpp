#include "lint/lint.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "cli/verbs.h"
#include "diag/render.h"
#include "report/output_file.h"

namespace juzhu::cli {
namespace {

/// The codes that an option names; none after a message.
std::optional<std::vector<diag::Code>> codes_named(const Options& options,
                                                   const std::vector<std::string>& names) {
  std::vector<diag::Code> codes;
  std::vector<std::string> known;
  known.reserve(lint::kLawCraft.size());
  for (const diag::Code code : lint::kLawCraft)
    known.emplace_back(diag::code_name(code));
  for (const std::string& name : names) {
    const auto found = std::find(known.begin(), known.end(), name);
    if (found == known.end()) {
      print_usage_error(
          options, diag::Code::kUnknownOption,
          say("lint has no finding `{}`", "lint 没有检查项 `{}`", name),
          guess_or(name, known, say("the findings are {}", "检查项有 {}", listed(known))));
      return std::nullopt;
    }
    codes.push_back(lint::kLawCraft[static_cast<std::size_t>(found - known.begin())]);
  }
  return codes;
}

bool is_among(diag::Code code, std::span<const diag::Code> codes) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

std::string summary(const Options& options, std::size_t count) {
  if (count == 0) return options.chinese ? "没有发现\n" : "nothing found\n";
  return options.chinese
             ? fmt::format("{} 处发现；各项说明见 docs/errors/，`--without` 可略去一项\n", count)
             : fmt::format(
                   "{} to look at; docs/errors/ has a page on each, `--without "
                   "CODE` leaves one out\n",
                   counted(count, "place"));
}

}  // namespace

int lint(const Options& options) {
  const auto without = codes_named(options, options.without);
  const auto only = without ? codes_named(options, options.only) : std::nullopt;
  if (!only) return kUsage;
  if (const int code = check_rule_paths(options); code != kFine) return code;
  Loaded loaded;
  diag::Sink found;
  engine::LoadOptions load;
  load.library = options.library;
  loaded.rulebook = engine::Rulebook::load(options.rules, loaded.sources, found, load);
  if (!loaded.rulebook) {
    print_findings(found, loaded.sources, options, stderr);
    return kFindings;
  }
  lint::lint(loaded.rulebook->program(), loaded.sources, found);
  std::vector<diag::Diagnostic> told;
  for (diag::Diagnostic& each : found.sorted()) {
    const bool is_wanted = is_among(each.code, lint::kLawCraft) && !is_among(each.code, *without) &&
                           (only->empty() || is_among(each.code, *only));
    const bool is_here = is_asked(options, loaded.sources, each.primary.span.file);
    if (is_wanted && is_here) told.push_back(std::move(each));
  }
  report::OutputFile output(options.output);
  if (options.json()) {
    output.write(diag::render_json(told, loaded.sources, options.chinese));
  } else {
    const bool color = options.output.empty() && wants_color(options, stdout);
    output.write(diag::render_text(told, loaded.sources, {color, options.chinese}));
    output.write(summary(options, told.size()));
  }
  diag::Sink failures;
  if (!output.commit(failures)) {
    print_findings(failures, loaded.sources, options, stderr);
    return kFindings;
  }
  return told.empty() ? kFine : kFindings;
}

}  // namespace juzhu::cli
