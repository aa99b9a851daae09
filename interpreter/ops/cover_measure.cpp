// Measures on covers: what a window leaves, parted into chains, counted (semantics.md 4.4).
#include <algorithm>
#include <optional>
#include <span>

#include "ops/cover.h"
#include "ops/operands.h"
#include "value/date.h"

namespace juzhu::ops {
namespace {

using value::kBegin;
using value::kForever;

std::int32_t narrowed(std::int64_t point) {
  return static_cast<std::int32_t>(std::clamp<std::int64_t>(point, kBegin, kForever));
}

/// A window of dates in the units of a cover: of months only those that lie wholly inside.
struct Window {
  std::int64_t first;
  std::int64_t last;
};

Window window_of(const Measure& what, std::int64_t from, std::int64_t to) {
  const std::int64_t first = narrowed(from);
  const std::int64_t last = narrowed(to);
  if (!what.months) return {first, last};
  return {value::month_of_date(first - 1) + 1, value::month_of_date(last + 1) - 1};
}

std::int64_t first_day(const Measure& what, std::int64_t point) {
  return what.months ? value::first_day_of_month(point) : point;
}

/// Is the gap between a last day (month) and the next first one tolerated?
bool tolerated(const Measure& what, std::int64_t last, std::int64_t next_first) {
  if (what.months && what.tolerance_in_months) return next_first - last - 1 <= what.tolerance;
  const std::int64_t gap_begins = first_day(what, last + 1);
  const std::int64_t gap_may_reach = what.tolerance_in_months
                                         ? add_months_exact(gap_begins, what.tolerance)
                                         : gap_begins + what.tolerance;
  return first_day(what, next_first) <= gap_may_reach;
}

/// First to last day (month), both included.
std::int64_t measure_run(const Measure& what, std::int64_t first, std::int64_t last) {
  if (what.unit == MeasureUnit::kDays) return first_day(what, last + 1) - first_day(what, first);
  return what.months ? last - first + 1 : full_months_exact(first, last, what.counting);
}

std::int64_t measure_chain(const Measure& what, std::span<const Run> chain) {
  if (chain.empty()) return 0;
  if (what.count_gaps) return measure_run(what, chain.front().first, chain.back().last);
  std::int64_t total = 0;
  for (const Run& run : chain)
    total += measure_run(what, run.first, run.last);
  return total;
}

/// The runs of the chain that begins at `begin`.
std::span<const Run> chain_at(const Measure& what, std::span<const Run> runs, std::size_t begin) {
  std::size_t end = begin + 1;
  while (end < runs.size() && tolerated(what, runs[end - 1].last, runs[end].first))
    ++end;
  return runs.subspan(begin, end - begin);
}

/// The measure of the longest chain, or of the one that ends at the window's last day.
std::int64_t measure_chains(const Measure& what, std::span<const Run> runs,
                            std::int64_t window_last) {
  std::int64_t longest = 0;
  std::int64_t ending = 0;
  for (std::size_t i = 0; i < runs.size();) {
    const std::span<const Run> chain = chain_at(what, runs, i);
    i += chain.size();
    const std::int64_t measured = measure_chain(what, chain);
    longest = std::max(longest, measured);
    if (i == runs.size() && tolerated(what, chain.back().last, window_last + 1)) ending = measured;
  }
  return what.chain == ChainMode::kEnding ? ending : longest;
}

}  // namespace

std::int64_t measure(const Cover& cover, const Measure& what, std::int64_t from, std::int64_t to) {
  const Window window = window_of(what, from, to);
  if (window.first > window.last) return 0;
  const Cover inside = clip(cover, narrowed(window.first), narrowed(window.last));
  if (what.chain != ChainMode::kAll) return measure_chains(what, inside.runs, window.last);
  std::int64_t total = 0;
  for (const Run& run : inside.runs)
    total += measure_run(what, run.first, run.last);
  return total;
}

Value measure_between(const Value& cover, const CoverStore& covers, const Measure& what,
                      const Value& from, const Value& to) {
  const Operands all{cover, from, to};
  if (!all.may_compute()) return all.strict(kNothing);
  const Cover& must = covers[cover.lo];
  const Cover& may = covers[cover.hi];
  if (what.chain == ChainMode::kEnding && to.lo != to.hi) {
    // The chain moves with the day it must end at: nothing is sure, and the longest one bounds it.
    Measure longest = what;
    longest.chain = ChainMode::kLongest;
    return all.strict(value::between(0, measure(may, longest, from.lo, to.hi)));
  }
  return all.strict(
      value::between(measure(must, what, from.hi, to.lo), measure(may, what, from.lo, to.hi)));
}

}  // namespace juzhu::ops
