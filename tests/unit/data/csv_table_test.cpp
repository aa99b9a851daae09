#include "data/csv_table.h"

#include <catch2/catch.hpp>

using namespace juzhu;
using data::CsvTable;
using data::read_csv;

namespace {

/// The lines that a sink's findings point to.
std::vector<std::uint32_t> lines_of(const diag::Sink& sink) {
  std::vector<std::uint32_t> lines;
  for (const diag::Diagnostic& item : sink.sorted())
    lines.push_back(item.data->line);
  return lines;
}

}  // namespace

TEST_CASE("rows know their lines, also after quoted line breaks and blank lines") {
  diag::Sink sink;
  const CsvTable table =
      read_csv("a.csv", "k,text,last\r\n1,\"two\r\nlines\",x\r\n\r\n2,b,\"q\"\"q\"", sink);
  CHECK(sink.error_count() == 0);
  CHECK(table.columns == std::vector<std::string>{"k", "text", "last"});
  REQUIRE(table.rows.size() == 2);
  CHECK(table.rows[0].line == 2);
  CHECK(table.rows[0].fields[1] == "two\r\nlines");
  CHECK(table.rows[0].line_of(1) == 2);
  CHECK(table.rows[0].line_of(2) == 3);
  CHECK(table.rows[1].line == 5);
  CHECK(table.rows[1].line_of(2) == 5);
  CHECK(table.rows[1].fields[2] == "q\"q");
}

TEST_CASE("lone carriage returns break lines, too") {
  diag::Sink sink;
  const CsvTable table = read_csv("a.csv", "k,v\r1,a\r2,b\r", sink);
  REQUIRE(table.rows.size() == 2);
  CHECK(table.rows[1].line == 3);
}

TEST_CASE("a row with another number of fields is reported and left out") {
  diag::Sink sink;
  const CsvTable table = read_csv("a.csv", "k,v\n1\n2,b\n3,c,d\n", sink);
  REQUIRE(table.rows.size() == 1);
  CHECK(table.rows[0].fields[0] == "2");
  CHECK(lines_of(sink) == std::vector<std::uint32_t>{2, 4});
}

TEST_CASE("a quote that is never closed costs its line and no more") {
  diag::Sink sink;
  SECTION("at the end of the file") {
    const CsvTable table = read_csv("a.csv", "k,v\n1,a\n2,\"b\n3,c\n4,d\n", sink);
    REQUIRE(table.rows.size() == 3);
    CHECK(table.rows[1].fields[0] == "3");
    CHECK(table.rows[1].line == 4);
  }
  SECTION("up to the next quoted value") {
    const CsvTable table = read_csv("a.csv", "k,v\n1,a\n2,\"b\n3,\"c\"\n4,d\n", sink);
    REQUIRE(table.rows.size() == 3);
    CHECK(table.rows[1].fields[1] == "c");
  }
  SECTION("on the last line, without a line break") {
    const CsvTable table = read_csv("a.csv", "k,v\n1,a\n2,\"b", sink);
    CHECK(table.rows.size() == 1);
  }
  CHECK(lines_of(sink) == std::vector<std::uint32_t>{3});
  CHECK(sink.sorted()[0].code == diag::Code::kBadCsv);
}

TEST_CASE("a quote inside a value is reported on its own line") {
  diag::Sink sink;
  const CsvTable table = read_csv("a.csv", "k,v\n1,a\"b\n2,\"c\"d\n3,e\n", sink);
  REQUIRE(table.rows.size() == 1);
  CHECK(table.rows[0].line == 4);
  CHECK(lines_of(sink) == std::vector<std::uint32_t>{2, 3});
}

TEST_CASE("a header that is not CSV leaves nothing to read") {
  diag::Sink sink;
  CHECK(read_csv("a.csv", "k,\"v\n1,a\n", sink).columns.empty());
  CHECK(sink.error_count() == 1);
}

TEST_CASE("a value longer than the limit is refused") {
  diag::Sink sink;
  const std::string text = "k,v\n1," + std::string(data::kFieldBytesMax + 1, 'x') + "\n2,b\n";
  const CsvTable table = read_csv("a.csv", text, sink);
  REQUIRE(table.rows.size() == 1);
  CHECK(lines_of(sink) == std::vector<std::uint32_t>{2});
}
