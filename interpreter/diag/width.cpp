// How wide a text is on a terminal.
#include <utf8proc.h>

#include <algorithm>

#include "diag/render.h"

namespace juzhu::diag {

namespace {

/// The code point at the start of a text that is not empty; a byte that starts none is shown as one
/// replacement character.
struct Point {
  utf8proc_int32_t value = 0xFFFD;
  std::size_t bytes = 1;
};

Point first_point(std::string_view text) {
  Point point;
  utf8proc_int32_t value = 0;
  const utf8proc_ssize_t length =
      utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                       static_cast<utf8proc_ssize_t>(text.size()), &value);
  if (length >= 1) point = {value, static_cast<std::size_t>(length)};
  return point;
}

/// What a reader takes for one character: a letter with its marks, an emoji with its variants.
struct Cluster {
  std::size_t bytes = 0;
  std::size_t width = 0;
};

Cluster first_cluster(std::string_view text) {
  constexpr utf8proc_int32_t kAsEmoji = 0xFE0F;
  constexpr std::size_t kMost = 2;
  Cluster cluster;
  const Point base = first_point(text);
  utf8proc_int32_t before = base.value;
  utf8proc_int32_t state = 0;
  std::size_t sum = 0;
  bool as_emoji = false;
  while (cluster.bytes < text.size()) {
    const Point point = first_point(text.substr(cluster.bytes));
    const bool first = cluster.bytes == 0;
    if (!first && utf8proc_grapheme_break_stateful(before, point.value, &state)) break;
    const int columns = utf8proc_charwidth(point.value);
    sum += columns > 0 ? static_cast<std::size_t>(columns) : 0;
    as_emoji = as_emoji || point.value == kAsEmoji;
    before = point.value;
    cluster.bytes += point.bytes;
  }
  const unsigned kind = utf8proc_get_property(base.value)->boundclass;
  const bool picture = kind == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
  // A syllable of Korean letters and an emoji with its colour stand in one cell of two columns.
  const bool one_cell = picture || kind == UTF8PROC_BOUNDCLASS_L ||
                        kind == UTF8PROC_BOUNDCLASS_LV || kind == UTF8PROC_BOUNDCLASS_LVT;
  cluster.width = one_cell ? std::min(sum, kMost) : sum;
  if (picture && as_emoji) cluster.width = kMost;
  return cluster;
}

}  // namespace

std::size_t display_width(std::string_view utf8) {
  std::size_t width = 0;
  while (!utf8.empty()) {
    const Cluster cluster = first_cluster(utf8);
    width += cluster.width;
    utf8.remove_prefix(cluster.bytes);
  }
  return width;
}

std::size_t character_size(std::string_view utf8) { return first_cluster(utf8).bytes; }

std::string pad_right(std::string_view text, std::size_t width) {
  std::string result(text);
  const std::size_t taken = display_width(text);
  if (taken < width) result.append(width - taken, ' ');
  return result;
}

}  // namespace juzhu::diag
