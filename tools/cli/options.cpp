#include "cli/options.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <utility>

#include "diag/render.h"
#include "explain/words.h"
#include "report/answers.h"
#include "value/place_text.h"
#include "value/plain_text.h"

namespace juzhu::cli {
namespace {

using diag::Code;

struct LevelName {
  std::string_view name;
  ops::Level level;
};

constexpr std::array<LevelName, ops::kLevelCount> kLevels{{{"law", ops::Level::kLaw},
                                                           {"regulation", ops::Level::kRegulation},
                                                           {"policy", ops::Level::kPolicy},
                                                           {"local_law", ops::Level::kLocalLaw},
                                                           {"local_rule", ops::Level::kLocalRule},
                                                           {"practice", ops::Level::kPractice}}};

std::string_view environment(const char* name) {
  const char* text = std::getenv(name);
  return text == nullptr ? std::string_view() : std::string_view(text);
}

std::int64_t today() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  const auto days = value::days_from_civil({local.tm_year + 1900, local.tm_mon + 1, local.tm_mday});
  return days.value_or(0);
}

/// Names of places down to a level.
std::vector<std::string> place_names(const value::PlaceTree& places, value::PlaceLevel lowest) {
  std::vector<std::string> names;
  for (value::PlaceNode node = 1; node < places.size(); ++node) {
    if (places[node].level > lowest) continue;
    names.push_back(places[node].name_en);
    names.push_back(places[node].name_zh);
  }
  return names;
}

/// The first few places by their paths.
Bilingual place_paths(const std::vector<value::PlaceNode>& nodes, const value::PlaceTree& places) {
  constexpr std::size_t kShown = 6;
  Bilingual paths;
  for (std::size_t at = 0; at < std::min(nodes.size(), kShown); ++at) {
    if (at > 0) paths += say(", ", "、");
    paths += places.path(nodes[at]);
  }
  if (nodes.size() > kShown) paths += say(", …", "等");
  return paths;
}

/// People mean a city more often than one of the many counties with a name like it.
Bilingual place_guess(const std::string& name, const value::PlaceTree& places) {
  if (const std::vector<value::PlaceNode> known = places.by_name(name); !known.empty()) {
    return say("`{}` is elsewhere: {}", "`{}` 在别处：{}", name, place_paths(known, places));
  }
  return guess_or(
      name, place_names(places, value::PlaceLevel::kCity),
      guess_or(name, place_names(places, value::PlaceLevel::kZone),
               say("write a path such as Shenzhen.Baoan, 深圳.宝安, or a code such as 440306",
                   "写路径，例如 深圳.宝安、Shenzhen.Baoan，或代码，例如 440306")));
}

}  // namespace

bool wants_chinese(const std::vector<std::string>& arguments) {
  constexpr std::string_view kOption = "--lang";
  for (std::size_t at = 0; at < arguments.size(); ++at) {
    const std::string_view argument = arguments[at];
    if (argument == kOption && at + 1 < arguments.size()) return arguments[at + 1] == "zh";
    if (argument.starts_with("--lang=")) return argument.substr(kOption.size() + 1) == "zh";
  }
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    if (const std::string_view value = environment(name); !value.empty()) {
      return value.starts_with("zh");
    }
  }
  return false;
}

bool wants_color(const Options& options, std::FILE* stream) {
  if (options.color != "auto") return options.color == "always";
  return isatty(fileno(stream)) != 0 && environment("NO_COLOR").empty() &&
         environment("TERM") != "dumb";
}

void print_findings(const diag::Sink& sink, const source::SourceMap& sources,
                    const Options& options, std::FILE* stream) {
  const diag::RenderOptions render{wants_color(options, stream), options.chinese};
  const std::string text = diag::render_text(sink.sorted(), sources, render);
  std::fflush(stdout);
  std::fputs(text.c_str(), stream);
  if (sink.dropped_count() > 0) {
    const std::size_t dropped = sink.dropped_count();
    const std::string more = options.chinese ? fmt::format("另有 {} 个问题未列出\n", dropped)
                                             : fmt::format("and {} more like these\n", dropped);
    std::fputs(more.c_str(), stream);
  }
  std::fflush(stream);
}

int print_usage_error(const Options& options, Code code, Bilingual message, Bilingual help) {
  diag::Sink sink;
  auto& report = sink.report(code, {}, std::move(message));
  if (!help.empty()) report.helps.push_back(std::move(help));
  print_findings(sink, source::SourceMap(), options, stderr);
  return kUsage;
}

