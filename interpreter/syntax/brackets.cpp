#include "syntax/brackets.h"

#include <algorithm>

namespace juzhu::syntax {
namespace {

TokenKind opening(TokenKind closing) {
  return closing == TokenKind::kRBRACE ? TokenKind::kLBRACE : TokenKind::kLPAREN;
}

}  // namespace

Brackets check_brackets(const std::vector<Token>& tokens, std::size_t nesting) {
  Brackets result;
  std::vector<std::uint32_t> open;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    const TokenKind kind = tokens[at].kind;
    if (kind == TokenKind::kLBRACE || kind == TokenKind::kLPAREN) {
      if (open.size() == nesting) {
        result.too_deep = static_cast<std::uint32_t>(at);
        return result;
      }
      open.push_back(static_cast<std::uint32_t>(at));
    } else if (kind == TokenKind::kRBRACE || kind == TokenKind::kRPAREN) {
      // `{ ( }`: the brace closes its partner, and the bracket between is the one left open.
      const auto partner = std::find_if(open.rbegin(), open.rend(), [&](std::uint32_t index) {
        return tokens[index].kind == opening(kind);
      });
      if (partner == open.rend()) continue;
      result.unclosed.insert(result.unclosed.end(), partner.base(), open.end());
      open.erase(partner.base() - 1, open.end());
    }
  }
  result.unclosed.insert(result.unclosed.end(), open.begin(), open.end());
  std::sort(result.unclosed.begin(), result.unclosed.end());
  return result;
}

}  // namespace juzhu::syntax
