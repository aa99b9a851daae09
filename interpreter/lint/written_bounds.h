// Bounds in the words of a legal text: 超过12个月, 6周岁以上, "at least 12 months", "under 18".
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace juzhu::lint {

/// What a text says of a number.
struct WrittenBound {
  std::string number;   ///< in digits, without signs between them: 12, 0.5, 1000000
  bool lower = false;   ///< a least value, else a greatest one
  bool strict = false;  ///< the number itself is outside
  std::string words;    ///< as written, with the number
};

/// The bounds that a text states, in its order. Chinese numerals up to 9999 count as digits.
std::vector<WrittenBound> bounds_in(std::string_view text);
/// The digits that a text begins with, as in `12 months` and 1_000_000; empty: none.
std::string leading_number(std::string_view text);

}  // namespace juzhu::lint
