// What an evaluation leaves behind: every block that ran, with all its slots, frame inside frame.
// Recording is the evaluation itself: there are no call-backs, and nothing in an explanation is
// computed a second way. Missing facts, minimal failing sets and explanations are read backwards
// from here.
//
// Ownership: a Trace refers to its Plan and Household, which must outlive it. Threads: one
// evaluation, one thread.
#pragma once

#include <map>
#include <vector>

#include "plan/plan.h"
#include "value/cover.h"
#include "value/household.h"

namespace juzhu::eval {

using plan::BlockId;
using plan::Plan;
using plan::Slot;
using value::Household;
using value::Value;

struct Frame;
using FrameId = Id<Frame>;

/// An element that a fold ran over: the value bound to it (a member, a row, a choice), its body's
/// frame, and whether it surely is in the collection (a condition value: T or unknown; F elements
/// have no frame).
struct Element {
  Value bound;
  Value present;
  FrameId frame;         ///< not valid if the fold has no body
  bool further = false;  ///< stands for rows that are not listed (an incomplete list)
};

/// A collection that a Pick went through, with its elements: their frame is that of `where`, not
/// valid if there is none.
struct PickLevel {
  FrameId collection;
  std::vector<Element> elements;
};

/// What a Pick might choose, and the frame of its body for that.
struct PickCandidate {
  std::vector<Value> chosen;  ///< one for each choice; "not applicable" where there is none
  Value present;              ///< a condition: is it among the candidates
  FrameId frame;
  bool may_be_best = false;  ///< no other one surely goes before it
};

struct Picking {
  std::vector<PickLevel> levels;
  std::vector<PickCandidate> candidates;
};

/// One run of a block. slots[0, parameters) are the arguments.
struct Frame {
  BlockId block;
  std::vector<Value> slots;
  std::map<Slot, FrameId> calls;  ///< slots filled by Call or Question: the frame of the callee
  std::map<Slot, std::vector<Element>>
      folds;                      ///< slots filled by Fold: its elements, in the stated order
  std::map<Slot, Picking> picks;  ///< slots filled by Pick
};

struct Trace {
  const Plan* plan = nullptr;
  const Household* household = nullptr;
  value::CoverStore covers;
  std::vector<Frame> frames;

  [[nodiscard]] const Frame& operator[](FrameId id) const { return frames[id.index]; }
  [[nodiscard]] const plan::Block& block(FrameId id) const {
    return (*plan)[frames[id.index].block];
  }
};

/// Runs a block for a household; blocks already run with the same arguments are not run again. The
/// judge of every other evaluator: plain, one case, one thread.
class Evaluator {
 public:
  /// Neither is copied; both must outlive the evaluator.
  Evaluator(const Plan& plan, const Household& household);
  FrameId run(BlockId block, std::vector<Value> arguments);
  [[nodiscard]] const Trace& trace() const { return trace_; }
  [[nodiscard]] Value result(FrameId frame) const;

 private:
  friend class StepRun;  // one step at work; see eval/step_run.h

  Trace trace_;
  std::map<std::pair<BlockId, std::vector<std::int64_t>>, FrameId> done_;
  Value
      unusable_{};  ///< set (kFails) if the household cannot be used: then every slot is this error
};

/// How the rules of one question stand (semantics.md 5.3), from the frame of its block.
struct Standing {
  std::vector<std::uint32_t> live;   ///< not surely F, and not beaten by a sure one
  std::vector<std::uint32_t> top;    ///< live ones that are surely true
  std::vector<value::Error> errors;  ///< of live ones that may fail
  bool only_errors = true;           ///< all live ones that are not sure fail
};
Standing stand(const plan::Beats& beats, std::span<const Value> statuses);

struct Resolution : Standing {
  bool granted = false;  ///< possible outcomes
  bool ranked = false;
  bool denied = false;  ///< by a rule
  bool none = false;    ///< no rule decides: denied, or error if no granting rule is in force
  bool conflict = false;
};
Resolution resolve(const plan::RuleSet& rules, std::span<const Value> statuses);

}  // namespace juzhu::eval
