// What is said of two conditions without a solver, held against all records of a small world: facts
// with few values each, "not applicable" and errors among them, and a child with up to two parents.
#include "sema/condition_boxes.h"

#include <array>
#include <catch2/catch.hpp>
#include <functional>
#include <random>

namespace juzhu::sema::test {
namespace {

using ops::FoldKind;
using ops::Operation;
using value::TypeKind;

// Facts by index: what each may be besides its values is in `Record`.
enum FactIndex : std::uint32_t { kAge, kYears, kRural, kStage, kParents, kHasJob, kChildren };
constexpr std::int64_t kNone = -1;
constexpr std::int64_t kError = -2;

/// One record: a number 0 to 3 or kNone, kError where a fact may be that.
struct Record {
  std::array<std::int64_t, 4> child{};  ///< kAge, kYears (if any), kRural, kStage (if any)
  std::vector<std::array<std::int64_t, 2>> parents{};  ///< kHasJob, kChildren
};

/// A vocabulary, one definition, and conditions made of it.
class World {
 public:
  explicit World(std::uint32_t seed) : random_(seed) {
    auto schema = std::make_shared<value::Schema>();
    value::Choice stage;
    stage.name = {"stage", ""};
    stage.options = {{"one", ""}, {"two", ""}, {"three", ""}};
    schema->choices.push_back(stage);
    const auto declare = [&](const char* name, const Type& type, bool if_any) {
      value::Fact& added = schema->facts.emplace_back();
      added.name = {name, ""};
      added.type = type;
      added.if_any = if_any;
      added.greatest = 3;
    };
    const Type choice = value::choice_type(value::ChoiceId{std::size_t{0}});
    declare("age", value::number_type(0), false);
    declare("years", value::number_type(0), true);
    declare("rural", value::boolean_type(), false);
    declare("stage", choice, true);
    declare("parents", value::member_set_type(value::EntityId{std::size_t{1}}), false);
    declare("has_job", value::boolean_type(), false);
    declare("children", value::number_type(0), false);
    program.schema = schema;
    subject = add_local();
    const LocalId parameter = add_local();
    Definition definition;
    definition.parameters = {parameter};
    definition.type = value::boolean_type();
    program.definitions.push_back(definition);
    DefinitionVersion version;
    version.parameters = {parameter};
    version.body = condition(parameter, {}, 2, false);
    program.definitions.front().versions.push_back(version);
  }

  /// A condition of at most this depth, about a child or (`parent` valid) also one of its parents.
  ExprId condition(LocalId child, LocalId parent, int depth, bool calls) {
    const int kind = draw(depth > 0 ? 9 : 5);
    if (kind == 5) return make(Operation::kNot, {condition(child, parent, depth - 1, calls)});
    if (kind == 6 || kind == 7) {
      std::vector<ExprId> parts;
      for (int i = draw(3); i >= 0; --i)
        parts.push_back(condition(child, parent, depth - 1, calls));
      return make(kind == 6 ? Operation::kAll : Operation::kAny, std::move(parts));
    }
    if (kind == 8 && !parent.valid()) return quantified(child, depth, calls);
    if (kind == 4 && calls) return make(Operation::kCall, {argument(child)}, 0);
    if (parent.valid() && draw(2) == 0) {
      if (draw(2) == 0) return fact(kHasJob, parent);
      return compared(fact(kChildren, parent));
    }
    switch (draw(5)) {
      case 0:
        return compared(fact(kAge, child));
      case 1:
        return draw(3) == 0 ? make(Operation::kGiven, {fact(kYears, child)})
                            : compared(maybe_replaced(fact(kYears, child)));
      case 2:
        return fact(kRural, child);
      case 3:
        return make(relation(), {fact(kAge, child), fact(kYears, child)});
      default:
        return staged(fact(kStage, child));
    }
  }

  Program program;
  LocalId subject;

