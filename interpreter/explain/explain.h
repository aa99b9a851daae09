// Why a child gets this answer: conclusion, rules and their articles, conditions with their values,
// exceptions that were weighed, missing facts, in words an official would accept. A plain tree,
// read backwards from an outcome and its trace; nothing in it is computed a second way. Text and
// JSON are made from the tree (docs/explanations.md).
//
// Every text is in both tongues. Ownership: an Explanation owns everything it says. Threads: plain
// data.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "eval/outcome.h"
#include "sema/program.h"
#include "source/source_file.h"

namespace juzhu::explain {

using value::Bilingual;

/// A provision that something is cited from.
struct Reference {
  Bilingual source;      ///< the name the rule file gives it
  Bilingual title;       ///< as it is called by people; the name if no title is written
  std::string number;    ///< document number, may be empty
  Bilingual provisions;  ///< art 5 para 2; empty: as a whole
  ops::Level level{};
  sema::Confidence confidence{};
  std::int64_t from = value::kFirstDate;  ///< of the source; kFirstDate, kLastDate: not stated
  std::int64_t to = value::kLastDate;
};

enum class RemarkKind : std::uint8_t {
  kNote,
  kVague,
  kNotEncoded,
  kRecalled,
  kDoubtful,
  kDayNotKnown,
  kOverLimit,  ///< a value against the bound of a higher norm
  kForbidden   ///< it rests on a fact that a higher norm forbids
};
/// "vague", "not_encoded": stable, for data.
std::string_view remark_kind_key(RemarkKind kind);

struct Remark {
  RemarkKind kind{};
  Bilingual about;    ///< the declaration; empty inside a rule or node, which says it already
  Bilingual text;     ///< empty for recalled, doubtful and day not known
  Bilingual cites{};  ///< of a mark: what the declaration cites; against a limit: what that cites
};

/// kNone: not a condition.
enum class Truth : std::uint8_t { kNone, kYes, kNo, kUnknown, kError };

enum class NodeKind : std::uint8_t {
  kAll,         ///< all of the children
  kAny,         ///< any of the children
  kNot,         ///< the child must not hold
  kMembers,     ///< a quantifier; a child for each member, row or choice it looked at
  kElement,     ///< one of those
  kCondition,   ///< a comparison or another condition without parts
  kQuestion,    ///< the outcome of another service
  kRule,        ///< a rule of that question
  kDefinition,  ///< a definition that was read, with its value
  kParameter,   ///< a parameter that was read, with its value and place
  kFact,        ///< a fact of the household, with its value and state
  kMore,        ///< what was left out because it cannot change the answer
};

struct Node {
  NodeKind kind{};
  Truth truth = Truth::kNone;
  Bilingual text;
  Bilingual value;                         ///< empty if there is none to show
  std::optional<value::InputState> state;  ///< of a fact
  Bilingual place;                         ///< of a parameter's version
  std::vector<Reference> cites;
  std::vector<Remark> remarks;
  std::vector<Node> children;  ///< deciding ones first
  std::uint32_t count = 0;     ///< kMore: how many
};

/// Why a rule does or does not decide.
enum class Standing : std::uint8_t {
  kDecides,
  kMayDecide,     ///< its conditions are not known
  kNotConcerned,  ///< it does not speak of this child
  kNotMet,        ///< its conditions are not met
  kNarrowed,      ///< met, but a further condition of a place is not
  kBeaten,        ///< it applies, and a rule that stands over it too
  kFails,         ///< its conditions could not be worked out
  kApplies,       ///< it applies, but another effect decides
};
/// Why one rule stands over another (semantics.md 5.2).
enum class Over : std::uint8_t { kOverrides, kPlace, kGate, kLater, kThroughOthers };

struct RuleNote {
  Bilingual name;
  Bilingual text;  ///< the author's, may be empty
  std::string module;
  std::string where;  ///< file:line of its name
  ops::Effect effect{};
  ops::Level level{};
  bool gate = false;
  Standing standing{};
  std::vector<Reference> cites;
  Bilingual places;  ///< where it holds; empty: everywhere
  std::int64_t from = value::kFirstDate;
  std::int64_t to = value::kLastDate;
  std::vector<Remark> remarks;
  std::vector<Node>
      conditions;  ///< whom it concerns (if that is not known or not met), when, narrowings
  std::vector<std::pair<Bilingual, Over>> beaten_by;
  std::vector<RuleNote> narrowings;  ///< those that speak of this child
};

/// A condition that would have to change, for a denial.
struct Change {
  Bilingual text;                ///< what would have to hold
  Bilingual now;                 ///< the values today, may be empty
  bool uncertain = false;        ///< it is not known today
  std::vector<Reference> cites;  ///< of the narrowing it stems from, else empty
};

struct MissingFact {
  Bilingual fact;  ///< Li's permits
  value::InputState state{};
  Bilingual question;  ///< as the vocabulary asks it, may be empty
};

/// One line of a score sheet. A number that is not known is written with its bounds.
struct SheetLine {
  sema::PartKind kind{};
  Bilingual name;
  Bilingual text;                ///< the author's, may be empty
  Bilingual value;               ///< "7.4"; a let: what it is, "4 years"
  Bilingual how;                 ///< "0.1 per full month of 74 months"; may be empty
  std::vector<Bilingual> notes;  ///< a condition that is not met, a cap that cut, not the best one
  std::vector<Reference> cites;
  std::vector<Remark> remarks;
  std::vector<SheetLine> children;
};

/// The score for one way to choose: by which parent, for which home.
struct SheetWay {
  std::vector<std::pair<Bilingual, Bilingual>> chosen;  ///< parent: Li
  std::vector<SheetLine> lines;
  Bilingual total;
  std::vector<Bilingual> notes;
};

/// A score as a parent could check it by hand, read from the trace.
struct ScoreSheet {
  std::string score;  ///< as the rulebook calls it, English if it has it
  Bilingual name;
  Bilingual text;
  Bilingual member;
  Bilingual total;  ///< over all ways that may be best
  bool known = false;
  bool in_force = true;
  std::vector<SheetWay> ways;        ///< one if it is known who is chosen; none: nobody can be
  std::size_t behind = 0;            ///< further ways to choose, which give less or no more
  std::vector<MissingFact> missing;  ///< facts it would be exact with
  std::vector<Reference> cites;
  std::vector<Remark> remarks;
};

struct Failure {
  value::ErrorCode code{};
  Bilingual text;            ///< what went wrong
  bool of_question = false;  ///< no rule in force: on the question itself, not on a part of it
  Bilingual declaration;     ///< where
  Bilingual expression;      ///< the expression in words, may be empty
  Bilingual member;          ///< for whom, may be empty
  std::string where;         ///< file:line, may be empty
};

struct Explanation {
  std::string household;  ///< keys: H012, C1
  std::string member_key;
  Bilingual member;
  Bilingual service;
  std::string service_name;  ///< as the rulebook calls it, English if it has it
  eval::OutcomeKind outcome{};
  Bilingual conclusion;  ///< one sentence
  Bilingual reason;      ///< one or two sentences: by which rule, or why not
  Bilingual place;
  std::int64_t date = 0;
  ops::Level lowest_level = ops::Level::kPractice;
  std::vector<Bilingual> reforms;   ///< under which it was asked, the later on top
  std::vector<Bilingual> possible;  ///< of an unknown: what may still come out
  bool open = false;                ///< the search for an answer was cut off
  bool settled = false;             ///< facts are missing, but they cannot change the answer

