// A definition given by clauses (semantics.md 5.5): rules whose effect is a value, ordered as rules
// are.
#include <algorithm>

#include "eval/step_run.h"
#include "eval/trace.h"

namespace juzhu::eval {
namespace {

/// The clauses of one step, and how they stand.
class ClauseRun {
 public:
  explicit ClauseRun(StepRun& run) : run_(run), beats_(run.plan().clause_orders[run.step().a]) {
    std::vector<Value> statuses;
    for (std::size_t i = 0; i < beats_.size(); ++i)
      statuses.push_back(run.operand(2 * i));
    standing_ = stand(beats_, statuses);
  }
  [[nodiscard]] const Standing& standing() const { return standing_; }
  [[nodiscard]] Value value(std::uint32_t clause) const { return run_.operand(value_at(clause)); }

  /// Every clause that surely holds and says something else is beaten by one that says the same.
  [[nodiscard]] bool may_come_out(std::uint32_t clause) const {
    return std::all_of(standing_.top.begin(), standing_.top.end(), [&](std::uint32_t top) {
      return may_agree(clause, top) ||
             std::any_of(standing_.live.begin(), standing_.live.end(), [&](std::uint32_t other) {
               return beats_[other][top] && may_agree(clause, other);
             });
    });
  }
  /// Two live clauses stand side by side and may say different things.
  [[nodiscard]] bool may_conflict() const {
    const std::vector<std::uint32_t>& live = standing_.live;
    for (std::size_t i = 0; i < live.size(); ++i) {
      for (std::size_t j = i + 1; j < live.size(); ++j) {
        const bool is_ordered = beats_[live[i]][live[j]] || beats_[live[j]][live[i]];
        if (!is_ordered && !surely_agree(live[i], live[j])) return true;
      }
    }
    return false;
  }
  /// Values that may still turn out to agree could leave a failing condition without effect.
  [[nodiscard]] bool values_known() const {
    for (std::size_t i = 1; i < run_.operand_count(); i += 2) {
      if (!value::is_known(run_.operand(i), run_.type())) return false;
    }
    return (run_.step().b & ops::kHasOtherwise) == 0 ||
           value::is_known(run_.operand(run_.operand_count() - 1), run_.type());
  }

 private:
  static std::size_t value_at(std::uint32_t clause) { return 2 * std::size_t{clause} + 1; }
  [[nodiscard]] bool is_time() const { return run_.type().kind == value::TypeKind::kTime; }

  [[nodiscard]] bool surely_agree(std::uint32_t one, std::uint32_t other) const {
    const Value left = value(one);
    const Value right = value(other);
    // An error is no saying: it comes out as the error that it is.
    if (left.only_error() || right.only_error()) return true;
    if (left.only_not_applicable() && right.only_not_applicable()) return true;
    if (!left.only_value() || !right.only_value()) return false;
    if (!is_time()) {
      return value::is_true(equal_operands(run_, value_at(one), value_at(other)));
    }
    return left.lo == left.hi && right.lo == right.hi &&
           run_.covers()[left.lo] == run_.covers()[right.lo];
  }
  [[nodiscard]] bool may_agree(std::uint32_t one, std::uint32_t other) const {
    if (one == other) return true;
    const Value left = value(one);
    const Value right = value(other);
    // Beside a clause that fails, only another failure comes out.
    if (left.may_fail()) return true;
    if (right.only_error()) return false;
    if (left.may_not_apply() && right.may_not_apply()) return true;
    if (!left.may_value() || !right.may_value()) return false;
    if (is_time()) return left.lo != left.hi || right.lo != right.hi || surely_agree(one, other);
    return !value::is_false(equal_operands(run_, value_at(one), value_at(other)));
  }

  StepRun& run_;
  const plan::Beats& beats_;
  Standing standing_;
};

}  // namespace

Value steps::Clauses(StepRun& run) {
  const ClauseRun clauses(run);
  const Standing& standing = clauses.standing();
  Value result{};
  for (const std::uint32_t clause : standing.live) {
    if (clauses.may_come_out(clause)) result = run.join(result, clauses.value(clause));
  }
  if (clauses.may_conflict()) {
    result = run.join(result, value::failure(run.error(ErrorCode::kConflict)));
  }
  if (standing.top.empty()) {
    const bool has_otherwise = (run.step().b & ops::kHasOtherwise) != 0;
    result = run.join(result, has_otherwise ? run.operand(run.operand_count() - 1)
                                            : value::failure(run.error(ErrorCode::kNoClause)));
  }
  // If all that is possible reads the same, no condition that fails can matter.
  if (standing.errors.empty() || value::is_known(result, run.type())) return result;
  const Error least = *std::min_element(standing.errors.begin(), standing.errors.end());
  const Value failure = value::failure(least);
  return standing.only_errors && clauses.values_known() ? failure : run.join(result, failure);
}

}  // namespace juzhu::eval
