// A checked rulebook: every name resolved, every expression typed. Stores by typed id; nothing here
// depends on the order in which files or declarations were written. What holds where and when is
// still open: that is settled when a Plan is made for a date and a place.
//
// Ownership: a Program owns everything but the texts (SourceMap) and shares its Schema. Threads:
// immutable.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ops/cover.h"
#include "sema/declared.h"
#include "value/household.h"

namespace juzhu::sema {

struct Source : Declared {
  Bilingual title;
  std::string number;
  ops::Level level = ops::Level::kPractice;
  Extent extent;
};

struct Service : Declared {};

struct ParameterVersion {
  PlaceNode place = value::kRootPlace;
  std::int64_t from = value::kFirstDate;
  std::int64_t to = value::kLastDate;
  bool day_not_known = false;
  Value value;
  Remarks remarks;
  Span span;
  ReformId reform;   ///< exists only under this reform; not valid: as the text stands
  bool set = false;  ///< made by a `sets` of the reform
};
struct Parameter : Declared {
  Type type;
  std::vector<ParameterVersion> versions;  ///< those of the text sorted by place, then start
};

/// One version of a definition. All versions of a name have the same parameters and type.
struct DefinitionVersion : Declared {
  Extent extent;
  std::vector<LocalId> parameters;  ///< this version's own names for the parameters
  ExprId body;
  ReformId reform;  ///< as above
};
struct Definition {
  Bilingual name;
  std::string module;
  std::vector<LocalId> parameters;  ///< subject first if there is one, then with, in, on
  bool has_subject = false;
  bool has_with = false;
  bool has_in = false;
  bool has_on = false;
  Type type;
  std::vector<DefinitionVersion> versions;
  ScoreId score;             ///< of a definition that stands for a score, or for a part of one
  bool for_choices = false;  ///< of a score: the value for given choices, one version's
};

enum class PartKind : std::uint8_t { kLet, kItem, kGroup, kBestOf };

/// A component of one version of a score. Its value is a definition of its own, whose parameters
/// are the subject and what the version chooses, so that it is a column over the candidates.
struct Component : Declared {
  PartKind kind{};
  std::uint32_t part = 0;  ///< index into Score::parts
  DefinitionId value;
  ExprId written;  ///< of a let or item: what stands behind the colon; of a group: the sum or best
  ExprId when;     ///< of an item; not valid: always
  ExprId cap;      ///< not valid: none
  ExprId floor;
  std::vector<Component> children;
};

/// `choosing x among C where …`: x is bound in what stands behind, and in every component.
struct Choosing {
  LocalId local;
  ExprId collection;
  ExprId where;  ///< not valid: all of them
  bool if_any = false;
};

struct ScoreVersion : Declared {
  Extent extent;
  ReformId reform;  ///< that adds it; not valid: the text itself
  LocalId subject;
  ExprId concerns;  ///< not valid: everyone of the kind
  std::vector<Choosing> choices;
  std::vector<Component> components;  ///< as written
  DefinitionId value;                 ///< the total for given choices
  ExprId sum;                         ///< inside `value`, before the caps of the total
  ExprId cap;
  ExprId floor;
};

/// What can be read of a score by name: an item, group or let, or what was chosen.
struct ScorePart {
  Bilingual name;
  DefinitionId read;  ///< a version for each of the score's; without a body where it lacks the part
};

/// A score is read as a property of its subject. `total` and the parts pick the choices to the
/// subject's advantage; each version is one of theirs, with the same index.
struct Score {
  Bilingual name;
  std::string module;
  Type subject;
  DefinitionId total;
  std::vector<ScorePart> parts;
  std::vector<ScoreVersion> versions;
};

struct Entry {  ///< a condition with remarks of its own, inside a rule
  ExprId condition;
  Remarks remarks;
};

/// One version of a rule, gate, narrowing or allocation.
struct RuleVersion : Declared {
  Extent extent;
  ops::Level level = ops::Level::kPractice;
  LocalId subject;
  ExprId concerns;   ///< `for each … where`; not valid: everyone
  ExprId condition;  ///< `when` and not `unless`; not valid: always
  std::vector<ServiceId> grants;
  std::vector<ServiceId> denies;
  std::vector<RuleId> narrows;
  std::vector<RuleId> overrides;
  std::vector<ServiceId> ranks;  ///< an allocation: the one service whose places it gives
  AllocationId allocation;       ///< how it gives them; not valid: no allocation
  bool gate = false;
  ReformId reform;  ///< as above
  /// Of a version that a reform made of another: the start that orders it (semantics.md 5.2 line
  /// 4), so that an amendment does not reorder rules it does not touch; and the names that its
  /// parts from both give the one member.
  std::optional<std::int64_t> order_from;
  std::vector<LocalId> other_subjects;
  bool amends = false;  ///< made of another version by the reform
  [[nodiscard]] std::int64_t ordering_start() const { return order_from.value_or(extent.from); }
};
struct Rule {
  Bilingual name;
  std::string module;
  Type subject;  ///< the kind of member it speaks of
  std::vector<RuleVersion> versions;
};

/// What has versions that a reform may touch.
enum class ItemKind : std::uint8_t { kRule, kDefinition, kParameter };
struct Item {
  ItemKind kind{};
  std::uint32_t index = 0;  ///< in the store of its kind
  friend bool operator==(const Item&, const Item&) = default;
  friend bool operator<(const Item& left, const Item& right) {
    return std::pair{left.kind, left.index} < std::pair{right.kind, right.index};
  }
};

/// One change that a reform makes, other than what it adds: that carries the reform's id in its
/// store.
enum class ChangeKind : std::uint8_t { kRepeals, kSets, kAmends, kDrops };
struct Change {
  ChangeKind kind{};
  Span span;
  Item item;
  std::optional<PlaceNode> place;  ///< only there; none: everywhere
  Value value;                     ///< kSets
  Type type;                       ///< of the value
  ExprId condition;                ///< kDrops
  RuleVersion clauses;             ///< kAmends: what it states, the rest is copied
  bool states_subject = false;
  bool states_extent = false;
  bool states_condition = false;
  bool states_effect = false;
  bool states_overrides = false;
};

/// A named overlay on the rulebook (semantics.md 8).
struct Reform : Declared {
  std::int64_t from = value::kFirstDate;  ///< kFirstDate: on every date
  bool day_not_known = false;
  std::vector<ReformId> on_top_of;
  std::vector<Change> changes;
  [[nodiscard]] bool is_dated() const { return from != value::kFirstDate; }
};

/// A version as it holds under a stack of reforms: they may end it, or end it at some places.
struct VersionInStack {
  std::uint32_t version = 0;
  std::vector<PlaceNode> places;  ///< empty: everywhere
  std::int64_t from = value::kFirstDate;
  std::int64_t to = value::kLastDate;
  std::int64_t order_from = value::kFirstDate;  ///< of two at one place the later goes first
  std::uint32_t layer = 0;                      ///< then the one of the reform further up
};
/// The stack without any reform: the text as it stands.
inline constexpr std::uint32_t kNoReforms = 0;
/// Reforms one on the other: the rulebook after them. Made when first asked for, see reforms.h.
struct Stack {
  std::vector<ReformId> reforms;                         ///< bottom first
  std::map<Item, std::vector<VersionInStack>> versions;  ///< of what the reforms touch
  std::map<ReformId, std::uint32_t> above;               ///< the stack with one more reform on top
  std::vector<std::size_t> idle;  ///< changes of the topmost reform that change nothing
};

enum class RankOrder : std::uint8_t { kHighestFirst, kLowestFirst, kEarliestFirst, kLatestFirst };
struct RankKey {
  ExprId value;
  RankOrder order{};
};

enum class TieRule : std::uint8_t { kLottery, kAdmitAll, kRefuseTied, kUndecided };
enum class WishRule : std::uint8_t { kNone, kByWish, kByRank };

/// Seats set aside for a group of the applicants.
struct Reserve {
  ExprId amount;
  bool is_share = false;  ///< of the seats, else a number of them
  LocalId member;         ///< the reserve's own name for the applicant
  ExprId group;           ///< who belongs to it
  bool kept = false;      ///< what the group leaves does not fall to the others
};

/// The second stage of one version of an allocation (semantics.md 7); its first stage is the
/// RuleVersion that it belongs to.
struct Allocation {
  RuleId rule;
  std::uint32_t version = 0;
  LocalId subject;
  ExprId pool;  ///< one list for each value; not valid: one list
  ExprId seats;
  LocalId school;              ///< the wish whose seats are read; not valid: no wishes
  std::vector<ExprId> wishes;  ///< in their order
  WishRule wish_rule = WishRule::kNone;
  std::vector<RankKey> keys;
  TieRule ties = TieRule::kUndecided;
  std::optional<std::uint64_t> seed;  ///< of a lottery; none: its draw is not known
  std::vector<Reserve> reserves;
  bool open_first = false;
};

/// What a scenario expects of one child of a list.
struct PlacedExpectation {
  RuleId allocation;
  enum class Kind : std::uint8_t { kAdmits, kRefuses, kLeavesOpen } kind = Kind::kAdmits;
  std::uint32_t household = 0;  ///< index into Scenario::households
  std::uint32_t member = 0;
  ExprId school;  ///< a constant; not valid: anywhere
};
/// A local whose value is read off a list, in the first key: the line of a pool, a child's margin.
struct ListReading {
  LocalId local;
  RuleId allocation;
  bool margin = false;
  ExprId pool;                  ///< of a line; not valid: the only list
  ExprId school;                ///< of a line; not valid: no wishes
  std::uint32_t household = 0;  ///< of a margin
  std::uint32_t member = 0;
};
/// A fact of one household of a scenario.
struct NeededFact {
  std::uint32_t household = 0;
  value::FactRef fact;
  friend auto operator<=>(const NeededFact&, const NeededFact&) = default;
};

/// What a scenario expects: a condition to be true, or, if `question` is valid, an outcome of that
/// question.
struct Expectation {
  Span span;
  ExprId condition;             ///< not valid for `is unknown`
  ExprId value;                 ///< `value is unknown`, `value fails with …`; not valid otherwise
  ExprId question;              ///< the question whose outcome is expected
  std::uint32_t household = 0;  ///< of the question, in Scenario::households
  std::uint32_t member = 0;     ///< of the question
  std::uint32_t service = 0;
  ops::Level lowest_level = ops::Level::kPractice;
  std::uint32_t stack = 0;  ///< of the question
  std::uint8_t outcomes =
      0;                 ///< of the question: 1 << OutcomeOption for each that fits; see unknown
  bool unknown = false;  ///< expected to be unknown
  std::vector<RuleId> by;
  std::vector<SourceId> conflicts_with;
  bool has_needs = false;
  std::vector<NeededFact> needs;
  std::optional<value::ErrorCode> fails_with;
  std::optional<PlacedExpectation> placed;  ///< then nothing above but `needs` is said
  std::vector<ListReading> readings;        ///< that the condition or value reads
};
struct Scenario : Declared {
  std::int64_t date = 0;
  std::vector<ReformId> reforms;  ///< `under reform`
  std::uint32_t stack = 0;
  value::Household household;    ///< its fact `place` is the scenario's place
  std::vector<LocalId> members;  ///< locals that stand for the members, by member index
  /// `of households`: the scenarios whose households stand on one list. Empty: its own household.
  std::vector<ScenarioId> households;
  value::Value place;  ///< of a list: where its lines are asked; no kind: where its households live
  std::vector<Expectation> expectations;
};

/// What a higher norm says of lower ones: a bound on a parameter, or facts that the rules on a
/// service must not rest on.
struct Limit : Declared {
  Extent extent;
  ops::Level level = ops::Level::kPractice;
  ParameterId parameter;  ///< that it bounds; not valid: it forbids facts
  ServiceId service;      ///< whose rules it speaks of; not valid: the rules on every service
  LocalId place;          ///< `for each city`: the city; not valid: the place at hand
  value::PlaceLevel place_level = value::PlaceLevel::kRoot;  ///< kRoot: a place of any level
  ExprId concerns;                                           ///< not valid: every place
  ExprId holds;               ///< what must hold of the parameter, which it reads
  Span bound;                 ///< the bound or the ban, as written
  std::vector<FactId> facts;  ///< forbidden ones
  std::vector<ListId> lists;
};

/// A value, rule or definition that goes against a limit at some places on some days. Found by the
/// engine before anything is asked, so that answers that rest on it can say so.
struct Breach {
  enum class Kind : std::uint8_t { kParameter, kRule, kDefinition };
  /// What was found at a place, and in all of it that no other place of the list takes out.
  struct At {
    PlaceNode place = value::kRootPlace;
    std::vector<std::pair<std::int64_t, std::int64_t>>
        days;  ///< both ends belong; none: fine there
    friend bool operator==(const At&, const At&) = default;
  };
  LimitId limit;
  Kind kind{};
  std::uint32_t item = 0;
  std::uint32_t version = 0;
  std::vector<At> found;     ///< by place
  std::vector<ExprId> path;  ///< to a forbidden fact: the calls it is read through, then the fact
  std::string asked;         ///< what the limit says, as written
  std::uint32_t stack = kNoReforms;  ///< the reforms under which it was found
};
/// Does the breach reach this place on this day?
bool reaches(const Breach& breach, PlaceNode place, std::int64_t date,
             const value::PlaceTree& places);

/// A statement that must hold for every household, or of every two that differ in one fact.
struct Property : Declared {
  struct Binder {
    LocalId local;
    ExprId among;     ///< not valid: all members of its kind
    ExprId concerns;  ///< not valid: each of them
  };
  Extent extent;
  std::vector<Binder> binders;
  ExprId premise;     ///< `whenever`; not valid: always
  ExprId conclusion;  ///< `then`, `always`; not valid for `raising`
  ExprId raised;      ///< a fact or a list
  ExprId measured;    ///< what must not become lower
  std::optional<Bilingual> known_to_fail;
};

struct Program {
  std::shared_ptr<const value::Schema> schema;
  std::vector<std::string> modules;
  std::vector<Expr> exprs;
  std::vector<Value> constants;
  std::vector<ops::Measure> measures;
  std::vector<Local> locals;
  std::vector<Source> sources;
  std::vector<Service> services;
  std::vector<Parameter> parameters;
  std::vector<Definition> definitions;
  std::vector<Rule> rules;
  std::vector<Score> scores;
  /// Definitions given by clauses. A clause is a rule whose effect is a value; it names the clauses
  /// that it overrides by their position in the set.
  std::vector<std::vector<RuleVersion>> clause_sets;
  std::vector<Reform> reforms;
  std::vector<Stack> stacks;  ///< the first: no reform
  std::vector<Allocation> allocations;
  std::vector<Scenario> scenarios;
  std::vector<Limit> limits;
  std::vector<Property> properties;
  std::vector<Breach> breaches;      ///< filled by the engine; see engine/limits.h
  std::uint32_t stacks_checked = 0;  ///< by the engine: limits were held against stacks below
  value::ChoiceId outcome_choice;    ///< denied, ranked, granted, conflict
  std::vector<PlaceNode>
      declared_places;  ///< every place that an extent, a parameter or an expression names
  std::vector<value::EntityId> subjects;          ///< by service: whom it is for (child → person)
  std::vector<DefinitionId> roles;                ///< the definitions that test roles (child)
  std::map<value::FactId, Remarks> fact_remarks;  ///< of facts that have any
  std::map<ExprId, Remarks>
      entry_remarks;  ///< remarks beside a condition of a list, or a row of a table (its status)

