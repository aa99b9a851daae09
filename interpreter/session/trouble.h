// Why a line could not be followed: what, where in the line, and the next step. Shown as every
// other finding is, with the line and a mark under the place.
#pragma once

#include <cstdint>

#include "diag/diagnostic.h"

namespace juzhu::session {

struct Trouble {
  diag::Code code{};
  std::uint32_t begin = 0;
  std::uint32_t end = 0;  ///< bytes in the line; equal: the line as a whole
  Bilingual message;
  Bilingual label;
  Bilingual help;
};

/// "did you mean `x`?", or the next step without a guess.
inline Bilingual guess_or(std::string_view name, const std::vector<std::string>& known,
                          Bilingual otherwise) {
  if (const auto guess = diag::did_you_mean(name, known))
    return say("did you mean `{}`?", "是否想写 `{}`？", *guess);
  return otherwise;
}

}  // namespace juzhu::session
