// Words and turns of other languages and of daily speech, and what is written here instead.
#pragma once

#include "base/bilingual.h"
#include "syntax/syntax_tree.h"

namespace juzhu::syntax {

/// What to write instead of a word; empty if it is nobody's habit.
Bilingual help_for_word(std::string_view word);

/// What to write instead of what stands at a token that does not fit, judged by the tokens around
/// it; empty if it looks like no slip that we know. `ended`: what stands before is complete.
Bilingual help_for_turn(const SyntaxTree& tree, std::size_t at, bool ended);

}  // namespace juzhu::syntax
