// A rule file laid out as the house lays it out, in the tongues it is written in or in one of the
// two. The author's line breaks, comments and (single) empty lines stay; everything within a line,
// indentation, columns and spelling are set anew.
//
// Formatting what is formatted changes nothing. A text is only given out if reading it again gives
// the same program (proof.h); where it would not, that is our mistake, and `wrong` says what
// differs.
#pragma once

#include <optional>
#include <string>

#include "format/names.h"
#include "syntax/syntax_tree.h"

namespace juzhu::format {

struct Formatted {
  std::string text;
  std::optional<std::string> wrong;  ///< the text is not the same program, and must not be used
};

/// The tree must be one without errors. `to`: the tongue to write; names are turned only with a
/// table.
Formatted format(const syntax::SyntaxTree& tree, std::optional<syntax::Tongue> to,
                 const Names* names);

}  // namespace juzhu::format
