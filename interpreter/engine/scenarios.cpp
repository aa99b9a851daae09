// Running scenarios: each expectation is asked as a user would ask it, through the same door.
#include <algorithm>
#include <array>
#include <set>

#include "engine/coverage.h"
#include "engine/list_readings.h"
#include "engine/lists.h"
#include "engine/rulebook.h"
#include "engine/with_root.h"

namespace juzhu::engine {

namespace {

using eval::OutcomeKind;

std::uint8_t outcome_bit(OutcomeKind kind) {
  switch (kind) {
    case OutcomeKind::kDenied:
      return 1U << static_cast<unsigned>(ops::OutcomeOption::kDenied);
    case OutcomeKind::kRanked:
      return 1U << static_cast<unsigned>(ops::OutcomeOption::kRanked);
    case OutcomeKind::kGranted:
      return 1U << static_cast<unsigned>(ops::OutcomeOption::kGranted);
    case OutcomeKind::kConflict:
      return 1U << static_cast<unsigned>(ops::OutcomeOption::kConflict);
    case OutcomeKind::kUnknown:
    case OutcomeKind::kError:
      return 0;
  }
  return 0;
}

/// All that may come out, as an expectation lists it; with a bit beyond if it may be an error.
unsigned possible_bits(const eval::Outcome& outcome) {
  struct Pair {
    std::uint8_t may;
    OutcomeKind kind;
  };
  static constexpr std::array<Pair, 4> kPairs{{{eval::kMayGrant, OutcomeKind::kGranted},
                                               {eval::kMayDeny, OutcomeKind::kDenied},
                                               {eval::kMayRank, OutcomeKind::kRanked},
                                               {eval::kMayConflict, OutcomeKind::kConflict}}};
  unsigned bits = (outcome.possible & eval::kMayFail) != 0 ? 0x80 : 0;
  for (const Pair& pair : kPairs) {
    if ((outcome.possible & pair.may) != 0) bits |= outcome_bit(pair.kind);
  }
  return bits;
}

/// One scenario at work.
class Runner {
 public:
  Runner(Rulebook& rulebook, sema::ScenarioId id, Coverage* coverage)
      : rulebook_(rulebook), scenario_(rulebook.program()[id]), coverage_(coverage) {
    result_.scenario = id;
    result_.expectation_count = scenario_.expectations.size();
  }

  ScenarioResult run() {
    for (const sema::Expectation& expectation : scenario_.expectations) {
      if (expectation.placed) {
        check_place(expectation);
      } else if (expectation.question.valid()) {
        check_outcome(expectation);
      } else {
        check_value(expectation);
      }
    }
    return std::move(result_);
  }

 private:
  void fail(const sema::Expectation& expectation, Bilingual found, Bilingual help = {}) {
    result_.failures.push_back({expectation.span, {}, std::move(found), std::move(help)});
  }

  /// For whoever expects a grant where an allocation has made a rank of it; else empty.
  [[nodiscard]] static Bilingual ranked_help(const sema::Expectation& expectation,
                                             const eval::Outcome& outcome) {
    if (outcome.kind != OutcomeKind::kRanked) return {};
    if (expectation.outcomes != outcome_bit(OutcomeKind::kGranted)) return {};
    const plan::Plan& plan = *outcome.trace->plan;
    const auto list = std::find_if(plan.lists.begin(), plan.lists.end(), [&](const auto& each) {
      return each.service == expectation.service;
    });
    if (list == plan.lists.end()) return {};
    return say("`{}` gives this service out by rank: expect `ranked`",
               "此服务由 `{}` 按名次给予：应预期 `待排`", plan[list->declaration].name);
  }

  [[nodiscard]] Bilingual facts_text(const std::vector<value::FactRef>& facts) const {
    Bilingual text;
    for (const value::FactRef& fact : facts) {
      if (!text.empty()) text += say(", ", "、");
      text += in_both([&](bool chinese) {
        return value::fact_text(fact, household_, rulebook_.schema(), chinese);
      });
    }
    return text.empty() ? say("nothing", "无") : text;
  }

  [[nodiscard]] Bilingual names_of(const eval::Outcome& outcome,
                                   const std::vector<plan::DeclarationId>& declarations) const {
    Bilingual text;
    for (const plan::DeclarationId id : declarations) {
      if (!text.empty()) text += say(", ", "、");
      text += (*outcome.trace->plan)[id].name;
    }
    return text.empty() ? say("none", "无") : text;
  }

