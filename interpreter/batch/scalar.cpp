#include "batch/scalar.h"

#include <algorithm>

#include "base/check.h"
#include "eval/facts.h"
#include "eval/parameter.h"
#include "eval/resolution.h"
#include "ops/calendar.h"
#include "ops/logic.h"
#include "ops/number.h"
#include "ops/sets.h"

namespace juzhu::batch {
namespace {

using ops::Operation;
using value::TypeKind;

constexpr Value kLeft{};  // to the case evaluator

/// A condition that is left may be either.
Value condition_of(const Value& operand) {
  return operand.kinds == 0 ? value::unknown_truth() : ops::condition(operand);
}

/// One expression with its operands.
class Scalar {
 public:
  Scalar(const Plan& plan, const Expression& expression, std::span<const Value> operands,
         std::span<const Type> types)
      : plan_(plan), expression_(expression), operands_(operands), types_(types) {}

  [[nodiscard]] Value conditions() const {
    if (expression_.operation == Operation::kNot) return ops::negate(condition_of(operands_[0]));
    std::vector<Value> each;
    for (const Value& operand : operands_)
      each.push_back(condition_of(operand));
    return expression_.operation == Operation::kAll ? ops::all_of(each) : ops::any_of(each);
  }
  [[nodiscard]] Value choice() const {
    const Value test = condition_of(operands_[0]);
    if (value::is_true(test)) return operands_[1];
    return value::is_false(test) ? operands_[2] : kLeft;
  }
  [[nodiscard]] Value or_if_none() const {
    if (operands_[0].only_value()) return operands_[0];
    return operands_[0].only_not_applicable() ? operands_[1] : kLeft;
  }
  [[nodiscard]] Value table() const {
    const auto policy = static_cast<ops::HitPolicy>(expression_.a);
    const bool is_first = policy == ops::HitPolicy::kFirst;
    if (!is_first && policy != ops::HitPolicy::kUnique) return kLeft;
    const Value* found = nullptr;
    for (std::size_t i = 0; i + 1 < operands_.size(); i += 2) {
      const Value status = condition_of(operands_[i]);
      if (!value::is_true(status) && !value::is_false(status)) return kLeft;
      if (!value::is_true(status)) continue;
      if (found != nullptr) return kLeft;  // two rows
      found = &operands_[i + 1];
      if (is_first) break;
    }
    return found != nullptr ? *found : otherwise();
  }
  [[nodiscard]] Value clauses() const {
    const plan::Beats& beats = plan_.clause_orders[expression_.a];
    std::vector<Value> statuses;
    for (std::size_t i = 0; i < beats.size(); ++i)
      statuses.push_back(condition_of(operands_[2 * i]));
    const eval::Standing standing = eval::stand(beats, statuses);
    if (standing.live.empty()) return otherwise();
    const bool is_one = standing.live.size() == 1 && standing.top.size() == 1;
    return is_one ? operands_[2 * standing.live[0] + 1] : kLeft;
  }
  [[nodiscard]] Value outcome() const {
    const plan::RuleSet& rules = plan_.rule_sets[expression_.a];
    std::vector<Value> statuses;
    for (const Value& operand : operands_)
      statuses.push_back(condition_of(operand));
    return eval::outcome_value(eval::readings_of(eval::resolve(rules, statuses), rules, {}));
  }
  [[nodiscard]] Value equal(std::size_t left, std::size_t right) const {
    const Value& a = operands_[left];
    const Value& b = operands_[right];
    switch (types_[left].kind) {
      case TypeKind::kNumber:
      case TypeKind::kDate:
      case TypeKind::kMonth:
        return ops::compare(ops::Relation::kEqual, a, types_[left].scale, b, types_[right].scale);
      case TypeKind::kBoolean:
      case TypeKind::kChoice:
        return ops::equal_bits(a, b);
      case TypeKind::kPlace:
        return ops::equal_place(a, b, plan_.schema->places);
      case TypeKind::kError:
      case TypeKind::kQuotient:
      case TypeKind::kChoiceSet:
      case TypeKind::kMember:
      case TypeKind::kMemberSet:
      case TypeKind::kText:
      case TypeKind::kRow:
      case TypeKind::kRows:
      case TypeKind::kTime:
        return kLeft;
    }
    return kLeft;
  }
  [[nodiscard]] Value one_of() const {
    std::vector<Value> each;
    for (std::size_t i = 1; i < operands_.size(); ++i)
      each.push_back(condition_of(equal(0, i)));
    return ops::any_of(each);
  }
  [[nodiscard]] Value compare(ops::Relation relation) const {
    return ops::compare(relation, operands_[0], types_[0].scale, operands_[1], types_[1].scale);
  }
  [[nodiscard]] Value compare_quotient() const {
    return ops::compare_quotient(static_cast<ops::Relation>(expression_.a), expression_.b != 0,
                                 operands_[0], types_[0].scale, operands_[1], types_[1].scale,
                                 operands_[2], types_[2].scale, {});
  }
  [[nodiscard]] std::vector<ops::Term> terms() const {
    std::vector<ops::Term> all;
    for (std::size_t i = 0; i < operands_.size(); ++i) {
      const bool minus = i < expression_.extras.size() && expression_.extras[i] != 0;
      all.push_back({operands_[i], types_[i].scale, minus});
    }
    return all;
  }
  [[nodiscard]] Value round() const {
    const auto mode = static_cast<ops::Rounding>(expression_.a);
    const int digits = static_cast<int>(expression_.b);
    if (operands_.size() == 1) return ops::rescale(operands_[0], types_[0].scale, digits, mode, {});
    return ops::quotient(operands_[0], types_[0].scale, operands_[1], types_[1].scale, digits, mode,
                         {});
  }
  [[nodiscard]] Value choosing() const {
    switch (expression_.operation) {
      case Operation::kIf:
        return choice();
      case Operation::kOrIfNone:
        return or_if_none();
      case Operation::kTable:
        return table();
      case Operation::kClauses:
        return clauses();
      default:  // NOLINT: only those above are passed on, and this one
        return outcome();
    }
  }
  [[nodiscard]] Value by_place() const {
    if (expression_.operation == Operation::kParameter) return parameter();
    return ops::place_at(operands_[0], static_cast<value::PlaceLevel>(expression_.a),
                         plan_.schema->places);
  }
  [[nodiscard]] Value comparison() const {
    switch (expression_.operation) {
      case Operation::kEqual:
        return equal(0, 1);
      case Operation::kLess:
        return compare(ops::Relation::kLess);
      case Operation::kLessEqual:
        return compare(ops::Relation::kLessEqual);
      case Operation::kCompareQuotient:
        return compare_quotient();
      case Operation::kOneOf:
        return one_of();
      case Operation::kWithin:
        return ops::within(operands_[0], operands_[1], plan_.schema->places);
      case Operation::kIncludes:
        return ops::includes(operands_[0], operands_[1]);
      case Operation::kGiven:
        return ops::is_given(operands_[0]);
      default:  // NOLINT: only those above are passed on
        return kLeft;
    }
  }
  [[nodiscard]] Value number() const {
    const int scale = expression_.type.scale;
    switch (expression_.operation) {
      case Operation::kSum:
        return ops::sum(terms(), scale, {});
      case Operation::kLeast:
        return ops::least_of(terms(), scale, {});
      case Operation::kGreatest:
        return ops::greatest_of(terms(), scale, {});
      case Operation::kProduct:
        return ops::product(operands_[0], operands_[1], {});
      case Operation::kRound:
        return round();
      case Operation::kFullUnits:
        return ops::full_units(operands_[0], types_[0].scale, operands_[1], types_[1].scale, {});
      case Operation::kStartedUnits:
        return ops::started_units(operands_[0], types_[0].scale, operands_[1], types_[1].scale, {});
      default:  // NOLINT: only those above are passed on
        return kLeft;
    }
  }
  [[nodiscard]] Value parameter() const {
    if (!operands_[0].only_value() || !operands_[1].only_value()) return kLeft;
    const auto versions = eval::possible_versions(plan_.parameter_tables[expression_.a],
                                                  operands_[0], operands_[1], plan_.schema->places);
    const bool is_one = versions.size() == 1 && versions[0] != nullptr;
    return is_one ? versions[0]->value : kLeft;
  }

