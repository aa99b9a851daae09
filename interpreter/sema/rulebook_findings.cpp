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

bool RulebookFindings::is_chinese(Span name) const {
  if (!name.file.valid()) return false;
  const std::string_view text = sources_.file(name.file).text();
  return name.begin < text.size() && (static_cast<unsigned char>(text[name.begin]) & 0x80U) != 0;
}

std::string RulebookFindings::quoted(const Bilingual& name, bool chinese) {
  return "`" + name.in(chinese) + "`";
}

std::string RulebookFindings::quoted(RuleId rule, bool chinese) const {
  return quoted(program_[rule].name, chinese);
}

std::string RulebookFindings::days_text(const Days& days, bool chinese) {
  const bool begins = days.from > value::kFirstDate;
  const bool ends = days.to < value::kLastDate;
  if (chinese) {
    std::string text = begins ? "自" + value::date_text_zh(days.from) : std::string{};
    return text + (ends ? "至" + value::date_text_zh(days.to) : std::string{});
  }
  if (!begins && ends) return " before " + value::date_text(days.to + 1);
  std::string text = begins ? " from " + value::date_text(days.from) : std::string{};
  return text + (ends ? " to " + value::date_text(days.to) : std::string{});
}

std::string RulebookFindings::where_text(PlaceNode place, const Days& days, bool chinese) const {
  const bool anywhere = place == value::kRootPlace || place == everywhere_;
  std::string text;
  if (!anywhere) {
    text = chinese ? "在" + schema_.places.path_zh(place) : " at " + schema_.places.path_en(place);
  }
  return text + days_text(days, chinese);
}

std::string RulebookFindings::by_text(const RuleVersion& version, bool chinese) const {
  if (version.remarks.cites.empty()) return {};
  const Span span = version.remarks.cites.front().span;
  if (!span.file.valid()) return {};
  const std::string_view text = sources_.file(span.file).text();
  return (chinese ? "，依据" : ", by ") +
         std::string(text.substr(span.begin, span.end - span.begin));
}

}  // namespace juzhu::sema
