#include "value/value.h"

#include <algorithm>
#include <bit>

#include "base/check.h"
#include "value/cover.h"
#include "value/place_tree.h"

namespace juzhu::value {
namespace {

constexpr std::string_view kErrorNames[] = {
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define JUZHU_ERROR(name, text) text,
#include "value/errors.def"
#undef JUZHU_ERROR
};

bool has_one_bit(std::int64_t bits) {
  return std::has_single_bit(static_cast<std::uint64_t>(bits));
}

void join_places(const Value& left, const Value& right, const PlaceTree& places, Value* joined) {
  if (left.lo == right.lo) {
    joined->lo = left.lo;
    joined->hi = left.hi & right.hi;
    return;
  }
  joined->lo =
      places.common_ancestor(static_cast<PlaceNode>(left.lo), static_cast<PlaceNode>(right.lo));
  joined->hi = 0;
}

void join_sets(const Value& left, const Value& right, const Type& type, const PlaceTree& places,
               Value* joined) {
  switch (type.kind) {
    case TypeKind::kBoolean:
    case TypeKind::kChoice:
    case TypeKind::kMember:
      joined->lo = left.lo | right.lo;
      return;
    case TypeKind::kChoiceSet:
    case TypeKind::kMemberSet:
      joined->lo = left.lo & right.lo;
      joined->hi = left.hi | right.hi;
      return;
    case TypeKind::kError:
    case TypeKind::kNumber:
    case TypeKind::kQuotient:
    case TypeKind::kDate:
    case TypeKind::kMonth:
      joined->lo = std::min(left.lo, right.lo);
      joined->hi = std::max(left.hi, right.hi);
      return;
    case TypeKind::kPlace:
      join_places(left, right, places, joined);
      return;
    case TypeKind::kText:
      joined->lo = left.lo == right.lo ? left.lo : kAnyText;
      return;
    case TypeKind::kRow:
    case TypeKind::kRows:
      joined->lo = left.lo == right.lo && left.hi == right.hi ? left.lo : kUnknownRow;
      joined->hi = left.hi == right.hi ? left.hi : -1;
      return;
    case TypeKind::kTime: {
      // Without the covers themselves: two that differ are hulled by "never" and "always".
      // ops::join_times is tight.
      const bool same = left.lo == right.lo && left.hi == right.hi;
      joined->lo = same ? left.lo : kEmptyCover;
      joined->hi = same ? left.hi : kAllTime;
      return;
    }
  }
}

}  // namespace

std::string_view error_name(ErrorCode code) { return kErrorNames[static_cast<std::size_t>(code)]; }

Value truth(bool is_true) { return {kValue, is_true ? kTrueBit : kFalseBit, 0, {}}; }
Value unknown_truth() { return {kValue, kFalseBit | kTrueBit, 0, {}}; }
Value number(std::int64_t exact) { return {kValue, exact, exact, {}}; }

Value between(std::int64_t lo, std::int64_t hi) {
  JUZHU_CHECK(lo <= hi);
  return {kValue, lo, hi, {}};
}

Value bits(std::int64_t possible) { return {kValue, possible, 0, {}}; }
Value set_between(std::int64_t must, std::int64_t may) { return {kValue, must, may, {}}; }
Value place_value(std::uint32_t node, bool exact) { return {kValue, node, exact ? 1 : 0, {}}; }
Value not_applicable() { return {kNotApplicable, 0, 0, {}}; }
Value failure(Error error) { return {kFails, 0, 0, error}; }

bool is_known(const Value& value, const Type& type) {
  if (!value.only_value()) return value.only_not_applicable() || value.only_error();
  switch (type.kind) {
    case TypeKind::kBoolean:
    case TypeKind::kChoice:
    case TypeKind::kMember:
      return has_one_bit(value.lo);
    case TypeKind::kError:
    case TypeKind::kNumber:
    case TypeKind::kQuotient:
    case TypeKind::kDate:
    case TypeKind::kMonth:
    case TypeKind::kChoiceSet:
    case TypeKind::kMemberSet:
    case TypeKind::kTime:
      return value.lo == value.hi;
    case TypeKind::kPlace:
      return value.hi == 1;
    case TypeKind::kText:
      return value.lo != kAnyText;
    case TypeKind::kRow:
    case TypeKind::kRows:
      return value.lo != kUnknownRow;
  }
  return false;
}

bool is_true(const Value& value) { return value.only_value() && value.lo == kTrueBit; }

bool is_false(const Value& value) {
  return !value.may_fail() && (!value.may_value() || value.lo == kFalseBit);
}

Value join(const Value& left, const Value& right, const Type& type, const PlaceTree& places) {
  Value joined;
  joined.kinds = left.kinds | right.kinds;
  if (left.may_value() && right.may_value()) {
    join_sets(left, right, type, places, &joined);
  } else {
    const Value& set = left.may_value() ? left : right;
    joined.lo = set.lo;
    joined.hi = set.hi;
  }
  if (left.may_fail() && right.may_fail()) {
    joined.error = std::min(left.error, right.error);
  } else {
    joined.error = left.may_fail() ? left.error : right.error;
  }
  return joined;
}

}  // namespace juzhu::value
