// A text written anew from its tree, token by token: keywords, dates and names in a tongue, blanks
// as one likes. What a formatter does without layout; a formatter can take its place (see
// Formatter).
#pragma once

#include <functional>
#include <string>

#include "property.h"
#include "syntax/keywords.h"

namespace juzhu::generated {

enum class Spelling { kAsWritten, kEnglish, kChinese, kMixed };

struct RewriteOptions {
  Spelling keywords = Spelling::kAsWritten;
  Spelling names = Spelling::kAsWritten;
  bool blanks = false;  ///< other blanks and comments between the tokens
};
std::string rewrite(const syntax::SyntaxTree& tree, const Dictionary& dictionary, Random& random,
                    const RewriteOptions& options);

/// Text of a tree in a tongue. The reprinting property runs it on every program if there is one:
/// the text must parse to the same tree, and come back the same from the other tongue.
using Formatter = std::function<std::string(const syntax::SyntaxTree&, syntax::Tongue)>;
/// Empty as long as the interpreter has no formatter; the one place to name it.
Formatter formatter();

/// Where two trees differ as programs: in their nodes, or in tokens other than blanks and comments
/// whose meaning is not that of their spelling in a tongue. Empty: nowhere.
std::string difference(const syntax::SyntaxTree& left, const syntax::SyntaxTree& right,
                       const Dictionary& dictionary);

}  // namespace juzhu::generated
