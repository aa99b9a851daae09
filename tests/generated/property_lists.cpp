// The second stage over several households (semantics.md 7): the order of households and of their
// members says nothing, what is known of a place stays as more is learned, and what came out,
// written as scenarios with a list, is what the scenarios find.
#include <algorithm>

#include "engine/list_readings.h"
#include "engine/lists.h"
#include "engine/rulebook.h"
#include "eval/facts.h"
#include "property.h"

namespace juzhu::generated {
namespace {

using engine::GivenPlaces;
using engine::PlaceList;

constexpr std::size_t kCompletedLists = 4;

GivenPlaces places_of(engine::Rulebook& rulebook, const std::vector<Household>& households,
                      std::int64_t date) {
  engine::Lists lists(rulebook, date);
  for (std::uint32_t number = 0; number < households.size(); ++number) {
    const Household& household = households[number];
    for (std::uint32_t service = 0; service < rulebook.program().services.size(); ++service) {
      if (!lists.gives(service)) continue;
      for (std::uint32_t member = 0; member < household.members.size(); ++member) {
        if (household.members[member].entity != rulebook.program().subjects[service]) continue;
        Asked asked;
        asked.service = service;
        asked.member = member;
        const eval::Query query = query_of(asked, date);
        lists.add(number, household, query, rulebook.ask(household, query));
      }
    }
  }
  return lists.close();
}

/// Where somebody stands: the school for those who have a place.
struct Stands {
  allocate::Place place{};
  Value school{};
};

/// By allocation, household and member.
std::map<std::string, Stands> standings(const sema::Program& program, const GivenPlaces& given) {
  std::map<std::string, Stands> found;
  for (const PlaceList& list : given.lists) {
    const std::string name = program[program[list.allocation].rule].name.in(false);
    for (std::size_t i = 0; i < list.children.size(); ++i) {
      const allocate::Placement& placement = list.result.placements[i];
      Stands stands{placement.place, {}};
      if (placement.place == allocate::Place::kPlaced && !list.schools.empty())
        stands.school = list.schools[placement.school];
      const auto key =
          name + " " + list.children[i].household_key + "/" + list.children[i].member_key;
      const auto [known, is_new] = found.emplace(key, stands);
      // Whose pool is not known stands on several lists.
      if (!is_new && known->second.place != placement.place)
        known->second.place = allocate::Place::kUnknown;
    }
  }
  return found;
}

std::string text_of(const std::map<std::string, Stands>& standings) {
  std::string text;
  for (const auto& [who, stands] : standings) {
    text += "\n    " + who + ": " + std::to_string(static_cast<int>(stands.place)) + " at " +
            std::to_string(stands.school.may_value() ? stands.school.lo : -1);
  }
  return text;
}

std::string shown(const Case& at, const std::vector<Household>& households) {
  std::string text;
  for (const Household& household : households)
    text += scenario_text(household, at.book->schema(), at.date, household.key);
  return text;
}

std::string other_order(const Case& at, engine::Rulebook& rulebook, Random& random,
                        const std::vector<Household>& households, const std::string& before) {
  std::vector<Household> moved;
  for (const Household& household : households)
    moved.push_back(reorder(random, household, at.book->schema()).household);
  random.shuffle(moved);
  const std::string after =
      text_of(standings(rulebook.program(), places_of(rulebook, moved, at.date)));
  if (before == after) return {};
  return "other places in another order of households: " + before + "\n  and" + after + "\n" +
         shown(at, households);
}

std::string completed(const Case& at, engine::Rulebook& rulebook, Random& random,
                      const std::vector<Household>& households,
                      const std::map<std::string, Stands>& before) {
  const Schema& schema = at.book->schema();
  for (std::size_t i = 0; i < kCompletedLists; ++i) {
    std::vector<Household> exact;
    for (const Household& household : households) {
      const std::vector<Open> open = open_inputs(random, household, schema);
      Completion any;
      for (const Open& each : open)
        any.push_back(random.below(each.count()));
      exact.push_back(complete(household, schema, open, any));
      if (!is_admissible(exact.back(), eval::with_whole_domains(household, schema))) return {};
    }
    const auto after = standings(rulebook.program(), places_of(rulebook, exact, at.date));
    for (const auto& [who, stands] : before) {
      if (stands.place == allocate::Place::kUnknown) continue;
      const auto found = after.find(who);
      const bool same = found == after.end() ? stands.place == allocate::Place::kNone
                                             : found->second.place == stands.place &&
                                                   found->second.school == stands.school;
      if (same) continue;
      return "a known place is taken back: " + who + text_of(before) + "\n  once completed" +
             text_of(after) + "\n" + shown(at, households) + shown(at, exact);
    }
  }
  return {};
}

/// What an allocation does with a child, and how far it is from the line.
std::string expectation(const Case& at, const std::vector<Household>& households,
                        const PlaceList& list, std::size_t position, const sema::Program& program) {
  const engine::Listed& child = list.children[position];
  const sema::Allocation& allocation = program[list.allocation];
  const std::string name = program[allocation.rule].name.in(false);
  const std::string who =
      child.household_key + "." + households[child.household].members[child.member].name.in(false);
  const allocate::Placement& placement = list.result.placements[position];
  std::string text = "\n  expect " + name;
  switch (placement.place) {
    case allocate::Place::kPlaced:
      text += " admits " + who;
      if (!list.schools.empty()) {
        const auto node = static_cast<value::PlaceNode>(list.schools[placement.school].lo);
        text += " at " + at.book->schema().places.path_en(node);
      }
      break;
    case allocate::Place::kNone:
      text += " refuses " + who;
      break;
    case allocate::Place::kUnknown:
      return text + " leaves open " + who;
  }
  const value::Type& key = program[allocation.keys.front().value].type;
  if (placement.margin && placement.margin->key == 0 && !placement.margin->by_lot &&
      placement.margin->has_number && placement.margin->lo == placement.margin->hi &&
      key.kind == value::TypeKind::kNumber && !key.years) {
    text += "\n  expect " + who + "'s margin in " + name + " is " +
            value::value_text(value::number(placement.margin->lo), key, at.book->schema(), false);
  }
  return text;
}

std::string line_expectation(const Case& at, const PlaceList& list, const sema::Program& program) {
  const sema::Allocation& allocation = program[list.allocation];
  if (allocation.pool.valid() || list.elsewhere) return {};
  std::string text;
  for (allocate::SchoolIndex school = 0; school < list.input.schools.size(); ++school) {
    const allocate::Fill* fill = engine::fill_of_line(list, school);
    if (fill == nullptr || fill->line.reached != allocate::Sure::kNo) continue;
    text += "\n  expect not (" + program[allocation.rule].name.in(false) + "'s line";
    if (!list.schools.empty()) {
      const auto node = static_cast<value::PlaceNode>(list.schools[school].lo);
      text += " with " + at.book->schema().places.path_en(node);
    }
    text += " is given)";
  }
  return text;
}

std::string as_scenarios(Case& at, engine::Rulebook& rulebook,
                         const std::vector<Household>& households) {
  std::vector<Household> plain;
  std::string names;
  std::string text = "module town.cases\nuse town.rules\nuse town.vocabulary\n";
  for (const Household& household : households) {
    plain.push_back(said_plainly(household, at.book->schema()));
    text += scenario_text(plain.back(), at.book->schema(), at.date, household.key);
    names += (names.empty() ? "" : ", ") + household.key;
  }
  const GivenPlaces given = places_of(rulebook, plain, at.date);
  text += "\nscenario together of households " + names;
  std::map<std::string, std::size_t> lists_of;  // whose pool is not known stands on several
  for (const PlaceList& list : given.lists) {
    for (const engine::Listed& child : list.children)
      ++lists_of[std::to_string(list.allocation.index) + child.household_key + child.member_key];
  }
  bool one_version = true;
  std::set<std::size_t> rules;
  for (const PlaceList& list : given.lists) {
    for (std::size_t i = 0; i < list.children.size(); ++i) {
      const engine::Listed& child = list.children[i];
      if (lists_of[std::to_string(list.allocation.index) + child.household_key +
                   child.member_key] == 1)
        text += expectation(at, plain, list, i, rulebook.program());
    }
    one_version = rules.insert(rulebook.program()[list.allocation].rule.index).second;
    if (one_version) text += line_expectation(at, list, rulebook.program());
  }
  if (text.find("expect") == std::string::npos) return {};
  Texts texts = at.texts;
  texts.files.push_back({"cases.jz", text});
  const auto book = Book::read(texts);
  if (!book->accepted()) return "the list is refused: " + book->refusal() + "\n" + text;
  at.book->add_tree(book->trees().back());
  engine::Rulebook again{sema::Program(book->program())};
  for (const engine::ScenarioResult& result : engine::run_scenarios(again)) {
    if (result.failures.empty()) continue;
    const engine::ScenarioFailure& failure = result.failures.front();
    return "`" + std::string(book->sources().text(failure.span)) + "`, but " + failure.found.en +
           "\n" + text;
  }
  return {};
}

}  // namespace

std::string listed(Case& at) {
  if (at.book->program().allocations.empty()) return {};
  Random random = at.random(8);
  engine::Rulebook rulebook{sema::Program(at.book->program())};
  std::vector<Household> households{at.household};
  households.front().key = "home_0";
  const std::size_t count = 2 + random.below(2);
  for (std::size_t i = 1; i < count; ++i) {
    HouseholdOptions options;
    options.completions = 4;
    options.exact = random.percent(50);
    households.push_back(make_household(random, at.book->schema(), at.date, options));
    households.back().key = "home_" + std::to_string(i);
  }
  const auto before = standings(rulebook.program(), places_of(rulebook, households, at.date));
  std::string wrong = other_order(at, rulebook, random, households, text_of(before));
  if (wrong.empty()) wrong = completed(at, rulebook, random, households, before);
  if (wrong.empty()) wrong = as_scenarios(at, rulebook, households);
  return wrong;
}

}  // namespace juzhu::generated
