// What every declaration of a rulebook has: a name in either tongue, remarks with citations, where
// and when it holds; and the typed expressions that declarations are made of. The stores stand in
// program.h; here only ids point into them.
//
// Ownership, threads: plain data of the Program.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "ops/calendar.h"
#include "ops/operation.h"
#include "source/source_file.h"
#include "value/date.h"
#include "value/schema.h"

namespace juzhu::sema {

using source::Span;
using value::Bilingual;
using value::FactId;
using value::ListId;
using value::PlaceNode;
using value::Type;
using value::Value;

struct Expr;
struct Source;
struct Service;
struct Parameter;
struct Definition;
struct Rule;
struct Score;
struct Reform;
struct Allocation;
struct Scenario;
struct Limit;
struct Property;
struct Local;
using ExprId = Id<Expr>;
using SourceId = Id<Source>;
using ServiceId = Id<Service>;
using ParameterId = Id<Parameter>;
using DefinitionId = Id<Definition>;
using RuleId = Id<Rule>;
using ScoreId = Id<Score>;
using ReformId = Id<Reform>;
using AllocationId = Id<Allocation>;
using ScenarioId = Id<Scenario>;
using LimitId = Id<Limit>;
using PropertyId = Id<Property>;
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

}  // namespace juzhu::sema
