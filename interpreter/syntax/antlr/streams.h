// What the parser generator's runtime reads: our text as code points, our tokens as its own.
// Included by antlr_parser.cpp alone.
#pragma once

#include <JuzhuLexer.h>
#include <JuzhuParser.h>
#include <antlr4-runtime.h>

#include <algorithm>
#include <array>
#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "syntax/syntax_tree.h"

namespace juzhu::syntax {

using grammar::JuzhuLexer;
using grammar::JuzhuParser;

constexpr std::size_t kKindCount = static_cast<std::size_t>(TokenKind::kEND) + 1;
using KindSet = std::bitset<kKindCount>;

constexpr std::array<std::size_t, kKindCount> kTypeOfKind{
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define KEYWORD(token, english, chinese) JuzhuParser::token,
#include "keywords.def"
#undef KEYWORD
    JuzhuParser::DATE,    JuzhuParser::MONTH,   JuzhuParser::MONTH_DAY,  JuzhuParser::NUMBER,
    JuzhuParser::STRING,  JuzhuParser::NAME,    JuzhuParser::POSSESSIVE, JuzhuParser::LBRACE,
    JuzhuParser::RBRACE,  JuzhuParser::LPAREN,  JuzhuParser::RPAREN,     JuzhuParser::BAR,
    JuzhuParser::COLON,   JuzhuParser::SEMI,    JuzhuParser::COMMA,      JuzhuParser::DOT,
    JuzhuParser::SLASH,   JuzhuParser::STAR,    JuzhuParser::PLUS,       JuzhuParser::MINUS,
    JuzhuParser::PERCENT, JuzhuParser::COMMENT, JuzhuParser::BLANK,      JuzhuParser::STRAY,
    antlr4::Token::EOF,
};

inline std::size_t type_of(TokenKind kind) {
  return kTypeOfKind.at(static_cast<std::size_t>(kind));
}

inline TokenKind kind_of(std::size_t type) {
  if (type == JuzhuParser::LIST_LBRACE) return TokenKind::kLBRACE;
  const auto* const found = std::find(kTypeOfKind.begin(), kTypeOfKind.end(), type);
  JUZHU_CHECK(found != kTypeOfKind.end());
  return static_cast<TokenKind>(found - kTypeOfKind.begin());
}

/// `highest of {` opens a list, `highest of x` does not; see LIST_LBRACE in the grammar.
inline bool opens_list_after(TokenKind kind) {
  return kind == TokenKind::kHIGHEST_OF || kind == TokenKind::kLOWEST_OF ||
         kind == TokenKind::kEARLIEST_OF || kind == TokenKind::kLATEST_OF;
}

inline bool is_passed_over(TokenKind kind) {
  return kind == TokenKind::kBLANK || kind == TokenKind::kCOMMENT || kind == TokenKind::kSTRAY;
}

/// The text as code points, which is what the lexer counts in, with the byte offset of each.
class CodePoints final : public antlr4::CharStream {
 public:
  explicit CodePoints(std::string_view text) {
    points_.reserve(text.size());
    offsets_.reserve(text.size() + 1);
    for (std::size_t at = 0; at < text.size();) {
      offsets_.push_back(static_cast<std::uint32_t>(at));
      const auto lead = static_cast<unsigned char>(text[at]);
      const std::size_t length = lead < 0x80U ? 1 : lead < 0xE0U ? 2 : lead < 0xF0U ? 3 : 4;
      std::uint32_t point = length == 1 ? lead : lead & (0x7FU >> length);
      for (std::size_t next = 1; next < length && at + next < text.size(); ++next) {
        point = (point << 6U) | (static_cast<unsigned char>(text[at + next]) & 0x3FU);
      }
      points_.push_back(point);
      at += length;
    }
    offsets_.push_back(static_cast<std::uint32_t>(text.size()));
  }

  [[nodiscard]] std::uint32_t offset(std::size_t point) const { return offsets_[point]; }

  void consume() override { ++at_; }
  std::size_t LA(ssize_t distance) override {
    const auto at = static_cast<ssize_t>(at_) + (distance > 0 ? distance - 1 : distance);
    if (at < 0 || at >= static_cast<ssize_t>(points_.size())) return antlr4::IntStream::EOF;
    return points_[static_cast<std::size_t>(at)];
  }
  ssize_t mark() override { return -1; }
  void release(ssize_t /*marker*/) override {}
  std::size_t index() override { return at_; }
  void seek(std::size_t index) override { at_ = std::min(index, points_.size()); }
  std::size_t size() override { return points_.size(); }
  [[nodiscard]] std::string getSourceName() const override { return {}; }
  std::string getText(const antlr4::misc::Interval& /*range*/) override { return {}; }
  [[nodiscard]] std::string toString() const override { return {}; }

