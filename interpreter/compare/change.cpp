#include "compare/change.h"

#include <algorithm>

#include "base/check.h"
#include "compare/same_blocks.h"
#include "eval/facts.h"
#include "eval/level_zero.h"
#include "eval/search.h"

namespace juzhu::compare {
namespace {

using eval::Judgement;
using eval::LevelZero;
using eval::OutcomeKind;
using eval::SearchEnd;
using value::Household;

constexpr std::uint8_t kTroubleBits = eval::kMayConflict | eval::kMayFail;

/// How much access an answer may be: denied 0, ranked 1, granted 2.
struct Access {
  int least = 0;
  int greatest = 0;
  bool may_be_trouble = false;
  bool is_trouble = false;
};

Access access_of(std::uint8_t possible) {
  Access access;
  access.may_be_trouble = (possible & kTroubleBits) != 0;
  access.is_trouble = (possible & ~kTroubleBits) == 0;
  const bool denied = (possible & eval::kMayDeny) != 0;
  const bool ranked = (possible & eval::kMayRank) != 0;
  const bool granted = (possible & eval::kMayGrant) != 0;
  access.least = denied ? 0 : ranked ? 1 : 2;
  access.greatest = granted ? 2 : ranked ? 1 : 0;
  return access;
}

enum class Asks : std::uint8_t { kTrouble, kRise, kFall };
enum class Truth : std::uint8_t { kNo, kYes, kEither };

/// What two answers say to a question about both.
Truth truth_of(Asks asks, const Access& before, const Access& after) {
  if (asks == Asks::kTrouble) {
    if (before.is_trouble || after.is_trouble) return Truth::kYes;
    return before.may_be_trouble || after.may_be_trouble ? Truth::kEither : Truth::kNo;
  }
  if (before.may_be_trouble || after.may_be_trouble) return Truth::kEither;
  const Access& low = asks == Asks::kRise ? before : after;
  const Access& high = asks == Asks::kRise ? after : before;
  if (high.least > low.greatest) return Truth::kYes;
  return high.greatest <= low.least ? Truth::kNo : Truth::kEither;
}

/// Both sides of one household, and the searches over what is not known of it.
class Pair {
 public:
  Pair(const Household& household, const Side& before, const Side& after)
      : household_(eval::with_whole_domains(household, before.plans->schema())),
        before_(before),
        after_(after) {}

  /// The answer in every completion; kEither if it differs, or if the search was cut off.
  Truth settled(Asks asks) {
    const eval::Judge judge = [&](const Household& box) { return judgement(asks, box); };
    const Judgement whole = judge(household_);
    const eval::Settled found = eval::settle(household_, whole, before_.plans->schema(), judge);
    open_ = open_ || found.end == SearchEnd::kOpen;
    if (found.end != SearchEnd::kKnown) return Truth::kEither;
    return found.answer.first == 1 ? Truth::kYes : Truth::kNo;
  }

  [[nodiscard]] bool open() const { return open_; }

 private:
  Judgement judgement(Asks asks, const Household& box) const {
    const LevelZero before = ask(before_, box);
    const LevelZero after = ask(after_, box);
    const Truth truth = truth_of(asks, access_of(before.possible), access_of(after.possible));
    Judgement result;
    result.known = truth != Truth::kEither;
    result.answer = {truth == Truth::kYes ? 1 : 0, 0};
    if (result.known) return result;
    add_needs(before_, before, result.needs);
    add_needs(after_, after, result.needs);
    return result;
  }

  static LevelZero ask(const Side& side, const Household& box) {
    return eval::ask_level_zero(*side.plans, placed(box, side), side.query);
  }

  static void add_needs(const Side& side, const LevelZero& level_zero,
                        std::set<value::FactRef>& into) {
    std::set<value::FactRef> needs = level_zero.judgement().needs;
    // A side that puts the household somewhere does not read where it lives.
    if (side.place) needs.erase(eval::place_ref(side.plans->schema()));
    into.insert(needs.begin(), needs.end());
  }

