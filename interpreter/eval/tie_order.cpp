#include "eval/tie_order.h"

#include <algorithm>

#include "eval/facts.h"
#include "eval/rows.h"

namespace juzhu::eval {
namespace {

using value::TypeKind;

template <typename Item>
Tie of(const Item& left, const Item& right) {
  return left < right ? Tie::kBefore : right < left ? Tie::kAfter : Tie::kSame;
}

/// A value, then nothing, then an error.
int kind_rank(const Value& value) { return value.may_value() ? 0 : value.may_fail() ? 2 : 1; }

bool is_one_kind(const Value& value) {
  return value.only_value() || value.only_not_applicable() || value.only_error();
}

class Order {
 public:
  explicit Order(const StepRun& run) : run_(run) {}

  [[nodiscard]] Tie of_chosen(const Type& type, const Value& left, const Value& right) const {
    const bool rows = type.kind == TypeKind::kRow && left.may_value() && right.may_value();
    return rows ? of_rows(type.list, left, right) : of_values(type, left, right);
  }

 private:
  [[nodiscard]] const std::string& key_of(std::int64_t member) const {
    static const std::string kHousehold;
    return member < 0 ? kHousehold : run_.household().members[static_cast<std::size_t>(member)].key;
  }

  [[nodiscard]] std::vector<std::string> keys_of(std::int64_t members) const {
    std::vector<std::string> keys;
    for (std::int64_t rest = members; rest != 0; rest &= rest - 1)
      keys.push_back(key_of(lowest_bit(rest)));
    std::sort(keys.begin(), keys.end());
    return keys;
  }

  [[nodiscard]] const std::string* text_of(std::int64_t id) const {
    const auto index = static_cast<std::size_t>(id);
    const auto& texts = run_.schema().texts;
    return id >= 0 && index < texts.size() ? &texts[index] : nullptr;
  }

  [[nodiscard]] Tie of_values(const Type& type, const Value& left, const Value& right) const {
    if (!is_one_kind(left) || !is_one_kind(right)) return Tie::kOpen;
    if (const Tie kinds = of(kind_rank(left), kind_rank(right)); kinds != Tie::kSame) return kinds;
    if (left.only_error()) return of(left.error.code, right.error.code);
    if (!left.may_value()) return Tie::kSame;
    const bool is_range = type.kind == TypeKind::kNumber || type.kind == TypeKind::kDate ||
                          type.kind == TypeKind::kMonth;
    if (is_range && left.hi < right.lo) return Tie::kBefore;
    if (is_range && right.hi < left.lo) return Tie::kAfter;
    if (!value::is_known(left, type) || !value::is_known(right, type)) return Tie::kOpen;
    return of_exact(type, left, right);
  }

  [[nodiscard]] Tie of_exact(const Type& type, const Value& left, const Value& right) const {
    if (type.kind == TypeKind::kMember || type.kind == TypeKind::kMemberSet)
      return of(keys_of(left.lo), keys_of(right.lo));
    if (type.kind == TypeKind::kPlace) {
      const value::PlaceTree& places = run_.schema().places;
      return of(places.path_en(static_cast<value::PlaceNode>(left.lo)),
                places.path_en(static_cast<value::PlaceNode>(right.lo)));
    }
    if (type.kind == TypeKind::kText) {
      const std::string* one = text_of(left.lo);
      const std::string* other = text_of(right.lo);
      if (one != nullptr && other != nullptr) return of(*one, *other);
    }
    return of(left.lo, right.lo);
  }

  [[nodiscard]] Tie of_rows(value::ListId list, const Value& left, const Value& right) const {
    if (const Tie owner = of(key_of(left.hi), key_of(right.hi)); owner != Tie::kSame) return owner;
    if (left.lo == right.lo && left.lo != value::kUnknownRow) return Tie::kSame;
    // A row that is not listed may say anything.
    if (left.lo == value::kUnknownRow || right.lo == value::kUnknownRow) return Tie::kOpen;
    const RowEnds one = read_ends(row_of(run_, list, left), {});
    const RowEnds other = read_ends(row_of(run_, list, right), {});
    const Type date = value::date_type();
    if (const Tie start = of_values(date, one.start, other.start); start != Tie::kSame)
      return start;
    if (const Tie end = of_values(date, one.end, other.end); end != Tie::kSame) return end;
    return of_cells(list, left, right);
  }

  [[nodiscard]] Tie of_cells(value::ListId list, const Value& left, const Value& right) const {
    const value::Schema& schema = run_.schema();
    std::vector<value::FactId> facts = schema[list].facts;
    std::sort(facts.begin(), facts.end(), [&](value::FactId one, value::FactId other) {
      return std::pair(schema[one].name.en, schema[one].name.zh) <
             std::pair(schema[other].name.en, schema[other].name.zh);
    });
    const Row& one = row_of(run_, list, left);
    const Row& other = row_of(run_, list, right);
    for (const value::FactId id : facts) {
      const value::Fact& fact = schema[id];
      const auto read = [&](const Row& row) {
        return read_cell(row.cells[fact.column], fact, schema, run_.household(), {});
      };
      if (const Tie cell = of_values(fact.type, read(one), read(other)); cell != Tie::kSame)
        return cell;
    }
    return Tie::kSame;
  }

  const StepRun& run_;
};

}  // namespace

Tie tie_order(const StepRun& run, std::span<const Type> types, const std::vector<Value>& left,
              const std::vector<Value>& right) {
  const Order order(run);
  for (std::size_t i = 0; i < left.size(); ++i) {
    const Tie tie = order.of_chosen(types[i], left[i], right[i]);
    if (tie != Tie::kSame) return tie;
  }
  return Tie::kSame;
}

}  // namespace juzhu::eval
