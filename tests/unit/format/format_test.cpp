// The formatter on single texts: layout, spelling in either tongue, names that may and may not be
// turned, and the proof. Whole rulebooks are turned and turned back by
// tests/format/both_tongues.py.
#include "format/format.h"

#include <catch2/catch.hpp>
#include <memory>

#include "format/literals.h"
#include "format/proof.h"
#include "syntax/parse.h"

using namespace juzhu;
using format::DateParts;
using syntax::Tongue;

namespace {

struct Read {
  explicit Read(std::string text) {
    tree = syntax::parse(sources, sources.add("test.jz", std::move(text)), sink);
    INFO((sink.has_errors() ? sink.sorted().front().message.en : ""));
    CHECK(!sink.has_errors());
  }
  source::SourceMap sources;
  diag::Sink sink;
  syntax::SyntaxTree tree;
};

/// Formatted once and again, with the names of the text itself; the second time must change
/// nothing.
std::string formatted(const std::string& text, std::optional<Tongue> to = {}) {
  const Read read(text);
  const format::Names names({read.tree});
  const format::Formatted once = format::format(read.tree, to, &names);
  INFO(once.text);
  CHECK(once.wrong.value_or("") == "");
  const Read reread(once.text);
  const format::Names renames({reread.tree});
  const format::Formatted again = format::format(reread.tree, to, &renames);
  CHECK(again.wrong.value_or("") == "");
  CHECK(again.text == once.text);
  return once.text;
}
std::string english(const std::string& text) { return formatted(text, Tongue::kEnglish); }
std::string chinese(const std::string& text) { return formatted(text, Tongue::kChinese); }

}  // namespace

TEST_CASE("line breaks stay, blanks and indentation are set anew") {
  CHECK(formatted("\xEF\xBB\xBFmodule   a\r\n\r\n\r\n\r\nrule r  for each child\r\n"
                  "      cites S art  2   ,T\r\n grants p\r\n   when all of {x ;\r\ny\r\n}\r\n") ==
        "module a\n"
        "\n"
        "rule r  for each child\n"
        "  cites S art 2, T\n"
        "  grants p\n"
        "  when all of { x;\n"
        "    y\n"
        "  }\n");
}

TEST_CASE("declarations part company") {
  CHECK(formatted("service a service b") == "service a\nservice b\n");
}

TEST_CASE("comments keep their place and their words") {
  CHECK(formatted("#a\nservice a #b  \n  # of a\n\n   # of b\nservice b\n#end") ==
        "#a\nservice a  #b\n  # of a\n\n# of b\nservice b\n#end\n");
  CHECK(formatted("rule r for each child grants s when all of {\nx # one\n; # two\n# three\n}") ==
        "rule r  for each child  grants s  when all of {\n"
        "  x  # one\n"
        "  ;  # two\n"
        "  # three\n"
        "}\n");
}

TEST_CASE("columns of a table count East Asian characters twice") {
  CHECK(formatted("define t: number means table first\n|a|result|\n|one of {男,女}|1|cites S\n"
                  "|any|20|\notherwise 3") ==
        "define t: number means table first\n"
        "  | a                 | result |\n"
        "  | one of { 男, 女 } | 1      |  cites S\n"
        "  | any               | 20     |\n"
        "  otherwise 3\n");
}

TEST_CASE("what is asked about facts stands in one column") {
  CHECK(formatted("entity e in household {\n fact a: date asks \"?\"\n fact bcd: number asks \"?\" "
                  "at least 0 if any\n}") ==
        "entity e in household {\n"
        "  fact a: date      asks \"?\"\n"
        "  fact bcd: number  asks \"?\"  at least 0  if any\n"
        "}\n");
}

TEST_CASE("a chain of ifs goes on from its first") {
  CHECK(formatted("define n: number\nmeans if a then 1\notherwise if b then 2\notherwise 3") ==
        "define n: number\n"
        "  means if a then 1\n"
        "    otherwise if b then 2\n"
        "    otherwise 3\n");
}

TEST_CASE("without a tongue each declaration keeps its own") {
  CHECK(formatted("规则 甲 对每个 丙 cites d 准予 e\nservice x") ==
        "规则 甲  对每个 丙  依据 d  准予 e\nservice x\n");
}

