// `choosing`: the element for the best of the candidates (semantics.md 3.3, pick). Candidates are
// compared by their keys within bounds; one that surely stands behind another sure one is out, the
// elements of all others are joined.
#include <algorithm>
#include <array>

#include "eval/aggregate.h"
#include "eval/facts.h"
#include "eval/rows.h"
#include "eval/step_run.h"
#include "eval/tie_order.h"
#include "ops/logic.h"
#include "ops/tuples.h"

namespace juzhu::eval {
namespace {

using ops::Order;

/// Is there something to choose? A condition; lists every candidate on the way.
class Candidates {
 public:
  explicit Candidates(StepRun& run)
      : run_(run), pick_(run.plan()[plan::PickId(run.step().a)]), captures_(run.operands()) {}

  Value find() { return expand(0, {}, value::truth(true)); }
  Picking picking;
  Value failures{};    ///< of collections and conditions
  bool fails = false;  ///< surely: nothing can be said of the candidates

 private:
  std::vector<Value> arguments(const std::vector<Value>& chosen) const {
    std::vector<Value> all = chosen;
    all.insert(all.end(), captures_.begin(), captures_.end());
    return all;
  }

  void note(const Value& condition) {
    if (condition.may_fail()) failures = with_kinds_of(failures, value::failure(condition.error));
  }

  Value expand(std::size_t level, const std::vector<Value>& chosen, const Value& present) {
    if (level == pick_.choices.size()) {
      picking.candidates.push_back(
          {chosen, present, run_.run(pick_.body, arguments(chosen)), false});
      return value::truth(true);
    }
    const plan::PickChoice& choice = pick_.choices[level];
    const FrameId frame = run_.run(choice.collection, arguments(chosen));
    const Slot result = run_.plan()[choice.collection].results[0];
    StepRun at = run_.at(frame, result);
    Collection collection = collect(at, result);
    note(collection.failures);
    if (collection.failures.may_fail() && collection.alternatives.empty()) {
      fails |= value::is_true(present);
    }
    std::vector<Element> elements;
    for (const std::vector<Element>& alternative : collection.alternatives) {
      for (Element element : alternative) {
        // Of several alternatives one is meant, so that none of their elements is sure.
        if (collection.alternatives.size() > 1) {
          element.present = ops::both(element.present, value::unknown_truth());
        }
        meet(choice, chosen, element);
        note(element.present);
        fails |= element.present.only_error() && value::is_true(present);
        elements.push_back(element);
      }
    }
    picking.levels.push_back({frame, elements});
    return expand_each(level, chosen, present, elements);
  }

  void meet(const plan::PickChoice& choice, const std::vector<Value>& chosen, Element& element) {
    if (!choice.where.valid() || value::is_false(element.present)) return;
    std::vector<Value> with = chosen;
    with.push_back(element.bound);
    element.frame = run_.run(choice.where, arguments(with));
    element.present = ops::both(element.present, ops::condition(run_.result(element.frame)));
  }

  Value expand_each(std::size_t level, const std::vector<Value>& chosen, const Value& present,
                    const std::vector<Element>& elements) {
    std::vector<Value> ways;
    std::vector<Value> there;
    const auto take = [&](const Value& bound, const Value& here) {
      if (!may_be_true(here)) return;
      std::vector<Value> with = chosen;
      with.push_back(bound);
      ways.push_back(ops::both(here, expand(level + 1, with, ops::both(present, here))));
    };
    for (const Element& element : elements) {
      there.push_back(element.present);
      take(element.bound, element.present);
    }
    if (pick_.choices[level].if_any) take(value::not_applicable(), ops::negate(ops::any_of(there)));
    return ops::any_of(ways);
  }

  StepRun& run_;
  const plan::Pick& pick_;
  std::vector<Value> captures_;
};

/// The candidates' keys, and which of them may be best.
class Comparison {
 public:
  Comparison(StepRun& run, std::vector<PickCandidate>& candidates)
      : run_(run), pick_(run.plan()[plan::PickId(run.step().a)]), candidates_(candidates) {
    for (const PickCandidate& candidate : candidates_)
      keys_.push_back(keys_of(candidate));
  }

  void mark_best() {
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      bool is_behind = false;
      for (std::size_t j = 0; j < candidates_.size() && !is_behind; ++j) {
        if (i == j || !value::is_true(candidates_[j].present)) continue;
        const Order order = ops::compare_tuples(keys_[i], keys_[j], pick_.lowest_first);
        is_behind = !order.before && (!order.equal || loses_tie(i, j));
      }
      candidates_[i].may_be_best = !is_behind;
    }
  }

  /// Rows that say the same in all go by their position, which changes nothing.
  [[nodiscard]] bool loses_tie(std::size_t index, std::size_t other) const {
    const plan::Block& body = run_.plan()[pick_.body];
    const Tie tie =
        tie_order(run_, body.parameters, candidates_[index].chosen, candidates_[other].chosen);
    return tie == Tie::kAfter || (tie == Tie::kSame && other < index);
  }

