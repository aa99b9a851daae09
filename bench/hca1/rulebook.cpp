#include "hca1/rulebook.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "base/check.h"
#include "diag/render.h"
#include "hca1/kernels.h"

namespace juzhu::bench {
namespace {

using value::Value;

Value option(std::int64_t index) { return value::bits(std::int64_t{1} << index); }

std::uint32_t service_id(const sema::Program& program, std::string_view name) {
  for (std::size_t i = 0; i < program.services.size(); ++i) {
    if (program.services[i].name.is(name)) return static_cast<std::uint32_t>(i);
  }
  JUZHU_CHECK(false);  // the rules beside this program name it
  return 0;
}

/// Which services stand where among services().
constexpr std::size_t kResidence = 0;
constexpr std::size_t kSchool = 1;
constexpr std::size_t kHealth = 2;
constexpr std::size_t kVaccine = 3;

constexpr std::size_t kMostBlock = 16384;  ///< rows of a block, for what stands on the stack

}  // namespace

Hca1::Hca1(const std::string& folder) {
  rulebook_ = engine::Rulebook::load({folder}, sources_, sink_);
  if (rulebook_ == nullptr) {
    const std::string text = diag::render_text(sink_.sorted(), sources_);
    std::fputs(text.c_str(), stderr);
    std::exit(1);
  }
  const value::Schema& schema = rulebook_->schema();
  const value::EntityId person = *schema.entity("person");
  const auto fact = [&](std::string_view name) { return *schema.fact(person, name); };
  facts_ = {fact("standing"),       fact("birth_date"),     fact("hukou"),
            fact("city"),           fact("resident_since"), fact("residence_permit"),
            fact("permit_since"),   fact("insured_months"), fact("employed"),
            fact("home"),           fact("education"),      fact("in_school"),
            fact("health_insured"), fact("vaccinated"),     fact("income")};
  nation_ = schema.places.by_name("Nation").at(0);
  for (std::size_t c = 0; c < kHukouCities; ++c) {
    char name[16];
    std::snprintf(name, sizeof(name), "City%03zu", c);
    cities_.push_back(schema.places.by_name(name).at(0));
  }
  const auto service = [&](std::string_view name, std::vector<std::string> rules) {
    services_.push_back({service_id(rulebook_->program(), name), std::move(rules)});
  };
  service("residence_right", {"settled_half_a_year"});
  service("school", {"not_of_age", "local_place", "talent_place", "open_place", "deferred",
                     "insured_place", "points_place", "no_place"});
  service("health", {"already_covered", "joins_as_local", "joins_by_guardian", "joins_by_school",
                     "not_covered"});
  service("vaccination", {"vaccinated_already", "under_seven", "local_or_permit", "referred"});
}

value::Household Hca1::household(const Persons& persons, std::size_t home) const {
  const value::Schema& schema = rulebook_->schema();
  value::Household household = value::empty_household(schema, "H" + std::to_string(home));
  household.cells[schema[schema.place_fact].column] = {value::place_value(nation_, true),
                                                       value::InputState::kStated};
  const auto first = static_cast<std::size_t>(persons.first_row[home]);
  const auto last = static_cast<std::size_t>(persons.first_row[home + 1]);
  for (std::size_t i = first; i < last; ++i) {
    value::Member member =
        value::empty_member(schema, *schema.entity("person"), "P" + std::to_string(i - first));
    const auto set = [&](value::FactId fact, const Value& stated) {
      member.cells[schema[fact].column] = {stated, value::InputState::kStated};
    };
    const auto place = [&](std::int16_t city) {
      return value::place_value(cities_[static_cast<std::size_t>(city)], true);
    };
    set(facts_.standing, option(persons.is_child[i]));
    set(facts_.birth, value::number(persons.birth[i]));
    set(facts_.hukou, place(persons.hukou_city[i]));
    set(facts_.city, place(persons.city[i]));
    set(facts_.since, value::number(persons.resident_since[i]));
    set(facts_.permit, value::truth(persons.permit[i] != 0));
    set(facts_.permit_since, value::number(persons.permit_since[i]));
    set(facts_.months, value::number(persons.months[i]));
    set(facts_.employed, value::truth(persons.employed[i] != 0));
    set(facts_.home, option(persons.home[i]));
    set(facts_.education, option(persons.education[i]));
    set(facts_.in_school, value::truth(persons.in_school[i] != 0));
    set(facts_.insured, value::truth(persons.insured[i] != 0));
    set(facts_.vaccinated, value::truth(persons.vaccinated[i] != 0));
    set(facts_.income, value::number(static_cast<std::int64_t>(persons.income[i])));
    household.members.push_back(std::move(member));
  }
  return household;
}

int Hca1::rule_number(const Service& service, const std::string& name) const {
  const auto found = std::find(service.rules.begin(), service.rules.end(), name);
  if (found == service.rules.end()) return 0;
  return 1 + static_cast<int>(found - service.rules.begin());
}

void Hca1::answer_person(const value::Household& household, std::uint32_t member, std::size_t row,
                         bool is_child, Decisions& to) {
  const auto rule_of = [&](const Service& service) {
    const eval::Query query{service.id, member, kQuestionDay, ops::Level::kPractice, false, false};
    const eval::Outcome outcome = rulebook_->ask(household, query);
    if (outcome.deciding.size() != 1) return 0;
    const plan::Plan& plan = *outcome.trace->plan;
    return rule_number(service, plan[outcome.deciding[0].declaration].name.en);
  };
  if (!is_child) {
    to.eligible[row] = static_cast<std::int8_t>(rule_of(services_[kResidence]));
    return;
  }
  const int school = rule_of(services_[kSchool]);
  const int health = rule_of(services_[kHealth]);
  const int vaccine = rule_of(services_[kVaccine]);
  const auto set = [&](Column<std::int8_t>& column, int value) {
    column[row] = static_cast<std::int8_t>(value);
  };
  set(to.school_rule, school);
  set(to.health_rule, health);
  set(to.vaccine_rule, vaccine);
  set(to.school, kSchoolOutcome[school]);
  set(to.health, kHealthOutcome[health]);
  set(to.vaccine, kVaccineOutcome[vaccine]);
}

void Hca1::run_cases(const Persons& persons, Decisions& to, Totals& totals) {
  for (std::size_t home = 0; home + 1 < persons.first_row.size(); ++home) {
    const value::Household answered = household(persons, home);
    const auto first = static_cast<std::size_t>(persons.first_row[home]);
    for (std::uint32_t member = 0; member < answered.members.size(); ++member) {
      const std::size_t row = first + member;
      answer_person(answered, member, row, persons.is_child[row] != 0, to);
      add_row(persons, to, row, totals);
    }
  }
}

batch::Table Hca1::table(const Persons& persons) const {
  std::vector<std::uint32_t> first_row(persons.first_row.begin(), persons.first_row.end());
  std::shared_ptr<const value::Schema> schema = rulebook_->program().schema;
  batch::Table table(schema, std::move(first_row));
  std::vector<std::int64_t> numbers(persons.count);
  const auto set = [&](value::FactId fact, const auto& column) {
    for (std::size_t i = 0; i < persons.count; ++i)
      numbers[i] = static_cast<std::int64_t>(column[i]);
    table.set_column(fact, numbers, {});
  };
  const auto set_places = [&](value::FactId fact, const Column<std::int16_t>& column) {
    for (std::size_t i = 0; i < persons.count; ++i)
      numbers[i] = cities_[static_cast<std::size_t>(column[i])];
    table.set_column(fact, numbers, {});
  };
  set(facts_.standing, persons.is_child);
  set(facts_.birth, persons.birth);
  set_places(facts_.hukou, persons.hukou_city);
  set_places(facts_.city, persons.city);
  set(facts_.since, persons.resident_since);
  set(facts_.permit, persons.permit);
  set(facts_.permit_since, persons.permit_since);
  set(facts_.months, persons.months);
  set(facts_.employed, persons.employed);
  set(facts_.home, persons.home);
  set(facts_.education, persons.education);
  set(facts_.in_school, persons.in_school);
  set(facts_.insured, persons.insured);
  set(facts_.vaccinated, persons.vaccinated);
  set(facts_.income, persons.income);
  std::fill(numbers.begin(), numbers.end(), nation_);
  table.set_column(schema->place_fact, numbers, {});
  table.set_entities(std::vector<value::EntityId>(persons.count, *schema->entity("person")));
  return table;
}

batch::Program Hca1::program(const batch::Table& table) {
  std::vector<batch::Asked> asked;
  for (const Service& service : services_)
    asked.push_back({service.id, ops::Level::kPractice});
  const auto plans = rulebook_->plans(value::place_value(nation_, true), kQuestionDay);
  JUZHU_CHECK(plans.size() == 1);
  return batch::make_program(*plans[0], table, asked);
}

/// From who decides, as lanes tell it, to the workload's numbers of rules and outcomes.
void Hca1::number_rules(const batch::Program& program) {
  const plan::Plan& plan = *rulebook_->plans(value::place_value(nation_, true), kQuestionDay)[0];
  const std::uint8_t* const outcomes[] = {nullptr, kSchoolOutcome, kHealthOutcome, kVaccineOutcome};
  for (std::size_t q = 0; q < services_.size(); ++q) {
    const batch::Answered& answered = program.answers[q];
    JUZHU_CHECK(answered.form == batch::DecidingForm::kOne && answered.rules->rules.size() < 16);
    for (std::size_t i = 0; i < answered.rules->rules.size(); ++i) {
      const int number =
          rule_number(services_[q], plan[answered.rules->rules[i].declaration].name.en);
      numbers_[q][i + 1] = static_cast<std::uint8_t>(number);
      if (outcomes[q] != nullptr) outcomes_[q][i + 1] = outcomes[q][number];
    }
  }
}

/// The workload's columns of a block.
void Hca1::take_block(const batch::BlockAnswers& answers, const batch::Kernels& kernels,
                      Decisions& to) const {
  alignas(64) std::uint8_t taken[kMostBlock];
  const auto take = [&](std::size_t question, const std::uint8_t* table,
                        Column<std::int8_t>& into) {
    batch::Work work{};
    work.a = answers.deciding[question];
    work.to = taken;
    work.count = (answers.row_count + 63) / 64 * 64;
    work.table = table;
    work.table_size = 16;
    JUZHU_CHECK(work.count <= sizeof(taken));
    kernels.at[static_cast<std::size_t>(batch::Kernel::kLook8)][0](work);
    std::memcpy(into.data() + answers.first_row, taken, answers.row_count);
  };
  take(kResidence, numbers_[kResidence], to.eligible);
  take(kSchool, numbers_[kSchool], to.school_rule);
  take(kSchool, outcomes_[kSchool], to.school);
  take(kHealth, numbers_[kHealth], to.health_rule);
  take(kHealth, outcomes_[kHealth], to.health);
  take(kVaccine, numbers_[kVaccine], to.vaccine_rule);
  take(kVaccine, outcomes_[kVaccine], to.vaccine);
}

std::size_t Hca1::take_cases(const Persons& persons, const batch::BlockAnswers& answers,
                             Decisions& to) {
  std::size_t cases = 0;
  for (std::size_t home = answers.first_household; home < answers.end_household; ++home) {
    std::optional<value::Household> asked;
    const auto first = static_cast<std::size_t>(persons.first_row[home]);
    for (std::size_t row = first; row < static_cast<std::size_t>(persons.first_row[home + 1]);
         ++row) {
      const bool is_child = persons.is_child[row] != 0;
      bool by_case = false;
      for (std::size_t q = is_child ? 1 : 0; q < (is_child ? services_.size() : 1); ++q)
        by_case = by_case || answers.outcome(q, row - answers.first_row) == batch::kByCase;
      if (!by_case) continue;
      if (!asked) asked = household(persons, home);
      const std::lock_guard lock(case_evaluator_);
      answer_person(*asked, static_cast<std::uint32_t>(row - first), row, is_child, to);
      ++cases;
    }
  }
  return cases;
}

std::size_t Hca1::run_lanes(const Persons& persons, const batch::Table& table,
                            const batch::Program& program, const batch::RunOptions& options,
                            Decisions& to, Totals& totals) {
  const batch::Kernels& kernels =
      options.kernels != nullptr ? *options.kernels : batch::best_kernels();
  number_rules(program);
  std::vector<std::unique_ptr<KeyedTotals>> keyed;
  for (int thread = 0; thread < options.threads; ++thread)
    keyed.push_back(std::make_unique<KeyedTotals>());
  std::atomic<std::size_t> cases = 0;
  batch::run(program, table, options, [&](const batch::BlockAnswers& answers) {
    take_block(answers, kernels, to);
    bool by_case = false;
    for (std::size_t q = 0; q < services_.size(); ++q)
      by_case = by_case || answers.any_by_case(q);
    if (by_case) cases += take_cases(persons, answers, to);
    std::uint16_t keys[kMostBlock];
    make_keys(persons, answers.first_row, answers.row_count, to, keys);
    keyed[static_cast<std::size_t>(answers.thread)]->add(
        keys, persons.weight.data() + answers.first_row, answers.row_count);
  });
  for (const auto& part : keyed)
    part->add_to(totals);
  return cases;
}

void add_row(const Persons& persons, const Decisions& made, std::size_t row, Totals& totals) {
  const auto city = static_cast<std::size_t>(persons.city[row]);
  const double weight = persons.weight[row];
  if (persons.is_child[row] == 0) {
    if (made.eligible[row] != 0) totals.eligible[city] += weight;
    return;
  }
  totals.school[city][made.school[row]] += weight;
  totals.health[city][made.health[row]] += weight;
  totals.vaccine[city][made.vaccine[row]] += weight;
}

}  // namespace juzhu::bench
