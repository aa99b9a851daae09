// One version of a score at check: what it chooses, its components and their caps, each made a
// definition of the subject and the choices. Components read a `let` by its plain name, wherever it
// is written; it is checked when it is first read. Not seen outside this room.
#pragma once

#include <set>
#include <vector>

#include "sema/checker.h"

namespace juzhu::sema {

class ScoreParts {
 public:
  ScoreParts(Checker& checker, ScoreId score, std::size_t version);
  /// Fills the version, and the bodies of its definitions.
  void check();
  /// A `let` of this version; not valid if none has the name.
  ExprId read(std::string_view name, Span span);

 private:
  enum class State : std::uint8_t { kUnchecked, kAtWork, kChecked };
  struct Let {
    Component* component = nullptr;
    NodeId node;
    State state = State::kUnchecked;
  };
  /// A component with its place in the tree.
  struct Written {
    Component* component = nullptr;
    NodeId node;
  };

  void subject();
  void choices();
  void find_lets(std::vector<Component>& components, NodeId parent);
  [[nodiscard]] std::vector<Written> written(std::vector<Component>& components,
                                             NodeId parent) const;
  void check_let(Let& let);
  void check_component(Component& component, NodeId node);
  void check_item(Component& component, NodeId node);
  void check_group(Component& component, NodeId node);
  ExprId expression(NodeId node, const Type* want);
  ExprId sum_of(const std::vector<Component>& components, bool best, Span span);
  ExprId cap_of(NodeId node, bool floor);
  ExprId capped(ExprId value, ExprId cap, ExprId floor, Span span);
  ExprId call(DefinitionId value, Span span);
  ExprId argument(LocalId local, Span span);
  /// Where nobody can be chosen for a choice that the expression reads: `instead`.
  ExprId if_chosen(ExprId expr, ExprId instead, Span span);
  [[nodiscard]] bool reads(ExprId expr, LocalId local) const;
  void define(DefinitionId id, ExprId body, const Remarks& remarks, const Bilingual& text);
  /// The element for the choices that give the most.
  ExprId picked(ExprId element, Span span);
  void fill_reads(const std::vector<Component>& components);
  void fill_read(DefinitionId id, ExprId element);

  Checker& checker_;
  Program& program_;
  ScoreId score_;
  std::size_t index_;
  Place place_;
  const SyntaxTree& tree_;
  Scope scope_;
  ScoreVersion version_;
  std::vector<Let> lets_;
  ExprId total_;  ///< for given choices
};

}  // namespace juzhu::sema
