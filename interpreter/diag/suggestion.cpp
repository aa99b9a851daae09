// Guesses at the name that was meant: Damerau-Levenshtein (optimal string alignment) over code
// points, so that one Chinese character counts as one slip.
#include <utf8proc.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "diag/diagnostic.h"

namespace juzhu::diag {
namespace {

std::vector<std::int32_t> code_points(std::string_view text) {
  std::vector<std::int32_t> result;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  auto left = static_cast<utf8proc_ssize_t>(text.size());
  while (left > 0) {
    utf8proc_int32_t point = 0;
    utf8proc_ssize_t step = utf8proc_iterate(bytes, left, &point);
    if (step < 1) {
      point = 0xFFFD;
      step = 1;
    }
    result.push_back(point);
    bytes += step;
    left -= step;
  }
  return result;
}

/// The distance, or a number above `limit` as soon as it is certain to be more.
std::size_t distance(const std::vector<std::int32_t>& left, const std::vector<std::int32_t>& right,
                     std::size_t limit) {
  const std::size_t columns = right.size() + 1;
  std::vector<std::size_t> before_last(columns);
  std::vector<std::size_t> last(columns);
  std::vector<std::size_t> row(columns);
  for (std::size_t column = 0; column < columns; ++column)
    last[column] = column;
  for (std::size_t i = 1; i <= left.size(); ++i) {
    row[0] = i;
    std::size_t best = i;
    for (std::size_t j = 1; j < columns; ++j) {
      const std::size_t cost = left[i - 1] == right[j - 1] ? 0 : 1;
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + cost});
      const bool swapped =
          i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
      best = std::min(best, row[j]);
    }
    if (best > limit) return limit + 1;
    before_last.swap(last);
    last.swap(row);
  }
  return last[right.size()];
}

/// How far a guess may be: a short name has little left after two slips.
std::size_t allowed_distance(std::size_t length) {
  if (length <= 2) return length == 2 ? 1 : 0;
  return length <= 5 ? 1 : std::min<std::size_t>(3, length / 3);
}

}  // namespace

std::optional<std::string> did_you_mean(std::string_view name,
                                        const std::vector<std::string>& known) {
  constexpr std::size_t kLongestName = 100;
  const std::vector<std::int32_t> wanted = code_points(name);
  if (wanted.size() > kLongestName) return std::nullopt;
  std::optional<std::string> best;
  std::size_t best_distance = allowed_distance(wanted.size()) + 1;
  for (const std::string& candidate : known) {
    if (best_distance == 0) break;
    if (candidate == name || candidate.size() > 4 * kLongestName) continue;
    const std::size_t found = distance(wanted, code_points(candidate), best_distance - 1);
    // Of two guesses as near, the first in the list: the caller's order decides, not the hash of a
    // map.
    if (found < best_distance) {
      best = candidate;
      best_distance = found;
    }
  }
  return best;
}

}  // namespace juzhu::diag
