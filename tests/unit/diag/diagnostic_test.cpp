#include "diag/diagnostic.h"

#include <catch2/catch.hpp>

using namespace juzhu;
using diag::Code;
using diag::did_you_mean;

TEST_CASE("a code has a stable name and a severity") {
  CHECK(diag::code_name(Code::kUnknownName) == "unknown-name");
  CHECK(diag::default_severity(Code::kUnknownName) == diag::Severity::kError);
  CHECK(diag::default_severity(Code::kMissingCitation) == diag::Severity::kWarning);
  CHECK(diag::default_severity(Code::kParameterHole) == diag::Severity::kWarning);
  CHECK_FALSE(diag::code_summary(Code::kCycle).empty());
}

TEST_CASE("a sink counts by severity and sorts by place") {
  source::SourceMap sources;
  const auto file = sources.add("a.jz", "one two three");
  diag::Sink sink;
  sink.report(Code::kUnknownName, {file, 8, 13}, as_written("third"));
  sink.report(Code::kMissingCitation, {file, 4, 7}, as_written("second"));
  sink.report(Code::kUnknownName, {file, 0, 3}, as_written("first"))
      .helps.emplace_back(as_written("help"));
  CHECK(sink.error_count() == 2);
  CHECK(sink.warning_count() == 1);
  const auto items = sink.sorted();
  REQUIRE(items.size() == 3);
  CHECK(items[0].message.en == "first");
  CHECK(items[0].helps.size() == 1);
  CHECK(items[2].message.en == "third");
}

TEST_CASE("the same code at the same place is told once") {
  source::SourceMap sources;
  const auto file = sources.add("a.jz", "one two");
  diag::Sink sink;
  sink.report(Code::kUnknownName, {file, 0, 3}, as_written("first"));
  sink.report(Code::kUnknownName, {file, 0, 3}, as_written("again"));
  sink.report(Code::kTypeMismatch, {file, 0, 3}, as_written("another code"));
  sink.report_data(Code::kBadCell, {"p.csv", 17, "birth_date", "x"}, as_written("no date"));
  sink.report_data(Code::kBadCell, {"p.csv", 17, "birth_date", "x"}, as_written("no date"));
  sink.report_data(Code::kBadCell, {"p.csv", 18, "birth_date", "x"}, as_written("no date"));
  sink.report(Code::kNoData, {}, as_written("no households here"));
  sink.report(Code::kNoData, {}, as_written("no households there"));
  CHECK(sink.sorted().size() == 6);
}

TEST_CASE("a full sink counts what it drops and still hands out a diagnostic") {
  diag::Sink sink(2);
  for (int count = 0; count < 5; ++count) {
    sink.report(Code::kNoData, {}, as_written("message " + std::to_string(count)))
        .helps.emplace_back(as_written("help"));
  }
  CHECK(sink.error_count() == 5);
  CHECK(sink.dropped_count() == 3);
  CHECK(sink.sorted().size() == 2);
}

TEST_CASE("a guess is near or there is none") {
  CHECK(did_you_mean("houshold", {"person", "household"}) == "household");
  CHECK(did_you_mean("preson", {"person", "household"}) == "person");
  CHECK(did_you_mean("grnts", {"grants", "groups"}) == "grants");
  CHECK_FALSE(did_you_mean("school", {"person", "household"}));
  CHECK_FALSE(did_you_mean("a", {"b"}));
  CHECK_FALSE(did_you_mean("person", {"person"}));
  CHECK_FALSE(did_you_mean("person", {}));
}

TEST_CASE("a guess counts one Chinese character as one slip") {
  CHECK(did_you_mean("户藉", {"户籍", "家长"}) == "户籍");
  CHECK(did_you_mean("深训", {"深圳", "广州"}) == "深圳");
  CHECK_FALSE(did_you_mean("户", {"人"}));
}

TEST_CASE("of two guesses as near the first is given") {
  CHECK(did_you_mean("cat", {"bat", "rat"}) == "bat");
}

TEST_CASE("a part with two tongues stands in the tongue of its sentence") {
  const Bilingual service("school_place", "学位");
  CHECK(say("no {} called `{}`", "没有名为 `{1}` 的{0}", say("service", "服务"), service) ==
        Bilingual("no service called `school_place`", "没有名为 `学位` 的服务"));
  const Bilingual only_english("bus", "");
  CHECK(say("{} of {}", "{1}的 {0}", only_english, 3) == Bilingual("bus of 3", "3的 bus"));
  CHECK(say("{{ }}", "｛ ｝") == Bilingual("{ }", "｛ ｝"));
}

TEST_CASE("a text that grows takes from each part what is said in its tongue") {
  Bilingual list;
  list += Bilingual("one", "一");
  list += say(", ", "、");
  list += Bilingual("", "二");
  CHECK(list == Bilingual("one, 二", "一、二"));
}