 private:
  int draw(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }
  Operation relation() {
    return std::array{Operation::kEqual, Operation::kLess, Operation::kLessEqual}.at(
        static_cast<std::size_t>(draw(3)));
  }
  LocalId add_local() {
    program.locals.push_back({"x", value::member_type(value::EntityId{std::size_t{1}}), {}});
    return LocalId{program.locals.size() - 1};
  }
  ExprId make(Operation operation, std::vector<ExprId> operands, std::uint32_t a = 0,
              std::uint32_t b = 0, const Type& type = value::boolean_type()) {
    program.exprs.push_back({operation, type, {}, std::move(operands), a, b, {}});
    return ExprId{program.exprs.size() - 1};
  }
  ExprId argument(LocalId local) {
    return make(Operation::kArgument, {}, local.index, 0, program[local].type);
  }
  ExprId fact(FactIndex index, LocalId of) {
    return make(Operation::kFact, {argument(of)}, index, 0, program.schema->facts[index].type);
  }
  ExprId constant(const Value& value, const Type& type) {
    program.constants.push_back(value);
    return make(Operation::kConstant, {}, static_cast<std::uint32_t>(program.constants.size() - 1),
                0, type);
  }
  ExprId number() {
    // Halves too: what lies between two whole numbers.
    if (draw(4) == 0) return constant(value::number(draw(4) * 10 + 5), value::number_type(1));
    return constant(value::number(draw(5)), value::number_type(0));
  }
  ExprId compared(ExprId of) {
    const bool mirrored = draw(2) == 0;
    const ExprId bound = number();
    return make(relation(), mirrored ? std::vector{bound, of} : std::vector{of, bound});
  }
  ExprId maybe_replaced(ExprId of) {
    if (draw(2) == 0) return of;
    const ExprId instead = constant(value::number(draw(4)), value::number_type(0));
    return make(Operation::kOrIfNone, {of, instead}, 0, 0, value::number_type(0));
  }
  ExprId staged(ExprId of) {
    const Type type = program[of].type;
    const auto option = [&] { return constant(value::bits(1 << draw(3)), type); };
    if (draw(2) == 0) return make(Operation::kEqual, {of, option()});
    return make(Operation::kOneOf, {of, option(), option()});
  }
  ExprId quantified(LocalId child, int depth, bool calls) {
    const LocalId parent = add_local();
    const ExprId body = condition(child, parent, depth - 1, calls);
    const auto kind = static_cast<FoldKind>(draw(3));
    std::vector<ExprId> operands{fact(kParents, child), body, {}};
    if (kind == FoldKind::kEvery) std::swap(operands[1], operands[2]);
    return make(Operation::kFold, std::move(operands), static_cast<std::uint32_t>(kind),
                parent.index);
  }

  std::mt19937 random_;
};

/// The plain meaning: a number, kNone or kError; conditions give 0, 1 or kError.
class Meaning {
 public:
  Meaning(const World& world, const Record& record) : world_(world), record_(record) {}

  std::int64_t condition(ExprId id, std::size_t parent) const {
    const std::int64_t found = of(id, parent);
    return found == kNone ? 0 : found;
  }

 private:
  std::int64_t of(ExprId id, std::size_t parent) const {
    const Expr& expr = world_.program[id];
    const auto part = [&](std::size_t i) { return of(expr.operands[i], parent); };
    switch (expr.operation) {
      case Operation::kConstant: {
        const Value& value = world_.program.constants[expr.a];
        if (expr.type.kind == TypeKind::kChoice)
          return 10 * __builtin_ctzll(static_cast<std::uint64_t>(value.lo));
        return expr.type.scale == 1 ? value.lo : 10 * value.lo;
      }
      case Operation::kFact: {
        const std::int64_t value = expr.a < kParents ? record_.child.at(expr.a)
                                                     : record_.parents[parent].at(expr.a - kHasJob);
        return value < 0 || expr.type.kind == TypeKind::kBoolean ? value : 10 * value;
      }
      case Operation::kNot: {
        const std::int64_t inner = condition(expr.operands[0], parent);
        return inner < 0 ? inner : 1 - inner;
      }
      case Operation::kAll:
      case Operation::kAny: {
        const std::int64_t decides = expr.operation == Operation::kAll ? 0 : 1;
        std::int64_t result = 1 - decides;
        for (const ExprId each : expr.operands)
          result = joined(result, condition(each, parent), decides);
        return result;
      }
      case Operation::kFold:
        return fold(expr);
      case Operation::kCall:
        return condition(world_.program.definitions[0].versions[0].body, parent);
      case Operation::kGiven:
        return part(0) == kError ? kError : part(0) == kNone ? 0 : 1;
      case Operation::kOrIfNone:
        return part(0) == kNone ? part(1) : part(0);
      case Operation::kOneOf:
        return part(0) < 0 ? part(0) : part(0) == part(1) || part(0) == part(2) ? 1 : 0;
      default:
        return compare(expr.operation, part(0), part(1));
    }
  }

