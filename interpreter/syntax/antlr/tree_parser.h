// The generated parser, writing our nodes while it walks: entering a rule and taking a token are
// its only two events, so the runtime keeps no tree of its own and nothing recurses over one.
// Included by antlr_parser.cpp alone.
#pragma once

#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "syntax/antlr/streams.h"
#include "syntax/syntax_tree.h"

namespace juzhu::syntax {

/// Thrown out of the generated code, which lets everything but its own errors pass.
struct TooDeep {
  std::uint32_t token;
};

// A rule's number is its node's kind; a test compares the names too.
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define JUZHU_NODE(name, rule) \
  static_assert(JuzhuParser::Rule##name == std::size_t(NodeKind::k##name));
#include "syntax/nodes.def"
#undef JUZHU_NODE

/// Whether a rule can stand inside itself, and whether it takes a bracket to do so. Every circle of
/// the grammar goes through one of these. Brackets were counted before parsing, but recovery may
/// pass over closing ones.
enum class Nesting { kNone, kBare, kBracket };
constexpr std::size_t kNestingKinds = 3;

inline Nesting nesting_of(std::size_t rule) {
  switch (rule) {
    case JuzhuParser::RuleNegation:  // - - x
    case JuzhuParser::RuleNotExpr:
    case JuzhuParser::RuleIfExpr:  // if … otherwise if …
    case JuzhuParser::RuleFoldExpr:
    case JuzhuParser::RuleCountExpr:
    case JuzhuParser::RuleCoverExpr:
    case JuzhuParser::RuleQuantified:
    case JuzhuParser::RuleBoundaryDay:
    case JuzhuParser::RuleMonthDay:
    case JuzhuParser::RuleType:
      return Nesting::kBare;
    case JuzhuParser::RuleParens:
    case JuzhuParser::RuleSetLiteral:
    case JuzhuParser::RuleListExpr:
    case JuzhuParser::RuleListFold:
    case JuzhuParser::RuleLines:
      return Nesting::kBracket;
    default:
      return Nesting::kNone;
  }
}

class TreeParser final : public JuzhuParser {
 public:
  TreeParser(WordStream* words, std::size_t nesting)
      : JuzhuParser(words), words_(words), nesting_left_{nodes_.max_size(), nesting, nesting} {
    setBuildParseTree(false);
    removeErrorListeners();
    getInterpreter<antlr4::atn::ParserATNSimulator>()->setPredictionMode(
        antlr4::atn::PredictionMode::SLL);
  }

  void enterRule(antlr4::ParserRuleContext* context, std::size_t state, std::size_t rule) override {
    close_until(context->parent);
    std::size_t& left = nesting_left_.at(static_cast<std::size_t>(nesting_of(rule)));
    if (left == 0) throw TooDeep{next_token()};
    --left;
    open_.push_back({context, nodes_.size(), &left});
    nodes_.push_back({static_cast<NodeKind>(rule), false, 1, next_token(), next_token()});
    JuzhuParser::enterRule(context, state, rule);
  }

  antlr4::Token* consume() override {
    close_until(_ctx);
    const StreamToken* const token = words_->LT(1);
    if (token->getType() != antlr4::Token::EOF) last_consumed_ = token->tree_index() + 1;
    return JuzhuParser::consume();
  }

  /// The text at the rule in hand does not follow the grammar.
  void mark_damage() {
    close_until(_ctx);
    for (const Open& open : open_)
      nodes_[open.node].error = true;
  }

  /// First token of the declaration in hand.
  [[nodiscard]] std::optional<std::uint32_t> declaration() const {
    for (const Open& open : open_) {
      if (nodes_[open.node].kind == NodeKind::kDeclaration) return nodes_[open.node].first_token;
    }
    return std::nullopt;
  }

  std::vector<Node> take_nodes() {
    close_until(nullptr);
    return std::move(nodes_);
  }

 private:
  struct Open {
    const antlr4::tree::ParseTree* context;
    std::size_t node;
    std::size_t* nesting_left;
  };

  std::uint32_t next_token() { return words_->LT(1)->tree_index(); }

  /// Rules are left without an event; whatever stands inside `context` was left before its next
  /// token.
  void close_until(const antlr4::tree::ParseTree* context) {
    while (!open_.empty() && open_.back().context != context) {
      Node& node = nodes_[open_.back().node];
      node.size = static_cast<std::uint32_t>(nodes_.size() - open_.back().node);
      node.last_token = std::max(node.first_token, last_consumed_);
      ++*open_.back().nesting_left;
      const bool is_spare = node.kind == NodeKind::kOrIfNone;
      open_.pop_back();
      if (is_spare && nodes_[open_.back().node].kind == NodeKind::kComparison) {
        keep_with_sum(open_.back().node, node);
      }
    }
  }

  /// A value and its `or if none` are one operand, so the tree has the latter inside the sum. The
  /// grammar has it behind the sum, so that in `highest of x for y among z or if none 0` it stays
  /// with the fold and is not taken by z.
  void keep_with_sum(std::size_t comparison, const Node& spare) {
    Node& sum = nodes_[comparison + 1];
    if (sum.kind != NodeKind::kSum) return;
    sum.size += spare.size;
    sum.last_token = spare.last_token;
    sum.error = sum.error || spare.error;
  }

  WordStream* words_;
  std::vector<Node> nodes_;
  std::vector<Open> open_;
  std::array<std::size_t, kNestingKinds> nesting_left_;  ///< by Nesting
  std::uint32_t last_consumed_ = 0;
};

}  // namespace juzhu::syntax
