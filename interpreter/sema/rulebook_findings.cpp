#include "sema/rulebook_findings.h"

#include <algorithm>

#include "value/date.h"

namespace juzhu::sema {

RulebookFindings::RulebookFindings(const Program& program, const value::Schema& schema,
                                   const source::SourceMap& sources, diag::Sink& sink)
    : program_(program), schema_(schema), sources_(sources), sink_(sink), boxes_(program, schema) {
  for (const Rule& rule : program.rules) {
    for (const RuleVersion& version : rule.versions) {
      for (const RuleId narrowed : version.narrows)
        narrowed_.insert(narrowed.index);
    }
  }
  const std::vector<PlaceNode>& top = schema.places[value::kRootPlace].children;
  if (top.size() == 1) everywhere_ = top.front();
}

void RulebookFindings::find_all() {
  find_never_holding();
  find_masked();
  find_subsumed();
  find_holes();
  find_service_gaps();
}

std::vector<PlaceNode> RulebookFindings::places_of_rules() const {
  std::set<PlaceNode> places{value::kRootPlace};
  for (const Rule& rule : program_.rules) {
    for (const RuleVersion& version : rule.versions)
      places.insert(version.extent.places.begin(), version.extent.places.end());
  }
  return {places.begin(), places.end()};
}

const std::vector<RulebookFindings::Holding>& RulebookFindings::holdings(PlaceNode here) {
  const auto [known, added] = holdings_.emplace(here, std::vector<Holding>{});
  if (!added) return known->second;
  for (std::uint32_t rule = 0; rule < program_.rules.size(); ++rule) {
    for (const Piece& piece : timeline(program_.rules[rule], here, schema_.places)) {
      const RuleVersion& version = program_.rules[rule].versions[piece.version];
      known->second.push_back({{RuleId{rule}, &version, piece.place}, piece.days});
    }
  }
  return known->second;
}

FormulaId RulebookFindings::formula_of(const RuleVersion& version) {
  const auto known = formulas_.find(&version);
  if (known != formulas_.end()) return known->second;
  ConditionTerms& terms = boxes_.terms();
  const FormulaId formula = terms.all_of({terms.formula(version.concerns, version.subject),
                                          terms.formula(version.condition, version.subject)});
  formulas_.emplace(&version, formula);
  return formula;
}

bool RulebookFindings::beats(const std::vector<Holding>& all, ServiceId service,
                             const Holding& left, const Holding& right, const Days& days) {
  std::vector<const Holding*> open{&left};
  std::set<const Holding*> seen{&left};
  while (!open.empty()) {
    const Holding& from = *open.back();
    open.pop_back();
    for (const Holding& next : all) {
      if (next.days.from > days.from || next.days.to < days.to) continue;
      if (!speaks_of(next.version(), service)) continue;
      if (!goes_before(from.at, next.at, schema_.places)) continue;
      if (next.at.version == right.at.version) return true;
      if (seen.insert(&next).second) open.push_back(&next);
    }
  }
  return false;
}

Bilingual RulebookFindings::quoted(const Bilingual& name) { return say("`{}`", "`{}`", name); }

Bilingual RulebookFindings::quoted(RuleId rule) const { return quoted(program_[rule].name); }

Bilingual RulebookFindings::days_text(const Days& days) {
  const bool begins = days.from > value::kFirstDate;
  const bool ends = days.to < value::kLastDate;
  const Bilingual from{value::date_text(days.from), value::date_text_zh(days.from)};
  const Bilingual to{value::date_text(days.to), value::date_text_zh(days.to)};
  if (begins && ends) return say(" from {} to {}", "自{}至{}", from, to);
  if (begins) return say(" from {}", "自{}起", from);
  if (ends) return say(" before {}", "至{1}", value::date_text(days.to + 1), to);
  return {};
}

Bilingual RulebookFindings::where_text(PlaceNode place, const Days& days) const {
  const bool anywhere = place == value::kRootPlace || place == everywhere_;
  if (anywhere) return days_text(days);
  return say(" at {}{}", "在{}{}", schema_.places.path(place), days_text(days));
}

Bilingual RulebookFindings::by_text(const RuleVersion& version) const {
  if (version.remarks.cites.empty()) return {};
  const Span span = version.remarks.cites.front().span;
  if (!span.file.valid()) return {};
  const std::string_view text = sources_.file(span.file).text();
  return say(", by {}", "，依据{}", text.substr(span.begin, span.end - span.begin));
}

}  // namespace juzhu::sema
