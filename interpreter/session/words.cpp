#include "session/words.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <unordered_map>

#include "diag/diagnostic.h"
#include "diag/render.h"
#include "syntax/keywords.h"
#include "syntax/parse.h"
#include "value/place_text.h"
#include "value/plain_text.h"

namespace juzhu::session {
namespace {

using syntax::TokenKind;

struct Spellings {
  Particle particle;
  std::vector<std::string_view> spellings;
};

const std::unordered_map<std::string_view, Particle>& particles() {
  static const auto* const kTable = [] {
    const std::array<Spellings, 16> lists{
        {{Particle::kIs, {"is", "are", "was", "为", "是"}},
         {Particle::kHas, {"has", "have", "with", "有", "具有", "以"}},
         {Particle::kNo, {"no", "not", "lacks", "without", "has no", "没有", "无", "缺少", "非"}},
         {Particle::kSince, {"since", "from", "自", "从", "自从"}},
         {Particle::kUntil, {"to", "until", "till", "至", "到"}},
         {Particle::kIn, {"in", "at", "在", "于", "位于"}},
         {Particle::kOn, {"on", "截至"}},
         {Particle::kAnd, {"and", "和", "且", "及"}},
         {Particle::kOf, {"of", "for", "的"}},
         {Particle::kBy, {"by", "按", "依"}},
         {Particle::kUnder, {"under", "under reform", "依改革"}},
         {Particle::kOnly, {"only", "仅", "只"}},
         {Particle::kStarts, {"starts", "begins", "started", "始于", "开始于"}},
         {Particle::kEnds, {"ends", "ended", "终于", "止于", "结束于"}},
         {Particle::kNow, {"now", "today", "至今", "现在"}},
         {Particle::kStill, {"the", "a", "an", "起", "止", "家", "一家"}}}};
    auto* table = new std::unordered_map<std::string_view, Particle>;
    for (const Spellings& each : lists) {
      for (const std::string_view spelling : each.spellings)
        table->emplace(spelling, each.particle);
    }
    return table;
  }();
  return *kTable;
}

/// Ends of the characters of a text.
std::vector<std::size_t> character_ends(std::string_view text) {
  std::vector<std::size_t> ends;
  for (std::size_t at = 0; at < text.size();) {
    at += diag::character_size(text.substr(at));
    ends.push_back(at);
  }
  return ends;
}

/// A run of Chinese as known words and what stands between them.
void part(const Word& run, const IsKnown& is_known, std::vector<Word>& into) {
  const auto known = [&](std::string_view text) { return is_particle(text) || is_known(text); };
  const std::vector<std::size_t> ends = character_ends(run.text);
  const auto add = [&](std::size_t from, std::size_t to) {
    if (from == to) return;
    into.push_back({TokenKind::kNAME, run.text.substr(from, to - from),
                    run.begin + static_cast<std::uint32_t>(from),
                    run.begin + static_cast<std::uint32_t>(to)});
  };
  std::size_t done = 0;
  for (std::size_t at = 0; at < run.text.size();) {
    std::size_t longest = at;
    for (const std::size_t end : ends) {
      if (end > at && known(std::string_view(run.text).substr(at, end - at))) longest = end;
    }
    if (longest == at) {
      at = *std::upper_bound(ends.begin(), ends.end(), at);
      continue;
    }
    add(done, at);
    add(at, longest);
    at = done = longest;
  }
  add(done, run.text.size());
}

bool is_place_word(const Word& word) {
  return word.kind == TokenKind::kDOT || word.kind == TokenKind::kNAME ||
         word.kind == TokenKind::kNUMBER;
}

}  // namespace

std::string key_of(std::string_view name) {
  std::string key;
  for (const char letter : syntax::fold_width(name)) {
    const bool blank = letter == '_' || letter == ' ' || letter == '\t';
    if (blank && (key.empty() || key.back() == ' ')) continue;
    key += blank ? ' ' : static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  }
  while (!key.empty() && key.back() == ' ')
    key.pop_back();
  return key;
}

bool is_han(std::string_view text) {
  return !text.empty() && static_cast<unsigned char>(text.front()) >= 0xE3U &&
         static_cast<unsigned char>(text.front()) <= 0xF0U;
}

std::string phrase_of(const std::vector<Word>& words, std::size_t first, std::size_t count) {
  std::string phrase;
  for (std::size_t at = first; at < first + count && at < words.size(); ++at) {
    const std::string& text = words[at].text;
    if (!phrase.empty() && !(is_han(text) || is_han(words[at - 1].text))) phrase += ' ';
    phrase += text;
  }
  return phrase;
}

std::vector<Word> words_of(std::string_view line, const IsKnown& is_known) {
  source::SourceMap sources;
  const source::FileId file = sources.add("line", std::string(line));
  diag::Sink unheard;  // the parser speaks of rule files; only its tokens are wanted
  const syntax::SyntaxTree tree = syntax::parse(sources, file, unheard);
  std::vector<Word> words;
  for (const syntax::Token& token : tree.tokens) {
    if (token.kind == TokenKind::kBLANK || token.kind == TokenKind::kCOMMENT) continue;
    if (token.kind == TokenKind::kEND || token.begin == token.end) continue;
    const std::string_view text = tree.text_of(token);
    Word word{token.kind, std::string(text), token.begin, token.end};
    if (token.kind == TokenKind::kNAME && is_han(text)) {
      part(word, is_known, words);
    } else {
      word.text = token.kind == TokenKind::kNAME ? syntax::name_of(text) : syntax::fold_width(text);
      words.push_back(std::move(word));
    }
  }
  return words;
}

bool is_particle(std::string_view key) { return particles().contains(key); }

Particle particle_of(const Word& word) {
  if (word.kind == TokenKind::kPOSSESSIVE) return Particle::kOf;
  if (word.kind == TokenKind::kIS) return Particle::kIs;
  const auto found = particles().find(key_of(word.text));
  return found == particles().end() ? Particle::kNone : found->second;
}

std::string path_text(const std::vector<Word>& words, std::size_t at, std::size_t count) {
  std::string text;
  for (std::size_t i = at; i < at + count; ++i)
    text += words[i].kind == TokenKind::kDOT ? "." : words[i].text;
  return text;
}

std::size_t path_words(const std::vector<Word>& words, std::size_t at) {
  std::size_t count = 0;
  while (at + count < words.size() && is_place_word(words[at + count])) {
    const bool dot = words[at + count].kind == TokenKind::kDOT;
    const bool after_dot = count > 0 && words[at + count - 1].kind == TokenKind::kDOT;
    if (count > 0 && !dot && !after_dot) break;
    ++count;
  }
  return count;
}

std::size_t place_words(const std::vector<Word>& words, std::size_t at,
                        const value::PlaceTree& places) {
  std::size_t most = 0;
  while (at + most < words.size() && is_place_word(words[at + most]))
    ++most;
  for (std::size_t count = most; count > 0; --count) {
    // Latin names are parted by dots; Chinese ones may run together.
    if (!is_han(words[at].text) && count > path_words(words, at)) continue;
    std::vector<value::PlaceNode> several;
    const auto node =
        value::read_place_text(places, value::plain_text(path_text(words, at, count)), &several);
    if (node || !several.empty()) return count;
  }
  return 0;
}

}  // namespace juzhu::session
