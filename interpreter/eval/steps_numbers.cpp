// Numbers, the calendar and time: each operation as ops/ defines it, at the types of the step.
#include "eval/step_run.h"
#include "ops/calendar.h"
#include "ops/cover.h"
#include "ops/number.h"
#include "ops/sets.h"

namespace juzhu::eval {
namespace {

using ops::Counting;
using ops::Rounding;

std::vector<ops::Term> terms_of(const StepRun& run) {
  std::vector<ops::Term> terms;
  for (std::size_t i = 0; i < run.operand_count(); ++i) {
    terms.push_back({run.operand(i), run.operand_type(i).scale, false});
  }
  return terms;
}

Counting counting_of(const StepRun& run) { return static_cast<Counting>(run.step().a); }

}  // namespace

namespace steps {

Value Sum(StepRun& run) {
  std::vector<ops::Term> terms = terms_of(run);
  for (std::size_t i = 0; i < terms.size(); ++i) {
    terms[i].minus = run.plan().extras[run.step().first_extra + i] != 0;
  }
  return ops::sum(terms, run.type().scale, run.error());
}

Value Product(StepRun& run) { return ops::product(run.operand(0), run.operand(1), run.error()); }

Value Round(StepRun& run) {
  const auto mode = static_cast<Rounding>(run.step().a);
  const int digits = static_cast<int>(run.step().b);
  const int scale = run.operand_type(0).scale;
  if (run.operand_count() == 1) {
    return ops::rescale(run.operand(0), scale, digits, mode, run.error());
  }
  return ops::quotient(run.operand(0), scale, run.operand(1), run.operand_type(1).scale, digits,
                       mode, run.error());
}

Value FullUnits(StepRun& run) {
  return ops::full_units(run.operand(0), run.operand_type(0).scale, run.operand(1),
                         run.operand_type(1).scale, run.error());
}

Value StartedUnits(StepRun& run) {
  return ops::started_units(run.operand(0), run.operand_type(0).scale, run.operand(1),
                            run.operand_type(1).scale, run.error());
}

Value Least(StepRun& run) { return ops::least_of(terms_of(run), run.type().scale, run.error()); }

Value Greatest(StepRun& run) {
  return ops::greatest_of(terms_of(run), run.type().scale, run.error());
}

Value AddMonths(StepRun& run) {
  return ops::add_months(run.operand(0), run.operand(1), run.error());
}

Value AddDays(StepRun& run) { return ops::add_days(run.operand(0), run.operand(1), run.error()); }

Value DaysBetween(StepRun& run) {
  return ops::days_between(run.operand(0), run.operand(1), counting_of(run), run.error());
}

Value MonthsBetween(StepRun& run) {
  return ops::full_months_between(run.operand(0), run.operand(1), counting_of(run), run.error());
}

Value YearsBetween(StepRun& run) {
  return ops::full_years_between(run.operand(0), run.operand(1), counting_of(run), run.error());
}

Value StartedBetween(StepRun& run) {
  return ops::started_months_between(run.operand(0), run.operand(1), run.step().a == 1,
                                     run.error());
}

Value DateInYear(StepRun& run) {
  return ops::date_in_year(run.operand(0), static_cast<int>(run.step().a),
                           static_cast<int>(run.step().b), run.error());
}

Value YearOf(StepRun& run) {
  Value operand = run.operand(0);
  if (run.operand_type(0).kind != value::TypeKind::kMonth) return ops::year_of(operand);
  operand.lo /= 12;
  operand.hi /= 12;
  return operand;
}

Value MonthOf(StepRun& run) { return ops::month_of(run.operand(0)); }
Value YearStart(StepRun& run) { return ops::year_start(run.operand(0)); }

Value PlaceAt(StepRun& run) {
  return ops::place_at(run.operand(0), static_cast<value::PlaceLevel>(run.step().a),
                       run.schema().places);
}

Value CombineTime(StepRun& run) {
  return ops::combine(static_cast<ops::CoverOp>(run.step().a), run.operand(0), run.operand(1),
                      run.covers());
}

Value Measure(StepRun& run) {
  return ops::measure_between(run.operand(0), run.covers(), run.plan().measures[run.step().a],
                              run.operand(1), run.operand(2));
}

Value FirstDay(StepRun& run) {
  return ops::first_of(run.operand(0), run.covers(), run.operand_type(0).months);
}
Value LastDay(StepRun& run) {
  return ops::last_of(run.operand(0), run.covers(), run.operand_type(0).months);
}

}  // namespace steps
}  // namespace juzhu::eval
