#include "report/tally.h"

#include <catch2/catch.hpp>
#include <memory>

#include "report/answer_line.h"
#include "report/summary_text.h"

using namespace juzhu;
using eval::Outcome;
using eval::OutcomeKind;

namespace {

/// A vocabulary of one fact and one list, and two services.
sema::Program made_program() {
  auto schema = std::make_shared<value::Schema>();
  schema->entities.resize(2);
  schema->entities[0].name = {"household", "户"};
  schema->entities[1].name = {"person", "人"};
  schema->entities[1].owner = value::EntityId{0};
  value::Fact fact;
  fact.name = {"birth_date", "出生日期"};
  fact.type = value::date_type();
  fact.entity = value::EntityId{1};
  schema->facts.push_back(fact);
  schema->entities[1].facts.emplace_back(0U);
  value::List list;
  list.name = {"permits", "居住证"};
  list.owner = value::EntityId{1};
  schema->lists.push_back(list);
  schema->entities[1].lists.emplace_back(0U);
  sema::Program program;
  program.schema = schema;
  program.services.resize(2);
  program.services[0].name = {"public_school", "公办学位"};
  program.services[1].name = {"vaccination", "预防接种"};
  return program;
}

value::Household made_household(const sema::Program& program, const char* key,
                                std::int64_t weight_millionths) {
  value::Household household = value::empty_household(*program.schema, key);
  household.members.push_back(value::empty_member(*program.schema, value::EntityId{1}, "C1"));
  household.weight_millionths = weight_millionths;
  return household;
}

Outcome made_outcome(OutcomeKind kind) {
  Outcome outcome;
  outcome.kind = kind;
  outcome.trace = std::make_shared<eval::Trace>();
  return outcome;
}

eval::Query query_of(std::uint32_t service) {
  eval::Query query;
  query.service = service;
  return query;
}

value::FactRef birth_date() {
  value::FactRef ref;
  ref.member = 0;
  ref.fact = value::FactId{0};
  return ref;
}

value::FactRef permits() {
  value::FactRef ref;
  ref.kind = value::FactRef::Kind::kList;
  ref.member = 0;
  ref.list = value::ListId{0};
  return ref;
}

}  // namespace

TEST_CASE("outcomes are counted by service, in answers and in weights") {
  const sema::Program program = made_program();
  report::Tally tally(program, {0, 1}, false);
  const value::Household one = made_household(program, "H1", 1'000'000);
  const value::Household heavy = made_household(program, "H2", 2'500'000);
  tally.add(one, query_of(0), made_outcome(OutcomeKind::kGranted));
  tally.add(heavy, query_of(0), made_outcome(OutcomeKind::kGranted));
  tally.add(one, query_of(1), made_outcome(OutcomeKind::kDenied));
  tally.add_household(one, 1);
  tally.add_household(heavy, 1);
  const report::Summary& summary = tally.summary();
  CHECK(summary.households == 2);
  CHECK(summary.children == 2);
  CHECK(summary.weighted);
  CHECK(summary.services[0].of(OutcomeKind::kGranted).count == 2);
  CHECK(summary.services[0].of(OutcomeKind::kGranted).millionths == 3'500'000);
  CHECK(summary.services[1].of(OutcomeKind::kDenied).count == 1);
  CHECK(summary.services[1].total() == 1);
  CHECK(summary.next.household == "H1");
  CHECK(summary.next.service == 1);
}

TEST_CASE("missing facts are counted once an answer, without their member") {
  const sema::Program program = made_program();
  report::Tally tally(program, {0}, false);
  const value::Household home = made_household(program, "H1", 1'000'000);
  Outcome outcome = made_outcome(OutcomeKind::kUnknown);
  outcome.depends_on = {birth_date(), permits(), permits()};
  outcome.marked = true;
  tally.add(home, query_of(0), outcome);
  outcome.depends_on = {permits()};
  tally.add(home, query_of(0), outcome);
  const report::ServiceTally& school = tally.summary().services[0];
  CHECK(school.missing.at("birth date").count == 1);
  CHECK(school.missing.at("permits").count == 2);
  CHECK(school.settles_alone.at("permits").count == 1);
  CHECK(school.settles_alone.count("birth date") == 0);
  CHECK(school.marked.count == 2);
}

TEST_CASE("errors are counted by code") {
  const sema::Program program = made_program();
  report::Tally tally(program, {0}, false);
  Outcome outcome = made_outcome(OutcomeKind::kError);
  outcome.error.code = value::ErrorCode::kBadCell;
  tally.add(made_household(program, "H1", 1'000'000), query_of(0), outcome);
  CHECK(tally.summary().services[0].errors.at("bad-cell").count == 1);
}

TEST_CASE("an answer as a line of CSV") {
  report::AnswerLine line;
  line.household = "H1";
  line.child = "C,1";
  line.weight = report::weight_text(1'500'000);
  line.service = "public_school";
  line.outcome = "denied";
  line.failing = {{"a", "b \"c\""}, {"d"}};
  line.missing = {"x", "y"};
  CHECK(report::csv_line(line) ==
        "H1,\"C,1\",,1.5,public_school,denied,,,,x;y,,no,\"a & b \"\"c\"\"; d\",\n");
  CHECK(report::weight_text(2'000'000) == "2");
  CHECK(report::weight_text(1) == "0.000001");
}
