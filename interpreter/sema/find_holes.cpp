// Reads of a definition or parameter where no version of it is in force, while the rule that reads
// it is. Followed from each rule through definitions, for each place at which another version
// stands.
#include <algorithm>

#include "sema/allocations.h"
#include "sema/rulebook_findings.h"

namespace juzhu::sema {

namespace {

/// Days of `whole` on which none of the pieces is in force.
std::vector<Days> gaps(const Days& whole, const std::vector<Piece>& pieces) {
  std::vector<Days> covered;
  covered.reserve(pieces.size());
  for (const Piece& piece : pieces)
    covered.push_back(piece.days);
  return uncovered(whole, std::move(covered));
}

}  // namespace

void RulebookFindings::read_parameter(RuleId rule, ExprId read, PlaceNode place, const Days& days) {
  const Parameter& parameter = program_.parameters[program_[read].a];
  for (const Days& hole : gaps(days, timeline(parameter, place, schema_.places))) {
    Hole& found = parameter_holes_.emplace(read.index, Hole{{}, rule}).first->second;
    if (found.rule == rule) found.where.emplace_back(place, hole);
  }
}

void RulebookFindings::read_definition(RuleId rule, ExprId read, PlaceNode place,
                                       const Days& days) {
  const Definition& definition = program_.definitions[program_[read].a];
  const std::vector<Piece> pieces = timeline(definition, place, schema_.places);
  for (const Days& hole : gaps(days, pieces)) {
    Hole& found = definition_holes_.emplace(read.index, Hole{{}, rule}).first->second;
    if (found.rule == rule) found.where.emplace_back(place, hole);
  }
  const auto go_on = [&](const Piece& piece, PlaceNode at) {
    const Days both = meet(piece.days, days);
    if (both.empty()) return;
    const std::tuple key{program_[read].a, piece.version, at, both.from, both.to};
    if (!read_.insert(key).second) return;
    read_for_holes(rule, definition.versions[piece.version].body, at, both);
  };
  for (const Piece& piece : pieces)
    go_on(piece, place);
  // Within the place a narrower one may have a version of its own, which reads other things.
  std::set<PlaceNode> narrower;
  for (const DefinitionVersion& version : definition.versions) {
    for (const PlaceNode each : version.extent.places) {
      if (each != place && schema_.places.within(each, place)) narrower.insert(each);
    }
  }
  for (const PlaceNode each : narrower) {
    for (const Piece& piece : timeline(definition, each, schema_.places)) {
      if (piece.place == each) go_on(piece, each);
    }
  }
}

void RulebookFindings::read_for_holes(RuleId rule, ExprId root, PlaceNode place, const Days& days) {
  std::vector<ExprId> open{root};
  while (!open.empty()) {
    const ExprId id = open.back();
    open.pop_back();
    if (!id.valid()) continue;
    const Expr& expr = program_[id];
    open.insert(open.end(), expr.operands.begin(), expr.operands.end());
    if (expr.operation == ops::Operation::kCall) read_definition(rule, id, place, days);
    // With a place or day of its own it is read there and then.
    if (expr.operation == ops::Operation::kParameter && expr.b == 0)
      read_parameter(rule, id, place, days);
  }
}

void RulebookFindings::report_holes(const Holes& holes, diag::Code code) {
  const bool parameters = code == diag::Code::kParameterHole;
  for (const auto& [index, hole] : holes) {
    const Expr& read = program_.exprs[index];
    const Bilingual reader = quoted(hole.rule);
    const Bilingual name =
        quoted(parameters ? program_.parameters[read.a].name : program_.definitions[read.a].name);
    constexpr std::size_t kMostShown = 4;
    Bilingual where;
    for (std::size_t i = 0; i < hole.where.size() && i < kMostShown; ++i) {
      const auto& [place, days] = hole.where[i];
      const bool anywhere = place == value::kRootPlace || place == everywhere_;
      if (i > 0) where += say(" nor", "，");
      if (anywhere) where += say(" for every place", "在各地");
      where += where_text(place, days);
    }
    if (hole.where.size() > kMostShown)
      where += say(" nor in {} more stretches", "，另有{}处", hole.where.size() - kMostShown);
    Bilingual message = parameters ? say("{} has no value{}, where {} reads it",
                                         "{} {}没有值，而 {} 读取它", name, where, reader)
                                   : say("{} has no version{}, where {} reads it",
                                         "{} {}没有版本，而 {} 读取它", name, where, reader);
    Bilingual help = parameters
                         ? say("add `at … from …: value` to the parameter, or limit the rule",
                               "在参数中加 `在 … 自 …：值`，或限定规则")
                         : say("add a version for this place and time, or limit the rule",
                               "为此地此时加一个版本，或限定规则");
    sink_.report(code, read.span, std::move(message), say("read here", "在此读取"))
        .helps.push_back(std::move(help));
  }
}

void RulebookFindings::find_holes() {
  for (std::uint32_t index = 0; index < program_.rules.size(); ++index) {
    const Rule& rule = program_.rules[index];
    std::set<PlaceNode> places;
    for (const RuleVersion& version : rule.versions) {
      places.insert(version.extent.places.begin(), version.extent.places.end());
      if (version.extent.places.empty()) places.insert(everywhere_);
    }
    read_.clear();
    for (const PlaceNode place : places) {
      for (const Piece& piece : timeline(rule, place, schema_.places)) {
        const RuleVersion& version = rule.versions[piece.version];
        std::vector<ExprId> roots{version.concerns, version.condition};
        const std::vector<ExprId> listed = read_by_allocation(program_, version);
        roots.insert(roots.end(), listed.begin(), listed.end());
        for (const ExprId root : roots)
          read_for_holes(RuleId{index}, root, place, piece.days);
      }
    }
  }
  report_holes(parameter_holes_, diag::Code::kParameterHole);
  report_holes(definition_holes_, diag::Code::kNoVersionInForce);
}

}  // namespace juzhu::sema
