#include "eval/facts.h"

#include <set>
#include <string_view>

#include "base/check.h"
#include "eval/outcome.h"

namespace juzhu::eval {
namespace {

using value::ErrorCode;
using value::TypeKind;

Value household_error(ErrorCode code, std::size_t entity) {
  return value::failure({code, 0, 0, static_cast<std::uint32_t>(entity)});
}

bool has_too_many_rows(const std::vector<RowList>& lists) {
  for (const RowList& list : lists) {
    if (list.rows.size() > kMaxRows) return true;
  }
  return false;
}

bool is_range(TypeKind kind) {
  return kind == TypeKind::kNumber || kind == TypeKind::kDate || kind == TypeKind::kMonth;
}

/// Why a value cannot be one of the fact's, if so.
bool is_wrong(const Value& value, const value::Fact& fact, ErrorCode& code) {
  if (value.may_not_apply() && !fact.if_any) {
    code = ErrorCode::kNotApplicableHere;
    return true;
  }
  if (!value.may_value()) return false;
  if (is_range(fact.type.kind)) {
    if (value.lo > value.hi) {
      code = ErrorCode::kEmptyRange;
      return true;
    }
    if (value.lo < fact.least || value.hi > fact.greatest) {
      code = ErrorCode::kOutOfDomain;
      return true;
    }
  }
  const bool is_bits = fact.type.kind == TypeKind::kChoice || fact.type.kind == TypeKind::kBoolean;
  if (is_bits && value.lo == 0) {
    code = ErrorCode::kEmptyRange;
    return true;
  }
  return false;
}

/// A household may have fewer members than the domain was written for.
void keep_members(Value& value, const value::Fact& fact, const Household& household) {
  if (!value.may_value()) return;
  const std::int64_t members = members_of(household, fact.type.entity);
  if (fact.type.kind == TypeKind::kMemberSet) {
    value.lo &= members;
    value.hi &= members;
  }
  if (fact.type.kind != TypeKind::kMember) return;
  value.lo &= members;
  if (value.lo != 0) return;
  value.kinds = static_cast<std::uint8_t>((value.kinds & ~value::kValue) | value::kNotApplicable);
}

void widen(std::vector<Cell>& cells, const std::vector<value::FactId>& facts, const Schema& schema,
           const Household& household) {
  for (const value::FactId id : facts) {
    const value::Fact& fact = schema[id];
    const bool is_of_members =
        fact.type.kind == TypeKind::kMember || fact.type.kind == TypeKind::kMemberSet;
    if (!is_of_members || fact.column >= cells.size()) continue;
    Cell& cell = cells[fact.column];
    const bool is_missing =
        cell.state == value::InputState::kUnknown || cell.state == value::InputState::kNotAsked;
    if (!is_missing) continue;
    cell.value = value::domain_of(schema, fact, household.members.size());
    // Members of another kind are none of its values: the search must not try them.
    Value kept = cell.value;
    keep_members(kept, fact, household);
    if (kept.may_value()) cell.value = kept;
  }
}

void widen(std::vector<RowList>& lists, const std::vector<value::ListId>& ids, const Schema& schema,
           const Household& household) {
  for (const value::ListId id : ids) {
    if (schema[id].column >= lists.size()) continue;
    for (Row& row : lists[schema[id].column].rows) {
      widen(row.cells, schema[id].facts, schema, household);
    }
  }
}

}  // namespace

Value household_failure(const Household& household) {
  if (household.failure.may_fail()) return household.failure;
  if (household.members.size() > kMaxMembers) return household_error(ErrorCode::kTooMany, 0);
  if (has_too_many_rows(household.lists)) return household_error(ErrorCode::kTooMany, 0);
  for (std::size_t i = 0; i < household.members.size(); ++i) {
    if (has_too_many_rows(household.members[i].lists)) {
      return household_error(ErrorCode::kTooMany, i + 1);
    }
  }
  std::set<std::string_view> keys;
  for (const value::Member& member : household.members) {
    if (!keys.insert(member.key).second) return household_error(ErrorCode::kDuplicateKey, 0);
  }
  return {};
}

Household with_whole_domains(Household household, const Schema& schema) {
  const Household before = household;  // whose members are counted while cells change
  const value::Entity& home = schema[value::EntityId(std::size_t{0})];
  widen(household.cells, home.facts, schema, before);
  widen(household.lists, home.lists, schema, before);
  for (value::Member& member : household.members) {
    const value::Entity& entity = schema[member.entity];
    widen(member.cells, entity.facts, schema, before);
    widen(member.lists, entity.lists, schema, before);
  }
  return household;
}

std::int64_t members_of(const Household& household, value::EntityId entity) {
  std::int64_t members = 0;
  for (std::size_t i = 0; i < household.members.size(); ++i) {
    if (!entity.valid() || household.members[i].entity == entity) members |= bit(i);
  }
  return members;
}

Value read_cell(const Cell& cell, const value::Fact& fact, const Schema& schema,
                const Household& household, value::Error at) {
  Value value = cell.value;
  if (cell.state == value::InputState::kDoesNotApply && !value.may_fail()) {
    value = value::not_applicable();
  }
  if (value.may_fail()) {
    at.code =
        value.error.code;  // the reader knows what is wrong, the plan which declaration reads it
    value.error = at;
    return value;
  }
  if (is_wrong(value, fact, at.code)) return value::failure(at);
  keep_members(value, fact, household);
  const bool is_leaf_place =
      fact.type.kind == TypeKind::kPlace && value.may_value() &&
      schema.places[static_cast<value::PlaceNode>(value.lo)].children.empty();
  if (is_leaf_place) value.hi = 1;  // nothing lies below it
  return value;
}

RowEnds read_ends(const Row& row, value::Error at) {
  const bool ends_before_start =
      row.start.only_value() && row.end.only_value() && row.start.lo > row.end.hi;
  if (!ends_before_start) {
    RowEnds ends{row.start, row.end};
    for (Value* end : {&ends.start, &ends.end}) {
      if (!end->may_fail()) continue;
      at.code = end->error.code;
      end->error = at;
    }
    return ends;
  }
  at.code = ErrorCode::kBadSpell;
  return {value::failure(at), value::failure(at)};
}

const RowList& list_of(const Household& household, const Schema& schema, value::ListId list,
                       std::int64_t owner) {
  const auto& lists =
      owner < 0 ? household.lists : household.members[static_cast<std::size_t>(owner)].lists;
  const std::uint32_t column = schema[list].column;
  JUZHU_CHECK(column < lists.size());
  return lists[column];
}

const Cell& cell_of(const Household& household, const value::Fact& fact, std::int64_t owner) {
  const auto& cells =
      owner < 0 ? household.cells : household.members[static_cast<std::size_t>(owner)].cells;
  JUZHU_CHECK(fact.column < cells.size());
  return cells[fact.column];
}

const Value& stored_value(const Household& household, const Schema& schema, const FactRef& ref) {
  using Kind = FactRef::Kind;
  JUZHU_CHECK(ref.kind != Kind::kList);
  if (ref.kind == Kind::kCell) return cell_of(household, schema[ref.fact], ref.member).value;
  const RowList& list = list_of(household, schema, ref.list, ref.member);
  const Row& row = list.rows[static_cast<std::size_t>(ref.row)];
  if (ref.kind == Kind::kRowStart) return row.start;
  if (ref.kind == Kind::kRowEnd) return row.end;
  return row.cells[schema[ref.fact].column].value;
}

Value& stored_value(Household& household, const Schema& schema, const FactRef& ref) {
  // The household is the caller's own, not const.
  return const_cast<Value&>(  // NOLINT(cppcoreguidelines-pro-type-const-cast)
      stored_value(static_cast<const Household&>(household), schema, ref));
}

}  // namespace juzhu::eval
