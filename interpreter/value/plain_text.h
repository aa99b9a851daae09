// How texts of data are compared: full-width letters, digits and signs (U+FF01 to U+FF5E) as ASCII,
// the ideographic space as a blank, no blanks around. Case is kept (semantics.md 2.3).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace juzhu::value {

std::string plain_text(std::string_view text);
/// The parts of a list as a cell writes it, parted by `;` `；` or `、`; each plain, empty ones left
/// out.
std::vector<std::string> split_list(std::string_view text);

}  // namespace juzhu::value
