// A set of exact values: ranges of whole numbers, and whether "not applicable" belongs. What the
// numbers stand for is the reader's: units of the last decimal, days, months, positions of options,
// places in pre-order, F and T. An error is never a member: what fails is neither true nor false.
//
// Invariant: ranges are sorted, apart by at least one number, not empty. Threads: plain data.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

namespace juzhu::sema {

struct ValueRange {
  std::int64_t least = std::numeric_limits<std::int64_t>::min();
  std::int64_t greatest = std::numeric_limits<std::int64_t>::max();
  friend bool operator==(const ValueRange&, const ValueRange&) = default;
};

class ValueSet {
 public:
  ValueSet() = default;  ///< nothing at all
  explicit ValueSet(std::vector<ValueRange> ranges, bool not_applicable = false);
  static ValueSet everything() { return ValueSet({ValueRange{}}, true); }
  static ValueSet only(std::int64_t value) { return ValueSet({{value, value}}); }
  static ValueSet between(std::int64_t least, std::int64_t greatest) {
    return ValueSet({{least, greatest}});
  }

  [[nodiscard]] const std::vector<ValueRange>& ranges() const { return ranges_; }
  [[nodiscard]] bool not_applicable() const { return not_applicable_; }
  [[nodiscard]] bool empty() const { return ranges_.empty() && !not_applicable_; }
  [[nodiscard]] bool has(std::int64_t value) const;
  [[nodiscard]] bool within(const ValueSet& other) const;
  [[nodiscard]] bool meets(const ValueSet& other) const { return !intersected(other).empty(); }
  [[nodiscard]] ValueSet intersected(const ValueSet& other) const;
  [[nodiscard]] ValueSet united(const ValueSet& other) const;
  /// Everything else, "not applicable" included if it is not a member.
  [[nodiscard]] ValueSet complement() const;
  [[nodiscard]] ValueSet with_not_applicable(bool belongs) const;
  friend bool operator==(const ValueSet&, const ValueSet&) = default;

 private:
  std::vector<ValueRange> ranges_;
  bool not_applicable_ = false;
};

}  // namespace juzhu::sema
