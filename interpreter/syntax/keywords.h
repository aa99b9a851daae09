// The words of the language in both tongues, as listed once in grammar/keywords.def. Used by the
// keyword pass, by messages, completion, the formatter and the reference.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bilingual.h"
#include "syntax/syntax_tree.h"

namespace juzhu::syntax {

enum class Tongue { kEnglish, kChinese };

struct Keyword {
  TokenKind kind;
  std::string_view
      english;  ///< spellings separated by `|`; the first is the formatter's; may be empty
  std::string_view chinese;
};

/// All keywords in the order of keywords.def; the index of a keyword is its TokenKind.
std::span<const Keyword> keywords();
bool is_keyword(TokenKind kind);
/// The spelling that the formatter writes; the other tongue's where one has none (第 has no English
/// word).
std::string_view spelling(TokenKind kind, Tongue tongue);
/// Every spelling of one keyword in one tongue.
std::vector<std::string_view> spellings(TokenKind kind, Tongue tongue);
/// Every spelling of every keyword in one tongue, for completion.
std::vector<std::string> all_spellings(Tongue tongue);
/// The keyword of one word (no phrases), full-width letters folded.
std::optional<TokenKind> keyword_of(std::string_view word);
/// Whether a name must be written in 「 」 because the bare word is a keyword. Phrases reserve
/// nothing: `first` and `least` are names, and so are `longest`, a keyword only before `full`,
/// `started` or `days`, and 其他, one only after the rows of a table.
bool is_reserved(std::string_view word);

/// How a message calls a token: keywords and punctuation in back quotes, the rest in words ("a
/// name", 名称). Keywords are spelled in the tongue of the file, whoever reads the message: that is
/// the spelling its author writes.
Bilingual describe(TokenKind kind, Tongue tongue);

/// Full-width letters, digits and signs made ASCII; everything else as it was.
std::string fold_width(std::string_view text);

}  // namespace juzhu::syntax
