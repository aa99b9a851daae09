// A text written anew from its tree, token by token: keywords, dates and names in a tongue, blanks
// as one likes. The formatter does more, and is checked beside it.
#pragma once

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

/// Where two trees differ as programs: in their nodes, or in tokens other than blanks and comments
/// whose meaning is not that of their spelling in a tongue. Empty: nowhere.
std::string difference(const syntax::SyntaxTree& left, const syntax::SyntaxTree& right,
                       const Dictionary& dictionary);

}  // namespace juzhu::generated
