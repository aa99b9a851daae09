// 128-bit integers for what is exact on the way to a 64-bit result (semantics.md 2.2).
#pragma once

#include <cstdint>
#include <limits>

namespace juzhu::ops {

// Not standard C++, but both compilers have it; __extension__ says that this is known.
__extension__ typedef __int128 Wide;  // NOLINT(modernize-use-using)

inline constexpr std::int64_t kInt64Min = std::numeric_limits<std::int64_t>::min();
inline constexpr std::int64_t kInt64Max = std::numeric_limits<std::int64_t>::max();

/// 10 to the power 0..37.
constexpr Wide power_of_ten(int exponent) {
  Wide power = 1;
  for (int i = 0; i < exponent; ++i)
    power *= 10;
  return power;
}

constexpr Wide floor_div(Wide value, Wide by) {
  const Wide quotient = value / by;
  return value % by != 0 && (value < 0) != (by < 0) ? quotient - 1 : quotient;
}

constexpr Wide ceiling_div(Wide value, Wide by) { return -floor_div(-value, by); }

constexpr int sign_of(Wide value) { return value > 0 ? 1 : value < 0 ? -1 : 0; }

}  // namespace juzhu::ops
