// The calendar over bounds (semantics.md 4.1 to 4.3; Civil Code arts 200-204, 1259). Monotone
// operations, so bounds are their values at the end points. Same rules for errors and "not
// applicable" as ops/number.h.
#pragma once

#include "value/value.h"

namespace juzhu::ops {

using value::Error;
using value::Value;

enum class Counting : std::uint8_t { kCivilCode, kBothDays, kCalendarMonths };

Value add_months(const Value& date, const Value& months, Error at);
Value add_days(const Value& date, const Value& days, Error at);
/// b - a; one more counting both days.
Value days_between(const Value& from, const Value& to, Counting counting, Error at);
/// Full months from a to b by the convention; 0 if b is before a.
Value full_months_between(const Value& from, const Value& to, Counting counting, Error at);
/// Full years, held as months (a multiple of 12).
Value full_years_between(const Value& from, const Value& to, Counting counting, Error at);
/// The least k >= 0 such that from + k months (years: k a multiple of 12) reaches `to`.
Value started_months_between(const Value& from, const Value& to, bool years, Error at);
/// A month and day in a year: no-such-date if it does not exist.
Value date_in_year(const Value& year, int month, int day, Error at);
Value year_of(const Value& date);
Value year_of_month(const Value& month);  ///< of a month rather than a date
Value month_of(const Value& date);
Value year_start(const Value& date);

/// Scalar kernels, also for the covers.
std::int64_t add_months_exact(std::int64_t date, std::int64_t months);
std::int64_t full_months_exact(std::int64_t from, std::int64_t to, Counting counting);

}  // namespace juzhu::ops
