// Measures and set operations on covers (semantics.md 4.4), exact, and lifted to pairs (sure part,
// possible part). A month belongs to a window of dates only if it lies wholly inside.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "ops/calendar.h"
#include "value/cover.h"

namespace juzhu::ops {

using value::Cover;
using value::CoverStore;
using value::Run;

Cover make_cover(std::vector<Run> runs);  ///< sorts and merges; a run with last < first is left out
Cover unite(const Cover& left, const Cover& right);
Cover intersect(const Cover& left, const Cover& right);
Cover subtract(const Cover& left, const Cover& right);
Cover clip(const Cover& cover, std::int32_t first, std::int32_t last);
Cover whole_months(const Cover& days);  ///< months lying wholly in a cover of days
Cover touched_months(const Cover& days);
Cover days_of(const Cover& months);  ///< a cover of months as days
bool contains(const Cover& cover, std::int32_t point);

enum class MeasureUnit : std::uint8_t { kDays, kMonths };
enum class ChainMode : std::uint8_t {
  kAll,      ///< all runs
  kLongest,  ///< the longest chain
  kEnding,   ///< the chain that ends at the window's last day ("unbroken … to D")
};

/// What a measure asks. Window ends are dates; no end: the evaluation date stands in before this is
/// called.
struct Measure {
  MeasureUnit unit = MeasureUnit::kMonths;
  ChainMode chain = ChainMode::kAll;
  Counting counting = Counting::kCivilCode;
  bool count_gaps = false;  ///< a chain measures first to last day instead of the sum of its runs
  std::int64_t tolerance = 0;  ///< tolerated gap, in days or months
  bool tolerance_in_months = true;
  bool months = false;  ///< the cover is kept in months
  friend bool operator==(const Measure&, const Measure&) = default;
};

/// The exact measure of one cover within [from, to] (dates).
std::int64_t measure(const Cover& cover, const Measure& what, std::int64_t from, std::int64_t to);

/// The measure of a pair within a window whose ends may be uncertain: bounds from the sure part in
/// the narrowest and the possible part in the widest window. `cover`, `from`, `to` as Values (time,
/// date, date).
Value measure_between(const Value& cover, const CoverStore& covers, const Measure& what,
                      const Value& from, const Value& to);
/// First and last day (month) of a pair; "not applicable" if empty. What runs on ends with the
/// calendar (9999-12-31, as a month 9999-12), what always was begins with it.
Value first_of(const Value& cover, const CoverStore& covers, bool months = false);
Value last_of(const Value& cover, const CoverStore& covers, bool months = false);
/// Is the date in the cover? A cover of months holds the days of its months.
Value covers_date(const Value& cover, const CoverStore& covers, const Value& date, bool months);

enum class CoverOp : std::uint8_t { kUnite, kIntersect, kSubtract };
Value combine(CoverOp op, const Value& left, const Value& right, CoverStore& covers);

/// A pair as a value; one cover that is sure gets one index. The sure part must lie within the
/// possible one.
Value time_value(Cover must, Cover may, CoverStore& covers);
/// value::join for times, which needs the covers: what is sure in both, what is possible in one.
Value join_times(const Value& left, const Value& right, CoverStore& covers);

}  // namespace juzhu::ops
