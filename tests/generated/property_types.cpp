// An accepted program never fails by type: its plans keep their invariants, every result is a value
// of its declared type, and with exact inputs every result is known (semantics.md 3.4, G3).
#include <bit>

#include "property.h"

namespace juzhu::generated {
namespace {

using value::TypeKind;

std::string wrong_value(const Value& value, const value::Type& type, const Schema& schema,
                        std::size_t members) {
  if (value.kinds == 0 || value.kinds > 7) return "no kind of value";
  if (!value.may_value()) return value.lo == 0 && value.hi == 0 ? "" : "bounds without a value";
  const auto within = [](std::int64_t bits, std::size_t count) {
    return count >= 63 || (bits >> count) == 0;
  };
  switch (type.kind) {
    case TypeKind::kBoolean:
      return value.lo >= 1 && value.lo <= 3 ? "" : "not a truth";
    case TypeKind::kNumber:
      return value.lo <= value.hi ? "" : "bounds the wrong way round";
    case TypeKind::kDate:
      return value.lo <= value.hi && value.lo >= value::kFirstDate && value.hi <= value::kLastDate
                 ? ""
                 : "no date of the calendar";
    case TypeKind::kMonth:
      return value.lo <= value.hi ? "" : "bounds the wrong way round";
    case TypeKind::kChoice:
      return value.lo != 0 && within(value.lo, schema[type.choice].options.size())
                 ? ""
                 : "not an option";
    case TypeKind::kMember:
      return value.lo != 0 && within(value.lo, members) ? "" : "not a member";
    case TypeKind::kChoiceSet:
      return (value.lo & ~value.hi) == 0 && within(value.hi, schema[type.choice].options.size())
                 ? ""
                 : "not a set of options";
    case TypeKind::kMemberSet:
      return (value.lo & ~value.hi) == 0 && within(value.hi, members) ? "" : "not a set of members";
    case TypeKind::kPlace:
      return value.lo >= 0 && value.lo < static_cast<std::int64_t>(schema.places.size())
                 ? ""
                 : "not a place";
    case TypeKind::kText:
      return value.lo < static_cast<std::int64_t>(schema.texts.size()) ? "" : "not a text";
    case TypeKind::kTime:
      return value.lo >= 0 && value.hi >= 0 ? "" : "not a time";
    case TypeKind::kError:
    case TypeKind::kQuotient:
    case TypeKind::kRow:
    case TypeKind::kRows:
      return "a type that is never a result";
  }
  return {};
}

std::string all_of_type(Case& at, const Household& household, bool exact) {
  for (const Asked& asked : everything_to_ask(*at.book, household, at.date)) {
    const Reply reply = reply_to(*at.book, household, at.date, asked);
    std::string wrong;
    if (exact && !reply.known) wrong = "not known though every input is";
    if (wrong.empty() && !asked.question)
      wrong = wrong_value(reply.value, reply.type, at.book->schema(), household.members.size());
    if (!wrong.empty()) {
      return asked_text(*at.book, household, asked) + ": " + wrong + "\n    " +
             reply_text(*at.book, household, reply) +
             (exact ? "\n" + scenario_text(household, at.book->schema(), at.date, "exact") : "");
    }
  }
  return {};
}

}  // namespace

std::string no_type_failure(Case& at) {
  Random random = at.random(3);
  std::string wrong = all_of_type(at, at.household, false);
  const std::vector<Open> open = open_inputs(random, at.household, at.book->schema());
  Completion any;
  for (const Open& each : open)
    any.push_back(random.below(each.count()));
  if (wrong.empty())
    wrong = all_of_type(at, complete(at.household, at.book->schema(), open, any), true);
  if (!wrong.empty()) return wrong;
  for (const auto& [scope, plan] : at.book->made()) {
    const std::vector<std::string> broken = plan::verify(*plan);
    if (!broken.empty()) return "a plan breaks its invariants: " + broken.front();
  }
  return {};
}

}  // namespace juzhu::generated
