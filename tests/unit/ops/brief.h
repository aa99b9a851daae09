// Short names for values, dates and covers, so that a test reads like the line of the conformance
// table it stands for.
#pragma once

#include <catch2/catch.hpp>
#include <ostream>
#include <random>
#include <string_view>
#include <vector>

#include "ops/calendar.h"
#include "ops/cover.h"
#include "value/date.h"
#include "value/value.h"

namespace juzhu::value {

inline std::ostream& operator<<(std::ostream& out, const Value& value) {
  out << "<";
  if (value.may_value()) out << " value " << value.lo << ".." << value.hi;
  if (value.may_not_apply()) out << " na";
  if (value.may_fail()) out << " " << error_name(value.error.code);
  return out << " >";
}

inline std::ostream& operator<<(std::ostream& out, const Cover& cover) {
  for (const Run& run : cover.runs)
    out << "[" << run.first << "," << run.last << "]";
  return out;
}

}  // namespace juzhu::value

namespace juzhu::ops::test {

using value::between;
using value::ErrorCode;
using value::number;

inline const Value T = value::truth(true);
inline const Value F = value::truth(false);
inline const Value U = value::unknown_truth();
inline const Value NA = value::not_applicable();

/// Where errors of the step under test come from.
inline constexpr Error kHere{ErrorCode{}, 1, 2, 3};

inline Error error(ErrorCode code) {
  Error result = kHere;
  result.code = code;
  return result;
}
inline Value fails(ErrorCode code) { return value::failure(error(code)); }

/// The same value, or an error as well.
inline Value or_fails(Value value, ErrorCode code) {
  value.kinds |= value::kFails;
  value.error = error(code);
  return value;
}
inline Value or_na(Value value) {
  value.kinds |= value::kNotApplicable;
  return value;
}

inline std::int64_t day(std::string_view text) { return value::parse_date(text).value(); }
inline std::int64_t month(std::string_view text) { return value::parse_month(text).value(); }
inline Value date(std::string_view text) { return number(day(text)); }
inline Value dates(std::string_view first, std::string_view last) {
  return between(day(first), day(last));
}

inline Run days(std::string_view first, std::string_view last) {
  return {static_cast<std::int32_t>(day(first)), static_cast<std::int32_t>(day(last))};
}
inline Run months(std::string_view first, std::string_view last) {
  return {static_cast<std::int32_t>(month(first)), static_cast<std::int32_t>(month(last))};
}
inline Cover cover(std::vector<Run> runs) { return make_cover(std::move(runs)); }

/// A number from 0 to below `count`. The engine is the standard's, so every machine draws the same.
inline std::uint64_t draw(std::mt19937_64& random, std::uint64_t count) { return random() % count; }

}  // namespace juzhu::ops::test
