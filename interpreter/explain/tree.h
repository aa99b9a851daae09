// Conditions and what they rest on as nodes of an explanation, read from the slots of a trace. By
// default a tree is folded to what decides: of a true `any of` the true branches, of a failed `all
// of` the failing ones first.
//
// tree.cpp holds conditions and members, evidence.cpp the definitions, parameters and facts behind
// a condition.
#pragma once

#include <set>

#include "explain/explain.h"
#include "explain/marks.h"
#include "explain/reading.h"

namespace juzhu::explain {

Truth truth_of(const Value& condition);
/// The provisions of a declaration or a list entry.
std::vector<Reference> references(const sema::Program& program,
                                  const std::vector<sema::Citation>& cites);
/// A value in words, in both tongues; empty if there is nothing to say.
Bilingual value_of(const Context& context, const Value& value, const Type& type);

/// A missing fact with its state and the question that asks for it.
MissingFact missing_fact(const sema::Program& program, const value::Household& household,
                         const value::FactRef& ref);

class Tree {
 public:
  explicit Tree(const Context& root) : program_(*root.program), household_(*root.household) {}

  Node condition(const Context& context, Slot slot);
  /// A condition as the lines that stand for it: an `all of` without remarks as its parts.
  std::vector<Node> conditions(const Context& context, Slot slot);
  /// The value a condition speaks about today: "10 months".
  Bilingual present_value(const Context& context, Slot slot);
  /// A member, row or option that a quantifier or a choice stands at, in words.
  Bilingual bound_name(const Value& bound, const Type& type);

 private:
  /// Beyond this many nodes inside each other a tree helps nobody; rules nest far less.
  static constexpr int kDeepest = 12;
  static constexpr int kDefinitionsDeep = 2;

  // ---- tree.cpp
  Node group(const Context& context, Slot slot, const plan::Step& step);
  Node negation(const Context& context, Slot slot, const plan::Step& step);
  Node choice(const Context& context, Slot slot, const plan::Step& step);
  Node members(const Context& context, Slot slot, const plan::Step& step);
  Node element(const Context& context, Slot slot, const plan::Step& step,
               const eval::Element& element);
  Bilingual element_name(const Context& context, Slot slot, const eval::Element& element);
  Node plain(const Context& context, Slot slot, const plan::Step& step);
  Node question(const Context& context, Slot slot, const plan::Step& step);

  // ---- evidence.cpp
  /// A reader of what stands behind a slot: nodes already shown are not shown twice.
  struct Evidence {
    std::vector<Node> nodes;
    std::set<std::string> seen;
  };
  void add(Evidence& evidence, Node node);
  void behind(const Context& context, Slot slot, int depth, Evidence& evidence);
  void behind_operands(const Context& context, const plan::Step& step, int depth,
                       Evidence& evidence);
  void behind_fold(const Context& context, Slot slot, const plan::Step& step, int depth,
                   Evidence& evidence);
  void parameters(const Context& context, sema::ExprId id, Evidence& evidence);
  Node definition(const Context& context, Slot slot, const plan::Step& step, int depth);
  Node folded_definition(const Context& context, sema::ExprId id);
  Node parameter(const Context& context, sema::ExprId id);
  std::optional<Node> fact(const Context& context, Slot slot, const plan::Step& step);
  std::vector<Node> row_lists(const Context& context, const plan::Step& step);
  Bilingual rows_text(const value::FactRef& ref);
  Bilingual row_text(const value::List& list, const value::Row& row);

  const sema::Program& program_;
  const Household& household_;
  int depth_ = 0;
};

/// Deciding children first, those that cannot matter left out and counted.
void fold_to_deciding(Node& node, bool any);

}  // namespace juzhu::explain
