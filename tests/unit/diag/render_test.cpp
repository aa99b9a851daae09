#include "diag/render.h"
#include "diag/snippet.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace juzhu;
using diag::Code;

namespace {

/// A map with one file, and the place of a stretch of its text.
struct Page {
  source::SourceMap sources;
  source::FileId file;
  diag::Sink sink;

  explicit Page(std::string text) : file(sources.add("housing.jz", std::move(text))) {}
  [[nodiscard]] source::Span at(std::string_view part) const {
    const auto begin = static_cast<std::uint32_t>(sources.file(file).text().find(part));
    return {file, begin, begin + static_cast<std::uint32_t>(part.size())};
  }
  [[nodiscard]] std::string text(const diag::RenderOptions& options = {}) const {
    return render_text(sink.sorted(), sources, options);
  }
};

}  // namespace

TEST_CASE("a diagnostic is drawn with its line, its label and its help") {
  Page page("module x\n\nrule r for each chld\n");
  page.sink
      .report(Code::kUnknownName, page.at("chld"), as_written("nothing is called `chld`"),
              as_written("not declared"))
      .helps.emplace_back(as_written("did you mean `child`?"));
  CHECK(page.text() ==
        "error[unknown-name]: nothing is called `chld`\n"
        " --> housing.jz:3:17\n"
        "  |\n"
        "3 | rule r for each chld\n"
        "  |                 ^^^^ not declared\n"
        "  |\n"
        "  = help: did you mean `child`?\n");
}

TEST_CASE("marks under wide characters are as wide as they are") {
  Page page("规则 深圳居住证 对每个 孩纸\n");
  page.sink.report(Code::kUnknownName, page.at("孩纸"), as_written("nothing is called `孩纸`"),
                   as_written("here"));
  CHECK(page.text().find("1 | 规则 深圳居住证 对每个 孩纸\n"
                         "  |                        ^^^^ here\n") != std::string::npos);
}

TEST_CASE("a tab is shown as four blanks") {
  Page page("\tfact a");
  page.sink.report(Code::kSyntaxError, page.at("fact"), as_written("message"));
  CHECK(page.text().find("1 |     fact a\n"
                         "  |     ^^^^\n") != std::string::npos);
}

TEST_CASE("an empty place gets one mark") {
  Page page("rule");
  page.sink.report(Code::kSyntaxError, {page.file, 4, 4}, as_written("message"));
  CHECK(page.text().find("1 | rule\n"
                         "  |     ^\n") != std::string::npos);
}

TEST_CASE("a place over several lines shows the first") {
  Page page("rule a\ngrants b\n");
  page.sink.report(Code::kSyntaxError, {page.file, 5, 15}, as_written("message"));
  CHECK(page.text().find("1 | rule a\n"
                         "  |      ^\n"
                         "  |\n") == page.text().find("1 |"));
}

TEST_CASE("further labels are drawn in the order of their lines") {
  Page page("unit a\nunit b\nunit c\nunit a\n");
  diag::Diagnostic& item = page.sink.report(Code::kDuplicateName, {page.file, 26, 27},
                                            as_written("two units are called `a`"));
  item.labels.push_back({{page.file, 5, 6}, as_written("the first")});
  CHECK(page.text() ==
        "error[duplicate-name]: two units are called `a`\n"
        " --> housing.jz:4:6\n"
        "  |\n"
        "1 | unit a\n"
        "  |      - the first\n"
        "...\n"
        "4 | unit a\n"
        "  |      ^\n"
        "  |\n");
}

TEST_CASE("a label in another file has its own heading") {
  Page page("unit a\n");
  const auto other = page.sources.add("other.jz", "unit a\n");
  diag::Diagnostic& item =
      page.sink.report(Code::kDuplicateName, page.at("a"), as_written("message"));
  item.labels.push_back({{other, 5, 6}, as_written("the first")});
  CHECK(page.text().find(" ::: other.jz:1:6\n  |\n1 | unit a\n  |      - the first\n") !=
        std::string::npos);
}

