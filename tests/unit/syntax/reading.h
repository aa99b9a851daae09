// Parsing a text in a test: the tree, what it was made from, and what was said about it.
#pragma once

#include <string>
#include <vector>

#include "diag/diagnostic.h"
#include "syntax/parse.h"

namespace juzhu::syntax {

struct Reading {
  source::SourceMap sources;
  diag::Sink sink;
  SyntaxTree tree;

  explicit Reading(std::string text, const ParseLimits& limits = {}) {
    const source::FileId file = sources.add("test.jz", std::move(text));
    tree = parse(sources, file, sink, limits);
  }
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;
  Reading(Reading&&) = delete;
  Reading& operator=(Reading&&) = delete;
  ~Reading() = default;

  /// "3:7 syntax-error" for each message, in order.
  [[nodiscard]] std::vector<std::string> places() const {
    std::vector<std::string> result;
    for (const diag::Diagnostic& item : sink.sorted()) {
      const auto at = sources.file(tree.file).position(item.primary.span.begin);
      result.push_back(std::to_string(at.line) + ":" + std::to_string(at.column) + " " +
                       std::string(diag::code_name(item.code)));
    }
    return result;
  }

  /// The kinds of all tokens but blanks, comments and the end.
  [[nodiscard]] std::vector<std::string> kinds() const {
    std::vector<std::string> result;
    for (const Token& token : tree.tokens) {
      if (token.kind < TokenKind::kCOMMENT) result.emplace_back(token_name(token.kind));
    }
    return result;
  }

  /// The texts of all tokens in a row.
  [[nodiscard]] std::string joined() const {
    std::string result;
    for (const Token& token : tree.tokens)
      result += tree.text_of(token);
    return result;
  }
};

}  // namespace juzhu::syntax
