// G1, G2 and 3.5 of the semantics, by enumeration: a known answer is that of every completion; the
// facts an unknown answer depends on are those that can change it by themselves; what is learned
// never takes back what was known.
#include <algorithm>
#include <map>

#include "eval/facts.h"
#include "ops/logic.h"
#include "property.h"

namespace juzhu::generated {
namespace {

using value::TypeKind;

/// Is the exact value among those that are still possible?
std::string outside(const Value& whole, const Value& exact, const value::Type& type,
                    const Schema& schema) {
  if ((exact.kinds & ~whole.kinds) != 0) return "another kind";
  if (!exact.may_value()) return {};
  switch (type.kind) {
    case TypeKind::kBoolean:
    case TypeKind::kChoice:
    case TypeKind::kMember:
      return (exact.lo & ~whole.lo) == 0 ? "" : "another option";
    case TypeKind::kNumber:
    case TypeKind::kDate:
    case TypeKind::kMonth:
      return whole.lo <= exact.lo && exact.hi <= whole.hi ? "" : "outside the bounds";
    case TypeKind::kChoiceSet:
    case TypeKind::kMemberSet:
      return (whole.lo & ~exact.lo) == 0 && (exact.hi & ~whole.hi) == 0 ? "" : "another set";
    case TypeKind::kPlace: {
      const bool inside = schema.places.within(static_cast<value::PlaceNode>(exact.lo),
                                               static_cast<value::PlaceNode>(whole.lo));
      return inside && (whole.hi != 1 || (exact.lo == whole.lo && exact.hi == 1)) ? ""
                                                                                  : "another place";
    }
    case TypeKind::kText:
      return whole.lo == value::kAnyText || whole.lo == exact.lo ? "" : "another text";
    case TypeKind::kTime:  // covers of two evaluations stand in two stores
    case TypeKind::kError:
    case TypeKind::kQuotient:
    case TypeKind::kRow:
    case TypeKind::kRows:
      return {};
  }
  return {};
}

std::uint8_t bit_of_kind(int kind) {
  switch (static_cast<eval::OutcomeKind>(kind)) {
    case eval::OutcomeKind::kGranted:
      return eval::kMayGrant;
    case eval::OutcomeKind::kDenied:
      return eval::kMayDeny;
    case eval::OutcomeKind::kRanked:
      return eval::kMayRank;
    case eval::OutcomeKind::kConflict:
      return eval::kMayConflict;
    case eval::OutcomeKind::kError:
      return eval::kMayFail;
    case eval::OutcomeKind::kUnknown:
      return 0;
  }
  return 0;
}

/// May a known answer turn into this one as more is learned? An error holds "the least possible
/// one" (semantics.md 3.2), so that its code may only grow.
bool may_become(const std::pair<int, int>& before, const std::pair<int, int>& after) {
  return before == after ||
         (before.first == after.first && before.second >= 0 && before.second < after.second);
}

/// One question or definition, with its answers under all completions.
class Enumeration {
 public:
  Enumeration(Case& at, const Asked& asked, const std::vector<Open>& open,
              const Completions& completions)
      : at_(at), asked_(asked), open_(open), completions_(completions) {}

  std::string violation() {
    whole_ = reply_to(*at_.book, at_.household, at_.date, asked_);
    if (whole_.known && whole_.open) return said("known and open at once");
    const Household widened = eval::with_whole_domains(at_.household, at_.book->schema());
    for (const Completion& completion : completions_.list) {
      const Household exact = complete(at_.household, at_.book->schema(), open_, completion);
      if (!is_admissible(exact, widened)) continue;
      const Reply reply = reply_to(*at_.book, exact, at_.date, asked_);
      const std::string wrong = compare(reply);
      if (!wrong.empty())
        return said(wrong + ", completed: " + reply_text(*at_.book, exact, reply) + "\n" +
                    named(completion));
      answers_[completion] = reply.answer;
    }
    return is_judged() ? dependence() : std::string();
  }

 private:
  [[nodiscard]] bool is_judged() const {
    return asked_.question || whole_.type.kind == TypeKind::kBoolean;
  }

  [[nodiscard]] std::string compare(const Reply& reply) const {
    if (!reply.known && !is_time()) return "not known with exact inputs";
    if (is_judged() && whole_.known)
      return may_become(whole_.answer, reply.answer) ? "" : "a known answer is taken back";
    if (asked_.question) {
      return (whole_.possible & bit_of_kind(reply.answer.first)) != 0
                 ? ""
                 : "an outcome that was not possible";
    }
    Value exact = reply.value;
    if (whole_.type.kind == TypeKind::kBoolean) exact = ops::condition(exact);
    Value whole = whole_.value;
    if (whole_.type.kind == TypeKind::kBoolean) whole = ops::condition(whole);
    return outside(whole, exact, whole_.type, at_.book->schema());
  }
  [[nodiscard]] bool is_time() const { return whole_.type.kind == TypeKind::kTime; }

