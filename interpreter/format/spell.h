// The words of a tree as they will be written: keywords, signs, dates, numbers and names in the
// tongue that is asked for, each still tied to the token it came from. Where they stand on the page
// is layout's matter.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "format/names.h"
#include "syntax/syntax_tree.h"

namespace juzhu::format {

/// What is written for one token, or for several that stand for one thing (第19条).
struct Word {
  std::uint32_t token = 0;     ///< the first it stands for
  std::uint32_t newlines = 0;  ///< line breaks the author has before it
  std::string text;
  syntax::Tongue tongue = syntax::Tongue::kEnglish;
  bool is_comment = false;
};

struct SpellOptions {
  std::optional<syntax::Tongue>
      to;                        ///< none: each declaration in the tongue most of its words are in
  const Names* names = nullptr;  ///< none: names stay as written
  bool quote_doubtful = false;   ///< 「」 around every name that a keyword begins or ends with
};

std::vector<Word> spell(const syntax::SyntaxTree& tree, const SpellOptions& options);

}  // namespace juzhu::format
