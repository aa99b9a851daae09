// The conditions of a question's rules as one Boolean formula over leaves with bound members
// (semantics.md 5.6): true where the rules favour the child. Built from the trace of an evaluation.
#pragma once

#include <optional>
#include <vector>

#include "eval/looked_at.h"

namespace juzhu::eval {

enum class FormulaKind : std::uint8_t { kTrue, kFalse, kLeaf, kAll, kAny, kNot };

struct FormulaNode {
  FormulaKind kind{};
  std::uint32_t leaf = 0;               ///< kLeaf: index into Formula::leaves
  std::vector<std::uint32_t> children;  ///< smaller indices than the node's own
};

struct FormulaLeaf {
  SlotRef at;
  Value truth;  ///< as a condition
  std::optional<plan::DeclarationId> narrowing;
};

struct Formula {
  std::vector<FormulaNode> nodes;
  std::vector<FormulaLeaf> leaves;  ///< by declaration, node, member and row
  std::uint32_t root = 0;
  bool marked = false;  ///< whom a rule concerns is not known; it was taken to concern the member
};

/// A grant or rank whose condition holds, and no denial that holds unless a grant that beats it
/// holds too.
Formula favour(const Trace& trace, FrameId question, const plan::RuleSet& rules);

}  // namespace juzhu::eval
