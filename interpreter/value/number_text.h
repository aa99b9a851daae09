// Exact numbers as texts: a scaled integer and its digits, and durations that are held in months
// but written in years.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "value/schema.h"

namespace juzhu::value {

/// 12.50 for 1250 at scale 2: all digits of the scale.
std::string decimal_text(std::int64_t number, int scale);

enum class NumberProblem : std::uint8_t {
  kNone,
  kNotANumber,
  kTooManyDigits,  ///< more digits after the point than the scale keeps
  kTooLarge,       ///< does not fit 64 bits
};

/// Digits with at most one point, a sign before them. Nothing and `problem` otherwise.
std::optional<std::int64_t> parse_decimal(std::string_view text, int scale, NumberProblem* problem);

/// A number of a type with its unit, as people read it: "12 months", "51%", "6 years", 68.4分.
std::string quantity_text(std::int64_t number, const Type& type, const Schema& schema,
                          bool chinese);
/// The same backwards, in either tongue; the unit may be left out.
std::optional<std::int64_t> parse_quantity(std::string_view text, const Type& type,
                                           const Schema& schema, NumberProblem* problem);

}  // namespace juzhu::value
