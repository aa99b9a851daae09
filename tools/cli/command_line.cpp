#include "cli/command_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "data/text_file.h"

namespace juzhu::cli {
namespace {

using diag::Code;

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames())
      names.push_back("--" + name);
  }
  return names;
}

/// The option and the word that is no number: CLI11 has them in a sentence of its own, `Could not
/// convert: --seed = x`.
std::optional<std::pair<std::string, std::string>> not_converted(const CLI::ParseError& error) {
  if (dynamic_cast<const CLI::ConversionError*>(&error) == nullptr) return std::nullopt;
  const std::string_view text = error.what();
  const std::size_t option = text.find("--");
  const std::size_t sign = text.find(" = ", option);
  if (option == std::string_view::npos || sign == std::string_view::npos) return std::nullopt;
  return std::pair(std::string(text.substr(option, sign - option)),
                   std::string(text.substr(sign + 3)));
}

const CLI::App& named_verb(const CLI::App& app) {
  const std::vector<CLI::App*> verbs = app.get_subcommands();
  return verbs.empty() ? app : *verbs.front();
}

}  // namespace

std::string overview(const Options& options) {
  if (options.chinese) {
    return "居住：父母流动时，哪些孩子获得上学与医疗，哪些没有，为什么。\n"
           "\n"
           "  juzhu check 规则            规则是否成形、无冲突、有依据\n"
           "  juzhu run 规则              数据中每个孩子的结果\n"
           "  juzhu explain 规则 --child H012/C1\n"
           "                              为什么、哪一条、缺什么\n"
           "  juzhu test 规则             运行规则中的情形\n"
           "  juzhu compare 规则 --and-reform 改革\n"
           "                              谁受益，谁受损\n"
           "  juzhu repl 规则             探索：逐行写出一个家庭并提问\n"
           "  juzhu fmt 规则              排版，或转写为另一种文字\n"
           "  juzhu lint 规则             起草上值得再看之处\n"
           "  juzhu new 文件夹            新建一个即刻可运行的规则库\n"
           "\n"
           "试一试：juzhu run examples/factory_town --on 2024-09-01\n"
           "帮助：juzhu --help，juzhu run --help\n";
  }
  return "Juzhu: which children gain school and healthcare when parents move, which do not, and "
         "why.\n"
         "\n"
         "  juzhu check RULES           is the rulebook well formed, free of conflicts, cited?\n"
         "  juzhu run RULES             outcomes for every child in a data set\n"
         "  juzhu explain RULES --child H012/C1\n"
         "                              why, by which article, and what is missing\n"
         "  juzhu test RULES            run the scenarios of a rulebook\n"
         "  juzhu compare RULES --and-reform NAME\n"
         "                              who gains and who loses\n"
         "  juzhu repl RULES            explore: build a family line by line, and ask\n"
         "  juzhu fmt RULES             lay rule files out, or turn them into the other tongue\n"
         "  juzhu lint RULES            what a careful drafter would look at again\n"
         "  juzhu new FOLDER            start a rulebook that runs and tests at once\n"
         "\n"
         "Try:  juzhu run examples/factory_town --on 2024-09-01\n"
         "Help: juzhu --help, juzhu run --help\n";
}

std::string help_text(const CLI::App& app) {
  const CLI::App& verb = named_verb(app);
  return &verb == &app ? app.help() : verb.help("juzhu");
}

namespace {

/// Slips that no likeness of letters leads to.
Bilingual tongue_meant(std::string_view word, std::string_view option) {
  constexpr std::string_view kChinese[] = {"cn",      "CN",    "ch",    "chs",  "chinese",
                                           "Chinese", "中文",  "汉语",  "简体", "zh-cn",
                                           "zh_cn",   "zh-CN", "zh_CN", "ZH"};
  const bool is_tongue = option == "--lang" || option == "--to";
  const bool meant =
      is_tongue && std::find(std::begin(kChinese), std::end(kChinese), word) != std::end(kChinese);
  return meant ? say("did you mean `zh`?", "是否想写 `zh`？") : Bilingual{};
}

std::vector<std::string> formats_of(const CLI::App& verb) {
  const bool has_rows = verb.get_name() == "run" || verb.get_name() == "compare";
  return has_rows ? std::vector<std::string>{"text", "json", "csv"}
                  : std::vector<std::string>{"text", "json"};
}

}  // namespace

