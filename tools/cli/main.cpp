// The command `juzhu`: `juzhu VERB RULES… --options`. Parses the command line, in the language that
// was asked for, and hands over to the verb.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>
#include <cstdio>
#include <exception>
#include <vector>

#include "cli/command_line.h"
#include "cli/manual.h"
#include "cli/verbs.h"

namespace juzhu::cli {
namespace {

struct Verb {
  std::string_view name;
  int (*call)(const Options& options);
};
constexpr std::array kVerbs{
    Verb{"check", check}, Verb{"run", run},         Verb{"explain", explain},
    Verb{"test", test},   Verb{"compare", compare}, Verb{"repl", repl},
    Verb{"fmt", format},  Verb{"lint", lint},       Verb{"new", make_new}};

int completion(const CLI::App& app, const Options& options) {
  const std::string& shell = options.rules.back();
  if (const auto script = completion_script(app, shell)) {
    std::fputs(script->c_str(), stdout);
    return kFine;
  }
  return print_usage_error(options, diag::Code::kUnknownOption,
                           say("there is no completion for `{}`", "没有 `{}` 的补全脚本", shell),
                           guess_or(shell, {"bash", "zsh", "fish"},
                                    say("write bash, zsh or fish", "写 bash、zsh 或 fish")));
}

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
  if (app.got_subcommand("man")) {
    std::fputs(man_page(app, options).c_str(), stdout);
    return kFine;
  }
  if (app.got_subcommand("completion")) return completion(app, options);
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
