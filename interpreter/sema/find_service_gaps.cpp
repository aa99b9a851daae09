// Days on which nothing grants a service at a place, between days on which something does; and days
// on which a gate stands at a place and no rule there opens it.
#include <algorithm>

#include "sema/rulebook_findings.h"

namespace juzhu::sema {

namespace {

bool has(const std::vector<ServiceId>& services, ServiceId service) {
  return std::find(services.begin(), services.end(), service) != services.end();
}

}  // namespace

bool RulebookFindings::is_told(ServiceId service, PlaceNode here, const Days& gap) const {
  return std::any_of(gaps_told_.begin(), gaps_told_.end(), [&](const auto& each) {
    const auto& [asked, from, to, place] = each;
    return asked == service.index && from <= gap.from && gap.to <= to &&
           schema_.places.within(here, place);
  });
}

void RulebookFindings::find_service_gap(ServiceId service, PlaceNode here) {
  std::vector<Days> granted;
  std::vector<const Holding*> grants;
  for (const Holding& each : holdings(here)) {
    if (!has(each.version().grants, service) && !has(each.version().ranks, service)) continue;
    granted.push_back(each.days);
    grants.push_back(&each);
  }
  if (granted.empty()) return;
  Days whole{value::kLastDate, value::kFirstDate};
  for (const Days& days : granted)
    whole = {std::min(whole.from, days.from), std::max(whole.to, days.to)};
  for (const Days& gap : uncovered(whole, granted)) {
    // Told at the wider place already, if the same days lack a rule there.
    if (is_told(service, here, gap)) continue;
    gaps_told_.emplace(service.index, gap.from, gap.to, here);
    const Holding* before = nullptr;
    const Holding* after = nullptr;
    for (const Holding* each : grants) {
      if (each->days.to + 1 == gap.from) before = each;
      if (each->days.from == gap.to + 1) after = each;
    }
    if (before == nullptr || after == nullptr) continue;
    const bool ranks =
        has(before->version().ranks, service) || has(after->version().ranks, service);
    const Bilingual where = where_text(here, gap);
    const Bilingual name = quoted(program_[service].name);
    diag::Diagnostic& diagnostic = sink_.report(
        diag::Code::kServiceGap, before->version().name_span,
        ranks ? say("no rule grants or ranks for {}{}", "{1}没有规则准予或待排 {0}", name, where)
              : say("no rule grants {}{}", "{1}没有规则准予 {0}", name, where),
        say("in force until then", "此前有效"));
    diagnostic.labels.push_back(
        {after->version().name_span, say("in force after that", "此后有效")});
    diagnostic.helps.push_back(say("check the two days, or add the rule that stood between",
                                   "核对两处日期，或补上其间有效的规则"));
  }
}

void RulebookFindings::find_gate_gap(ServiceId service, PlaceNode here) {
  const std::vector<Holding>& all = holdings(here);
  for (const Holding& gate : all) {
    if (!gate.version().gate || gate.at.place != here) continue;
    if (!has(gate.version().denies, service)) continue;
    std::vector<Days> opened;
    for (const Holding& other : all) {
      const Days days = meet(other.days, gate.days);
      if (days.empty() || !gives(all, other, service)) continue;
      if (beats(all, service, other, gate, days)) opened.push_back(days);
    }
    // A gate that nothing ever opens is meant to be shut.
    if (opened.empty()) continue;
    for (const Days& gap : uncovered(gate.days, opened)) {
      if (is_told(service, here, gap)) continue;
      const Bilingual where = where_text(here, gap);
      const Bilingual name = quoted(gate.at.rule);
      const Bilingual asked = quoted(program_[service].name);
      diag::Diagnostic& diagnostic =
          sink_.report(diag::Code::kServiceGap, gate.version().name_span,
                       say("no rule opens the gate {0}{1}: {2} is denied to all it speaks of",
                           "{1}没有规则打开兜底 {0}：{2} 对其所涉者一律不予", name, where, asked),
                       say("denies all{}", "一律不予{}", by_text(gate.version())));
      diagnostic.one_of_several = true;
      diagnostic.helps.push_back(say("check the days of the gate and of the rules that grant",
                                     "核对兜底与准予规则的日期"));
    }
  }
}

void RulebookFindings::find_service_gaps() {
  // Wider places first, so that a gap is told once.
  std::vector<PlaceNode> places = places_of_rules();
  std::stable_sort(places.begin(), places.end(), [&](PlaceNode a, PlaceNode b) {
    return schema_.places[a].depth < schema_.places[b].depth;
  });
  for (std::uint32_t service = 0; service < program_.services.size(); ++service) {
    for (const PlaceNode here : places) {
      find_service_gap(ServiceId{service}, here);
      find_gate_gap(ServiceId{service}, here);
    }
  }
}

}  // namespace juzhu::sema
