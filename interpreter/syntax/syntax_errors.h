// The words for what the parser found: problems as data in, messages out.
#pragma once

#include "syntax/antlr/antlr_parser.h"
#include "syntax/brackets.h"
#include "syntax/complaints.h"

namespace juzhu::syntax {

void complain(const SyntaxTree& tree, const std::vector<Problem>& problems,
              const Brackets& brackets, Complaints& complaints);

/// "`;`, `}` or a remark such as `cites`": at most five things, words of one family under one name.
Bilingual list_expected(const std::vector<TokenKind>& expected, Tongue tongue);

}  // namespace juzhu::syntax
