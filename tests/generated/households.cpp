// Making households.
#include "households.h"

#include <algorithm>
#include <bit>

#include "eval/box.h"
#include "eval/facts.h"
#include "value/cover.h"

namespace juzhu::generated {
namespace {

using value::Cell;
using value::Fact;
using value::InputState;
using value::TypeKind;

class HouseholdMaker {
 public:
  HouseholdMaker(Random& random, const Schema& schema, std::int64_t date,
                 const HouseholdOptions& options)
      : random_(random), schema_(schema), date_(date), options_(options) {}

  Household make() {
    made_ = value::empty_household(schema_, "H");
    add_members();
    const value::Entity& home = schema_.entities.front();
    fill(made_.cells, home.facts);
    fill(made_.lists, home.lists);
    for (value::Member& member : made_.members) {
      fill(member.cells, schema_[member.entity].facts);
      fill(member.lists, schema_[member.entity].lists);
    }
    set_place();
    return std::move(made_);
  }

 private:
  void add_members() {
    const std::size_t persons = 1 + random_.below(3);
    const value::EntityId person =
        schema_.entity("person").value_or(value::EntityId{std::size_t{1}});
    std::vector<value::EntityId> kinds(persons, person);
    if (const auto pet = schema_.entity("pet"); pet && random_.percent(70)) kinds.push_back(*pet);
    random_.shuffle(kinds);
    const char* const keys[] = {"Ann", "Bob", "Cai", "Dan"};
    for (std::size_t i = 0; i < kinds.size(); ++i) {
      made_.members.push_back(value::empty_member(schema_, kinds[i], keys[i]));
      made_.members.back().name.en = keys[i];
    }
  }

  /// Where the household is decides what is in force, so it is mostly known.
  void set_place() {
    Cell& cell = made_.cells[schema_[schema_.place_fact].column];
    const auto count = schema_.places.size();
    const auto node = static_cast<value::PlaceNode>(1 + random_.below(count - 1));
    cell = {value::place_value(node, true), InputState::kStated};
    if (options_.exact || !random_.percent(25)) return;
    const bool leaf = schema_.places[node].children.empty();
    if (leaf || !take(subtree(node).size())) return;
    cell.value = value::place_value(node, false);
  }

  [[nodiscard]] std::vector<value::PlaceNode> subtree(value::PlaceNode top) const {
    std::vector<value::PlaceNode> found;
    for (value::PlaceNode node = 0; node < schema_.places.size(); ++node) {
      if (schema_.places.within(node, top)) found.push_back(node);
    }
    return found;
  }

  /// May something with so many values be left open? Then it is counted.
  bool take(std::size_t values) {
    if (options_.exact) return false;
    if (values * used_ > options_.completions) return false;
    used_ *= values;
    return true;
  }

  void fill(std::vector<Cell>& cells, const std::vector<value::FactId>& facts) {
    for (const value::FactId fact : facts)
      cells[schema_[fact].column] = cell_for(schema_[fact]);
  }

  void fill(std::vector<value::RowList>& lists, const std::vector<value::ListId>& ids) {
    for (const value::ListId id : ids)
      lists[schema_[id].column] = rows_for(schema_[id]);
  }

  Cell cell_for(const Fact& fact) {
    if (fact.type.kind == TypeKind::kError) return {value::number(0), InputState::kStated};
    const Value whole = value::domain_of(schema_, fact, made_.members.size());
    const auto pick = random_.below(100);
    if (pick < 1)
      return {value::failure({value::ErrorCode::kBadCell, 0, 0, 0}), InputState::kStated};
    if (pick < 15 && fact.if_any) return {value::not_applicable(), InputState::kDoesNotApply};
    if (pick < 30 && take(size_of(whole, fact.type)))
      return {whole, random_.percent(50) ? InputState::kUnknown : InputState::kNotAsked};
    if (pick < 31 && !options_.exact) return {whole, InputState::kNotAsked};
    if (pick < 42) {
      const Value part = part_of(whole, fact.type);
      if (take(size_of(part, fact.type))) return {part, InputState::kStated};
    }
    const Value exact = exact_of(whole, fact.type);
    if (exact.only_not_applicable()) {
      return fact.if_any ? Cell{exact, InputState::kDoesNotApply}
                         : Cell{whole, InputState::kNotAsked};
    }
    return {exact, InputState::kStated};
  }

  std::size_t size_of(const Value& set, const value::Type& type) {
    const std::size_t others = set.may_not_apply() ? 1 : 0;
    switch (type.kind) {
      case TypeKind::kBoolean:
      case TypeKind::kChoice:
        return others + static_cast<std::size_t>(std::popcount(static_cast<std::uint64_t>(set.lo)));
      case TypeKind::kMember:
        return others + members_of(type).size();
      case TypeKind::kChoiceSet:
      case TypeKind::kMemberSet:
        return std::size_t{1} << std::popcount(static_cast<std::uint64_t>(set.hi & ~set.lo));
      case TypeKind::kPlace:
        return set.hi == 1 ? 1 : others + subtree(static_cast<value::PlaceNode>(set.lo)).size();
      case TypeKind::kText:
        return 3;
      default:
        return set.hi - set.lo > 1000 ? 2000
                                      : static_cast<std::size_t>(set.hi - set.lo + 1) + others;
    }
  }

