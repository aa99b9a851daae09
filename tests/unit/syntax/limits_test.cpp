// What is too much for one file, and that what is much is still read in time.
#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>

#include "reading.h"

using namespace juzhu;
using namespace juzhu::syntax;

namespace {

std::string repeated(std::string_view part, std::size_t count) {
  std::string result;
  result.reserve(part.size() * count);
  for (std::size_t at = 0; at < count; ++at)
    result += part;
  return result;
}

/// The code of the only message, or "none", "several".
std::string code(const Reading& reading) {
  const auto items = reading.sink.sorted();
  if (items.empty()) return "none";
  return items.size() > 1 ? "several" : std::string(diag::code_name(items[0].code));
}

constexpr std::size_t kMany = 200'000;

}  // namespace

TEST_CASE("200000 of anything inside one another give one message") {
  const auto [before, after] = GENERATE(table<std::string, std::string>(
      {{"define d: number means " + repeated("(", kMany), "1" + repeated(")", kMany)},
       {"define d: number means " + repeated("{", kMany), ""},
       {"define d: number means " + repeated("- ", kMany), "1"},
       {"define d: yes/no means " + repeated("not ", kMany), "a"},
       {"define d: yes/no means " + repeated("some a among b where ", kMany), "a"},
       {"define d: number means " + repeated("if a then b otherwise ", kMany), "a"},
       {"define d: number means " + repeated("if ", kMany), "a"},
       {"define d: date means " + repeated("31 August in ", kMany), "a"},
       {"define d: date means " + repeated("first day in ", kMany), "a"},
       {"define d: " + repeated("set of ", kMany), "a means b"}}));
  const Reading reading(before + after);
  CHECK(code(reading) == "nesting-too-deep");
  CHECK(reading.joined() == before + after);
  CHECK(reading.tree.nodes.size() == 1);
  CHECK(reading.tree.nodes[0].error);
}

TEST_CASE("nesting up to the limit is read") {
  CHECK(code(Reading("define d: number means " + repeated("(", 64) + "1" + repeated(")", 64))) ==
        "none");
  CHECK(code(Reading("define d: number means " + repeated("(", 65) + "1" + repeated(")", 65))) ==
        "nesting-too-deep");
  CHECK(code(Reading("define d: number means " + repeated("if a then b otherwise ", 64) + "c")) ==
        "none");
  CHECK(code(Reading("define d: number means " + repeated("if a then b otherwise ", 65) + "c")) ==
        "nesting-too-deep");
}

TEST_CASE("brackets that recovery would pass over do not nest without bound either") {
  const Reading reading("scenario s p q " + repeated("{ a from 1 ) \n", 5'000));
  CHECK(reading.sink.has_errors());
}

TEST_CASE("long chains and many lines are read and lie flat") {
  const std::string text =
      GENERATE(as<std::string>{}, "define d: number means 1" + repeated(" + 1", kMany),
               "define d: yes/no means a" + repeated(" and a", kMany),
               "define d: set of number means { 1" + repeated(", 1", kMany) + " }",
               repeated("unit a\n", 100'000));
  CHECK(code(Reading(text)) == "none");
}

TEST_CASE("eight times the text takes about eight times as long") {
  const auto [begin, part, end] = GENERATE(table<std::string, std::string, std::string>(
      {{"define d: number means 1", " + 1", ""},
       {"define d: yes/no means a", " and a", ""},
       {"define d: number means highest of { 1", "; 1", " }"},
       {"define d: number means table first\n", "| 1 | 2 |\n", "| any | 3 |"},
       {"", "单位 小时\n", ""},
       {"", "rule r when a is 3 and grnts s\n", ""}}));
  const auto seconds = [&, &b = begin, &p = part, &e = end](std::size_t count) {
    const std::string text = b + repeated(p, count) + e;
    const auto start = std::chrono::steady_clock::now();
    const Reading reading(text);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  constexpr std::size_t kSome = 2'000;
  const double base = std::min(seconds(kSome), seconds(kSome));
  // Anything quadratic would take 64 times as long.
  CHECK(seconds(8 * kSome) < 32 * base + 0.1);
}

TEST_CASE("damage in a long text is found in time too") {
  const Reading chain("define d: number means 1" + repeated(" + 1", kMany) + " + +");
  CHECK(code(chain) == "syntax-error");
  const Reading lines(repeated("rule r grnts s\n", 50'000));
  CHECK(lines.sink.error_count() == ParseLimits{}.errors);
}

TEST_CASE("a file beyond its size is not read") {
  ParseLimits limits;
  limits.file_bytes = 3U << 20U;
  const Reading reading(repeated("unit a\n", 500'000), limits);
  CHECK(code(reading) == "file-too-large");
  CHECK(reading.sink.sorted()[0].message.en ==
        "this file has 3 MB, more than the 3 MB a rule file may have");
  CHECK(reading.tree.tokens.size() == 2);
}

TEST_CASE("a file of too many words is not parsed, blanks and comments apart") {
  ParseLimits limits;
  limits.tokens = 10;
  CHECK(code(Reading(repeated("unit a # x\n", 5), limits)) == "none");
  CHECK(code(Reading(repeated("unit a\n", 6), limits)) == "too-many-tokens");
}

TEST_CASE("bytes that are no UTF-8 are told with a guess") {
  const Reading gb("unit \xC9\xEE\xDB\xDA\n");
  CHECK(code(gb) == "not-utf8");
  CHECK(gb.places() == std::vector<std::string>{"1:6 not-utf8"});
  CHECK(gb.sink.sorted()[0].helps.front().en.find("GB18030") != std::string::npos);
  CHECK(gb.joined() == "unit \xC9\xEE\xDB\xDA\n");
  const Reading utf16(std::string("\xFF\xFEu\0n\0", 6));
  CHECK(utf16.sink.sorted()[0].helps.front().en.find("UTF-16") != std::string::npos);
  const Reading broken("unit 深 \xE6\xB7\n");
  CHECK(broken.sink.sorted()[0].helps.front().en == "save it as UTF-8 in your editor");
  CHECK(code(Reading("unit \xED\xA0\x80")) == "not-utf8");
  CHECK(code(Reading("unit \xC0\xAF")) == "not-utf8");
}

TEST_CASE("no more messages than the limit") {
  ParseLimits limits;
  limits.errors = 3;
  CHECK(Reading(repeated("unit $\n", 50), limits).sink.error_count() == 3);
  CHECK(Reading(repeated("unit a b\n", 50), limits).sink.error_count() == 3);
}