TEST_CASE("a very long line is cut around the mark") {
  std::string line(5000, 'x');
  line += " here ";
  line += std::string(5000, 'y');
  Page page(line);
  page.sink.report(Code::kSyntaxError, page.at("here"), as_written("message"), as_written("label"));
  const std::string text = page.text();
  CHECK(text.size() < 500);
  const std::size_t row = text.find("1 | …xxx");
  REQUIRE(row != std::string::npos);
  const std::string drawn = text.substr(row + 4, text.find('\n', row) - row - 4);
  const std::size_t marks = text.find("^^^^ label");
  REQUIRE(marks != std::string::npos);
  const std::size_t row_of_marks = text.rfind('\n', marks) + 1;
  const std::size_t column = marks - row_of_marks - 4;
  CHECK(diag::display_width(drawn.substr(0, drawn.find("here"))) == column);
  CHECK(drawn.ends_with("y…"));
}

TEST_CASE("a mark at the end of a long line is in sight") {
  Page page(std::string(1000, 'x'));
  page.sink.report(Code::kSyntaxError, {page.file, 1000, 1000}, as_written("message"));
  CHECK(page.text().find("…xxx") != std::string::npos);
  CHECK(page.text().find('^') != std::string::npos);
}

TEST_CASE("control characters and broken bytes do not reach the terminal") {
  Page page("unit \x1b[31m \xFF\xE2\x80\xAE x");
  page.sink.report(Code::kNotUtf8, {page.file, 5, 6}, as_written("escape \x1b[0m in a message"));
  const std::string text = page.text();
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find('\xFF') == std::string::npos);
  CHECK(text.find("\xE2\x80\xAE") == std::string::npos);
}

TEST_CASE("a finding in data names file, line, column and value") {
  Page page("");
  page.sink.report_data(Code::kBadCell, {"persons.csv", 17, "birth_date", "2018-13-40"},
                        as_written("this is no date"));
  CHECK(page.text() ==
        "error[bad-cell]: this is no date\n"
        "  --> persons.csv:17, column birth_date: \"2018-13-40\"\n");
}

TEST_CASE("a finding in JSON names the path to the value") {
  Page page("");
  page.sink
      .report_data(Code::kBadCell, {"town.json", 0, "/persons/3/birth_date", ""},
                   as_written("this is no date"))
      .helps.emplace_back(as_written("write it as 2018-12-31"));
  CHECK(page.text() ==
        "error[bad-cell]: this is no date\n"
        "  --> town.json, at /persons/3/birth_date\n"
        "   = help: write it as 2018-12-31\n");
}

TEST_CASE("a diagnostic is shown in the tongue of its reader") {
  Page page("unit a\n");
  diag::Diagnostic& item =
      page.sink.report(Code::kMissingCitation, page.at("a"),
                       say("`{}` cites nothing", "`{}` 没有依据", "a"), say("here", "此处"));
  item.labels.push_back({page.at("unit"), say("declared", "声明")});
  item.helps.push_back(say("cite it", "写明依据"));
  CHECK(page.text() ==
        "warning[missing-citation]: `a` cites nothing\n"
        " --> housing.jz:1:6\n"
        "  |\n"
        "1 | unit a\n"
        "  |      ^ here\n"
        "  | ---- declared\n"
        "  |\n"
        "  = help: cite it\n");
  diag::RenderOptions options;
  options.chinese = true;
  CHECK(page.text(options) ==
        "警告[missing-citation]: `a` 没有依据\n"
        " --> housing.jz:1:6\n"
        "  |\n"
        "1 | unit a\n"
        "  |      ^ 此处\n"
        "  | ---- 声明\n"
        "  |\n"
        "  = 帮助：写明依据\n");
  const auto json = nlohmann::json::parse(render_json(page.sink.sorted(), page.sources, true));
  CHECK(json[0]["code"] == "missing-citation");
  CHECK(json[0]["severity"] == "warning");
  CHECK(json[0]["message"] == "`a` 没有依据");
  CHECK(json[0]["label"] == "此处");
  CHECK(json[0]["labels"][0]["text"] == "声明");
  CHECK(json[0]["help"][0] == "写明依据");
}

