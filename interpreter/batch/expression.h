// The questions of a plan as expressions about one member: calls are unfolded, equal expressions
// are one, and each knows which facts it is made from. What an expression cannot say here (a fact
// of somebody else's, spells, times, sets) is kUnsupported with the step it comes from: its value
// is then nobody's, and rows for which it matters are answered by the case evaluator.
//
// Ownership: an Expressions refers to its Plan. Threads: one builds, many may read.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "plan/plan.h"

namespace juzhu::batch {

using plan::Plan;
using value::Type;
using value::Value;

struct Expression;
using ExpressionId = Id<Expression>;

enum class Reason : std::uint8_t {
  kNone,
  kOtherMember,  ///< a fact of a member other than the one at hand
  kMemberSet,    ///< a fold over some members, named by a fact
  kSpells,       ///< rows, and the times they cover
  kSetOfChoices,
  kText,
  kPick,
  kType,       ///< a number whose bounds leave 64 bits, or none of the above
  kOperation,  ///< an operation that lanes do not carry
};
std::string_view reason_text(Reason reason);

/// Whether lanes carry an operation itself, beyond functions of facts.
bool has_lanes(ops::Operation operation);

/// Whose value it is: the same for all, for a household, or a member's own.
enum class Level : std::uint8_t { kConstant, kHousehold, kMember };

/// A step of a block with its arguments, where these are the member at hand and the same for all:
/// what the case evaluator can work out by itself.
struct Origin {
  plan::BlockId block;
  plan::Slot slot = plan::kNoSlot;
  std::vector<ExpressionId> arguments;
};

enum class Shape : std::uint8_t {
  kStep,         ///< an operation of the plan over operands
  kMember,       ///< the member at hand
  kUnsupported,  ///< see `reason`
};

struct Expression {
  Shape shape = Shape::kStep;
  ops::Operation operation{};
  Type type;
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  std::vector<std::uint32_t> extras;
  std::vector<ExpressionId> operands;  ///< Fold: where, element, set of members; not valid: none
  Reason reason = Reason::kNone;
  Level level = Level::kConstant;
  bool is_function = true;           ///< of `facts` alone
  std::vector<value::FactId> facts;  ///< sorted; empty unless it is a function
  Origin origin;  ///< of the first step that is this; no block: it reads more than that
  plan::DeclarationId declaration{};  ///< of the first step that is this expression
};

class Expressions {
 public:
  explicit Expressions(const Plan& plan) : plan_(&plan) {}
  /// The result of a block about the member at hand; its other slots too.
  const std::vector<ExpressionId>& unfold(plan::BlockId id,
                                          const std::vector<ExpressionId>& arguments);
  ExpressionId member();
  [[nodiscard]] const Expression& operator[](ExpressionId id) const { return all_[id.index]; }
  [[nodiscard]] const Plan& plan() const { return *plan_; }
  [[nodiscard]] std::size_t size() const { return all_.size(); }

 private:
  ExpressionId of_step(const plan::Block& block, const plan::Step& step,
                       const std::vector<ExpressionId>& slots);
  ExpressionId of_fact(const plan::Step& step, const std::vector<ExpressionId>& operands);
  ExpressionId of_fold(const plan::Block& block, const plan::Step& step,
                       const std::vector<ExpressionId>& operands);
  ExpressionId unsupported(const plan::Step& step, Reason reason, bool has_origin = true);
  ExpressionId add(Expression expression);

  [[nodiscard]] bool is_plain(const std::vector<ExpressionId>& arguments) const;

  const Plan* plan_;
  Origin at_;  ///< the step being unfolded
  std::vector<Expression> all_;
  using Key = std::vector<std::uint64_t>;
  std::map<Key, ExpressionId> found_;
  std::map<std::pair<plan::BlockId, std::vector<ExpressionId>>, std::vector<ExpressionId>> blocks_;
};

}  // namespace juzhu::batch
