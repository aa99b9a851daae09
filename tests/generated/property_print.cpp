// What is printed and read again is the same: tree and answers, whatever the blanks and the tongue.
#include "format/format.h"
#include "rewrite.h"
#include "syntax/parse.h"

namespace juzhu::generated {
namespace {

using syntax::SyntaxTree;

struct Read {
  source::SourceMap sources;
  SyntaxTree tree;
  bool clean = false;
};

std::unique_ptr<Read> read(const std::string& text) {
  auto made = std::make_unique<Read>();
  diag::Sink sink;
  const source::FileId id = made->sources.add("again.jz", text);
  made->tree = syntax::parse(made->sources, id, sink);
  made->clean = !sink.has_errors();
  return made;
}

std::string written_back(const SyntaxTree& tree) {
  std::string text;
  for (const syntax::Token& token : tree.tokens)
    text += tree.text_of(token);
  return text;
}

std::string same_after(const SyntaxTree& tree, const std::string& text,
                       const Dictionary& dictionary, const std::string& what) {
  const auto again = read(text);
  const std::string wrong =
      again->clean ? difference(tree, again->tree, dictionary) : "it does not parse";
  return wrong.empty() ? "" : what + ": " + wrong + "\n" + text;
}

/// The formatter changes no program (`tongues` asks what it wrote), is done when it is done, and
/// finds its way back from the other tongue.
std::string formatted(const SyntaxTree& tree) {
  using Tongue = std::optional<syntax::Tongue>;
  std::string wrong;
  const auto format = [&](const SyntaxTree& from, Tongue tongue) {
    format::Formatted made = format::format(from, tongue, nullptr);
    if (made.wrong && wrong.empty()) wrong = "formatted wrongly: " + *made.wrong;
    return std::move(made.text);
  };
  const std::string plain = format(tree, {});
  const auto again = read(plain);
  if (wrong.empty() && !again->clean) wrong = "formatted it does not parse";
  if (!wrong.empty()) return wrong + "\n" + plain;
  if (format(again->tree, {}) != plain) return "formatting twice is not formatting once\n" + plain;
  const std::string english = format(tree, syntax::Tongue::kEnglish);
  const std::string chinese = format(tree, syntax::Tongue::kChinese);
  const auto there = read(chinese);
  if (!there->clean) return "formatted in Chinese it does not parse\n" + chinese;
  const std::string back = format(there->tree, syntax::Tongue::kEnglish);
  if (wrong.empty() && back != english)
    return "English, by way of Chinese, is another text\n" + english + "--- and\n" + back;
  return wrong;
}

}  // namespace

std::string reprinting(Case& at) {
  Random random = at.random(1);
  const std::size_t chosen = random.below(at.book->trees().size());  // parsing is most of the time
  for (std::size_t file = 0; file < at.book->trees().size(); ++file) {
    const SyntaxTree& tree = at.book->trees()[file];
    if (written_back(tree) != tree.text) return "the tokens are not the text";
    if (file != chosen) continue;
    const RewriteOptions blanks{Spelling::kAsWritten, Spelling::kAsWritten, true};
    const RewriteOptions chinese{Spelling::kChinese, Spelling::kChinese, false};
    const RewriteOptions english{Spelling::kEnglish, Spelling::kAsWritten, false};
    const std::string in_chinese = rewrite(tree, at.dictionary, random, chinese);
    for (const auto& [what, text] :
         {std::pair<std::string, std::string>("with other blanks",
                                              rewrite(tree, at.dictionary, random, blanks)),
          {"in Chinese", in_chinese}}) {
      std::string wrong = same_after(tree, text, at.dictionary, what);
      if (!wrong.empty()) return wrong;
    }
    // Keywords there and back.
    const auto there = read(in_chinese);
    std::string wrong = same_after(tree, rewrite(there->tree, at.dictionary, random, english),
                                   at.dictionary, "back in English");
    if (wrong.empty()) wrong = formatted(tree);
    if (!wrong.empty()) return wrong;
  }
  return {};
}

std::string tongues(Case& at) {
  Random random = at.random(7);
  Texts texts;
  texts.divisions_file = at.texts.divisions_file;
  const Spelling spelling = random.percent(50) ? Spelling::kChinese : Spelling::kMixed;
  const bool by_formatter = random.percent(25);
  for (const SyntaxTree& tree : at.book->trees()) {
    texts.files.push_back(
        {at.book->sources().file(tree.file).name(),
         by_formatter ? format::format(tree, syntax::Tongue::kChinese, nullptr).text
                      : rewrite(tree, at.dictionary, random, {spelling, spelling, false})});
  }
  const auto other = Book::read(texts);
  const auto shown = [&] {
    std::string all;
    for (const TextFile& file : texts.files)
      all += "--- " + file.name + "\n" + file.text;
    return all;
  };
  if (!other->accepted())
    return "refused in the other tongue: " + other->refusal() + "\n" + shown();
  const Household household = carried_over(at.household, at.book->schema(), other->schema());
  for (const Asked& asked : everything_to_ask(*at.book, at.household, at.date)) {
    const std::string one = canonical_reply(
        *at.book, at.household, reply_to(*at.book, at.household, at.date, asked), nullptr);
    const std::string two =
        canonical_reply(*other, household, reply_to(*other, household, at.date, asked), nullptr);
    if (one != two) {
      return asked_text(*at.book, at.household, asked) +
             ": another answer in the other tongue\n    " + one + "\n    " + two + "\n" + shown();
    }
  }
  return {};
}

}  // namespace juzhu::generated
