// Expressions in words, in both tongues.
#include "explain/phrase.h"

#include <catch2/catch.hpp>

#include "explain/phraser.h"
#include "small_program.h"
#include "value/date.h"

namespace juzhu::explain {
namespace {

using explain_test::SmallProgram;
using ops::Operation;
using sema::ExprId;

Context bare(const SmallProgram& small) {
  Context context;
  context.program = &small.program;
  return context;
}

/// The member Li stands for the local.
Context with_li(const SmallProgram& small, const value::Household& household, ExprId local,
                bool one_of_several = true) {
  Context context = bare(small);
  context.household = &household;
  context.bound[small.program[local].a] = {value::bits(1), {"parent", "家长"}, one_of_several};
  return context;
}

value::Household li() {
  value::Household household;
  household.members.emplace_back();
  household.members[0].key = "P1";
  household.members[0].name = {"Li", "李"};
  return household;
}

TEST_CASE("a comparison names the member, the measure and the bound") {
  SmallProgram small;
  const ExprId parent = small.person_named("parent");
  const std::uint32_t insured =
      small.define({"insured_months", "社保达标月数"}, SmallProgram::months(), false, false, {});
  const ExprId call = small.add(Operation::kCall, SmallProgram::months(), {parent}, insured);
  const ExprId twelve = small.number(12, SmallProgram::months());
  const ExprId least = small.add(Operation::kLessEqual, value::boolean_type(), {twelve, call});
  const value::Household household = li();
  Context context = with_li(small, household, parent);

  CHECK(phrase(context, least, false) == "Li's insured months are at least 12 months");
  CHECK(phrase(context, least, true) == "李的社保达标月数至少12个月");
  CHECK(phrase_denied(context, least, false) == "Li's insured months are not at least 12 months");
  CHECK(phrase_denied(context, least, true) == "李的社保达标月数不足12个月");

  context.with_members = false;
  CHECK(phrase(context, least, false) == "a parent's insured months are at least 12 months");
  CHECK(phrase(context, least, true) == "家长的社保达标月数至少12个月");
  CHECK(phrase(bare(small), least, false) == "parent's insured months are at least 12 months");

  const ExprId under = small.add(Operation::kLess, value::boolean_type(), {call, twelve});
  CHECK(phrase(bare(small), under, false) == "parent's insured months are under 12 months");
  CHECK(phrase(bare(small), under, true) == "家长的社保达标月数不满12个月");
}

TEST_CASE("which side was written first decides between `at least` and `at most`") {
  SmallProgram small;
  const ExprId child = small.person_named("child");
  const std::uint32_t age = small.define({"age", "年龄"}, SmallProgram::months(), false, false, {});
  const std::uint32_t limit =
      small.define({"limit", "上限"}, SmallProgram::months(), false, false, {});
  const ExprId left = small.add(Operation::kCall, SmallProgram::months(), {child}, age);
  const ExprId right = small.add(Operation::kCall, SmallProgram::months(), {child}, limit);
  const ExprId compared = small.add(Operation::kLessEqual, value::boolean_type(), {left, right});
  small.program.exprs[left.index].span = {source::FileId(std::size_t{0}), 10, 20};
  small.program.exprs[right.index].span = {source::FileId(std::size_t{0}), 30, 40};
  CHECK(phrase(bare(small), compared, false) == "child's age is at most child's limit");
  small.program.exprs[right.index].span = {source::FileId(std::size_t{0}), 1, 5};
  CHECK(phrase(bare(small), compared, false) == "child's limit is at least child's age");
  CHECK(phrase(bare(small), compared, true) == "孩子的上限至少孩子的年龄");
}

TEST_CASE("what a person has or lacks, where and when") {
  SmallProgram small;
  const ExprId parent = small.person_named("parent");
  const ExprId job = small.fact(0, parent);
  CHECK(phrase(bare(small), job, false) == "parent has lawful job");
  CHECK(phrase(bare(small), job, true) == "家长有合法稳定就业");
  CHECK(phrase_denied(bare(small), job, false) == "parent lacks lawful job");
  CHECK(phrase_denied(bare(small), job, true) == "家长没有合法稳定就业");

  const std::uint32_t permit =
      small.define({"usable_permit", "可用居住证"}, value::boolean_type(), true, true, {});
  const ExprId place = small.constant(value::place_value(0, true), value::place_type());
  const ExprId day = small.number(*value::days_from_civil({2024, 5, 1}), value::date_type());
  const ExprId has =
      small.add(Operation::kCall, value::boolean_type(), {parent, place, day}, permit);
  CHECK(phrase(bare(small), has, false).find("parent has usable permit in ") == 0);
  CHECK(phrase(bare(small), has, false).find(" on 1 May 2024") != std::string::npos);
  CHECK(phrase(bare(small), has, true).find("家长截至2024年5月1日在") == 0);
}

TEST_CASE("a text that starts with a small letter is a phrase and stands in for the name") {
  SmallProgram small;
  const ExprId parent = small.person_named("parent");
  const std::uint32_t phrase_text = small.define({"m1", "月一"}, SmallProgram::months(), false,
                                                 false, {"months of both insurances", "双险月数"});
  const std::uint32_t remark_text = small.define({"m2", "月二"}, SmallProgram::months(), false,
                                                 false, {"Since 2020 without a break", "须连续"});
  const ExprId first = small.add(Operation::kCall, SmallProgram::months(), {parent}, phrase_text);
  const ExprId second = small.add(Operation::kCall, SmallProgram::months(), {parent}, remark_text);
  CHECK(phrase(bare(small), first, false) == "parent's months of both insurances");
  CHECK(phrase(bare(small), first, true) == "家长的双险月数");
  CHECK(phrase(bare(small), second, false) == "parent's m2");
  CHECK(phrase(bare(small), second, true) == "家长的月二");
}

TEST_CASE("quantifiers say who is asked") {
  SmallProgram small;
  const ExprId child = small.person_named("child");
  const ExprId parent = small.person_named("parent");
  const ExprId parents = small.fact(2, child);
  const ExprId some =
      small.add(Operation::kFold, value::boolean_type(), {parents, small.fact(0, parent), {}},
                static_cast<std::uint32_t>(ops::FoldKind::kSome), small.program[parent].a);
  CHECK(phrase(bare(small), some, false) ==
        "some parent among child's parents: the parent has lawful job");
  CHECK(phrase(bare(small), some, true) == "孩子的父母中有家长满足：家长有合法稳定就业");
}

TEST_CASE("chains, dates and periods") {
  SmallProgram small;
  const ExprId parent = small.person_named("parent");
  const ExprId job = small.fact(0, parent);
  const ExprId no_job = small.add(Operation::kNot, value::boolean_type(), {job});
  const ExprId any = small.add(Operation::kAny, value::boolean_type(), {job, no_job});
  const ExprId all = small.add(Operation::kAll, value::boolean_type(), {job, any});
  CHECK(phrase(bare(small), all, false) ==
        "parent has lawful job and (parent has lawful job or parent lacks lawful job)");

  const ExprId year = small.add(Operation::kYearOf, value::number_type(0),
                                {small.add(Operation::kToday, value::date_type())});
  const ExprId cutoff = small.add(Operation::kDateInYear, value::date_type(), {year}, 8, 31);
  CHECK(phrase(bare(small), cutoff, false) == "31 August of the year of today");
  const ExprId birth = small.fact(1, parent);
  const ExprId before = small.add(Operation::kLess, value::boolean_type(), {birth, cutoff});
  CHECK(phrase(bare(small), before, false) ==
        "parent's birth date is before 31 August of the year of today");
  const ExprId minus = small.number(-1, SmallProgram::months());
  const ExprId earlier = small.add(Operation::kAddMonths, value::date_type(), {birth, minus});
  CHECK(phrase(bare(small), earlier, false) == "parent's birth date − 1 month");
}

TEST_CASE("every operation has words as a noun or as a sentence") {
  for (std::size_t i = 0;; ++i) {
    const auto operation = static_cast<Operation>(i);
    const OperationWords& words = words_of(operation);
    CHECK(words.operation == operation);
    CHECK((words.noun != nullptr || words.sentence != nullptr || !words.en.empty()));
    CHECK(words.en.empty() == words.zh.empty());
    CHECK(words.denied_en.empty() == words.denied_zh.empty());
    if (operation == Operation::kFold) {
      break;  // the last one
    }
  }
}

}  // namespace
}  // namespace juzhu::explain
