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

/// How much access an answer may be: denied or no place 0, ranked 1, granted or placed 2.
struct Access {
  int least = 0;
  int greatest = 0;
  bool may_be_trouble = false;
  bool is_trouble = false;
};

Access access_of(std::uint8_t possible, Seat seat) {
  const bool ranked = (possible & eval::kMayRank) != 0;
  Access access;
  access.may_be_trouble = (possible & kTroubleBits) != 0 || (ranked && seat == Seat::kTrouble);
  access.is_trouble = (possible & ~kTroubleBits) == 0;
  const bool open = seat == Seat::kOpen || seat == Seat::kTrouble;
  const bool none = (possible & eval::kMayDeny) != 0 || (ranked && (open || seat == Seat::kNone));
  const bool full =
      (possible & eval::kMayGrant) != 0 || (ranked && (open || seat == Seat::kPlaced));
  const bool between = ranked && seat == Seat::kNoList;
  access.least = none ? 0 : between ? 1 : 2;
  access.greatest = full ? 2 : between ? 1 : 0;
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
    const Truth truth = truth_of(asks, access_of(before.possible, before_.seat),
                                 access_of(after.possible, after_.seat));
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

/// The class, by what is true of trouble, rise and fall in every completion.
template <typename Settled>
Change change_by(const Settled& settled) {
  if (settled(Asks::kTrouble) != Truth::kNo) return Change::kUndetermined;
  const Truth rise = settled(Asks::kRise);
  if (rise == Truth::kYes) return Change::kGained;
  const Truth fall = settled(Asks::kFall);
  if (fall == Truth::kYes) return Change::kLost;
  if (rise == Truth::kEither) return fall == Truth::kEither ? Change::kMayChange : Change::kMayGain;
  return fall == Truth::kEither ? Change::kMayLose : Change::kUnchanged;
}

bool is_known(const eval::Outcome& outcome) { return outcome.kind != OutcomeKind::kUnknown; }

bool same_answers(const plan::Plan& one, const plan::Plan& other, const Side& before,
                  const Side& after) {
  const plan::Question* asked = one.question(before.query.service, before.query.lowest_level);
  const plan::Question* again = other.question(after.query.service, after.query.lowest_level);
  if (asked == nullptr || again == nullptr) return asked == again;
  return same_block(one, asked->block, other, again->block);
}

std::vector<const plan::List*> lists_of(const plan::Plan& plan, std::uint32_t service) {
  std::vector<const plan::List*> found;
  for (const plan::List& list : plan.lists) {
    if (list.service == service) found.push_back(&list);
  }
  return found;
}

bool same_lists(const plan::Plan& one, const plan::Plan& other, const Side& before,
                const Side& after) {
  const std::vector<const plan::List*> left = lists_of(one, before.query.service);
  const std::vector<const plan::List*> right = lists_of(other, after.query.service);
  const auto same = [&](plan::BlockId a, plan::BlockId b) {
    return a.valid() && b.valid() ? same_block(one, a, other, b) : a.valid() == b.valid();
  };
  const auto all_same = [&](const auto& a, const auto& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), same);
  };
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [&](const plan::List* a, const plan::List* b) {
                      return same(a->concerns, b->concerns) && same(a->pool, b->pool) &&
                             same(a->seats, b->seats) && all_same(a->keys, b->keys) &&
                             all_same(a->wishes, b->wishes) &&
                             all_same(a->reserve_amounts, b->reserve_amounts) &&
                             all_same(a->reserve_groups, b->reserve_groups);
                    });
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

bool Comparer::everywhere(const Household& household, const Side& before, const Side& after,
                          Same same, std::map<PlanPair, bool>& known) const {
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
    const PlanPair key{&one, &other, before.query.service, before.query.lowest_level};
    auto found = known.find(key);
    if (found == known.end()) found = known.emplace(key, same(one, other, before, after)).first;
    if (!found->second) return false;
  }
  return true;
}

bool Comparer::reads_alike(const Household& household, const Side& before, const Side& after) {
  return before.place == after.place &&
         everywhere(household, before, after, same_answers, same_answers_) &&
         everywhere(household, before, after, same_lists, same_lists_);
}

Compared Comparer::compare(const Household& household, const Side& before, const Side& after,
                           bool same_lists) {
  JUZHU_CHECK(before.query.member == after.query.member);
  Compared result;
  result.before = eval::ask(*before.plans, placed(household, before), before.query);
  result.untouched = before.place == after.place &&
                     everywhere(household, before, after, same_answers, same_answers_);
  if (result.untouched) {
    result.after = result.before;
    if (same_lists) return result;
  } else {
    result.after = eval::ask(*after.plans, placed(household, after), after.query);
  }
  if (is_known(result.before) && is_known(result.after)) {
    const Access one = access_of(result.before.possible, before.seat);
    const Access other = access_of(result.after.possible, after.seat);
    result.change = change_by([&](Asks asks) { return truth_of(asks, one, other); });
    return result;
  }
  Pair pair(household, before, after);
  result.change = change_by([&](Asks asks) { return pair.settled(asks); });
  result.open = pair.open();
  return result;
}

}  // namespace juzhu::compare
