// See random_time.h: the expressions.
#include "random_time.h"

namespace juzhu::eval::testing {
namespace {

using ops::FoldKind;

const value::ListId kPermits = vocabulary().permits;
const value::ListId kInsurance = vocabulary().insurance;
const Type kNumber = value::number_type(0);
const Type kDate = value::date_type();

Type row_of_list(bool months) { return value::row_type(months ? kInsurance : kPermits); }

/// Rows of the list that meet a condition: their own, the person's, or one on their ends.
Expr random_rows(Random& random, bool months) {
  const Type row = row_of_list(months);
  Expr where;
  switch (draw(random, 4)) {
    case 0:
      break;
    case 1:
      where = fact_of(it(row), "valid");
      break;
    case 2:
      where = !fact_of(it(row), "valid");
      break;
    default: {
      const Type end = months ? value::month_type() : kDate;
      const std::int64_t bound = months ? 2023 * 12 + 1 : days(2023, 2, 27);
      const Operation which = draw(random, 2) == 0 ? Operation::kRowStart : Operation::kRowEnd;
      where = step(which, end, {it(row)}) <= constant(value::number(bound), end);
    }
  }
  return fold(FoldKind::kCover, value::time_type(months),
              rows(months ? kInsurance : kPermits, subject()), row, where, {});
}

Expr random_time(Random& random, bool months, int depth) {
  const auto pick = draw(random, depth > 0 ? 6 : 2);
  if (pick < 2) return random_rows(random, months);
  if (pick == 2) {
    return if_else(fact("u"), random_time(random, months, depth - 1),
                   random_time(random, months, depth - 1));
  }
  return step(Operation::kCombineTime, value::time_type(months),
              {random_time(random, months, depth - 1), random_time(random, months, depth - 1)},
              draw(random, 3));
}

Expr random_measure(Random& random, int depth) {
  auto made = std::make_shared<Node>();
  made->operation = Operation::kMeasure;
  made->type = kNumber;
  ops::Measure& what = made->measure;
  what.months = draw(random, 3) == 0;
  what.unit = draw(random, 2) == 0 ? ops::MeasureUnit::kDays : ops::MeasureUnit::kMonths;
  what.counting = static_cast<ops::Counting>(draw(random, 3));
  what.chain = static_cast<ops::ChainMode>(draw(random, 3));
  what.tolerance = draw(random, 3);
  what.tolerance_in_months = draw(random, 2) == 0;
  what.count_gaps = what.chain != ops::ChainMode::kAll && draw(random, 2) == 0;
  const Expr from = draw(random, 2) == 0 ? date(1900, 1, 1) : random_date(random, depth - 1);
  made->operands = {random_time(random, what.months, depth - 1), from,
                    random_date(random, depth - 1)};
  return made;
}

}  // namespace

std::uint32_t draw(Random& random, std::uint32_t count) {
  return static_cast<std::uint32_t>(random() % count);
}

std::int64_t random_day(Random& random) { return days(2023, 1, 25) + draw(random, 75); }

Expr random_date(Random& random, int depth) {
  switch (draw(random, depth > 0 ? 7 : 2)) {
    case 0:
      return fact("birth");
    case 1:
      return constant(value::number(random_day(random)), kDate);
    case 2:
      return step(Operation::kAddMonths, kDate,
                  {random_date(random, depth - 1), random_number(random, depth - 1)});
    case 3:
      return step(Operation::kAddDays, kDate,
                  {random_date(random, depth - 1), random_number(random, depth - 1)});
    case 4:
      return step(Operation::kFirstDay, kDate, {random_time(random, false, depth - 1)});
    case 5:
      return step(Operation::kLastDay, kDate, {random_time(random, false, depth - 1)});
    default:
      return step(Operation::kDateInYear, kDate,
                  {step(Operation::kYearOf, kNumber, {random_date(random, depth - 1)})}, 2,
                  draw(random, 2) == 0 ? 29 : 28);
  }
}

Expr random_number(Random& random, int depth) {
  const auto other = [&] { return random_number(random, depth - 1); };
  switch (draw(random, depth > 0 ? 12 : 2)) {
    case 0:
      return fact("n");
    case 1:
      return number(static_cast<std::int64_t>(draw(random, 5)) - 1);
    case 2:
    case 3:
    case 4:
      return random_measure(random, depth);
    case 5: {
      constexpr Operation kBetween[] = {Operation::kDaysBetween, Operation::kMonthsBetween,
                                        Operation::kYearsBetween, Operation::kStartedBetween};
      const Operation which = kBetween[draw(random, 4)];
      const bool is_started = which == Operation::kStartedBetween;
      return step(which, kNumber, {random_date(random, depth - 1), random_date(random, depth - 1)},
                  draw(random, is_started ? 2 : 3));
    }
    case 6:
      return step(draw(random, 2) == 0 ? Operation::kFullUnits : Operation::kStartedUnits, kNumber,
                  {other(), other()});
    case 7:
      return step(draw(random, 2) == 0 ? Operation::kLeast : Operation::kGreatest, kNumber,
                  {other(), other()});
    case 8:
      return step(Operation::kProduct, kNumber, {other(), other()});
    case 9:
      return step(Operation::kRound, kNumber, {other(), other()}, draw(random, 6), 0);
    case 10:
      return step(Operation::kOrIfNone, kNumber, {other(), other()});
    default:
      return sum({other(), other()}, {0, draw(random, 2)});
  }
}

Expr random_condition(Random& random, int depth) {
  const bool months = draw(random, 3) == 0;
  switch (draw(random, depth > 1 ? 9 : 5)) {
    case 0:
      return random_number(random, depth) <= random_number(random, depth - 1);
    case 1:
      return equal(random_measure(random, depth), number(draw(random, 4)));
    case 2:
      return step(Operation::kCoversDate, value::boolean_type(),
                  {random_time(random, months, depth - 1), random_date(random, depth - 1)});
    case 3:
      return random_date(random, depth) < random_date(random, depth - 1);
    case 4: {
      const value::ListId list = months ? kInsurance : kPermits;
      return fold(draw(random, 2) == 0 ? FoldKind::kSome : FoldKind::kEvery, value::boolean_type(),
                  rows_on(list, subject(), random_date(random, depth - 1)), row_of_list(months), {},
                  fact_of(it(row_of_list(months)), "valid"));
    }
    case 5:
      return step(Operation::kGiven, value::boolean_type(), {random_date(random, depth)});
    case 6:
      return step(Operation::kCompareQuotient, value::boolean_type(),
                  {random_number(random, depth - 1), random_number(random, depth - 1),
                   random_number(random, depth - 1)},
                  draw(random, 3), draw(random, 2));
    case 7:
      return !random_condition(random, depth - 1);
    default: {
      const Expr left = random_condition(random, depth - 1);
      const Expr right = random_condition(random, depth - 1);
      return draw(random, 2) == 0 ? (left && right) : (left || right);
    }
  }
}

}  // namespace juzhu::eval::testing
