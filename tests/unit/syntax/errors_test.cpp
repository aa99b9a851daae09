// What an author is told about damage: one message per stretch, in our words, with reading going on
// behind it.
#include <catch2/catch.hpp>

#include "reading.h"
#include "syntax/syntax_errors.h"

using namespace juzhu;
using namespace juzhu::syntax;
using Places = std::vector<std::string>;

namespace {

/// The only message about a text.
diag::Diagnostic only(const std::string& text) {
  const Reading reading(text);
  const auto items = reading.sink.sorted();
  INFO(text);
  REQUIRE(items.size() == 1);
  return items[0];
}

std::string help(const std::string& text) {
  const diag::Diagnostic item = only(text);
  return item.helps.empty() ? std::string() : item.helps.front().en;
}

}  // namespace

TEST_CASE("several errors give one message each") {
  const Reading reading(
      "unit a b\n"
      "rule r for each child grants s when child is\n"
      "rule t grants s when a is 3\n"
      "entity person {\n"
      "  fact one yes/no\n"
      "  fact two: yes/no\n"
      "  fact three: :\n"
      "}\n"
      "unit c\n"
      "define d: number means ( 1 + 2\n"
      "unit e\n");
  CHECK(reading.places() == Places{"1:8 syntax-error", "3:1 syntax-error", "5:12 syntax-error",
                                   "7:15 syntax-error", "11:1 syntax-error"});
}

TEST_CASE("a message says what was found and what could stand there") {
  CHECK(only("rule r for each child when").message.en ==
        "found the end of the file, expected a condition or a value");
  CHECK(only("unit").message.en == "expected a name before the end of the file");
  CHECK(only("service s text").message.en ==
        "`text` neither continues what stands before it nor begins a declaration");
  CHECK(only("choice c { a b }").message.en == "found `b`, expected `}` or `,`");
  CHECK(only("unit a }").message.en == "`}` closes nothing");
  CHECK(only("规则 甲 对每个 孩子 当").message.en ==
        "found the end of the file, expected a condition or a value");
  CHECK(only("参数 甲 在 深圳 12").message.en.find("`自`") != std::string::npos);
}

TEST_CASE("words of one family are listed under one name and never more than five") {
  using enum TokenKind;
  CHECK(list_expected({kAT_LEAST, kBEFORE, kIS, kAND}, Tongue::kEnglish).en ==
        "`and` or a comparison such as `is`");
  CHECK(list_expected({kCITES, kNOTE, kRULE, kENTITY, kMEANS}, Tongue::kChinese).en ==
        "`是指`, a remark such as `依据` or a declaration such as `规则`");
  CHECK(list_expected({kMEANS, kRBRACE, kSEMI}, Tongue::kEnglish).en == "`}`, `;` or `means`");
  CHECK(list_expected({kAS, kTO, kMEANS, kWHEN, kFOR, kTHEN}, Tongue::kEnglish).en ==
        "`as`, `to`, `means`, `when` or `for`");
  CHECK(list_expected({}, Tongue::kEnglish).empty());
}

TEST_CASE("signs of other languages are read as the word they stand for") {
  const Reading reading("define d: yes/no means a = 3 and b <= 4 and c != 5 && d ≥ 6");
  CHECK(reading.places() == Places{"1:26 stray-character", "1:36 stray-character",
                                   "1:47 stray-character", "1:52 stray-character",
                                   "1:57 stray-character"});
  CHECK(help("define d: yes/no means a == 3") == "write `is` instead of `==`");
  CHECK(help("define d: yes/no means a <= 3") == "write `at most` instead of `<=`");
  CHECK(help("定义 d：是否 是指 a ＞＝ 3") == "write `至少` instead of `＞＝`");
}

TEST_CASE("other strays are told once per stretch and passed over") {
  CHECK(only("unit $$$ a").message.en == "`$$$` is no part of the language");
  CHECK(only("unit \x01 a").message.en ==
        "the control character U+0001 is no part of the language");
  CHECK(help("unit a。") == "nothing ends a declaration but the next one; leave the full stop out");
  CHECK(Reading("unit $ a\nunit b").tree.children(NodeId{std::size_t{0}}).size() == 2);
}

TEST_CASE("a text or name without its closing quote ends with its line") {
  const Reading reading("service s \"open # text\nservice t \"closed\"");
  CHECK(reading.places() == Places{"1:11 syntax-error"});
  CHECK(reading.kinds() == Places{"SERVICE", "NAME", "STRING", "SERVICE", "NAME", "STRING"});
  CHECK(only("unit 「a\nunit b").message.en == "this name has no closing mark");
  CHECK(only("服务 s “没有").helps.front().en == "close the text with `”`");
}

