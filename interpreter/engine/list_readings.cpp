#include "engine/list_readings.h"

#include <algorithm>
#include <limits>

namespace juzhu::engine {

namespace {

using allocate::Place;
using value::Value;

bool is_of(const sema::Program& program, const PlaceList& list, sema::RuleId allocation) {
  return program[list.allocation].rule == allocation;
}

std::optional<std::uint32_t> position_of(const PlaceList& list, std::uint32_t household,
                                         std::uint32_t member) {
  for (std::uint32_t i = 0; i < list.children.size(); ++i) {
    if (list.children[i].household == household && list.children[i].member == member) return i;
  }
  return std::nullopt;
}

bool same_constant(const sema::Program& program, sema::ExprId expr, const Value& value) {
  if (!expr.valid()) return true;
  const Value& constant = program.constants[program[expr].a];
  return constant.kinds == value.kinds && constant.lo == value.lo;
}

Value anything() {
  // A line that hangs on what is not known may lie anywhere, or there may be none.
  Value value = value::between(std::numeric_limits<std::int64_t>::min() / 4,
                               std::numeric_limits<std::int64_t>::max() / 4);
  value.kinds |= value::kNotApplicable;
  return value;
}

Value of_key(const allocate::KeyRange& key) {
  return key.may_lack ? value::not_applicable() : value::number(key.lo);
}

Value line_value(const PlaceList& list, allocate::SchoolIndex school) {
  const allocate::Fill* fill = fill_of_line(list, school);
  if (fill == nullptr || fill->line.reached == allocate::Sure::kNo || fill->line.none)
    return value::not_applicable();
  if (fill->line.known) return of_key(fill->line_keys.front());
  return anything();
}

Value margin_value(const allocate::Placement& placement) {
  if (!placement.margin) {
    return placement.place == Place::kUnknown ? anything() : value::not_applicable();
  }
  const allocate::Margin& margin = *placement.margin;
  if (margin.key > 0 || margin.by_lot) return value::number(0);
  return margin.has_number ? value::between(margin.lo, margin.hi) : value::not_applicable();
}

}  // namespace

const allocate::Fill* fill_of_line(const PlaceList& list, allocate::SchoolIndex school) {
  const allocate::Fill* found = nullptr;
  for (const allocate::Fill& fill : list.result.fills) {
    if (fill.school != school || fill.part == allocate::Part::kReserve) continue;
    // Of several rounds the last that anybody could still apply to decides.
    const bool is_line = fill.line.reached != allocate::Sure::kNo || found == nullptr;
    const bool is_later =
        found == nullptr || found->line.reached == allocate::Sure::kNo ||
        (fill.line.known && found->line.known && fill.line.position > found->line.position) ||
        (!fill.line.known && fill.seats.hi > 0);
    if (is_line && is_later) found = &fill;
  }
  return found;
}

ChildPlace place_of_child(const sema::Program& program, const GivenPlaces& given,
                          const sema::PlacedExpectation& asked) {
  ChildPlace found;
  std::set<std::pair<std::string, std::string>> texts;
  for (const PlaceList& list : given.lists) {
    if (!is_of(program, list, asked.allocation)) continue;
    const auto position = position_of(list, asked.household, asked.member);
    if (!position) continue;
    const allocate::Placement& placement = list.result.placements[*position];
    if (!found.listed || placement.place != Place::kNone) found.place = placement.place;
    found.listed = true;
    if (placement.place == Place::kPlaced && !list.schools.empty()) {
      const sema::Allocation& allocation = program[list.allocation];
      found.school = list.schools[placement.school];
      found.school_type = program[allocation.school].type;
      found.at_school = same_constant(program, asked.school, found.school);
    }
    const allocate::Missing missing = allocate::missing_of(list.input, list.result, *position);
    found.tie_rule |= missing.tie_rule;
    found.seats |= missing.seats;
    for (const allocate::FactIndex fact : missing.facts) {
      const ListedFact& one = list.facts[fact];
      found.depends_on.insert({one.household, one.ref});
      texts.emplace(one.text.en, one.text.zh);
    }
  }
  for (const auto& [en, zh] : texts)
    found.texts.emplace_back(en, zh);
  return found;
}

Bilingual place_words(const Rulebook& rulebook, const ChildPlace& place) {
  if (!place.listed) return say("it is not on the list", "不在名单上");
  if (place.place == Place::kNone) return say("it gets no place", "未录取");
  if (place.place == Place::kPlaced) {
    if (!place.school.may_value()) return say("it gets a place", "已录取");
    return say("it gets a place at {}", "录取于{}", in_both([&](bool chinese) {
                 return value::value_text(place.school, place.school_type, rulebook.schema(),
                                          chinese);
               }));
  }
  Bilingual text;
  const auto add = [&](const Bilingual& part) {
    if (!text.empty()) text += say(", ", "、");
    text += part;
  };
  for (const value::Bilingual& each : place.texts)
    add(each);
  if (place.tie_rule) add(say("the rule for ties", "同分规则"));
  if (place.seats) add(say("the number of seats", "名额"));
  if (text.empty()) text = say("nothing", "无");
  return say("it is left open, depends on {}", "未定，取决于{}", text);
}

Value list_value(const sema::Program& program, const GivenPlaces& given,
                 const sema::ListReading& reading) {
  for (const PlaceList& list : given.lists) {
    if (!is_of(program, list, reading.allocation) || list.elsewhere) continue;
    if (reading.margin) {
      const auto position = position_of(list, reading.household, reading.member);
      if (position) return margin_value(list.result.placements[*position]);
      continue;
    }
    if (!same_constant(program, reading.pool, list.pool)) continue;
    if (!reading.school.valid()) return line_value(list, 0);
    for (allocate::SchoolIndex school = 0; school < list.schools.size(); ++school) {
      if (same_constant(program, reading.school, list.schools[school]))
        return line_value(list, school);
    }
  }
  return value::not_applicable();
}

}  // namespace juzhu::engine
