#include "batch/table.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/check.h"
#include "eval/facts.h"
#include "eval/outcome.h"

namespace juzhu::batch {
namespace {

using value::TypeKind;
using value::Value;

constexpr std::uint64_t kYes = 0xFF;

bool has_columns(const value::Type& type) {
  switch (type.kind) {
    case TypeKind::kBoolean:
    case TypeKind::kNumber:
    case TypeKind::kDate:
    case TypeKind::kMonth:
    case TypeKind::kChoice:
    case TypeKind::kPlace:
    case TypeKind::kMemberSet:
      return true;
    case TypeKind::kError:
    case TypeKind::kQuotient:
    case TypeKind::kChoiceSet:
    case TypeKind::kText:
    case TypeKind::kMember:
    case TypeKind::kRow:
    case TypeKind::kRows:
    case TypeKind::kTime:
      return false;
  }
  return false;
}

/// The cells of one fact while the rows of all households are gone through.
struct Filling {
  std::vector<std::int64_t> numbers;
  std::vector<CellKind> cells;
};

void read_into(Filling& to, std::size_t row, const value::Cell& cell, const value::Fact& fact,
               const value::Schema& schema, const value::Household& household) {
  // Such a cell was made before the household's members were known.
  const bool is_missing =
      cell.state == value::InputState::kUnknown || cell.state == value::InputState::kNotAsked;
  if (is_missing && fact.type.kind == TypeKind::kMemberSet) return;
  const Value value = eval::read_cell(cell, fact, schema, household, {});
  if (value.only_not_applicable()) to.cells[row] = CellKind::kNotApplicable;
  const std::optional<std::int64_t> exact = exact_number(value, fact.type);
  if (!exact) return;
  to.cells[row] = CellKind::kExact;
  to.numbers[row] = *exact;
}

void fill_household(std::vector<Filling>& facts, const value::Household& household,
                    const value::Schema& schema, std::size_t first) {
  const value::Entity& home = schema[value::EntityId(std::size_t{0})];
  for (std::size_t m = 0; m < household.members.size(); ++m) {
    const value::Member& member = household.members[m];
    for (const value::FactId id : schema[member.entity].facts) {
      if (!has_columns(schema[id].type)) continue;
      read_into(facts[id.index], first + m, member.cells[schema[id].column], schema[id], schema,
                household);
    }
    for (const value::FactId id : home.facts) {
      if (!has_columns(schema[id].type)) continue;
      read_into(facts[id.index], first + m, household.cells[schema[id].column], schema[id], schema,
                household);
    }
  }
}

}  // namespace

Width width_for(std::uint64_t greatest) {
  if (greatest <= 0xFF) return Width::k8;
  if (greatest <= 0xFFFF) return Width::k16;
  return greatest <= 0xFFFFFFFFU ? Width::k32 : Width::k64;
}

Lanes::Lanes(Width width, std::size_t count)
    : width_(width), bytes_((count + 2 * kPad) * bytes_of(width)) {}

void Lanes::set(std::size_t index, std::uint64_t number) {
  // The low bytes come first on every machine that this is compiled for.
  static_assert(std::endian::native == std::endian::little);
  std::memcpy(data() + index * bytes_of(width_), &number, bytes_of(width_));
}

std::uint64_t Lanes::operator[](std::size_t index) const {
  std::uint64_t number = 0;
  std::memcpy(&number, data() + index * bytes_of(width_), bytes_of(width_));
  return number;
}

std::optional<std::int64_t> exact_number(const Value& value, const value::Type& type) {
  if (!value.only_value() || !has_columns(type) || !value::is_known(value, type))
    return std::nullopt;
  if (type.kind == TypeKind::kBoolean) return value.lo == value::kTrueBit ? 1 : 0;
  if (type.kind == TypeKind::kChoice) return std::countr_zero(static_cast<std::uint64_t>(value.lo));
  return value.lo;
}

Value exact_value(std::int64_t number, const value::Type& type) {
  if (type.kind == TypeKind::kBoolean) return value::truth(number != 0);
  if (type.kind == TypeKind::kChoice)
    return value::bits(eval::bit(static_cast<std::size_t>(number)));
  if (type.kind == TypeKind::kPlace)
    return value::place_value(static_cast<value::PlaceNode>(number), true);
  return value::number(number);
}

FactColumn make_column(std::span<const std::int64_t> numbers, std::span<const CellKind> cells,
                       bool from_zero) {
  JUZHU_CHECK(cells.empty() || cells.size() == numbers.size());
  const std::size_t rows = numbers.size();
  const auto kind = [&](std::size_t row) { return cells.empty() ? CellKind::kExact : cells[row]; };
  FactColumn column{1, 0, {}, {}, {}};
  bool all_known = true;
  bool all_given = true;
  for (std::size_t row = 0; row < numbers.size(); ++row) {
    all_known = all_known && kind(row) != CellKind::kUnknown;
    all_given = all_given && kind(row) != CellKind::kNotApplicable;
    if (kind(row) != CellKind::kExact) continue;
    const bool is_first = column.least > column.greatest;
    column.least = is_first ? numbers[row] : std::min(column.least, numbers[row]);
    column.greatest = is_first ? numbers[row] : std::max(column.greatest, numbers[row]);
  }
  // Bits stay where they are.
  if (from_zero) {
    column.least = 0;
    column.greatest = std::max<std::int64_t>(column.greatest, 0);
  }
  const bool has_any = column.least <= column.greatest;
  const auto span =
      static_cast<std::uint64_t>(column.greatest) - static_cast<std::uint64_t>(column.least);
  column.lanes = Lanes(width_for(has_any ? span : 0), rows);
  if (!all_known) column.known = Lanes(Width::k8, rows);
  if (!all_given) column.given = Lanes(Width::k8, rows);
  for (std::size_t row = 0; row < numbers.size(); ++row) {
    const CellKind cell = kind(row);
    if (cell == CellKind::kExact)
      column.lanes.set(
          row, static_cast<std::uint64_t>(numbers[row]) - static_cast<std::uint64_t>(column.least));
    if (!all_known && cell != CellKind::kUnknown) column.known.set(row, kYes);
    if (!all_given && cell != CellKind::kNotApplicable) column.given.set(row, kYes);
  }
  return column;
}

Table::Table(std::shared_ptr<const value::Schema> schema, std::vector<std::uint32_t> first_row)
    : schema_(std::move(schema)),
      first_row_(std::move(first_row)),
      household_of_row_(first_row_.back() + 2 * kPad),
      columns_(schema_->facts.size()),
      has_column_(schema_->facts.size(), false),
      rows_of_(schema_->entities.size()),
      count_of_(schema_->entities.size(), 0) {
  // Beside the first and the last row stands nobody's household.
  constexpr std::uint32_t kNobody = 0xFFFFFFFFU;
  for (std::size_t i = 0; i < kPad; ++i) {
    household_of_row_[i] = kNobody - static_cast<std::uint32_t>(i);
    household_of_row_[household_of_row_.size() - 1 - i] =
        kNobody - static_cast<std::uint32_t>(kPad + i);
  }
  for (std::size_t h = 0; h < household_count(); ++h) {
    greatest_household_ = std::max(greatest_household_, first_row_[h + 1] - first_row_[h]);
    for (std::uint32_t row = first_row_[h]; row < first_row_[h + 1]; ++row)
      household_of_row_[kPad + row] = static_cast<std::uint32_t>(h);
  }
  if (greatest_household_ == 0 || greatest_household_ > eval::kMaxMembers) return;
  own_bit_ = Lanes(width_for((std::uint64_t{1} << greatest_household_) - 1), row_count());
  for (std::size_t h = 0; h < household_count(); ++h) {
    for (std::uint32_t row = first_row_[h]; row < first_row_[h + 1]; ++row)
      own_bit_.set(row, std::uint64_t{1} << (row - first_row_[h]));
  }
}

void Table::set_column(value::FactId fact, std::span<const std::int64_t> numbers,
                       std::span<const CellKind> cells) {
  JUZHU_CHECK(numbers.size() == row_count());
  const bool is_bits = (*schema_)[fact].type.kind == TypeKind::kMemberSet;
  columns_[fact.index] = make_column(numbers, cells, is_bits);
  has_column_[fact.index] = true;
}

void Table::set_unusable(std::size_t household) {
  if (usable_.empty()) {
    usable_ = Lanes(Width::k8, row_count());
    for (std::size_t row = 0; row < row_count(); ++row)
      usable_.set(row, kYes);
  }
  for (std::uint32_t row = first_row_[household]; row < first_row_[household + 1]; ++row)
    usable_.set(row, 0);
}

void Table::set_entities(std::span<const value::EntityId> entity_of_row) {
  for (const value::EntityId entity : entity_of_row)
    ++count_of_[entity.index];
  for (std::size_t e = 0; e < count_of_.size(); ++e) {
    if (count_of_[e] == 0 || count_of_[e] == entity_of_row.size()) continue;
    rows_of_[e] = Lanes(Width::k8, row_count());
    for (std::size_t row = 0; row < entity_of_row.size(); ++row) {
      if (entity_of_row[row].index == e) rows_of_[e].set(row, kYes);
    }
  }
}

const FactColumn* Table::column(value::FactId fact) const {
  return has_column_[fact.index] ? &columns_[fact.index] : nullptr;
}

const Lanes* Table::rows_of(value::EntityId entity) const {
  const Lanes& rows = rows_of_[entity.index];
  return rows.empty() ? nullptr : &rows;
}

bool Table::has_rows_of(value::EntityId entity) const { return count_of_[entity.index] != 0; }

std::size_t Table::size_bytes() const {
  std::size_t bytes = household_of_row_.size() * sizeof(std::uint32_t) +
                      first_row_.size() * sizeof(std::uint32_t) + usable_.size_bytes();
  for (const FactColumn& column : columns_)
    bytes += column.lanes.size_bytes() + column.known.size_bytes() + column.given.size_bytes();
  return bytes;
}

Table table_of(const std::shared_ptr<const value::Schema>& schema,
               std::span<const value::Household* const> households) {
  std::vector<std::uint32_t> first_row;
  std::vector<value::EntityId> entities;
  for (const value::Household* household : households) {
    first_row.push_back(static_cast<std::uint32_t>(entities.size()));
    for (const value::Member& member : household->members)
      entities.push_back(member.entity);
  }
  first_row.push_back(static_cast<std::uint32_t>(entities.size()));
  std::vector<Filling> facts(schema->facts.size());
  for (std::size_t f = 0; f < facts.size(); ++f) {
    const value::Fact& fact = schema->facts[f];
    if (fact.list.valid() || !has_columns(fact.type)) continue;
    facts[f].numbers.assign(entities.size(), 0);
    facts[f].cells.assign(entities.size(), CellKind::kUnknown);
  }
  Table table(schema, first_row);
  for (std::size_t h = 0; h < households.size(); ++h) {
    if (eval::household_failure(*households[h]).may_fail()) {
      table.set_unusable(h);
    } else {
      fill_household(facts, *households[h], *schema, first_row[h]);
    }
  }
  table.set_entities(entities);
  for (std::size_t f = 0; f < facts.size(); ++f) {
    const bool is_column = facts[f].numbers.size() == entities.size() &&
                           !schema->facts[f].list.valid() && has_columns(schema->facts[f].type);
    if (is_column) table.set_column(value::FactId(f), facts[f].numbers, facts[f].cells);
  }
  return table;
}

}  // namespace juzhu::batch
