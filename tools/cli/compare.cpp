#include "compare/change.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/verbs.h"
#include "data/households.h"
#include "report/answers.h"
#include "report/comparison.h"
#include "report/list_changes.h"
#include "report/output_file.h"

namespace juzhu::cli {
namespace {

using diag::Code;

/// The command line of the other side: what it does not say is as on the first.
Options other_side(const Options& options) {
  Options other = options;
  if (!options.and_rules.empty()) other.rules = options.and_rules;
  if (!options.and_on.empty()) other.on = options.and_on;
  if (!options.and_at.empty()) other.at = options.and_at;
  if (!options.and_level.empty()) other.level = options.and_level;
  if (!options.and_reforms.empty()) other.reforms = options.and_reforms;
  return other;
}

struct AskedSide {
  report::SideHead head;
  report::Questions questions;
};

std::optional<AskedSide> asked_side(const Options& options, engine::Rulebook& rulebook) {
  const auto date = asked_date(options);
  const auto level = date ? asked_level(options) : std::nullopt;
  const auto place = level ? asked_place(options, rulebook.schema()) : std::nullopt;
  const auto stack = place ? asked_reforms(options, options.reforms, rulebook) : std::nullopt;
  auto services = stack ? asked_services(options, rulebook.program()) : std::nullopt;
  if (!services) return std::nullopt;
  AskedSide side;
  side.questions = {date->date, std::move(*services), *level, std::nullopt, *stack};
  if (!options.at.empty()) side.questions.place = *place;
  side.head.date = date->date;
  side.head.place = side.questions.place;
  side.head.lowest_level = *level;
  side.head.program = &rulebook.program();
  for (const sema::ReformId reform : rulebook.program().stacks[*stack].reforms)
    side.head.reforms.push_back(rulebook.program()[reform].name.in(options.chinese));
  if (!options.and_rules.empty())
    side.head.rules = fmt::format("{}", fmt::join(options.rules, " "));
  return side;
}

std::optional<std::vector<report::Grouping>> asked_groupings(const Options& options,
                                                             const value::Schema& schema) {
  using Kind = report::Grouping::Kind;
  std::vector<report::Grouping> groupings;
  for (const std::string& name : options.by) {
    report::Grouping grouping{Kind::kFact, name, {}};
    if (name == "place" || name == "地点") {
      grouping.kind = Kind::kPlace;
    } else if (name == "age" || name == "年龄") {
      grouping.kind = Kind::kAge;
    } else if (name == "reason" || name == "理由") {
      grouping.kind = Kind::kReason;
    } else {
      std::vector<std::string> known{"place", "age", "reason"};
      for (std::size_t entity = schema.entities.size(); entity-- > 0;) {
        const value::EntityId id{entity};
        if (const auto fact = schema.fact(id, name)) grouping.fact = *fact;
        for (const value::FactId fact : schema[id].facts)
          known.push_back(schema[fact].name.in(options.chinese));
      }
      if (!grouping.fact.valid()) {
        print_usage_error(
            options, Code::kUnknownOption,
            say("nothing to group by is called `{}`", "没有名为 `{}` 的分组依据", name),
            guess_or(name, known,
                     say("write place, age, reason, or a fact of the child or of its household",
                         "写 place、age、reason，或孩子、家庭的某项事实")));
        return std::nullopt;
      }
    }
    groupings.push_back(std::move(grouping));
  }
  return groupings;
}

/// The first thing in which two vocabularies differ, so that one household cannot be read by both;
/// empty if there is none.
std::string difference(const value::Schema& one, const value::Schema& other) {
  const auto names = [](const value::Schema& schema) {
    std::vector<std::string> all;
    for (const value::Entity& entity : schema.entities)
      all.push_back(entity.name.in(false));
    for (const value::List& list : schema.lists)
      all.push_back(list.name.in(false));
    for (const value::Fact& fact : schema.facts)
      all.push_back(fact.name.in(false));
    for (const value::Choice& choice : schema.choices) {
      for (const value::Bilingual& option : choice.options)
        all.push_back(choice.name.in(false) + " " + option.in(false));
    }
    for (value::PlaceNode node = 0; node < schema.places.size(); ++node)
      all.push_back(schema.places.path_en(node));
    all.insert(all.end(), schema.texts.begin(), schema.texts.end());
    return all;
  };
  const std::vector<std::string> left = names(one);
  const std::vector<std::string> right = names(other);
  const auto [at, there] = std::mismatch(left.begin(), left.end(), right.begin(), right.end());
  if (at != left.end()) return *at;
  return there == right.end() ? std::string() : *there;
}

/// Whether both sides ask of the same services, in the same order.
bool same_services(const engine::Rulebook& one, const report::Questions& asked,
                   const engine::Rulebook& other, const report::Questions& again) {
  return std::equal(asked.services.begin(), asked.services.end(), again.services.begin(),
                    again.services.end(), [&](std::uint32_t left, std::uint32_t right) {
                      const value::Bilingual& name = one.program().services[left].name;
                      const value::Bilingual& wanted = other.program().services[right].name;
                      return name.is(wanted.en) || name.is(wanted.zh);
                    });
}

/// Reads, asks both sides and writes household by household.
class Comparing {
 public:
  Comparing(const Options& options, engine::Rulebook& before, engine::Rulebook& after,
            const AskedSide& one, const AskedSide& other, std::vector<report::Grouping> groupings)
      : options_(options),
        before_(before),
        after_(after),
        one_(one),
        other_(other),
        output_(options.output),
        comparison_(one.head, other.head, one.questions.services, std::move(groupings),
                    options.chinese) {}

