// How wide a text is on a terminal.
#include <utf8proc.h>

#include "diag/render.h"

namespace juzhu::diag {

std::size_t display_width(std::string_view utf8) {
  std::size_t width = 0;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(utf8.data());
  auto left = static_cast<utf8proc_ssize_t>(utf8.size());
  while (left > 0) {
    utf8proc_int32_t point = 0;
    utf8proc_ssize_t step = utf8proc_iterate(bytes, left, &point);
    if (step < 1) {
      // Shown as one replacement character.
      step = 1;
      ++width;
    } else {
      const int columns = utf8proc_charwidth(point);
      width += columns > 0 ? static_cast<std::size_t>(columns) : 0;
    }
    bytes += step;
    left -= step;
  }
  return width;
}

std::string pad_right(std::string_view text, std::size_t width) {
  std::string result(text);
  const std::size_t taken = display_width(text);
  if (taken < width) result.append(width - taken, ' ');
  return result;
}

}  // namespace juzhu::diag
