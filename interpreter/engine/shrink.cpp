// Making a counterexample small: one member, spell or fact less at a time, as long as the property
// still fails surely. What goes is not asked, so that what stays is what matters.
#include <algorithm>

#include "engine/property_check.h"
#include "value/cover.h"

namespace juzhu::engine {

namespace {

using value::Cell;
using value::Household;
using value::InputState;
using value::TypeKind;
using value::Value;

class Shrinker {
 public:
  Shrinker(PropertyCheck& check, Household household, std::int64_t date, std::size_t tries)
      : check_(check),
        schema_(check.schema()),
        best_(std::move(household)),
        date_(date),
        tries_(tries) {}

  Household run() {
    bool smaller = true;
    while (smaller && tries_ > 0) {
      smaller = drop_members();
      smaller = drop_rows() || smaller;
      smaller = drop_facts() || smaller;
      smaller = simplify() || smaller;
    }
    return std::move(best_);
  }

 private:
  bool keep(Household smaller) {
    if (tries_ == 0) return false;
    --tries_;
    if (!check_.of(smaller, date_).refuted) return false;
    best_ = std::move(smaller);
    return true;
  }

  /// References to a member that is gone go with it; those to later members move up.
  static std::int64_t without(std::int64_t bits, std::size_t member) {
    const auto all = static_cast<std::uint64_t>(bits);
    const std::uint64_t below = all & ((std::uint64_t{1} << member) - 1);
    return static_cast<std::int64_t>(below | (all >> (member + 1)) << member);
  }

  void drop_from(std::vector<Cell>& cells, const std::vector<value::FactId>& facts,
                 std::size_t member) const {
    for (const value::FactId id : facts) {
      const value::Fact& fact = schema_[id];
      Cell& cell = cells[fact.column];
      const bool refers =
          fact.type.kind == TypeKind::kMember || fact.type.kind == TypeKind::kMemberSet;
      if (!refers || cell.state != InputState::kStated) continue;
      cell.value.lo = without(cell.value.lo, member);
      if (fact.type.kind == TypeKind::kMemberSet) cell.value.hi = without(cell.value.hi, member);
      if (fact.type.kind == TypeKind::kMember && cell.value.lo == 0)
        cell = {value::domain_of(schema_, fact, best_.members.size() - 1), InputState::kNotAsked};
    }
  }

  bool drop_members() {
    bool smaller = false;
    for (std::size_t i = best_.members.size(); i-- > 0;) {
      Household copy = best_;
      copy.members.erase(copy.members.begin() + static_cast<std::ptrdiff_t>(i));
      drop_from(copy.cells, schema_.entities.front().facts, i);
      const auto drop_lists = [&](std::vector<value::RowList>& lists,
                                  const std::vector<value::ListId>& ids) {
        for (const value::ListId id : ids) {
          for (value::Row& row : lists[schema_[id].column].rows)
            drop_from(row.cells, schema_[id].facts, i);
        }
      };
      drop_lists(copy.lists, schema_.entities.front().lists);
      for (value::Member& member : copy.members) {
        drop_from(member.cells, schema_[member.entity].facts, i);
        drop_lists(member.lists, schema_[member.entity].lists);
      }
      smaller = keep(std::move(copy)) || smaller;
    }
    return smaller;
  }

  /// Visits the lists of the household and of each member, in the copy that the visitor changes.
  template <typename Visit>
  void each_list(const Visit& visit) {
    for (std::size_t owner = 0; owner <= best_.members.size(); ++owner) {
      const value::EntityId entity =
          owner == 0 ? value::EntityId{std::size_t{0}} : best_.members[owner - 1].entity;
      for (const value::ListId id : schema_[entity].lists) {
        visit(
            [owner, column = schema_[id].column](Household& of) -> value::RowList& {
              return (owner == 0 ? of.lists : of.members[owner - 1].lists)[column];
            },
            schema_[id]);
      }
    }
  }

  bool drop_rows() {
    bool smaller = false;
    each_list([&](const auto& in, const value::List& /*shape*/) {
      for (std::size_t row = in(best_).rows.size(); row-- > 0;) {
        Household copy = best_;
        auto& rows = in(copy).rows;
        rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(row));
        smaller = keep(std::move(copy)) || smaller;
      }
      if (in(best_).rows.empty() && in(best_).state == InputState::kStated) {
        Household copy = best_;
        in(copy).state = InputState::kNotAsked;
        smaller = keep(std::move(copy)) || smaller;
      }
    });
    return smaller;
  }

  template <typename CellIn>
  bool drop_cell(const value::Fact& fact, const CellIn& in) {
    if (in(best_).state == InputState::kNotAsked) return false;
    Household copy = best_;
    in(copy) = {value::domain_of(schema_, fact, best_.members.size()), InputState::kNotAsked};
    return keep(std::move(copy));
  }

  bool drop_facts() {
    bool smaller = false;
    for (std::size_t owner = 0; owner <= best_.members.size(); ++owner) {
      const value::EntityId entity =
          owner == 0 ? value::EntityId{std::size_t{0}} : best_.members[owner - 1].entity;
      for (const value::FactId id : schema_[entity].facts) {
        if (id == schema_.place_fact) continue;
        const std::uint32_t column = schema_[id].column;
        smaller = drop_cell(schema_[id],
                            [owner, column](Household& of) -> Cell& {
                              return (owner == 0 ? of.cells : of.members[owner - 1].cells)[column];
                            }) ||
                  smaller;
      }
    }
    each_list([&](const auto& in, const value::List& shape) {
      for (std::size_t row = 0; row < in(best_).rows.size(); ++row) {
        for (const value::FactId id : shape.facts) {
          smaller = drop_cell(schema_[id],
                              [&in, row, column = schema_[id].column](Household& of) -> Cell& {
                                return in(of).rows[row].cells[column];
                              }) ||
                    smaller;
        }
      }
    });
    return smaller;
  }

  /// Simpler values where they do as well: a spell that still runs, a yes that is a no, a number
  /// nearer to nought.
  bool simplify() {
    bool smaller = false;
    each_list([&](const auto& in, const value::List& /*shape*/) {
      for (std::size_t row = 0; row < in(best_).rows.size(); ++row) {
        if (in(best_).rows[row].end.hi == value::kForever) continue;
        Household copy = best_;
        in(copy).rows[row].end = value::number(value::kForever);
        smaller = keep(std::move(copy)) || smaller;
      }
    });
    for (std::size_t owner = 0; owner < best_.members.size(); ++owner) {
      for (const value::FactId id : schema_[best_.members[owner].entity].facts) {
        const value::Fact& fact = schema_[id];
        const Cell& cell = best_.members[owner].cells[fact.column];
        if (cell.state != InputState::kStated || !cell.value.only_value()) continue;
        Value simpler = cell.value;
        if (fact.type.kind == TypeKind::kBoolean) simpler = value::truth(false);
        if (fact.type.kind == TypeKind::kNumber)
          simpler = value::number(std::clamp(cell.value.lo / 2, fact.least, fact.greatest));
        if (simpler == cell.value) continue;
        Household copy = best_;
        copy.members[owner].cells[fact.column].value = simpler;
        smaller = keep(std::move(copy)) || smaller;
      }
    }
    return smaller;
  }

  PropertyCheck& check_;
  const value::Schema& schema_;
  Household best_;
  std::int64_t date_;
  std::size_t tries_;
};

}  // namespace

value::Household shrink(PropertyCheck& check, value::Household household, std::int64_t date,
                        std::size_t tries) {
  return Shrinker(check, std::move(household), date, tries).run();
}

}  // namespace juzhu::engine