  int all(const std::vector<std::string>& paths, const std::string& explain_command,
          const source::SourceMap& sources) {
    if (!output_.is_open()) return commit(sources);
    diag::Sink findings(kDataFindingsShown);
    if (options_.format == "csv") output_.write(report::Comparison::csv_header());
    if (options_.json()) output_.write("{\"changes\": [");
    give_places(paths);
    const bool any = data::for_each_household(paths, before_.schema(), {options_.encoding},
                                              findings, [&](const value::Household& household) {
                                                add(household);
                                                return true;
                                              });
    print_findings(findings, sources, options_, stderr);
    if (!any) return kFindings;
    if (options_.json()) {
      nlohmann::ordered_json summary = comparison_.json(lists_.get());
      summary["data_errors"] = findings.error_count();
      output_.write(fmt::format("\n],\n\"summary\": {}}}\n", summary.dump(1)));
    } else if (options_.format == "text") {
      output_.write(comparison_.text(explain_command, lists_.get()));
    }
    if (const int code = commit(sources); code != kFine) return code;
    return findings.has_errors() ? kFindings : kFine;
  }

 private:
  int commit(const source::SourceMap& sources) {
    diag::Sink failures;
    if (output_.commit(failures)) return kFine;
    print_findings(failures, sources, options_, stderr);
    return kFindings;
  }

  [[nodiscard]] static compare::Side side(engine::Rulebook& rulebook,
                                          const report::Questions& asked, std::uint32_t service,
                                          std::uint32_t member) {
    compare::Side side;
    side.plans = &rulebook.under(asked.stack);
    side.query.service = service;
    side.query.member = member;
    side.query.date = asked.date;
    side.query.lowest_level = asked.lowest_level;
    side.query.failing_sets = false;
    side.query.layers = false;
    side.place = asked.place;
    return side;
  }

  /// The second stage of both sides. A child's place hangs on all the others, so the households are
  /// read once more for it, where there are lists.
  void give_places(const std::vector<std::string>& paths) {
    const report::Questions& asked = one_.questions;
    const report::Questions& again = other_.questions;
    engine::Lists first(before_, asked.date, asked.lowest_level, asked.stack);
    engine::Lists second(after_, again.date, again.lowest_level, again.stack);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> services;
    for (std::size_t i = 0; i < asked.services.size(); ++i) {
      if (first.gives(asked.services[i]) || second.gives(again.services[i]))
        services.emplace_back(asked.services[i], again.services[i]);
    }
    if (services.empty()) return;
    std::set<report::ListedKey> alike;
    std::uint32_t number = 0;
    diag::Sink findings(kDataFindingsShown);  // reported when the households are compared
    data::for_each_household(paths, before_.schema(), {options_.encoding}, findings,
                             [&](const value::Household& household) {
                               list_household(household, number++, services, first, second, alike);
                               return true;
                             });
    lists_ = std::make_unique<report::ListChanges>(
        before_.program(), first.close(), after_.program(), second.close(), services, alike);
  }

  void list_household(const value::Household& household, std::uint32_t number,
                      const std::vector<std::pair<std::uint32_t, std::uint32_t>>& services,
                      engine::Lists& first, engine::Lists& second,
                      std::set<report::ListedKey>& alike) {
    const auto list = [&](engine::Rulebook& rulebook, const compare::Side& side,
                          engine::Lists& lists) {
      const value::Household there = compare::placed(household, side);
      if (rulebook.concerns(there, side.query.member, sema::ServiceId{side.query.service},
                            side.query.date))
        lists.add(number, there, side.query, eval::ask(*side.plans, there, side.query));
    };
    const auto each_child = [&](engine::Rulebook& rulebook, std::int64_t date, const auto& visit) {
      for (const std::uint32_t child : rulebook.children(household, date)) {
        for (const auto& [service, again] : services)
          visit(side(before_, one_.questions, service, child),
                side(after_, other_.questions, again, child));
      }
    };
    each_child(before_, one_.questions.date, [&](const auto& before, const auto& after) {
      list(before_, before, first);
      if (comparer_.reads_alike(household, before, after))
        alike.emplace(before.query.service, child_key(household, before.query.member));
    });
    each_child(after_, other_.questions.date,
               [&](const auto&, const auto& after) { list(after_, after, second); });
  }

