// Completing, narrowing and reordering households.
#include <algorithm>
#include <bit>
#include <functional>

#include "eval/box.h"
#include "eval/facts.h"
#include "households.h"
#include "value/cover.h"

namespace juzhu::generated {
namespace {

using value::Cell;
using value::FactRef;
using value::InputState;
using value::RowList;
using value::TypeKind;

constexpr std::int64_t kRangeMax = 40;  ///< of a wider range some values stand for all

/// Everything that is stated of a household, in a fixed order: the cells and the ends of rows.
template <typename Visit>
void each_input(const Household& household, const Schema& schema, Visit visit) {
  const auto entity_inputs = [&](std::int32_t member, value::EntityId entity) {
    for (const value::FactId fact : schema[entity].facts) {
      FactRef ref;
      ref.member = member;
      ref.fact = fact;
      visit(ref);
    }
    for (const value::ListId list : schema[entity].lists) {
      FactRef ref;
      ref.kind = FactRef::Kind::kList;
      ref.member = member;
      ref.list = list;
      visit(ref);
      const RowList& rows = eval::list_of(household, schema, list, member);
      for (std::int32_t row = 0; row < static_cast<std::int32_t>(rows.rows.size()); ++row) {
        ref.row = row;
        for (const FactRef::Kind end : {FactRef::Kind::kRowStart, FactRef::Kind::kRowEnd}) {
          ref.kind = end;
          visit(ref);
        }
        ref.kind = FactRef::Kind::kRowCell;
        for (const value::FactId fact : schema[list].facts) {
          ref.fact = fact;
          visit(ref);
        }
        ref.fact = {};
      }
    }
  };
  entity_inputs(-1, value::EntityId{std::size_t{0}});
  for (std::size_t i = 0; i < household.members.size(); ++i)
    entity_inputs(static_cast<std::int32_t>(i), household.members[i].entity);
}

RowList& list_at(Household& household, const Schema& schema, const FactRef& ref) {
  auto& lists = ref.member < 0 ? household.lists
                               : household.members[static_cast<std::size_t>(ref.member)].lists;
  return lists[schema[ref.list].column];
}

class Values {
 public:
  Values(Random& random, const Household& household, const Schema& schema)
      : random_(random), household_(household), schema_(schema) {}

  void of_value(const Value& set, const value::Type& type, Open& into) {
    if (set.may_fail()) return;
    if (set.may_not_apply()) into.values.push_back(value::not_applicable());
    if (set.may_value()) exact(set, type, into);
  }

  void of_list(const RowList& rows, const FactRef& ref, Open& into) {
    if (rows.failure.may_fail() || !eval::is_incomplete(rows)) return;
    into.all = into.split = false;
    RowList more = rows;
    more.state = InputState::kStated;
    into.lists.push_back(more);
    for (int i = 0; i < 2; ++i) {
      const auto row = further_row(ref.list);
      if (!row) return;
      more.rows.push_back(*row);
      into.lists.push_back(more);
    }
  }

 private:
  void exact(const Value& set, const value::Type& type, Open& into) {
    switch (type.kind) {
      case TypeKind::kBoolean:
      case TypeKind::kChoice:
      case TypeKind::kMember:
        for (std::int64_t rest = bits_of(set, type); rest != 0; rest &= rest - 1)
          into.values.push_back(value::bits(rest & -rest));
        return;
      case TypeKind::kChoiceSet:
      case TypeKind::kMemberSet: {
        const std::int64_t open = bits_of(set, type) & ~set.lo;
        for (std::int64_t some = open;; some = (some - 1) & open) {
          into.values.push_back(value::set_between(set.lo | some, set.lo | some));
          if (some == 0) return;
        }
      }
      case TypeKind::kPlace:
        for (value::PlaceNode node = 0; node < schema_.places.size(); ++node) {
          const auto top = static_cast<value::PlaceNode>(set.lo);
          const bool inside = set.hi == 1 ? node == top : schema_.places.within(node, top);
          if (inside) into.values.push_back(value::place_value(node, true));
        }
        return;
      case TypeKind::kText:
        if (set.lo != value::kAnyText) {
          into.values.push_back(set);
          return;
        }
        into.split = false;
        for (std::int64_t text = 0; text < static_cast<std::int64_t>(schema_.texts.size()); ++text)
          into.values.push_back(value::number(text));
        into.values.push_back(value::number(-2));
        into.values.push_back(value::number(-3));
        return;
      case TypeKind::kNumber:
      case TypeKind::kDate:
      case TypeKind::kMonth:
        range(set, into);
        return;
      case TypeKind::kError:
      case TypeKind::kQuotient:
      case TypeKind::kRow:
      case TypeKind::kRows:
      case TypeKind::kTime:
        return;
    }
  }

