// The command `juzhu`: `juzhu VERB RULES… --options`. Parses the command line, in the language that
// was asked for, and hands over to the verb.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>
#include <cstdio>
#include <exception>
#include <vector>

#include "cli/command_line.h"
#include "cli/verbs.h"

namespace juzhu::cli {
namespace {

struct Verb {
  std::string_view name;
  int (*call)(const Options& options);
};
constexpr std::array kVerbs{
    Verb{"check", check},     Verb{"run", run},   Verb{"explain", explain}, Verb{"test", test},
    Verb{"compare", compare}, Verb{"repl", repl}, Verb{"fmt", format}};

int main_with(const std::vector<std::string>& arguments) {
  Options options;
  options.chinese = wants_chinese(arguments);
  if (arguments.empty()) {
    std::fputs(overview(options).c_str(), stdout);
    return kFine;
  }
  CLI::App app;
  describe(app, options);
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::CallForHelp&) {
    std::fputs(help_text(app).c_str(), stdout);
    return kFine;
  } catch (const CLI::CallForVersion&) {
    fmt::print("juzhu {}\n", JUZHU_VERSION);
    return kFine;
  } catch (const CLI::ParseError& error) {
    return report_parse_error(app, error, options);
  }
  if (const int code = choose_format(app, options); code != kFine) return code;
  if (const int code = check_words(app, options); code != kFine) return code;
  for (const Verb& verb : kVerbs) {
    if (app.got_subcommand(std::string(verb.name))) return verb.call(options);
  }
  std::fputs(overview(options).c_str(), stdout);
  return kFine;
}

}  // namespace
}  // namespace juzhu::cli

int main(int argument_count, char** arguments) {
  try {
    return juzhu::cli::main_with({arguments + 1, arguments + argument_count});
  } catch (const std::exception& error) {
    // Memory or the file system gave out: nothing a verb could have said better.
    fmt::print(stderr, "juzhu: {}\n", error.what());
    return juzhu::cli::kFindings;
  }
}
