#include "value/household.h"

#include <fmt/format.h>

#include <utility>

#include "value/cover.h"
#include "value/date.h"

namespace juzhu::value {
namespace {

constexpr std::size_t kBitsMax = 63;

/// All of so many options; a choice of 64 takes the sign bit too.
std::int64_t first_bits(std::size_t count) {
  return static_cast<std::int64_t>(count > kBitsMax ? ~std::uint64_t{0}
                                                    : (std::uint64_t{1} << count) - 1);
}

Value whole_set(const Schema& schema, const Fact& fact, std::size_t member_count) {
  switch (fact.type.kind) {
    case TypeKind::kBoolean:
      return unknown_truth();
    case TypeKind::kNumber:
    case TypeKind::kQuotient:
    case TypeKind::kDate:
    case TypeKind::kMonth:
      return between(fact.least, fact.greatest);
    case TypeKind::kChoice:
      return bits(first_bits(schema[fact.type.choice].options.size()));
    case TypeKind::kChoiceSet:
      return set_between(0, first_bits(schema[fact.type.choice].options.size()));
    case TypeKind::kPlace:
      return place_value(kRootPlace, schema.places[kRootPlace].children.empty());
    case TypeKind::kText:
      return {kValue, kAnyText, 0, {}};
    case TypeKind::kMember:
      // Without members there is nobody it could be.
      return member_count == 0 ? not_applicable() : bits(first_bits(member_count));
    case TypeKind::kMemberSet:
      return set_between(0, first_bits(member_count));
    case TypeKind::kError:
    case TypeKind::kRow:
    case TypeKind::kRows:
    case TypeKind::kTime:
      return number(0);
  }
  return number(0);
}

std::vector<Cell> unasked_cells(const Schema& schema, const std::vector<FactId>& facts) {
  std::vector<Cell> cells;
  cells.reserve(facts.size());
  for (const FactId fact : facts)
    cells.push_back({domain_of(schema, schema[fact], 0), InputState::kNotAsked});
  return cells;
}

const RowList& list_of(const FactRef& ref, const Household& household, const Schema& schema) {
  const auto& lists = ref.member < 0
                          ? household.lists
                          : household.members[static_cast<std::size_t>(ref.member)].lists;
  return lists[schema[ref.list].column];
}

/// Whose fact it is: "Li's ", 李的; the household by its word.
std::string owner_text(const FactRef& ref, const Household& household, const Schema& schema,
                       bool chinese) {
  std::string name;
  if (ref.member < 0) {
    name = schema.entities.empty() ? std::string() : schema.entities.front().name.in(chinese);
  } else {
    const Member& member = household.members[static_cast<std::size_t>(ref.member)];
    name = member.name.empty() ? member.key : member.name.in(chinese);
  }
  if (name.empty()) return {};
  return name + (chinese ? "的" : "'s ");
}

std::string row_text(const FactRef& ref, const Schema& schema, bool chinese) {
  const std::string& list = schema[ref.list].name.in(chinese);
  return chinese ? fmt::format("{}第{}条的", list, ref.row + 1)
                 : fmt::format("{} {}'s ", list, ref.row + 1);
}

InputState end_state(const Value& end, const List& list) {
  const Domain days = usual_domain(date_type());
  const Domain months = usual_domain(month_type());
  const Domain& domain = list.unit == SpellUnit::kDays ? days : months;
  return end.may_value() && end.lo <= domain.least && end.hi >= domain.greatest && end.lo != end.hi
             ? InputState::kUnknown
             : InputState::kStated;
}

}  // namespace

Household empty_household(const Schema& schema, std::string key) {
  Household household;
  household.key = std::move(key);
  if (schema.entities.empty()) return household;
  household.cells = unasked_cells(schema, schema.entities.front().facts);
  household.lists.resize(schema.entities.front().lists.size());
  return household;
}

Member empty_member(const Schema& schema, EntityId entity, std::string key) {
  Member member;
  member.key = std::move(key);
  member.entity = entity;
  member.cells = unasked_cells(schema, schema[entity].facts);
  member.lists.resize(schema[entity].lists.size());
  return member;
}

Value domain_of(const Schema& schema, const Fact& fact, std::size_t member_count) {
  Value domain = whole_set(schema, fact, member_count);
  if (fact.if_any) domain.kinds |= kNotApplicable;
  return domain;
}

std::string fact_text(const FactRef& ref, const Household& household, const Schema& schema,
                      bool chinese) {
  std::string owner = owner_text(ref, household, schema, chinese);
  switch (ref.kind) {
    case FactRef::Kind::kCell:
      return owner + schema[ref.fact].name.in(chinese);
    case FactRef::Kind::kRowCell:
      return owner + row_text(ref, schema, chinese) + schema[ref.fact].name.in(chinese);
    case FactRef::Kind::kRowStart:
      return owner + row_text(ref, schema, chinese) + (chinese ? "开始" : "start");
    case FactRef::Kind::kRowEnd:
      return owner + row_text(ref, schema, chinese) + (chinese ? "结束" : "end");
    case FactRef::Kind::kList:
      return owner + schema[ref.list].name.in(chinese);
  }
  return owner;
}

InputState fact_state(const FactRef& ref, const Household& household, const Schema& schema) {
  if (ref.kind == FactRef::Kind::kCell) {
    const auto& cells = ref.member < 0
                            ? household.cells
                            : household.members[static_cast<std::size_t>(ref.member)].cells;
    return cells[schema[ref.fact].column].state;
  }
  const RowList& list = list_of(ref, household, schema);
  if (ref.kind == FactRef::Kind::kList) return list.state;
  const Row& row = list.rows[static_cast<std::size_t>(ref.row)];
  if (ref.kind == FactRef::Kind::kRowCell) return row.cells[schema[ref.fact].column].state;
  return end_state(ref.kind == FactRef::Kind::kRowStart ? row.start : row.end, schema[ref.list]);
}

}  // namespace juzhu::value
