#include "syntax/syntax_tree.h"

#include <array>

namespace juzhu::syntax {
namespace {

constexpr std::array kNodeNames{
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define JUZHU_NODE(name, rule) std::string_view{rule},
#include "syntax/nodes.def"
#undef JUZHU_NODE
};

constexpr std::array kTokenNames{
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define KEYWORD(token, english, chinese) std::string_view{#token},
#include "keywords.def"
#undef KEYWORD
    std::string_view{"DATE"},       std::string_view{"MONTH"},  std::string_view{"MONTH_DAY"},
    std::string_view{"NUMBER"},     std::string_view{"STRING"}, std::string_view{"NAME"},
    std::string_view{"POSSESSIVE"}, std::string_view{"LBRACE"}, std::string_view{"RBRACE"},
    std::string_view{"LPAREN"},     std::string_view{"RPAREN"}, std::string_view{"BAR"},
    std::string_view{"COLON"},      std::string_view{"SEMI"},   std::string_view{"COMMA"},
    std::string_view{"DOT"},        std::string_view{"SLASH"},  std::string_view{"STAR"},
    std::string_view{"PLUS"},       std::string_view{"MINUS"},  std::string_view{"PERCENT"},
    std::string_view{"COMMENT"},    std::string_view{"BLANK"},  std::string_view{"STRAY"},
    std::string_view{"END"},
};
static_assert(kTokenNames.size() == static_cast<std::size_t>(TokenKind::kEND) + 1);

/// Tokens that no node owns: between words, or not of the language.
bool is_between(TokenKind kind) {
  return kind == TokenKind::kBLANK || kind == TokenKind::kCOMMENT || kind == TokenKind::kSTRAY ||
         kind == TokenKind::kEND;
}

}  // namespace

source::Span SyntaxTree::span(NodeId id) const {
  const Node& node = nodes[id.index];
  if (node.first_token >= node.last_token) {
    const std::uint32_t at = tokens[node.first_token].begin;
    return {file, at, at};
  }
  return {file, tokens[node.first_token].begin, tokens[node.last_token - 1].end};
}

std::string_view SyntaxTree::text_of(NodeId id) const {
  const source::Span place = span(id);
  return text.substr(place.begin, place.end - place.begin);
}

std::vector<NodeId> SyntaxTree::children(NodeId id) const {
  std::vector<NodeId> result;
  const std::size_t end = id.index + nodes[id.index].size;
  for (std::size_t at = id.index + 1U; at < end; at += nodes[at].size)
    result.emplace_back(at);
  return result;
}

std::vector<NodeId> SyntaxTree::children(NodeId id, NodeKind kind) const {
  std::vector<NodeId> result;
  const std::size_t end = id.index + nodes[id.index].size;
  for (std::size_t at = id.index + 1U; at < end; at += nodes[at].size) {
    if (nodes[at].kind == kind) result.emplace_back(at);
  }
  return result;
}

NodeId SyntaxTree::child(NodeId id, NodeKind kind) const {
  const std::size_t end = id.index + nodes[id.index].size;
  for (std::size_t at = id.index + 1U; at < end; at += nodes[at].size) {
    if (nodes[at].kind == kind) return NodeId{at};
  }
  return {};
}

std::vector<std::uint32_t> SyntaxTree::own_tokens(NodeId id) const {
  std::vector<std::uint32_t> result;
  const Node& node = nodes[id.index];
  std::size_t child = id.index + 1U;
  const std::size_t end = id.index + node.size;
  for (std::uint32_t at = node.first_token; at < node.last_token; ++at) {
    while (child < end && nodes[child].last_token <= at)
      child += nodes[child].size;
    if (child < end && nodes[child].first_token <= at) {
      at = nodes[child].last_token - 1;
      continue;
    }
    if (!is_between(tokens[at].kind)) result.push_back(at);
  }
  return result;
}

const Token* SyntaxTree::token(NodeId id, TokenKind kind) const {
  const Node& node = nodes[id.index];
  std::size_t child = id.index + 1U;
  const std::size_t end = id.index + node.size;
  for (std::uint32_t at = node.first_token; at < node.last_token; ++at) {
    while (child < end && nodes[child].last_token <= at)
      child += nodes[child].size;
    if (child < end && nodes[child].first_token <= at) {
      at = nodes[child].last_token - 1;
      continue;
    }
    if (tokens[at].kind == kind) return &tokens[at];
  }
  return nullptr;
}

std::string_view node_name(NodeKind kind) { return kNodeNames.at(static_cast<std::size_t>(kind)); }
std::string_view token_name(TokenKind kind) {
  return kTokenNames.at(static_cast<std::size_t>(kind));
}

}  // namespace juzhu::syntax