  void range(const Value& set, Open& into) {
    if (set.hi - set.lo < kRangeMax) {
      for (std::int64_t each = set.lo; each <= set.hi; ++each)
        into.values.push_back(value::number(each));
      return;
    }
    into.all = false;
    into.values.push_back(value::number(set.lo));
    into.values.push_back(value::number(set.hi));
    for (int i = 0; i < 4; ++i)
      into.values.push_back(value::number(random_.between(set.lo, set.hi)));
    // Around what programs speak of: small numbers, and the days and months of these years.
    for (const std::int64_t each : {0, 1, 19000, 19700, 19844, 24270, 24291}) {
      if (set.lo <= each && each <= set.hi)
        into.values.push_back(value::number(each + random_.between(0, 3)));
    }
  }

  std::int64_t bits_of(const Value& set, const value::Type& type) const {
    if (type.kind == TypeKind::kMember) return set.lo & eval::members_of(household_, type.entity);
    if (type.kind == TypeKind::kMemberSet)
      return set.hi & eval::members_of(household_, type.entity);
    return type.kind == TypeKind::kChoiceSet ? set.hi : set.lo;
  }

  /// Nothing if a fact of such a row has no value that is admissible, such as an owner where nobody
  /// is.
  std::optional<value::Row> further_row(value::ListId list) {
    value::Row row;
    const bool days = schema_[list].unit == value::SpellUnit::kDays;
    const std::int64_t start = days ? random_.between(19000, 19900) : random_.between(24264, 24300);
    row.start = value::number(start);
    row.end = value::number(random_.percent(30) ? value::kForever
                                                : start + random_.between(0, days ? 400 : 12));
    for (const value::FactId id : schema_[list].facts) {
      const value::Fact& fact = schema_[id];
      Open open;
      of_value(value::domain_of(schema_, fact, household_.members.size()), fact.type, open);
      if (open.values.empty()) return std::nullopt;
      const Value chosen = random_.one_of(open.values);
      row.cells.push_back(
          {chosen, chosen.only_not_applicable() ? InputState::kDoesNotApply : InputState::kStated});
    }
    return row;
  }

