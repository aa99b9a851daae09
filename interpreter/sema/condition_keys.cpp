// Comparisons as sets of values of one term, and the keys by which terms of two conditions are
// found to be the same.
#include <algorithm>

#include "ops/cover.h"
#include "sema/condition_terms.h"
#include "value/schema.h"

namespace juzhu::sema {

using ops::FoldKind;
using ops::Operation;
using value::TypeKind;

namespace {

bool is_ordered(TypeKind kind) {
  return kind == TypeKind::kNumber || kind == TypeKind::kDate || kind == TypeKind::kMonth;
}

/// What a comparison allows of the sign of left minus right.
std::optional<ValueSet> signs_of(Operation operation) {
  if (operation == Operation::kEqual) return ValueSet::only(0);
  if (operation == Operation::kLess) return ValueSet::only(-1);
  if (operation == Operation::kLessEqual) return ValueSet::between(-1, 0);
  return std::nullopt;
}

ValueSet mirrored(const ValueSet& signs) {
  std::vector<ValueRange> ranges;
  for (const ValueRange& each : signs.ranges())
    ranges.push_back({-each.greatest, -each.least});
  return ValueSet(std::move(ranges), signs.not_applicable());
}

/// All values, "not applicable" left out, that are below, at, or above the number.
ValueSet by_sign(const ValueSet& signs, std::int64_t floor, bool exact) {
  ValueSet below = ValueSet({{ValueRange{}.least, exact ? floor - 1 : floor}});
  ValueSet result;
  if (signs.has(-1)) result = result.united(below);
  if (signs.has(0) && exact) result = result.united(ValueSet::only(floor));
  if (signs.has(1)) result = result.united(ValueSet({{floor + 1, ValueRange{}.greatest}}));
  return result;
}

}  // namespace

const Value* ConditionTerms::constant(Reading reading) const {
  const Expr& expr = at(resolved(reading).expr);
  if (expr.operation != Operation::kConstant) return nullptr;
  const Value& value = program_.constants[expr.a];
  return value.only_value() ? &value : nullptr;
}

ConditionTerms::Operand ConditionTerms::operand_of(Reading reading) const {
  reading = resolved(reading);
  const Expr& expr = at(reading.expr);
  if (expr.operation != Operation::kOrIfNone || !is_ordered(expr.type.kind)) return {reading, {}};
  const Reading inner = resolved({expr.operands[0], reading.bindings});
  const Value* instead = constant({expr.operands[1], reading.bindings});
  const bool plain = instead != nullptr && instead->lo == instead->hi &&
                     at(inner.expr).type.scale == at(expr.operands[1]).type.scale;
  if (!plain) return {reading, {}};
  return {inner, instead->lo};
}

std::optional<ValueSet> ConditionTerms::compared_set(Reading operand, const Value& constant,
                                                     const Type& type,
                                                     const ValueSet& signs) const {
  const Type& of = at(operand.expr).type;
  const bool equal = signs == ValueSet::only(0);
  if (of.kind == TypeKind::kChoice && equal && type.kind == TypeKind::kChoice) {
    if (__builtin_popcountll(static_cast<std::uint64_t>(constant.lo)) != 1) return std::nullopt;
    return ValueSet::only(__builtin_ctzll(static_cast<std::uint64_t>(constant.lo)));
  }
  if (of.kind == TypeKind::kPlace && equal && constant.hi == 1)
    return ValueSet::only(place_order_[static_cast<std::size_t>(constant.lo)]);
  if (of.kind == TypeKind::kText && equal && constant.lo >= 0) return ValueSet::only(constant.lo);
  if (!is_ordered(of.kind) || of.kind != type.kind || constant.lo != constant.hi)
    return std::nullopt;
  std::int64_t bound = constant.lo;
  bool exact = true;
  for (int i = type.scale; i < of.scale; ++i) {
    if (__builtin_mul_overflow(bound, std::int64_t{10}, &bound)) return std::nullopt;
  }
  for (int i = of.scale; i < type.scale; ++i) {
    const std::int64_t rest = ((bound % 10) + 10) % 10;
    exact = exact && rest == 0;
    bound = (bound - rest) / 10;
  }
  if (bound <= ValueRange{}.least + 1 || bound >= ValueRange{}.greatest - 1) return std::nullopt;
  return by_sign(signs, bound, exact);
}

std::optional<Comparison> ConditionTerms::constant_comparison(Reading reading,
                                                              const Bindings** bindings) {
  const Expr& expr = at(reading.expr);
  if (expr.operands.empty()) return std::nullopt;
  Operand operand = operand_of({expr.operands[0], reading.bindings});
  std::optional<ValueSet> values;
  if (expr.operation == Operation::kOneOf) {
    values = ValueSet{};
    for (std::size_t i = 1; i < expr.operands.size() && values; ++i) {
      const Reading option{expr.operands[i], reading.bindings};
      const Value* each = constant(option);
      if (each == nullptr) return std::nullopt;
      const auto set =
          compared_set(operand.reading, *each, at(resolved(option).expr).type, ValueSet::only(0));
      values = set ? std::optional(values->united(*set)) : std::nullopt;
    }
  } else if (expr.operation == Operation::kWithin) {
    const Value* place = constant({expr.operands[1], reading.bindings});
    if (place != nullptr && place->hi == 1)
      values = places_within(static_cast<PlaceNode>(place->lo));
  } else if (auto signs = signs_of(expr.operation)) {
    Reading other{expr.operands[1], reading.bindings};
    if (constant(other) == nullptr) {
      std::swap(other, operand.reading);
      operand = operand_of({expr.operands[1], reading.bindings});
      other = {expr.operands[0], reading.bindings};
      signs = mirrored(*signs);
    }
    const Value* bound = constant(other);
    if (bound == nullptr || constant(operand.reading) != nullptr) return std::nullopt;
    values = compared_set(operand.reading, *bound, at(resolved(other).expr).type, *signs);
  }
  if (!values) return std::nullopt;
  const bool none_is_in = operand.instead && values->has(*operand.instead);
  *bindings = operand.reading.bindings;
  return Comparison{operand.reading.expr, values->with_not_applicable(none_is_in),
                    values->complement().with_not_applicable(!none_is_in)};
}

std::optional<Comparison> ConditionTerms::comparison(ExprId condition) {
  const Bindings* bindings = nullptr;
  return constant_comparison({condition, nullptr}, &bindings);
}

FormulaId ConditionTerms::sign(const std::string& left, const std::string& right, bool both_apply,
                               const ValueSet& signs) {
  const bool swap = right < left;
  const TermId id = term("sign of " + (swap ? right + " - " + left : left + " - " + right),
                         ValueSet({{-1, 1}}, !both_apply));
  const ValueSet yes = swap ? mirrored(signs) : signs;
  return literal(id, yes, yes.complement());
}

FormulaId ConditionTerms::read_comparison(Reading reading) {
  const Expr& expr = at(reading.expr);
  const Bindings* bindings = nullptr;
  if (const auto found = constant_comparison(reading, &bindings)) {
    const Reading of{found->of, bindings};
    return literal(term(scaled_key(of), domain(of)), found->when_true, found->when_false);
  }
  if (expr.operation == Operation::kGiven) {
    const Reading of = resolved({expr.operands[0], reading.bindings});
    return literal(term(scaled_key(of), domain(of)), ValueSet({ValueRange{}}), ValueSet({}, true));
  }
  const auto signs = signs_of(expr.operation);
  if (signs && is_ordered(at(expr.operands[0]).type.kind)) {
    const Reading left = resolved({expr.operands[0], reading.bindings});
    const Reading right = resolved({expr.operands[1], reading.bindings});
    const bool apply = !may_not_apply(left, 0) && !may_not_apply(right, 0);
    return sign(scaled_key(left), scaled_key(right), apply, *signs);
  }
  return opaque(reading);
}

ValueSet ConditionTerms::domain(ExprId expr, bool members_apply) {
  steps_ = 0;
  members_apply_ = members_apply;
  ValueSet values = domain(Reading{expr, nullptr});
  members_apply_ = false;
  return values;
}

ValueSet ConditionTerms::domain(Reading reading) {
  reading = resolved(reading);
  const Expr& expr = at(reading.expr);
  ValueSet values({ValueRange{}});
  const Type& type = expr.type;
  if (type.kind == TypeKind::kBoolean) values = ValueSet::between(0, 1);
  if (type.kind == TypeKind::kPlace) values = places_within(value::kRootPlace);
  if (type.kind == TypeKind::kChoice)
    values =
        ValueSet::between(0, static_cast<std::int64_t>(schema_[type.choice].options.size()) - 1);
  if (type.kind == TypeKind::kNumber && expr.operation == Operation::kFact) {
    const value::Fact& fact = schema_.facts[expr.a];
    if (fact.type.scale == type.scale) values = ValueSet::between(fact.least, fact.greatest);
  }
  if (type.kind == TypeKind::kDate || type.kind == TypeKind::kMonth) {
    values = expr.operation == Operation::kFact
                 ? ValueSet::between(schema_.facts[expr.a].least, schema_.facts[expr.a].greatest)
                 : values;
  }
  const bool counted =
      expr.operation == Operation::kMeasure || expr.operation == Operation::kFullUnits ||
      expr.operation == Operation::kStartedUnits || expr.operation == Operation::kYearsBetween ||
      (expr.operation == Operation::kFold && static_cast<FoldKind>(expr.a) == FoldKind::kCount);
  if (counted) values = ValueSet::between(0, ValueRange{}.greatest);
  if (expr.operation == Operation::kCall && type.kind == TypeKind::kNumber) {
    // An age is never negative: what is asked of every version holds of the definition.
    const Definition& definition = program_.definitions[expr.a];
    ValueSet all;
    for (const DefinitionVersion& version : definition.versions) {
      const bool same = version.body.valid() && at(version.body).type.scale == type.scale &&
                        at(version.body).operation != Operation::kCall;
      all = all.united(same ? domain({version.body, nullptr}).with_not_applicable(false)
                            : ValueSet({ValueRange{}}));
    }
    values = all;
  }
  return values.with_not_applicable(may_not_apply(reading, 0));
}

bool ConditionTerms::table_may_not_apply(Reading reading, int depth) {
  const Expr& expr = at(reading.expr);
  const auto policy = static_cast<ops::HitPolicy>(expr.a);
  const bool has_otherwise = (expr.b & ops::kHasOtherwise) != 0;
  const bool picks = policy == ops::HitPolicy::kHighest || policy == ops::HitPolicy::kLowest;
  if (picks && !has_otherwise) return true;
  // The value of a row, and what stands last for none of them.
  for (std::size_t i = 1; i < expr.operands.size(); i += 2) {
    if (may_not_apply({expr.operands[i], reading.bindings}, depth + 1)) return true;
  }
  return has_otherwise && may_not_apply({expr.operands.back(), reading.bindings}, depth + 1);
}

bool ConditionTerms::may_not_apply(Reading reading, int depth) {
  constexpr int kDeep = 12;  // definitions may stand on one another many times over
  reading = resolved(reading);
  const Expr& expr = at(reading.expr);
  const auto any_operand = [&] {
    return std::any_of(expr.operands.begin(), expr.operands.end(), [&](ExprId each) {
      return each.valid() && may_not_apply({each, reading.bindings}, depth + 1);
    });
  };
  if (depth > kDeep || !step()) return true;
  switch (expr.operation) {
    case Operation::kConstant:
      return !program_.constants[expr.a].only_value();
    case Operation::kFact:
      return schema_.facts[expr.a].if_any || any_operand();
    case Operation::kToday:
    case Operation::kHere:
    case Operation::kRowStart:
    case Operation::kRowEnd:
      return false;
    case Operation::kArgument: {
      if (expr.a == Id<Local>::kNone) return false;  // the household
      if (expr.type.kind == TypeKind::kRow) return false;
      if (expr.type.kind == TypeKind::kMember && members_apply_) return false;
      return reading.bindings == nullptr || !reading.bindings->locals.contains(expr.a);
    }
    case Operation::kQuestion:
      return false;
    case Operation::kIf:
      // The condition is T, F or an error; the value is that of a branch.
      return may_not_apply({expr.operands[1], reading.bindings}, depth + 1) ||
             may_not_apply({expr.operands[2], reading.bindings}, depth + 1);
    case Operation::kOrIfNone:
      return may_not_apply({expr.operands[1], reading.bindings}, depth + 1);
    case Operation::kTable:
      return table_may_not_apply(reading, depth);
    case Operation::kFold:
      return static_cast<FoldKind>(expr.a) != FoldKind::kCount &&
             static_cast<FoldKind>(expr.a) != FoldKind::kSum;
    case Operation::kSum:
    case Operation::kProduct:
    case Operation::kRound:
    case Operation::kFullUnits:
    case Operation::kStartedUnits:
    case Operation::kAddMonths:
    case Operation::kAddDays:
    case Operation::kDaysBetween:
    case Operation::kMonthsBetween:
    case Operation::kYearsBetween:
    case Operation::kYearOf:
    case Operation::kMonthOf:
    case Operation::kYearStart:
    case Operation::kDateInYear:
    case Operation::kPlaceAt:
      return any_operand();
    case Operation::kCall: {
      const Definition& definition = program_.definitions[expr.a];
      return std::any_of(definition.versions.begin(), definition.versions.end(),
                         [&](const DefinitionVersion& version) {
                           return !version.body.valid() ||
                                  may_not_apply({version.body, with_arguments(reading, version)},
                                                depth + 1);
                         });
    }
    default:
      return true;
  }
}

bool ConditionTerms::same(ExprId left, ExprId right) {
  steps_ = 0;
  return key({left, nullptr}) == key({right, nullptr});
}

std::string ConditionTerms::scaled_key(Reading reading) {
  // One question at two scales is two terms: their numbers differ.
  reading = resolved(reading);
  const Type& type = at(reading.expr).type;
  return type.kind == TypeKind::kNumber && type.scale > 0
             ? key(reading) + " to " + std::to_string(type.scale)
             : key(reading);
}

std::string ConditionTerms::fold_key(Reading reading, const Expr& expr) {
  const Bindings* inner = with_element(reading.bindings, expr.b);
  std::string text = "fold " + std::to_string(expr.a) + "(";
  text += key({expr.operands[0], reading.bindings});
  for (std::size_t i = 1; i < expr.operands.size(); ++i)
    text += ", " + (expr.operands[i].valid() ? key({expr.operands[i], inner}) : std::string("any"));
  return text + ")";
}

std::string ConditionTerms::key(Reading reading) {
  if (!step()) return "unread " + std::to_string(++unread_);
  reading = resolved(reading);
  const Expr& expr = at(reading.expr);
  const auto number = [](auto value) { return std::to_string(value); };
  if (expr.operation == Operation::kToday) return "today";
  if (expr.operation == Operation::kHere) return "here";
  if (expr.operation == Operation::kConstant) {
    const Value& value = program_.constants[expr.a];
    return "constant " + number(static_cast<int>(expr.type.kind)) + " " + number(value.kinds) +
           " " + number(value.lo) + " " + number(value.hi) + " " + number(expr.type.scale);
  }
  if (expr.operation == Operation::kArgument) {
    if (reading.bindings != nullptr) {
      const auto bound = reading.bindings->locals.find(expr.a);
      if (bound != reading.bindings->locals.end()) return bound->second.element;
    }
    return "local " + number(expr.a);
  }
  if (expr.operation == Operation::kFold) return fold_key(reading, expr);
  std::string text(ops::operation_name(expr.operation));
  if (expr.operation == Operation::kMeasure) {
    const ops::Measure& measure = program_.measures[expr.a];
    text += " " + number(static_cast<int>(measure.unit)) + number(static_cast<int>(measure.chain)) +
            number(static_cast<int>(measure.counting)) +
            number(static_cast<int>(measure.count_gaps)) +
            number(static_cast<int>(measure.tolerance_in_months)) +
            number(static_cast<int>(measure.months)) + " " + number(measure.tolerance);
  } else {
    text += " " + number(expr.a) + " " + number(expr.b);
  }
  for (const std::uint32_t each : expr.extra)
    text += " " + number(each);
  std::vector<std::string> operands;
  for (const ExprId operand : expr.operands)
    operands.push_back(operand.valid() ? key({operand, reading.bindings}) : std::string("any"));
  if (expr.operation == Operation::kAll || expr.operation == Operation::kAny)
    std::sort(operands.begin(), operands.end());
  text += "(";
  for (const std::string& each : operands)
    text += each + ", ";
  return text + ")";
}

}  // namespace juzhu::sema
