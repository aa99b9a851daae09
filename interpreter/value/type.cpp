#include "value/type.h"

#include <algorithm>
#include <limits>

namespace juzhu::value {
namespace {

Type of_kind(TypeKind kind) {
  Type type;
  type.kind = kind;
  return type;
}

/// A power stays in its range: units multiplied a hundred times over fit nothing, and must not come
/// round to fit something.
std::int8_t power(int sum) {
  constexpr int kMost = std::numeric_limits<std::int8_t>::max();
  return static_cast<std::int8_t>(std::clamp(sum, -kMost, kMost));
}

}  // namespace

Unit operator*(const Unit& left, const Unit& right) {
  Unit product = left;
  for (std::size_t i = 0; i < product.powers.size(); ++i) {
    product.powers[i] = power(product.powers[i] + right.powers[i]);
  }
  return product;
}

Unit operator/(const Unit& left, const Unit& right) {
  Unit ratio = left;
  for (std::size_t i = 0; i < ratio.powers.size(); ++i) {
    ratio.powers[i] = power(ratio.powers[i] - right.powers[i]);
  }
  return ratio;
}

Type boolean_type() { return of_kind(TypeKind::kBoolean); }

Type number_type(int scale, Unit unit) {
  Type type = of_kind(TypeKind::kNumber);
  type.scale = static_cast<std::uint8_t>(scale);
  type.unit = unit;
  return type;
}

Type date_type() { return of_kind(TypeKind::kDate); }
Type month_type() { return of_kind(TypeKind::kMonth); }
Type place_type() { return of_kind(TypeKind::kPlace); }
Type text_type() { return of_kind(TypeKind::kText); }

Type choice_type(ChoiceId choice) {
  Type type = of_kind(TypeKind::kChoice);
  type.choice = choice;
  return type;
}

Type choice_set_type(ChoiceId choice) {
  Type type = of_kind(TypeKind::kChoiceSet);
  type.choice = choice;
  return type;
}

Type member_type(EntityId entity) {
  Type type = of_kind(TypeKind::kMember);
  type.entity = entity;
  return type;
}

Type member_set_type(EntityId entity) {
  Type type = of_kind(TypeKind::kMemberSet);
  type.entity = entity;
  return type;
}

Type row_type(ListId list) {
  Type type = of_kind(TypeKind::kRow);
  type.list = list;
  return type;
}

Type rows_type(ListId list) {
  Type type = of_kind(TypeKind::kRows);
  type.list = list;
  return type;
}

Type time_type(bool months) {
  Type type = of_kind(TypeKind::kTime);
  type.months = months;
  return type;
}

}  // namespace juzhu::value
