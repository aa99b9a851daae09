// Dates in the habits of other programs and of letters: 2020/5/1, 1 January 2020, January 2020.
// They would be read as arithmetic or as names, with messages about what nobody meant.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "syntax/words.h"

namespace juzhu::syntax {
namespace {

constexpr std::array<std::string_view, 12> kMonths{"january",   "february", "march",    "april",
                                                   "may",       "june",     "july",     "august",
                                                   "september", "october",  "november", "december"};
constexpr unsigned kMonthCount = 12;
constexpr unsigned kMostDays = 31;

/// "Jan", "Sept" and "January" are 1, 9 and 1; 0: no month.
unsigned month_named(std::string_view word) {
  constexpr std::size_t kShortest = 3;
  if (word.size() < kShortest) return 0;
  std::string small(word);
  for (char& letter : small) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  for (unsigned at = 0; at < kMonthCount; ++at) {
    if (kMonths[at].starts_with(small)) return at + 1;
  }
  return 0;
}

class DateReader {
 public:
  DateReader(std::string_view text, const std::vector<Token>& tokens, Complaints& complaints)
      : text_(text), tokens_(tokens), complaints_(&complaints) {}

  std::vector<Token> run() {
    std::vector<Token> result;
    result.reserve(tokens_.size());
    for (std::size_t at = 0; at < tokens_.size();) {
      const std::optional<Slip> slip = slip_at(at);
      if (!slip) {
        result.push_back(tokens_[at++]);
        continue;
      }
      const Token date{slip->written.size() > kMonthSize ? TokenKind::kDATE : TokenKind::kMONTH,
                       tokens_[at].begin, tokens_[slip->end - 1].end};
      tell(date, *slip);
      result.push_back(date);
      at = slip->end;
    }
    return result;
  }

 private:
  static constexpr std::size_t kMonthSize = 7;  // 2020-05

  struct Slip {
    std::size_t end;      ///< the token after it
    std::string written;  ///< as the language writes it, or an example if the order is not known
    bool sure;
  };

  [[nodiscard]] bool is(std::size_t at, TokenKind kind) const {
    return at < tokens_.size() && tokens_[at].kind == kind;
  }
  [[nodiscard]] std::string text_of(std::size_t at) const {
    return fold_width(text_.substr(tokens_[at].begin, tokens_[at].end - tokens_[at].begin));
  }

  /// A number without a point, of at most so many digits.
  [[nodiscard]] std::optional<unsigned> number(std::size_t at, std::size_t digits) const {
    if (!is(at, TokenKind::kNUMBER)) return std::nullopt;
    const std::string digits_written = text_of(at);
    const bool plain = digits_written.size() <= digits &&
                       std::all_of(digits_written.begin(), digits_written.end(),
                                   [](char sign) { return sign >= '0' && sign <= '9'; });
    if (!plain) return std::nullopt;
    return static_cast<unsigned>(std::stoul(digits_written));
  }
  [[nodiscard]] std::optional<unsigned> year(std::size_t at) const {
    constexpr std::size_t kDigits = 4;
    const auto value = number(at, kDigits);
    return value && text_of(at).size() == kDigits ? value : std::nullopt;
  }

  static std::string day(unsigned year, unsigned month, unsigned day) {
    return fmt::format("{:04}-{:02}-{:02}", year, month, day);
  }

  [[nodiscard]] std::optional<Slip> slip_at(std::size_t at) const {
    if (auto slip = three_numbers(at)) return slip;
    return with_month_name(at);
  }

  /// 2020/5/1, 2020-5-1 and 5/1/2020, without blanks.
  [[nodiscard]] std::optional<Slip> three_numbers(std::size_t at) const {
    constexpr std::size_t kLength = 5;
    constexpr std::size_t kLast = 4;
    const TokenKind sign = at + 1 < tokens_.size() ? tokens_[at + 1].kind : TokenKind::kEND;
    if ((sign != TokenKind::kSLASH && sign != TokenKind::kMINUS) || !is(at + 3, sign)) return {};
    const auto middle = number(at + 2, 2);
    if (!middle) return {};
    if (const auto first = year(at); first && number(at + kLast, 2)) {
      const unsigned last = *number(at + kLast, 2);
      const bool valid = *middle >= 1 && *middle <= kMonthCount && last >= 1 && last <= kMostDays;
      return Slip{at + kLength, valid ? day(*first, *middle, last) : "2018-03-01", valid};
    }
    if (number(at, 2) && year(at + kLast)) return Slip{at + kLength, "2018-03-01", false};
    return {};
  }

  /// The token after a word, blanks and a comma left out.
  [[nodiscard]] std::size_t after(std::size_t at) const {
    ++at;
    if (is(at, TokenKind::kCOMMA)) ++at;
    if (is(at, TokenKind::kBLANK)) ++at;
    return at;
  }

  /// 1 January 2020, 1 Jan 2020, January 1, 2020 and January 2020.
  [[nodiscard]] std::optional<Slip> with_month_name(std::size_t at) const {
    if (is(at, TokenKind::kMONTH_DAY)) {
      const std::string words = text_of(at);  // "1 January"; 1月1日 is followed by no year
      const std::size_t letter = words.find_first_of("JFMASOND");
      const std::size_t last = after(at);
      if (letter == std::string::npos || !year(last)) return {};
      return Slip{last + 1,
                  day(*year(last), month_named(words.substr(letter)),
                      static_cast<unsigned>(std::stoul(words))),
                  true};
    }
    const auto first = number(at, 2);
    const std::size_t word = first ? after(at) : at;
    if (!is(word, TokenKind::kNAME)) return {};
    const unsigned month = month_named(text_of(word));
    if (month == 0) return {};
    const std::size_t next = after(word);
    if (year(next)) {
      return Slip{
          next + 1,
          first ? day(*year(next), month, *first) : fmt::format("{:04}-{:02}", *year(next), month),
          true};
    }
    const auto middle = number(next, 2);
    const std::size_t last = middle ? after(next) : next;
    if (first || !middle || !year(last)) return {};
    return Slip{last + 1, day(*year(last), month, *middle), true};
  }

  void tell(const Token& date, const Slip& slip) {
    diag::Diagnostic& told =
        complaints_->report(diag::Code::kNoSuchDate, date.begin, date.end,
                            say("`{}` is not how a date is written", "日期不这样写：`{}`",
                                text_.substr(date.begin, date.end - date.begin)),
                            say("year, month, day", "年、月、日"));
    told.helps.push_back(slip.sure ? say("write `{}`", "写 `{}`", slip.written)
                                   : say("write a day as {}, a month as 2018-03 or a year as 2018",
                                         "日写作 {}，月写作 2018-03，年写作 2018", slip.written));
  }

  std::string_view text_;
  const std::vector<Token>& tokens_;
  Complaints* complaints_;
};

}  // namespace

std::vector<Token> mend_dates(std::string_view text, const std::vector<Token>& tokens,
                              Complaints& complaints) {
  return DateReader(text, tokens, complaints).run();
}

}  // namespace juzhu::syntax
