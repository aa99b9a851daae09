// Covers: sets of days or of calendar months as sorted runs (semantics.md 4.4). Touching and
// overlapping spells merge, so nothing counts twice. A cover kept in months counts month numbers,
// one kept in days counts days since 1970.
#pragma once

#include <cstdint>
#include <vector>

namespace juzhu::value {

/// Both ends belong. kBegin/kForever stand for "always before" / "still running".
struct Run {
  std::int32_t first;
  std::int32_t last;
  friend bool operator==(const Run&, const Run&) = default;
};
inline constexpr std::int32_t kBegin = -100'000'000;
inline constexpr std::int32_t kForever = 100'000'000;

struct Cover {
  std::vector<Run> runs;  ///< sorted, with at least one missing day (month) between neighbours
  friend bool operator==(const Cover&, const Cover&) = default;
};

inline constexpr std::int64_t kEmptyCover = 0;
inline constexpr std::int64_t kAllTime = 1;

/// The covers of one evaluation; a Value of type time holds two indices into it. Index 0 is the
/// empty cover, 1 all of time. A time that is known holds the same index twice (ops/cover.h,
/// time_value).
class CoverStore {
 public:
  CoverStore();
  std::int64_t add(Cover cover);
  [[nodiscard]] const Cover& operator[](std::int64_t index) const {
    return covers_[static_cast<std::size_t>(index)];
  }

 private:
  std::vector<Cover> covers_;
};

}  // namespace juzhu::value
