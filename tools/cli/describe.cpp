// The verbs and options, each described once, in words of both tongues.
#include <fmt/format.h>

#include <memory>
#include <string_view>
#include <type_traits>

#include "cli/command_line.h"
#include "report/layout.h"

namespace juzhu::cli {
namespace {

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

}  // namespace

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

}  // namespace juzhu::cli
