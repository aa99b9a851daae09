#include "engine/generate.h"

#include <algorithm>
#include <bit>

#include "ops/calendar.h"
#include "sema/extent.h"
#include "value/cover.h"

namespace juzhu::engine {

namespace {

using value::Cell;
using value::Household;
using value::InputState;
using value::PlaceNode;
using value::TypeKind;
using value::Value;

constexpr std::size_t kDaysTried = 10;   ///< of evaluation: each makes plans of its own
constexpr std::size_t kHomesTried = 10;  ///< places of evaluation, for the same reason
constexpr std::size_t kMembersMost = 4;
constexpr std::int64_t kYears = 366;

std::int64_t ten_to(int power) {
  std::int64_t result = 1;
  for (int i = 0; i < power; ++i)
    result *= 10;
  return result;
}

std::int64_t bit(std::size_t index) { return static_cast<std::int64_t>(std::uint64_t{1} << index); }

}  // namespace

std::uint64_t Chance::next() {
  state_ += 0x9E3779B97F4A7C15U;
  std::uint64_t mixed = state_;
  mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
  mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
  return mixed ^ (mixed >> 31U);
}

Generator::Generator(const sema::Program& program, Closure read, const sema::Extent& extent,
                     std::uint64_t seed)
    : schema_(*program.schema), read_(std::move(read)), chance_(seed) {
  // Days on which something changes, and the days around them, as far as the statement speaks.
  std::vector<std::int64_t> days;
  const std::int64_t first = *value::days_from_civil({2000, 1, 1});
  const std::int64_t last = *value::days_from_civil({2030, 12, 31});
  for (const std::int64_t change : read_.days) {
    for (const std::int64_t day : {change - 1, change, change + 200})
      days.push_back(day);
  }
  days.push_back(*value::days_from_civil({2024, 9, 1}));
  days.push_back(std::clamp(extent.from, first, last));
  std::erase_if(days, [&](std::int64_t day) {
    return day < std::max(extent.from, first) || day > std::min(extent.to, last);
  });
  if (days.empty()) days.push_back(extent.from);
  for (std::size_t i = 0; i < kDaysTried; ++i)
    days_.push_back(days[chance_.below(days.size())]);
  std::vector<PlaceNode> homes = extent.places;
  for (const PlaceNode place : program.declared_places) {
    if (sema::reached_through(extent.places, place, schema_.places)) homes.push_back(place);
  }
  if (homes.empty()) homes.push_back(value::kRootPlace);
  for (std::size_t i = 0; i < kHomesTried; ++i)
    homes_.push_back(leaf_below(homes[chance_.below(homes.size())]));
}

PlaceNode Generator::leaf_below(PlaceNode place) {
  while (!schema_.places[place].children.empty()) {
    const std::vector<PlaceNode>& children = schema_.places[place].children;
    place = children[chance_.below(children.size())];
  }
  return place;
}

std::int64_t Generator::day() { return days_[chance_.below(days_.size())]; }

Household Generator::household(std::int64_t day) {
  day_ = day;
  // Dates that make a difference on this day: so many months or days before it, before the day of a
  // year that a rule names, and the days that rules name.
  std::vector<std::int64_t> bases{day};
  const int year = value::civil_from_days(day).year;
  for (const auto& [month, month_day] : read_.month_days) {
    if (const auto base = value::days_from_civil({year, month, month_day})) bases.push_back(*base);
  }
  edges_ = bases;
  edges_.insert(edges_.end(), read_.days.begin(), read_.days.end());
  for (const auto& [type, constant] : read_.constants) {
    if (type.kind != TypeKind::kNumber || type.scale != 0) continue;
    const bool months = type.unit == value::base_unit(value::kMonthUnit);
    const bool days = type.unit == value::base_unit(value::kDayUnit);
    const bool is_length = (months || days) && constant.lo > 0 && constant.lo < 1200;
    for (const std::int64_t base : bases) {
      if (is_length)
        edges_.push_back(months ? ops::add_months_exact(base, -constant.lo) : base - constant.lo);
    }
  }
  here_ = homes_[chance_.below(homes_.size())];
  Household made = value::empty_household(schema_, "made");
  entities_.clear();
  const std::size_t count = 1 + chance_.below(kMembersMost);
  for (std::size_t i = 0; i < count; ++i) {
    const value::EntityId entity{1 + chance_.below(schema_.entities.size() - 1)};
    entities_.push_back(entity);
    made.members.push_back(value::empty_member(schema_, entity, "P" + std::to_string(i + 1)));
  }
  const value::Entity& home = schema_.entities.front();
  fill(made.cells, home.facts, count);
  fill_lists(made.lists, home.lists);
  if (schema_.place_fact.valid()) {
    made.cells[schema_[schema_.place_fact].column] = {value::place_value(here_, true),
                                                      InputState::kStated};
  }
  for (std::size_t i = 0; i < count; ++i) {
    value::Member& member = made.members[i];
    fill(member.cells, schema_[member.entity].facts, i);
    fill_lists(member.lists, schema_[member.entity].lists);
  }
  return made;
}

void Generator::fill(std::vector<Cell>& cells, const std::vector<value::FactId>& facts,
                     std::size_t member) {
  for (const value::FactId id : facts) {
    const value::Fact& fact = schema_[id];
    if (!read_.facts.contains(id) || fact.type.kind == TypeKind::kError) continue;
    const Value value = value_of(fact, member);
    const InputState state =
        value.only_not_applicable() ? InputState::kDoesNotApply : InputState::kStated;
    cells[fact.column] = {value, state};
  }
}

void Generator::fill_lists(std::vector<value::RowList>& lists,
                           const std::vector<value::ListId>& ids) {
  for (const value::ListId id : ids) {
    if (!read_.lists.contains(id)) continue;
    value::RowList& list = lists[schema_[id].column];
    list.state = InputState::kStated;
    const std::size_t roll = chance_.below(10);
    const std::size_t rows = roll < 2 ? 0 : roll < 7 ? 1 : 2;
    for (std::size_t row = 0; row < rows; ++row)
      list.rows.push_back(row_of(schema_[id]));
  }
}

std::int64_t Generator::date_near(std::int64_t latest) {
  std::int64_t date = edges_[chance_.below(edges_.size())];
  if (chance_.percent(15)) {
    date = day_ - static_cast<std::int64_t>(chance_.below(static_cast<std::size_t>(45 * kYears)));
  }
  date += static_cast<std::int64_t>(chance_.below(3)) - 1;
  return std::min(date, latest);
}

value::Row Generator::row_of(const value::List& list) {
  value::Row row;
  const std::int64_t start = date_near(day_ + 1);
  const bool ongoing = chance_.percent(55);
  const std::int64_t end = std::max(start, date_near(day_ + kYears));
  const bool days = list.unit == value::SpellUnit::kDays;
  row.start = value::number(days ? start : value::month_of_date(start));
  row.end = value::number(ongoing ? value::kForever : days ? end : value::month_of_date(end));
  for (const value::FactId id : list.facts) {
    const value::Fact& fact = schema_[id];
    if (!read_.facts.contains(id) || fact.type.kind == TypeKind::kError) {
      row.cells.push_back(
          {value::domain_of(schema_, fact, entities_.size()), InputState::kNotAsked});
      continue;
    }
    // A paper is mostly issued on the day it starts.
    const bool as_start = fact.type.kind == TypeKind::kDate && chance_.percent(60);
    const Value value = as_start ? value::number(start) : value_of(fact, entities_.size());
    row.cells.push_back(
        {value, value.only_not_applicable() ? InputState::kDoesNotApply : InputState::kStated});
  }
  return row;
}

Value Generator::number_of(const value::Fact& fact) {
  std::vector<std::int64_t> edges{
      fact.least, 0, static_cast<std::int64_t>(chance_.below(20)) * ten_to(fact.type.scale)};
  for (const auto& [type, constant] : read_.constants) {
    if (type.kind != TypeKind::kNumber || !(type.unit == fact.type.unit)) continue;
    std::int64_t edge = constant.lo;
    if (type.scale > fact.type.scale) edge /= ten_to(type.scale - fact.type.scale);
    if (type.scale < fact.type.scale) edge *= ten_to(fact.type.scale - type.scale);
    edges.insert(edges.end(), {edge - 1, edge, edge + 1});
  }
  const std::int64_t number = edges[chance_.below(edges.size())];
  return value::number(std::clamp(number, fact.least, fact.greatest));
}

Value Generator::members_of(const value::Fact& fact, std::size_t member) {
  // Of those that come later, so that nobody is an ancestor of himself.
  std::int64_t chosen = 0;
  const std::size_t first = member >= entities_.size() ? 0 : member + 1;
  for (std::size_t i = first; i < entities_.size(); ++i) {
    if (entities_[i] == fact.type.entity && chance_.percent(65)) chosen |= bit(i);
  }
  if (fact.type.kind == TypeKind::kMemberSet) return value::set_between(chosen, chosen);
  for (std::size_t i = first; i < entities_.size(); ++i) {
    if ((chosen & bit(i)) != 0) return value::bits(bit(i));
  }
  if (fact.if_any) return value::not_applicable();
  return value::bits(bit(chance_.below(entities_.size())));
}

Value Generator::value_of(const value::Fact& fact, std::size_t member) {
  if (fact.if_any && chance_.percent(20)) return value::not_applicable();
  switch (fact.type.kind) {
    case TypeKind::kBoolean:
      return value::truth(chance_.percent(50));
    case TypeKind::kNumber:
      return number_of(fact);
    case TypeKind::kDate:
      return value::number(std::clamp(date_near(day_ + 1), fact.least, fact.greatest));
    case TypeKind::kMonth:
      return value::number(
          std::clamp(value::month_of_date(date_near(day_ + 1)), fact.least, fact.greatest));
    case TypeKind::kChoice:
      return value::bits(bit(chance_.below(schema_[fact.type.choice].options.size())));
    case TypeKind::kChoiceSet: {
      std::int64_t chosen = 0;
      for (std::size_t i = 0; i < schema_[fact.type.choice].options.size(); ++i)
        chosen |= chance_.percent(60) ? bit(i) : 0;
      return value::set_between(chosen, chosen);
    }
    case TypeKind::kPlace: {
      PlaceNode place = here_;
      if (chance_.percent(50)) place = homes_[chance_.below(homes_.size())];
      if (chance_.percent(20)) place = leaf_below(value::kRootPlace);
      return value::place_value(place, true);
    }
    case TypeKind::kText:
      return value::number(static_cast<std::int64_t>(chance_.below(schema_.texts.size() + 1)) - 1);
    case TypeKind::kMember:
    case TypeKind::kMemberSet:
      return members_of(fact, member);
    case TypeKind::kError:
    case TypeKind::kQuotient:
    case TypeKind::kRow:
    case TypeKind::kRows:
    case TypeKind::kTime:
      break;
  }
  return value::domain_of(schema_, fact, entities_.size());
}

std::vector<Household> Generator::raised(const Household& household, std::int64_t day,
                                         const sema::Expr& what, std::int32_t member) {
  day_ = day;
  if (edges_.empty()) edges_.push_back(day);
  entities_.clear();
  for (const value::Member& each : household.members)
    entities_.push_back(each.entity);
  std::vector<Household> found;
  if (what.operation == ops::Operation::kRows) {
    raise_list(household, schema_.lists[what.a], member, found);
  } else {
    raise_cell(household, schema_.facts[what.a], member, found);
  }
  return found;
}

void Generator::raise_cell(const Household& household, const value::Fact& fact, std::int32_t member,
                           std::vector<Household>& into) {
  const auto cell_in = [&](Household& of) -> Cell& {
    return (member < 0 ? of.cells
                       : of.members[static_cast<std::size_t>(member)].cells)[fact.column];
  };
  Household copy = household;
  const Cell now = cell_in(copy);
  if (now.state != InputState::kStated || !now.value.only_value()) return;
  const auto add = [&](const Value& value) {
    cell_in(copy) = {value, InputState::kStated};
    into.push_back(copy);
  };
  const Value& value = now.value;
  switch (fact.type.kind) {
    case TypeKind::kBoolean:
      if (value::is_false(value)) add(value::truth(true));
      break;
    case TypeKind::kChoice:
      for (std::size_t i = 0; i < schema_[fact.type.choice].options.size(); ++i) {
        if (std::has_single_bit(static_cast<std::uint64_t>(value.lo)) && bit(i) > value.lo)
          add(value::bits(bit(i)));
      }
      break;
    case TypeKind::kChoiceSet:
      for (std::size_t i = 0; i < schema_[fact.type.choice].options.size(); ++i) {
        if (value.lo == value.hi && (value.lo & bit(i)) == 0)
          add(value::set_between(value.lo | bit(i), value.lo | bit(i)));
      }
      break;
    case TypeKind::kNumber:
    case TypeKind::kDate:
    case TypeKind::kMonth:
      if (value.lo != value.hi) break;
      for (int i = 0; i < 3; ++i) {
        const Value other = i == 0 ? value::number(value.lo + 1) : value_of(fact, entities_.size());
        if (other.only_value() && other.lo > value.lo && other.lo <= fact.greatest) add(other);
      }
      break;
    case TypeKind::kPlace:
    case TypeKind::kText:
    case TypeKind::kMember:
    case TypeKind::kMemberSet:
    case TypeKind::kError:
    case TypeKind::kQuotient:
    case TypeKind::kRow:
    case TypeKind::kRows:
    case TypeKind::kTime:
      break;
  }
}

void Generator::raise_list(const Household& household, const value::List& list, std::int32_t member,
                           std::vector<Household>& into) {
  Household copy = household;
  value::RowList& rows =
      (member < 0 ? copy.lists : copy.members[static_cast<std::size_t>(member)].lists)[list.column];
  if (rows.state != InputState::kStated) return;
  // A row that lasts longer, then a row more.
  for (value::Row& row : rows.rows) {
    const value::Row before = row;
    if (row.end.lo == row.end.hi && row.end.hi != value::kForever) {
      row.end = value::number(row.end.hi + 1 + static_cast<std::int64_t>(chance_.below(24)));
      into.push_back(copy);
    }
    row = before;
    if (row.start.lo == row.start.hi) {
      row.start = value::number(row.start.lo - 1 - static_cast<std::int64_t>(chance_.below(24)));
      into.push_back(copy);
    }
    row = before;
  }
  value::Row more = row_of(list);
  if (!rows.rows.empty() && chance_.percent(50)) more.cells = rows.rows.front().cells;
  rows.rows.push_back(std::move(more));
  into.push_back(std::move(copy));
}

}  // namespace juzhu::engine
