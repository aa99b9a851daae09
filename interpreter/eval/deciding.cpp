#include "eval/deciding.h"

#include <algorithm>
#include <set>

#include "eval/aggregate.h"
#include "eval/looked_at.h"
#include "ops/logic.h"

namespace juzhu::eval {
namespace {

using plan::DeclarationId;
using plan::RuleEntry;

/// A slot as a condition; none: true.
Value condition_of(const QuestionRun& run, Slot slot) {
  return slot == plan::kNoSlot ? value::truth(true) : ops::condition(run.slot(slot));
}

/// May a narrowing be what keeps a rule from deciding? Sure: it surely concerns the member and
/// surely fails.
void add_failing_narrowings(const QuestionRun& run, const RuleEntry& rule,
                            std::vector<Deciding>& deciding) {
  const Value concerns = condition_of(run, rule.concerns);
  const Value condition = condition_of(run, rule.condition);
  if (value::is_false(concerns) || value::is_false(condition)) return;
  const bool is_met = value::is_true(concerns) && value::is_true(condition);
  for (const plan::Narrowing& narrowing : rule.narrowings) {
    const Value is_meant = condition_of(run, narrowing.concerns);
    const Value holds = condition_of(run, narrowing.condition);
    if (value::is_false(is_meant) || value::is_true(holds)) continue;
    const bool is_sure = is_met && value::is_true(is_meant) && value::is_false(holds);
    deciding.push_back({narrowing.declaration, is_sure});
  }
}

/// One narrowing may stand beside several rules.
void merge_same(std::vector<Deciding>& deciding) {
  std::sort(deciding.begin(), deciding.end(), [](const Deciding& left, const Deciding& right) {
    return std::pair(left.declaration, !left.sure) < std::pair(right.declaration, !right.sure);
  });
  const auto same = [](const Deciding& left, const Deciding& right) {
    return left.declaration == right.declaration;
  };
  deciding.erase(std::unique(deciding.begin(), deciding.end(), same), deciding.end());
}

DeclarationId by_key(const Plan& plan, const std::string& key) {
  for (std::size_t i = 0; i < plan.declarations.size(); ++i) {
    if (plan.declarations[i].key == key) return DeclarationId(i);
  }
  return {};
}

/// Declarations below a slot, each slot once.
class Reading {
 public:
  explicit Reading(const Trace& trace) : trace_(trace) {}
  void read(SlotRef at) {
    if (is_parameter(trace_, at) || !seen_.insert(at).second) return;
    const plan::Step& step = step_at(trace_, at);
    // The block's own too: a definition may be nothing but a fact, whose step belongs to the fact.
    for (const DeclarationId declaration : {step.declaration, trace_.block(at.frame).declaration}) {
      if (declaration.valid()) found_.insert(declaration);
    }
    for (const SlotRef below : looked_at(trace_, at)) {
      read(below);
    }
    if (step.operation == ops::Operation::kOutcome) return;
    const bool is_call =
        step.operation == ops::Operation::kCall || step.operation == ops::Operation::kQuestion ||
        step.operation == ops::Operation::kFold || step.operation == ops::Operation::kPick;
    if (!is_call) return;
    for (std::size_t i = 0; i < step.operand_count; ++i) {
      read(operand_at(trace_, at, i));  // arguments and captures
    }
  }
  void add(DeclarationId declaration) { found_.insert(declaration); }
  [[nodiscard]] std::vector<DeclarationId> found() const { return {found_.begin(), found_.end()}; }

 private:
  const Trace& trace_;
  std::set<SlotRef> seen_;
  std::set<DeclarationId> found_;
};

/// The rules whose conditions make the outcome what it is: those that decide, with what could have
/// beaten a denial; every rule if none of them decides; else all that are in play.
std::vector<std::uint32_t> rules_that_matter(const QuestionRun& run, OutcomeKind kind,
                                             const std::vector<Deciding>& deciding) {
  if (!effect_of(kind)) return run.resolution.live;
  std::vector<std::uint32_t> matter;
  for (std::uint32_t i = 0; i < run.rules->rules.size(); ++i) {
    const bool decides = std::any_of(deciding.begin(), deciding.end(), [&](const Deciding& rule) {
      return rule.declaration == run.rules->rules[i].declaration;
    });
    if (decides) matter.push_back(i);
  }
  if (kind != OutcomeKind::kDenied) return matter;
  const std::vector<std::uint32_t> denying = matter;
  matter.clear();
  for (std::uint32_t i = 0; i < run.rules->rules.size(); ++i) {
    const bool is_beater = std::any_of(denying.begin(), denying.end(), [&](std::uint32_t rule) {
      return rule == i || run.rules->beats[i][rule];
    });
    if (denying.empty() || is_beater) matter.push_back(i);
  }
  return matter;
}

}  // namespace

std::vector<Deciding> deciding_in(const QuestionRun& run, OutcomeKind kind) {
  std::vector<Deciding> deciding;
  if (kind == OutcomeKind::kError || run.rules == nullptr) return deciding;
  const std::optional<ops::Effect> effect = effect_of(kind);
  for (const std::uint32_t rule : run.resolution.live) {
    const RuleEntry& entry = run.rules->rules[rule];
    if (effect && entry.effect != *effect) continue;
    const auto& top = run.resolution.top;
    deciding.push_back({entry.declaration, std::find(top.begin(), top.end(), rule) != top.end()});
  }
  if (kind == OutcomeKind::kDenied && deciding.empty()) {
    for (const RuleEntry& entry : run.rules->rules) {
      if (entry.effect != ops::Effect::kDenies) add_failing_narrowings(run, entry, deciding);
    }
  }
  merge_same(deciding);
  return deciding;
}

std::vector<Deciding> deciding_rules(const LevelZero& level_zero, OutcomeKind kind) {
  const QuestionRun& shown = level_zero.shown();
  std::vector<Deciding> deciding = deciding_in(shown, kind);
  for (const QuestionRun& run : level_zero.runs) {
    if (&run == &shown) continue;
    const std::vector<Deciding> others = deciding_in(run, kind);
    std::set<std::string> keys;
    for (const Deciding& other : others) {
      const std::string& key = run.plan()[other.declaration].key;
      keys.insert(key);
      const DeclarationId here = by_key(shown.plan(), key);
      const bool is_new = std::none_of(deciding.begin(), deciding.end(), [&](const Deciding& rule) {
        return rule.declaration == here;
      });
      if (here.valid() && is_new) deciding.push_back({here, false});
    }
    for (Deciding& rule : deciding) {
      rule.sure &= keys.count(shown.plan()[rule.declaration].key) != 0;
    }
  }
  merge_same(deciding);
  return deciding;
}

std::vector<DeclarationId> rests_on(const LevelZero& level_zero, OutcomeKind kind,
                                    const std::vector<Deciding>& deciding) {
  const QuestionRun& run = level_zero.shown();
  if (run.rules == nullptr) return {};
  Reading reading(run.trace());
  for (const std::uint32_t rule : rules_that_matter(run, kind, deciding)) {
    const RuleEntry& entry = run.rules->rules[rule];
    reading.add(entry.declaration);
    for (const plan::Narrowing& narrowing : entry.narrowings) {
      reading.add(narrowing.declaration);
    }
    reading.read({run.frame, run.statuses[rule]});
  }
  return reading.found();
}

}  // namespace juzhu::eval
