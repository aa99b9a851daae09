// A grant and a denial of one service of which neither goes first, unless no record can have both:
// other places, other days, or conditions that exclude each other.
#include <algorithm>

#include "sema/rulebook_findings.h"

namespace juzhu::sema {

namespace {

/// So many pairs say that the rules need an order at all; looking for every one of them takes long.
constexpr std::size_t kMostTold = 200;

bool asks_nothing(const RuleVersion& version) {
  return !version.condition.valid() && !version.concerns.valid();
}

bool has(const std::vector<ServiceId>& services, ServiceId service) {
  return std::find(services.begin(), services.end(), service) != services.end();
}

}  // namespace

bool RulebookFindings::gives(const std::vector<Holding>& all, const Holding& rule,
                             ServiceId service) {
  if (has(rule.version().grants, service)) return true;
  return has(rule.version().ranks, service) &&
         std::none_of(all.begin(), all.end(), [&](const Holding& other) {
           return has(other.version().grants, service) && !meet(other.days, rule.days).empty();
         });
}

bool RulebookFindings::is_settled_by_another(const std::vector<Holding>& all, ServiceId service,
                                             const Holding& grant, const Holding& deny,
                                             const Window& window) {
  // A third rule that holds whenever both do and goes before one of them leaves no conflict.
  const Days days{window.from, window.to};
  for (const Holding& other : all) {
    if (other.at.version == grant.at.version || other.at.version == deny.at.version) continue;
    if (other.days.from > days.from || other.days.to < days.to) continue;
    if (!speaks_of(other.version(), service)) continue;
    if (narrowed_.contains(other.at.rule.index)) continue;
    if (!goes_before(other.at, grant.at, schema_.places) &&
        !goes_before(other.at, deny.at, schema_.places))
      continue;
    const FormulaId both =
        boxes_.terms().all_of({formula_of(grant.version()), formula_of(deny.version())});
    if (boxes_.implies(both, formula_of(other.version()), window)) return true;
  }
  return false;
}

void RulebookFindings::report_conflict(ServiceId service, const Holding& grant, const Holding& deny,
                                       const Window& window) {
  const bool sure = asks_nothing(grant.version()) && asks_nothing(deny.version());
  const Bilingual granting = quoted(grant.at.rule);
  const Bilingual denying = quoted(deny.at.rule);
  const Bilingual asked = quoted(program_[service].name);
  const bool ranks = !has(grant.version().grants, service);
  Bilingual message = ranks ? say("{} ranks for and {} denies {}, and neither goes first",
                                  "{} 待排而 {} 不予 {}，未定何者优先", granting, denying, asked)
                            : say("{} grants and {} denies {}, and neither goes first",
                                  "{} 准予而 {} 不予 {}，未定何者优先", granting, denying, asked);
  const Bilingual where = where_text(window.place, {window.from, window.to});
  const FormulaId if_granted = formula_of(grant.version());
  const FormulaId if_denied = formula_of(deny.version());
  const auto always = [&](const Bilingual& first, const Bilingual& second) {
    const Bilingual comma = where.empty() ? Bilingual{} : say("", "，");
    return say(": whenever {0} holds, {1} holds too{2}", "：{2}{3}凡符合 {0} 者必符合 {1}", first,
               second, where, comma);
  };
  if (!sure && boxes_.implies(if_granted, if_denied, window)) {
    message += always(granting, denying);
  } else if (!sure && !narrowed_.contains(grant.at.rule.index) &&
             boxes_.implies(if_denied, if_granted, window)) {
    message += always(denying, granting);
  } else if (!where.empty()) {
    message += say(": both can hold{}", "：{}两者可同时成立", where);
  }
  diag::Diagnostic& diagnostic =
      sink_.report_as(sure ? diag::Severity::kError : diag::Severity::kWarning,
                      diag::Code::kUnorderedConflict, deny.version().name_span, std::move(message),
                      say("denies here{}", "此处不予{}", by_text(deny.version())));
  diagnostic.one_of_several = true;  // other grants may clash with the same denial
  const Bilingual by = by_text(grant.version());
  diagnostic.labels.push_back(
      {grant.version().name_span,
       ranks ? say("ranks here{}", "此处待排{}", by) : say("grants here{}", "此处准予{}", by)});
  diagnostic.helps.push_back(
      say("say which one stands: add `overrides {}` to the denial, or the other way round",
          "写明何者优先：在不予的规则加 `优先于 {}`，或反之", program_[grant.at.rule].name));
}

void RulebookFindings::find_conflicts(bool all) {
  std::set<std::pair<const RuleVersion*, const RuleVersion*>> told;
  for (const PlaceNode here : places_of_rules()) {
    const std::vector<Holding>& rules = holdings(here);
    for (const Holding& grant : rules) {
      std::vector<ServiceId> services = grant.version().grants;
      services.insert(services.end(), grant.version().ranks.begin(), grant.version().ranks.end());
      for (const ServiceId service : services) {
        if (!gives(rules, grant, service)) continue;
        for (const Holding& deny : rules) {
          if (!has(deny.version().denies, service)) continue;
          const Days days = meet(grant.days, deny.days);
          if (days.empty() || told.contains({grant.at.version, deny.at.version})) continue;
          const bool sure = asks_nothing(grant.version()) && asks_nothing(deny.version());
          if (!sure && !all) continue;
          if (goes_before(grant.at, deny.at, schema_.places)) continue;
          if (goes_before(deny.at, grant.at, schema_.places)) continue;
          const Window window{here, days.from, days.to};
          if (boxes_.are_apart(formula_of(grant.version()), formula_of(deny.version()), window))
            continue;
          if (beats(rules, service, grant, deny, days) || beats(rules, service, deny, grant, days))
            continue;
          if (is_settled_by_another(rules, service, grant, deny, window)) continue;
          told.emplace(grant.at.version, deny.at.version);
          report_conflict(service, grant, deny, window);
          if (told.size() == kMostTold) return;
        }
      }
    }
  }
}

}  // namespace juzhu::sema
