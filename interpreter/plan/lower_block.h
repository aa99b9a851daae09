// Building one block of a plan: slots, steps and which variable stands in which slot. Private to
// lowering.
#pragma once

#include <map>
#include <vector>

#include "plan/lower.h"
#include "plan/lower_scope.h"

namespace juzhu::plan {

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

/// Turns a Program into a Plan for one scope. One object per plan.
class Lowering {
 public:
  Lowering(const sema::Program& program, const Scope& scope);
  Plan run(std::span<const Root> roots);

 private:
  // lower_declarations.cpp
  void declare_all();
  [[nodiscard]] std::string key_of(std::string_view module, const Bilingual& name,
                                   const InForce& version) const;
  void declare_rules(std::vector<Declaration>& into) const;
  void declare_definitions(std::vector<Declaration>& into) const;
  void declare_parameters(std::vector<Declaration>& into) const;
  void declare_vocabulary(std::vector<Declaration>& into) const;
  [[nodiscard]] bool marked_inside(const sema::Remarks& remarks,
                                   std::span<const sema::ExprId> roots) const;
  void number_nodes(sema::ExprId root);

  // lower_expr.cpp
  Slot lower(BlockBuilder& into, sema::ExprId id, DeclarationId declaration);
  Slot lower_call(BlockBuilder& into, const sema::Expr& expr, sema::ExprId id,
                  DeclarationId declaration);
  Slot lower_parameter(BlockBuilder& into, const sema::Expr& expr, sema::ExprId id,
                       DeclarationId declaration);
  Slot lower_fold(BlockBuilder& into, const sema::Expr& expr, sema::ExprId id,
                  DeclarationId declaration);
  Slot lower_fact(BlockBuilder& into, const sema::Expr& expr, sema::ExprId id,
                  DeclarationId declaration);
  Slot add_step(BlockBuilder& into, Step step, const std::vector<Slot>& operands);
  Slot add_constant(BlockBuilder& into, const Value& value, const Type& type, sema::ExprId id,
                    DeclarationId declaration);
  Step step_for(const sema::Expr& expr, sema::ExprId id, DeclarationId declaration) const;
  Slot combine(BlockBuilder& into, ops::Operation operation, const std::vector<Slot>& operands,
               DeclarationId declaration);
  std::vector<sema::LocalId> free_locals(std::span<const sema::ExprId> roots,
                                         sema::LocalId bound) const;
  BlockId finish(BlockBuilder builder);
  BlockId definition_block(const InForce& version);

  // lower.cpp
  BlockId question_block(sema::ServiceId service, ops::Level lowest_level);
  [[nodiscard]] std::vector<InForce> relevant_rules(sema::ServiceId service,
                                                    ops::Level lowest_level) const;
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
  std::map<std::pair<DeclarationKind, std::pair<std::uint32_t, std::uint32_t>>, DeclarationId>
      declarations_;
  std::map<std::uint32_t, BlockId> definition_blocks_;
  std::map<std::uint32_t, std::vector<std::pair<std::vector<InForce>, BlockId>>>
      question_blocks_;  ///< by service
  std::map<sema::ExprId, std::uint32_t> nodes_;
};

}  // namespace juzhu::plan
