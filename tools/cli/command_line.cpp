#include "cli/command_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "data/text_file.h"
#include "report/layout.h"

namespace juzhu::cli {
namespace {

using diag::Code;

constexpr std::size_t kNameColumns = 26;

/// Words of the right column of a help.
std::string column_text(std::string_view text) {
  return fmt::format("{}",
                     fmt::join(report::wrap(text, report::kTerminalColumns - kNameColumns), "\n"));
}

void group_under(CLI::App& app, const std::string& heading) {
  for (CLI::Option* option : app.get_options()) {
    if (!option->get_lnames().empty()) option->group(heading);
  }
}

/// Adds the options of verbs, each described once.
class Describer {
 public:
  Describer(CLI::App& app, Options& options) : app_(app), options_(options) {}

  CLI::App& verb(const char* name, std::string_view en, std::string_view zh,
                 std::string_view examples, const char* wanted = "RULES") {
    verb_ = app_.add_subcommand(name, say(en, zh));
    verb_->group(say("Verbs", "命令"));
    verb_->footer(fmt::format("{}\n{}", options_.say("Examples:", "示例："), examples));
    verb_->set_help_flag("-h,--help", say("this help", "显示本帮助"));
    if (wanted == nullptr) return *verb_;
    auto* rules = verb_->add_option(
        wanted, options_.rules,
        say("rule files (.jz), or folders of them", "规则文件（.jz）或其所在文件夹"));
    rules->required()->type_name("")->take_all();
    return *verb_;
  }

  void question() {
    add("--on", options_.on, "DATE",
        "the day asked about, 2024-09-01 or 2024年9月1日; today if left out",
        "询问的日期，如 2024-09-01 或 2024年9月1日；默认为今天");
    add("--at", options_.at, "PLACE",
        "ask as if every household asked at this place on arrival; stays, work and permits stay "
        "where they are: Shenzhen.Baoan, 深圳.宝安 or 440306",
        "视同各户刚到此地时提问；居住经历、工作与证件仍在原地：深圳.宝安、"
        "Shenzhen.Baoan 或 440306");
    add("--service", options_.services, "NAME", "only this service; may be given several times",
        "只问此项服务，可重复");
    add("--level", options_.level, "LEVEL",
        "only norms of this level and above: law, regulation, policy, local_law, local_rule, "
        "practice",
        "只看此层级及以上的规定：law、regulation、policy、local_law、local_rule、practice");
  }

  void reforms() {
    add("--reform", options_.reforms, "NAME",
        "the rulebook after this reform; several with commas or again, the later on top",
        "依此改革后的规则；可用逗号或重复给出多项，后者叠加于前者之上");
  }

  void other_side() {
    add("--and-on", options_.and_on, "DATE", "the other side's day", "另一侧的日期");
    add("--and-at", options_.and_at, "PLACE", "the other side's place", "另一侧的地点");
    add("--and-reform", options_.and_reforms, "NAME",
        "the other side's reforms in place of those of --reform; none: the text as it stands",
        "另一侧的改革，取代 --reform；none：现行文本");
    add("--and-level", options_.and_level, "LEVEL", "the other side's lowest level",
        "另一侧的最低层级");
    add("--and-rules", options_.and_rules, "PATH",
        "the other side's rulebook, of the same vocabulary", "另一侧的规则，词汇须相同");
    add("--by", options_.by, "NAME",
        "break down by place, age, reason, or a fact of the child or household; may be given "
        "several times",
        "分组：place、age、reason，或孩子、家庭的某项事实；可重复");
  }

  void households() {
    add("--data", options_.data, "PATH",
        "households: a folder with households.csv, persons.csv and spells.csv, or a JSON file; "
        "the folder `households` beside the rules if left out",
        "住户数据：含 households.csv、persons.csv、spells.csv 的文件夹，或 JSON "
        "文件；默认为规则旁的 "
        "households 文件夹");
    add("--encoding", options_.encoding, "NAME", "of the data: utf-8 or gb18030",
        "数据的编码：utf-8 或 gb18030");
  }

