// Building one block of a plan: slots, steps and which variable stands in which slot. Private to
// lowering.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "plan/lower.h"
#include "plan/lower_scope.h"
#include "sema/reforms.h"

namespace juzhu::plan {

/// The version of a definition or parameter of which none is in force.
inline constexpr std::uint32_t kNoVersion = 0xFFFFFFFFU;

/// A block under construction. Parameters are all known before the first step.
struct BlockBuilder {
  Block block;
  std::map<sema::LocalId, Slot> locals;
  std::map<sema::ExprId, Slot> done;
};

/// Where places are given out: which half of a grant an entry is. No allocation: the whole.
struct Listing {
  std::vector<InForce> allocations;
  std::optional<Slot> listed;  ///< whether the subject is on a list; nothing: the rule says so
};

/// A score whose candidates are being compared by the further keys of an allocation: what these
/// read of the score for its subject they read for the candidate at hand, which is no circle.
struct Candidate {
  sema::ScoreId score;
  std::uint32_t stack = 0;           ///< the reforms under which it is compared
  std::vector<sema::LocalId> bound;  ///< its subject and what it chooses, by the score's own names
  std::set<sema::LocalId> subject;   ///< names of its subject in the block at hand
};

/// The keys of an allocation that candidates are compared by after the total.
struct FurtherKeys {
  sema::AllocationId allocation;  ///< not valid: none
  std::size_t first = 0;          ///< index into its keys
  DeclarationId declaration;
};

/// Turns a Program into a Plan for one scope. One object per plan.
class Lowering {
 public:
  Lowering(const sema::Program& program, const Scope& scope);
  Plan run(std::span<const Root> roots, bool with_questions);

 private:
  // lower_declarations.cpp
  void declare_all();
  [[nodiscard]] Scope scope() const;
  const std::vector<InForce>& rules_at(ops::Level lowest_level);
  [[nodiscard]] std::string key_of(std::string_view module, const Bilingual& name,
                                   const InForce& version, sema::ReformId reform) const;
  bool is_declared(DeclarationKind kind, std::uint32_t item, std::uint32_t version);
  void declare_rules(std::vector<Declaration>& into);
  void declare_definitions(std::vector<Declaration>& into);
  void declare_parameters(std::vector<Declaration>& into);
  [[nodiscard]] DeclarationId declaration_of(DeclarationKind kind, std::uint32_t item,
                                             const std::optional<InForce>& version) const;
  void declare_vocabulary(std::vector<Declaration>& into) const;
  [[nodiscard]] bool marked_inside(const sema::Remarks& remarks,
                                   std::span<const sema::ExprId> roots) const;
  [[nodiscard]] bool breaches(sema::Breach::Kind kind, std::uint32_t item,
                              std::uint32_t version) const;
  void number_nodes(sema::ExprId root);

  // lower_expr.cpp
  Slot lower(BlockBuilder& into, sema::ExprId id, DeclarationId declaration);
  Slot lower_call(BlockBuilder& into, const sema::Expr& expr, sema::ExprId id,
                  DeclarationId declaration);
  Slot lower_parameter(BlockBuilder& into, const sema::Expr& expr, sema::ExprId id,
                       DeclarationId declaration);
  Slot lower_fold(BlockBuilder& into, const sema::Expr& expr, sema::ExprId id,
                  DeclarationId declaration);
  Slot lower_clauses(BlockBuilder& into, const sema::Expr& expr, sema::ExprId id,
                     DeclarationId declaration);
  Slot lower_fact(BlockBuilder& into, const sema::Expr& expr, sema::ExprId id,
                  DeclarationId declaration);
  Slot add_step(BlockBuilder& into, Step step, const std::vector<Slot>& operands);
  Slot add_constant(BlockBuilder& into, const Value& value, const Type& type, sema::ExprId id,
                    DeclarationId declaration);
  Step step_for(const sema::Expr& expr, sema::ExprId id, DeclarationId declaration) const;
  Slot combine(BlockBuilder& into, ops::Operation operation, const std::vector<Slot>& operands,
               DeclarationId declaration);
  /// Variables of the expressions that neither they nor `bound` bind.
  std::vector<sema::LocalId> free_locals(std::span<const sema::ExprId> roots,
                                         std::span<const sema::LocalId> bound) const;
  BlockId finish(BlockBuilder builder);
  BlockId definition_block(const InForce& version);
  /// Lowers as under the reform that the expression asks under, if it does.
  template <typename Make>
  auto under_reform(const sema::Expr& expr, const Make& make) {
    const std::uint32_t before = stack_;
    const sema::ReformId reform = sema::reform_asked(expr);
    if (reform.valid()) stack_ = program_.stacks[stack_].above.at(reform);
    auto made = make();
    stack_ = before;
    return made;
  }

