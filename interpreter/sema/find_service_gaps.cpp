// Days on which nothing grants a service at a place, between days on which something does; and days
// on which a gate stands at a place and no rule there opens it.
#include <fmt/format.h>

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
    const bool chinese = is_chinese(before->version().name_span);
    const bool ranks =
        has(before->version().ranks, service) || has(after->version().ranks, service);
    const std::string where = where_text(here, gap, chinese);
    const std::string name = quoted(program_[service].name, chinese);
    diag::Diagnostic& diagnostic = sink_.report(
        diag::Code::kServiceGap, before->version().name_span,
        chinese
            ? fmt::format("{}没有规则{} {}", where, ranks ? "准予或待排" : "准予", name)
            : fmt::format("no rule {} {}{}", ranks ? "grants or ranks for" : "grants", name, where),
        chinese ? "此前有效" : "in force until then");
    diagnostic.labels.push_back(
        {after->version().name_span, chinese ? "此后有效" : "in force after that"});
    diagnostic.helps.emplace_back(chinese
                                      ? "核对两处日期，或补上其间有效的文件"
                                      : "check the two days, or add the rule that stood between");
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
      const bool chinese = is_chinese(gate.version().name_span);
      const std::string where = where_text(here, gap, chinese);
      const std::string name = quoted(gate.at.rule, chinese);
      const std::string asked = quoted(program_[service].name, chinese);
      diag::Diagnostic& diagnostic = sink_.report(
          diag::Code::kServiceGap, gate.version().name_span,
          chinese ? fmt::format("{}没有规则打开兜底 {}：{} 对其所涉者一律不予", where, name, asked)
                  : fmt::format("no rule opens the gate {}{}: {} is denied to all it speaks of",
                                name, where, asked),
          (chinese ? "一律不予" : "denies all") + by_text(gate.version(), chinese));
      diagnostic.one_of_several = true;
      diagnostic.helps.emplace_back(chinese
                                        ? "核对兜底与准予规则的日期"
                                        : "check the days of the gate and of the rules that grant");
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
