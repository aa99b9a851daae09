#include "ops/logic.h"

#include <algorithm>
#include <optional>

#include "brief.h"
#include "value/place_tree.h"

namespace juzhu::ops::test {
namespace {

using value::PlaceTree;

Value both(const Value& left, const Value& right) {
  return all_of(std::vector<Value>{left, right});
}
Value either(const Value& left, const Value& right) {
  return any_of(std::vector<Value>{left, right});
}

/// One result of one condition: F, T, not applicable, or an error.
struct Concrete {
  enum class Kind : std::uint8_t { kFalse, kTrue, kNotApplicable, kFails } kind;
  Error error{};
};

std::vector<Concrete> concretes(const Value& value) {
  std::vector<Concrete> all;
  if (value.may_value() && (value.lo & value::kFalseBit) != 0)
    all.push_back({Concrete::Kind::kFalse, {}});
  if (value.may_value() && (value.lo & value::kTrueBit) != 0)
    all.push_back({Concrete::Kind::kTrue, {}});
  if (value.may_not_apply()) all.push_back({Concrete::Kind::kNotApplicable, {}});
  if (value.may_fail()) all.push_back({Concrete::Kind::kFails, value.error});
  return all;
}

void add(Value* all, const Concrete& one) {
  if (one.kind == Concrete::Kind::kFails) {
    all->error = all->may_fail() ? std::min(all->error, one.error) : one.error;
    all->kinds |= value::kFails;
    return;
  }
  all->kinds |= value::kValue;
  all->lo |= one.kind == Concrete::Kind::kTrue ? value::kTrueBit : value::kFalseBit;
}

/// The concrete meaning of `and` (F decides) and `or` (T decides) in 3.3.
Concrete decide(const std::vector<Concrete>& operands, Concrete::Kind deciding) {
  Concrete result{
      deciding == Concrete::Kind::kFalse ? Concrete::Kind::kTrue : Concrete::Kind::kFalse, {}};
  for (const Concrete& operand : operands) {
    const auto kind =
        operand.kind == Concrete::Kind::kNotApplicable ? Concrete::Kind::kFalse : operand.kind;
    if (kind == deciding) return {kind, {}};
    if (kind != Concrete::Kind::kFails) continue;
    const bool first = result.kind != Concrete::Kind::kFails;
    result = {kind, first ? operand.error : std::min(result.error, operand.error)};
  }
  return result;
}

Value enumerate(const std::vector<Value>& operands, Concrete::Kind deciding) {
  std::vector<std::vector<Concrete>> chosen{{}};
  for (const Value& operand : operands) {
    std::vector<std::vector<Concrete>> longer;
    for (const auto& choice : chosen) {
      for (const Concrete& one : concretes(operand)) {
        longer.push_back(choice);
        longer.back().push_back(one);
      }
    }
    chosen = std::move(longer);
  }
  Value all;
  for (const auto& choice : chosen)
    add(&all, decide(choice, deciding));
  return all;
}

/// Every condition there is, with one of two errors.
std::vector<Value> conditions() {
  std::vector<Value> all;
  for (std::uint8_t kinds = 1; kinds < 8; ++kinds) {
    for (std::int64_t truths = 1; truths < 4; ++truths) {
      for (const ErrorCode code : {ErrorCode::kOverflow, ErrorCode::kNoRow}) {
        Value value;
        value.kinds = kinds;
        if (value.may_value()) value.lo = truths;
        if (value.may_fail()) value.error = error(code);
        if (std::find(all.begin(), all.end(), value) == all.end()) all.push_back(value);
      }
    }
  }
  return all;
}

const Value X = fails(ErrorCode::kNoRow);

}  // namespace

TEST_CASE("K01 what decides absorbs unknowns and errors") {
  CHECK(both(U, F) == F);
  CHECK(both(F, U) == F);
  CHECK(either(U, T) == T);
  CHECK(both(F, X) == F);
  CHECK(both(X, F) == F);
  CHECK(either(T, X) == T);
}

TEST_CASE("K02 an error that decides nothing stays") {
  CHECK(both(T, X) == X);
  CHECK(negate(X) == X);
  const PlaceTree places;
  CHECK(or_if_none(X, number(0), value::number_type(0), places) == X);
}

TEST_CASE("K03 unknown beside an error") {
  CHECK(both(U, X) == or_fails(F, ErrorCode::kNoRow));
  CHECK(either(U, X) == or_fails(T, ErrorCode::kNoRow));
}

TEST_CASE("K13 K15 not of what is false because it does not apply") {
  CHECK(negate(NA) == T);
  CHECK(negate(F) == T);
  CHECK(negate(U) == U);
  CHECK(is_given(NA) == F);
  CHECK(is_given(between(5, 8)) == T);
  CHECK(is_given(or_na(between(5, 8))) == U);
  CHECK(is_given(or_fails(number(1), ErrorCode::kNoRow)) == or_fails(T, ErrorCode::kNoRow));
}

TEST_CASE("Otherwise stands for what does not apply") {
  const PlaceTree places;
  const value::Type type = value::number_type(0);
  CHECK(or_if_none(NA, number(0), type, places) == number(0));
  CHECK(or_if_none(between(5, 8), number(0), type, places) == between(5, 8));
  CHECK(or_if_none(or_na(between(5, 8)), number(0), type, places) == between(0, 8));
}

TEST_CASE("K16 quantifiers are and and or of their elements") {
  CHECK(either(F, U) == U);
  CHECK(either(T, U) == T);
  CHECK(both(F, U) == F);
  CHECK(any_of({}) == F);
  CHECK(all_of({}) == T);
}

TEST_CASE("K26 if joins the branches that are still allowed") {
  const PlaceTree places;
  const value::Type type = value::number_type(0);
  const auto choose = [&](const Value& test, const Value& otherwise) {
    return if_else(test, number(5), otherwise, type, places);
  };
  CHECK(choose(U, number(5)) == number(5));
  CHECK(choose(U, number(7)) == between(5, 7));
  CHECK(choose(U, X) == or_fails(number(5), ErrorCode::kNoRow));
  CHECK(choose(T, X) == number(5));
  CHECK(choose(NA, number(7)) == number(7));
  CHECK(choose(X, number(7)) == X);
  CHECK(choose(or_fails(T, ErrorCode::kNoRow), number(7)) ==
        or_fails(number(5), ErrorCode::kNoRow));
}

TEST_CASE("And and or agree with enumeration on every pair and on triples") {
  const std::vector<Value> all = conditions();
  REQUIRE(all.size() == 23);
  for (const Value& a : all) {
    REQUIRE(all_of(std::vector<Value>{a}) == enumerate({a}, Concrete::Kind::kFalse));
    REQUIRE(any_of(std::vector<Value>{a}) == enumerate({a}, Concrete::Kind::kTrue));
    for (const Value& b : all) {
      for (const Value& c : all) {
        const std::vector<Value> operands{a, b, c};
        INFO(a << " " << b << " " << c);
        REQUIRE(all_of(operands) == enumerate(operands, Concrete::Kind::kFalse));
        REQUIRE(any_of(operands) == enumerate(operands, Concrete::Kind::kTrue));
      }
    }
  }
}

TEST_CASE("Not and or are and and not") {
  const std::vector<Value> all = conditions();
  for (const Value& a : all) {
    REQUIRE(negate(negate(a)) == condition(a));
    for (const Value& b : all) {
      REQUIRE(negate(both(a, b)) == either(negate(a), negate(b)));
      REQUIRE(both(a, b) == both(b, a));
    }
  }
}

}  // namespace juzhu::ops::test