  // lower_pick.cpp
  [[nodiscard]] FurtherKeys further_keys(const sema::Expr& pick) const;
  void add_further_keys(BlockBuilder& body, const sema::Expr& expr, const FurtherKeys& further,
                        Pick& pick);
  [[nodiscard]] std::vector<sema::LocalId> pick_captures(const sema::Expr& expr,
                                                         std::span<const sema::LocalId> chosen,
                                                         const FurtherKeys& further);
  Slot lower_pick(BlockBuilder& into, const sema::Expr& expr, sema::ExprId id,
                  DeclarationId declaration);
  BlockBuilder pick_block(std::span<const sema::LocalId> bound,
                          std::span<const sema::LocalId> captures, DeclarationId declaration) const;

  // lower_candidate.cpp
  /// Among the candidates, those of a pick, whose subject the keys name otherwise.
  [[nodiscard]] std::vector<Candidate> with_candidate(std::vector<Candidate> among,
                                                      const sema::Expr& pick,
                                                      sema::LocalId subject) const;
  [[nodiscard]] bool is_candidates(const sema::Expr& pick) const;
  [[nodiscard]] bool reads(const sema::Expr& call, const Candidate& candidate) const;
  [[nodiscard]] bool reads_below(sema::ExprId root, const Candidate& candidate) const;
  /// The candidates that a definition reads, with its names for their subject.
  [[nodiscard]] std::vector<Candidate> read_through(const sema::Expr& call,
                                                    const InForce& called) const;
  /// What a call needs of the block it stands in, beside its arguments.
  [[nodiscard]] std::vector<sema::LocalId> candidate_locals(const sema::Expr& call) const;
  BlockId candidate_block(const InForce& version, std::vector<Candidate> read);
  BlockId definition_body(const InForce& version, std::span<const sema::LocalId> captures);
  template <typename Make>
  auto with_candidates(std::vector<Candidate> candidates, const Make& make) {
    candidates_.swap(candidates);
    auto made = make();
    candidates_.swap(candidates);
    return made;
  }

  // lower.cpp
  BlockId definition_root(BlockBuilder builder, sema::DefinitionId id);
  BlockId question_block(sema::ServiceId service, ops::Level lowest_level);
  std::vector<InForce> relevant_rules(sema::ServiceId service, ops::Level lowest_level);
  RuleSet lower_rules(BlockBuilder& into, sema::ServiceId service,
                      const std::vector<InForce>& relevant);
  RuleEntry lower_rule(BlockBuilder& into, const InForce& rule, ops::Effect effect,
                       const std::vector<InForce>& in_force, const Listing& listing);
  void narrow(BlockBuilder& into, RuleEntry& entry, const InForce& narrowing,
              std::vector<Slot>& parts);
  Slot lower_subject_expr(BlockBuilder& into, const sema::RuleVersion& version, sema::ExprId expr,
                          DeclarationId declaration);

  // lower_allocations.cpp
  [[nodiscard]] std::vector<InForce> allocations_among(sema::ServiceId service,
                                                       const std::vector<InForce>& rules) const;
  /// Whether the subject is on one of the lists; nothing if everyone whom the rule concerns is.
  std::optional<Slot> lower_listed(BlockBuilder& into, const sema::RuleVersion& rule,
                                   const std::vector<InForce>& allocations);
  BlockId list_block(const sema::Allocation& allocation, sema::ExprId expr,
                     DeclarationId declaration, bool with_school);
  void lower_allocations();

  const sema::Program& program_;
  Plan plan_;
  std::uint32_t stack_;  ///< the reforms under which is being lowered
  std::map<std::pair<std::uint32_t, ops::Level>, std::optional<std::vector<InForce>>>
      rules_in_force_;  ///< by stack and lowest level
  std::set<std::pair<DeclarationKind, std::pair<std::uint32_t, std::uint32_t>>> declared_;
  std::map<std::pair<DeclarationKind, std::pair<std::uint32_t, std::uint32_t>>, DeclarationId>
      declarations_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, BlockId>
      definition_blocks_;              ///< by stack and definition
  std::vector<Candidate> candidates_;  ///< whose keys are being lowered
  using CandidateNames = std::vector<std::pair<sema::ScoreId, std::set<sema::LocalId>>>;
  std::map<std::pair<std::pair<std::uint32_t, std::uint32_t>, CandidateNames>, BlockId>
      candidate_blocks_;  ///< the same for candidates
  std::map<std::pair<std::uint32_t, std::uint32_t>,
           std::vector<std::pair<std::vector<InForce>, BlockId>>>
      question_blocks_;  ///< by stack and service
  std::map<sema::ExprId, std::uint32_t> nodes_;
};

}  // namespace juzhu::plan
