#include "explain/explain.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "cli/verbs.h"
#include "data/households.h"
#include "report/answers.h"
#include "report/layout.h"
#include "report/output_file.h"
#include "report/place_lists.h"

namespace juzhu::cli {
namespace {

using diag::Code;

/// Whom to explain: one child, or all children of a household.
struct Wanted {
  std::string household;
  std::string child;  ///< empty: all
};

std::optional<Wanted> wanted(const Options& options) {
  Wanted result{options.household, options.child};
  const std::size_t slash = options.child.rfind('/');
  if (slash != std::string::npos) {
    result.household = options.child.substr(0, slash);
    result.child = options.child.substr(slash + 1);
  }
  if (!result.household.empty()) return result;
  print_usage_error(
      options, Code::kUnknownOption,
      options.child.empty()
          ? say("explain needs to know which child", "explain 须知道是哪个孩子")
          : say("`{}` does not say of which household", "`{}` 没有写明属于哪一户", options.child),
      say("write `--child HOUSEHOLD/CHILD`, such as `--child H012/C1`",
          "写 `--child 户/孩子`，例如 `--child H012/C1`"));
  return std::nullopt;
}

std::size_t terminal_columns() {
  winsize size{};
  const bool known = isatty(STDOUT_FILENO) != 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0;
  return known && size.ws_col >= 40 ? size.ws_col : report::kTerminalColumns;
}

/// The household asked for, and the keys of all, for a guess.
struct Search {
  std::optional<value::Household> found;
  std::vector<std::string> keys;
  bool read = false;
};

Search find_household(const Options& options, const std::vector<std::string>& paths,
                      const std::string& key, const value::Schema& schema, diag::Sink& findings) {
  Search search;
  search.read = data::for_each_household(paths, schema, {options.encoding}, findings,
                                         [&](value::Household household) {
                                           search.keys.push_back(household.key);
                                           if (household.key == key) {
                                             search.found = std::move(household);
                                           }
                                           return true;
                                         });
  return search;
}

class Explaining {
 public:
  Explaining(const Options& options, const Loaded& loaded, const std::vector<std::string>& paths,
             const report::Questions& questions)
      : options_(options),
        loaded_(loaded),
        paths_(paths),
        questions_(questions),
        output_(options.output) {}

  int all(const value::Household& household, const report::Questions& questions,
          const std::string& child) {
    engine::Rulebook& rulebook = *loaded_.rulebook;
    bool child_found = child.empty();
    report::ask_all(rulebook, household, questions,
                    [&](const eval::Query& query, const eval::Outcome& outcome) {
                      const std::string& key = household.members[query.member].key;
                      if (!child.empty() && key != child) return;
                      child_found = true;
                      add(household, query, outcome);
                    });
    if (!child_found) return report_no_child(household, questions, child);
    return commit("explanations");
  }

  /// The sheet of a score: of the member asked for, or of every child.
  int score(const value::Household& household, const report::Questions& questions,
            const std::string& child, sema::ScoreId id) {
    engine::Rulebook& rulebook = *loaded_.rulebook;
    const sema::Program& program = rulebook.program();
    std::vector<std::uint32_t> members = rulebook.children(household, questions.date);
    if (!child.empty()) {
      members.clear();
      for (std::uint32_t at = 0; at < household.members.size(); ++at) {
        const bool is_meant = household.members[at].key == child &&
                              household.members[at].entity == program[id].subject.entity;
        if (is_meant) members.push_back(at);
      }
      if (members.empty()) return report_no_child(household, questions, child);
    }
    for (const std::uint32_t member : members) {
      const eval::Answer answer =
          rulebook.score(household, member, id, questions.date, questions.stack);
      const explain::ScoreSheet sheet =
          explain::score_sheet(program, household, answer, id, member);
      if (options_.json()) {
        explanations_.push_back(explain::to_json(sheet));
        continue;
      }
      if (written_) output_.write("\n");
      written_ = true;
      output_.write(explain::to_text(sheet, text_options()));
    }
    return commit("scores");
  }

 private:
  void add(const value::Household& household, const eval::Query& query,
           const eval::Outcome& outcome) {
    const explain::Explanation explanation =
        explain::explain(loaded_.rulebook->program(), loaded_.sources, household, query, outcome);
    const bool may_rank = (outcome.possible & eval::kMayRank) != 0;
    const report::ListVoice voice{loaded_.rulebook->program(), options_.chinese};
    const std::string& child = household.members[query.member].key;
    if (options_.json()) {
      explanations_.push_back(explain::to_json(explanation));
      if (!may_rank) return;
      auto places =
          report::child_place_json(voice, places_given(), query.service, household.key, child);
      if (!places.empty()) explanations_.back()["places"] = places;
      return;
    }
    if (written_) output_.write("\n");
    written_ = true;
    output_.write(explain::to_text(explanation, text_options()));
    if (!may_rank) return;
    const std::string place =
        report::child_place_text(voice, places_given(), query.service, household.key, child);
    if (!place.empty()) output_.write("\n" + place);
  }