TEST_CASE("a reserved word as a name is read as the name") {
  const diag::Diagnostic item = only("rule item for each child grants s");
  CHECK(item.code == diag::Code::kReservedName);
  CHECK(item.message.en == "`item` is a word of the language");
  CHECK(item.helps.front().en == "choose another name or write 「item」");
  CHECK(only("rule r for each child when item is 3").code == diag::Code::kReservedName);
  CHECK(only("规则 项 对每个 孩子").helps.front().en == "choose another name or write 「项」");
  const Reading reading("unit level");
  CHECK(reading.kinds() == Places{"UNIT", "NAME"});
}

TEST_CASE("a slip in a word is guessed") {
  CHECK(help("rule r grnts s") == "did you mean `grants`?");
  CHECK(help("rule r grants s When a") == "words of the language have small letters: `when`");
  CHECK(help("define d: yes/no means a is at lest 3") == "did you mean `at least`?");
  CHECK(help("define d: number means if a then 1 else 2") == "write `otherwise`");
  CHECK(help("define d: yes/no means a contains b") == "write `includes`");
  CHECK(help("规则 甲 准子 乙") == "did you mean `准予`?");
  CHECK(help("unit 学校1") == "a Chinese name takes no Latin letters or digits; write 「学校1」");
  CHECK(help("define d: yes/no means a || b") == "write `or`");
  CHECK(help("define d: number means 1 + if a then b otherwise c") ==
        "put it in brackets: `( … )`");
  CHECK(help("define d: yes/no means a is b or if none 3") ==
        "put the value and what stands in its place in brackets: `( … )`");
  CHECK(help("define d: yes/no means a is 3 is 4") ==
        "comparisons do not chain; join two with `and`");
}

TEST_CASE("a bracket left open is pointed at") {
  const diag::Diagnostic item = only("rule r when all of {\n  a is 3;\n  b is 4\nrule s grants t");
  CHECK(item.primary.span.begin == 40);
  REQUIRE(item.labels.size() == 1);
  CHECK(item.labels[0].text.en == "never closed");
  CHECK(item.labels[0].span.begin == 19);
  CHECK(item.helps.front().en == "close the bracket with `}`");
}

TEST_CASE("damage far from the start of its declaration names the declaration") {
  const diag::Diagnostic item = only("define d: yes/no\n  means\nunit a");
  REQUIRE(item.labels.size() == 1);
  CHECK(item.labels[0].text.en == "in the definition that begins here");
}

TEST_CASE("a use after declarations is told and the rest is read") {
  const Reading reading("unit a\nuse b\nunit c\nunit d e\n");
  CHECK(reading.places() == Places{"2:1 syntax-error", "4:8 syntax-error"});
  CHECK(reading.sink.sorted()[0].message.en == "`use` must stand before the first declaration");
}

TEST_CASE("damage marks its node and all around it and no other") {
  const Reading reading("unit a\nrule r when\nunit b");
  const SyntaxTree& tree = reading.tree;
  CHECK(tree.node(tree.root()).error);
  const auto declarations = tree.children(tree.root(), NodeKind::kDeclaration);
  REQUIRE(declarations.size() == 3);
  CHECK_FALSE(tree.node(declarations[0]).error);
  CHECK(tree.node(declarations[1]).error);
  CHECK_FALSE(tree.node(declarations[2]).error);
}

TEST_CASE("the generator's own wording reaches nobody") {
  const std::string text =
      GENERATE(as<std::string>{}, "rule", "a", "}", "rule r when (", "unit unit", "define d: means",
               "entity e { fact", "scenario s on", "source s level level level",
               "parameter p at : 3", "define d: number means table first | a |");
  const Reading reading(text);
  CHECK(reading.sink.error_count() > 0);
  for (const diag::Diagnostic& item : reading.sink.sorted()) {
    for (const char* const alien : {"mismatched", "extraneous", "viable", "<EOF>", "missing '",
                                    "RBRACE", "NAME", "AT_LEAST"}) {
      CHECK(item.message.in(false).find(alien) == std::string::npos);
      CHECK(item.message.in(true).find(alien) == std::string::npos);
    }
    CHECK(item.message.zh != item.message.en);
  }
}
