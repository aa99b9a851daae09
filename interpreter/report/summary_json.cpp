#include <nlohmann/json.hpp>
#include <utility>

#include "explain/words.h"
#include "report/answer_line.h"
#include "report/summary_text.h"

namespace juzhu::report {
namespace {

using Json = nlohmann::ordered_json;

Json amount_json(const Amount& amount) {
  return {{"count", amount.count}, {"weighted", weight_text(amount.millionths)}};
}

Json amounts_json(const std::map<std::string, Amount>& amounts) {
  Json result = Json::object();
  for (const auto& [name, amount] : amounts)
    result[name] = amount_json(amount);
  return result;
}

Json reasons_json(const std::map<Reason, Amount>& reasons) {
  Json result = Json::array();
  for (const auto& [reason, amount] : reasons) {
    Json entry{{"kind", explain::remark_kind_key(reason.kind)}, {"about", reason.about}};
    if (!reason.cites.empty()) entry["cites"] = reason.cites;
    entry.update(amount_json(amount));
    result.push_back(std::move(entry));
  }
  return result;
}

Json service_json(const ServiceTally& tally, const sema::Program& program, bool chinese) {
  Json outcomes = Json::object();
  for (std::size_t kind = 0; kind < kOutcomeCount; ++kind) {
    const auto outcome = static_cast<eval::OutcomeKind>(kind);
    outcomes[std::string(outcome_key(outcome))] = amount_json(tally.outcomes[kind]);
  }
  return {{"service", program.services[tally.service].name.in(chinese)},
          {"outcomes", outcomes},
          {"only_because", amounts_json(tally.only_because)},
          {"missing", amounts_json(tally.missing)},
          {"settled_by_one_fact", amounts_json(tally.settles_alone)},
          {"errors", amounts_json(tally.errors)},
          {"conflicts_with", amounts_json(tally.conflicts_with)},
          {"marked", amount_json(tally.marked)},
          {"rests_on", reasons_json(tally.rests_on)}};
}

}  // namespace

Json summary_json(const Summary& summary, const SummaryHead& head, const sema::Program& program,
                  bool chinese) {
  Json services = Json::array();
  for (const ServiceTally& tally : summary.services) {
    services.push_back(service_json(tally, program, chinese));
  }
  Json result{{"date", value::date_text(head.date)}};
  if (head.place) result["place"] = program.schema->places.path_en(*head.place);
  result["lowest_level"] = explain::level_name(head.lowest_level, false);
  if (!head.reforms.empty()) result["reforms"] = head.reforms;
  result["households"] = summary.households;
  result["children"] = summary.children;
  result["services"] = std::move(services);
  return result;
}

}  // namespace juzhu::report
