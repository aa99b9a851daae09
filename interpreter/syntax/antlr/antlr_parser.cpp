// The one file that is compiled with the parser generator's runtime.
//
// Prediction is SLL throughout: the grammar is made so that the first alternative is right wherever
// two would do (loops go on, options are taken). A first run stops at the first error; only a
// damaged file is run again with recovery.
#include "syntax/antlr/antlr_parser.h"

#include <memory>
#include <utility>

#include "syntax/antlr/recovery.h"
#include "syntax/antlr/streams.h"
#include "syntax/antlr/tree_parser.h"

namespace juzhu::syntax {
namespace {

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