TEST_CASE("is before a comparing word is written in English and left out in Chinese") {
  const std::string text =
      "define b: yes/no means x is at least 3 and y is not before z and a is b\n";
  const std::string other = "定义 b：是否 是指 x 至少 3 且 y 不 早于 z 且 a 为 b\n";
  CHECK(chinese(text) == other);
  CHECK(english(other) == text);
  CHECK(english("define b: yes/no means x at least 3") ==
        "define b: yes/no means x is at least 3\n");
  CHECK(chinese("定义 b：是否 是指 x 为 # why\n 至少 3") ==
        "定义 b：是否 是指 x  # why\n  至少 3\n");
}

TEST_CASE("articles, dates and years have a form in each tongue") {
  const std::string text =
      "source S / 条例  in force at China from 2016 to 2018-03-01\n"
      "rule r  for each child  cites S art 19 para 1 item 2, S annex 3\n"
      "define d: date means 31 August in today's year\n"
      "define m: 「month」 means 2018-03\n";
  const std::string other =
      "文件 条例 / S  施行 在 China 自 2016年 至 2018年3月1日\n"
      "规则 r  对每个 child  依据 条例 第19条 第1款 第2项，条例 附件3\n"
      "定义 d：日期 是指 8月31日 于 今日的年份\n"
      "定义 m：月份 是指 2018年3月\n";
  CHECK(chinese(text) == other);
  CHECK(english(other) == text);
}

TEST_CASE("lengths of time take the word their place wants") {
  const std::string text =
      "define a: months means 1 month + 12 months\n"
      "define b: days means full months from x to y is at least 1 day\n"
      "spells person's s each t by month { }\n";
  const std::string other =
      "定义 a：月数 是指 1 个月 + 12 个月\n"
      "定义 b：日数 是指 满 月数 自 x 至 y 至少 1 日\n"
      "时段 person的s 每条 t 按 月 { }\n";
  CHECK(chinese(text) == other);
  CHECK(english(other) == text);
  CHECK(english("定义 a：数 是指 1 分 + 3 分 + 1.0 分") ==
        "define a: number means 1 point + 3 points + 1.0 points\n");
}

TEST_CASE("the rest of a table is said as its last row allows") {
  const std::string text =
      "define t: number means table first\n  | a | result |\n  | 1 | 2      |  confidence "
      "recalled\n"
      "  otherwise 3\n";
  // 其他 is a name anywhere but behind a bar.
  CHECK(chinese(text) ==
        "定义 t：数 是指 表 首个\n  | a | 结果 |\n  | 1 | 2    |  可信度 记忆\n  否则 3\n");
  CHECK(english(chinese(text)) == text);
}

TEST_CASE("names are turned where they have one other name") {
  const std::string text =
      "choice stage / 学段 { junior / 初中, other / 其他 }\n"
      "service permit / 居住证\n"
      "entity person / 人 in household { fact place / 户籍: place }\n"
      "spells person's permits / 证件 each permit / 证 by day { fact place / 地点: place }\n"
      "define person's ok / 合格: yes/no\n"
      "  means some permit among person's permits where permit's place is person's place\n"
      "rule r / 甲  for each person where person's permit is granted  grants permit\n";
  CHECK(chinese(text) ==
        "选项 学段 / stage { 初中 / junior，其他 / other }\n"
        "服务 居住证 / permit\n"
        "实体 人 / person 于 户 { 事实 户籍 / place：地点 }\n"
        "时段 人的证件 / permits 每条 证 / permit 按 日 { 事实 地点 / place：地点 }\n"
        "定义 人的合格 / ok：是否\n"
        "  是指 有 证 属于 人的证件 满足 证的地点 为 人的户籍\n"
        "规则 甲 / r  对每个 人 满足 人的居住证 为 已准  准予 居住证\n");
  CHECK(english(chinese(text)) == text);
}

TEST_CASE("a name of several things stays as it is written") {
  const std::string text =
      "service a / 甲\nservice b / 乙\nrule a / 丙  for each child  grants a  overrides a\n"
      "define a / 丁: number means a\n";
  CHECK(chinese(text) ==
        "服务 甲 / a\n服务 乙 / b\n规则 丙 / a  对每个 child  准予 甲  优先于 丙\n"
        "定义 丁 / a：数 是指 丁\n");
  // Two parameters called alike in English only.
  CHECK(chinese("choice x { a / 甲 }\nchoice y { a / 乙 }\ndefine d: yes/no means d is a\n") ==
        "选项 x { 甲 / a }\n选项 y { 乙 / a }\n定义 d：是否 是指 d 为 a\n");
  // One Chinese word for two English ones could not be turned back.
  CHECK(chinese("choice x { a / 甲, b / 甲 }\ndefine d: yes/no means d is a\n") ==
        "选项 x { 甲 / a，甲 / b }\n定义 d：是否 是指 d 为 a\n");
}

