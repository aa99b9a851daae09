// A rulebook flattened for one scope (a date, a place, everything in force there): typed slots
// filled by steps in dependency order, in blocks. This is the contract that every evaluator reads:
// the case evaluator now, columns and native code later. It holds no pointer into the Program, no
// tree of objects and no version that is not in force.
//
// Shape. A Block is a function: parameters, steps, results. Step i fills slot (parameter count +
// i). A block is run once per distinct arguments: a definition about a person is a column over the
// members; the body of a fold is a column over members or rows, its captured values repeated. Slots
// hold sets of possible values (value/value.h). Blocks refer only to blocks with a smaller index,
// so there is no recursion.
//
// Invariants are held by verify(). Threads: immutable.
#pragma once

#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include "base/id.h"
#include "ops/calendar.h"
#include "ops/cover.h"
#include "ops/operation.h"
#include "source/source_file.h"
#include "value/schema.h"
#include "value/value.h"

namespace juzhu::plan {

using value::Bilingual;
using value::Type;
using value::Value;

struct Block;
struct RuleSet;
struct Pick;
struct Declaration;
using BlockId = Id<Block>;
using RuleSetId = Id<RuleSet>;
using PickId = Id<Pick>;
using DeclarationId = Id<Declaration>;
/// A slot of a block.
using Slot = std::uint32_t;
inline constexpr Slot kNoSlot = 0xFFFFFFFFU;

/// One step; see ops/operations.def for `a`, `b` and the operands of each operation.
struct Step {
  ops::Operation operation{};
  Type type;
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  std::uint32_t first_operand =
      0;  ///< operands are Plan::operands[first_operand, first_operand + operand_count)
  std::uint32_t operand_count = 0;
  std::uint32_t first_extra = 0;  ///< Sum: for each operand 1 if subtracted, in Plan::extras
  DeclarationId declaration;      ///< where the step comes from, for errors and explanations
  std::uint32_t node = 0;         ///< position within the declaration, in pre-order
  std::uint32_t expr =
      0xFFFFFFFFU;  ///< the Program's expression, for explanations; none for made-up steps
};

/// kPickPart: a collection, a condition or the body of a Pick.
enum class BlockKind : std::uint8_t { kDefinition, kQuestion, kFoldBody, kExpression, kPickPart };

struct Block {
  BlockKind kind{};
  DeclarationId declaration;
  std::vector<Type> parameters;
  std::vector<Step> steps;
  std::vector<Slot> results;  ///< one; a fold body: where (or kNoSlot), element (or kNoSlot); the
                              ///< body of a Pick: its keys, then the element
  [[nodiscard]] std::size_t slot_count() const { return parameters.size() + steps.size(); }
};

/// One of the things that a Pick chooses. Its blocks take what was chosen before it, `where` the
/// candidate too, then the captures of the step.
struct PickChoice {
  BlockId collection;
  BlockId where;        ///< not valid: all of the collection
  bool if_any = false;  ///< where there is none, the candidate "not applicable" stands in
};

/// What a Pick chooses from: the product of its collections, a later one perhaps by an earlier
/// choice. The body takes all that is chosen, then the captures.
struct Pick {
  std::vector<PickChoice> choices;
  std::vector<std::uint32_t> lowest_first;  ///< for each key: 0 or 1
  BlockId body;
};

struct Narrowing {
  DeclarationId declaration;
  Slot concerns = kNoSlot;  ///< whom the narrowing concerns; none: everyone
  Slot condition = kNoSlot;
};

struct RuleEntry {
  DeclarationId declaration;
  ops::Effect effect{};
  ops::Level level{};
  bool gate = false;
  Slot concerns = kNoSlot;   ///< χ; none: everyone
  Slot condition = kNoSlot;  ///< φ before narrowing; none: always
  std::vector<Narrowing> narrowings;
  Slot status = kNoSlot;  ///< χ and φ and every (not χn or ψn)
};

/// Who goes before whom: beats[i][j] if i beats j, transitively closed.
using Beats = std::vector<std::vector<bool>>;

/// The rules in force on one question, ordered (semantics.md 5.2). Sorted by declaration.
struct RuleSet {
  std::uint32_t service = 0;  ///< the Program's ServiceId
  std::vector<RuleEntry> rules;
  Beats beats;
  bool can_grant = false;  ///< a granting or ranking rule is in force
  /// An allocation gives the places: each grant stands twice, as a ranking and as a granting rule
  /// that exclude one another, so that they are never in conflict.
  bool parted = false;
  std::int64_t last_end =
      0;  ///< can_grant false: the day the last such rule ended here, 0 if never
};

enum class DeclarationKind : std::uint8_t {
  kRule,
  kGate,
  kNarrowing,
  kDefinition,
  kParameter,
  kFact,
  kService
};

/// A declaration in force that this plan rests on, named so that errors and results have a stable
/// order.
struct Declaration {
  DeclarationKind kind{};
  std::string key;  ///< module, name, place, start: the order of declarations
  Bilingual name;
  std::uint32_t item =
      0;  ///< RuleId, DefinitionId, ParameterId, FactId or ServiceId of the Program
  std::uint32_t version = 0;
  ops::Level level{};
  bool marked = false;  ///< rests on something recalled, doubtful, vague or not encoded
  bool nested = false;  ///< in force only where an expression asks under a further reform
};

struct ParameterVersion {
  value::PlaceNode place = 0;
  std::int64_t from = 0;
  std::int64_t to = 0;
  Value value;
};
/// A parameter that is read at another place or date than the scope's.
struct ParameterTable {
  std::vector<ParameterVersion> versions;
};

/// One question that the plan can answer: a service, for a kind of member, asked of levels at or
/// above one.
struct Question {
  std::uint32_t service = 0;
  ops::Level lowest_level = ops::Level::kPractice;
  BlockId block;  ///< one parameter: the member
};

/// An allocation in force, for the second stage (semantics.md 7). Every block has one parameter,
/// the applicant, and one result; that of the seats a second one, the school, if there are wishes.
struct List {
  DeclarationId declaration;
  std::uint32_t allocation = 0;  ///< AllocationId of the Program
  std::uint32_t service = 0;
  BlockId concerns;  ///< a condition; not valid: everyone
  BlockId pool;      ///< not valid: one list
  BlockId seats;
  std::vector<BlockId> keys;
  std::vector<BlockId> wishes;
  std::vector<BlockId> reserve_amounts;
  std::vector<BlockId> reserve_groups;  ///< conditions; not valid: everyone
};

struct Scope {
  std::int64_t date = 0;
  value::PlaceNode place = 0;
  bool elsewhere = false;   ///< in `place` but in none of the declared places below it
  bool exact = false;       ///< in `place` itself, and in none of any places below it
  std::uint32_t stack = 0;  ///< of the Program: the reforms that are active; 0: none
  friend bool operator<(const Scope& left, const Scope& right) {
    return std::tie(left.date, left.place, left.elsewhere, left.exact, left.stack) <
           std::tie(right.date, right.place, right.elsewhere, right.exact, right.stack);
  }
};

struct Plan {
  Scope scope;
  std::shared_ptr<const value::Schema> schema;
  std::vector<Block> blocks;
  std::vector<Slot> operands;
  std::vector<std::uint32_t> extras;
  std::vector<Value> constants;
  std::vector<ops::Measure> measures;
  std::vector<RuleSet> rule_sets;
  std::vector<Beats> clause_orders;  ///< of the clauses of a definition that are in force
  std::vector<Pick> picks;
  std::vector<ParameterTable> parameter_tables;
  std::vector<Declaration> declarations;
  std::vector<Question>
      questions;            ///< for each service every level that a rule in force has, lowest first
  std::vector<List> lists;  ///< by the allocation's declaration
  std::vector<BlockId>
      roots;  ///< blocks of the expressions that the caller asked for, in its order

  [[nodiscard]] const Block& operator[](BlockId id) const { return blocks[id.index]; }
  [[nodiscard]] const RuleSet& operator[](RuleSetId id) const { return rule_sets[id.index]; }
  [[nodiscard]] const Pick& operator[](PickId id) const { return picks[id.index]; }
  [[nodiscard]] const Declaration& operator[](DeclarationId id) const {
    return declarations[id.index];
  }
  [[nodiscard]] const Question* question(std::uint32_t service, ops::Level lowest_level) const;
};

/// The step of a block that fills a slot; the slot must not be a parameter.
const Step& step_of(const Block& block, Slot slot);
/// The type of any slot of a block.
const Type& slot_type(const Block& block, Slot slot);

/// Checks every invariant above; returns what is wrong in words, empty if nothing. Run after
/// lowering in the tests.
std::vector<std::string> verify(const Plan& plan);
/// The plan as text, one step a line, for golden files and for people.
std::string print(const Plan& plan);

}  // namespace juzhu::plan
