// The one file that sees the parser generator's runtime.
//
// The tree is built while the parser walks (enterRule and consume are its only two events), so the runtime keeps no
// tree of its own and nothing recurses over one. Prediction is SLL throughout: the grammar is made so that the first
// alternative is right wherever two would do (loops go on, options are taken). A first run stops at the first error;
// only a damaged file is run again with recovery.
#include "syntax/antlr/antlr_parser.h"

#include <JuzhuLexer.h>
#include <JuzhuParser.h>
#include <antlr4-runtime.h>

#include <algorithm>
#include <array>
#include <bitset>
#include <memory>
#include <utility>

#include "base/check.h"

namespace juzhu::syntax {
namespace {

using antlr4::ParserRuleContext;
using antlr4::atn::ATNState;
using grammar::JuzhuLexer;
using grammar::JuzhuParser;

// ---- Token kinds of the grammar and ours ---------------------------------------------------------------------------

constexpr std::size_t kKindCount = static_cast<std::size_t>(TokenKind::kEND) + 1;
using KindSet = std::bitset<kKindCount>;

constexpr std::array<std::size_t, kKindCount> kTypeOfKind{
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define KEYWORD(token, english, chinese) JuzhuParser::token,
#include "keywords.def"
#undef KEYWORD
    JuzhuParser::DATE,       JuzhuParser::MONTH,  JuzhuParser::MONTH_DAY, JuzhuParser::NUMBER,
    JuzhuParser::STRING,     JuzhuParser::NAME,   JuzhuParser::POSSESSIVE, JuzhuParser::LBRACE,
    JuzhuParser::RBRACE,     JuzhuParser::LPAREN, JuzhuParser::RPAREN,    JuzhuParser::BAR,
    JuzhuParser::COLON,      JuzhuParser::SEMI,   JuzhuParser::COMMA,     JuzhuParser::DOT,
    JuzhuParser::SLASH,      JuzhuParser::STAR,   JuzhuParser::PLUS,      JuzhuParser::MINUS,
    JuzhuParser::PERCENT,    JuzhuParser::COMMENT, JuzhuParser::BLANK,    JuzhuParser::STRAY,
    antlr4::Token::EOF,
};

std::size_t type_of(TokenKind kind) { return kTypeOfKind.at(static_cast<std::size_t>(kind)); }

TokenKind kind_of(std::size_t type) {
  if (type == JuzhuParser::LIST_LBRACE) return TokenKind::kLBRACE;
  const auto* const found = std::find(kTypeOfKind.begin(), kTypeOfKind.end(), type);
  JUZHU_CHECK(found != kTypeOfKind.end());
  return static_cast<TokenKind>(found - kTypeOfKind.begin());
}

/// `highest of {` opens a list, `highest of x` does not; see LIST_LBRACE in the grammar.
bool opens_list_after(TokenKind kind) {
  return kind == TokenKind::kHIGHEST_OF || kind == TokenKind::kLOWEST_OF ||
         kind == TokenKind::kEARLIEST_OF || kind == TokenKind::kLATEST_OF;
}

bool is_passed_over(TokenKind kind) {
  return kind == TokenKind::kBLANK || kind == TokenKind::kCOMMENT || kind == TokenKind::kSTRAY;
}

// ---- Characters in ---------------------------------------------------------------------------------------------------

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

// ---- Tokens between lexer and parser ---------------------------------------------------------------------------------

/// A token as the runtime wants to see it: a type and a place in the stream. Its text is never asked for.
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
      words_.emplace_back(list ? std::size_t{JuzhuParser::LIST_LBRACE} : type_of(kind), words_.size(),
                          static_cast<std::uint32_t>(at));
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

// ---- The parser, writing our nodes -----------------------------------------------------------------------------------

/// Thrown out of the generated code, which lets everything but its own errors pass.
struct TooDeep {
  std::uint32_t token;
};

// A rule's number is its node's kind; a test compares the names too.
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define JUZHU_NODE(name, rule) static_assert(JuzhuParser::Rule##name == std::size_t(NodeKind::k##name));
#include "syntax/nodes.def"
#undef JUZHU_NODE

/// Whether a rule can stand inside itself, and whether it takes a bracket to do so. Every circle of the grammar goes
/// through one of these. Brackets were counted before parsing, but recovery may pass over closing ones.
enum class Nesting { kNone, kBare, kBracket };
constexpr std::size_t kNestingKinds = 3;

Nesting nesting_of(std::size_t rule) {
  switch (rule) {
    case JuzhuParser::RuleNegation:  // - - x
    case JuzhuParser::RuleNotExpr:
    case JuzhuParser::RuleIfExpr:  // if … otherwise if …
    case JuzhuParser::RuleFoldExpr:
    case JuzhuParser::RuleCountExpr:
    case JuzhuParser::RuleCoverExpr:
    case JuzhuParser::RuleQuantified:
    case JuzhuParser::RuleBoundaryDay:
    case JuzhuParser::RuleMonthDay:
    case JuzhuParser::RuleType: return Nesting::kBare;
    case JuzhuParser::RuleParens:
    case JuzhuParser::RuleSetLiteral:
    case JuzhuParser::RuleListExpr:
    case JuzhuParser::RuleListFold:
    case JuzhuParser::RuleLines: return Nesting::kBracket;
    default: return Nesting::kNone;
  }
}

class TreeParser final : public JuzhuParser {
 public:
  TreeParser(WordStream* words, std::size_t nesting)
      : JuzhuParser(words), words_(words), nesting_left_{nodes_.max_size(), nesting, nesting} {
    setBuildParseTree(false);
    removeErrorListeners();
    getInterpreter<antlr4::atn::ParserATNSimulator>()->setPredictionMode(
        antlr4::atn::PredictionMode::SLL);
  }

  void enterRule(ParserRuleContext* context, std::size_t state, std::size_t rule) override {
    close_until(context->parent);
    std::size_t& left = nesting_left_.at(static_cast<std::size_t>(nesting_of(rule)));
    if (left == 0) throw TooDeep{next_token()};
    --left;
    open_.push_back({context, nodes_.size(), &left});
    nodes_.push_back({static_cast<NodeKind>(rule), false, 1, next_token(), next_token()});
    JuzhuParser::enterRule(context, state, rule);
  }

  antlr4::Token* consume() override {
    close_until(_ctx);
    const StreamToken* const token = words_->LT(1);
    if (token->getType() != antlr4::Token::EOF) last_consumed_ = token->tree_index() + 1;
    return JuzhuParser::consume();
  }

  /// The text at the rule in hand does not follow the grammar.
  void mark_damage() {
    close_until(_ctx);
    for (const Open& open : open_) nodes_[open.node].error = true;
  }

  /// First token of the declaration in hand.
  [[nodiscard]] std::optional<std::uint32_t> declaration() const {
    for (const Open& open : open_) {
      if (nodes_[open.node].kind == NodeKind::kDeclaration) return nodes_[open.node].first_token;
    }
    return std::nullopt;
  }

  std::vector<Node> take_nodes() {
    close_until(nullptr);
    return std::move(nodes_);
  }

 private:
  struct Open {
    const antlr4::tree::ParseTree* context;
    std::size_t node;
    std::size_t* nesting_left;
  };

  std::uint32_t next_token() { return words_->LT(1)->tree_index(); }

  /// Rules are left without an event; whatever stands inside `context` was left before its next token.
  void close_until(const antlr4::tree::ParseTree* context) {
    while (!open_.empty() && open_.back().context != context) {
      Node& node = nodes_[open_.back().node];
      node.size = static_cast<std::uint32_t>(nodes_.size() - open_.back().node);
      node.last_token = std::max(node.first_token, last_consumed_);
      ++*open_.back().nesting_left;
      open_.pop_back();
    }
  }

  WordStream* words_;
  std::vector<Node> nodes_;
  std::vector<Open> open_;
  std::array<std::size_t, kNestingKinds> nesting_left_;  ///< by Nesting
  std::uint32_t last_consumed_ = 0;
};

// ---- Recovery --------------------------------------------------------------------------------------------------------

/// Words at which reading may resume: they begin a declaration, a clause or an entry, or close one.
constexpr std::array kAnchors{
    TokenKind::kMODULE,     TokenKind::kUSE,        TokenKind::kENTITY,     TokenKind::kSPELLS,
    TokenKind::kCHOICE,     TokenKind::kUNIT,       TokenKind::kROLE,       TokenKind::kDIVISION,
    TokenKind::kDIVISIONS,  TokenKind::kSOURCE,     TokenKind::kSERVICE,    TokenKind::kPARAMETER,
    TokenKind::kDEFINE,     TokenKind::kRULE,       TokenKind::kGATE,       TokenKind::kSCENARIO,
    TokenKind::kFACT,       TokenKind::kASKS,       TokenKind::kCITES,      TokenKind::kCONFIDENCE,
    TokenKind::kNOTE,       TokenKind::kVAGUE,      TokenKind::kNOT_ENCODED, TokenKind::kIN_FORCE,
    TokenKind::kFOR_EACH,   TokenKind::kMEANS,      TokenKind::kGRANTS,     TokenKind::kDENIES,
    TokenKind::kNARROWS,    TokenKind::kOVERRIDES,  TokenKind::kWHEN,       TokenKind::kUNLESS,
    TokenKind::kTITLE,      TokenKind::kDOCUMENT_NUMBER, TokenKind::kEXPECT, TokenKind::kLBRACE,
    TokenKind::kRBRACE,     TokenKind::kRPAREN,     TokenKind::kSEMI,       TokenKind::kBAR,
    TokenKind::kCOLON,      TokenKind::kTHEN,       TokenKind::kOTHERWISE,  TokenKind::kEND,
};
constexpr std::size_t kDeclarationAnchors = 16;  ///< the first of them

KindSet kinds_of(const antlr4::misc::IntervalSet& types) {
  KindSet result;
  for (const antlr4::misc::Interval& range : types.getIntervals()) {
    for (ssize_t type = range.a; type <= range.b; ++type) {
      if (type == static_cast<ssize_t>(antlr4::Token::EPSILON)) continue;
      result.set(static_cast<std::size_t>(kind_of(static_cast<std::size_t>(type))));
    }
  }
  return result;
}

std::vector<TokenKind> list_of(const KindSet& kinds) {
  std::vector<TokenKind> result;
  for (std::size_t at = 0; at < kKindCount; ++at) {
    if (kinds.test(at)) result.push_back(static_cast<TokenKind>(at));
  }
  return result;
}

KindSet declaration_starts() {
  KindSet result;
  for (std::size_t at = 0; at < kDeclarationAnchors; ++at) {
    result.set(static_cast<std::size_t>(kAnchors.at(at)));
  }
  result.set(static_cast<std::size_t>(TokenKind::kEND));
  return result;
}

KindSet anchors() {
  KindSet result;
  for (const TokenKind kind : kAnchors) result.set(static_cast<std::size_t>(kind));
  return result;
}

/// What could have stood where a decision that looks further than one token gave up.
KindSet expected_at_dead_end(const antlr4::NoViableAltException& error) {
  KindSet result;
  const antlr4::atn::ATNConfigSet* const configs = error.getDeadEndConfigs();
  if (configs == nullptr) return result;
  for (const auto& config : configs->configs) {
    for (const antlr4::atn::Transition* transition : config->state->transitions) {
      if (!transition->isEpsilon()) result |= kinds_of(transition->label());
    }
  }
  return result;
}

class Recovery final : public antlr4::DefaultErrorStrategy {
 public:
  Recovery(TreeParser* parser, WordStream* words, std::size_t max_problems)
      : parser_(parser), words_(words), max_problems_(max_problems) {}

  [[nodiscard]] const std::vector<Problem>& problems() const { return problems_; }

  void reportMatch(antlr4::Parser* recognizer) override {
    ++matched_;
    DefaultErrorStrategy::reportMatch(recognizer);
  }

  void reportError(antlr4::Parser* recognizer, const antlr4::RecognitionException& error) override {
    if (inErrorRecoveryMode(recognizer)) return;
    beginErrorCondition(recognizer);
    const auto* const token = static_cast<const StreamToken*>(error.getOffendingToken());
    if (const auto* dead_end = dynamic_cast<const antlr4::NoViableAltException*>(&error)) {
      record(Problem::Kind::kUnexpected, token, expected_at_dead_end(*dead_end));
    } else {
      record(Problem::Kind::kUnexpected, token, kinds_of(error.getExpectedTokens()));
    }
  }

  void reportUnwantedToken(antlr4::Parser* recognizer) override {
    if (inErrorRecoveryMode(recognizer)) return;
    beginErrorCondition(recognizer);
    record(Problem::Kind::kUnexpected, words_->LT(1), kinds_of(recognizer->getExpectedTokens()));
  }

  void reportMissingToken(antlr4::Parser* recognizer) override {
    if (inErrorRecoveryMode(recognizer)) return;
    beginErrorCondition(recognizer);
    record(Problem::Kind::kMissing, words_->LT(1), kinds_of(recognizer->getExpectedTokens()));
  }

  antlr4::Token* recoverInline(antlr4::Parser* recognizer) override {
    if (antlr4::Token* const name = take_keyword_as_name(recognizer)) return name;
    return DefaultErrorStrategy::recoverInline(recognizer);
  }

  /// A word too many is passed over, but never one at which something new begins.
  antlr4::Token* singleTokenDeletion(antlr4::Parser* recognizer) override {
    if (anchors_.test(static_cast<std::size_t>(kind_of(words_->LA(1))))) return nullptr;
    return DefaultErrorStrategy::singleTokenDeletion(recognizer);
  }

  antlr4::Token* getMissingSymbol(antlr4::Parser* /*recognizer*/) override { return &invented_; }

  void recover(antlr4::Parser* recognizer, std::exception_ptr /*error*/) override {
    parser_->mark_damage();
    // The same place again without a step: take one token, or this would go on for ever.
    if (last_index_ == words_->index() && words_->LA(1) != antlr4::Token::EOF &&
        std::find(last_states_.begin(), last_states_.end(), recognizer->getState()) !=
            last_states_.end()) {
      recognizer->consume();
    }
    if (last_index_ != words_->index()) last_states_.clear();
    last_index_ = words_->index();
    last_states_.push_back(recognizer->getState());
    skip_to((kinds_of(getErrorRecoverySet(recognizer)) & anchors_) | starts_);
  }

  void sync(antlr4::Parser* recognizer) override {
    ATNState* const state = recognizer->getATN().states[recognizer->getState()];
    const antlr4::misc::IntervalSet& next = recognizer->getATN().nextTokens(state);
    if (next.contains(antlr4::Token::EPSILON) || next.contains(words_->LA(1))) return;
    if (recognizer->getContext()->getRuleIndex() == JuzhuParser::RuleFile) {
      sync_file(recognizer, kinds_of(next));
      return;
    }
    if (inErrorRecoveryMode(recognizer)) return;
    const std::size_t type = state->getStateType();
    if (type == ATNState::STAR_LOOP_BACK || type == ATNState::PLUS_LOOP_BACK ||
        type == ATNState::STAR_LOOP_ENTRY) {
      const KindSet expected = kinds_of(recognizer->getExpectedTokens());
      reportUnwantedToken(recognizer);
      skip_to(((expected | kinds_of(getErrorRecoverySet(recognizer))) & anchors_) | starts_);
      return;
    }
    if (singleTokenDeletion(recognizer) != nullptr) return;
    throw antlr4::InputMismatchException(recognizer);
  }

 private:
  /// Between declarations: passes over everything up to the next one.
  void sync_file(antlr4::Parser* recognizer, const KindSet& next) {
    while (!next.test(static_cast<std::size_t>(kind_of(words_->LA(1))))) {
      if (!inErrorRecoveryMode(recognizer)) {
        beginErrorCondition(recognizer);
        record(Problem::Kind::kNotContinued, words_->LT(1), next);
      }
      recognizer->consume();
      skip_to(next | starts_);
      // A `use` further down is damage of its own.
      endErrorCondition(recognizer);
    }
  }

  /// A keyword where only a name can stand, with what may follow a name behind it: read on as if it were one.
  antlr4::Token* take_keyword_as_name(antlr4::Parser* recognizer) {
    if (inErrorRecoveryMode(recognizer)) return nullptr;
    const TokenKind here = kind_of(words_->LA(1));
    if (here >= TokenKind::kDATE) return nullptr;
    if (!recognizer->getExpectedTokens().contains(std::size_t{JuzhuParser::NAME})) return nullptr;
    const ATNState* const state = recognizer->getATN().states[recognizer->getState()];
    ATNState* const after = state->transitions[0]->target;
    const auto next = recognizer->getATN().nextTokens(after, recognizer->getContext());
    if (!next.contains(words_->LA(2))) return nullptr;
    beginErrorCondition(recognizer);
    record(Problem::Kind::kReserved, words_->LT(1), {});
    endErrorCondition(recognizer);
    return recognizer->consume();
  }

  void record(Problem::Kind kind, const StreamToken* token, const KindSet& expected) {
    parser_->mark_damage();
    // A second error within three tokens is most likely the first one's echo.
    constexpr std::size_t kQuietTokens = 3;
    const bool echo =
        !problems_.empty() && matched_ < kQuietTokens && kind != Problem::Kind::kReserved;
    matched_ = 0;
    if (echo || problems_.size() >= max_problems_) return;
    problems_.push_back({kind, token->tree_index(), list_of(expected), parser_->declaration()});
  }

  void skip_to(const KindSet& stops) {
    // With the last message given there is nothing more to find.
    if (problems_.size() >= max_problems_) words_->seek(words_->size());
    const auto here = [&] { return static_cast<std::size_t>(kind_of(words_->LA(1))); };
    while (!stops.test(here())) parser_->consume();
    // With a new declaration begins new text: what is wrong there is no echo.
    constexpr std::size_t kNoEcho = 1000;
    if (starts_.test(here())) matched_ = kNoEcho;
  }

  TreeParser* parser_;
  WordStream* words_;
  std::size_t max_problems_;
  std::vector<Problem> problems_;
  std::size_t matched_ = 0;
  std::size_t last_index_ = INVALID_INDEX;
  std::vector<std::size_t> last_states_;
  StreamToken invented_{antlr4::Token::INVALID_TYPE, INVALID_INDEX, 0};
  const KindSet starts_ = declaration_starts();
  const KindSet anchors_ = anchors();
};

ParsedNodes file_alone(std::size_t token_count) {
  ParsedNodes result;
  result.nodes.push_back(
      {NodeKind::kFile, true, 1, 0, static_cast<std::uint32_t>(token_count - 1)});
  return result;
}

}  // namespace

std::vector<Token> lex(std::string_view text) {
  CodePoints points(text);
  JuzhuLexer lexer(&points);
  lexer.removeErrorListeners();
  std::vector<Token> result;
  for (;;) {
    const std::unique_ptr<antlr4::Token> token = lexer.nextToken();
    if (token->getType() == antlr4::Token::EOF) break;
    result.push_back({kind_of(token->getType()), points.offset(token->getStartIndex()),
                      points.offset(token->getStopIndex() + 1)});
  }
  const auto end = static_cast<std::uint32_t>(text.size());
  result.push_back({TokenKind::kEND, end, end});
  return result;
}

ParsedNodes parse_nodes(const std::vector<Token>& tokens, std::size_t nesting,
                        std::size_t max_problems) {
  try {
    WordStream words(tokens);
    TreeParser parser(&words, nesting);
    parser.setErrorHandler(std::make_shared<antlr4::BailErrorStrategy>());
    parser.file();
    return {parser.take_nodes(), {}, {}};
  } catch (const TooDeep& deep) {
    ParsedNodes result = file_alone(tokens.size());
    result.too_deep = deep.token;
    return result;
  } catch (const antlr4::ParseCancellationException&) {
    // Damaged: read again below, this time to find out where.
  }
  WordStream words(tokens);
  TreeParser parser(&words, nesting);
  const auto recovery = std::make_shared<Recovery>(&parser, &words, max_problems);
  parser.setErrorHandler(recovery);
  try {
    parser.file();
  } catch (const TooDeep& deep) {
    ParsedNodes result = file_alone(tokens.size());
    result.problems = recovery->problems();
    result.too_deep = deep.token;
    return result;
  }
  return {parser.take_nodes(), recovery->problems(), {}};
}

std::vector<std::string> grammar_rules() {
  WordStream words({{TokenKind::kEND, 0, 0}});
  const JuzhuParser parser(&words);
  return parser.getRuleNames();
}

std::vector<std::string> grammar_tokens() {
  WordStream words({{TokenKind::kEND, 0, 0}});
  const JuzhuParser parser(&words);
  std::vector<std::string> result;
  for (std::size_t type = 1; type <= parser.getVocabulary().getMaxTokenType(); ++type) {
    result.push_back(parser.getVocabulary().getSymbolicName(type));
  }
  return result;
}

}  // namespace juzhu::syntax
