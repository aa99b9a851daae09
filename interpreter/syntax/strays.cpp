// Characters that the language does not have: what was probably meant, and how to read on.
#include <utf8proc.h>

#include <array>
#include <optional>

#include "syntax/words.h"

namespace juzhu::syntax {
namespace {

struct Sign {
  std::string_view text;
  TokenKind kind;
};

/// Signs of other languages and the words we have for them; the longer before its own beginning.
constexpr std::array kSigns{
    Sign{"<=", TokenKind::kAT_MOST},  Sign{">=", TokenKind::kAT_LEAST},
    Sign{"<>", TokenKind::kIS_NOT},   Sign{"!=", TokenKind::kIS_NOT},
    Sign{"==", TokenKind::kIS},       Sign{"=<", TokenKind::kAT_MOST},
    Sign{"=>", TokenKind::kAT_LEAST}, Sign{"&&", TokenKind::kAND},
    Sign{"=", TokenKind::kIS},        Sign{"<", TokenKind::kUNDER},
    Sign{">", TokenKind::kOVER},      Sign{"!", TokenKind::kNOT},
    Sign{"≤", TokenKind::kAT_MOST},   Sign{"≥", TokenKind::kAT_LEAST},
    Sign{"≠", TokenKind::kIS_NOT},
};

struct Advice {
  std::string_view text;
  std::string_view en;
  std::string_view zh;
};

constexpr std::array kAdvice{
    Advice{"'", "write `'s` right after a name, and texts in \"double quotes\"",
           "`'s` 紧接名称之后写，文本写在 \"双引号\" 中"},
    Advice{"‘", "texts stand in \"double quotes\"", "文本写在 \"双引号\" 中"},
    Advice{"’", "write `'s` right after a name, and texts in \"double quotes\"",
           "`'s` 紧接名称之后写，文本写在 \"双引号\" 中"},
    Advice{"[", "lists and sets stand in `{ }`", "列表和集合写在 `{ }` 中"},
    Advice{"]", "lists and sets stand in `{ }`", "列表和集合写在 `{ }` 中"},
    Advice{"《", "write a title as a text in quotes", "标题写成引号中的文本"},
    Advice{"》", "write a title as a text in quotes", "标题写成引号中的文本"},
    Advice{"。", "nothing ends a declaration but the next one; leave the full stop out",
           "声明到下一个声明为止；删去句号"},
    Advice{"」", "a name in 「 」 needs both marks", "「 」 中的名称须前后括号齐全"},
    Advice{"”", "a text needs both quotes", "文本须前后引号齐全"},
};

bool is_line_break(std::string_view text, const Token& token) {
  return token.kind == TokenKind::kBLANK &&
         text.substr(token.begin, token.end - token.begin).find_first_of("\r\n") !=
             std::string_view::npos;
}

class Mender {
 public:
  Mender(std::string_view text, const std::vector<Token>& raw, Complaints& complaints)
      : text_(text), raw_(raw), complaints_(&complaints) {}

  std::vector<Token> run() {
    result_.reserve(raw_.size());
    for (std::size_t at = 0; at < raw_.size();) {
      if (raw_[at].kind == TokenKind::kSTRAY) {
        at = mend(at);
      } else {
        if (raw_[at].kind == TokenKind::kNAME)
          take_word(at);
        else
          result_.push_back(raw_[at]);
        ++at;
      }
    }
    return std::move(result_);
  }

 private:
  [[nodiscard]] std::string_view text_of(std::size_t at) const {
    return text_.substr(raw_[at].begin, raw_[at].end - raw_[at].begin);
  }

  /// 条例第19条 and 第12条第2款 are written without blanks: 第 before a number is a word of its
  /// own.
  void take_word(std::size_t at) {
    constexpr std::string_view kOrdinal = "第";
    const Token word = raw_[at];
    const bool parts = raw_[at + 1].kind == TokenKind::kNUMBER && text_of(at).ends_with(kOrdinal) &&
                       text_of(at).size() > kOrdinal.size();
    if (!parts) {
      result_.push_back(word);
      return;
    }
    const std::uint32_t split = word.end - static_cast<std::uint32_t>(kOrdinal.size());
    result_.push_back({word.kind, word.begin, split});
    result_.push_back({word.kind, split, word.end});
  }

  std::size_t mend(std::size_t at) {
    const std::string_view first = text_of(at);
    if (first == "\"" || first == "“") return close_at_line_end(at);
    if (first == "「") return close_at_blank(at);
    std::size_t end = at;
    while (raw_[end].kind == TokenKind::kSTRAY)
      ++end;
    if (const std::size_t next = take_sign(at, end); next > at) return next;
    // Strays side by side are one stretch, up to a sign or quote that we can read.
    std::size_t last = at + 1;
    while (last < end && !is_readable(last, end))
      ++last;
    tell_stray(at, last);
    for (; at < last; ++at)
      result_.push_back(raw_[at]);
    return last;
  }