  /// Does each named rule surely decide, or are those all that may?
  [[nodiscard]] static bool names_deciding(const sema::Expectation& expectation,
                                           const eval::Outcome& outcome) {
    const auto is_of = [&](const eval::Deciding& each, sema::RuleId rule) {
      const plan::Declaration& declaration = (*outcome.trace->plan)[each.declaration];
      return declaration.item == rule.index &&
             declaration.kind != plan::DeclarationKind::kDefinition;
    };
    const bool names_all =
        std::all_of(outcome.deciding.begin(), outcome.deciding.end(), [&](const auto& each) {
          return std::any_of(expectation.by.begin(), expectation.by.end(),
                             [&](sema::RuleId rule) { return is_of(each, rule); });
        });
    return std::all_of(expectation.by.begin(), expectation.by.end(), [&](sema::RuleId rule) {
      return std::any_of(outcome.deciding.begin(), outcome.deciding.end(),
                         [&](const eval::Deciding& each) {
                           return is_of(each, rule) &&
                                  (each.sure || names_all || outcome.kind == OutcomeKind::kUnknown);
                         });
    });
  }

  [[nodiscard]] Bilingual describe(const eval::Outcome& outcome) const {
    Bilingual text = eval::outcome_words(outcome.kind);
    if (outcome.kind == OutcomeKind::kError)
      text += say(" {}", " {}", value::error_name(outcome.error.code));
    std::vector<plan::DeclarationId> by;
    for (const eval::Deciding& rule : outcome.deciding)
      by.push_back(rule.declaration);
    if (!by.empty()) text += say(" by {}", "，依据 {}", names_of(outcome, by));
    if (outcome.no_rule_grants) text += say(" (no rule grants)", "（没有规则准予）");
    if (outcome.kind == OutcomeKind::kUnknown)
      text += say(", depends on {}", "，取决于{}", facts_text(outcome.depends_on));
    return text;
  }

  void check_needs(const sema::Expectation& expectation,
                   const std::vector<value::FactRef>& depends_on) {
    if (!expectation.has_needs) return;
    std::vector<value::FactRef> wanted;
    for (const sema::NeededFact& needed : expectation.needs)
      wanted.push_back(needed.fact);
    std::vector<value::FactRef> found = depends_on;
    // A list that is named stands for its rows and what is said of them, which have no names.
    for (value::FactRef& ref : found) {
      value::FactRef list;
      list.kind = value::FactRef::Kind::kList;
      list.member = ref.member;
      list.list = ref.list;
      if (std::find(wanted.begin(), wanted.end(), list) != wanted.end()) ref = list;
    }
    std::sort(wanted.begin(), wanted.end());
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    if (wanted != found)
      fail(expectation, say("it depends on {}", "取决于{}", facts_text(depends_on)));
  }

  /// The household of a position on the list; of another scenario its own.
  [[nodiscard]] value::Household household_of(std::uint32_t position) const {
    if (scenario_.households.empty()) return scenario_.household;
    const sema::Scenario& from = rulebook_.program()[scenario_.households[position]];
    value::Household household = from.household;
    household.key = from.name.in(false);
    const value::FactId place = rulebook_.schema().place_fact;
    if (scenario_.place.may_value() && place.valid()) {
      household.cells[rulebook_.schema()[place].column] = {scenario_.place,
                                                           value::InputState::kStated};
    }
    return household;
  }

  /// The places that the lists give to this scenario's households.
  const GivenPlaces& places() {
    if (places_) return *places_;
    Lists lists(rulebook_, scenario_.date, ops::Level::kPractice, scenario_.stack);
    const std::size_t count = std::max<std::size_t>(scenario_.households.size(), 1);
    for (std::uint32_t number = 0; number < count; ++number) {
      const value::Household household = household_of(number);
      for (std::uint32_t service = 0; service < rulebook_.program().services.size(); ++service) {
        if (lists.gives(service)) add_members(lists, number, household, service);
      }
    }
    places_ = lists.close();
    return *places_;
  }

  void add_members(Lists& lists, std::uint32_t number, const value::Household& household,
                   std::uint32_t service) {
    for (std::uint32_t member = 0; member < household.members.size(); ++member) {
      if (household.members[member].entity != rulebook_.program().subjects[service]) continue;
      eval::Query query;
      query.service = service;
      query.member = member;
      query.date = scenario_.date;
      query.failing_sets = query.layers = false;
      const eval::Outcome outcome = rulebook_.ask(household, query, scenario_.stack);
      note(outcome.trace);
      lists.add(number, household, query, outcome);
    }
  }

