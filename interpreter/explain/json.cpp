// An explanation as JSON; docs/explanations.md describes every key. Texts are objects with both
// tongues, dates are written 2024-09-01, and what does not apply is left out.
#include <nlohmann/json.hpp>
#include <string_view>

#include "explain/explain.h"
#include "value/date.h"

namespace juzhu::explain {
namespace {

using nlohmann::json;

json text_json(const Bilingual& text) { return {{"en", text.in(false)}, {"zh", text.in(true)}}; }

void add_text(json& to, const char* key, const Bilingual& text) {
  if (!text.empty()) {
    to[key] = text_json(text);
  }
}

void add_date(json& to, const char* key, std::int64_t date) {
  if (date > value::kFirstDate && date < value::kLastDate) {
    to[key] = value::date_text(date);
  }
}

template <typename Item, typename Make>
void add_list(json& to, const char* key, const std::vector<Item>& items, Make make) {
  if (items.empty()) {
    return;
  }
  json list = json::array();
  for (const Item& item : items) {
    list.push_back(make(item));
  }
  to[key] = std::move(list);
}

std::string_view level_key(ops::Level level) {
  static constexpr std::string_view kKeys[] = {"law",       "regulation", "policy",
                                               "local_law", "local_rule", "practice"};
  return kKeys[static_cast<std::size_t>(level)];
}
std::string_view confidence_key(sema::Confidence confidence) {
  static constexpr std::string_view kKeys[] = {"official", "secondary", "recalled", "doubtful"};
  return kKeys[static_cast<std::size_t>(confidence)];
}
std::string_view outcome_key(eval::OutcomeKind kind) {
  static constexpr std::string_view kKeys[] = {"granted", "denied",   "ranked",
                                               "unknown", "conflict", "error"};
  return kKeys[static_cast<std::size_t>(kind)];
}
std::string_view effect_key(ops::Effect effect) {
  static constexpr std::string_view kKeys[] = {"denies", "ranks", "grants"};
  return kKeys[static_cast<std::size_t>(effect)];
}
std::string_view state_key(value::InputState state) {
  static constexpr std::string_view kKeys[] = {"stated", "unknown", "not_asked", "not_applicable"};
  return kKeys[static_cast<std::size_t>(state)];
}
std::string_view truth_key(Truth truth) {
  static constexpr std::string_view kKeys[] = {"none", "yes", "no", "unknown", "error"};
  return kKeys[static_cast<std::size_t>(truth)];
}
std::string_view node_key(NodeKind kind) {
  static constexpr std::string_view kKeys[] = {"all",        "any",       "not",      "members",
                                               "element",    "condition", "question", "rule",
                                               "definition", "parameter", "fact",     "left_out"};
  return kKeys[static_cast<std::size_t>(kind)];
}
std::string_view standing_key(Standing standing) {
  static constexpr std::string_view kKeys[] = {"decides", "may_decide", "not_concerned",
                                               "not_met", "narrowed",   "gives_way",
                                               "fails",   "applies"};
  return kKeys[static_cast<std::size_t>(standing)];
}
std::string_view over_key(Over over) {
  static constexpr std::string_view kKeys[] = {"overrides", "place", "gate", "later",
                                               "through_others"};
  return kKeys[static_cast<std::size_t>(over)];
}

json reference_json(const Reference& reference) {
  json to;
  to["source"] = text_json(reference.source);
  to["title"] = text_json(reference.title);
  if (!reference.number.empty()) {
    to["number"] = reference.number;
  }
  add_text(to, "provisions", reference.provisions);
  to["level"] = level_key(reference.level);
  to["confidence"] = confidence_key(reference.confidence);
  add_date(to, "from", reference.from);
  add_date(to, "to", reference.to);
  return to;
}

json remark_json(const Remark& remark) {
  json to;
  to["kind"] = remark_kind_key(remark.kind);
  add_text(to, "about", remark.about);
  add_text(to, "text", remark.text);
  add_text(to, "cites", remark.cites);
  return to;
}

json node_json(const Node& node) {
  json to;
  to["kind"] = node_key(node.kind);
  to["text"] = text_json(node.text);
  if (node.truth != Truth::kNone) {
    to["truth"] = truth_key(node.truth);
  }
  add_text(to, "value", node.value);
  if (node.state) {
    to["state"] = state_key(*node.state);
  }
  add_text(to, "place", node.place);
  if (node.count > 0) {
    to["count"] = node.count;
  }
  add_list(to, "cites", node.cites, reference_json);
  add_list(to, "remarks", node.remarks, remark_json);
  add_list(to, "children", node.children, node_json);
  return to;
}

json rule_json(const RuleNote& note) {
  json to;
  to["name"] = text_json(note.name);
  add_text(to, "text", note.text);
  to["module"] = note.module;
  if (!note.where.empty()) {
    to["where"] = note.where;
  }
  to["effect"] = effect_key(note.effect);
  to["level"] = level_key(note.level);
  to["gate"] = note.gate;
  to["standing"] = standing_key(note.standing);
  add_text(to, "places", note.places);
  add_date(to, "from", note.from);
  add_date(to, "to", note.to);
  add_list(to, "cites", note.cites, reference_json);
  add_list(to, "remarks", note.remarks, remark_json);
  add_list(to, "conditions", note.conditions, node_json);
  add_list(to, "narrowings", note.narrowings, rule_json);
  add_list(to, "gives_way_to", note.beaten_by, [](const std::pair<Bilingual, Over>& one) {
    return json{{"rule", text_json(one.first)}, {"because", over_key(one.second)}};
  });
  return to;
}

json change_json(const Change& change) {
  json to;
  to["text"] = text_json(change.text);
  add_text(to, "now", change.now);
  to["uncertain"] = change.uncertain;
  add_list(to, "cites", change.cites, reference_json);
  return to;
}

json missing_json(const MissingFact& fact) {
  json to;
  to["fact"] = text_json(fact.fact);
  to["state"] = state_key(fact.state);
  add_text(to, "question", fact.question);
  return to;
}

std::string_view part_key(sema::PartKind kind) {
  static constexpr std::string_view kKeys[] = {"let", "item", "group", "best_of"};
  return kKeys[static_cast<std::size_t>(kind)];
}

json line_json(const SheetLine& line) {
  json to;
  to["kind"] = part_key(line.kind);
  to["name"] = text_json(line.name);
  add_text(to, "text", line.text);
  add_text(to, "value", line.value);
  add_text(to, "how", line.how);
  add_list(to, "notes", line.notes, text_json);
  add_list(to, "cites", line.cites, reference_json);
  add_list(to, "remarks", line.remarks, remark_json);
  add_list(to, "children", line.children, line_json);
  return to;
}

json way_json(const SheetWay& way) {
  json to;
  add_list(to, "chosen", way.chosen, [](const std::pair<Bilingual, Bilingual>& one) {
    return json{{"choice", text_json(one.first)}, {"is", text_json(one.second)}};
  });
  add_list(to, "lines", way.lines, line_json);
  to["total"] = text_json(way.total);
  add_list(to, "notes", way.notes, text_json);
  return to;
}

json failure_json(const Failure& failure) {
  json to;
  to["code"] = value::error_name(failure.code);
  to["text"] = text_json(failure.text);
  to["of_question"] = failure.of_question;
  add_text(to, "declaration", failure.declaration);
  add_text(to, "expression", failure.expression);
  add_text(to, "member", failure.member);
  if (!failure.where.empty()) {
    to["where"] = failure.where;
  }
  return to;
}

}  // namespace

json to_json(const ScoreSheet& sheet) {
  json to;
  to["score"] = sheet.score;
  to["name"] = text_json(sheet.name);
  add_text(to, "text", sheet.text);
  to["member"] = text_json(sheet.member);
  to["total"] = text_json(sheet.total);
  to["known"] = sheet.known;
  to["in_force"] = sheet.in_force;
  add_list(to, "ways", sheet.ways, way_json);
  if (sheet.behind > 0) {
    to["behind"] = sheet.behind;
  }
  add_list(to, "missing", sheet.missing, missing_json);
  add_list(to, "cites", sheet.cites, reference_json);
  add_list(to, "remarks", sheet.remarks, remark_json);
  return to;
}

json to_json(const Explanation& explanation) {
  json to;
  to["household"] = explanation.household;
  to["member"] = {{"key", explanation.member_key}, {"name", text_json(explanation.member)}};
  to["service"] = {{"name", explanation.service_name}, {"text", text_json(explanation.service)}};
  to["outcome"] = outcome_key(explanation.outcome);
  to["conclusion"] = text_json(explanation.conclusion);
  to["reason"] = text_json(explanation.reason);
  to["scope"] = {{"place", text_json(explanation.place)},
                 {"date", value::date_text(explanation.date)},
                 {"lowest_level", level_key(explanation.lowest_level)}};
  add_list(to["scope"], "reforms", explanation.reforms, text_json);
  add_list(to, "possible", explanation.possible, text_json);
  to["open"] = explanation.open;
  to["settled"] = explanation.settled;
  to["marked"] = explanation.marked;
  add_list(to, "deciding", explanation.deciding, rule_json);
  add_list(to, "weighed", explanation.weighed, rule_json);
  add_list(to, "not_concerned", explanation.not_concerned, rule_json);
  add_list(to, "would_grant", explanation.would_grant, [](const std::vector<Change>& set) {
    json list = json::array();
    for (const Change& change : set) {
      list.push_back(change_json(change));
    }
    return list;
  });
  if (explanation.outcome == eval::OutcomeKind::kDenied) {
    to["may_lack_some"] = explanation.may_lack_some;
  }
  add_list(to, "missing", explanation.missing, missing_json);
  if (!explanation.missing.empty()) {
    to["at_most"] = explanation.at_most;
  }
  add_list(to, "scores", explanation.scores,
           [](const ScoreSheet& sheet) { return to_json(sheet); });
  if (explanation.failure) {
    to["error"] = failure_json(*explanation.failure);
  }
  if (explanation.last_end != 0) {
    to["last_end"] = value::date_text(explanation.last_end);
  }
  if (explanation.next_begin != 0) {
    to["next_begin"] = value::date_text(explanation.next_begin);
  }
  add_list(to, "conflicts_with", explanation.law_gives_more, rule_json);
  add_list(to, "may_conflict_with", explanation.law_may_give_more, rule_json);
  add_list(to, "more_generous_than", explanation.law_gives_less, rule_json);
  add_list(to, "marks", explanation.marks, remark_json);
  return to;
}

}  // namespace juzhu::explain
