// One typed line as words: the language's own tokens with their places, and Chinese that is written
// without blanks parted into the words that are known (孩子小美 as 孩子 and 小美). Names are
// compared the way people type them: without case, blanks like underscores.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/syntax_tree.h"
#include "value/place_tree.h"

namespace juzhu::session {

struct Word {
  syntax::TokenKind kind{};
  std::string text;  ///< full-width letters made ASCII
  std::uint32_t begin = 0;
  std::uint32_t end = 0;  ///< bytes in the line
};

/// Whether a text, as `key_of` makes it, is a word by itself.
using IsKnown = std::function<bool(std::string_view)>;

/// The words of a line, without blanks and comments. Of several ways to part a run of Chinese the
/// longest known word goes first; what nothing knows stays whole.
std::vector<Word> words_of(std::string_view line, const IsKnown& is_known);

/// Small letters, blanks for underscores, one blank at a time: what names are compared by.
std::string key_of(std::string_view name);

/// The words [first, first + count) as one name: with blanks between them, but not between Chinese.
std::string phrase_of(const std::vector<Word>& words, std::size_t first, std::size_t count);

bool is_han(std::string_view text);  ///< starts with a Chinese character

/// The small words of lines, in both tongues.
enum class Particle {
  kNone,
  kIs,      ///< is, are, =, 为, 是
  kHas,     ///< has, with, 有, 具有
  kNo,      ///< no, lacks, without, 没有, 无, 缺少
  kSince,   ///< since, from, 自, 从
  kUntil,   ///< to, until, 至, 到
  kIn,      ///< in, at, 在, 于
  kOn,      ///< on, 截至
  kAnd,     ///< and, 和, 且
  kOf,      ///< of, for, 的, 's
  kBy,      ///< by, 按, 依
  kUnder,   ///< under
  kOnly,    ///< only, 仅
  kStarts,  ///< starts, begins, 始于
  kEnds,    ///< ends, ended, 终于, 止于
  kNow,     ///< now, 至今
  kStill,   ///< words that say nothing: the, a, an, 起
};
Particle particle_of(const Word& word);
/// Every spelling of every particle, for parting runs of Chinese.
bool is_particle(std::string_view key);

/// How many words from `at` on name a place of the tree, the longest first; 0: none do.
std::size_t place_words(const std::vector<Word>& words, std::size_t at,
                        const value::PlaceTree& places);
/// The words that were meant for a place: a path as it is typed, known or not.
std::size_t path_words(const std::vector<Word>& words, std::size_t at);
/// Words of a place as one text, Shenzhen.Baoan.
std::string path_text(const std::vector<Word>& words, std::size_t at, std::size_t count);

}  // namespace juzhu::session
