// One question on many days: its answers as stretches of days, without a search over missing facts
// on each of them. Not seen outside this room.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "eval/level_zero.h"
#include "session/talk.h"
#include "value/date.h"

namespace juzhu::session {

/// One question day by day: its answers so far as stretches.
class DayByDay {
 public:
  using Stretch = Talk::Stretch;
  DayByDay(eval::PlanSource& plans, const value::Household& household, eval::Query query)
      : plans_(plans), household_(household), query_(query) {
    query_.failing_sets = false;
    query_.layers = false;
  }

  /// Looks at a later day. Between it and the one before, if the answers differ, the first other
  /// one is searched for; days that were only glanced at are then looked at again.
  void look(std::int64_t day) {
    const std::optional<eval::OutcomeKind> kind = kind_at_a_glance(day);
    if (kind)
      settle_up_to(day, *kind);
    else
      glanced_.push_back(day);
  }
  /// The last days that were only glanced at.
  void finish() {
    if (glanced_.empty()) return;
    const std::int64_t last = glanced_.back();
    glanced_.pop_back();
    settle_up_to(last, kind_on(last));
  }
  [[nodiscard]] const std::vector<Stretch>& found() const { return found_; }

 private:
  /// What one evaluation leaves open: searching it takes hundreds. Where it is the same, hanging on
  /// the same facts, as on the day looked at before, the search is made once a year.
  struct Glance {
    std::uint8_t possible = 0;
    std::set<value::FactRef> needs;
  };

  eval::OutcomeKind kind_on(std::int64_t day) {
    query_.date = day;
    const eval::LevelZero level_zero = eval::ask_level_zero(plans_, household_, query_);
    if (level_zero.known) return level_zero.kind;
    return eval::settle_question(plans_, household_, query_, level_zero).kind;
  }

  /// None where one evaluation leaves the same open as on the day settled before, in the same year.
  std::optional<eval::OutcomeKind> kind_at_a_glance(std::int64_t day) {
    query_.date = day;
    const eval::LevelZero level_zero = eval::ask_level_zero(plans_, household_, query_);
    if (level_zero.known) {
      open_.reset();
      return level_zero.kind;
    }
    Glance now{level_zero.possible, level_zero.judgement().needs};
    const value::CalendarDay civil = value::civil_from_days(day);
    const bool again = open_ && now.possible == open_->possible && now.needs == open_->needs;
    if (again && !(civil.month == 1 && civil.day == 1)) return std::nullopt;
    open_ = std::move(now);
    return eval::settle_question(plans_, household_, query_, level_zero).kind;
  }

  void settle_up_to(std::int64_t day, eval::OutcomeKind kind) {
    if (!found_.empty() && found_.back().kind != kind) {
      for (const std::int64_t between : glanced_)
        step(between, kind_on(between));
    }
    glanced_.clear();
    step(day, kind);
  }

  void step(std::int64_t day, eval::OutcomeKind kind) {
    while (!found_.empty() && found_.back().kind != kind) {
      std::int64_t same = found_.back().to;
      std::int64_t other = day;
      eval::OutcomeKind other_kind = kind;
      while (other - same > 1) {
        const std::int64_t middle = same + (other - same) / 2;
        const eval::OutcomeKind between = kind_on(middle);
        if (between == found_.back().kind) {
          same = middle;
        } else {
          other = middle;
          other_kind = between;
        }
      }
      add(other, other_kind);
    }
    add(day, kind);
  }

  void add(std::int64_t day, eval::OutcomeKind kind) {
    if (!found_.empty()) found_.back().to = day - 1;
    if (found_.empty() || found_.back().kind != kind) found_.push_back({day, day, kind});
    found_.back().to = day;
  }

  eval::PlanSource& plans_;
  const value::Household& household_;
  eval::Query query_;
  std::optional<Glance> open_;
  std::vector<std::int64_t> glanced_;  ///< days since the one settled last
  std::vector<Stretch> found_;
};

}  // namespace juzhu::session