  void output(const std::vector<std::string>& formats) {
    add("--format", options_.format, fmt::format("{}", fmt::join(formats, "|")),
        "how the answer is written", "输出格式");
    const bool csv = formats.size() > 2;
    add("--output", options_.output, "FILE",
        csv ? "write the answer to a file; .csv or .json at its end is its format, unless --format "
              "says another"
            : "write the answer to a file; .json at its end is its format, unless --format says "
              "another",
        csv ? "写入文件；未给 --format 时按其后缀 .csv、.json 定格式"
            : "写入文件；未给 --format 时按其后缀 .json 定格式");
    common();
  }

  void common() {
    add("--lang", options_.lang, "en|zh", "language of answers and names", "答案与名称的语言");
    add("--color", options_.color, "auto|always|never", "colours; auto: on a terminal only",
        "是否用颜色；auto：仅在终端");
    add("--library", options_.library, "DIR", "folder of the standard library", "标准库文件夹");
    group_under(*verb_, say("Options", "选项"));
  }

  template <typename T>
  CLI::Option* add(const char* name, T& value, std::string_view type, std::string_view en,
                   std::string_view zh) {
    CLI::Option* option = verb_->add_option(name, value, say(en, zh));
    option->type_name(std::string(type));
    if constexpr (std::is_same_v<T, std::vector<std::string>>) {
      option->take_all()->expected(1);
    } else {
      option->take_last();
    }
    return option;
  }

  void flag(const char* name, bool& value, std::string_view en, std::string_view zh) {
    verb_->add_flag(name, value, say(en, zh));
  }

 private:
  [[nodiscard]] std::string say(std::string_view en, std::string_view zh) const {
    return column_text(options_.say(en, zh));
  }

