// Brackets, looked at before parsing: how deep they go and which are never closed.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "syntax/syntax_tree.h"

namespace juzhu::syntax {

struct Brackets {
  std::optional<std::uint32_t> too_deep;  ///< the first opening bracket beyond the limit
  std::vector<std::uint32_t> unclosed;    ///< opening brackets without a partner
};

/// A declaration at the left margin closes the search: what is open above it stays open.
Brackets check_brackets(std::string_view text, const std::vector<Token>& tokens,
                        std::size_t nesting);

}  // namespace juzhu::syntax
