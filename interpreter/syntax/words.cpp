#include "syntax/words.h"

#include <algorithm>
#include <optional>
#include <unordered_map>

namespace juzhu::syntax {
namespace {

std::string_view text_of(std::string_view text, const Token& token) {
  return text.substr(token.begin, token.end - token.begin);
}

/// One spelling of a keyword as the words it is made of; `yes/no` is three words without blanks
/// between.
struct Phrase {
  TokenKind kind;
  std::vector<std::string_view> words;
  bool blanks;
};

std::vector<std::string_view> words_of(std::string_view spelling) {
  std::vector<std::string_view> result;
  while (!spelling.empty()) {
    const std::size_t length = spelling[0] == '/' ? 1 : spelling.find_first_of(" /");
    result.push_back(spelling.substr(0, length));
    spelling.remove_prefix(std::min(length, spelling.size()));
    if (spelling.starts_with(' ')) spelling.remove_prefix(1);
  }
  return result;
}

using PhraseTable = std::unordered_map<std::string_view, std::vector<Phrase>>;

/// Phrases by their first word, the longest first.
PhraseTable make_phrases() {
  PhraseTable result;
  for (const Keyword& keyword : keywords()) {
    for (const Tongue tongue : {Tongue::kEnglish, Tongue::kChinese}) {
      for (const std::string_view spelling : spellings(keyword.kind, tongue)) {
        Phrase phrase{keyword.kind, words_of(spelling),
                      spelling.find('/') == std::string_view::npos};
        result[phrase.words.front()].push_back(std::move(phrase));
      }
    }
  }
  for (auto& [word, phrases] : result) {
    std::sort(phrases.begin(), phrases.end(), [](const Phrase& left, const Phrase& right) {
      return left.words.size() > right.words.size();
    });
  }
  return result;
}

class Merger {
 public:
  Merger(std::string_view text, const std::vector<Token>& tokens) : text_(text), tokens_(tokens) {}

  std::vector<Token> run() {
    result_.reserve(tokens_.size());
    for (std::size_t at = 0; at < tokens_.size();) {
      const std::size_t length = tokens_[at].kind == TokenKind::kNAME ? take_keyword(at) : 0;
      if (length == 0) result_.push_back(tokens_[at]);
      at += std::max<std::size_t>(length, 1);
    }
    free_names();
    return std::move(result_);
  }

 private:
  /// The word of a token; folded only where it has to be.
  std::string_view word(std::size_t at) {
    const std::string_view plain = text_of(text_, tokens_[at]);
    if (plain.find('\xEF') == std::string_view::npos) return plain;
    folded_ = fold_width(plain);
    return folded_;
  }

  /// How many tokens from `at` on are the phrase; 0: they are not.
  std::size_t match(std::size_t at, const Phrase& phrase) {
    std::size_t next = at + 1;
    for (std::size_t index = 1; index < phrase.words.size(); ++index) {
      if (phrase.blanks && tokens_[next].kind == TokenKind::kBLANK) ++next;
      const TokenKind kind = tokens_[next].kind;
      if (kind != TokenKind::kNAME && kind != TokenKind::kSLASH) return 0;
      if (word(next) != phrase.words[index]) return 0;
      ++next;
    }
    return next - at;
  }

  /// `if any of { … }` is `if` with a list, not the `if any` of a fact.
  bool is_if_any_of(std::size_t at, const Phrase& phrase, std::size_t length) {
    if (phrase.kind != TokenKind::kIF_ANY || phrase.words.size() == 1) return false;
    std::size_t next = at + length;
    if (tokens_[next].kind == TokenKind::kBLANK) ++next;
    return tokens_[next].kind == TokenKind::kNAME && word(next) == "of";
  }

  std::size_t take_keyword(std::size_t at) {
    static const PhraseTable kPhrases = make_phrases();
    const auto found = kPhrases.find(word(at));
    if (found == kPhrases.end()) return 0;
    for (const Phrase& phrase : found->second) {
      const std::size_t length = match(at, phrase);
      if (length == 0 || is_if_any_of(at, phrase, length)) continue;
      result_.push_back({phrase.kind, tokens_[at].begin, tokens_[at + length - 1].end});
      return length;
    }
    return 0;
  }

  /// Two words are keywords in one place only, so that they stay free as names elsewhere: `longest`
  /// before a measure, and 其他 ("other", a common choice) after the rows of a table. `item` is of
  /// a citation before a number, of a score elsewhere; Chinese has two words, 项 and 计分项.
  void free_names() {
    Token* doubtful = nullptr;
    TokenKind before = TokenKind::kEND;
    for (Token& token : result_) {
      if (token.kind == TokenKind::kBLANK || token.kind == TokenKind::kCOMMENT) continue;
      if (doubtful != nullptr && !stays_keyword(*doubtful, before, token.kind)) {
        doubtful->kind =
            doubtful->kind == TokenKind::kITEM ? TokenKind::kSCORE_ITEM : TokenKind::kNAME;
      }
      if (doubtful != nullptr) before = doubtful->kind;
      const bool other = token.kind == TokenKind::kOTHERWISE && text_of(text_, token) == "其他";
      const bool item = token.kind == TokenKind::kITEM && text_of(text_, token) != "项";
      doubtful = other || item || token.kind == TokenKind::kLONGEST ? &token : nullptr;
      if (doubtful == nullptr) before = token.kind;
    }
  }

  static bool stays_keyword(const Token& token, TokenKind before, TokenKind after) {
    if (token.kind == TokenKind::kOTHERWISE) {
      return before == TokenKind::kBAR && after != TokenKind::kBAR;
    }
    if (token.kind == TokenKind::kITEM) return after == TokenKind::kNUMBER;
    return after == TokenKind::kFULL || after == TokenKind::kSTARTED || after == TokenKind::kDAYS;
  }

  std::string_view text_;
  const std::vector<Token>& tokens_;
  std::vector<Token> result_;
  std::string folded_;
};

}  // namespace

Tongue tongue_of(std::string_view text, const std::vector<Token>& raw) {
  std::size_t english = 0;
  std::size_t chinese = 0;
  for (const Token& token : raw) {
    if (token.kind != TokenKind::kNAME) continue;
    const std::string_view word = text_of(text, token);
    if (!keyword_of(word)) continue;
    ++(static_cast<unsigned char>(word[0]) < 0x80U ? english : chinese);
  }
  return chinese > english ? Tongue::kChinese : Tongue::kEnglish;
}

std::vector<Token> merge_keywords(std::string_view text, const std::vector<Token>& mended) {
  return Merger(text, mended).run();
}

}  // namespace juzhu::syntax
