// An outcome beside what the layers above would have it be (semantics.md 5.4).
#include <algorithm>
#include <functional>
#include <set>

#include "eval/deciding.h"

namespace juzhu::eval {
namespace {

using ops::Level;
using plan::DeclarationId;

/// denied < ranked < granted.
int rank_of(OutcomeKind kind) {
  const std::optional<ops::Effect> effect = effect_of(kind);
  return effect ? static_cast<int>(*effect) : -1;
}

/// The lowest level among the rules that decide.
Level lowest_level(const Plan& plan, const std::vector<Deciding>& deciding) {
  Level lowest = Level::kLaw;
  for (const Deciding& rule : deciding) {
    lowest = std::max(lowest, plan[rule.declaration].level);
  }
  return lowest;
}

/// Levels above one at which the question reads other rules than at the level below it, in some
/// scope.
std::set<Level> levels_above(const LevelZero& level_zero, std::uint32_t service, Level level) {
  std::set<Level> levels;
  for (const QuestionRun& run : level_zero.runs) {
    plan::BlockId below;
    for (const plan::Question& question : run.plan().questions) {
      if (question.service != service) continue;
      const bool is_other = question.block != below;  // levels without a rule share a block
      below = question.block;
      if (is_other && question.lowest_level < level) levels.insert(question.lowest_level);
    }
  }
  return levels;
}

/// Rules of another evaluation's shown plan, in ours.
void add_rules(const Plan& theirs, const std::vector<Deciding>& rules, const Plan& ours,
               std::set<DeclarationId>& into) {
  for (const Deciding& rule : rules) {
    const std::string& key = theirs[rule.declaration].key;
    for (std::size_t i = 0; i < ours.declarations.size(); ++i) {
      if (ours.declarations[i].key == key) into.insert(DeclarationId(i));
    }
  }
}

/// Live rules of a question that is open which would give more than `rank`.
std::vector<Deciding> rules_above(const QuestionRun& run, int rank) {
  std::vector<Deciding> rules;
  for (const std::uint32_t rule : run.resolution.live) {
    const plan::RuleEntry& entry = run.rules->rules[rule];
    if (static_cast<int>(entry.effect) > rank) rules.push_back({entry.declaration, false});
  }
  return rules;
}

}  // namespace

void compare_layers(PlanSource& plans, const Household& household, const Query& query,
                    const LevelZero& level_zero, Outcome& outcome) {
  const int rank = rank_of(outcome.kind);
  if (rank < 0 || outcome.deciding.empty()) return;
  const Plan& ours = level_zero.shown().plan();
  std::set<DeclarationId> stricter;
  std::set<DeclarationId> may_be_stricter;
  std::set<DeclarationId> more_generous;
  const Level own = lowest_level(ours, outcome.deciding);
  for (const Level level : levels_above(level_zero, query.service, own)) {
    Query above = query;
    above.lowest_level = level;
    const LevelZero asked = ask_level_zero(plans, household, above);
    const QuestionRun& shown = asked.shown();
    const Verdict verdict = settle_question(plans, household, above, asked);
    const int other = rank_of(verdict.kind);
    if (other >= 0 && other != rank) {
      add_rules(shown.plan(), deciding_rules(asked, verdict.kind), ours,
                other > rank ? stricter : more_generous);
    }
    if (verdict.kind == OutcomeKind::kUnknown && shown.rules != nullptr) {
      add_rules(shown.plan(), rules_above(shown, rank), ours, may_be_stricter);
    }
  }
  outcome.conflicts_with.assign(stricter.begin(), stricter.end());
  outcome.more_generous_than.assign(more_generous.begin(), more_generous.end());
  std::set_difference(may_be_stricter.begin(), may_be_stricter.end(), stricter.begin(),
                      stricter.end(), std::back_inserter(outcome.may_conflict_with));
}

}  // namespace juzhu::eval
