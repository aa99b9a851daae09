// How reading goes on behind damage: what is told, what is passed over, where it resumes. Included
// by antlr_parser.cpp alone.
#pragma once

#include <algorithm>
#include <array>
#include <vector>

#include "syntax/antlr/antlr_parser.h"
#include "syntax/antlr/streams.h"
#include "syntax/antlr/tree_parser.h"

namespace juzhu::syntax {

/// Words at which reading may resume: they begin a declaration, a clause or an entry, or close one.
constexpr std::array kAnchors{
    TokenKind::kMODULE,      TokenKind::kUSE,
    TokenKind::kENTITY,      TokenKind::kSPELLS,
    TokenKind::kCHOICE,      TokenKind::kUNIT,
    TokenKind::kROLE,        TokenKind::kDIVISION,
    TokenKind::kDIVISIONS,   TokenKind::kSOURCE,
    TokenKind::kSERVICE,     TokenKind::kPARAMETER,
    TokenKind::kDEFINE,      TokenKind::kRULE,
    TokenKind::kGATE,        TokenKind::kSCENARIO,
    TokenKind::kFACT,        TokenKind::kASKS,
    TokenKind::kCITES,       TokenKind::kCONFIDENCE,
    TokenKind::kNOTE,        TokenKind::kVAGUE,
    TokenKind::kNOT_ENCODED, TokenKind::kIN_FORCE,
    TokenKind::kFOR_EACH,    TokenKind::kMEANS,
    TokenKind::kGRANTS,      TokenKind::kDENIES,
    TokenKind::kNARROWS,     TokenKind::kOVERRIDES,
    TokenKind::kWHEN,        TokenKind::kUNLESS,
    TokenKind::kTITLE,       TokenKind::kDOCUMENT_NUMBER,
    TokenKind::kCLAUSE,      TokenKind::kEXPECT,
    TokenKind::kLBRACE,      TokenKind::kRBRACE,
    TokenKind::kRPAREN,      TokenKind::kSEMI,
    TokenKind::kBAR,         TokenKind::kCOLON,
    TokenKind::kTHEN,        TokenKind::kOTHERWISE,
    TokenKind::kEND,
};
constexpr std::size_t kDeclarationAnchors = 16;  ///< the first of them

inline KindSet kinds_of(const antlr4::misc::IntervalSet& types) {
  KindSet result;
  for (const antlr4::misc::Interval& range : types.getIntervals()) {
    for (ssize_t type = range.a; type <= range.b; ++type) {
      if (type == static_cast<ssize_t>(antlr4::Token::EPSILON)) continue;
      result.set(static_cast<std::size_t>(kind_of(static_cast<std::size_t>(type))));
    }
  }
  return result;
}

inline std::vector<TokenKind> list_of(const KindSet& kinds) {
  std::vector<TokenKind> result;
  for (std::size_t at = 0; at < kKindCount; ++at) {
    if (kinds.test(at)) result.push_back(static_cast<TokenKind>(at));
  }
  return result;
}

inline KindSet declaration_starts() {
  KindSet result;
  for (std::size_t at = 0; at < kDeclarationAnchors; ++at) {
    result.set(static_cast<std::size_t>(kAnchors.at(at)));
  }
  result.set(static_cast<std::size_t>(TokenKind::kEND));
  return result;
}

inline KindSet anchors() {
  KindSet result;
  for (const TokenKind kind : kAnchors)
    result.set(static_cast<std::size_t>(kind));
  return result;
}

/// What could have stood where a decision that looks further than one token gave up.
inline KindSet expected_at_dead_end(const antlr4::NoViableAltException& error) {
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
    antlr4::atn::ATNState* const state = recognizer->getATN().states[recognizer->getState()];
    const antlr4::misc::IntervalSet& next = recognizer->getATN().nextTokens(state);
    if (next.contains(antlr4::Token::EPSILON) || next.contains(words_->LA(1))) return;
    if (recognizer->getContext()->getRuleIndex() == JuzhuParser::RuleFile) {
      sync_file(recognizer, kinds_of(next));
      return;
    }
    if (inErrorRecoveryMode(recognizer)) return;
    const std::size_t type = state->getStateType();
    if (type == antlr4::atn::ATNState::STAR_LOOP_BACK ||
        type == antlr4::atn::ATNState::PLUS_LOOP_BACK ||
        type == antlr4::atn::ATNState::STAR_LOOP_ENTRY) {
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

  /// A keyword where only a name can stand, with what may follow a name behind it: read on as if it
  /// were one.
  antlr4::Token* take_keyword_as_name(antlr4::Parser* recognizer) {
    if (inErrorRecoveryMode(recognizer)) return nullptr;
    const TokenKind here = kind_of(words_->LA(1));
    if (here >= TokenKind::kDATE) return nullptr;
    if (!recognizer->getExpectedTokens().contains(std::size_t{JuzhuParser::NAME})) return nullptr;
    const antlr4::atn::ATNState* const state = recognizer->getATN().states[recognizer->getState()];
    antlr4::atn::ATNState* const after = state->transitions[0]->target;
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
    while (!stops.test(here()))
      parser_->consume();
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

}  // namespace juzhu::syntax