 private:
  [[nodiscard]] Value otherwise() const {
    const bool has_otherwise = (expression_.b & ops::kHasOtherwise) != 0;
    return has_otherwise ? operands_.back() : kLeft;
  }

  const Plan& plan_;
  const Expression& expression_;
  std::span<const Value> operands_;
  std::span<const Type> types_;
};

Value calendar(const Expression& expression, std::span<const Value> operands,
               std::span<const Type> types) {
  const auto counting = static_cast<ops::Counting>(expression.a);
  switch (expression.operation) {
    case Operation::kAddMonths:
      return ops::add_months(operands[0], operands[1], {});
    case Operation::kAddDays:
      return ops::add_days(operands[0], operands[1], {});
    case Operation::kDaysBetween:
      return ops::days_between(operands[0], operands[1], counting, {});
    case Operation::kMonthsBetween:
      return ops::full_months_between(operands[0], operands[1], counting, {});
    case Operation::kYearsBetween:
      return ops::full_years_between(operands[0], operands[1], counting, {});
    case Operation::kStartedBetween:
      return ops::started_months_between(operands[0], operands[1], expression.a == 1, {});
    case Operation::kDateInYear:
      return ops::date_in_year(operands[0], static_cast<int>(expression.a),
                               static_cast<int>(expression.b), {});
    case Operation::kYearOf:
      return types[0].kind == TypeKind::kMonth ? ops::year_of_month(operands[0])
                                               : ops::year_of(operands[0]);
    case Operation::kMonthOf:
      return ops::month_of(operands[0]);
    case Operation::kYearStart:
      return ops::year_start(operands[0]);
    default:  // NOLINT: only those above are passed on
      return kLeft;
  }
}

bool stands_a_gap(Operation operation) {
  return operation == Operation::kAll || operation == Operation::kAny ||
         operation == Operation::kNot || operation == Operation::kIf ||
         operation == Operation::kOrIfNone || operation == Operation::kTable ||
         operation == Operation::kClauses || operation == Operation::kOutcome;
}

bool has_gap(std::span<const Value> operands) {
  return std::any_of(operands.begin(), operands.end(),
                     [](const Value& operand) { return operand.kinds == 0; });
}

}  // namespace

Value scalar(const Plan& plan, const Expression& expression, std::span<const Value> operands,
             std::span<const Type> types) {
  if (!stands_a_gap(expression.operation) && has_gap(operands)) return kLeft;
  const Scalar at(plan, expression, operands, types);
  switch (expression.operation) {
    case Operation::kConstant:
      return plan.constants[expression.a];
    case Operation::kAll:
    case Operation::kAny:
    case Operation::kNot:
      return at.conditions();
    case Operation::kIf:
    case Operation::kOrIfNone:
    case Operation::kTable:
    case Operation::kClauses:
    case Operation::kOutcome:
      return at.choosing();
    case Operation::kEqual:
    case Operation::kLess:
    case Operation::kLessEqual:
    case Operation::kCompareQuotient:
    case Operation::kOneOf:
    case Operation::kWithin:
    case Operation::kIncludes:
    case Operation::kGiven:
      return at.comparison();
    case Operation::kSum:
    case Operation::kLeast:
    case Operation::kGreatest:
    case Operation::kProduct:
    case Operation::kRound:
    case Operation::kFullUnits:
    case Operation::kStartedUnits:
      return at.number();
    case Operation::kParameter:
    case Operation::kPlaceAt:
      return at.by_place();
    case Operation::kAddMonths:
    case Operation::kAddDays:
    case Operation::kDaysBetween:
    case Operation::kMonthsBetween:
    case Operation::kYearsBetween:
    case Operation::kStartedBetween:
    case Operation::kDateInYear:
    case Operation::kYearOf:
    case Operation::kMonthOf:
    case Operation::kYearStart:
      return calendar(expression, operands, types);
    case Operation::kToday:
    case Operation::kHere:
    case Operation::kArgument:
    case Operation::kFact:
    case Operation::kRowStart:
    case Operation::kRowEnd:
    case Operation::kRows:
    case Operation::kRowsOn:
    case Operation::kAllMembers:
    case Operation::kSetOf:
    case Operation::kCall:
    case Operation::kQuestion:
    case Operation::kCoversDate:
    case Operation::kCombineTime:
    case Operation::kMeasure:
    case Operation::kFirstDay:
    case Operation::kLastDay:
    case Operation::kFold:
    case Operation::kPick:
      return kLeft;
  }
  return kLeft;
}

}  // namespace juzhu::batch
