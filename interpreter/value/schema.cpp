#include "value/schema.h"

#include <algorithm>
#include <limits>

#include "value/date.h"

namespace juzhu::value {
namespace {

template <typename Thing>
std::optional<std::size_t> position_of(const std::vector<Thing>& things, std::string_view name) {
  const auto found = std::find_if(things.begin(), things.end(),
                                  [&](const Thing& thing) { return thing.name.is(name); });
  if (found == things.end()) return std::nullopt;
  return static_cast<std::size_t>(found - things.begin());
}

template <typename Thing>
std::optional<Id<Thing>> named_among(const std::vector<Thing>& things,
                                     const std::vector<Id<Thing>>& ids, std::string_view name) {
  for (const Id<Thing> id : ids) {
    if (things[id.index].name.is(name)) return id;
  }
  return std::nullopt;
}

constexpr std::int64_t kWholePartMax = 1'000'000'000'000;
constexpr std::int64_t kMonthsMax = 2400;
constexpr std::int64_t kDaysMax = 73050;
constexpr std::int64_t kFirstMonth = 1900 * std::int64_t{12};
constexpr std::int64_t kLastMonth = 2100 * std::int64_t{12} + 11;

/// At the type's scale; as much as 64 bits hold (facts keep at most six digits after the point,
/// where all fits).
std::int64_t scaled(std::int64_t whole, int scale) {
  for (int i = 0; i < scale; ++i) {
    if (__builtin_mul_overflow(whole, std::int64_t{10}, &whole)) {
      return std::numeric_limits<std::int64_t>::max();
    }
  }
  return whole;
}

Domain number_domain(const Type& type) {
  if (type.unit == base_unit(kMonthUnit)) return {0, scaled(kMonthsMax, type.scale)};
  if (type.unit == base_unit(kDayUnit)) return {0, scaled(kDaysMax, type.scale)};
  const std::int64_t greatest = scaled(kWholePartMax, type.scale);
  return {-greatest, greatest};
}

}  // namespace

Domain usual_domain(const Type& type) {
  switch (type.kind) {
    case TypeKind::kNumber:
    case TypeKind::kQuotient:
      return number_domain(type);
    case TypeKind::kDate:
      return {first_day_of_month(kFirstMonth), last_day_of_month(kLastMonth)};
    case TypeKind::kMonth:
      return {kFirstMonth, kLastMonth};
    case TypeKind::kError:
    case TypeKind::kBoolean:
    case TypeKind::kChoice:
    case TypeKind::kChoiceSet:
    case TypeKind::kPlace:
    case TypeKind::kText:
    case TypeKind::kMember:
    case TypeKind::kMemberSet:
    case TypeKind::kRow:
    case TypeKind::kRows:
    case TypeKind::kTime:
      return {};
  }
  return {};
}

std::optional<std::size_t> Choice::option(std::string_view wanted) const {
  const auto found = std::find_if(options.begin(), options.end(),
                                  [&](const Bilingual& option) { return option.is(wanted); });
  if (found == options.end()) return std::nullopt;
  return static_cast<std::size_t>(found - options.begin());
}

std::optional<EntityId> Schema::entity(std::string_view name) const {
  const auto position = position_of(entities, name);
  return position ? std::optional(EntityId{*position}) : std::nullopt;
}

std::optional<FactId> Schema::fact(EntityId entity, std::string_view name) const {
  return named_among(facts, entities[entity.index].facts, name);
}

std::optional<FactId> Schema::fact(ListId list, std::string_view name) const {
  return named_among(facts, lists[list.index].facts, name);
}

std::optional<ListId> Schema::list(EntityId owner, std::string_view name) const {
  return named_among(lists, entities[owner.index].lists, name);
}

}  // namespace juzhu::value