  CLI::App& app_;
  Options& options_;
  CLI::App* verb_ = nullptr;
};

void translate(CLI::App& app, const Options& options) {
  auto formatter = std::make_shared<CLI::Formatter>();
  formatter->column_width(kNameColumns);
  if (options.chinese) {
    formatter->label("Usage", "用法");
    formatter->label("OPTIONS", "选项");
    formatter->label("SUBCOMMAND", "命令");
    formatter->label("SUBCOMMANDS", "命令");
    formatter->label("Positionals", "参数");
    formatter->label("REQUIRED", "");
  } else {
    formatter->label("SUBCOMMAND", "VERB");
    formatter->label("SUBCOMMANDS", "VERB");
    formatter->label("Positionals", "Arguments");
    formatter->label("REQUIRED", "");
  }
  app.formatter(formatter);
}

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

/// The verbs that say why, and whether what is expected comes out.
void describe_reasons(Describer& describer, Options& options) {
  describer.verb("explain", "why, why not, which article, which facts, what is missing",
                 "为什么、为什么不、哪一条、哪些事实、缺什么",
                 "  juzhu explain examples/factory_town --child H012/C1 --on 2024-09-01\n"
                 "  juzhu explain examples/factory_town --household H012 --lang zh\n"
                 "  juzhu explain rules --data survey --child H7/C1 --service public_school --all");
  describer.add("--child", options.child, "H/C", "household and child, such as H012/C1",
                "户与孩子，如 H012/C1");
  describer.add("--household", options.household, "KEY", "all children of this household",
                "此户的所有孩子");
  describer.add("--score", options.score, "NAME", "the sheet of this score instead of the services",
                "不问服务，只列此积分的计分表");
  describer.flag("--all", options.all, "show all facts, and rules that do not concern the child",
                 "列出全部事实，以及与该孩子无关的规则");
  describer.question();
  describer.reforms();
  describer.households();
  describer.output({"text", "json"});
  describer.verb("test", "run the scenarios of a rulebook, and its properties over households",
                 "运行规则中的情形，并以住户检验其性质",
                 "  juzhu test examples/factory_town\n"
                 "  juzhu test examples/factory_town --filter late_permit\n"
                 "  juzhu test rules --property more_months --households 5000 --seed 7");
  describer.add("--filter", options.filter, "TEXT", "only scenarios with this text in their name",
                "只运行名称含此文字的情形");
  describer.add("--property", options.property, "TEXT",
                "only properties with this text in their name, and no scenarios",
                "只检验名称含此文字的性质，不运行情形");
  describer.add("--households", options.households, "N",
                "how many households to make up for each property", "每项性质生成的住户数");
  describer.add("--seed", options.seed, "N", "what made-up households are drawn from",
                "生成住户所用的种子");
  describer.flag("--coverage", options.coverage,
                 "also list the rules and table rows that no scenario reaches",
                 "另列出没有情形触及的规则与表行");
  describer.flag("--no-generated", options.no_generated, "make up no households", "不生成住户");
  describer.add("--data", options.data, "PATH", "check properties on these households too",
                "同时以这些住户检验性质");
  describer.add("--encoding", options.encoding, "NAME", "of the data: utf-8 or gb18030",
                "数据的编码：utf-8 或 gb18030");
  describer.add("--on", options.on, "DATE", "the day on which the data is asked about",
                "查询数据的日期");
  describer.output({"text", "json"});
}

/// The verbs that set two things side by side, or rewrite one.
void describe_changes(Describer& describer, Options& options) {
  describer.verb("compare", "who gains and who loses between two days, places, reforms, rulebooks",
                 "两个日期、地点、改革或规则之间，谁受益，谁受损",
                 "  juzhu compare examples/factory_town --on 2017-09-01 --and-on 2018-09-01\n"
                 "  juzhu compare examples/factory_town --on 2024-09-01 --and-reform no_insurance\n"
                 "  juzhu compare rules --at Shenzhen --and-at Guangzhou --by age --format csv");
  describer.question();
  describer.reforms();
  describer.other_side();
  describer.households();
  describer.output({"text", "json", "csv"});
  describer.verb("fmt", "lay rule files out, or turn them into the other tongue",
                 "排版规则文件，或转写为另一种文字",
                 "  juzhu fmt rules\n"
                 "  juzhu fmt rules --check\n"
                 "  juzhu fmt rules/permit.jz --to zh --stdout");
  describer.add("--to", options.to, "en|zh",
                "write keywords, signs, dates and known names in this tongue",
                "用此种文字书写关键字、标点、日期与已知的名称");
  describer.flag("--check", options.check, "only list the files that would change",
                 "只列出会改动的文件");
  describer.flag("--stdout", options.to_stdout, "print instead of rewriting", "输出而不改写文件");
  describer.common();
  auto* const folder = describer
                           .verb("new", "start a rulebook that runs and tests at once",
                                 "新建一个即刻可运行、可测试的规则库",
                                 "  juzhu new my_town\n"
                                 "  juzhu --lang zh new my_town",
                                 "FOLDER")
                           .get_option("FOLDER");
  folder->description(std::string(options.say("the folder to make", "要新建的文件夹")));
  folder->expected(1);
  describer.common();
  describer
      .verb("completion", "a script that lets a shell complete verbs, options and values",
            "供 shell 补全命令、选项与取值的脚本",
            "  source <(juzhu completion bash)\n"
            "  juzhu completion fish > ~/.config/fish/completions/juzhu.fish",
            "SHELL")
      .get_option("SHELL")
      ->expected(1)
      ->description(std::string(options.say("bash, zsh or fish", "bash、zsh 或 fish")));
  describer.common();
  describer.verb("man", "the manual page, made from these helps", "由各帮助生成的手册页",
                 "  juzhu man | man -l -", nullptr);
  describer.common();
  describer.verb("lint", "what a careful drafter would look at again", "细心的起草人会再看一遍之处",
                 "  juzhu lint rules\n"
                 "  juzhu lint rules --without unused\n"
                 "  juzhu lint rules --only missing-citation --format json");
  describer.add("--without", options.without, "CODE", "leave this finding out; may be repeated",
                "略去此检查项；可重复");
  describer.add("--only", options.only, "CODE", "only this finding; may be repeated",
                "只作此检查；可重复");
  describer.output({"text", "json"});
}

/// The verb that holds a conversation.
void describe_session(Describer& describer, Options& options) {
  describer
      .verb("repl", "explore: build a family line by line, ask why, why not, what if, when",
            "探索：逐行写出一个家庭，问为什么、为什么不、如果、何时",
            "  juzhu repl examples/factory_town\n"
            "  juzhu repl examples/factory_town --case li.json --on 2024-09-01\n"
            "  juzhu repl rules < questions.txt")
      .get_option("RULES")
      ->required(false);  // the folder one is in
  describer.add(
      "--case", options.data, "FILE",
      "start with the household of this file, as `save` in a session or a data set has it",
      "从此文件中的住户开始，可为会话中 `保存` 的文件或数据集");
  describer.add("--household", options.household, "KEY", "which household of the file",
                "文件中的哪一户");
  describer.add("--on", options.on, "DATE",
                "the day asked about, 2024-09-01 or 2024年9月1日; today if left out",
                "询问的日期，如 2024-09-01 或 2024年9月1日；默认为今天");
  describer.add("--at", options.at, "PLACE", "the place asked about: Shenzhen.Baoan, 深圳.宝安",
                "询问的地点：深圳.宝安、Shenzhen.Baoan");
  describer.flag("--echo", options.echo, "from a pipe: show each line before its answer",
                 "自管道读入时，在答案之前显示所读的行");
  describer.add("--encoding", options.encoding, "NAME", "of the data: utf-8 or gb18030",
                "数据的编码：utf-8 或 gb18030");
  describer.common();
}

void describe(CLI::App& app, Options& options) {
  app.name("juzhu");
  app.description(std::string(options.say(
      "Which children gain school and healthcare when parents move, which do not, and why.",
      "父母流动时，哪些孩子获得上学与医疗，哪些没有，为什么。")));
  translate(app, options);
  app.set_help_flag("-h,--help", std::string(options.say("this help", "显示本帮助")));
  app.set_version_flag("--version", JUZHU_VERSION, std::string(options.say("the version", "版本")));
  app.add_option("--lang", options.lang,
                 std::string(options.say("language of answers and names", "答案与名称的语言")))
      ->type_name("en|zh")
      ->take_last();
  group_under(app, std::string(options.say("Options", "选项")));
  app.require_subcommand(0, 1);
  app.fallthrough(false);
  app.footer(
      std::string(options.say("`juzhu VERB --help` shows the options of a verb and examples.",
                              "`juzhu 命令 --help` 显示该命令的选项与示例。")));
  Describer describer(app, options);
  describer.verb("check", "is the rulebook well formed, typed, free of conflicts, fully cited?",
                 "规则是否成形、类型正确、无冲突、有依据",
                 "  juzhu check examples/factory_town\n"
                 "  juzhu check my_rules.jz --format json");
  describer.output({"text", "json"});
  describer.verb("run", "outcomes for every child in a data set", "数据中每个孩子的结果",
                 "  juzhu run examples/factory_town --on 2024-09-01\n"
                 "  juzhu run examples/factory_town --service public_school --level law\n"
                 "  juzhu run rules --data survey --format csv --output answers.csv");
  describer.question();
  describer.reforms();
  describer.add("--allocation", options.allocation, "NAME",
                "print this allocation's lists instead: rank, child, keys, place, margin",
                "改为输出此分配的名单：名次、孩子、排序依据、结果、差距");
  describer.households();
  describer.output({"text", "json", "csv"});
  describe_reasons(describer, options);
  describe_session(describer, options);
  describe_changes(describer, options);
}

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
