#include "sema/value_set.h"

#include <algorithm>

namespace juzhu::sema {

namespace {

constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kGreatest = std::numeric_limits<std::int64_t>::max();

}  // namespace

ValueSet::ValueSet(std::vector<ValueRange> ranges, bool not_applicable)
    : not_applicable_(not_applicable) {
  std::erase_if(ranges, [](const ValueRange& each) { return each.least > each.greatest; });
  std::sort(ranges.begin(), ranges.end(),
            [](const ValueRange& a, const ValueRange& b) { return a.least < b.least; });
  for (const ValueRange& each : ranges) {
    const bool touches = !ranges_.empty() && (ranges_.back().greatest == kGreatest ||
                                              each.least <= ranges_.back().greatest + 1);
    if (touches) {
      ranges_.back().greatest = std::max(ranges_.back().greatest, each.greatest);
    } else {
      ranges_.push_back(each);
    }
  }
}

bool ValueSet::has(std::int64_t value) const {
  return std::any_of(ranges_.begin(), ranges_.end(), [&](const ValueRange& each) {
    return each.least <= value && value <= each.greatest;
  });
}

ValueSet ValueSet::intersected(const ValueSet& other) const {
  std::vector<ValueRange> both;
  for (const ValueRange& a : ranges_) {
    for (const ValueRange& b : other.ranges_)
      both.push_back({std::max(a.least, b.least), std::min(a.greatest, b.greatest)});
  }
  return ValueSet(std::move(both), not_applicable_ && other.not_applicable_);
}

ValueSet ValueSet::united(const ValueSet& other) const {
  std::vector<ValueRange> all = ranges_;
  all.insert(all.end(), other.ranges_.begin(), other.ranges_.end());
  return ValueSet(std::move(all), not_applicable_ || other.not_applicable_);
}

ValueSet ValueSet::complement() const {
  std::vector<ValueRange> rest;
  std::int64_t next = kLeast;
  bool ended = false;
  for (const ValueRange& each : ranges_) {
    if (each.least > next) rest.push_back({next, each.least - 1});
    ended = each.greatest == kGreatest;
    if (!ended) next = each.greatest + 1;
  }
  if (!ended) rest.push_back({next, kGreatest});
  return ValueSet(std::move(rest), !not_applicable_);
}

bool ValueSet::within(const ValueSet& other) const { return intersected(other) == *this; }

ValueSet ValueSet::with_not_applicable(bool belongs) const {
  ValueSet result = *this;
  result.not_applicable_ = belongs;
  return result;
}

}  // namespace juzhu::sema