int choose_format(const CLI::App& app, Options& options) {
  const CLI::App& verb = named_verb(app);
  const CLI::Option* format = verb.get_option_no_throw("--format");
  if (format == nullptr || format->count() > 0) return kFine;
  const std::size_t dot = options.output.rfind('.');
  const std::string ending = dot == std::string::npos ? "" : options.output.substr(dot + 1);
  if (ending != "csv" && ending != "json") return kFine;
  const std::vector<std::string> formats = formats_of(verb);
  if (std::find(formats.begin(), formats.end(), ending) == formats.end()) {
    return print_usage_error(
        options, Code::kUnknownOption,
        say("{} does not write `{}`", "{} 不写 `{}`", verb.get_name(), options.output),
        say("end the file in .json or .txt, or say `--format {}`",
            "文件名以 .json 或 .txt 结尾，或写 `--format {}`", formats.front()));
  }
  options.format = ending;
  return kFine;
}

int check_words(const CLI::App& app, const Options& options) {
  const std::vector<std::string> formats = formats_of(named_verb(app));
  const auto check = [&](const char* option, const std::string& word,
                         const std::vector<std::string>& known) {
    if (std::find(known.begin(), known.end(), word) != known.end()) return kFine;
    const Bilingual tongue = tongue_meant(word, option);
    return print_usage_error(
        options, Code::kUnknownOption,
        say("`{}` is no value of `{}`", "`{}` 不是 `{}` 的取值", word, option),
        !tongue.empty()
            ? tongue
            : guess_or(word, known, say("write one of {}", "写下列之一：{}", listed(known))));
  };
  if (check("--format", options.format, formats) != kFine) return kUsage;
  if (!options.lang.empty() && check("--lang", options.lang, {"en", "zh"}) != kFine) return kUsage;
  if (!options.to.empty() && check("--to", options.to, {"en", "zh"}) != kFine) return kUsage;
  if (check("--color", options.color, {"auto", "always", "never"}) != kFine) return kUsage;
  if (data::is_known_encoding(options.encoding)) return kFine;
  return check("--encoding", options.encoding, {"utf-8", "gb18030"});
}

int report_parse_error(const CLI::App& app, const CLI::ParseError& error, const Options& options) {
  const CLI::App& verb = named_verb(app);
  const bool has_verb = &verb != &app;
  const std::string help =
      has_verb ? fmt::format("juzhu {} --help", verb.get_name()) : std::string("juzhu --help");
  const std::vector<std::string> extras = app.remaining(true);
  if (!extras.empty()) {
    const std::string& word = extras.front();
    const bool is_option = word.starts_with("-");
    std::vector<std::string> known = option_names(verb);
    if (!has_verb && !is_option) {
      known.clear();
      for (const CLI::App* each : app.get_subcommands({}))
        known.push_back(each->get_name());
    }
    return print_usage_error(
        options, Code::kUnknownOption,
        is_option ? say("{} has no option `{}`", "{} 没有选项 `{}`",
                        has_verb ? verb.get_name() : "juzhu", word)
                  : say("`{}` is not a verb of juzhu", "`{}` 不是 juzhu 的命令", word),
        guess_or(word.substr(0, word.find('=')), known, say("see `{}`", "见 `{}`", help)));
  }
  if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
    if (verb.get_name() == "new" || verb.get_name() == "completion") {
      return print_usage_error(options, Code::kUnknownOption,
                               say("{} needs a word more", "{} 还需要一个词", verb.get_name()),
                               say("see `{}`", "见 `{}`", help));
    }
    return print_usage_error(
        options, Code::kUnknownOption, say("{} needs a rulebook", "{} 需要规则库", verb.get_name()),
        say("name a folder of rule files: juzhu {} examples/factory_town",
            "写明规则文件所在的文件夹：juzhu {} examples/factory_town", verb.get_name()));
  }
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    const std::string_view what = error.what();
    return print_usage_error(
        options, Code::kUnknownOption,
        say("`{}` needs a value", "`{}` 需要取值", what.substr(0, what.find(':'))),
        say("see `{}`", "见 `{}`", help));
  }
  if (const auto wrong = not_converted(error)) {
    return print_usage_error(options, Code::kUnknownOption,
                             say("`{}` needs a number, not `{}`", "`{}` 须为数，而不是 `{}`",
                                 wrong->first, wrong->second),
                             say("see `{}`", "见 `{}`", help));
  }
  return print_usage_error(
      options, Code::kUnknownOption,
      say("this command line cannot be followed: {}", "命令行有误：{}", error.what()),
      say("see `{}`", "见 `{}`", help));
}

}  // namespace juzhu::cli
