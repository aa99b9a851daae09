#include <algorithm>

#include "property.h"
#include "value/date.h"

namespace juzhu::generated {

using value::TypeKind;

std::string canonical_fact(const Book& book, const Household& household, const value::FactRef& ref,
                           const Reordered* reordered) {
  const Schema& schema = book.schema();
  std::string text = ref.member < 0 ? std::string("household")
                                    : household.members[static_cast<std::size_t>(ref.member)].key;
  if (ref.list.valid()) text += "'s " + schema[ref.list].name.in(false);
  if (ref.row >= 0) {
    const value::FactRef original = reordered == nullptr ? ref : back(ref, *reordered);
    text += " " + std::to_string(original.row);
  }
  if (ref.kind == value::FactRef::Kind::kRowStart) text += " start";
  if (ref.kind == value::FactRef::Kind::kRowEnd) text += " end";
  const bool fact =
      ref.kind == value::FactRef::Kind::kCell || ref.kind == value::FactRef::Kind::kRowCell;
  if (fact) text += "'s " + schema[ref.fact].name.in(false);
  return text;
}

namespace {

std::string keys_of(std::int64_t bits, const Household& household) {
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < household.members.size(); ++i) {
    if ((bits >> i & 1) != 0) keys.push_back(household.members[i].key);
  }
  std::sort(keys.begin(), keys.end());
  std::string text;
  for (const std::string& key : keys)
    text += " " + key;
  return text;
}

std::string canonical_value(const Book& book, const Household& household, const Reply& reply) {
  const Value& value = reply.value;
  std::string text = "kinds " + std::to_string(value.kinds);
  if (value.may_fail()) text += " " + std::string(value::error_name(value.error.code));
  if (!value.may_value()) return text;
  switch (reply.type.kind) {
    case TypeKind::kPlace:
      return text + " " + book.schema().places.path_en(static_cast<value::PlaceNode>(value.lo)) +
             (value.hi == 1 ? " exactly" : "");
    case TypeKind::kText:
      return text + " " +
             (value.lo < 0 ? std::to_string(value.lo)
                           : book.schema().texts[static_cast<std::size_t>(value.lo)]);
    case TypeKind::kMember:
      return text + keys_of(value.lo, household);
    case TypeKind::kMemberSet:
      return text + keys_of(value.lo, household) + " of" + keys_of(value.hi, household);
    case TypeKind::kTime:
      return text + " " + reply.time;
    case TypeKind::kError:
    case TypeKind::kBoolean:
    case TypeKind::kNumber:
    case TypeKind::kQuotient:
    case TypeKind::kDate:
    case TypeKind::kMonth:
    case TypeKind::kChoice:
    case TypeKind::kChoiceSet:
    case TypeKind::kRow:
    case TypeKind::kRows:
      break;
  }
  return text + " " + std::to_string(value.lo) + " " + std::to_string(value.hi);
}

}  // namespace

std::string canonical_reply(const Book& book, const Household& household, const Reply& reply,
                            const Reordered* reordered) {
  std::string text = reply.type.kind == TypeKind::kError
                         ? "answer " + std::to_string(reply.answer.first) + " " +
                               std::to_string(reply.answer.second) + " possible " +
                               std::to_string(reply.possible)
                         : canonical_value(book, household, reply);
  if (reply.known) text += " known";
  if (reply.open) text += " open";
  if (reply.at_most) text += " at most";
  std::vector<std::string> facts;
  for (const value::FactRef& ref : reply.depends_on)
    facts.push_back(canonical_fact(book, household, ref, reordered));
  std::sort(facts.begin(), facts.end());
  for (const std::string& fact : facts)
    text += "; " + fact;
  return text + reply.extra;
}

namespace {

class Carrier {
 public:
  Carrier(const Schema& from, const Schema& to) : from_(from), to_(to) {}

  Household carry(const Household& household) {
    Household made = value::empty_household(to_, household.key);
    for (const value::Member& member : household.members) {
      const value::EntityId entity = *to_.entity(from_[member.entity].name.in(false));
      value::Member moved = value::empty_member(to_, entity, member.key);
      moved.name = member.name;
      cells(member.cells, from_[member.entity].facts, moved.cells, to_[entity].facts);
      lists(member.lists, from_[member.entity].lists, moved.lists, to_[entity].lists);
      made.members.push_back(std::move(moved));
    }
    cells(household.cells, from_.entities.front().facts, made.cells, to_.entities.front().facts);
    lists(household.lists, from_.entities.front().lists, made.lists, to_.entities.front().lists);
    return made;
  }

 private:
  void cells(const std::vector<value::Cell>& old, const std::vector<value::FactId>& old_facts,
             std::vector<value::Cell>& made, const std::vector<value::FactId>& facts) {
    for (const value::FactId fact : facts) {
      for (const value::FactId other : old_facts) {
        if (from_[other].name.en != to_[fact].name.en) continue;
        value::Cell cell = old[from_[other].column];
        convert(cell.value, from_[other].type);
        made[to_[fact].column] = cell;
      }
    }
  }

  void lists(const std::vector<value::RowList>& old, const std::vector<value::ListId>& old_ids,
             std::vector<value::RowList>& made, const std::vector<value::ListId>& ids) {
    for (const value::ListId id : ids) {
      for (const value::ListId other : old_ids) {
        if (from_[other].name.en != to_[id].name.en) continue;
        value::RowList rows = old[from_[other].column];
        for (value::Row& row : rows.rows) {
          const std::vector<value::Cell> old_cells = row.cells;
          row.cells.assign(to_[id].facts.size(), {});
          cells(old_cells, from_[other].facts, row.cells, to_[id].facts);
        }
        made[to_[id].column] = std::move(rows);
      }
    }
  }

  void convert(Value& value, const value::Type& type) const {
    if (!value.may_value()) return;
    if (type.kind == TypeKind::kPlace && value.lo != value::kRootPlace) {
      const auto& place = from_.places[static_cast<value::PlaceNode>(value.lo)];
      value.lo = to_.places.by_name(place.name_en).front();
    }
    if (type.kind != TypeKind::kText || value.lo < 0) return;
    const std::string& text = from_.texts[static_cast<std::size_t>(value.lo)];
    const auto found = std::find(to_.texts.begin(), to_.texts.end(), text);
    value = value::number(found == to_.texts.end() ? -2 : found - to_.texts.begin());
  }

  const Schema& from_;
  const Schema& to_;
};

}  // namespace

Household carried_over(const Household& household, const Schema& from, const Schema& to) {
  return Carrier(from, to).carry(household);
}

}  // namespace juzhu::generated