TEST_CASE("colour comes only when asked for") {
  Page page("unit a\n");
  page.sink.report(Code::kUnknownName, page.at("a"), as_written("message"));
  CHECK(page.text().find('\x1b') == std::string::npos);
  diag::RenderOptions options;
  options.color = true;
  CHECK(page.text(options).find("\x1b[1;31merror[unknown-name]\x1b[0m") == 0);
}

TEST_CASE("JSON has the same keys whether there is a place or not") {
  Page page("unit a\nunit a\n");
  diag::Diagnostic& item = page.sink.report(Code::kDuplicateName, {page.file, 12, 13},
                                            as_written("message"), as_written("label"));
  item.labels.push_back({{page.file, 5, 6}, as_written("the first")});
  item.helps.emplace_back(as_written("next"));
  page.sink.report_data(Code::kBadCell, {"p.csv", 3, "age", "\xFF"}, as_written("no number"));
  const auto json = nlohmann::json::parse(render_json(page.sink.sorted(), page.sources));
  REQUIRE(json.size() == 2);
  CHECK(json[0]["code"] == "duplicate-name");
  CHECK(json[0]["severity"] == "error");
  CHECK(json[0]["file"] == "housing.jz");
  CHECK(json[0]["line"] == 2);
  CHECK(json[0]["column"] == 6);
  CHECK(json[0]["end_column"] == 7);
  CHECK(json[0]["label"] == "label");
  CHECK(json[0]["labels"][0]["text"] == "the first");
  CHECK(json[0]["labels"][0]["line"] == 1);
  CHECK(json[0]["help"][0] == "next");
  CHECK(json[0]["data"].is_null());
  CHECK(json[1]["file"].is_null());
  CHECK(json[1]["data"]["line"] == 3);
  CHECK(json[1]["data"]["value"] == "\xEF\xBF\xBD");
  for (const auto& [key, value] : json[0].items())
    CHECK(json[1].contains(key));
}

TEST_CASE("text is padded by its width on a terminal") {
  CHECK(diag::display_width("abc") == 3);
  CHECK(diag::display_width("深圳") == 4);
  CHECK(diag::display_width("ａ") == 2);
  CHECK(diag::display_width("e\xCC\x81") == 1);
  CHECK(diag::display_width("\u2764\uFE0F") == 2);          // a heart, as an emoji
  CHECK(diag::display_width("\u2764") == 1);                // and as a sign
  CHECK(diag::display_width("\U0001F44D\U0001F3FD") == 2);  // a thumb with its colour
  CHECK(diag::display_width("\u1100\u1161\u11A8") == 2);    // one syllable in three letters
  CHECK(diag::display_width("\uFF76\uFF9E") == 2);          // half-width, its mark beside it
  CHECK(diag::display_width("…·“”—①") == 6);
  CHECK(diag::display_width("\xFF居\xE5") == 4);
  CHECK(diag::pad_right("深圳", 6) == "深圳  ");
  CHECK(diag::pad_right("long", 2) == "long");
}

TEST_CASE("marks stand under what is shown after marks and emoji") {
  const diag::SourceLine line("e\u0301\u2764\uFE0F\u200D\U0001F44D\U0001F3FD x", 0);
  CHECK(line.text() == "e\u0301\u2764\uFE0F\uFFFD\U0001F44D\U0001F3FD x");
  const std::size_t x = std::string_view("e\u0301\u2764\uFE0F\u200D\U0001F44D\U0001F3FD ").size();
  CHECK(line.underline(x, x + 1, '^') == std::string(1 + 2 + 1 + 2 + 1, ' ') + "^");
}
