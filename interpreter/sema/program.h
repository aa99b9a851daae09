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

#include "base/id.h"
#include "ops/calendar.h"
#include "ops/cover.h"
#include "ops/operation.h"
#include "source/source_file.h"
#include "value/date.h"
#include "value/household.h"
#include "value/schema.h"

namespace juzhu::sema {

using source::Span;
using value::Bilingual;
using value::PlaceNode;
using value::Type;
using value::Value;

struct Expr;
struct Source;
struct Service;
struct Parameter;
struct Definition;
struct Rule;
struct Allocation;
struct Scenario;
struct Local;
using ExprId = Id<Expr>;
using SourceId = Id<Source>;
using ServiceId = Id<Service>;
using ParameterId = Id<Parameter>;
using DefinitionId = Id<Definition>;
using RuleId = Id<Rule>;
using AllocationId = Id<Allocation>;
using ScenarioId = Id<Scenario>;
using LocalId = Id<Local>;

/// A typed expression; see ops/operations.def for what the fields mean.
struct Expr {
  ops::Operation operation{};
  Type type;
  Span span;  ///< the source text it came from
  std::vector<ExprId> operands;
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  std::vector<std::uint32_t> extra;
};

/// A name bound by a rule, a definition's parameter, a quantifier or a fold.
struct Local {
  std::string name;
  Type type;
  Span span;
};

enum class ProvisionKind : std::uint8_t { kArticle, kParagraph, kItem, kAnnex };
struct Provision {
  ProvisionKind kind;
  std::uint32_t number;
};
struct Citation {
  SourceId source;
  std::vector<Provision> provisions;
  Span span;
};

enum class Confidence : std::uint8_t { kOfficial, kSecondary, kRecalled, kDoubtful };

/// What may stand beside any declaration.
struct Remarks {
  std::vector<Citation> cites;
  std::optional<Confidence> confidence;  ///< as written; see effective_confidence
  std::vector<Bilingual> notes;
  std::vector<Bilingual> vague;
  std::vector<Bilingual> not_encoded;
  std::optional<ops::Counting> counting;
  /// Anything that an explanation shows or a mark follows from.
  [[nodiscard]] bool says_anything() const {
    return !cites.empty() || confidence || !notes.empty() || !vague.empty() || !not_encoded.empty();
  }
};

/// Where and when something holds: within any of the places, both end days included.
struct Extent {
  std::vector<PlaceNode> places;  ///< empty: everywhere
  std::int64_t from = value::kFirstDate;
  std::int64_t to = value::kLastDate;
  bool day_not_known = false;  ///< an end was given as a year or month
};

/// What every declaration has.
struct Declared {
  Bilingual name;
  Bilingual text;
  std::string module;
  Span span;  ///< the whole declaration
  Span name_span;
  Remarks remarks;
};

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
};
struct Parameter : Declared {
  Type type;
  std::vector<ParameterVersion> versions;  ///< sorted by place, then start
};

/// One version of a definition. All versions of a name have the same parameters and type.
struct DefinitionVersion : Declared {
  Extent extent;
  std::vector<LocalId> parameters;  ///< this version's own names for the parameters
  ExprId body;
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
};
struct Rule {
  Bilingual name;
  std::string module;
  Type subject;  ///< the kind of member it speaks of
  std::vector<RuleVersion> versions;
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
  ExprId condition;             ///< not valid for an outcome or `is unknown`
  ExprId value;                 ///< `value is unknown`, `value fails with …`; not valid otherwise
  ExprId question;              ///< the question whose outcome is expected
  std::uint32_t household = 0;  ///< of the question, in Scenario::households
  std::uint32_t member = 0;     ///< of the question
  std::uint32_t service = 0;
  ops::Level lowest_level = ops::Level::kPractice;
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
  value::Household household;    ///< its fact `place` is the scenario's place
  std::vector<LocalId> members;  ///< locals that stand for the members, by member index
  /// `of households`: the scenarios whose households stand on one list. Empty: its own household.
  std::vector<ScenarioId> households;
  value::Value place;  ///< of a list: where its lines are asked; no kind: where its households live
  std::vector<Expectation> expectations;
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
  std::vector<Allocation> allocations;
  std::vector<Scenario> scenarios;
  value::ChoiceId outcome_choice;  ///< denied, ranked, granted, conflict
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
  [[nodiscard]] const Allocation& operator[](AllocationId id) const {
    return allocations[id.index];
  }
  [[nodiscard]] const Scenario& operator[](ScenarioId id) const { return scenarios[id.index]; }
};

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
