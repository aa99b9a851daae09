// Small rulebooks built by hand, so that the evaluator is tested without the surface of the
// language. The places and the names of facts are those of the conformance table (docs/semantics.md
// 10): CN ⊃ GD ⊃ SZ ⊃ BA, YT; u, v not known.
//
// A book of rules makes a plan for each scope, ordering its rules by place, gate, start and
// `overrides` as lowering does, so that a row of the table can be written down as it stands there.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "eval/outcome.h"
#include "plan/plan.h"
#include "value/date.h"

namespace juzhu::eval::testing {

using ops::Effect;
using ops::Level;
using ops::Operation;
using value::Household;
using value::Schema;
using value::Type;
using value::Value;

/// An expression; steps are made from it when a plan is.
struct Node;
class Expr {
 public:
  Expr() = default;
  Expr(std::nullptr_t) {}                 // NOLINT(google-explicit-constructor): no condition
  Expr(std::shared_ptr<const Node> node)  // NOLINT(google-explicit-constructor)
      : node_(std::move(node)) {}
  Expr(std::shared_ptr<Node> node)  // NOLINT(google-explicit-constructor)
      : node_(std::move(node)) {}
  const Node* operator->() const { return node_.get(); }
  const Node& operator*() const { return *node_; }
  [[nodiscard]] bool given() const { return node_.get() != nullptr; }

 private:
  std::shared_ptr<const Node> node_;
};
struct Node {
  Operation operation{};
  Type type;
  std::vector<Expr> operands;
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  std::vector<std::uint32_t> extra;
  Value constant{};
  std::string name;  ///< fact, definition or question
  Expr where;        ///< fold
  Expr element;      ///< fold
  Type bound;        ///< fold: type of the bound element
  plan::ParameterTable table{};
  ops::Measure measure{};
  plan::Beats beats;  ///< clauses
};

Expr constant(const Value& value, const Type& type);
Expr truth(bool is_true);
Expr number(std::int64_t value, int scale = 0);
Expr date(int year, int month, int day);
/// Always this error.
Expr fails(value::ErrorCode code, const Type& type = value::boolean_type());
/// A fact of the member the block is about; of the bound element: of(it(type), …).
Expr fact(const std::string& name);
Expr fact_of(const Expr& subject, const std::string& name);
Expr household_fact(const std::string& name);
/// The member the block is about, or the bound element of the innermost fold.
Expr subject();
Expr it(const Type& type);
/// A definition of the subject; see TestBook::definitions.
Expr call(const std::string& definition, const Type& type = value::boolean_type());
Expr call_of(const Expr& subject, const std::string& definition);
/// Does a question come out so?
Expr comes_out(const std::string& service, ops::OutcomeOption option);
Expr outcome(const std::string& service);

Expr step(Operation operation, const Type& type, std::vector<Expr> operands, std::uint32_t a = 0,
          std::uint32_t b = 0);
Expr operator&&(const Expr& left, const Expr& right);
Expr operator||(const Expr& left, const Expr& right);
Expr operator!(const Expr& operand);
Expr operator<(const Expr& left, const Expr& right);
Expr operator<=(const Expr& left, const Expr& right);
Expr equal(const Expr& left, const Expr& right);
Expr sum(std::vector<Expr> terms, std::vector<std::uint32_t> minus = {});
Expr if_else(const Expr& test, const Expr& then, const Expr& otherwise);
struct TableRow {
  Expr status;
  Expr value;
};
Expr table(ops::HitPolicy policy, std::vector<TableRow> rows, const Expr& otherwise = {});
/// Clauses, each a status and a value, and who directly goes before whom.
Expr clauses(std::vector<TableRow> each, const std::vector<std::pair<int, int>>& order,
             const Expr& otherwise = {});
Expr fold(ops::FoldKind kind, const Type& type, const Expr& collection, const Type& bound,
          const Expr& where, const Expr& element);

/// What the rules and expressions of a test are written over.
struct Vocabulary {
  std::shared_ptr<const Schema> schema;
  value::PlaceNode cn = 0, gd = 0, sz = 0, ba = 0, yt = 0, gz = 0, hunan = 0, shaoyang = 0;
  value::EntityId person{std::size_t{1}};
  value::ListId permits{std::size_t{0}};
  value::ListId insurance{std::size_t{1}};
  value::ChoiceId outcome{std::size_t{0}};
  value::ChoiceId tenure{std::size_t{1}};
};
const Vocabulary& vocabulary();
Expr parents();
Expr rows(value::ListId list, const Expr& owner);
Expr rows_on(value::ListId list, const Expr& owner, const Expr& on);

struct TestNarrowing {
  std::string name;
  std::string of;  ///< the rule it narrows
  Expr when;
  Expr concerns;
  value::PlaceNode place = vocabulary().sz;
  Level level = Level::kLocalRule;
};
struct TestRule {
  std::string name;
  Effect effect = Effect::kGrants;
  Expr when;
  Expr concerns;
  value::PlaceNode place = vocabulary().sz;
  Level level = Level::kLocalRule;
  std::int64_t from = 17532;  ///< 2018-01-01
  std::int64_t to = value::kLastDate;
  bool gate = false;
  std::vector<std::string> overrides;
  bool marked = false;
  std::string service = "q";
};

class TestBook final : public PlanSource {
 public:
  std::vector<TestRule> rules;
  std::vector<TestNarrowing> narrowings;
  std::map<std::string, Expr> definitions;  ///< about the subject
  std::map<std::string, bool> marked;       ///< definitions that are marked
  Expr expression;                          ///< evaluated for the subject, if set
  int plan_count = 0;

  std::vector<const Plan*> plans(const Value& place, std::int64_t date) override;
  [[nodiscard]] const Schema& schema() const override { return *vocabulary().schema; }
  const Plan& plan(const plan::Scope& scope);

 private:
  std::map<plan::Scope, std::unique_ptr<Plan>> plans_;
};

/// A household of one child, Mei, in SZ, every fact not asked.
Household household();
Household household_with(const std::map<std::string, Value>& facts);
void state(Household& household, const std::string& fact, const Value& value,
           std::size_t member = 0);
/// Adds a person and returns the index.
std::size_t add_member(Household& household, const std::string& key);
value::RowList& list_of_member(Household& household, value::ListId list, std::size_t member);
value::Row permit(std::int64_t start, std::int64_t end);
std::int64_t days(int year, int month, int day);

/// "granted by g" , "denied, no rule grants", "unknown: granted, denied; depends on Mei's u",
/// "error no-row".
std::string answer(const Outcome& outcome);
std::string ask_text(TestBook& book, const Household& household, Level lowest = Level::kPractice,
                     std::int64_t date = 18993);
Outcome ask_book(TestBook& book, const Household& household, Level lowest = Level::kPractice,
                 std::int64_t date = 18993);
/// "{a,b} {c}": leaves by their fact's name, "(Li)" if not the child's, "?" where uncertain.
std::string failing_text(const Outcome& outcome);

/// An expression's value for Mei: at level 0, and settled.
Value level_zero(const Expr& expression, const Household& household);
std::string settled_text(const Expr& expression, const Household& household);
std::string needs_text(const Expr& expression, const Household& household);

}  // namespace juzhu::eval::testing