  [[nodiscard]] std::vector<std::int64_t> members_of(const value::Type& type) const {
    std::vector<std::int64_t> found;
    for (std::size_t i = 0; i < made_.members.size(); ++i) {
      if (made_.members[i].entity == type.entity) found.push_back(std::int64_t{1} << i);
    }
    return found;
  }

  Value exact_of(const Value& whole, const value::Type& type) {
    switch (type.kind) {
      case TypeKind::kBoolean:
        return value::truth(random_.percent(50));
      case TypeKind::kChoice:
        return value::bits(std::int64_t{1} << random_.below(static_cast<std::size_t>(
                               std::popcount(static_cast<std::uint64_t>(whole.lo)))));
      case TypeKind::kMember: {
        const auto members = members_of(type);
        return members.empty() ? value::not_applicable() : value::bits(random_.one_of(members));
      }
      case TypeKind::kChoiceSet: {
        const std::int64_t set = random_.between(0, whole.hi);
        return value::set_between(set, set);
      }
      case TypeKind::kMemberSet: {
        std::int64_t set = 0;
        for (const std::int64_t member : members_of(type))
          set |= random_.percent(50) ? member : 0;
        return value::set_between(set, set);
      }
      case TypeKind::kPlace:
        return value::place_value(
            static_cast<value::PlaceNode>(1 + random_.below(schema_.places.size() - 1)), true);
      case TypeKind::kText:
        return value::number(random_.percent(80) && !schema_.texts.empty()
                                 ? static_cast<std::int64_t>(random_.below(schema_.texts.size()))
                                 : -2);
      case TypeKind::kDate:
        return value::number(random_.percent(25) ? date_ - 18 * 365 - random_.between(-400, 400)
                                                 : date_ - random_.between(-60, 700));
      case TypeKind::kMonth:
        return value::number(value::month_of_date(date_) - random_.between(-2, 26));
      default:
        return whole.hi - whole.lo > 1000 ? value::number(random_.between(0, 30))
                                          : value::number(random_.between(whole.lo, whole.hi));
    }
  }

  /// Some of the values, more than one where there are more.
  Value part_of(const Value& whole, const value::Type& type) {
    const Value exact = exact_of(whole, type);
    if (!exact.only_value()) return exact;
    switch (type.kind) {
      case TypeKind::kChoice:
        return value::bits(exact.lo | exact_of(whole, type).lo);
      case TypeKind::kMember:
        return value::bits(exact.lo | exact_of(whole, type).lo);
      case TypeKind::kChoiceSet:
      case TypeKind::kMemberSet: {
        const Value other = exact_of(whole, type);
        return value::set_between(exact.lo & other.lo, exact.lo | other.lo);
      }
      case TypeKind::kPlace: {
        const auto node = static_cast<value::PlaceNode>(exact.lo);
        return value::place_value(node, schema_.places[node].children.empty());
      }
      case TypeKind::kNumber:
      case TypeKind::kDate:
      case TypeKind::kMonth: {
        Value part = value::between(exact.lo, exact.lo + random_.between(1, 2));
        part.hi = std::min(part.hi, whole.hi);
        return part;
      }
      default:
        return exact;
    }
  }

  value::RowList rows_for(const value::List& list) {
    value::RowList rows;
    rows.state = InputState::kStated;
    if (!options_.exact && random_.percent(15))
      rows.state = random_.percent(50) ? InputState::kUnknown : InputState::kNotAsked;
    const std::size_t count = random_.below(3);
    for (std::size_t i = 0; i < count; ++i)
      rows.rows.push_back(row_for(list));
    return rows;
  }

  value::Row row_for(const value::List& list) {
    value::Row row;
    const bool days = list.unit == value::SpellUnit::kDays;
    std::int64_t start = days ? date_ - random_.between(-20, 800)
                              : value::month_of_date(date_) - random_.between(-1, 28);
    if (list.unit == value::SpellUnit::kYears) start -= start % 12;
    std::int64_t end = start + (days ? random_.between(0, 420) : random_.between(0, 13));
    if (list.unit == value::SpellUnit::kYears) end = start + 11 + 12 * random_.between(0, 1);
    if (random_.percent(1)) end = start - 5;
    row.start = value::number(start);
    row.end = value::number(random_.percent(30) ? value::kForever : end);
    if (random_.percent(12) && take(3)) row.start = value::between(start, start + 2);
    if (row.end.lo == end && random_.percent(12) && take(3)) row.end = value::between(end, end + 2);
    row.cells.resize(list.facts.size());
    fill(row.cells, list.facts);
    return row;
  }

  Random& random_;
  const Schema& schema_;
  std::int64_t date_;
  HouseholdOptions options_;
  Household made_;
  std::size_t used_ = 1;
};

}  // namespace

Household make_household(Random& random, const Schema& schema, std::int64_t date,
                         const HouseholdOptions& options) {
  return HouseholdMaker(random, schema, date, options).make();
}

}  // namespace juzhu::generated