 private:
  std::vector<std::uint32_t> points_;
  std::vector<std::uint32_t> offsets_;
  std::size_t at_ = 0;
};

/// A token as the runtime wants to see it: a type and a place in the stream. Its text is never
/// asked for.
class StreamToken final : public antlr4::Token {
 public:
  StreamToken(std::size_t type, std::size_t index, std::uint32_t tree_index)
      : type_(type), index_(index), tree_index_(tree_index) {}
  [[nodiscard]] std::uint32_t tree_index() const { return tree_index_; }

  [[nodiscard]] std::string getText() const override { return {}; }
  [[nodiscard]] std::size_t getType() const override { return type_; }
  [[nodiscard]] std::size_t getLine() const override { return 0; }
  [[nodiscard]] std::size_t getCharPositionInLine() const override { return 0; }
  [[nodiscard]] std::size_t getChannel() const override { return DEFAULT_CHANNEL; }
  [[nodiscard]] std::size_t getTokenIndex() const override { return index_; }
  [[nodiscard]] std::size_t getStartIndex() const override { return index_; }
  [[nodiscard]] std::size_t getStopIndex() const override { return index_; }
  [[nodiscard]] antlr4::TokenSource* getTokenSource() const override { return nullptr; }
  [[nodiscard]] antlr4::CharStream* getInputStream() const override { return nullptr; }
  [[nodiscard]] std::string toString() const override { return {}; }

 private:
  std::size_t type_;
  std::size_t index_;
  std::uint32_t tree_index_;
};

/// The tokens that the grammar speaks of, in order.
class WordStream final : public antlr4::TokenStream {
 public:
  explicit WordStream(const std::vector<syntax::Token>& tokens) {
    TokenKind before = TokenKind::kEND;
    for (std::size_t at = 0; at < tokens.size(); ++at) {
      const TokenKind kind = tokens[at].kind;
      if (is_passed_over(kind)) continue;
      const bool list = kind == TokenKind::kLBRACE && opens_list_after(before);
      words_.emplace_back(list ? std::size_t{JuzhuParser::LIST_LBRACE} : type_of(kind),
                          words_.size(), static_cast<std::uint32_t>(at));
      before = kind;
    }
    JUZHU_CHECK(!words_.empty() && words_.back().getType() == antlr4::Token::EOF);
  }

  StreamToken* LT(ssize_t distance) override {
    const auto at = static_cast<ssize_t>(at_) + (distance > 0 ? distance - 1 : distance);
    if (at < 0) return nullptr;
    return &words_[std::min(static_cast<std::size_t>(at), words_.size() - 1)];
  }
  std::size_t LA(ssize_t distance) override {
    const StreamToken* const token = LT(distance);
    return token == nullptr ? std::size_t{antlr4::Token::INVALID_TYPE} : token->getType();
  }
  [[nodiscard]] antlr4::Token* get(std::size_t index) const override {
    return const_cast<StreamToken*>(&words_[index]);  // the interface hands out mutable tokens
  }
  [[nodiscard]] antlr4::TokenSource* getTokenSource() const override { return nullptr; }
  void consume() override { at_ = std::min(at_ + 1, words_.size() - 1); }
  ssize_t mark() override { return -1; }
  void release(ssize_t /*marker*/) override {}
  std::size_t index() override { return at_; }
  void seek(std::size_t index) override { at_ = std::min(index, words_.size() - 1); }
  std::size_t size() override { return words_.size(); }
  [[nodiscard]] std::string getSourceName() const override { return {}; }
  std::string getText(const antlr4::misc::Interval& /*range*/) override { return {}; }
  std::string getText() override { return {}; }
  std::string getText(antlr4::RuleContext* /*context*/) override { return {}; }
  std::string getText(antlr4::Token* /*start*/, antlr4::Token* /*stop*/) override { return {}; }

 private:
  std::vector<StreamToken> words_;
  std::size_t at_ = 0;
};

}  // namespace juzhu::syntax