TEST_CASE("two names bound in one declaration never become one") {
  const std::string text =
      "entity person / 人 in household { }\n"
      "define x: yes/no means some person among y where some 人 among z where person is 人\n";
  CHECK(chinese(text) ==
        "实体 人 / person 于 户 { }\n"
        "定义 x：是否 是指 有 person 属于 y 满足 有 人 属于 z 满足 person 为 人\n");
}

TEST_CASE("names go in quotes where they must") {
  CHECK(formatted(
            "service 「学位」\nservice 「2022年新生」\nservice 「rule」\nservice ｌｅｖｅｌs") ==
        "service 学位\nservice 「2022年新生」\nservice 「rule」\nservice levels\n");
  CHECK(chinese("service r / 「规则」\nrule x for each child grants r") ==
        "服务 「规则」 / r\n规则 x  对每个 child  准予 「规则」\n");
  // `is given` is one word.
  CHECK(formatted("define x: yes/no means a is 「given」") ==
        "define x: yes/no means a is 「given」\n");
  // After 's any word is a property.
  CHECK(formatted("define child's 「level」: number means child's level") ==
        "define child's level: number means child's level\n");
}

TEST_CASE("texts and numbers are what they were") {
  CHECK(english("服务 a “甲；乙” / \"x\"\n服务 b “说\"是\"”") ==
        "service a \"x\" / \"甲；乙\"\nservice b “说\"是\"”\n");
  CHECK(format::number_text("２万", Tongue::kEnglish) == "20_000");
  CHECK(format::number_text("1.5万", Tongue::kEnglish) == "15_000");
  CHECK(format::number_text("0.00005万", Tongue::kEnglish) == "0.5");
  CHECK(format::number_text("120万", Tongue::kEnglish) == "1_200_000");
  CHECK(format::number_text("2万", Tongue::kChinese) == "2万");
  CHECK(format::number_text("20_000.50", Tongue::kChinese) == "20_000.50");
  CHECK(format::number_value("1.5万") == format::number_value("15_000.0"));
}

TEST_CASE("dates that a tongue has no form for keep the other") {
  CHECK(format::date_parts("2018年03月01日") == DateParts{"2018", "3", "1"});
  CHECK(format::date_parts("31 August") == format::date_parts("8月31日"));
  CHECK(format::date_text({"2018", "3", "1"}, Tongue::kEnglish) == "2018-03-01");
  CHECK(format::date_text({"18", "3", "1"}, Tongue::kEnglish) == "18年3月1日");
  CHECK(format::date_text({"", "13", "1"}, Tongue::kEnglish) == "13月1日");
  CHECK(format::date_text({"", "0", "1"}, Tongue::kEnglish) == "0月1日");
}

TEST_CASE("the proof sees what differs") {
  const format::Names none({});
  const auto differs = [&](const std::string& left, const std::string& right) {
    const Read before(left);
    const Read after(right);
    return format::first_difference(before.tree, after.tree, &none).has_value();
  };
  CHECK(!differs("define a: number means 1", "定义 a：数 是指 1"));
  CHECK(!differs("rule a cites b art 2", "规则 a 依据 b 第2条"));
  CHECK(differs("rule a cites b art 2", "规则 a 依据 b 第2款"));
  CHECK(differs("rule a cites b art 2", "规则 a 依据 b 第3条"));
  CHECK(differs("define a: number means 1", "define b: number means 1"));
  CHECK(differs("define a: number means 1", "define a: number means 2"));
  CHECK(differs("define a: date means 2018-03-01", "define a: date means 2018-03-02"));
  CHECK(differs("define a: number means b + c * d", "define a: number means (b + c) * d"));
  CHECK(differs("service a \"x\"", "service a \"x \""));
  CHECK(differs("service a # x", "service a # y"));
  CHECK(differs("service a\nservice b", "service b\nservice a"));
  CHECK(differs("define a: yes/no means b is before c", "define a: yes/no means b is after c"));
  CHECK(
      differs("define a: yes/no means b is before c", "define a: yes/no means b is not before c"));
}