  static std::string child_key(const value::Household& household, std::uint32_t member) {
    return household.key + "/" + household.members[member].key;
  }

  void add(const value::Household& household) {
    const std::vector<std::uint32_t> left = before_.children(household, one_.questions.date);
    const std::vector<std::uint32_t> right = after_.children(household, other_.questions.date);
    std::vector<std::uint32_t> both;
    std::set_intersection(left.begin(), left.end(), right.begin(), right.end(),
                          std::back_inserter(both));
    for (const std::uint32_t child : both) {
      for (std::size_t i = 0; i < one_.questions.services.size(); ++i)
        add_answer(household, child, i);
    }
    comparison_.add_household(household, both.size(), left.size() + right.size() - 2 * both.size());
  }

  void add_answer(const value::Household& household, std::uint32_t child, std::size_t index) {
    const std::uint32_t service = one_.questions.services[index];
    const std::uint32_t again = other_.questions.services[index];
    if (!before_.concerns(household, child, sema::ServiceId{service}, one_.questions.date)) return;
    if (!after_.concerns(household, child, sema::ServiceId{again}, other_.questions.date)) return;
    compare::Side before = side(before_, one_.questions, service, child);
    compare::Side after = side(after_, other_.questions, again, child);
    report::ChildPlaces places;
    if (lists_) places = lists_->of(service, child_key(household, child));
    before.seat = places.before;
    after.seat = places.after;
    const compare::Compared compared = comparer_.compare(household, before, after, places.alike);
    const report::ChangedChild line =
        comparison_.add(household, before.query, after.query, compared, places);
    if (options_.format == "csv") {
      output_.write(report::Comparison::csv_line(line, compared));
    } else if (options_.json()) {
      output_.write(written_++ == 0 ? "\n" : ",\n");
      output_.write(report::Comparison::line_json(line, compared).dump());
    }
  }

  const Options& options_;
  engine::Rulebook& before_;
  engine::Rulebook& after_;
  const AskedSide& one_;
  const AskedSide& other_;
  report::OutputFile output_;
  report::Comparison comparison_;
  compare::Comparer comparer_;
  std::unique_ptr<report::ListChanges> lists_;  ///< none if no service is given by a list
  std::size_t written_ = 0;
};

bool has_other_side(const Options& options) {
  return !options.and_on.empty() || !options.and_at.empty() || !options.and_reforms.empty() ||
         !options.and_rules.empty() || !options.and_level.empty();
}

}  // namespace

int compare(const Options& options) {
  if (!has_other_side(options)) {
    return print_usage_error(options, Code::kUnknownOption,
                             say("compare needs to know what to compare with", "缺少比较的另一方"),
                             say("name the other side with --and-on, --and-at, --and-reform, "
                                 "--and-rules or --and-level",
                                 "用 --and-on、--and-at、--and-reform、--and-rules 或 --and-level "
                                 "写明另一方"));
  }
  const Options other = other_side(options);
  const auto loaded = load_rules(options);
  if (!loaded->rulebook) return loaded->exit_code;
  std::unique_ptr<Loaded> second;
  if (!options.and_rules.empty()) {
    second = load_rules(other);
    if (!second->rulebook) return second->exit_code;
  }
  engine::Rulebook& before = *loaded->rulebook;
  engine::Rulebook& after = second ? *second->rulebook : before;
  if (second) {
    const std::string differs = difference(before.schema(), after.schema());
    if (!differs.empty()) {
      return print_usage_error(
          options, Code::kUnknownOption,
          say("the two rulebooks have different vocabularies: `{}` is not the same in both",
              "两套规则的词汇不同：`{}` 在两者中不一致", differs),
          say("let both `use` one vocabulary, so that one household can be read by both",
              "让两者 `引用` 同一词汇，使同一户能为两者所读"));
    }
  }
  // Making a stack adds to the rulebook, so both are made before either is used.
  const auto one = asked_side(options, before);
  const auto two = one ? asked_side(other, after) : std::nullopt;
  if (!two) return kUsage;
  if (!same_services(before, one->questions, after, two->questions)) {
    return print_usage_error(
        options, Code::kUnknownService,
        say("the two rulebooks do not have the same services", "两套规则的服务不同"),
        say("name the services to compare with `--service`", "用 `--service` 写明要比较的服务"));
  }
  auto groupings = asked_groupings(options, before.schema());
  if (!groupings) return kUsage;
  const std::vector<std::string> paths = data_paths(options);
  if (paths.empty()) return kUsage;
  return Comparing(options, before, after, *one, *two, std::move(*groupings))
      .all(paths, explain_command(other), loaded->sources);
}

}  // namespace juzhu::cli
