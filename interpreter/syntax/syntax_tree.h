// The lossless syntax tree: every token of the text with its blanks and comments, and the nodes of
// the grammar over them. A node's kind is the name of its grammar rule (nodes.def; a test holds it
// equal to the grammar). Immutable once built. However broken the text, there is a tree; broken
// nodes carry the error bit.
//
// Layout: nodes in pre-order in one vector; a node's children follow it directly, each spanning
// `size` nodes.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "source/source_file.h"

namespace juzhu::syntax {

enum class NodeKind : std::uint8_t {
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define JUZHU_NODE(name, rule) k##name,
#include "syntax/nodes.def"
#undef JUZHU_NODE
};

/// Token kinds: the keywords of grammar/keywords.def (kAtLeast for AT_LEAST is spelled kAT_LEAST,
/// as in the grammar) and the literals and punctuation of the lexer.
enum class TokenKind : std::uint8_t {
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define KEYWORD(token, english, chinese) k##token,
#include "keywords.def"
#undef KEYWORD
  kDATE,
  kMONTH,
  kMONTH_DAY,
  kNUMBER,
  kSTRING,
  kNAME,
  kPOSSESSIVE,
  kLBRACE,
  kRBRACE,
  kLPAREN,
  kRPAREN,
  kBAR,
  kCOLON,
  kSEMI,
  kCOMMA,
  kDOT,
  kSLASH,
  kSTAR,
  kPLUS,
  kMINUS,
  kPERCENT,
  kCOMMENT,
  kBLANK,
  kSTRAY,
  kEND,
};

struct Token {
  TokenKind kind;
  std::uint32_t begin;  ///< byte offsets in the file
  std::uint32_t end;
};

/// A node or a token of the tree, as a child of a node sees it.
struct Node {
  NodeKind kind{};
  bool error = false;      ///< the text here did not follow the grammar
  std::uint32_t size = 1;  ///< this node and all below it
  std::uint32_t first_token =
      0;  ///< index of the first token (not blank) of the node; an empty node: where it stands
  std::uint32_t last_token = 0;  ///< one past its last token
};

struct SyntaxTree;
using NodeId = Id<Node>;

struct SyntaxTree {
  source::FileId file;
  std::string_view text;      ///< owned by the SourceMap
  std::vector<Token> tokens;  ///< all of them, blanks and comments too, in order; the last is kEND
  std::vector<Node> nodes;    ///< nodes[0] is the file

  [[nodiscard]] const Node& node(NodeId id) const { return nodes[id.index]; }
  [[nodiscard]] NodeKind kind(NodeId id) const { return nodes[id.index].kind; }
  [[nodiscard]] NodeId root() const { return NodeId{std::size_t{0}}; }
  [[nodiscard]] source::Span span(NodeId id) const;  ///< from its first to its last token
  [[nodiscard]] source::Span span(const Token& token) const {
    return {file, token.begin, token.end};
  }
  [[nodiscard]] std::string_view text_of(const Token& token) const {
    return text.substr(token.begin, token.end - token.begin);
  }
  [[nodiscard]] std::string_view text_of(NodeId id) const;

  /// Direct child nodes, in order.
  [[nodiscard]] std::vector<NodeId> children(NodeId id) const;
  [[nodiscard]] std::vector<NodeId> children(NodeId id, NodeKind kind) const;
  /// The first direct child of a kind; not valid if there is none.
  [[nodiscard]] NodeId child(NodeId id, NodeKind kind) const;
  /// Indices of the tokens that belong to the node itself and to none of its children; no blanks or
  /// comments.
  [[nodiscard]] std::vector<std::uint32_t> own_tokens(NodeId id) const;
  /// The first own token of a kind, or nullptr.
  [[nodiscard]] const Token* token(NodeId id, TokenKind kind) const;
  [[nodiscard]] bool has(NodeId id, TokenKind kind) const { return token(id, kind) != nullptr; }
};

std::string_view node_name(NodeKind kind);
std::string_view token_name(TokenKind kind);

}  // namespace juzhu::syntax
