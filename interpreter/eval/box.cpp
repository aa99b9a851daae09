#include "eval/box.h"

#include <algorithm>
#include <bit>
#include <string_view>
#include <tuple>

#include "base/check.h"
#include "eval/facts.h"

namespace juzhu::eval {
namespace {

using value::Type;
using value::TypeKind;
using Kind = FactRef::Kind;

constexpr std::uint64_t kCountMax = std::uint64_t{1} << 62;

/// The ends of rows are plain ranges of days (months).
Type type_of(const Schema& schema, const FactRef& ref) {
  const bool is_fact = ref.kind == Kind::kCell || ref.kind == Kind::kRowCell;
  return is_fact ? schema[ref.fact].type : value::date_type();
}

std::uint64_t count_bits(std::int64_t bits) {
  return static_cast<std::uint64_t>(std::popcount(static_cast<std::uint64_t>(bits)));
}

/// Values within the set of a value of some type.
std::uint64_t set_size(const Value& value, const Type& type, const Schema& schema) {
  switch (type.kind) {
    case TypeKind::kBoolean:
    case TypeKind::kChoice:
    case TypeKind::kMember:
      return count_bits(value.lo);
    case TypeKind::kNumber:
    case TypeKind::kDate:
    case TypeKind::kMonth:
      return static_cast<std::uint64_t>(value.hi) - static_cast<std::uint64_t>(value.lo) + 1;
    case TypeKind::kChoiceSet:
    case TypeKind::kMemberSet:
      return std::uint64_t{1} << std::min<std::uint64_t>(count_bits(value.hi & ~value.lo), 62);
    case TypeKind::kPlace: {
      const auto& place = schema.places[static_cast<value::PlaceNode>(value.lo)];
      return value.hi == 1 ? 1 : place.children.size() + 1;
    }
    case TypeKind::kText:
    case TypeKind::kError:
    case TypeKind::kQuotient:
    case TypeKind::kRow:
    case TypeKind::kRows:
    case TypeKind::kTime:
      return 1;
  }
  return 1;
}

Household with_value(const Household& household, const Schema& schema, const FactRef& ref,
                     const Value& value) {
  Household narrowed = household;
  stored_value(narrowed, schema, ref) = value;
  return narrowed;
}

/// One bit for each option or member: options as declared, members by their keys, so that the order
/// in which they are listed does not matter.
std::vector<std::int64_t> in_order(std::int64_t bits, const Type& type,
                                   const Household& household) {
  std::vector<std::int64_t> found;
  for (std::int64_t rest = bits; rest != 0;) {
    const std::int64_t lowest = rest & -rest;
    found.push_back(lowest);
    rest &= ~lowest;
  }
  if (type.kind != TypeKind::kMember && type.kind != TypeKind::kMemberSet) return found;
  const auto key_of = [&household](std::int64_t member) -> std::string_view {
    const std::uint32_t index = lowest_bit(member);
    return index < household.members.size() ? household.members[index].key : std::string_view();
  };
  std::stable_sort(found.begin(), found.end(), [&key_of](std::int64_t left, std::int64_t right) {
    return key_of(left) < key_of(right);
  });
  return found;
}

/// The options still possible in their order, cut in the middle as a range of positions is.
std::vector<Value> split_bits(const Value& value, const Type& type, const Household& household) {
  const std::vector<std::int64_t> options = in_order(value.lo, type, household);
  std::int64_t lower = 0;
  for (std::size_t i = 0; i < (options.size() + 1) / 2; ++i) {
    lower |= options[i];
  }
  return {value::bits(lower), value::bits(value.lo & ~lower)};
}

/// First without, then with the first option that is open.
std::vector<Value> split_set(const Value& value, const Type& type, const Household& household) {
  const std::int64_t option = in_order(value.hi & ~value.lo, type, household).front();
  return {value::set_between(value.lo, value.hi & ~option),
          value::set_between(value.lo | option, value.hi)};
}

std::vector<Value> split_range(const Value& value) {
  const auto width = static_cast<std::uint64_t>(value.hi) - static_cast<std::uint64_t>(value.lo);
  const std::int64_t middle = value.lo + static_cast<std::int64_t>(width / 2);
  return {value::between(value.lo, middle), value::between(middle + 1, value.hi)};
}

std::vector<Value> split_place(const Value& value, const Schema& schema) {
  std::vector<Value> parts;
  const auto node = static_cast<value::PlaceNode>(value.lo);
  // By name: the order in which divisions are declared does not matter.
  std::vector<value::PlaceNode> children = schema.places[node].children;
  std::sort(children.begin(), children.end(), [&](value::PlaceNode left, value::PlaceNode right) {
    const value::Place& a = schema.places[left];
    const value::Place& b = schema.places[right];
    return std::tie(a.name_en, a.name_zh, left) < std::tie(b.name_en, b.name_zh, right);
  });
  parts.reserve(parts.size() + children.size() + 1);
  for (const value::PlaceNode child : children) {
    parts.push_back(value::place_value(child, schema.places[child].children.empty()));
  }
  parts.push_back(value::place_value(node, true));
  return parts;
}

std::vector<Value> split_value(const Value& value, const Type& type, const Schema& schema,
                               const Household& household) {
  switch (type.kind) {
    case TypeKind::kBoolean:
    case TypeKind::kChoice:
    case TypeKind::kMember:
      return split_bits(value, type, household);
    case TypeKind::kNumber:
    case TypeKind::kDate:
    case TypeKind::kMonth:
      return split_range(value);
    case TypeKind::kChoiceSet:
    case TypeKind::kMemberSet:
      return split_set(value, type, household);
    case TypeKind::kPlace:
      return split_place(value, schema);
    case TypeKind::kText:
    case TypeKind::kError:
    case TypeKind::kQuotient:
    case TypeKind::kRow:
    case TypeKind::kRows:
    case TypeKind::kTime:
      break;
  }
  JUZHU_CHECK(false);  // values_left says 1
  return {};
}

const std::string& name_of(const value::Bilingual& name) { return name.in(false); }

/// A row's content as text, to order rows without speaking of their place in the list.
std::string row_content(const Household& household, const Schema& schema, const FactRef& ref) {
  if (ref.row < 0) return {};
  const RowList& list = list_of(household, schema, ref.list, ref.member);
  const Row& row = list.rows[static_cast<std::size_t>(ref.row)];
  std::string content;
  const auto add = [&content](const Value& value) {
    for (const std::int64_t part : {std::int64_t{value.kinds}, value.lo, value.hi}) {
      const auto bytes = std::bit_cast<std::array<char, 8>>(part);
      content.append(bytes.rbegin(), bytes.rend());  // high byte first: ordered as the numbers
    }
  };
  add(row.start);
  add(row.end);
  for (const Cell& cell : row.cells) {
    add(cell.value);
  }
  return content;
}

using SplitOrder = std::tuple<std::uint64_t, std::string, std::string, Kind, std::string>;

SplitOrder order_of(const Household& household, const Schema& schema, const FactRef& ref,
                    std::uint64_t count) {
  const bool is_fact = ref.kind == Kind::kCell || ref.kind == Kind::kRowCell;
  const std::string& name =
      is_fact ? name_of(schema[ref.fact].name) : name_of(schema[ref.list].name);
  const std::string key =
      ref.member < 0 ? std::string() : household.members[static_cast<std::size_t>(ref.member)].key;
  return {count, name, key, ref.kind, row_content(household, schema, ref)};
}

/// The least (greatest) value of a set, if its type has an order.
bool to_corner(Value& value, const Type& type, const Household& household, bool greatest) {
  switch (type.kind) {
    case TypeKind::kBoolean:
    case TypeKind::kChoice:
    case TypeKind::kMember: {
      const std::vector<std::int64_t> options = in_order(value.lo, type, household);
      value = value::bits(greatest ? options.back() : options.front());
      return true;
    }
    case TypeKind::kNumber:
    case TypeKind::kDate:
    case TypeKind::kMonth:
      value = value::number(greatest ? value.hi : value.lo);
      return true;
    case TypeKind::kChoiceSet:
    case TypeKind::kMemberSet: {
      const std::int64_t set = greatest ? value.hi : value.lo;
      value = value::set_between(set, set);
      return true;
    }
    case TypeKind::kPlace:
    case TypeKind::kText:
    case TypeKind::kError:
    case TypeKind::kQuotient:
    case TypeKind::kRow:
    case TypeKind::kRows:
    case TypeKind::kTime:
      return false;
  }
  return false;
}

}  // namespace

std::uint64_t values_left(const Household& household, const Schema& schema, const FactRef& ref) {
  if (ref.kind == Kind::kList) return 1;
  const Value& value = stored_value(household, schema, ref);
  if (value.may_fail()) return 1;
  const std::uint64_t others = value.may_not_apply() ? 1 : 0;
  if (!value.may_value()) return others;
  const std::uint64_t size = set_size(value, type_of(schema, ref), schema);
  return std::min(size, kCountMax) + others;
}

std::vector<Household> split(const Household& household, const Schema& schema, const FactRef& ref) {
  const Value value = stored_value(household, schema, ref);
  std::vector<Value> parts;
  if (value.may_value() && value.may_not_apply()) {
    Value applies = value;
    applies.kinds = value::kValue;
    parts = {value::not_applicable(), applies};
  } else {
    parts = split_value(value, type_of(schema, ref), schema, household);
  }
  std::vector<Household> boxes;
  boxes.reserve(parts.size());
  for (const Value& part : parts) {
    boxes.push_back(with_value(household, schema, ref, part));
  }
  return boxes;
}

const FactRef* fact_to_split(const Household& household, const Schema& schema,
                             const std::set<FactRef>& facts) {
  const FactRef* best = nullptr;
  SplitOrder best_order;
  for (const FactRef& ref : facts) {
    const std::uint64_t count = values_left(household, schema, ref);
    if (count < 2) continue;
    SplitOrder order = order_of(household, schema, ref, count);
    if (best != nullptr && !(order < best_order)) continue;
    best = &ref;
    best_order = std::move(order);
  }
  return best;
}

std::vector<FactRef> in_stable_order(const Household& household, const Schema& schema,
                                     const std::set<FactRef>& facts) {
  std::vector<
      std::pair<std::tuple<std::string, std::string, std::string, Kind, std::string>, FactRef>>
      order;
  for (const FactRef& ref : facts) {
    const auto [count, name, member, kind, content] = order_of(household, schema, ref, 0);
    const bool of_list = ref.list.valid();
    const std::string list = of_list ? name_of(schema[ref.list].name) : name;
    order.push_back({{member, list, content, kind, name}, ref});
  }
  std::sort(order.begin(), order.end());
  std::vector<FactRef> result;
  result.reserve(order.size());
  for (const auto& [key, ref] : order)
    result.push_back(ref);
  return result;
}

bool move_to_corner(Household& household, const Schema& schema, const std::set<FactRef>& facts,
                    bool greatest) {
  bool moved = false;
  for (const FactRef& ref : facts) {
    if (values_left(household, schema, ref) < 2) continue;
    Value& value = stored_value(household, schema, ref);
    moved |= to_corner(value, type_of(schema, ref), household, greatest);
  }
  return moved;
}

bool holds_completion(const Household& household, const Schema& schema,
                      const std::set<FactRef>& facts) {
  return std::all_of(facts.begin(), facts.end(), [&](const FactRef& ref) {
    if (ref.kind != Kind::kRowStart && ref.kind != Kind::kRowEnd) return true;
    const RowList& list = list_of(household, schema, ref.list, ref.member);
    const Row& row = list.rows[static_cast<std::size_t>(ref.row)];
    return !row.start.only_value() || !row.end.only_value() || row.start.lo <= row.end.hi;
  });
}

}  // namespace juzhu::eval