  [[nodiscard]] const Expr& operator[](ExprId id) const { return exprs[id.index]; }
  [[nodiscard]] const Local& operator[](LocalId id) const { return locals[id.index]; }
  [[nodiscard]] const Source& operator[](SourceId id) const { return sources[id.index]; }
  [[nodiscard]] const Service& operator[](ServiceId id) const { return services[id.index]; }
  [[nodiscard]] const Parameter& operator[](ParameterId id) const { return parameters[id.index]; }
  [[nodiscard]] const Definition& operator[](DefinitionId id) const {
    return definitions[id.index];
  }
  [[nodiscard]] const Rule& operator[](RuleId id) const { return rules[id.index]; }
  [[nodiscard]] const Score& operator[](ScoreId id) const { return scores[id.index]; }
  [[nodiscard]] const Reform& operator[](ReformId id) const { return reforms[id.index]; }
  [[nodiscard]] const Allocation& operator[](AllocationId id) const {
    return allocations[id.index];
  }
  [[nodiscard]] const Scenario& operator[](ScenarioId id) const { return scenarios[id.index]; }
  [[nodiscard]] const Limit& operator[](LimitId id) const { return limits[id.index]; }
  [[nodiscard]] const Property& operator[](PropertyId id) const { return properties[id.index]; }
};
/// Does it stand in an answer under these reforms? Where they were looked at, what was found there
/// counts; of others, made later for a question, what was found under any part of them.
bool stands_under(const Program& program, const Breach& breach, std::uint32_t stack);

/// Which key of the allocation is the total of a score for the one it ranks; nothing: none. The
/// keys after it also settle what the score chooses.
std::optional<std::size_t> key_of_score(const Program& program, const Allocation& allocation,
                                        DefinitionId total);

/// Which household of a list, and which of its members, a position in Scenario::members is; of
/// another scenario household 0.
std::pair<std::uint32_t, std::uint32_t> place_on_list(const Program& program,
                                                      const Scenario& scenario,
                                                      std::uint32_t position);
/// The remark's own confidence, else the least sure of the cited sources.
Confidence effective_confidence(const Program& program, const Remarks& remarks);
/// A reason why results that rest on this are marked, or nothing: recalled or doubtful, vague, not
/// encoded.
bool is_marked(const Program& program, const Remarks& remarks);

}  // namespace juzhu::sema