  static std::int64_t joined(std::int64_t left, std::int64_t right, std::int64_t decides) {
    if (left == decides || right == decides) return decides;
    return left == kError || right == kError ? kError : 1 - decides;
  }

  static std::int64_t compare(Operation relation, std::int64_t left, std::int64_t right) {
    if (left == kError || right == kError) return kError;
    if (left == kNone || right == kNone) return 0;
    if (relation == Operation::kEqual) return left == right ? 1 : 0;
    return (relation == Operation::kLess ? left < right : left <= right) ? 1 : 0;
  }

  std::int64_t fold(const Expr& expr) const {
    const auto kind = static_cast<FoldKind>(expr.a);
    const bool every = kind == FoldKind::kEvery;
    const std::int64_t decides = every ? 0 : 1;
    std::int64_t result = 1 - decides;
    for (std::size_t i = 0; i < record_.parents.size(); ++i)
      result = joined(result, condition(expr.operands[every ? 2 : 1], i), decides);
    return kind == FoldKind::kNo && result >= 0 ? 1 - result : result;
  }

  const World& world_;
  const Record& record_;
};

std::vector<Record> all_records() {
  std::vector<std::vector<std::array<std::int64_t, 2>>> families{{}};
  for (const std::int64_t job : {0, 1}) {
    for (const std::int64_t children : {std::int64_t{0}, std::int64_t{2}, kError}) {
      families.push_back({{job, children}});
      families.push_back({{job, children}, {1, 1}});
      families.push_back({{job, children}, {0, 3}});
    }
  }
  std::vector<Record> records;
  for (const std::int64_t age :
       {std::int64_t{0}, std::int64_t{1}, std::int64_t{2}, std::int64_t{3}, kError}) {
    for (const std::int64_t years :
         {std::int64_t{0}, std::int64_t{1}, std::int64_t{3}, kNone, kError}) {
      for (const std::int64_t rural : {0, 1}) {
        for (const std::int64_t stage :
             {std::int64_t{0}, std::int64_t{1}, std::int64_t{2}, kNone}) {
          for (const auto& parents : families)
            records.push_back({{age, years, rural, stage}, parents});
        }
      }
    }
  }
  return records;
}

TEST_CASE("what is said of conditions holds in every record") {
  const std::vector<Record> records = all_records();
  int apart = 0;
  int implied = 0;
  int never = 0;
  int apart_in_truth = 0;
  for (std::uint32_t seed = 1; seed <= 400; ++seed) {
    World world(seed);
    const ExprId left = world.condition(world.subject, {}, 2, true);
    const ExprId right = world.condition(world.subject, {}, 2, true);
    ConditionBoxes boxes(world.program, *world.program.schema);
    const FormulaId first = boxes.terms().formula(left, world.subject);
    const FormulaId second = boxes.terms().formula(right, world.subject);
    const bool says_apart = boxes.are_apart(first, second, {});
    const bool says_implied = boxes.implies(first, second, {});
    const bool says_never = boxes.never_holds(first, {});
    bool are_apart = true;
    bool is_implied = true;
    bool is_never = true;
    for (const Record& record : records) {
      const Meaning meaning(world, record);
      if (meaning.condition(left, 0) != 1) continue;
      is_never = false;
      const bool both = meaning.condition(right, 0) == 1;
      are_apart = are_apart && !both;
      is_implied = is_implied && both;
    }
    INFO("seed " << seed);
    CHECK((!says_apart || are_apart));
    CHECK((!says_implied || is_implied));
    CHECK((!says_never || is_never));
    apart += says_apart && !says_never ? 1 : 0;
    implied += says_implied && !says_never ? 1 : 0;
    never += says_never ? 1 : 0;
    apart_in_truth += are_apart && !is_never ? 1 : 0;
  }
  // And it says something: most of what is apart is shown to be.
  CHECK(apart * 10 >= apart_in_truth * 7);
  CHECK(implied >= 10);
  CHECK(never >= 5);
}

}  // namespace
}  // namespace juzhu::sema::test
