#include "source/source_file.h"

#include <catch2/catch.hpp>

using juzhu::source::FileId;
using juzhu::source::LineColumn;
using juzhu::source::SourceFile;
using juzhu::source::SourceMap;

namespace {

void check_place(const SourceFile& file, std::uint32_t offset, std::uint32_t line,
                 std::uint32_t column) {
  const LineColumn place = file.position(offset);
  CHECK(place.line == line);
  CHECK(place.column == column);
}

}  // namespace

TEST_CASE("a column counts characters, not bytes") {
  const SourceFile file("a.jz", "单位 小时\nx");
  check_place(file, 0, 1, 1);
  check_place(file, 3, 1, 2);
  check_place(file, 7, 1, 4);
  check_place(file, 14, 2, 1);
}

TEST_CASE("CRLF ends a line as LF does and belongs to no line's text") {
  const SourceFile file("a.jz", "unit a\r\nunit b\r\n");
  CHECK(file.line(1) == "unit a");
  CHECK(file.line(2) == "unit b");
  CHECK(file.line(3).empty());
  check_place(file, 8, 2, 1);
  check_place(file, 13, 2, 6);
}

TEST_CASE("a byte-order mark is no column and no text of the first line") {
  const SourceFile file("a.jz", "\xEF\xBB\xBFunit a\nunit b");
  CHECK(file.line(1) == "unit a");
  check_place(file, 0, 1, 1);
  check_place(file, 3, 1, 1);
  check_place(file, 8, 1, 6);
  check_place(file, 10, 2, 1);
}

TEST_CASE("places outside the text are brought back to it") {
  const SourceFile file("a.jz", "ab\n");
  check_place(file, 99, 2, 1);
  CHECK(file.line(0).empty());
  CHECK(file.line(9).empty());
  const SourceFile empty("b.jz", "");
  check_place(empty, 0, 1, 1);
  CHECK(empty.line(1).empty());
}

TEST_CASE("a map keeps texts where they are while more are added") {
  SourceMap map;
  const FileId first = map.add("a.jz", "short");
  const std::string_view text = map.file(first).text();
  for (int count = 0; count < 100; ++count)
    map.add("b.jz", "more");
  CHECK(text == "short");
  CHECK(map.text({first, 1, 3}) == "ho");
  CHECK(map.text({first, 3, 99}) == "rt");
  CHECK(map.text({}).empty());
  CHECK(map.size() == 101);
}