  /// Errors of keys, of candidates that may be there; `fails`: one of a sure candidate is sure. Of
  /// keys behind the first only where they may have to settle who is best.
  Value failures(bool* fails) const {
    Value failures{};
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      for (std::size_t key = 0; key < keys_[i].size(); ++key) {
        const Value& value = keys_[i][key];
        if (!value.may_fail()) continue;
        const Order order = key == 0 ? Order{false, true, false} : stands(i, key);
        if (!order.equal) continue;
        failures = with_kinds_of(failures, value::failure(value.error));
        *fails |= value.only_error() && value::is_true(candidates_[i].present) && !order.before &&
                  !order.after;
      }
    }
    return failures;
  }

  /// The element for a candidate. Where it is one of the keys, the candidate is only best with a
  /// value that no sure one surely exceeds.
  Value element_of(std::size_t index) const {
    const PickCandidate& candidate = candidates_[index];
    Value element = run_.frame(candidate.frame).slots[results().back()];
    for (std::size_t key = 0; key < keys_[index].size(); ++key) {
      if (same_step(results()[key], results().back())) clip(index, key, element);
    }
    return element;
  }

 private:
  const std::vector<Slot>& results() const { return run_.plan()[pick_.body].results; }

  std::vector<Value> keys_of(const PickCandidate& candidate) const {
    std::vector<Value> keys;
    for (std::size_t i = 0; i < pick_.lowest_first.size(); ++i)
      keys.push_back(run_.frame(candidate.frame).slots[results()[i]]);
    return keys;
  }

  bool same_step(Slot left, Slot right) const {
    if (left == right) return true;
    const plan::Block& body = run_.plan()[pick_.body];
    if (left < body.parameters.size() || right < body.parameters.size()) return false;
    const Step& one = plan::step_of(body, left);
    const Step& other = plan::step_of(body, right);
    const bool is_call = one.operation == ops::Operation::kCall && one.operation == other.operation;
    if (!is_call || one.a != other.a || one.operand_count != other.operand_count) return false;
    const auto operands = run_.plan().operands.begin();
    return std::equal(operands + one.first_operand,
                      operands + one.first_operand + one.operand_count,
                      operands + other.first_operand);
  }

  /// How a candidate stands to the best of the others by the keys before one: equal if it may have
  /// to be told from another by this key, before and after if it may be ahead or behind without.
  Order stands(std::size_t index, std::size_t key) const {
    const std::span<const std::uint32_t> directions(pick_.lowest_first);
    Order all{false, false, false};
    bool is_surely_tied = false;
    for (std::size_t j = 0; j < candidates_.size(); ++j) {
      if (j == index) continue;
      const Order order =
          ops::compare_tuples(std::span(keys_[index]).first(key), std::span(keys_[j]).first(key),
                              directions.first(key));
      const bool is_sure = value::is_true(candidates_[j].present);
      if (is_sure && !order.before && !order.equal) return {false, false, true};
      all.equal |= order.equal;
      all.after |= order.after;
      is_surely_tied |= is_sure && order.equal && !order.before && !order.after;
    }
    all.before = !is_surely_tied;
    return all;
  }

  bool equal_before(std::size_t left, std::size_t right, std::size_t key) const {
    const std::span<const std::uint32_t> directions(pick_.lowest_first);
    const Order order =
        ops::compare_tuples(std::span(keys_[left]).first(key), std::span(keys_[right]).first(key),
                            directions.first(key));
    return order.equal && !order.before && !order.after;
  }

  void clip(std::size_t index, std::size_t key, Value& element) const {
    for (std::size_t j = 0; j < candidates_.size(); ++j) {
      const Value& other = keys_[j][key];
      const bool bounds = j != index && value::is_true(candidates_[j].present) &&
                          other.only_value() && element.may_value() && equal_before(index, j, key);
      if (!bounds) continue;
      if (pick_.lowest_first[key] != 0) {
        element.hi = std::max(element.lo, std::min(element.hi, other.hi));
      } else {
        element.lo = std::min(element.hi, std::max(element.lo, other.lo));
      }
    }
  }

  StepRun& run_;
  const plan::Pick& pick_;
  std::vector<PickCandidate>& candidates_;
  std::vector<std::vector<Value>> keys_;
};

}  // namespace

Value steps::Pick(StepRun& run) {
  Candidates candidates(run);
  const Value exists = candidates.find();
  Comparison comparison(run, candidates.picking.candidates);
  comparison.mark_best();
  bool fails = candidates.fails;
  const Value failures = with_kinds_of(candidates.failures, comparison.failures(&fails));
  Value result{};
  for (std::size_t i = 0; i < candidates.picking.candidates.size(); ++i) {
    if (!candidates.picking.candidates[i].may_be_best) continue;
    result = run.join(result, comparison.element_of(i));
  }
  if (may_be_false(exists)) result.kinds |= value::kNotApplicable;
  result = with_kinds_of(result, failures);
  run.record_picking(std::move(candidates.picking));
  return fails ? value::failure(failures.error) : result;
}

}  // namespace juzhu::eval
