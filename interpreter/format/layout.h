// Words to a page: the author's line breaks, with indentation, blanks and columns set anew. Driven
// by tokens and nodes in general, so that a new construct is laid out without a line here.
#pragma once

#include <string>
#include <vector>

#include "format/spell.h"

namespace juzhu::format {

std::string lay_out(const syntax::SyntaxTree& tree, const std::vector<Word>& words);

}  // namespace juzhu::format
