// Text in, tree and diagnostics out. No type of the parser generator is seen beyond this door.
//
// Errors: the text is checked for its encoding first (invalid UTF-8: `not-utf8`, with a guess at
// GB18030), then for size and nesting, then parsed; every stretch of damage gives one message. A
// byte-order mark and CRLF are accepted.
#pragma once

#include "diag/diagnostic.h"
#include "syntax/syntax_tree.h"

namespace juzhu::syntax {

/// What a user may send (semantics.md 9).
struct ParseLimits {
  std::size_t file_bytes = 8U << 20U;
  std::size_t tokens = 2'000'000;
  std::size_t nesting = 64;  ///< brackets, and rules within rules without brackets
  std::size_t errors = 20;   ///< messages per file
};

SyntaxTree parse(const source::SourceMap& sources, source::FileId file, diag::Sink& sink,
                 const ParseLimits& limits = {});

/// The value of a NAME token: quotes 「 」 taken off, full-width letters made ASCII, NFC.
std::string name_of(std::string_view token_text);
/// The value of a STRING token: without its quotes.
std::string string_of(std::string_view token_text);

}  // namespace juzhu::syntax
