#include "allocate/standing.h"

#include <algorithm>
#include <numeric>

namespace juzhu::allocate {

namespace {

constexpr std::uint64_t kSign = 1ULL << 63U;

/// Keeps the order of signed numbers in unsigned ones, turned round where the highest is best:
/// every 64-bit number has its place, and none overflows.
std::uint64_t encode(std::int64_t value, bool highest_first) {
  const std::uint64_t ordered = static_cast<std::uint64_t>(value) ^ kSign;
  return highest_first ? ~ordered : ordered;
}

std::int64_t decode(std::uint64_t merit, bool highest_first) {
  return static_cast<std::int64_t>((highest_first ? ~merit : merit) ^ kSign);
}

}  // namespace

Standing::Merit Standing::merit_of(const KeyRange& key, bool highest_first, bool best) {
  const bool lacks = best ? !key.may_have : key.may_lack;
  if (lacks) return {true, 0};
  return {false, encode(best == highest_first ? key.hi : key.lo, highest_first)};
}

Standing::Point Standing::point_of(const Pool& pool, const Applicant& applicant, bool best) const {
  Point point;
  point.reserve(applicant.keys.size() + 1);
  for (std::size_t i = 0; i < applicant.keys.size(); ++i)
    point.push_back(merit_of(applicant.keys[i], highest_first_[i], best));
  if (pool.ties == Ties::kLottery)
    point.push_back({false, lot_of(pool.seed, pool.allocation, applicant.key)});
  return point;
}

Standing::Standing(const Pool& pool) : highest_first_(pool.highest_first) {
  const std::size_t count = pool.applicants.size();
  std::vector<Point> cases;  // best, worst, best, worst, …
  cases.reserve(2 * count);
  for (const Applicant& applicant : pool.applicants) {
    cases.push_back(point_of(pool, applicant, true));
    cases.push_back(point_of(pool, applicant, false));
  }
  std::vector<std::uint32_t> order(cases.size());
  std::iota(order.begin(), order.end(), 0U);
  // Two lots that are the same leave the key to decide, so that a lottery never ends in a tie.
  const bool by_key = pool.ties == Ties::kLottery;
  const auto key = [&](std::uint32_t each) -> const std::string& {
    return pool.applicants[each / 2].key;
  };
  std::sort(order.begin(), order.end(), [&](std::uint32_t left, std::uint32_t right) {
    if (cases[left] != cases[right]) return cases[left] < cases[right];
    return by_key && key(left) < key(right);
  });
  best_.resize(count);
  worst_.resize(count);
  for (std::size_t i = 0; i < order.size(); ++i) {
    const std::uint32_t each = order[i];
    const bool same =
        i > 0 && cases[each] == cases[order[i - 1]] && (!by_key || key(each) == key(order[i - 1]));
    if (!same) points_.push_back(cases[each]);
    (each % 2 == 0 ? best_ : worst_)[each / 2] = static_cast<std::uint32_t>(points_.size() - 1);
  }
}

bool Standing::is_settled(std::uint32_t one, std::uint32_t other) const {
  const bool tied =
      best_[one] == worst_[one] && best_[one] == best_[other] && best_[other] == worst_[other];
  return tied || surely_above(one, other) || surely_above(other, one);
}

Tuple Standing::tuple_at(std::uint32_t position) const {
  Tuple tuple;
  for (std::size_t i = 0; i < highest_first_.size(); ++i) {
    const Merit& merit = points_[position][i];
    KeyRange key;
    key.may_have = !merit.lacks;
    key.may_lack = merit.lacks;
    if (!merit.lacks) key.lo = key.hi = decode(merit.value, highest_first_[i]);
    tuple.push_back(key);
  }
  return tuple;
}

}  // namespace juzhu::allocate
