// Questions and their outcomes (semantics.md 3.4, 3.5, 5.3, 5.4, 5.6): the case evaluator's answer
// for one child and one service. Level 0 (one evaluation) is settled by corners and splits, the
// missing facts are reduced, a denial is given all its minimal failing sets, and the answer of the
// layers above is compared.
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "base/bilingual.h"
#include "eval/trace.h"

namespace juzhu::eval {

enum class OutcomeKind : std::uint8_t { kGranted, kDenied, kRanked, kUnknown, kConflict, kError };
inline constexpr std::array kOutcomeKinds{OutcomeKind::kGranted,  OutcomeKind::kDenied,
                                          OutcomeKind::kRanked,   OutcomeKind::kUnknown,
                                          OutcomeKind::kConflict, OutcomeKind::kError};
/// What an outcome is called wherever people read it: the words that rule files use for it, too.
Bilingual outcome_words(OutcomeKind kind);

/// Bits of Outcome::possible.
inline constexpr std::uint8_t kMayGrant = 1;
inline constexpr std::uint8_t kMayDeny = 2;
inline constexpr std::uint8_t kMayRank = 4;
inline constexpr std::uint8_t kMayConflict = 8;
inline constexpr std::uint8_t kMayFail = 16;

/// A condition that decides a denial, with its members bound: step `slot` of frame `frame` in the
/// outcome's trace.
struct Leaf {
  FrameId frame;
  Slot slot = plan::kNoSlot;
  bool reversed_to = true;                       ///< the truth it would need
  bool uncertain = false;                        ///< it is unknown or fails today
  std::optional<plan::DeclarationId> narrowing;  ///< the narrowing it stems from
};
using FailingSet = std::vector<Leaf>;

struct FailingSets {
  std::vector<FailingSet> sets;  ///< by size, then leaf order
  bool may_lack_some = false;    ///< a leaf occurs with both signs, or a bound cut something
};

/// A rule that decides, in the plan of the outcome.
struct Deciding {
  plan::DeclarationId declaration;
  bool sure = true;
};

struct Outcome {
  OutcomeKind kind = OutcomeKind::kUnknown;
  std::uint8_t possible = 0;    ///< after settling; of an unknown: what may still come out
  bool no_rule_grants = false;  ///< denied because nothing grants
  value::Error error{};         ///< of kError
  std::int64_t last_end = 0;    ///< of no-rule-in-force: the day the last rule ended, 0 if never
  std::vector<Deciding> deciding;
  bool open = false;                                ///< unknown past the budget
  std::vector<value::FactRef> depends_on;           ///< of an unknown, by name
  bool at_most = false;                             ///< depends_on is an upper set
  std::vector<plan::DeclarationId> conflicts_with;  ///< higher rules that would give more
  std::vector<plan::DeclarationId> may_conflict_with;
  std::vector<plan::DeclarationId> more_generous_than;  ///< higher rules that would give less
  FailingSets failing;                                  ///< of a denial
  std::vector<plan::DeclarationId> rests_on;            ///< everything read on the way, sorted
  bool marked = false;                                  ///< something in rests_on is marked
  std::shared_ptr<const Trace> trace;  ///< of level 0 at the scope that is shown; never null
  FrameId frame;                       ///< of the question's block in it
};

/// Which plans a place may fall under: one for an exact place, several if the place is known only
/// in part (semantics.md 5.1). Implemented by the engine, which keeps plans by scope.
class PlanSource {
 public:
  virtual ~PlanSource() = default;
  /// Plans for the household's place (a value of type place) on the date; each lives as long as the
  /// source.
  virtual std::vector<const Plan*> plans(const Value& place, std::int64_t date) = 0;
  /// The vocabulary that households are read by; that of every plan.
  [[nodiscard]] virtual const value::Schema& schema() const = 0;
};

struct Query {
  std::uint32_t service = 0;
  std::uint32_t member = 0;  ///< index in the household
  std::int64_t date = 0;
  ops::Level lowest_level = ops::Level::kPractice;
  bool failing_sets = true;  ///< compute them for a denial
  bool layers = true;        ///< compare with the layers above
};

inline constexpr int kSettleBudget = 256;
inline constexpr std::size_t kMaxMembers = 32;
inline constexpr std::size_t kMaxRows = 512;

/// The answer. The household is not kept: the outcome's trace refers to a copy that it owns.
Outcome ask(PlanSource& plans, const Household& household, const Query& query);

/// A condition that is not a question (scenario expectations, properties): its value, and the
/// missing facts if it is not known. `block` makes the expression's block in a plan and returns it.
struct Answer {
  Value value;
  bool known = false;
  std::vector<value::FactRef> depends_on;
  std::shared_ptr<const Trace> trace;
  FrameId frame;
};
Answer evaluate(PlanSource& plans, const Household& household, std::int64_t date,
                const std::function<BlockId(const Plan&)>& block, std::span<const Value> arguments);

}  // namespace juzhu::eval
