// The source of chance of the generated programs: splitmix64, written out here, so that a seed
// means the same program on every machine. The distributions of the standard library differ between
// its implementations and are not used.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <utility>
#include <vector>

namespace juzhu::generated {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  /// A stream of its own for the program of this number: repeating one needs no other.
  Random(std::uint64_t seed, std::uint64_t stream)
      : state_(mix(seed) ^ mix(stream + 0x51ED270B35D1C0DEULL)) {}

  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15ULL;
    return mix(state_);
  }
  /// One of 0, …, count - 1. The bias of the remainder is below 2^-50 for the counts used here.
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(next() % count); }
  /// Both ends belong.
  std::int64_t between(std::int64_t least, std::int64_t greatest) {
    return least + static_cast<std::int64_t>(below(static_cast<std::size_t>(greatest - least + 1)));
  }
  bool percent(std::size_t chance) { return below(100) < chance; }

  template <typename Item>
  const Item& one_of(const std::vector<Item>& items) {
    return items[below(items.size())];
  }
  template <typename Item>
  Item one_of(std::initializer_list<Item> items) {
    return *(items.begin() + below(items.size()));
  }
  /// Fisher and Yates.
  template <typename Item>
  void shuffle(std::vector<Item>& items) {
    for (std::size_t i = items.size(); i > 1; --i)
      std::swap(items[i - 1], items[below(i)]);
  }

 private:
  static std::uint64_t mix(std::uint64_t value) {
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9ULL;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBULL;
    return value ^ (value >> 31);
  }

  std::uint64_t state_;
};

}  // namespace juzhu::generated
