// Small questions about the words of a line, shared by the files that read lines. Not seen outside
// this room.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "session/words.h"
#include "value/cell.h"

namespace juzhu::session {

/// Words that a name may have.
inline constexpr std::size_t kLongestName = 6;

inline bool is_separator(const Word& word) {
  return word.kind == syntax::TokenKind::kCOMMA || word.kind == syntax::TokenKind::kSEMI;
}

inline bool is_set(const value::Fact& fact) {
  return fact.type.kind == value::TypeKind::kChoiceSet ||
         fact.type.kind == value::TypeKind::kMemberSet;
}

/// The longest name that starts at a word: what `find` makes of it, and how many words it takes.
template <typename Find>
auto longest(const std::vector<Word>& words, std::size_t at, const Find& find)
    -> std::pair<decltype(find(std::string())), std::size_t> {
  for (std::size_t count = std::min(kLongestName, words.size() - std::min(at, words.size()));
       count > 0; --count) {
    if (auto found = find(key_of(phrase_of(words, at, count)))) return {found, count};
  }
  return {{}, 0};
}

inline bool says_not_asked(std::string_view text) {
  return value::state_word(text) == value::InputState::kNotAsked || key_of(text) == "not asked";
}

}  // namespace juzhu::session
