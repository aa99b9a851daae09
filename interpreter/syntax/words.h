// From the lexer's tokens to the language's: words become keywords, phrases become one token, and
// the author's frequent slips are told and mended so that reading can go on.
#pragma once

#include <vector>

#include "syntax/complaints.h"
#include "syntax/keywords.h"
#include "syntax/syntax_tree.h"

namespace juzhu::syntax {

/// The tongue most keywords of a text are in; messages spell keywords in it.
Tongue tongue_of(std::string_view text, const std::vector<Token>& raw);

/// Reports what is no part of the language. `=`, `<=` and their like become the keyword they stand
/// for, a text or name without its closing quote becomes one that ends with the line; other strays
/// stay kSTRAY, which no rule sees. Also parts 第 from a run of Chinese characters before a number:
/// 条例第19条.
std::vector<Token> mend_strays(std::string_view text, const std::vector<Token>& raw,
                               Complaints& complaints);

/// Reports dates in the habits of other programs and of letters, `2020/5/1` and `1 January 2020`,
/// each one token from here on, so that reading goes on as if the date were right.
std::vector<Token> mend_dates(std::string_view text, const std::vector<Token>& tokens,
                              Complaints& complaints);

/// Merges words into keywords by longest match; blanks inside a phrase become part of its token,
/// comments do not.
std::vector<Token> merge_keywords(std::string_view text, const std::vector<Token>& mended);

}  // namespace juzhu::syntax
