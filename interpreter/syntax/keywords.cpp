#include "syntax/keywords.h"

#include <array>
#include <unordered_map>

namespace juzhu::syntax {
namespace {

constexpr std::array kKeywords{
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define KEYWORD(token, english, chinese) Keyword{TokenKind::k##token, english, chinese},
#include "keywords.def"
#undef KEYWORD
};

std::vector<std::string_view> split(std::string_view list) {
  std::vector<std::string_view> result;
  while (!list.empty()) {
    const std::size_t bar = list.find('|');
    result.push_back(list.substr(0, bar));
    list.remove_prefix(bar == std::string_view::npos ? list.size() : bar + 1);
  }
  return result;
}

std::string_view list_of(const Keyword& keyword, Tongue tongue) {
  return tongue == Tongue::kEnglish ? keyword.english : keyword.chinese;
}

std::unordered_map<std::string_view, TokenKind> one_word_keywords() {
  std::unordered_map<std::string_view, TokenKind> result;
  for (const Keyword& keyword : kKeywords) {
    for (const Tongue tongue : {Tongue::kEnglish, Tongue::kChinese}) {
      for (const std::string_view word : split(list_of(keyword, tongue))) {
        if (word.find_first_of(" /") == std::string_view::npos) result.emplace(word, keyword.kind);
      }
    }
  }
  return result;
}

/// What a message calls a token that is no keyword; empty for keywords.
Bilingual words_for(TokenKind kind) {
  switch (kind) {
    case TokenKind::kDATE:
      return say("a date", "日期");
    case TokenKind::kMONTH:
      return say("a month", "月份");
    case TokenKind::kMONTH_DAY:
      return say("a day of a year", "某年的某日");
    case TokenKind::kNUMBER:
      return say("a number", "数");
    case TokenKind::kSTRING:
      return say("a text in quotes", "引号中的文本");
    case TokenKind::kNAME:
      return say("a name", "名称");
    case TokenKind::kPOSSESSIVE:
      return as_written("`'s`");
    case TokenKind::kLBRACE:
      return as_written("`{`");
    case TokenKind::kRBRACE:
      return as_written("`}`");
    case TokenKind::kLPAREN:
      return as_written("`(`");
    case TokenKind::kRPAREN:
      return as_written("`)`");
    case TokenKind::kBAR:
      return as_written("`|`");
    case TokenKind::kCOLON:
      return as_written("`:`");
    case TokenKind::kSEMI:
      return as_written("`;`");
    case TokenKind::kCOMMA:
      return as_written("`,`");
    case TokenKind::kDOT:
      return as_written("`.`");
    case TokenKind::kSLASH:
      return as_written("`/`");
    case TokenKind::kSTAR:
      return as_written("`*`");
    case TokenKind::kPLUS:
      return as_written("`+`");
    case TokenKind::kMINUS:
      return as_written("`-`");
    case TokenKind::kPERCENT:
      return as_written("`%`");
    case TokenKind::kCOMMENT:
      return say("a comment", "注释");
    case TokenKind::kBLANK:
      return say("a blank", "空格");
    case TokenKind::kSTRAY:
      return say("a stray character", "不属于本语言的字符");
    case TokenKind::kEND:
      return say("the end of the file", "文件末尾");
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define KEYWORD(token, english, chinese) case TokenKind::k##token:
#include "keywords.def"
#undef KEYWORD
      return {};
  }
  return {};
}

}  // namespace

std::span<const Keyword> keywords() { return kKeywords; }

bool is_keyword(TokenKind kind) { return static_cast<std::size_t>(kind) < kKeywords.size(); }

std::string_view spelling(TokenKind kind, Tongue tongue) {
  const Keyword& keyword = kKeywords.at(static_cast<std::size_t>(kind));
  const std::string_view own = list_of(keyword, tongue);
  const std::string_view list = own.empty() ? keyword.chinese : own;
  return list.substr(0, list.find('|'));
}

std::vector<std::string_view> spellings(TokenKind kind, Tongue tongue) {
  return split(list_of(kKeywords.at(static_cast<std::size_t>(kind)), tongue));
}

std::vector<std::string> all_spellings(Tongue tongue) {
  std::vector<std::string> result;
  for (const Keyword& keyword : kKeywords) {
    for (const std::string_view word : split(list_of(keyword, tongue)))
      result.emplace_back(word);
  }
  return result;
}

std::optional<TokenKind> keyword_of(std::string_view word) {
  static const auto kWords = one_word_keywords();
  const auto found = kWords.find(fold_width(word));
  if (found == kWords.end()) return std::nullopt;
  return found->second;
}

bool is_reserved(std::string_view word) {
  const std::optional<TokenKind> kind = keyword_of(word);
  return kind && *kind != TokenKind::kLONGEST && word != "其他";
}

Bilingual describe(TokenKind kind, Tongue tongue) {
  if (!is_keyword(kind)) return words_for(kind);
  return say("`{}`", "`{}`", spelling(kind, tongue));
}

std::string fold_width(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    // U+FF01 to U+FF5E are EF BC 81 to EF BD 9E and stand for the ASCII signs 0x21 to 0x7E.
    const bool wide = text[at] == '\xEF' && at + 2 < text.size() &&
                      (text[at + 1] == '\xBC' || text[at + 1] == '\xBD');
    if (wide) {
      const unsigned page = text[at + 1] == '\xBC' ? 0U : 0x40U;
      const unsigned sign = page + (static_cast<unsigned char>(text[at + 2]) & 0x3FU) + 0x20U;
      if (sign >= 0x21U && sign <= 0x7EU) {
        result.push_back(static_cast<char>(sign));
        at += 2;
        continue;
      }
    }
    result.push_back(text[at]);
  }
  return result;
}

}  // namespace juzhu::syntax
