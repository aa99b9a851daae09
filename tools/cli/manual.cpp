#include "cli/manual.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace juzhu::cli {
namespace {

using Verbs = std::vector<const CLI::App*>;

Verbs verbs_of(const CLI::App& app) { return app.get_subcommands(nullptr); }

/// `--format` and `-h`, longest first as they are listed in help.
std::vector<std::string> words_of(const CLI::Option& option) {
  std::vector<std::string> words;
  for (const std::string& name : option.get_lnames())
    words.push_back("--" + name);
  for (const std::string& name : option.get_snames())
    words.push_back("-" + name);
  return words;
}

/// The values that an option is limited to: `text|json`; empty: anything.
std::vector<std::string> values_of(const CLI::Option& option) {
  const std::string type = option.get_type_name();
  std::vector<std::string> values;
  if (type.find('|') == std::string::npos) return values;
  for (std::size_t begin = 0; begin <= type.size();) {
    const std::size_t end = std::min(type.find('|', begin), type.size());
    values.push_back(type.substr(begin, end - begin));
    begin = end + 1;
  }
  return values;
}

std::vector<std::string> all_words(const CLI::App& app) {
  std::vector<std::string> words;
  for (const CLI::Option* option : app.get_options()) {
    const std::vector<std::string> more = words_of(*option);
    words.insert(words.end(), more.begin(), more.end());
  }
  return words;
}

/// One line, for a list of descriptions.
std::string on_one_line(std::string_view text) {
  std::string line;
  for (const char sign : text) {
    if (sign != '\n' && sign != ' ') line += sign;
    if ((sign == '\n' || sign == ' ') && !line.empty() && line.back() != ' ') line += ' ';
  }
  return line;
}

/// In single quotes for bash, zsh and fish alike.
std::string shell_quoted(std::string_view text) {
  std::string result = "'";
  for (const char sign : text) {
    if (sign == '\'')
      result += "’";
    else
      result += sign;
  }
  return result + "'";
}

std::string bash(const CLI::App& app) {
  std::vector<std::string> names;
  std::string cases;
  std::string values;
  for (const CLI::App* verb : verbs_of(app)) {
    names.push_back(verb->get_name());
    cases +=
        fmt::format("    {}) words='{}' ;;\n", verb->get_name(), fmt::join(all_words(*verb), " "));
    for (const CLI::Option* option : verb->get_options()) {
      if (values_of(*option).empty()) continue;
      values += fmt::format("    '{} {}') COMPREPLY=($(compgen -W '{}' -- \"$cur\")); return ;;\n",
                            verb->get_name(), words_of(*option).front(),
                            fmt::join(values_of(*option), " "));
    }
  }
  return fmt::format(
      "# bash completion of juzhu; made by `juzhu completion bash`\n"
      "_juzhu() {{\n"
      "  local cur=${{COMP_WORDS[COMP_CWORD]}} last=${{COMP_WORDS[COMP_CWORD-1]}} verb= words= at\n"
      "  for ((at = 1; at < COMP_CWORD; ++at)); do\n"
      "    case ${{COMP_WORDS[at]}} in -*|en|zh) ;; *) verb=${{COMP_WORDS[at]}}; break ;; esac\n"
      "  done\n"
      "  case \"$verb $last\" in\n"
      "{}"
      "  esac\n"
      "  case $verb in\n"
      "    '') words='{} {}' ;;\n"
      "{}"
      "  esac\n"
      "  if [[ -z $verb || $cur == -* ]]; then COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
      "  else COMPREPLY=($(compgen -f -- \"$cur\")); fi\n"
      "}}\n"
      "complete -o filenames -F _juzhu juzhu\n",
      values, fmt::join(names, " "), fmt::join(all_words(app), " "), cases);
}

std::string zsh(const CLI::App& app) {
  std::string verbs;
  std::string cases;
  for (const CLI::App* verb : verbs_of(app)) {
    verbs += fmt::format(
        "    {}\n", shell_quoted(verb->get_name() + ":" + on_one_line(verb->get_description())));
    cases += fmt::format("    {}) _arguments", verb->get_name());
    for (const CLI::Option* option : verb->get_options()) {
      for (const std::string& word : words_of(*option)) {
        std::string text = on_one_line(option->get_description());
        for (const char bracket : {'[', ']', ':'})
          std::replace(text.begin(), text.end(), bracket, ' ');
        std::string spec = fmt::format("{}[{}]", word, text);
        if (option->get_items_expected_max() > 0) {
          const std::vector<std::string> values = values_of(*option);
          spec +=
              values.empty() ? ":value:_files" : fmt::format(":value:({})", fmt::join(values, " "));
        }
        cases += " " + shell_quoted(spec);
      }
    }
    cases += " '*:file:_files' ;;\n";
  }
  return fmt::format(
      "#compdef juzhu\n# made by `juzhu completion zsh`\n"
      "_juzhu() {{\n"
      "  local -a verbs\n  verbs=(\n{}  )\n"
      "  if (( CURRENT == 2 )); then _describe verb verbs; return; fi\n"
      "  local verb=$words[2]\n  shift words; (( CURRENT-- ))\n"
      "  case $verb in\n{}  esac\n"
      "}}\n"
      "if [ \"$funcstack[1]\" = _juzhu ]; then _juzhu \"$@\"; else compdef _juzhu juzhu; fi\n",
      verbs, cases);
}

std::string fish(const CLI::App& app) {
  std::string text = "# fish completion of juzhu; made by `juzhu completion fish`\n";
  for (const CLI::App* verb : verbs_of(app)) {
    text += fmt::format("complete -c juzhu -f -n __fish_use_subcommand -a {} -d {}\n",
                        verb->get_name(), shell_quoted(on_one_line(verb->get_description())));
    for (const CLI::Option* option : verb->get_options()) {
      if (option->get_lnames().empty()) continue;
      const std::vector<std::string> values = values_of(*option);
      text += fmt::format("complete -c juzhu -n '__fish_seen_subcommand_from {}' -l {} -d {}{}\n",
                          verb->get_name(), option->get_lnames().front(),
                          shell_quoted(on_one_line(option->get_description())),
                          values.empty() ? (option->get_items_expected_max() > 0 ? " -r" : "")
                                         : fmt::format(" -x -a '{}'", fmt::join(values, " ")));
    }
  }
  return text;
}

/// A full stop or quote at the start of a line is a request in roff, and `-` a hyphen.
std::string roff(std::string_view text) {
  std::string result;
  bool at_start = true;
  for (const char sign : text) {
    if (at_start && (sign == '.' || sign == '\'')) result += "\\&";
    at_start = sign == '\n';
    if (sign == '\\')
      result += "\\e";
    else if (sign == '-')
      result += "\\-";
    else
      result += sign;
  }
  return result;
}

void add_options(const CLI::App& app, std::string& text) {
  for (const CLI::Option* option : app.get_options()) {
    const std::vector<std::string> words = words_of(*option);
    if (words.empty()) continue;
    text += ".TP\n";
    std::string head;
    for (const std::string& word : words)
      head += fmt::format("{}\\fB{}\\fR", head.empty() ? "" : ", ", roff(word));
    if (option->get_items_expected_max() > 0)
      head += fmt::format(" \\fI{}\\fR", roff(option->get_type_name()));
    text += head + "\n" + roff(on_one_line(option->get_description())) + "\n";
  }
}

}  // namespace