  /// Semantics 3.5, for what was not cut off.
  std::string dependence() {
    if (whole_.known) return {};
    std::set<value::FactRef> listed(whole_.depends_on.begin(), whole_.depends_on.end());
    std::set<value::FactRef> changing;
    for (const auto& [completion, answer] : answers_) {
      for (std::size_t i = 0; i < open_.size(); ++i) {
        if (changing.contains(open_[i].ref) && listed.contains(open_[i].ref)) continue;
        Completion other = completion;
        for (other[i] = 0; other[i] < open_[i].count(); ++other[i]) {
          const auto found = answers_.find(other);
          if (found == answers_.end() || found->second == answer) continue;
          changing.insert(open_[i].ref);
          // Of errors only the least possible is held (semantics.md 3.2): one for another may go
          // unseen.
          if (found->second.first == answer.first) continue;
          if (!listed.contains(open_[i].ref))
            return said("depends on a fact that is not listed: " + fact(open_[i].ref));
          break;
        }
      }
    }
    // What a definition leaves open past the budget does not say so: judged where it cannot be
    // reached.
    const bool within_budget =
        asked_.question || completions_.list.size() * 2 < eval::kSettleBudget;
    const bool exact =
        completions_.all && !whole_.open && !whole_.at_most && within_budget &&
        std::all_of(open_.begin(), open_.end(), [](const Open& each) { return each.split; });
    if (!exact) return {};
    for (const value::FactRef& ref : listed) {
      if (!changing.contains(ref))
        return said("a listed fact cannot change the answer: " + fact(ref));
    }
    std::set<std::pair<int, int>> distinct;
    for (const auto& [completion, answer] : answers_)
      distinct.insert(answer);
    if (distinct.size() == 1) return said("unknown, but every completion agrees");
    return {};
  }

  [[nodiscard]] std::string fact(const value::FactRef& ref) const {
    return value::fact_text(ref, at_.household, at_.book->schema(), false);
  }
  [[nodiscard]] std::string named(const Completion& completion) const {
    std::string text = "    with";
    for (std::size_t i = 0; i < open_.size(); ++i) {
      text += " " + fact(open_[i].ref) + "=";
      if (open_[i].values.empty()) text += "list" + std::to_string(completion[i]);
      if (open_[i].values.empty()) continue;
      const Value& value = open_[i].values[completion[i]];
      text += value.may_value() ? std::to_string(value.lo) : std::string("none");
    }
    return text;
  }
  [[nodiscard]] std::string said(const std::string& wrong) const {
    return asked_text(*at_.book, at_.household, asked_) + ": " + wrong +
           "\n    asked at once: " + reply_text(*at_.book, at_.household, whole_);
  }

  Case& at_;
  const Asked& asked_;
  const std::vector<Open>& open_;
  const Completions& completions_;
  Reply whole_;
  std::map<Completion, std::pair<int, int>> answers_;
};

/// So many completions over all that is asked of one household.
constexpr std::size_t kEvaluationsMax = 1500;
constexpr std::size_t kSample = 48;

}  // namespace

std::string known_stays(Case& at) {
  Random random = at.random(4);
  const std::vector<Open> open = open_inputs(random, at.household, at.book->schema());
  Completions completions = completions_of(random, open, kCompletionsMax);
  if (!completions.all) completions = completions_of(random, open, kSample);
  std::vector<Asked> asked = everything_to_ask(*at.book, at.household, at.date);
  random.shuffle(asked);
  std::size_t used = 0;
  for (const Asked& each : asked) {
    if (used > 0 && used + completions.list.size() > kEvaluationsMax) break;
    used += completions.list.size();
    std::string wrong = Enumeration(at, each, open, completions).violation();
    if (!wrong.empty()) return wrong;
  }
  return {};
}

std::string more_exact(Case& at) {
  Random random = at.random(6);
  Household household = at.household;
  const std::vector<Asked> asked = everything_to_ask(*at.book, household, at.date);
  std::vector<Reply> before;
  for (const Asked& each : asked)
    before.push_back(reply_to(*at.book, household, at.date, each));
  for (int step = 0; step < 4; ++step) {
    const Household coarser = household;
    if (!narrow(random, household, at.book->schema())) return {};
    for (std::size_t i = 0; i < asked.size(); ++i) {
      const Reply after = reply_to(*at.book, household, at.date, asked[i]);
      const bool judged = asked[i].question || after.type.kind == TypeKind::kBoolean;
      std::string wrong;
      // Semantics 3.4, G2: "near the budget it may turn open".
      if (judged && before[i].known && !after.known && !after.open && asked[i].question)
        wrong = "no longer known";
      if (judged && before[i].known && after.known && !may_become(before[i].answer, after.answer))
        wrong = "another answer";
      if (!judged) wrong = outside(before[i].value, after.value, after.type, at.book->schema());
      if (!wrong.empty()) {
        return asked_text(*at.book, household, asked[i]) + ": " + wrong +
               " once an input is more exact\n    before " +
               reply_text(*at.book, household, before[i]) + "\n    after " +
               reply_text(*at.book, household, after) + "\n" +
               scenario_text(household, at.book->schema(), at.date, "after");
      }
      before[i] = after;
    }
  }
  return {};
}

}  // namespace juzhu::generated