  Random& random_;
  const Household& household_;
  const Schema& schema_;
};

value::Type type_at(const Schema& schema, const FactRef& ref) {
  const bool fact = ref.kind == FactRef::Kind::kCell || ref.kind == FactRef::Kind::kRowCell;
  return fact ? schema[ref.fact].type : value::date_type();
}

Cell* cell_at(Household& household, const Schema& schema, const FactRef& ref) {
  if (ref.kind == FactRef::Kind::kCell) {
    auto& cells = ref.member < 0 ? household.cells
                                 : household.members[static_cast<std::size_t>(ref.member)].cells;
    return &cells[schema[ref.fact].column];
  }
  if (ref.kind != FactRef::Kind::kRowCell) return nullptr;
  value::Row& row = list_at(household, schema, ref).rows[static_cast<std::size_t>(ref.row)];
  return &row.cells[schema[ref.fact].column];
}

void state(Household& household, const Schema& schema, const FactRef& ref, const Value& value) {
  eval::stored_value(household, schema, ref) = value;
  if (Cell* cell = cell_at(household, schema, ref)) {
    cell->state = value.only_not_applicable() ? InputState::kDoesNotApply : InputState::kStated;
  }
}

}  // namespace

std::vector<Open> open_inputs(Random& random, const Household& household, const Schema& schema) {
  std::vector<Open> found;
  const Household whole = eval::with_whole_domains(household, schema);
  Values values(random, whole, schema);
  each_input(whole, schema, [&](const FactRef& ref) {
    Open open{ref, {}, {}, true, true};
    if (ref.kind == FactRef::Kind::kList) {
      values.of_list(eval::list_of(whole, schema, ref.list, ref.member), ref, open);
    } else {
      values.of_value(eval::stored_value(whole, schema, ref), type_at(schema, ref), open);
    }
    if (open.count() > 1) found.push_back(std::move(open));
  });
  return found;
}

Household complete(const Household& household, const Schema& schema, const std::vector<Open>& open,
                   const Completion& completion) {
  Household made = eval::with_whole_domains(household, schema);
  // Lists last: their rows as they are now stand first in what a list becomes.
  for (std::size_t i = 0; i < open.size(); ++i) {
    if (open[i].ref.kind != FactRef::Kind::kList)
      state(made, schema, open[i].ref, open[i].values[completion[i]]);
  }
  for (std::size_t i = 0; i < open.size(); ++i) {
    if (open[i].ref.kind != FactRef::Kind::kList) continue;
    RowList& rows = list_at(made, schema, open[i].ref);
    const RowList& chosen = open[i].lists[completion[i]];
    rows.state = chosen.state;
    for (std::size_t row = rows.rows.size(); row < chosen.rows.size(); ++row)
      rows.rows.push_back(chosen.rows[row]);
  }
  return made;
}

namespace {

/// `fits`: of a row's ends now.
bool rows_fit(const Household& made, const Household& whole,
              const std::function<bool(const value::Row&)>& fit) {
  const auto lists_fit = [&fit](const std::vector<RowList>& now,
                                const std::vector<RowList>& before) {
    for (std::size_t list = 0; list < before.size(); ++list) {
      for (std::size_t row = 0; row < before[list].rows.size(); ++row) {
        const value::Row& open = before[list].rows[row];
        const bool surely_bad = open.start.lo > open.end.hi;
        if (!surely_bad && !fit(now[list].rows[row])) return false;
      }
    }
    return true;
  };
  bool fits = lists_fit(made.lists, whole.lists);
  for (std::size_t i = 0; i < whole.members.size(); ++i)
    fits = fits && lists_fit(made.members[i].lists, whole.members[i].lists);
  return fits;
}

/// Some completion is left, of one that had some.
bool holds_completion(const Household& narrowed, const Household& whole) {
  return rows_fit(narrowed, whole,
                  [](const value::Row& row) { return row.start.lo <= row.end.hi; });
}

}  // namespace

bool is_admissible(const Household& completed, const Household& whole) {
  return rows_fit(completed, whole,
                  [](const value::Row& row) { return row.start.lo <= row.end.lo; });
}

Completions completions_of(Random& random, const std::vector<Open>& open, std::size_t most) {
  Completions found;
  std::size_t total = 1;
  found.all = true;
  for (const Open& each : open) {
    found.all = found.all && each.all;
    total = std::min(total * each.count(), most + 1);
  }
  if (total > most) {
    // A sample: mostly pairs that differ in one input, for what depends on what.
    found.all = false;
    while (found.list.size() + 2 <= most) {
      Completion one;
      for (const Open& each : open)
        one.push_back(random.below(each.count()));
      Completion other = one;
      const std::size_t changed = random.below(open.size());
      other[changed] = random.below(open[changed].count());
      found.list.push_back(std::move(one));
      found.list.push_back(std::move(other));
    }
    return found;
  }
  Completion next(open.size(), 0);
  while (true) {
    found.list.push_back(next);
    std::size_t digit = 0;
    while (digit < open.size() && ++next[digit] == open[digit].count())
      next[digit++] = 0;
    if (digit == open.size()) return found;
  }
}

bool narrow(Random& random, Household& household, const Schema& schema) {
  const std::vector<Open> open = open_inputs(random, household, schema);
  if (open.empty()) return false;
  household = eval::with_whole_domains(household, schema);
  const Household whole = household;
  const Open& chosen = random.one_of(open);
  if (chosen.ref.kind == FactRef::Kind::kList) {
    RowList rows = random.one_of(chosen.lists);
    const RowList& now = eval::list_of(household, schema, chosen.ref.list, chosen.ref.member);
    if (random.percent(30)) rows.state = now.state;  // more rows, still not all
    list_at(household, schema, chosen.ref) = rows;
    return true;
  }
  std::set<FactRef> one{chosen.ref};
  if (random.percent(50) && eval::values_left(household, schema, chosen.ref) > 1) {
    household = random.one_of(eval::split(household, schema, chosen.ref));
    Cell* cell = cell_at(household, schema, chosen.ref);
    const bool none = cell != nullptr && cell->value.only_not_applicable();
    if (cell != nullptr) cell->state = none ? InputState::kDoesNotApply : InputState::kStated;
  } else {
    state(household, schema, chosen.ref, random.one_of(chosen.values));
  }
  return holds_completion(household, whole);
}

namespace {

void move_members(Value& value, const value::Type& type, const std::vector<std::uint32_t>& to) {
  if (!value.may_value()) return;
  const auto moved = [&](std::int64_t bits) {
    std::int64_t made = 0;
    for (std::size_t i = 0; i < to.size(); ++i) {
      if ((bits >> i & 1) != 0) made |= std::int64_t{1} << to[i];
    }
    return made;
  };
  if (type.kind == TypeKind::kMember) value.lo = moved(value.lo);
  if (type.kind != TypeKind::kMemberSet) return;
  value.lo = moved(value.lo);
  value.hi = moved(value.hi);
}

std::vector<std::int32_t> some_order(Random& random, std::size_t count) {
  std::vector<std::int32_t> order;
  for (std::size_t i = 0; i < count; ++i)
    order.push_back(static_cast<std::int32_t>(i));
  random.shuffle(order);
  return order;
}

}  // namespace

Reordered reorder(Random& random, const Household& household, const Schema& schema) {
  Reordered made;
  made.household = eval::with_whole_domains(household, schema);
  for (const std::int32_t place : some_order(random, household.members.size()))
    made.member.push_back(static_cast<std::uint32_t>(place));
  const auto move_cells = [&](std::vector<Cell>& cells, const std::vector<value::FactId>& facts) {
    for (const value::FactId fact : facts)
      move_members(cells[schema[fact].column].value, schema[fact].type, made.member);
  };
  const auto move_lists = [&](std::int32_t member, std::vector<RowList>& lists,
                              const std::vector<value::ListId>& ids) {
    for (const value::ListId id : ids) {
      RowList& rows = lists[schema[id].column];
      std::vector<value::Row> moved(rows.rows.size());
      const auto order = some_order(random, rows.rows.size());
      for (std::size_t i = 0; i < order.size(); ++i) {
        moved[static_cast<std::size_t>(order[i])] = rows.rows[i];
        move_cells(moved[static_cast<std::size_t>(order[i])].cells, schema[id].facts);
      }
      rows.rows = std::move(moved);
      made.row[{member, id.index}] = order;
    }
  };
  move_cells(made.household.cells, schema.entities.front().facts);
  move_lists(-1, made.household.lists, schema.entities.front().lists);
  std::vector<value::Member> members(household.members.size());
  for (std::size_t i = 0; i < members.size(); ++i) {
    value::Member member = made.household.members[i];
    move_cells(member.cells, schema[member.entity].facts);
    move_lists(static_cast<std::int32_t>(i), member.lists, schema[member.entity].lists);
    members[made.member[i]] = std::move(member);
  }
  made.household.members = std::move(members);
  return made;
}

value::FactRef back(const value::FactRef& ref, const Reordered& reordered) {
  FactRef made = ref;
  if (ref.member >= 0) {
    const auto found = std::find(reordered.member.begin(), reordered.member.end(),
                                 static_cast<std::uint32_t>(ref.member));
    made.member = static_cast<std::int32_t>(found - reordered.member.begin());
  }
  if (ref.row < 0) return made;
  const auto order = reordered.row.find({made.member, ref.list.index});
  if (order == reordered.row.end()) return made;
  const auto row = std::find(order->second.begin(), order->second.end(), ref.row);
  made.row = static_cast<std::int32_t>(row - order->second.begin());
  return made;
}

}  // namespace juzhu::generated