std::optional<std::string> completion_script(const CLI::App& app, std::string_view shell) {
  if (shell == "bash") return bash(app);
  if (shell == "zsh") return zsh(app);
  if (shell == "fish") return fish(app);
  return std::nullopt;
}

std::string man_page(const CLI::App& app, const Options& options) {
  std::string text = fmt::format(
      ".TH JUZHU 1 \"\" \"juzhu {}\"\n.SH {}\njuzhu \\- {}\n.SH {}\n"
      "\\fBjuzhu\\fR \\fIVERB\\fR [\\fIRULES\\fR...] [\\fIOPTIONS\\fR]\n",
      JUZHU_VERSION, options.say("NAME", "名称"), roff(on_one_line(app.get_description())),
      options.say("SYNOPSIS", "用法"));
  text += fmt::format(".SH {}\n", options.say("OPTIONS", "选项"));
  add_options(app, text);
  text += fmt::format(".SH {}\n", options.say("VERBS", "命令"));
  for (const CLI::App* verb : verbs_of(app)) {
    text += fmt::format(".SS \"juzhu {}\"\n{}\n", verb->get_name(),
                        roff(on_one_line(verb->get_description())));
    add_options(*verb, text);
    const std::string examples = verb->get_footer();
    if (!examples.empty()) text += ".PP\n.nf\n" + roff(examples) + "\n.fi\n";
  }
  text += fmt::format(".SH {}\n", options.say("EXIT STATUS", "退出码"));
  text +=
      fmt::format(".TP\n0\n{}\n.TP\n1\n{}\n.TP\n2\n{}\n.TP\n70\n{}\n", options.say("fine", "正常"),
                  options.say("findings: errors in rules, bad rows, failed scenarios",
                              "有发现：规则有误、数据行有误、情形不符"),
                  options.say("a command line that cannot be followed", "命令行有误"),
                  options.say("a mistake of Juzhu that was caught before it did harm",
                              "居住自身的错误，已及时止住"));
  return text;
}

}  // namespace juzhu::cli
