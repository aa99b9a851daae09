#include "syntax/parse.h"

#include <algorithm>
#include <utility>

#include "syntax/antlr/antlr_parser.h"
#include "syntax/brackets.h"
#include "syntax/complaints.h"
#include "syntax/encoding.h"
#include "syntax/syntax_errors.h"
#include "syntax/words.h"

namespace juzhu::syntax {
namespace {

/// The tree of a text that cannot be read: one stretch of no meaning.
SyntaxTree unread(source::FileId file, std::string_view text) {
  SyntaxTree tree{file, text, {}, {}};
  const auto end = static_cast<std::uint32_t>(text.size());
  if (end > 0) tree.tokens.push_back({TokenKind::kSTRAY, 0, end});
  tree.tokens.push_back({TokenKind::kEND, end, end});
  tree.nodes.push_back({NodeKind::kFile, true, 1, 0, end > 0 ? 1U : 0U});
  return tree;
}

void report_encoding(std::string_view text, std::size_t at, Complaints& complaints) {
  const auto begin = static_cast<std::uint32_t>(at);
  diag::Diagnostic& told = complaints.report(diag::Code::kNotUtf8, begin, begin + 1,
                                             say("this file is not UTF-8", "此文件不是 UTF-8 编码"),
                                             say("the first byte that is not", "首个不合的字节"));
  switch (guess_encoding(text, at)) {
    case EncodingGuess::kGb18030:
      told.helps.emplace_back(
          say("it looks like GB18030; convert it: iconv -f GB18030 -t UTF-8 old.jz > new.jz",
              "看来是 GB18030 编码；请转换：iconv -f GB18030 -t UTF-8 old.jz > new.jz"));
      return;
    case EncodingGuess::kUtf16:
      told.helps.emplace_back(
          say("it looks like UTF-16; convert it: iconv -f UTF-16 -t UTF-8 old.jz > new.jz",
              "看来是 UTF-16 编码；请转换：iconv -f UTF-16 -t UTF-8 old.jz > new.jz"));
      return;
    case EncodingGuess::kUnknown:
      told.helps.emplace_back(say("save it as UTF-8 in your editor", "在编辑器中另存为 UTF-8"));
      return;
  }
}

/// The file's size and encoding; false: nothing can be read.
bool check_text(std::string_view text, const ParseLimits& limits, Complaints& complaints) {
  if (text.size() > limits.file_bytes) {
    constexpr std::size_t kMebibyte = 1U << 20U;
    complaints
        .report(diag::Code::kFileTooLarge, 0, 0,  // of the file as a whole
                say("this file has {} MB, more than the {} MB a rule file may have",
                    "此文件有 {} MB，超过规则文件的上限 {} MB", text.size() / kMebibyte,
                    limits.file_bytes / kMebibyte))
        .helps.emplace_back(say("split it into modules and join them with `use`",
                                "拆成若干模块，再用 `引用` 合起来"));
    return false;
  }
  if (const auto at = first_bad_byte(text)) {
    report_encoding(text, *at, complaints);
    return false;
  }
  return true;
}

void report_too_deep(const Token& token, std::size_t nesting, Complaints& complaints) {
  complaints
      .report(diag::Code::kNestingTooDeep, token.begin, token.end,
              say("expressions stand inside one another more than {} deep", "表达式嵌套超过 {} 层",
                  nesting),
              say("one too deep", "多出一层"))
      .helps.emplace_back(say("give the inner part a name of its own with `define`",
                              "用 `定义` 为内层部分另取名称"));
}

void leave_unparsed(SyntaxTree& tree) {
  tree.nodes = {{NodeKind::kFile, true, 1, 0, static_cast<std::uint32_t>(tree.tokens.size() - 1)}};
}

/// A keyword that was taken for a name is one for everybody who reads the tree.
void name_reserved_words(SyntaxTree& tree, const std::vector<Problem>& problems) {
  for (const Problem& problem : problems) {
    if (problem.kind == Problem::Kind::kReserved) {
      tree.tokens[problem.token].kind = TokenKind::kNAME;
    }
  }
}

/// The first token beyond the limit, blanks and comments not counted.
const Token* token_beyond(const std::vector<Token>& tokens, std::size_t limit) {
  std::size_t count = 0;
  for (const Token& token : tokens) {
    if (token.kind < TokenKind::kCOMMENT && ++count > limit) return &token;
  }
  return nullptr;
}

void parse_tokens(SyntaxTree& tree, const ParseLimits& limits, Complaints& complaints) {
  if (const Token* const token = token_beyond(tree.tokens, limits.tokens)) {
    complaints
        .report(diag::Code::kTooManyTokens, token->begin, token->end,
                say("this file has more than {} words and signs", "此文件的词和符号超过 {} 个",
                    limits.tokens),
                say("one too many", "多出一个"))
        .helps.emplace_back(say("split it into modules and join them with `use`",
                                "拆成若干模块，再用 `引用` 合起来"));
    leave_unparsed(tree);
    return;
  }
  const Brackets brackets = check_brackets(tree.text, tree.tokens, limits.nesting);
  if (brackets.too_deep) {
    report_too_deep(tree.tokens[*brackets.too_deep], limits.nesting, complaints);
    leave_unparsed(tree);
    return;
  }
  ParsedNodes parsed =
      parse_nodes(tree.tokens, limits.nesting, std::max<std::size_t>(complaints.left(), 1));
  tree.nodes = std::move(parsed.nodes);
  complain(tree, parsed.problems, brackets, complaints);
  if (parsed.too_deep) report_too_deep(tree.tokens[*parsed.too_deep], limits.nesting, complaints);
  name_reserved_words(tree, parsed.problems);
}

}  // namespace

SyntaxTree parse(const source::SourceMap& sources, source::FileId file, diag::Sink& sink,
                 const ParseLimits& limits) {
  const std::string_view text = sources.file(file).text();
  Complaints about_text(file, Tongue::kEnglish, sink, limits.errors);
  if (!check_text(text, limits, about_text)) return unread(file, text);
  const std::vector<Token> raw = lex(text);
  Complaints complaints(file, tongue_of(text, raw), sink, limits.errors);
  const std::vector<Token> mended =
      mend_dates(text, mend_strays(text, raw, complaints), complaints);
  SyntaxTree tree{file, text, merge_keywords(text, mended), {}};
  parse_tokens(tree, limits, complaints);
  return tree;
}

}  // namespace juzhu::syntax