  std::vector<RuleNote> deciding;
  std::vector<RuleNote>
      weighed;  ///< the other rules in force that concern the child, nearest to deciding first
  std::vector<RuleNote> not_concerned;
  std::vector<std::vector<Change>> would_grant;  ///< of a denial: each one a way to be granted
  bool may_lack_some = false;
  std::vector<MissingFact> missing;
  bool at_most = false;            ///< `missing` may name more than needed
  std::vector<ScoreSheet> scores;  ///< that were read on the way
  std::optional<Failure> failure;
  std::int64_t last_end = 0;    ///< of no-rule-in-force: the day the last rule ended, 0 if never
  std::int64_t next_begin = 0;  ///< of no-rule-in-force: the day the next rule begins, 0 if never
  std::vector<RuleNote> law_gives_more;  ///< higher norms that the answer conflicts with
  std::vector<RuleNote> law_may_give_more;
  std::vector<RuleNote> law_gives_less;
  bool marked = false;
  std::vector<Remark> marks;  ///< what in the reading is recalled, doubtful, vague or not encoded
};

Explanation explain(const sema::Program& program, const source::SourceMap& sources,
                    const value::Household& household, const eval::Query& query,
                    const eval::Outcome& outcome);

struct TextOptions {
  bool chinese = false;
  bool color = false;
  std::size_t width = 80;  ///< columns of the terminal
  bool all = false;  ///< also facts behind conditions that are met, and rules that do not concern
};
std::string to_text(const Explanation& explanation, const TextOptions& options = {});

/// The sheets of the scores that an evaluation read, by score, then member.
std::vector<ScoreSheet> score_sheets(const sema::Program& program,
                                     const value::Household& household, const eval::Trace& trace);
/// The sheet of one score that was asked for; where it is not in force it only says so.
ScoreSheet score_sheet(const sema::Program& program, const value::Household& household,
                       const eval::Answer& answer, sema::ScoreId score, std::uint32_t member);
std::string to_text(const ScoreSheet& sheet, const TextOptions& options = {});

/// The schema is in docs/explanations.md.
nlohmann::json to_json(const Explanation& explanation);
nlohmann::json to_json(const ScoreSheet& sheet);

}  // namespace juzhu::explain