Bilingual guess_or(std::string_view name, const std::vector<std::string>& known,
                   Bilingual otherwise) {
  if (const auto guess = diag::did_you_mean(name, known)) {
    return say("did you mean `{}`?", "是否想写 `{}`？", *guess);
  }
  return otherwise;
}

Bilingual listed(const std::vector<std::string>& names) {
  return {fmt::format("{}", fmt::join(names, ", ")), fmt::format("{}", fmt::join(names, "、"))};
}

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string shell_word(const std::string& word) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:=,@%+-";
  const auto is_plain = [&](char letter) {
    return (static_cast<unsigned char>(letter) & 0x80U) != 0 ||
           kPlain.find(letter) != std::string_view::npos;
  };
  if (!word.empty() && std::all_of(word.begin(), word.end(), is_plain)) return word;
  std::string quoted = "'";
  for (const char letter : word)
    quoted += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
  return quoted + "'";
}

std::optional<AskedDate> asked_date(const Options& options) {
  if (options.on.empty()) return AskedDate{today(), true};
  bool well_formed = false;
  const auto date = value::parse_date(value::plain_text(options.on), &well_formed);
  if (date) return AskedDate{*date, false};
  if (well_formed) {
    print_usage_error(options, Code::kNoSuchDate,
                      say("the calendar has no day `{}`", "历法中没有 `{}` 这一天", options.on),
                      say("check the day of the month after `--on`", "核对 `--on` 之后的日期"));
  } else {
    print_usage_error(options, Code::kUnknownOption,
                      say("`{}` is not a date", "`{}` 不是日期", options.on),
                      say("write `--on 2024-09-01` or `--on 2024年9月1日`",
                          "写 `--on 2024-09-01` 或 `--on 2024年9月1日`"));
  }
  return std::nullopt;
}

std::optional<ops::Level> asked_level(const Options& options) {
  if (options.level.empty()) return ops::Level::kPractice;
  std::vector<std::string> known;
  for (const LevelName& level : kLevels) {
    if (options.level == level.name || options.level == explain::level_name(level.level, false) ||
        options.level == explain::level_name(level.level, true)) {
      return level.level;
    }
    known.emplace_back(level.name);
  }
  print_usage_error(
      options, Code::kUnknownLevel,
      say("no level of norms is called `{}`", "没有名为 `{}` 的规范层级", options.level),
      guess_or(options.level, known, say("the levels are {}", "层级有 {}", listed(known))));
  return std::nullopt;
}

std::optional<value::PlaceNode> asked_place(const Options& options, const value::Schema& schema) {
  if (options.at.empty()) return value::kRootPlace;
  const value::PlaceTree& places = schema.places;
  const std::string text = value::plain_text(options.at);
  std::vector<value::PlaceNode> candidates;
  if (const auto node = value::read_place_text(places, text, &candidates)) return node;
  if (candidates.empty()) {
    print_usage_error(options, Code::kUnknownPlace,
                      say("no place is called `{}`", "没有名为 `{}` 的地点", options.at),
                      place_guess(value::split_path(text).back(), places));
    return std::nullopt;
  }
  print_usage_error(options, Code::kAmbiguousPlace,
                    say("several places are called `{}`", "名为 `{}` 的地点有多个", options.at),
                    say("write one of {}", "写下列之一：{}", place_paths(candidates, places)));
  return std::nullopt;
}

