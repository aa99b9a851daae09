// Conditions and choices between values.
#include <array>

#include "base/check.h"
#include "eval/facts.h"
#include "eval/step_run.h"
#include "ops/cover.h"
#include "ops/logic.h"
#include "ops/number.h"
#include "ops/sets.h"

namespace juzhu::eval {
namespace {

using ops::Relation;
using value::TypeKind;

/// Sets are equal if nothing can be in one alone.
Value equal_sets(const Value& left, const Value& right) {
  const std::array<Value, 2> operands{left, right};
  const Strictness strict = strictness(operands);
  Value result = value::truth(false);
  if (strict.value) {
    const bool is_known = left.lo == left.hi && right.lo == right.hi;
    const bool may_be_equal = (left.lo & ~right.hi) == 0 && (right.lo & ~left.hi) == 0;
    if (may_be_equal) result = is_known ? value::truth(true) : value::unknown_truth();
    if (left.may_not_apply() || right.may_not_apply()) {
      result.lo |= value::kFalseBit;
    }
  } else if (!strict.others.may_not_apply()) {
    return strict.others;
  }
  return strict.others.may_fail() ? with_kinds_of(result, value::failure(strict.others.error))
                                  : result;
}

Value equal_rows(const Value& left, const Value& right) {
  const std::array<Value, 2> operands{left, right};
  const Strictness strict = strictness(operands);
  if (!strict.value) return strict.others.may_fail() ? strict.others : value::truth(false);
  if (left.hi != right.hi) return with_kinds_of(value::truth(false), strict.others);
  const bool is_listed = left.lo != value::kUnknownRow && right.lo != value::kUnknownRow;
  if (is_listed) return with_kinds_of(value::truth(left.lo == right.lo), strict.others);
  const bool is_one_listed = left.lo != right.lo;  // a listed row is none of the others
  return is_one_listed ? value::truth(false) : value::unknown_truth();
}

Value compare(const StepRun& run, Relation relation) {
  return ops::compare(relation, run.operand(0), run.operand_type(0).scale, run.operand(1),
                      run.operand_type(1).scale);
}

/// All listed ones known: the value may be several of them and still surely be one.
bool known_options(const StepRun& run, std::int64_t& options) {
  const TypeKind kind = run.operand_type(0).kind;
  if (kind != TypeKind::kChoice && kind != TypeKind::kMember) return false;
  options = 0;
  for (std::size_t i = 1; i < run.operand_count(); ++i) {
    const Value listed = run.operand(i);
    if (!listed.only_value() || !is_single_bit(listed.lo)) return false;
    options |= listed.lo;
  }
  return true;
}

/// ops::if_else for times, whose hull needs the covers.
Value if_else_time(StepRun& run, const Value& test) {
  Value result{};
  if (test.may_fail()) result = value::failure(test.error);
  if (!test.may_value()) return result;
  if ((test.lo & value::kTrueBit) != 0) result = run.join(result, run.operand(1));
  if ((test.lo & value::kFalseBit) != 0) result = run.join(result, run.operand(2));
  return result;
}

}  // namespace

Value equal_operands(const StepRun& run, std::size_t left_index, std::size_t right_index) {
  const Value left = run.operand(left_index);
  const Value right = run.operand(right_index);
  const Type& type = run.operand_type(left_index);
  switch (type.kind) {
    case TypeKind::kNumber:
    case TypeKind::kDate:
    case TypeKind::kMonth:
      return ops::compare(Relation::kEqual, left, type.scale, right,
                          run.operand_type(right_index).scale);
    case TypeKind::kBoolean:
    case TypeKind::kChoice:
    case TypeKind::kMember:
      return ops::equal_bits(left, right);
    case TypeKind::kChoiceSet:
    case TypeKind::kMemberSet:
      return equal_sets(left, right);
    case TypeKind::kPlace:
      return ops::equal_place(left, right, run.schema().places);
    case TypeKind::kText:
      return ops::equal_text(left, right);
    case TypeKind::kRow:
      return equal_rows(left, right);
    case TypeKind::kError:
    case TypeKind::kQuotient:
    case TypeKind::kRows:
    case TypeKind::kTime:
      break;
  }
  JUZHU_CHECK(false);  // the checker lets no such comparison through
  return {};
}

namespace steps {

Value All(StepRun& run) { return ops::all_of(run.operands()); }
Value Any(StepRun& run) { return ops::any_of(run.operands()); }
Value Not(StepRun& run) { return ops::negate(run.operand(0)); }
Value Equal(StepRun& run) { return equal_operands(run, 0, 1); }
Value Less(StepRun& run) { return compare(run, Relation::kLess); }
Value LessEqual(StepRun& run) { return compare(run, Relation::kLessEqual); }

Value CompareQuotient(StepRun& run) {
  return ops::compare_quotient(static_cast<Relation>(run.step().a), run.step().b != 0,
                               run.operand(0), run.operand_type(0).scale, run.operand(1),
                               run.operand_type(1).scale, run.operand(2), run.operand_type(2).scale,
                               run.error());
}

Value OneOf(StepRun& run) {
  std::int64_t options = 0;
  if (known_options(run, options)) return ops::in_bits(run.operand(0), options);
  std::vector<Value> each;
  for (std::size_t i = 1; i < run.operand_count(); ++i) {
    each.push_back(equal_operands(run, 0, i));
  }
  return ops::any_of(each);
}

Value Within(StepRun& run) {
  return ops::within(run.operand(0), run.operand(1), run.schema().places);
}

Value Includes(StepRun& run) { return ops::includes(run.operand(0), run.operand(1)); }

Value CoversDate(StepRun& run) {
  return ops::covers_date(run.operand(0), run.covers(), run.operand(1), run.operand_type(0).months);
}

Value Given(StepRun& run) { return ops::is_given(run.operand(0)); }

Value If(StepRun& run) {
  const Value test = ops::condition(run.operand(0));
  if (run.type().kind == TypeKind::kTime) return if_else_time(run, test);
  return ops::if_else(test, run.operand(1), run.operand(2), run.type(), run.schema().places);
}

Value OrIfNone(StepRun& run) {
  Value operand = run.operand(0);
  if (run.type().kind != TypeKind::kTime) {
    return ops::or_if_none(operand, run.operand(1), run.type(), run.schema().places);
  }
  if (!operand.may_not_apply()) return operand;
  operand.kinds = static_cast<std::uint8_t>(operand.kinds & ~value::kNotApplicable);
  return run.join(operand, run.operand(1));
}

}  // namespace steps
}  // namespace juzhu::eval
