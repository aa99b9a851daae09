// The parser generator behind a plain door: characters to tokens, tokens to nodes. Nothing here
// speaks to the author; what went wrong comes back as data and gets its words in syntax_errors.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/syntax_tree.h"

namespace juzhu::syntax {

/// One stretch of damage, by index into the tokens.
struct Problem {
  enum class Kind {
    kUnexpected,   ///< the token does not fit
    kMissing,      ///< something must stand before the token
    kReserved,     ///< the token is a keyword where a name must stand; read as that name
    kNotContinued  ///< the token neither continues the declaration before it nor begins one
  };
  Kind kind = Kind::kUnexpected;
  std::uint32_t token = 0;
  std::vector<TokenKind> expected;
  std::optional<std::uint32_t> declaration;  ///< first token of the declaration that is damaged
};

struct ParsedNodes {
  std::vector<Node> nodes;  ///< pre-order; the first is the file
  std::vector<Problem> problems;
  std::optional<std::uint32_t>
      too_deep;  ///< the token where rules nest too deep; nodes holds the file alone
};

/// Splits valid UTF-8 into tokens that cover it without gaps; the last is kEND. Words are all
/// kNAME.
std::vector<Token> lex(std::string_view text);

/// Parses merged tokens; blanks, comments and strays are passed over. `nesting` bounds rules within
/// rules that need no bracket; stops looking after `max_problems`.
ParsedNodes parse_nodes(const std::vector<Token>& tokens, std::size_t nesting,
                        std::size_t max_problems);

/// The rules of the grammar in its order and the names of its tokens: what nodes.def and
/// keywords.def must say.
std::vector<std::string> grammar_rules();
std::vector<std::string> grammar_tokens();

}  // namespace juzhu::syntax