std::optional<std::uint32_t> asked_reforms(const Options& options,
                                           const std::vector<std::string>& names,
                                           engine::Rulebook& rulebook) {
  std::vector<sema::ReformId> reforms;
  const sema::Program& program = rulebook.program();
  for (const std::string& list : names) {
    for (std::size_t at = 0; at <= list.size();) {
      const std::size_t comma = std::min(list.find(',', at), list.size());
      const std::string name = value::plain_text(list.substr(at, comma - at));
      at = comma + 1;
      if (name.empty() || name == "none" || name == "无") continue;
      std::vector<std::string> known;
      std::optional<sema::ReformId> found;
      for (std::size_t i = 0; i < program.reforms.size(); ++i) {
        const value::Bilingual& reform = program.reforms[i].name;
        if (reform.is(name)) found = sema::ReformId{i};
        for (const std::string& spelling : {reform.en, reform.zh}) {
          if (!spelling.empty()) known.push_back(spelling);
        }
      }
      if (!found) {
        print_usage_error(
            options, Code::kUnknownReform,
            say("no reform is called `{}`", "没有名为 `{}` 的改革", name),
            known.empty()
                ? say("the rulebook declares none: `reform NAME …`",
                      "规则库没有声明改革：`改革 名称 …`")
                : guess_or(name, known, say("the reforms are {}", "改革有 {}", listed(known))));
        return std::nullopt;
      }
      reforms.push_back(*found);
    }
  }
  const std::uint32_t stack = rulebook.stack_of(reforms);
  const bool of_answers = sema::stands_on_itself(rulebook.program(), stack);
  if (!of_answers && !sema::has_order_circle(rulebook.program(), stack)) return stack;
  print_usage_error(options, of_answers ? Code::kCycle : Code::kOrderCycle,
                    of_answers ? say("under these reforms answers need each other in a circle",
                                     "依这些改革，答案互相需要，成了循环")
                               : say("under these reforms rules go before each other in a circle",
                                     "依这些改革，规则互相优先，成了循环"),
                    say("stack the reforms in another order, or leave one out",
                        "改变改革的叠加次序，或去掉一项"));
  return std::nullopt;
}

std::optional<std::vector<std::uint32_t>> asked_services(const Options& options,
                                                         const sema::Program& program) {
  if (options.services.empty()) return report::all_services(program);
  std::vector<std::uint32_t> services;
  for (const std::string& name : options.services) {
    std::vector<std::string> known;
    std::optional<std::uint32_t> found;
    for (std::uint32_t at = 0; at < program.services.size(); ++at) {
      const value::Bilingual& service = program.services[at].name;
      if (service.is(name)) found = at;
      if (!service.in(options.chinese).empty()) known.push_back(service.in(options.chinese));
    }
    if (!found) {
      print_usage_error(
          options, Code::kUnknownService,
          say("no service is called `{}`", "没有名为 `{}` 的服务", name),
          guess_or(name, known, say("the services are {}", "服务有 {}", listed(known))));
      return std::nullopt;
    }
    if (std::find(services.begin(), services.end(), *found) == services.end()) {
      services.push_back(*found);
    }
  }
  return services;
}

std::optional<sema::ScoreId> asked_score(const Options& options, const sema::Program& program) {
  std::vector<std::string> known;
  for (std::size_t at = 0; at < program.scores.size(); ++at) {
    const value::Bilingual& name = program.scores[at].name;
    if (name.is(options.score)) return sema::ScoreId{at};
    known.push_back(name.in(options.chinese));
  }
  print_usage_error(options, Code::kUnknownName,
                    say("no score is called `{}`", "没有名为 `{}` 的积分", options.score),
                    known.empty() ? say("this rulebook has no scores", "此规则库没有积分")
                                  : guess_or(options.score, known,
                                             say("the scores are {}", "积分有 {}", listed(known))));
  return std::nullopt;
}

std::optional<sema::RuleId> asked_allocation(const Options& options, const sema::Program& program) {
  if (options.allocation.empty()) return sema::RuleId{};
  std::vector<std::string> known;
  for (std::uint32_t rule = 0; rule < program.rules.size(); ++rule) {
    const sema::Rule& each = program.rules[rule];
    if (each.versions.empty() || !each.versions.front().allocation.valid()) continue;
    if (each.name.is(options.allocation)) return sema::RuleId{rule};
    known.push_back(each.name.in(options.chinese));
  }
  print_usage_error(
      options, diag::Code::kUnknownOption,
      say("there is no allocation `{}`", "没有分配 `{}`", options.allocation),
      known.empty() ? say("these rules give out no places by a list", "这些规则不按名单分配名额")
                    : guess_or(options.allocation, known,
                               say("the allocations are {}", "分配有 {}", listed(known))));
  return std::nullopt;
}

std::string explain_command(const Options& options) {
  std::string command = "juzhu explain";
  const auto add = [&](const char* option, const std::string& value) {
    if (!value.empty()) command += fmt::format("{} {}", option, shell_word(value));
  };
  for (const std::string& rules : options.rules)
    add("", rules);
  for (const std::string& data : options.data)
    add(" --data", data);
  add(" --on", options.on);
  add(" --at", options.at);
  add(" --level", options.level);
  for (const std::string& reform : options.reforms)
    add(" --reform", reform);
  add(" --library", options.library);
  return command;
}

}  // namespace juzhu::cli
