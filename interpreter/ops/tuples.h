// Comparing tuples of keys that are known within bounds (semantics.md 7.1): key by key, going on
// only while both may be equal. What does not apply comes last, whatever the direction of its key.
// Threads: plain functions.
#pragma once

#include <cstdint>
#include <span>

#include "value/value.h"

namespace juzhu::ops {

using value::Value;

/// A subset of {before, equal, after}: how two tuples may stand to each other.
struct Order {
  bool before = false;
  bool equal = false;
  bool after = false;
  friend bool operator==(const Order&, const Order&) = default;
};

/// One key of each, at one scale; errors are left to the caller. No kind but an error on a side:
/// any order is possible.
Order compare_key(const Value& left, const Value& right, bool lowest_first);

/// `lowest_first` has one flag for each key: 0 or 1. Tuples without keys are equal.
Order compare_tuples(std::span<const Value> left, std::span<const Value> right,
                     std::span<const std::uint32_t> lowest_first);

}  // namespace juzhu::ops
