// What can be said of a rulebook as a whole without a solver, where and while its declarations are
// in force (semantics.md 5.1 to 5.3): grants and denials of which neither goes first, rules that
// never decide, days without a rule, reads of what is not in force. A finding is only reported if
// it is shown: see condition_boxes.h.
//
// Ownership: reads a Program that is not added to while this lives.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "diag/diagnostic.h"
#include "sema/condition_boxes.h"
#include "sema/timeline.h"
#include "source/source_file.h"

namespace juzhu::sema {

class RulebookFindings {
 public:
  RulebookFindings(const Program& program, const value::Schema& schema,
                   const source::SourceMap& sources, diag::Sink& sink);

  /// Everything below that is no conflict.
  void find_all();

  // ---- find_conflicts.cpp
  /// What surely happens is an error and always told; the rest only if `all`.
  void find_conflicts(bool all);
  // ---- find_masked.cpp
  void find_never_holding();
  void find_masked();
  void find_subsumed();
  // ---- find_holes.cpp
  void find_holes();
  // ---- find_service_gaps.cpp
  void find_service_gaps();

 private:
  /// A version of a rule in force at the place at hand, through which place, on which days.
  struct Holding {
    RuleAt at;
    Days days;
    [[nodiscard]] const RuleVersion& version() const { return *at.version; }
  };
  struct Hole {
    std::vector<std::pair<PlaceNode, Days>> where;
    RuleId rule;
  };
  using Holes = std::map<std::uint32_t, Hole>;  ///< by the expression that reads

  const std::vector<Holding>& holdings(PlaceNode here);
  /// The places at which rules can stand otherwise than elsewhere: those that a rule names.
  std::vector<PlaceNode> places_of_rules() const;
  FormulaId formula_of(const RuleVersion& version);
  /// Does it grant the service, or rank for it as a rule of its own: where nothing grants it, so
  /// that the allocation stands over no other rule (semantics.md 9a)?
  static bool gives(const std::vector<Holding>& all, const Holding& rule, ServiceId service);
  /// By `overrides` and narrower place and so on, through rules on the service that are in force on
  /// all these days.
  bool beats(const std::vector<Holding>& all, ServiceId service, const Holding& left,
             const Holding& right, const Days& days);
  bool is_settled_by_another(const std::vector<Holding>& all, ServiceId service,
                             const Holding& grant, const Holding& deny, const Window& window);
  void report_conflict(ServiceId service, const Holding& grant, const Holding& deny,
                       const Window& window);
  const Holding* masks(const std::vector<Holding>& all, const Holding& rule, ServiceId service,
                       PlaceNode here);
  const RuleVersion* masker_everywhere(const RuleVersion& version);
  bool adds_nothing(const std::vector<Holding>& all, const Holding& rule, const Holding& other,
                    ServiceId service, PlaceNode here);
  std::set<std::uint32_t> subsumers_everywhere(const RuleVersion& version);
  void report_never(const Declared& declared, FormulaId formula, const std::vector<ExprId>& parts,
                    LocalId subject, const Window& window);
  void add_conjuncts(ExprId condition, std::vector<ExprId>& into) const;

  void read_for_holes(RuleId rule, ExprId root, PlaceNode place, const Days& days);
  void read_definition(RuleId rule, ExprId read, PlaceNode place, const Days& days);
  void read_parameter(RuleId rule, ExprId read, PlaceNode place, const Days& days);
  void report_holes(const Holes& holes, diag::Code code);

  [[nodiscard]] bool is_told(ServiceId service, PlaceNode here, const Days& gap) const;
  void find_service_gap(ServiceId service, PlaceNode here);
  void find_gate_gap(ServiceId service, PlaceNode here);

  // ---- words, in rulebook_findings.cpp
  [[nodiscard]] static Bilingual quoted(const Bilingual& name);
  [[nodiscard]] Bilingual quoted(RuleId rule) const;
  /// " at Shenzhen from 2018-01-01 to 2020-12-31", 在深圳自2018年1月1日至2020年12月31日; what is
  /// not limited is not said. In English it ends a sentence, in Chinese it begins one.
  [[nodiscard]] Bilingual where_text(PlaceNode place, const Days& days) const;
  [[nodiscard]] static Bilingual days_text(const Days& days);
  /// ", by Notice art 3" as the rule cites it; nothing if it cites nothing.
  [[nodiscard]] Bilingual by_text(const RuleVersion& version) const;

  const Program& program_;
  const value::Schema& schema_;
  const source::SourceMap& sources_;
  diag::Sink& sink_;
  ConditionBoxes boxes_;
  std::map<PlaceNode, std::vector<Holding>> holdings_;
  std::set<std::uint32_t> narrowed_;  ///< rules that some narrowing reads further
  std::map<const RuleVersion*, FormulaId> formulas_;
  PlaceNode everywhere_ = value::kRootPlace;  ///< the nation, where the tree has one at its top

  // While holes are looked for: what was read, and what was found.
  std::set<std::tuple<std::uint32_t, std::uint32_t, PlaceNode, std::int64_t, std::int64_t>> read_;
  Holes parameter_holes_;
  Holes definition_holes_;
  /// Services and days told at a place; of the places within it only other days are.
  std::set<std::tuple<std::uint32_t, std::int64_t, std::int64_t, PlaceNode>> gaps_told_;
};

}  // namespace juzhu::sema
