#include "hca1/rulebook.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "base/check.h"
#include "diag/render.h"

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
