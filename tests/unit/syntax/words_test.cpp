// Words into keywords and names, in both tongues.
#include <catch2/catch.hpp>
#include <sstream>

#include "reading.h"
#include "syntax/keywords.h"

using namespace juzhu::syntax;
using Kinds = std::vector<std::string>;

namespace {

Kinds kinds(std::string text) { return Reading(std::move(text)).kinds(); }

}  // namespace

TEST_CASE("phrases are one token however they are spaced") {
  CHECK(kinds("at least") == Kinds{"AT_LEAST"});
  CHECK(kinds("at \t\r\n least") == Kinds{"AT_LEAST"});
  CHECK(kinds("allowing gaps up to") == Kinds{"ALLOWING_GAPS"});
  CHECK(kinds("on or before") == Kinds{"ON_OR_BEFORE"});
  CHECK(kinds("ａｔ　ｌｅａｓｔ") == Kinds{"AT_LEAST"});
}

TEST_CASE("the longest phrase wins and a broken one is its words") {
  CHECK(kinds("is") == Kinds{"IS"});
  CHECK(kinds("is not given") == Kinds{"IS_NOT", "NAME"});
  CHECK(kinds("is given") == Kinds{"IS_GIVEN"});
  CHECK(kinds("on or if") == Kinds{"ON", "OR", "IF"});
  CHECK(kinds("years old") == Kinds{"YEARS_OLD"});
  CHECK(kinds("year older") == Kinds{"YEARS", "NAME"});
  CHECK(kinds("at leastwise") == Kinds{"AT", "NAME"});
}

TEST_CASE("a comment parts a phrase") { CHECK(kinds("at # here\n least") == Kinds{"AT", "NAME"}); }

TEST_CASE("yes/no is one word without blanks only") {
  CHECK(kinds("yes/no") == Kinds{"YES_NO"});
  CHECK(kinds("yes/none") == Kinds{"NAME", "SLASH", "NAME"});
  CHECK(kinds("yes / no") == Kinds{"NAME", "SLASH", "NO"});
}

TEST_CASE("keywords have small letters and whole words") {
  CHECK(kinds("When") == Kinds{"NAME"});
  CHECK(kinds("whens") == Kinds{"NAME"});
  CHECK(kinds("when_") == Kinds{"NAME"});
  CHECK(kinds("ｗｈｅｎ") == Kinds{"WHEN"});
}

TEST_CASE("a Chinese word is a whole run of characters") {
  CHECK(kinds("满") == Kinds{"FULL"});
  CHECK(kinds("满意") == Kinds{"NAME"});
  CHECK(kinds("满 意") == Kinds{"FULL", "NAME"});
  CHECK(kinds("孩子的年龄") == Kinds{"NAME", "POSSESSIVE", "NAME"});
  CHECK(kinds("12个月") == Kinds{"NUMBER", "MONTHS"});
  CHECK(kinds("第19条") == Kinds{"ORDINAL", "NUMBER", "ART"});
}

TEST_CASE("an article may stand right behind its source") {
  CHECK(kinds("条例第12条第2款") ==
        Kinds{"NAME", "ORDINAL", "NUMBER", "ART", "ORDINAL", "NUMBER", "PARA"});
  CHECK(kinds("条例第") == Kinds{"NAME"});
}

TEST_CASE("a keyword in corner brackets is a name") {
  CHECK(kinds("「规则」 「at least」 「item」") == Kinds{"NAME", "NAME", "NAME"});
}

TEST_CASE("words of phrases and of one place only stay names elsewhere") {
  CHECK(kinds("first last longest") == Kinds{"NAME", "NAME", "NAME"});
  CHECK(kinds("longest full months") == Kinds{"LONGEST", "FULL", "MONTHS"});
  CHECK(kinds("其他 / other") == Kinds{"NAME", "SLASH", "NAME"});
  CHECK(kinds("| 其他 | 3 |\n其他 5") ==
        Kinds{"BAR", "NAME", "BAR", "NUMBER", "BAR", "OTHERWISE", "NUMBER"});
  CHECK_FALSE(is_reserved("longest"));
  CHECK_FALSE(is_reserved("first"));
  CHECK_FALSE(is_reserved("其他"));
  CHECK_FALSE(is_reserved("满意"));
  CHECK(is_reserved("item"));
  CHECK(is_reserved("ｉｔｅｍ"));
  CHECK(is_reserved("项"));
}

TEST_CASE("dates and months are one token in either tongue") {
  CHECK(kinds("2018-03-01 2018年3月1日") == Kinds{"DATE", "DATE"});
  CHECK(kinds("2018-03 2018年3月") == Kinds{"MONTH", "MONTH"});
  CHECK(kinds("31 August") == Kinds{"MONTH_DAY"});
  CHECK(kinds("8月31日") == Kinds{"MONTH_DAY"});
  CHECK(kinds("2018年") == Kinds{"NUMBER", "YEARS"});
  CHECK(kinds("3_000_000 300万 0.05") == Kinds{"NUMBER", "NUMBER", "NUMBER"});
}

TEST_CASE("full-width marks are the same marks") {
  CHECK(kinds("｛（，；：）｝｜／") ==
        Kinds{"LBRACE", "LPAREN", "COMMA", "SEMI", "COLON", "RPAREN", "RBRACE", "BAR", "SLASH"});
}

TEST_CASE("the value of a name or a text has no quotes and one form") {
  CHECK(name_of("「at least」") == "at least");
  CHECK(name_of("ａbＣ") == "abC");
  CHECK(name_of("户籍") == "户籍");
  CHECK(name_of("「e\xCC\x81」") == "\xC3\xA9");
  CHECK(string_of("\"a\"") == "a");
  CHECK(string_of("“文”") == "文");
  CHECK(string_of("\"open") == "open");
  CHECK(string_of("\"\"").empty());
}

TEST_CASE("keywords are spelled in either tongue") {
  CHECK(spelling(TokenKind::kAT_LEAST, Tongue::kEnglish) == "at least");
  CHECK(spelling(TokenKind::kAT_LEAST, Tongue::kChinese) == "至少");
  CHECK(spelling(TokenKind::kORDINAL, Tongue::kEnglish) == "第");
  CHECK(spellings(TokenKind::kNO, Tongue::kChinese) == std::vector<std::string_view>{"没有", "否"});
  CHECK(keyword_of("when") == TokenKind::kWHEN);
  CHECK_FALSE(keyword_of("at least"));
  CHECK(fold_width("Ａ１（～") == "A1(~");
}

TEST_CASE("every spelling in keywords.def is read as its keyword") {
  for (const Keyword& keyword : keywords()) {
    for (const Tongue tongue : {Tongue::kEnglish, Tongue::kChinese}) {
      for (const std::string_view word : spellings(keyword.kind, tongue)) {
        std::string text(word);
        // These are keywords in one place only.
        if (keyword.kind == TokenKind::kLONGEST) text += " full";
        if (word == "其他") text = "| " + text;
        if (keyword.kind == TokenKind::kITEM) text += " 3";
        const Kinds found = kinds(text);
        INFO(text);
        CHECK(std::find(found.begin(), found.end(), token_name(keyword.kind)) != found.end());
      }
    }
  }
}
