#include "report/answer_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "explain/phrase.h"
#include "explain/words.h"
#include "report/answers.h"

namespace juzhu::report {
namespace {

using eval::OutcomeKind;

/// Names in rule files, so that a line can be looked up there.
std::string name_of(const eval::Outcome& outcome, plan::DeclarationId id, bool chinese) {
  return (*outcome.trace->plan)[id].name.in(chinese);
}

void add_articles(const sema::Program& program, const plan::Declaration& declaration, bool chinese,
                  std::vector<std::string>& articles) {
  const bool is_rule = declaration.kind == plan::DeclarationKind::kRule ||
                       declaration.kind == plan::DeclarationKind::kGate ||
                       declaration.kind == plan::DeclarationKind::kNarrowing;
  if (!is_rule) return;
  const sema::Rule& rule = program.rules[declaration.item];
  for (const sema::Citation& citation : rule.versions[declaration.version].remarks.cites) {
    std::string text = explain::citation_text(program, citation, chinese);
    if (std::find(articles.begin(), articles.end(), text) == articles.end()) {
      articles.push_back(std::move(text));
    }
  }
}

std::vector<std::string> possible_keys(std::uint8_t possible) {
  std::vector<std::string> keys;
  if ((possible & eval::kMayGrant) != 0) keys.emplace_back("granted");
  if ((possible & eval::kMayRank) != 0) keys.emplace_back("ranked");
  if ((possible & eval::kMayDeny) != 0) keys.emplace_back("denied");
  if ((possible & eval::kMayConflict) != 0) keys.emplace_back("conflict");
  if ((possible & eval::kMayFail) != 0) keys.emplace_back("error");
  return keys;
}

std::string place_path(const value::Value& place, const value::PlaceTree& places, bool chinese) {
  const auto node = static_cast<value::PlaceNode>(place.lo);
  if (!place.only_value() || node == value::kRootPlace) return {};
  return chinese ? places.path_zh(node) : places.path_en(node);
}

std::string csv_cell(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string result = "\"";
  for (const char letter : text) {
    if (letter == '"') result += '"';
    result += letter;
  }
  return result + '"';
}

std::string failing_text(const AnswerLine& line) {
  std::vector<std::string> ways;
  for (const std::vector<std::string>& way : line.failing) {
    ways.push_back(fmt::format("{}", fmt::join(way, " & ")));
  }
  return fmt::format("{}", fmt::join(ways, "; "));
}

}  // namespace

std::string_view outcome_key(OutcomeKind kind) {
  switch (kind) {
    case OutcomeKind::kGranted:
      return "granted";
    case OutcomeKind::kDenied:
      return "denied";
    case OutcomeKind::kRanked:
      return "ranked";
    case OutcomeKind::kUnknown:
      return "unknown";
    case OutcomeKind::kConflict:
      return "conflict";
    case OutcomeKind::kError:
      return "error";
  }
  return {};
}

std::string weight_text(std::uint64_t millionths) {
  std::string text = fmt::format("{}.{:06}", millionths / 1'000'000, millionths % 1'000'000);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

AnswerLine answer_line(const sema::Program& program, const value::Household& household,
                       const eval::Query& query, const eval::Outcome& outcome, bool chinese) {
  AnswerLine line;
  const value::Schema& schema = *program.schema;
  const value::Member& member = household.members[query.member];
  line.household = household.key;
  line.child = member.key;
  line.child_name = member.name.in(chinese);
  line.place = place_path(place_of(household, schema), schema.places, chinese);
  line.weight = weight_text(static_cast<std::uint64_t>(household.weight_millionths));
  line.service = program.services[query.service].name.in(chinese);
  line.outcome = outcome_key(outcome.kind);
  if (outcome.kind == OutcomeKind::kUnknown) line.possible = possible_keys(outcome.possible);
  for (const bool sure : {true, false}) {
    for (const eval::Deciding& rule : outcome.deciding) {
      if (rule.sure != sure) continue;
      line.rules.push_back(name_of(outcome, rule.declaration, chinese));
      add_articles(program, (*outcome.trace->plan)[rule.declaration], chinese, line.articles);
    }
  }
  for (const value::FactRef& fact : outcome.depends_on) {
    line.missing.push_back(value::fact_text(fact, household, schema, chinese));
  }
  for (const plan::DeclarationId id : outcome.conflicts_with) {
    line.conflicts_with.push_back(name_of(outcome, id, chinese));
  }
  line.marked = outcome.marked;
  line.open = outcome.open;
  if (outcome.kind == OutcomeKind::kError) line.error = value::error_name(outcome.error.code);
  for (const eval::FailingSet& set : outcome.failing.sets) {
    line.failing.emplace_back();
    for (const eval::Leaf& leaf : set) {
      line.failing.back().push_back(explain::leaf_label(program, outcome, leaf, chinese, true));
    }
  }
  line.may_lack_some = outcome.failing.may_lack_some;
  return line;
}

std::string csv_header() {
  return "household,child,place,weight,service,outcome,possible,rules,articles,missing,"
         "conflicts_with,marked,failing,error\n";
}

std::string csv_line(const AnswerLine& line) {
  const auto list = [](const std::vector<std::string>& items) {
    return csv_cell(fmt::format("{}", fmt::join(items, ";")));
  };
  return fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n", csv_cell(line.household),
                     csv_cell(line.child), csv_cell(line.place), line.weight,
                     csv_cell(line.service), line.outcome, list(line.possible), list(line.rules),
                     list(line.articles), list(line.missing), list(line.conflicts_with),
                     line.marked ? "yes" : "no", csv_cell(failing_text(line)), line.error);
}

nlohmann::ordered_json to_json(const AnswerLine& line) {
  nlohmann::ordered_json json{
      {"household", line.household}, {"child", line.child},       {"place", line.place},
      {"weight", line.weight},       {"service", line.service},   {"outcome", line.outcome},
      {"rules", line.rules},         {"articles", line.articles}, {"marked", line.marked}};
  // What does not concern an outcome is left out, so that what is there says something.
  if (!line.child_name.empty()) json["name"] = line.child_name;
  if (!line.possible.empty()) json["possible"] = line.possible;
  if (!line.missing.empty()) json["missing"] = line.missing;
  if (!line.conflicts_with.empty()) json["conflicts_with"] = line.conflicts_with;
  if (line.open) json["open"] = true;
  if (!line.error.empty()) json["error"] = line.error;
  if (!line.failing.empty()) json["failing"] = line.failing;
  if (line.may_lack_some) json["may_lack_some"] = true;
  return json;
}

}  // namespace juzhu::report
