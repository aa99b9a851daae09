#include "syntax/syntax_errors.h"

#include <algorithm>
#include <array>

#include "syntax/slips.h"

namespace juzhu::syntax {
namespace {

using enum TokenKind;

class Speaker {
 public:
  Speaker(const SyntaxTree& tree, const Brackets& brackets, Complaints& complaints)
      : tree_(tree), brackets_(brackets), complaints_(&complaints) {}

  void tell(const Problem& problem) {
    const Token& token = tree_.tokens[problem.token];
    if (is_reserved_name(problem)) {
      tell_reserved(problem);
      return;
    }
    diag::Diagnostic& told = complaints_->report(diag::Code::kSyntaxError, token.begin, token.end,
                                                 message(problem), label(problem));
    add_origin(problem, told);
    add_helps(problem, told);
  }

 private:
  [[nodiscard]] const Token& token_at(std::size_t at) const { return tree_.tokens[at]; }

  /// The next word after a token, the end of the file at last.
  [[nodiscard]] std::size_t next_word(std::size_t at) const {
    while (token_at(at).kind != kEND) {
      ++at;
      const TokenKind kind = token_at(at).kind;
      if (kind != kBLANK && kind != kCOMMENT && kind != kSTRAY) break;
    }
    return at;
  }

  [[nodiscard]] std::optional<std::size_t> word_before(std::size_t at) const {
    while (at > 0) {
      --at;
      const TokenKind kind = token_at(at).kind;
      if (kind != kBLANK && kind != kCOMMENT && kind != kSTRAY) return at;
    }
    return std::nullopt;
  }