  void check_place(const sema::Expectation& expectation) {
    const ChildPlace found = place_of_child(rulebook_.program(), places(), *expectation.placed);
    using Kind = sema::PlacedExpectation::Kind;
    bool as_expected = found.listed && found.place == allocate::Place::kUnknown;
    if (expectation.placed->kind == Kind::kAdmits)
      as_expected = found.listed && found.place == allocate::Place::kPlaced && found.at_school;
    if (expectation.placed->kind == Kind::kRefuses)
      as_expected = found.listed && found.place == allocate::Place::kNone;
    if (!as_expected) {
      fail(expectation, place_words(rulebook_, found));
      return;
    }
    if (!expectation.has_needs) return;
    const std::set<sema::NeededFact> wanted(expectation.needs.begin(), expectation.needs.end());
    if (wanted != found.depends_on) fail(expectation, place_words(rulebook_, found));
  }

  void check_outcome(const sema::Expectation& expectation) {
    household_ = household_of(expectation.household);
    eval::Query query;
    query.service = expectation.service;
    query.member = expectation.member;
    query.date = scenario_.date;
    query.lowest_level = expectation.lowest_level;
    query.failing_sets = false;
    query.layers = !expectation.conflicts_with.empty();
    const eval::Outcome outcome = rulebook_.ask(household_, query, expectation.stack);
    note(outcome.trace);
    // Like every condition it must surely hold: of an unknown, whatever comes out.
    bool as_expected = (possible_bits(outcome) & ~expectation.outcomes) == 0;
    // What may come out of an unknown is told as bounds; the condition itself may be known.
    if (!as_expected && outcome.kind == OutcomeKind::kUnknown && expectation.condition.valid())
      as_expected = value::is_true(condition_of(expectation).value);
    if (expectation.unknown) as_expected = outcome.kind == OutcomeKind::kUnknown;
    if (expectation.fails_with) {
      as_expected =
          outcome.kind == OutcomeKind::kError && outcome.error.code == *expectation.fails_with;
    }
    if (!as_expected) {
      fail(expectation, say("it is {}", "实为{}", describe(outcome)),
           ranked_help(expectation, outcome));
      return;
    }
    if (!names_deciding(expectation, outcome)) {
      fail(expectation, say("it is {}", "实为{}", describe(outcome)));
      return;
    }
    check_needs(expectation, outcome.depends_on);
    for (const sema::SourceId source : expectation.conflicts_with) {
      const bool conflicts =
          std::any_of(outcome.conflicts_with.begin(), outcome.conflicts_with.end(),
                      [&](plan::DeclarationId id) {
                        const plan::Declaration& declaration = (*outcome.trace->plan)[id];
                        const auto& cites = rulebook_.program()
                                                .rules[declaration.item]
                                                .versions[declaration.version]
                                                .remarks.cites;
                        return std::any_of(cites.begin(), cites.end(),
                                           [&](const auto& cite) { return cite.source == source; });
                      });
      if (!conflicts) {
        fail(expectation, say("it is {} and conflicts with {}", "实为{}，且抵触 {}",
                              describe(outcome), names_of(outcome, outcome.conflicts_with)));
      }
    }
  }

  /// The members of the scenario as the expectation about one household of it knows them.
  [[nodiscard]] std::vector<value::Value> members_for(const sema::Expectation& expectation) const {
    std::vector<value::Value> arguments;
    for (std::uint32_t i = 0; i < scenario_.members.size(); ++i) {
      const auto [household, member] = sema::place_on_list(rulebook_.program(), scenario_, i);
      // Members of other households stand in no expectation about this one.
      const bool own = household == expectation.household;
      arguments.push_back(value::bits(std::int64_t{1} << (own ? member : 0)));
    }
    return arguments;
  }

  /// The condition of an outcome that is expected.
  eval::Answer condition_of(const sema::Expectation& expectation) {
    const std::vector<value::Value> members = members_for(expectation);
    return eval::evaluate(
        plans_for(expectation, expectation.condition), household_, scenario_.date,
        [](const plan::Plan& plan) { return plan.roots.back(); }, members);
  }

