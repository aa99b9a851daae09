// The proof that a formatted text says what the text before said: both are read again and compared
// part by part. What may differ is only what means the same in either tongue: the spelling of a
// keyword, `is` before a comparing word, the form of a date, an article or a number, the order of
// two names, and a name for its other spelling.
#pragma once

#include <optional>
#include <string>

#include "format/names.h"
#include "syntax/syntax_tree.h"

namespace juzhu::format {

/// The first difference in words; no value: there is none. Without names every name must be the
/// same.
std::optional<std::string> first_difference(const syntax::SyntaxTree& before,
                                            const syntax::SyntaxTree& after, const Names* names);

}  // namespace juzhu::format
