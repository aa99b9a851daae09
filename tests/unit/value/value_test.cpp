// Values as sets of what is possible: known or not, joined, and the covers they point to.
#include "value/value.h"

#include <catch2/catch.hpp>

#include "small_schema.h"
#include "value/cover.h"

namespace juzhu::value::test {
namespace {

const Type kNumberType = number_type(0);

Value both(Value value, std::uint8_t kind) {
  value.kinds |= kind;
  return value;
}

}  // namespace

TEST_CASE("One kind and one value are known") {
  CHECK(is_known(number(5), kNumberType));
  CHECK(!is_known(between(5, 6), kNumberType));
  CHECK(!is_known(both(number(5), kNotApplicable), kNumberType));
  CHECK(is_known(not_applicable(), kNumberType));
  CHECK(is_known(failure({}), kNumberType));
  CHECK(!is_known(both(failure({}), kNotApplicable), kNumberType));
  CHECK(is_known(truth(false), boolean_type()));
  CHECK(!is_known(unknown_truth(), boolean_type()));
  CHECK(is_known(bits(4), choice_type(ChoiceId{0})));
  CHECK(!is_known(bits(5), choice_type(ChoiceId{0})));
  CHECK(is_known(set_between(5, 5), choice_set_type(ChoiceId{0})));
  CHECK(!is_known(set_between(1, 5), choice_set_type(ChoiceId{0})));
  CHECK(is_known(place_value(3, true), place_type()));
  CHECK(!is_known(place_value(3, false), place_type()));
  CHECK(!is_known({kValue, kAnyText, 0, {}}, text_type()));
}

TEST_CASE("True and false as conditions") {
  CHECK(is_true(truth(true)));
  CHECK(!is_true(unknown_truth()));
  CHECK(!is_true(both(truth(true), kFails)));
  CHECK(!is_true(not_applicable()));
  CHECK(is_false(not_applicable()));
  CHECK(is_false(both(truth(false), kNotApplicable)));
  CHECK(!is_false(failure({})));
  CHECK(!is_false(unknown_truth()));
}

TEST_CASE("Joins are hulls with all kinds and the least error") {
  const SmallSchema small;
  const PlaceTree& places = small.schema.places;
  CHECK(join(number(5), number(7), kNumberType, places) == between(5, 7));
  CHECK(join(number(5), not_applicable(), kNumberType, places) == both(number(5), kNotApplicable));
  const Error early{ErrorCode::kOverflow, 1, 0, 0};
  const Error late{ErrorCode::kOverflow, 2, 0, 0};
  CHECK(join(failure(late), failure(early), kNumberType, places) == failure(early));
  Value may_fail = both(number(5), kFails);
  may_fail.error = late;
  CHECK(join(failure(late), number(5), kNumberType, places) == may_fail);
  CHECK(join(bits(1), bits(4), choice_type(ChoiceId{0}), places) == bits(5));
  CHECK(join(set_between(3, 7), set_between(1, 9), choice_set_type(ChoiceId{0}), places) ==
        set_between(1, 15));
  const auto joined = [&](const Value& a, const Value& b) {
    return join(a, b, place_type(), places);
  };
  CHECK(joined(place_value(small.baoan, true), place_value(small.baoan, true)) ==
        place_value(small.baoan, true));
  CHECK(joined(place_value(small.baoan, true), place_value(small.shenzhen, true)) ==
        place_value(small.shenzhen, false));
  CHECK(joined(place_value(small.hunan, true), place_value(small.hunan, false)) ==
        place_value(small.hunan, false));
}

TEST_CASE("Errors are ordered as the specification lists them") {
  CHECK(error_name(ErrorCode::kTooMany) == "too-many");
  CHECK(error_name(ErrorCode::kNoRuleInForce) == "no-rule-in-force");
  CHECK(Error{ErrorCode::kOverflow, 9, 9, 9} < Error{ErrorCode::kDivisionByZero, 0, 0, 0});
  CHECK(Error{ErrorCode::kOverflow, 1, 9, 9} < Error{ErrorCode::kOverflow, 2, 0, 0});
}

TEST_CASE("Units multiply and cancel") {
  const Unit rate = base_unit(kPointUnit) / base_unit(kYuanUnit);
  CHECK(rate * base_unit(kYuanUnit) == base_unit(kPointUnit));
  CHECK((rate / rate).none());
}

TEST_CASE("Covers that everybody needs have fixed places") {
  CoverStore covers;
  CHECK(covers[kEmptyCover].runs.empty());
  CHECK(covers[kAllTime].runs == std::vector<Run>{{kBegin, kForever}});
  CHECK(covers.add({}) == kEmptyCover);
  CHECK(covers.add({{{kBegin, kForever}}}) == kAllTime);
  CHECK(covers[covers.add({{{1, 2}}})].runs == std::vector<Run>{{1, 2}});
}

}  // namespace juzhu::value::test
