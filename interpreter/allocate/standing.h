// Where applicants stand to each other. Comparing two tuples key by key, going on only while they
// may be equal, gives the same answer as comparing their best and worst cases as points of one
// line: x may be above y iff x's best case is above y's worst. So every tuple is two positions on
// that line, and every question about a pair is a comparison of two numbers, uncertain or not.
#pragma once

#include <vector>

#include "allocate/pool.h"

namespace juzhu::allocate {

class Standing {
 public:
  explicit Standing(const Pool& pool);

  /// Positions, 0 the best; equal tuples have equal ones.
  [[nodiscard]] std::uint32_t best(std::uint32_t applicant) const { return best_[applicant]; }
  [[nodiscard]] std::uint32_t worst(std::uint32_t applicant) const { return worst_[applicant]; }
  [[nodiscard]] bool may_be_above(std::uint32_t one, std::uint32_t other) const {
    return best_[one] < worst_[other];
  }
  [[nodiscard]] bool surely_above(std::uint32_t one, std::uint32_t other) const {
    return worst_[one] < best_[other];
  }
  /// Exactly one of above, tied and below is possible.
  [[nodiscard]] bool is_settled(std::uint32_t one, std::uint32_t other) const;
  /// The keys at a position, without the lot.
  [[nodiscard]] Tuple tuple_at(std::uint32_t position) const;

 private:
  struct Merit {  ///< of one key: the smaller is the better
    bool lacks = false;
    std::uint64_t value = 0;
    friend auto operator<=>(const Merit&, const Merit&) = default;
  };
  using Point = std::vector<Merit>;
  [[nodiscard]] Point point_of(const Pool& pool, const Applicant& applicant, bool best) const;
  static Merit merit_of(const KeyRange& key, bool highest_first, bool best);

  std::vector<bool> highest_first_;
  std::vector<Point> points_;  ///< by position
  std::vector<std::uint32_t> best_;
  std::vector<std::uint32_t> worst_;
};

}  // namespace juzhu::allocate