  void check_value(const sema::Expectation& expectation) {
    const sema::ExprId expr = expectation.value.valid() ? expectation.value : expectation.condition;
    household_ = household_of(expectation.household);
    std::vector<value::Value> arguments = members_for(expectation);
    for (const sema::ListReading& reading : expectation.readings)
      arguments.push_back(list_value(rulebook_.program(), places(), reading));
    const eval::Answer answer = eval::evaluate(
        plans_for(expectation, expr), household_, scenario_.date,
        [](const plan::Plan& plan) { return plan.roots.back(); }, arguments);
    note(answer.trace);
    const value::Type& type = rulebook_.program()[expr].type;
    const Bilingual found = value_of(answer.value, type);
    if (expectation.fails_with) {
      const bool fails =
          answer.value.only_error() && answer.value.error.code == *expectation.fails_with;
      if (!fails) fail(expectation, say("it is {}", "实为{}", found));
      return;
    }
    if (expectation.unknown) {
      if (answer.known) fail(expectation, say("it is {}", "实为{}", found));
      check_needs(expectation, answer.depends_on);
      return;
    }
    if (value::is_true(answer.value)) return;
    Bilingual text = answer.known ? say("it does not hold", "不成立")
                                  : say("it is unknown, depends on {}", "未知，取决于{}",
                                        facts_text(answer.depends_on));
    if (answer.value.only_error())
      text = say("it fails with {}", "报错 {}", value::error_name(answer.value.error.code));
    Bilingual sides = sides_of(expr, answer);
    for (std::size_t i = 0; sides.empty() && i < expectation.readings.size(); ++i) {
      const value::Type& read = rulebook_.program()[expectation.readings[i].local].type;
      sides = say(": the value is {}", "：值为{}",
                  value_of(arguments[scenario_.members.size() + i], read));
    }
    text += sides;
    fail(expectation, std::move(text));
  }

  [[nodiscard]] Bilingual value_of(const value::Value& value, const value::Type& type) const {
    return in_both(
        [&](bool chinese) { return value::value_text(value, type, rulebook_.schema(), chinese); });
  }

  /// Whether its left side says more than that it does not hold.
  static bool compares(ops::Operation operation) {
    return operation == ops::Operation::kEqual || operation == ops::Operation::kLess ||
           operation == ops::Operation::kLessEqual ||
           operation == ops::Operation::kCompareQuotient || operation == ops::Operation::kOneOf ||
           operation == ops::Operation::kWithin || operation == ops::Operation::kIncludes;
  }

  /// The value of the left side of a comparison, so that the author sees what came out.
  [[nodiscard]] Bilingual sides_of(sema::ExprId expr, const eval::Answer& answer) const {
    if (!answer.trace) return {};
    const eval::Frame& frame = (*answer.trace)[answer.frame];
    const plan::Block& block = answer.trace->block(answer.frame);
    while (rulebook_.program()[expr].operation == ops::Operation::kNot)
      expr = rulebook_.program()[expr].operands.front();
    const sema::Expr& comparison = rulebook_.program()[expr];
    if (!compares(comparison.operation)) return {};
    for (const sema::ExprId operand : comparison.operands) {
      if (rulebook_.program()[operand].operation == ops::Operation::kConstant) continue;
      for (std::size_t i = 0; i < block.steps.size(); ++i) {
        if (block.steps[i].expr != operand.index) continue;
        const value::Value& value = frame.slots[block.parameters.size() + i];
        return say(": the value is {}", "：值为{}", value_of(value, block.steps[i].type));
      }
    }
    return {};
  }

  WithRoot& plans_for(const sema::Expectation& expectation, sema::ExprId expr) {
    std::vector<sema::LocalId> parameters = scenario_.members;
    for (const sema::ListReading& reading : expectation.readings)
      parameters.push_back(reading.local);
    with_root_ = std::make_unique<WithRoot>(rulebook_.program(), plan::Root{expr, parameters, {}},
                                            scenario_.stack);
    return *with_root_;
  }

  /// The plans of the trace must still be there.
  void note(const std::shared_ptr<const eval::Trace>& trace) {
    if (coverage_ != nullptr && trace) coverage_->add(*trace);
  }

  Rulebook& rulebook_;
  const sema::Scenario& scenario_;
  Coverage* coverage_;  ///< may be null
  ScenarioResult result_;
  value::Household household_;  ///< that the expectation at hand is about
  std::optional<GivenPlaces> places_;
  std::unique_ptr<WithRoot> with_root_;
};

}  // namespace

std::vector<ScenarioResult> run_scenarios(Rulebook& rulebook, std::string_view filter,
                                          Coverage* coverage) {
  const sema::Program& program = rulebook.program();
  std::vector<std::pair<std::string, sema::ScenarioId>> order;
  for (std::uint32_t index = 0; index < program.scenarios.size(); ++index) {
    const value::Bilingual& name = program.scenarios[index].name;
    const bool wanted = filter.empty() || name.en.find(filter) != std::string::npos ||
                        name.zh.find(filter) != std::string::npos;
    if (wanted) order.emplace_back(name.in(false), sema::ScenarioId{index});
  }
  std::sort(order.begin(), order.end());
  std::vector<ScenarioResult> results;
  results.reserve(order.size());
  for (const auto& [name, id] : order)
    results.push_back(Runner(rulebook, id, coverage).run());
  return results;
}

}  // namespace juzhu::engine