  Household household_;
  const Side& before_;
  const Side& after_;
  bool open_ = false;
};

Change settled_change(Pair& pair) {
  if (pair.settled(Asks::kTrouble) != Truth::kNo) return Change::kUndetermined;
  const Truth rise = pair.settled(Asks::kRise);
  if (rise == Truth::kYes) return Change::kGained;
  const Truth fall = pair.settled(Asks::kFall);
  if (fall == Truth::kYes) return Change::kLost;
  if (rise == Truth::kEither) return fall == Truth::kEither ? Change::kMayChange : Change::kMayGain;
  return fall == Truth::kEither ? Change::kMayLose : Change::kUnchanged;
}

bool is_known(const eval::Outcome& outcome) { return outcome.kind != OutcomeKind::kUnknown; }

Change known_change(const eval::Outcome& before, const eval::Outcome& after) {
  const Access one = access_of(before.possible);
  const Access other = access_of(after.possible);
  if (one.may_be_trouble || other.may_be_trouble) return Change::kUndetermined;
  if (other.least > one.greatest) return Change::kGained;
  return other.greatest < one.least ? Change::kLost : Change::kUnchanged;
}

}  // namespace

std::string_view change_key(Change change) {
  switch (change) {
    case Change::kGained:
      return "gained";
    case Change::kLost:
      return "lost";
    case Change::kUnchanged:
      return "unchanged";
    case Change::kMayGain:
      return "may_gain";
    case Change::kMayLose:
      return "may_lose";
    case Change::kMayChange:
      return "may_change";
    case Change::kUndetermined:
      return "undetermined";
  }
  return "";
}

Household placed(const Household& household, const Side& side) {
  Household moved = household;
  const value::Schema& schema = side.plans->schema();
  if (!side.place || !schema.place_fact.valid()) return moved;
  // "At Shenzhen" is somewhere in Shenzhen: a rule of one district may make a difference.
  moved.cells[schema[schema.place_fact].column] = {value::place_value(*side.place, false),
                                                   value::InputState::kStated};
  return moved;
}

bool Comparer::is_untouched(const Household& household, const Side& before, const Side& after) {
  const eval::Scopes left =
      eval::scopes_for(*before.plans, placed(household, before), before.query.date);
  const eval::Scopes right =
      eval::scopes_for(*after.plans, placed(household, after), after.query.date);
  if (left.runs.size() != right.runs.size()) return false;
  for (std::size_t i = 0; i < left.runs.size(); ++i) {
    const plan::Plan& one = *left.runs[i]->evaluator.trace().plan;
    const plan::Plan& other = *right.runs[i]->evaluator.trace().plan;
    if (one.scope.place != other.scope.place || one.scope.elsewhere != other.scope.elsewhere)
      return false;
    const std::tuple key{&one, &other, before.query.service, before.query.lowest_level};
    auto known = same_.find(key);
    if (known == same_.end()) {
      const plan::Question* asked = one.question(before.query.service, before.query.lowest_level);
      const plan::Question* again = other.question(after.query.service, after.query.lowest_level);
      const bool same = (asked == nullptr || again == nullptr)
                            ? asked == again
                            : same_block(one, asked->block, other, again->block);
      known = same_.emplace(key, same).first;
    }
    if (!known->second) return false;
  }
  return true;
}

Compared Comparer::compare(const Household& household, const Side& before, const Side& after) {
  JUZHU_CHECK(before.query.member == after.query.member);
  Compared result;
  result.before = eval::ask(*before.plans, placed(household, before), before.query);
  result.untouched = before.place == after.place && is_untouched(household, before, after);
  if (result.untouched) {
    result.after = result.before;
    return result;
  }
  result.after = eval::ask(*after.plans, placed(household, after), after.query);
  if (is_known(result.before) && is_known(result.after)) {
    result.change = known_change(result.before, result.after);
    return result;
  }
  Pair pair(household, before, after);
  result.change = settled_change(pair);
  result.open = pair.open();
  return result;
}

}  // namespace juzhu::compare