  explain::TextOptions text_options() const {
    explain::TextOptions text;
    text.chinese = options_.chinese;
    text.color = options_.output.empty() && wants_color(options_, stdout);
    text.width = options_.output.empty() ? terminal_columns() : report::kTerminalColumns;
    text.all = options_.all;
    return text;
  }

  int commit(const char* key) {
    if (options_.json()) {
      output_.write(nlohmann::json{{key, std::move(explanations_)}}.dump(1) + "\n");
    }
    diag::Sink failures;
    if (output_.commit(failures)) return kFine;
    print_findings(failures, loaded_.sources, options_, stderr);
    return kFindings;
  }

  /// The places given to all households of the data, read again: a child's place hangs on the
  /// others.
  const engine::GivenPlaces& places_given() {
    if (places_) return *places_;
    engine::Rulebook& rulebook = *loaded_.rulebook;
    engine::Lists lists(rulebook, questions_.date, questions_.lowest_level, questions_.stack);
    report::Questions questions = questions_;
    std::erase_if(questions.services, [&](std::uint32_t service) { return !lists.gives(service); });
    diag::Sink findings(kDataFindingsShown);
    std::uint32_t number = 0;
    data::for_each_household(paths_, rulebook.schema(), {options_.encoding}, findings,
                             [&](value::Household household) {
                               report::place_household(household, questions, rulebook.schema());
                               report::ask_all(rulebook, household, questions,
                                               [&](const auto& query, const auto& outcome) {
                                                 lists.add(number, household, query, outcome);
                                               });
                               ++number;
                               return true;
                             });
    places_ = lists.close();
    return *places_;
  }

  int report_no_child(const value::Household& household, const report::Questions& questions,
                      const std::string& child) {
    std::vector<std::string> keys;
    for (const std::uint32_t at : loaded_.rulebook->children(household, questions.date)) {
      keys.push_back(household.members[at].key);
    }
    const bool is_member =
        std::any_of(household.members.begin(), household.members.end(),
                    [&](const value::Member& member) { return member.key == child; });
    return print_usage_error(
        options_, Code::kUnknownChild,
        is_member ? say("none of the services asked about is for `{}/{}` on this date",
                        "所问的服务在此日期都不针对 `{}/{}`", household.key, child)
                  : say("household `{}` has no child `{}`", "户 `{}` 没有孩子 `{}`", household.key,
                        child),
        keys.empty() ? say("it has no children on this date", "该户在此日期没有孩子")
                     : say("its children are {}", "该户的孩子为 {}", listed(keys)));
  }

  const Options& options_;
  const Loaded& loaded_;
  const std::vector<std::string>& paths_;
  const report::Questions& questions_;
  report::OutputFile output_;
  std::optional<engine::GivenPlaces> places_;
  nlohmann::json explanations_ = nlohmann::json::array();
  bool written_ = false;
};

}  // namespace

int explain(const Options& options) {
  const auto whom = wanted(options);
  const auto date = whom ? asked_date(options) : std::nullopt;
  const auto level = date ? asked_level(options) : std::nullopt;
  if (!level) return kUsage;
  const auto loaded = load_rules(options);
  if (!loaded->rulebook) return loaded->exit_code;
  const value::Schema& schema = loaded->rulebook->schema();
  const auto place = asked_place(options, schema);
  auto services = place ? asked_services(options, loaded->rulebook->program()) : std::nullopt;
  if (!services) return kUsage;
  std::optional<sema::ScoreId> score;
  if (!options.score.empty()) {
    score = asked_score(options, loaded->rulebook->program());
    if (!score) return kUsage;
  }
  const auto stack = asked_reforms(options, options.reforms, *loaded->rulebook);
  if (!stack) return kUsage;
  report::Questions questions{date->date, std::move(*services), *level, std::nullopt, *stack};
  if (!options.at.empty()) questions.place = *place;
  const std::vector<std::string> paths = data_paths(options);
  if (paths.empty()) return kUsage;
  diag::Sink findings(kDataFindingsShown);
  Search search = find_household(options, paths, whom->household, schema, findings);
  if (!search.read || !search.found) {
    print_findings(findings, loaded->sources, options, stderr);
    if (!search.read) return kFindings;
    return print_usage_error(options, Code::kUnknownChild,
                             say("there is no household `{}`", "没有户 `{}`", whom->household),
                             search.keys.empty()
                                 ? say("the data has no households", "数据中没有户")
                                 : say("there are {0}, such as `{1}`", "共有 {2} 户，例如 `{1}`",
                                       counted(search.keys.size(), "household"),
                                       search.keys.front(), search.keys.size()));
  }
  report::place_household(*search.found, questions, schema);
  if (score)
    return Explaining(options, *loaded, paths, questions)
        .score(*search.found, questions, whom->child, *score);
  return Explaining(options, *loaded, paths, questions).all(*search.found, questions, whom->child);
}

}  // namespace juzhu::cli
