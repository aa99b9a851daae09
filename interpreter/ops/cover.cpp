// Set operations on covers, and pairs of covers as values. Measures are in cover_measure.cpp.
#include "ops/cover.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "ops/operands.h"
#include "value/date.h"

namespace juzhu::ops {
namespace {

using value::kBegin;
using value::kForever;

std::int32_t narrowed(std::int64_t point) {
  return static_cast<std::int32_t>(std::clamp<std::int64_t>(point, kBegin, kForever));
}

/// A day or month through a conversion between the two; what never ends stays so.
template <typename Kernel>
std::int32_t convert(std::int32_t point, const Kernel& kernel) {
  return point <= kBegin || point >= kForever ? point : narrowed(kernel(point));
}

template <typename First, typename Last>
Cover map_runs(const Cover& cover, const First& first, const Last& last) {
  std::vector<Run> runs;
  runs.reserve(cover.runs.size());
  for (const Run& run : cover.runs)
    runs.push_back({convert(run.first, first), convert(run.last, last)});
  return make_cover(std::move(runs));
}

bool is_within(const Cover& inner, const Cover& outer) { return intersect(inner, outer) == inner; }

Cover combined(CoverOp op, const Cover& left, const Cover& right) {
  switch (op) {
    case CoverOp::kUnite:
      return unite(left, right);
    case CoverOp::kIntersect:
      return intersect(left, right);
    case CoverOp::kSubtract:
      return subtract(left, right);
  }
  return {};
}

/// The first day of a cover and the last, as the calendar knows them.
std::int64_t bounded(std::int32_t point, bool months) {
  const std::int64_t first = months ? value::month_of_date(value::kFirstDate) : value::kFirstDate;
  const std::int64_t last = months ? value::month_of_date(value::kLastDate) : value::kLastDate;
  return std::clamp<std::int64_t>(point, first, last);
}

}  // namespace

Cover make_cover(std::vector<Run> runs) {
  std::erase_if(runs, [](const Run& run) { return run.last < run.first; });
  std::sort(runs.begin(), runs.end(), [](const Run& a, const Run& b) { return a.first < b.first; });
  Cover cover;
  for (const Run& run : runs) {
    if (!cover.runs.empty() && run.first <= cover.runs.back().last + 1) {
      cover.runs.back().last = std::max(cover.runs.back().last, run.last);
    } else {
      cover.runs.push_back(run);
    }
  }
  return cover;
}

Cover unite(const Cover& left, const Cover& right) {
  std::vector<Run> runs = left.runs;
  runs.insert(runs.end(), right.runs.begin(), right.runs.end());
  return make_cover(std::move(runs));
}

Cover intersect(const Cover& left, const Cover& right) {
  Cover common;
  for (std::size_t i = 0, j = 0; i < left.runs.size() && j < right.runs.size();) {
    const Run& a = left.runs[i];
    const Run& b = right.runs[j];
    const Run both{std::max(a.first, b.first), std::min(a.last, b.last)};
    if (both.first <= both.last) common.runs.push_back(both);
    if (a.last < b.last) {
      ++i;
    } else {
      ++j;
    }
  }
  return common;
}

Cover subtract(const Cover& left, const Cover& right) {
  Cover rest;
  std::size_t next = 0;
  for (const Run& run : left.runs) {
    std::int32_t first = run.first;
    while (next < right.runs.size() && right.runs[next].last < first)
      ++next;
    std::size_t hole = next;
    for (; hole < right.runs.size() && right.runs[hole].first <= run.last; ++hole) {
      if (first < right.runs[hole].first) rest.runs.push_back({first, right.runs[hole].first - 1});
      first = right.runs[hole].last + 1;
    }
    if (first <= run.last) rest.runs.push_back({first, run.last});
  }
  return rest;
}

Cover clip(const Cover& cover, std::int32_t first, std::int32_t last) {
  return intersect(cover, make_cover({{first, last}}));
}

Cover whole_months(const Cover& days) {
  return map_runs(
      days, [](std::int32_t day) { return value::month_of_date(day - 1) + 1; },
      [](std::int32_t day) { return value::month_of_date(day + 1) - 1; });
}

Cover touched_months(const Cover& days) {
  const auto month = [](std::int32_t day) { return value::month_of_date(day); };
  return map_runs(days, month, month);
}

Cover days_of(const Cover& months) {
  return map_runs(months, value::first_day_of_month, value::last_day_of_month);
}

bool contains(const Cover& cover, std::int32_t point) {
  const auto after = std::upper_bound(cover.runs.begin(), cover.runs.end(), point,
                                      [](std::int32_t p, const Run& run) { return p < run.first; });
  return after != cover.runs.begin() && point <= std::prev(after)->last;
}

Value time_value(Cover must, Cover may, CoverStore& covers) {
  JUZHU_CHECK(is_within(must, may));
  if (must == may) {
    const std::int64_t index = covers.add(std::move(may));
    return {value::kValue, index, index, {}};
  }
  const std::int64_t must_index = covers.add(std::move(must));
  return {value::kValue, must_index, covers.add(std::move(may)), {}};
}

Value join_times(const Value& left, const Value& right, CoverStore& covers) {
  Value joined;
  joined.kinds = left.kinds | right.kinds;
  if (left.may_fail()) joined.error = left.error;
  if (right.may_fail())
    joined.error = left.may_fail() ? std::min(left.error, right.error) : right.error;
  if (!joined.may_value()) return joined;
  Value times = left.may_value() ? left : right;
  const bool same = left.lo == right.lo && left.hi == right.hi;
  if (left.may_value() && right.may_value() && !same) {
    times = time_value(intersect(covers[left.lo], covers[right.lo]),
                       unite(covers[left.hi], covers[right.hi]), covers);
  }
  joined.lo = times.lo;
  joined.hi = times.hi;
  return joined;
}

Value combine(CoverOp op, const Value& left, const Value& right, CoverStore& covers) {
  const Operands both{left, right};
  if (!both.may_compute()) return both.strict(kNothing);
  // What is taken away reverses: surely gone is what may be in the other.
  const bool reversed = op == CoverOp::kSubtract;
  Cover must = combined(op, covers[left.lo], covers[reversed ? right.hi : right.lo]);
  Cover may = combined(op, covers[left.hi], covers[reversed ? right.lo : right.hi]);
  return both.strict(time_value(std::move(must), std::move(may), covers));
}

Value first_of(const Value& cover, const CoverStore& covers, bool months) {
  const Operands one{cover};
  if (!one.may_compute()) return cover;
  const std::vector<Run>& must = covers[cover.lo].runs;
  const std::vector<Run>& may = covers[cover.hi].runs;
  if (may.empty()) return one.strict(value::not_applicable());
  const std::int32_t latest = must.empty() ? may.back().last : must.front().first;
  Value first = value::between(bounded(may.front().first, months), bounded(latest, months));
  if (must.empty()) first.kinds |= value::kNotApplicable;
  return one.strict(first);
}

Value last_of(const Value& cover, const CoverStore& covers, bool months) {
  const Operands one{cover};
  if (!one.may_compute()) return cover;
  const std::vector<Run>& must = covers[cover.lo].runs;
  const std::vector<Run>& may = covers[cover.hi].runs;
  if (may.empty()) return one.strict(value::not_applicable());
  const std::int32_t earliest = must.empty() ? may.front().first : must.back().last;
  Value last = value::between(bounded(earliest, months), bounded(may.back().last, months));
  if (must.empty()) last.kinds |= value::kNotApplicable;
  return one.strict(last);
}

Value covers_date(const Value& cover, const CoverStore& covers, const Value& date, bool months) {
  const Operands both{cover, date};
  if (!both.may_compute()) return both.comparison(kNothing);
  const auto point = [&](std::int64_t day) {
    return narrowed(months ? value::month_of_date(day) : day);
  };
  const Cover days = make_cover({{point(date.lo), point(date.hi)}});
  if (is_within(days, covers[cover.lo])) return both.comparison(value::truth(true));
  const bool none = intersect(days, covers[cover.hi]).runs.empty();
  return both.comparison(none ? value::truth(false) : value::unknown_truth());
}

}  // namespace juzhu::ops
