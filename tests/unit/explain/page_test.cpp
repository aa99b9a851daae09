// Wrapping at a terminal's width, in both scripts.
#include "explain/page.h"

#include <catch2/catch.hpp>

#include "diag/render.h"

namespace juzhu::explain {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = text.find('\n', at);
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

TEST_CASE("what wraps hangs under the text, not under the lead") {
  Page page(40, false);
  page.line(2, "✗", "not met: Li's insured months is at least 12 months (10 months)");
  CHECK(page.take() ==
        "  ✗ not met: Li's insured months is at\n"
        "    least 12 months (10 months)\n");
}

TEST_CASE("wide characters take two columns and marks do not start a line") {
  Page page(40, false);
  page.line(0, "",
            "李的社保达标月数至少12个月，《深圳市非深户籍人员子女接受义务教育管理办法》（深府规〔20"
            "18〕3号）。");
  for (const std::string& line : lines_of(page.take())) {
    CHECK(diag::display_width(line) <= 41);  // a closing mark may hang over by half of its width
    CHECK(line.find("，") != 0);
    CHECK(line.find("》") != 0);
    CHECK(line.find("）") != 0);
  }
}

TEST_CASE("colour is only there when asked for") {
  Page plain(80, false);
  plain.line(0, "✓", "met", Ink::kGood);
  CHECK(plain.take() == "✓ met\n");
  Page coloured(80, true);
  coloured.line(0, "✓", "met", Ink::kGood);
  CHECK(coloured.take() == "\x1b[32m✓\x1b[0m met\n");
}

}  // namespace
}  // namespace juzhu::explain
