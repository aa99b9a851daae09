#include "syntax/brackets.h"

#include <algorithm>

namespace juzhu::syntax {
namespace {

TokenKind opening(TokenKind closing) {
  return closing == TokenKind::kRBRACE ? TokenKind::kLBRACE : TokenKind::kLPAREN;
}

/// A word that begins a declaration at the very left, where nothing inside a bracket stands.
bool begins_declaration(std::string_view text, const Token& token) {
  if (token.begin == 0 || text[token.begin - 1] != '\n') return false;
  switch (token.kind) {
    case TokenKind::kENTITY:
    case TokenKind::kSPELLS:
    case TokenKind::kCHOICE:
    case TokenKind::kUNIT:
    case TokenKind::kROLE:
    case TokenKind::kDIVISION:
    case TokenKind::kDIVISIONS:
    case TokenKind::kSOURCE:
    case TokenKind::kSERVICE:
    case TokenKind::kPARAMETER:
    case TokenKind::kDEFINE:
    case TokenKind::kRULE:
    case TokenKind::kGATE:
    case TokenKind::kSCENARIO:
      return true;
    default:
      return false;
  }
}

}  // namespace

Brackets check_brackets(std::string_view text, const std::vector<Token>& tokens,
                        std::size_t nesting) {
  Brackets result;
  std::vector<std::uint32_t> open;
  const auto leave_open = [&](auto from) {
    result.unclosed.insert(result.unclosed.end(), from, open.end());
    open.erase(from, open.end());
  };
  std::size_t depth = 0;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    const TokenKind kind = tokens[at].kind;
    if (kind == TokenKind::kLBRACE || kind == TokenKind::kLPAREN) {
      if (depth == nesting) {
        result.too_deep = static_cast<std::uint32_t>(at);
        return result;
      }
      ++depth;
      open.push_back(static_cast<std::uint32_t>(at));
    } else if (kind == TokenKind::kRBRACE || kind == TokenKind::kRPAREN) {
      if (depth > 0) --depth;
      // `{ ( }`: the brace closes its partner, and the bracket between is the one left open.
      const auto partner = std::find_if(open.rbegin(), open.rend(), [&](std::uint32_t index) {
        return tokens[index].kind == opening(kind);
      });
      if (partner == open.rend()) continue;
      leave_open(partner.base());
      open.pop_back();
    } else if (!open.empty() && begins_declaration(text, tokens[at])) {
      leave_open(open.begin());
    }
  }
  leave_open(open.begin());
  return result;
}

}  // namespace juzhu::syntax
