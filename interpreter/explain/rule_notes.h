// The rules of a question as an explanation shows them: how each one stands, what it asks, and what
// stands over it.
#pragma once

#include "explain/explain.h"
#include "explain/tree.h"

namespace juzhu::explain {

class RuleNotes {
 public:
  RuleNotes(const sema::Program& program, const source::SourceMap& sources,
            const eval::Outcome& outcome);

  /// Every rule of the question, sorted into deciding, weighed and not concerned.
  void fill(Explanation& explanation);
  /// A rule, gate or narrowing with its citation and nothing of its conditions.
  [[nodiscard]] RuleNote brief(plan::DeclarationId id) const;

 private:
  RuleNote full(const plan::RuleEntry& entry, std::uint32_t index);
  RuleNote narrowing(const plan::RuleEntry& entry, const plan::Narrowing& narrowing);
  [[nodiscard]] bool other_half_stands(const plan::RuleEntry& entry) const;
  [[nodiscard]] Standing standing_of(const plan::RuleEntry& entry, std::uint32_t index) const;
  [[nodiscard]] bool is_beaten(std::uint32_t index) const;
  [[nodiscard]] Over why_over(std::uint32_t winner, std::uint32_t loser) const;
  [[nodiscard]] const sema::RuleVersion& version_of(plan::DeclarationId id) const;
  [[nodiscard]] const eval::Deciding* deciding(plan::DeclarationId id) const;
  [[nodiscard]] Bilingual places_of(const sema::Extent& extent) const;
  [[nodiscard]] std::string where(source::Span span) const;

  const sema::Program& program_;
  const source::SourceMap& sources_;
  const eval::Outcome& outcome_;
  Context context_;
  Tree tree_;
  const plan::RuleSet* rules_ = nullptr;
};

}  // namespace juzhu::explain