  [[nodiscard]] const Sign* sign_at(std::size_t at, std::size_t end) const {
    const std::string_view run = text_.substr(raw_[at].begin, raw_[end - 1].end - raw_[at].begin);
    const std::string folded = fold_width(run);
    for (const Sign& sign : kSigns) {
      if (folded.starts_with(sign.text)) return &sign;
    }
    return nullptr;
  }

  [[nodiscard]] bool is_readable(std::size_t at, std::size_t end) const {
    const std::string_view text = text_of(at);
    return text == "\"" || text == "“" || text == "「" || sign_at(at, end) != nullptr;
  }

  /// The token after the sign that begins at `at`, or `at` if none does.
  std::size_t take_sign(std::size_t at, std::size_t end) {
    const Sign* const sign = sign_at(at, end);
    if (sign == nullptr) return at;
    const bool two = sign->text.size() == 2 && static_cast<unsigned char>(sign->text[0]) < 0x80U;
    const std::size_t next = at + (two ? 2U : 1U);
    const Token token{sign->kind, raw_[at].begin, raw_[next - 1].end};
    const std::string text(text_.substr(token.begin, token.end - token.begin));
    const std::string word(spelling(sign->kind, complaints_->tongue()));
    complaints_
        ->report(diag::Code::kStrayCharacter, token.begin, token.end,
                 say("`{}` is no word of the language", "`{}` 不是本语言的词", text),
                 say("write `{}`", "写 `{}`", word))
        .helps.push_back(say("write `{}` instead of `{}`", "写 `{}`，不写 `{}`", word, text));
    result_.push_back(token);
    return next;
  }

  void tell_stray(std::size_t at, std::size_t last) {
    const std::string_view first = text_of(at);
    const std::uint32_t begin = raw_[at].begin;
    const std::uint32_t end = raw_[last - 1].end;
    diag::Diagnostic& told =
        complaints_->report(diag::Code::kStrayCharacter, begin, end,
                            say("{} is no part of the language", "{} 不属于本语言",
                                shown(text_.substr(begin, end - begin))));
    for (const Advice& advice : kAdvice) {
      if (advice.text != first) continue;
      told.helps.emplace_back(std::string(advice.en), std::string(advice.zh));
      return;
    }
    told.helps.emplace_back(
        say("leave it out, or put it inside a text in quotes or a name in 「 」",
            "删去它，或放入引号中的文本或「 」中的名称"));
  }

  /// Control characters by their number: on a terminal they would not be seen or would do harm.
  static Bilingual shown(std::string_view text) {
    constexpr std::size_t kMostBytes = 24;
    if (text.size() > kMostBytes) return say("this stretch", "这一段");
    utf8proc_int32_t point = 0;
    utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                     static_cast<utf8proc_ssize_t>(text.size()), &point);
    const utf8proc_category_t category = utf8proc_category(point);
    const bool is_control = category == UTF8PROC_CATEGORY_CC;
    if (!is_control && category != UTF8PROC_CATEGORY_CF) return say("`{}`", "`{}`", text);
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string number;
    for (int shift = 12; shift >= 0; shift -= 4) {
      number += kDigits[(static_cast<unsigned>(point) >> static_cast<unsigned>(shift)) & 15U];
    }
    return is_control ? say("the control character U+{}", "控制字符 U+{}", number)
                      : say("the invisible character U+{}", "不可见字符 U+{}", number);
  }

  /// A text without its closing quote ends with its line.
  std::size_t close_at_line_end(std::size_t at) {
    std::size_t next = at + 1;
    while (raw_[next].kind != TokenKind::kEND && !is_line_break(text_, raw_[next]))
      ++next;
    const std::string quote = text_of(at) == "“" ? "”" : "\"";
    complaints_
        ->report(diag::Code::kSyntaxError, raw_[at].begin, raw_[next - 1].end,
                 say("this text has no closing quote", "此文本缺少后引号"),
                 say("must end on this line", "须在本行结束"))
        .helps.push_back(say("close the text with `{}`", "用 `{}` 结束文本", quote));
    result_.push_back({TokenKind::kSTRING, raw_[at].begin, raw_[next - 1].end});
    return next;
  }

  /// A name without its closing mark ends at the next blank.
  std::size_t close_at_blank(std::size_t at) {
    std::size_t next = at + 1;
    while (raw_[next].kind == TokenKind::kNAME || raw_[next].kind == TokenKind::kNUMBER)
      ++next;
    complaints_
        ->report(diag::Code::kSyntaxError, raw_[at].begin, raw_[next - 1].end,
                 say("this name has no closing mark", "此名称缺少后括号"),
                 say("must end on this line", "须在本行结束"))
        .helps.emplace_back(say("close the name with 」", "用 」 结束名称"));
    result_.push_back({TokenKind::kNAME, raw_[at].begin, raw_[next - 1].end});
    return next;
  }

  std::string_view text_;
  const std::vector<Token>& raw_;
  Complaints* complaints_;
  std::vector<Token> result_;
};

}  // namespace

std::vector<Token> mend_strays(std::string_view text, const std::vector<Token>& raw,
                               Complaints& complaints) {
  return Mender(text, raw, complaints).run();
}

}  // namespace juzhu::syntax
