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
std::string place_paths(const Options& options, const std::vector<value::PlaceNode>& nodes,
                        const value::PlaceTree& places) {
  constexpr std::size_t kShown = 6;
  std::vector<std::string> paths;
  for (std::size_t at = 0; at < std::min(nodes.size(), kShown); ++at) {
    paths.push_back(options.chinese ? places.path_zh(nodes[at]) : places.path_en(nodes[at]));
  }
  return fmt::format("{}{}", fmt::join(paths, ", "), nodes.size() > kShown ? ", …" : "");
}

/// People mean a city more often than one of the many counties with a name like it.
std::string place_guess(const Options& options, const std::string& name,
                        const value::PlaceTree& places) {
  if (const std::vector<value::PlaceNode> known = places.by_name(name); !known.empty()) {
    return fmt::format("`{}` is elsewhere: {}", name, place_paths(options, known, places));
  }
  return guess_or(
      name, place_names(places, value::PlaceLevel::kCity),
      guess_or(name, place_names(places, value::PlaceLevel::kZone),
               "write a path such as Shenzhen.Baoan, 深圳.宝安, or a code such as 440306"));
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

int print_usage_error(const Options& options, Code code, std::string message, std::string help) {
  diag::Sink sink;
  auto& report = sink.report(code, {}, std::move(message));
  if (!help.empty()) report.helps.push_back(std::move(help));
  print_findings(sink, source::SourceMap(), options, stderr);
  return kUsage;
}

std::string guess_or(std::string_view name, const std::vector<std::string>& known,
                     std::string otherwise) {
  if (const auto guess = diag::did_you_mean(name, known)) {
    return fmt::format("did you mean `{}`?", *guess);
  }
  return otherwise;
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
                      fmt::format("the calendar has no day `{}`", options.on),
                      "check the day of the month after `--on`");
  } else {
    print_usage_error(options, Code::kUnknownOption, fmt::format("`{}` is not a date", options.on),
                      "write `--on 2024-09-01` or `--on 2024年9月1日`");
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
      options, Code::kUnknownLevel, fmt::format("no level of norms is called `{}`", options.level),
      guess_or(options.level, known, fmt::format("the levels are {}", fmt::join(known, ", "))));
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
                      fmt::format("no place is called `{}`", options.at),
                      place_guess(options, value::split_path(text).back(), places));
    return std::nullopt;
  }
  print_usage_error(options, Code::kAmbiguousPlace,
                    fmt::format("several places are called `{}`", options.at),
                    fmt::format("write one of {}", place_paths(options, candidates, places)));
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
            options, Code::kUnknownReform, fmt::format("no reform is called `{}`", name),
            known.empty()
                ? std::string("the rulebook declares none: `reform NAME …`")
                : guess_or(name, known, fmt::format("the reforms are {}", fmt::join(known, ", "))));
        return std::nullopt;
      }
      reforms.push_back(*found);
    }
  }
  const std::uint32_t stack = rulebook.stack_of(reforms);
  const bool of_answers = sema::stands_on_itself(rulebook.program(), stack);
  if (!of_answers && !sema::has_order_circle(rulebook.program(), stack)) return stack;
  print_usage_error(options, of_answers ? Code::kCycle : Code::kOrderCycle,
                    of_answers ? "under these reforms answers need each other in a circle"
                               : "under these reforms rules go before each other in a circle",
                    "stack the reforms in another order, or leave one out");
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
          options, Code::kUnknownService, fmt::format("no service is called `{}`", name),
          guess_or(name, known, fmt::format("the services are {}", fmt::join(known, ", "))));
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
  print_usage_error(
      options, Code::kUnknownName, fmt::format("no score is called `{}`", options.score),
      known.empty() ? std::string("this rulebook has no scores")
                    : guess_or(options.score, known,
                               fmt::format("the scores are {}", fmt::join(known, ", "))));
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
      options, diag::Code::kUnknownOption, "there is no allocation `" + options.allocation + "`",
      known.empty() ? std::string("these rules give out no places by a list")
                    : guess_or(options.allocation, known,
                               fmt::format("the allocations are {}", fmt::join(known, ", "))));
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