  /// What was found, as the author wrote it, cut short.
  [[nodiscard]] Bilingual found(const Token& token) const {
    if (token.kind == kEND) return say("the end of the file", "文件末尾");
    if (token.kind == kSTRING) return say("a text", "文本");
    constexpr std::size_t kMostBytes = 40;
    std::string text(tree_.text_of(token));
    if (text.size() > kMostBytes) {
      std::size_t cut = kMostBytes;
      while ((static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U)
        --cut;
      text.resize(cut);
      text += "…";
    }
    return say("`{}`", "`{}`", text);
  }

  static bool wants(const Problem& problem, TokenKind kind) {
    return std::find(problem.expected.begin(), problem.expected.end(), kind) !=
           problem.expected.end();
  }

  [[nodiscard]] Bilingual expected(const Problem& problem) const {
    return list_expected(problem.expected, complaints_->tongue());
  }

  [[nodiscard]] Bilingual message(const Problem& problem) const {
    const Token& token = token_at(problem.token);
    const Bilingual here = found(token);
    if (problem.kind == Problem::Kind::kNotContinued) {
      if (token.kind == kUSE || token.kind == kMODULE) {
        return say("{} must stand before the first declaration", "{} 须写在第一个声明之前", here);
      }
      if (token.kind == kRBRACE || token.kind == kRPAREN)
        return say("{} closes nothing", "{} 没有可闭合的内容", here);
      return say("{} neither continues what stands before it nor begins a declaration",
                 "{} 既不能接续前文，也不能开始一个声明", here);
    }
    const Bilingual things = expected(problem);
    if (things.empty()) return say("{} does not fit here", "{} 不能用在此处", here);
    if (problem.kind == Problem::Kind::kMissing)
      return say("expected {} before {}", "此处缺少：{0}；其后是：{1}", things, here);
    return say("found {}, expected {}", "此处是：{}；应为：{}", here, things);
  }

  [[nodiscard]] static Bilingual label(const Problem& problem) {
    switch (problem.kind) {
      case Problem::Kind::kMissing:
        return say("missing before this", "此前缺少");
      case Problem::Kind::kNotContinued:
        return {};
      case Problem::Kind::kReserved:
      case Problem::Kind::kUnexpected:
        return say("not expected here", "不应在此");
    }
    return {};
  }

  /// A keyword where a name could stand, in front of something that only a name has behind it.
  [[nodiscard]] bool is_reserved_name(const Problem& problem) const {
    if (problem.kind == Problem::Kind::kReserved) return true;
    if (!wants(problem, kNAME) || !is_keyword(token_at(problem.token).kind)) return false;
    constexpr std::array kAfterName{kPOSSESSIVE, kIS,       kIS_NOT,  kHAS,    kLACKS,
                                    kAMONG,      kAT_LEAST, kAT_MOST, kOVER,   kUNDER,
                                    kBEFORE,     kAFTER,    kWITHIN,  kSLASH,  kCOMMA,
                                    kRBRACE,     kRPAREN,   kSEMI,    kLBRACE, kCOLON};
    const TokenKind next = token_at(next_word(problem.token)).kind;
    return std::find(kAfterName.begin(), kAfterName.end(), next) != kAfterName.end();
  }

  void tell_reserved(const Problem& problem) {
    const Token& token = token_at(problem.token);
    const std::string word(tree_.text_of(token));
    complaints_
        ->report(diag::Code::kReservedName, token.begin, token.end,
                 say("`{}` is a word of the language", "`{}` 是本语言的词", word),
                 say("a name must stand here", "此处须为名称"))
        .helps.push_back(
            say("choose another name or write 「{}」", "另取名称，或写作 「{}」", word));
  }

  /// Where the damage may come from: a bracket left open, or else the declaration it is in.
  void add_origin(const Problem& problem, diag::Diagnostic& told) const {
    for (const std::uint32_t at : brackets_.unclosed) {
      const Token& open = token_at(at);
      const TokenKind closing = open.kind == kLBRACE ? kRBRACE : kRPAREN;
      if (at >= problem.token || at < problem.declaration.value_or(0) || !wants(problem, closing)) {
        continue;
      }
      told.labels.push_back({tree_.span(open), say("never closed", "没有闭合")});
      told.helps.push_back(
          say("close the bracket with {}", "用 {} 闭合括号", describe(closing, Tongue::kEnglish)));
      return;
    }
    if (!problem.declaration || problem.kind == Problem::Kind::kNotContinued) return;
    const Token& start = token_at(*problem.declaration);
    const Token& here = token_at(problem.token);
    const std::string_view between = tree_.text.substr(start.begin, here.begin - start.begin);
    if (start.begin >= here.begin || between.find('\n') == std::string_view::npos) return;
    const Bilingual noun = start.kind == kDEFINE
                               ? say("definition", "定义")
                               : say("{}", "{1}", spelling(start.kind, Tongue::kEnglish),
                                     spelling(start.kind, Tongue::kChinese));
    told.labels.push_back(
        {tree_.span(start), say("in the {} that begins here", "在由此开始的{}中", noun)});
  }

  void add_helps(const Problem& problem, diag::Diagnostic& told) const {
    const Token& token = token_at(problem.token);
    if (Bilingual word = synonym_before(problem.token); !word.empty()) {
      told.helps.push_back(std::move(word));
    } else if (Bilingual turn = help_for_turn(tree_, problem.token,
                                              problem.kind == Problem::Kind::kNotContinued);
               !turn.empty()) {
      told.helps.push_back(std::move(turn));
    } else if (is_torn_name(problem.token)) {
      const std::string_view left = tree_.text_of(token_at(problem.token - 1));
      told.helps.push_back(say("a Chinese name takes no Latin letters or digits; write 「{}{}」",
                               "中文名称不含拉丁字母或数字；写作 「{}{}」", left,
                               tree_.text_of(token)));
    } else if (token.kind == kNAME) {
      if (Bilingual guess = guess_word(problem); !guess.empty())
        told.helps.push_back(std::move(guess));
    } else if (token.kind == kOR_IF_NONE) {
      told.helps.emplace_back(say("put the value and what stands in its place in brackets: `( … )`",
                                  "将值及其替代值放入括号：`（ … ）`"));
    } else if (token.kind == kSTRING && wants(problem, kNAME)) {
      told.helps.emplace_back(say("a name has no quotes; one with blanks or signs stands in 「 」",
                                  "名称不加引号；含空格或符号的写在 「 」 中"));
    } else if (token.kind == kFOR) {
      told.helps.push_back(say("whom a rule is about stands after {}", "规则针对谁，写在 {} 之后",
                               describe(kFOR_EACH, complaints_->tongue())));
    } else if (token.kind == kBAR && token_at(problem.token + 1).kind == kBAR) {
      told.helps.push_back(say("write {}", "写 {}", describe(kOR, complaints_->tongue())));
    } else if (needs_parentheses(token.kind) && wants(problem, kLPAREN)) {
      told.helps.emplace_back(say("put it in brackets: `( … )`", "放入括号：`（ … ）`"));
    } else if (Bilingual guess = guess_phrase(problem.token); !guess.empty()) {
      told.helps.push_back(std::move(guess));
    } else if (token.kind == kIS || token.kind == kIS_NOT || token.kind == kAT_LEAST ||
               token.kind == kAT_MOST) {
      told.helps.push_back(say("comparisons do not chain; join two with {}",
                               "比较不能连写；用 {} 连接两个比较",
                               describe(kAND, complaints_->tongue())));
    }
  }

  /// 学校1 without 「 」 is a name and a number side by side.
  [[nodiscard]] bool is_torn_name(std::size_t at) const {
    const TokenKind kind = token_at(at).kind;
    if (at == 0 || (kind != kNAME && kind != kNUMBER)) return false;
    const std::string_view left = tree_.text_of(token_at(at - 1));
    const auto is_wide = [](std::string_view text) {
      return static_cast<unsigned char>(text[0]) >= 0x80U;
    };
    return token_at(at - 1).kind == kNAME && !left.starts_with("「") &&
           (is_wide(left) != is_wide(tree_.text_of(token_at(at))));
  }

  static bool needs_parentheses(TokenKind kind) {
    return kind == kIF || kind == kSUM_OF || kind == kCOUNT_OF || kind == kHIGHEST_OF ||
           kind == kLOWEST_OF || kind == kEARLIEST_OF || kind == kLATEST_OF ||
           kind == kTIME_COVERED_BY || kind == kSOME || kind == kEVERY || kind == kNOT ||
           kind == kALL_OF || kind == kANY_OF;
  }

  /// `then 1 else 2`: the word was read as a unit, and what follows it does not fit.
  [[nodiscard]] Bilingual synonym_before(std::size_t at) const {
    const auto before = word_before(at);
    if (!before || token_at(*before).kind != kNAME) return {};
    return help_for_word(tree_.text_of(token_at(*before)));
  }

  /// `at lest` begins with a keyword of its own.
  [[nodiscard]] Bilingual guess_phrase(std::size_t at) const {
    const std::size_t next = next_word(at);
    if (!is_keyword(token_at(at).kind) || token_at(next).kind != kNAME) return {};
    const std::string phrase =
        std::string(tree_.text_of(token_at(at))) + " " + std::string(tree_.text_of(token_at(next)));
    const auto guess = diag::did_you_mean(phrase, all_spellings(complaints_->tongue()));
    if (!guess || guess->find(' ') == std::string::npos) return {};
    return say("did you mean `{}`?", "是否想写 `{}`？", *guess);
  }

  /// The keyword that a word where none fits was probably meant to be.
  [[nodiscard]] Bilingual guess_word(const Problem& problem) const {
    const Token& token = token_at(problem.token);
    const std::string word(tree_.text_of(token));
    std::string small = word;
    for (char& letter : small) {
      if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    }
    if (small != word && keyword_of(small)) {
      return say("words of the language have small letters: `{}`", "本语言的词用小写字母：`{}`",
                 small);
    }
    if (Bilingual help = help_for_word(small); !help.empty()) return help;
    const std::vector<std::string> known = all_spellings(complaints_->tongue());
    // `at lest` is a slip in the second word of a phrase.
    if (const auto before = word_before(problem.token)) {
      if (Bilingual guess = guess_phrase(*before); !guess.empty()) return guess;
    }
    const auto guess = diag::did_you_mean(word, known);
    return guess ? say("did you mean `{}`?", "是否想写 `{}`？", *guess) : Bilingual{};
  }

  const SyntaxTree& tree_;
  const Brackets& brackets_;
  Complaints* complaints_;
};

}  // namespace

void complain(const SyntaxTree& tree, const std::vector<Problem>& problems,
              const Brackets& brackets, Complaints& complaints) {
  Speaker speaker(tree, brackets, complaints);
  for (const Problem& problem : problems)
    speaker.tell(problem);
}

}  // namespace juzhu::syntax
