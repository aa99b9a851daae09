// Answers in one line each, what is still missing, and what a change would do.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "diag/render.h"
#include "explain/words.h"
#include "report/answer_line.h"
#include "report/answers.h"
#include "report/layout.h"
#include "session/talk.h"
#include "value/plain_text.h"

namespace juzhu::session {
namespace {

constexpr std::size_t kServiceColumns = 26;
constexpr std::size_t kOutcomeColumns = 9;

Tint tint_of(eval::OutcomeKind kind) {
  switch (kind) {
    case eval::OutcomeKind::kGranted:
    case eval::OutcomeKind::kRanked:
      return Tint::kGood;
    case eval::OutcomeKind::kDenied:
      return Tint::kBad;
    case eval::OutcomeKind::kUnknown:
    case eval::OutcomeKind::kConflict:
    case eval::OutcomeKind::kError:
      return Tint::kOpen;
  }
  return Tint::kPlain;
}

}  // namespace

std::string Talk::outcome_word(eval::OutcomeKind kind, std::size_t width) const {
  return tinted(diag::pad_right(explain::outcome_name(kind, options_.chinese), width),
                tint_of(kind));
}

std::string Talk::service_word(std::uint32_t service) const {
  return explain::display_name(program().services[service].name, options_.chinese);
}

std::vector<std::uint32_t> Talk::children(const Question& asked) {
  std::vector<std::uint32_t> members = rulebook().children(asked.household, asked.of.date);
  // A parent whose age nobody gave may be a child for all the rules know.
  std::erase_if(members, [&](std::uint32_t member) {
    const PersonText& person = asked.of.family.members[member];
    return !person.belongs.empty() && !person.by_role;
  });
  return members;
}

/// Every service for every child, or those that the question names.
std::vector<Answered> Talk::all_answers(const Question& asked, bool in_full) {
  std::vector<Answered> all;
  std::vector<std::uint32_t> members = children(asked);
  if (asked.member) members = {*asked.member};
  for (const std::uint32_t member : members) {
    for (const std::uint32_t service : report::all_services(program())) {
      if (asked.service && asked.service->index != service) continue;
      const value::EntityId entity = asked.household.members[member].entity;
      if (program().subjects[service] != entity) continue;
      eval::Query query;
      query.service = service;
      query.member = member;
      query.date = asked.of.date;
      query.lowest_level = asked.of.lowest_level;
      query.failing_sets = in_full;
      query.layers = in_full;
      all.push_back({query, rulebook().ask(asked.household, query, asked.stack)});
      if (stopped()) return all;
    }
  }
  return all;
}

/// What decides, or what is missing, in a few words.
std::string Talk::rests_on(const Question& asked, const Answered& answer) const {
  const bool chinese = options_.chinese;
  const report::AnswerLine line =
      report::answer_line(program(), asked.household, answer.query, answer.outcome, chinese);
  const auto some = [&](const std::vector<std::string>& texts) {
    constexpr std::size_t kShown = 2;
    std::string text;
    for (std::size_t at = 0; at < std::min(kShown, texts.size()); ++at) {
      if (at > 0) text += chinese ? "、" : ", ";
      text += explain::display_name(as_written(texts[at]), chinese);
    }
    if (texts.size() > kShown)
      text += say(" and {0} more", "等 {1} 项", texts.size() - kShown, texts.size()).in(chinese);
    return text;
  };
  if (answer.outcome.kind == eval::OutcomeKind::kUnknown && !line.missing.empty())
    return say("needs ", "尚需").in(chinese) + some(line.missing);
  if (answer.outcome.kind == eval::OutcomeKind::kError)
    return std::string(explain::error_words(answer.outcome.error.code, chinese));
  if (answer.outcome.no_rule_grants) return say("no rule grants it", "没有规则准予").in(chinese);
  return some(line.rules);
}

void Talk::print_answers(const Question& asked, const std::vector<Answered>& all) {
  std::optional<std::uint32_t> last;
  for (const Answered& each : all) {
    if (last != each.query.member) {
      const std::string& name = asked.household.members[each.query.member].key;
      print(tinted(name, Tint::kStrong) + "\n");
      last = each.query.member;
    }
    const std::string head = fmt::format(
        "  {}  {}  ", diag::pad_right(service_word(each.query.service), kServiceColumns),
        outcome_word(each.outcome.kind, kOutcomeColumns));
    constexpr std::size_t kHead = 2 + kServiceColumns + 2 + kOutcomeColumns + 2;
    const std::size_t room = options_.width > kHead + 16 ? options_.width - kHead : 16;
    const auto lines = report::wrap(rests_on(asked, each), room);
    print(head + tinted(lines.empty() ? "" : lines.front(), Tint::kFaint) + "\n");
    for (std::size_t at = 1; at < lines.size(); ++at)
      print(std::string(kHead, ' ') + tinted(lines[at], Tint::kFaint) + "\n");
  }
}

bool Talk::nobody_asked() {
  print_line(say("Nobody in the case is a child on this day, or no service is for one.",
                 "案例中在此日没有孩子，或没有针对孩子的服务。"));
  return true;
}

bool Talk::answers(Question asked) {
  if (asked.household.members.empty()) return need_child(asked, {});
  print(scope_line(asked) + "\n");
  const std::vector<Answered> all = all_answers(asked, false);
  print_answers(asked, all);
  if (all.empty()) nobody_asked();
  if (asked.service) last_service_ = asked.service;
  if (asked.member) last_member_ = asked.household.members[*asked.member].key;
  return true;
}

/// Facts that can still change an answer: those first that most open answers hang on.
bool Talk::needs(Question asked) {
  if (asked.household.members.empty()) return need_child(asked, {});
  const bool chinese = options_.chinese;
  struct Missing {
    std::vector<std::string> answers;
  };
  std::map<value::FactRef, Missing> missing;
  std::size_t open = 0;
  bool at_most = false;
  const std::vector<Answered> all = all_answers(asked, false);
  if (stopped()) {
    print_line(say("Stopped.", "已停止。"));
    return true;
  }
  if (all.empty()) return nobody_asked();
  for (const Answered& each : all) {
    if (each.outcome.kind != eval::OutcomeKind::kUnknown) continue;
    ++open;
    at_most = at_most || each.outcome.at_most || each.outcome.open;
    for (const value::FactRef& fact : each.outcome.depends_on) {
      Missing& of = missing[fact];
      of.answers.push_back(say("{} of {}", "{1}的{0}", service_word(each.query.service),
                               asked.household.members[each.query.member].key)
                               .in(chinese));
    }
  }
  if (missing.empty()) {
    print_line(open == 0 ? say("Nothing: every answer is known.", "无：每个答案都已知。")
                         : say("No single fact decides what is still open.",
                               "没有单独一项事实能决定尚未知的答案。"));
    return true;
  }
  std::vector<std::pair<value::FactRef, Missing>> sorted(missing.begin(), missing.end());
  const auto name_of = [&](const value::FactRef& fact) {
    return value::fact_text(fact, asked.household, schema(), chinese);
  };
  std::stable_sort(sorted.begin(), sorted.end(), [&](const auto& left, const auto& right) {
    const std::size_t left_count = left.second.answers.size();
    const std::size_t right_count = right.second.answers.size();
    return left_count != right_count ? left_count > right_count
                                     : name_of(left.first) < name_of(right.first);
  });
  print_line(say("{0} open, hanging on {1}:", "{2} 个答案未定，取决于 {3} 项事实：",
                 report::number_of(open, "answer is", "answers are"),
                 report::number_of(sorted.size(), "fact", "facts"), open, sorted.size()));
  for (std::size_t at = 0; at < sorted.size(); ++at) {
    const value::FactRef& fact = sorted[at].first;
    const bool cell =
        fact.kind == value::FactRef::Kind::kCell || fact.kind == value::FactRef::Kind::kRowCell;
    const Bilingual& question = cell ? schema()[fact.fact].question : schema()[fact.list].text;
    const std::string of =
        fmt::format("{}", fmt::join(sorted[at].second.answers, chinese ? "、" : ", "));
    const std::string lead = fmt::format("{:>3}. ", at + 1);
    print(lead + tinted(name_of(fact), Tint::kStrong) +
          (question.empty() ? "" : "  " + question.in(chinese)) + "\n");
    for (const std::string& line : report::wrap(of, options_.width - lead.size()))
      print(std::string(lead.size(), ' ') + tinted(line, Tint::kFaint) + "\n");
  }
  if (at_most)
    print_line(say("The search was cut off: perhaps not all of these are needed.",
                   "搜索已达上限：也许并不需要全部这些。"));
  return true;
}

/// `what if Li.insurance ends 2023-01`, `what if at Guangzhou`, `what if on 2025-09-01`.
bool Talk::what_if(const Words& words) {
  if (words.empty())
    return trouble(diag::Code::kSyntaxError, words, 0,
                   say("`what if` needs a change", "`如果` 须写明改变"), {},
                   say("write `what if Li.insurance ends 2023-01` or `what if at Guangzhou.Panyu`",
                       "写 `如果 李的社保 止于 2023年1月` 或 `如果 在 广州.番禺`"));
  Question before;
  before.of = now_;
  Question after;
  after.of = now_;
  bool moved = false;
  std::size_t at = 0;
  while (at < words.size()) {
    const std::size_t start = at;
    if (!read_scope(words, at, after.of, &moved)) return false;
    if (at == start) break;
  }
  if (at < words.size()) {
    const Words rest(words.begin() + static_cast<std::ptrdiff_t>(at), words.end());
    if (!facts_line(rest, after.of, false)) return false;
  }
  if (!prepare(before, words) || !prepare(after, words)) return false;
  if (moved) print(scope_line(after) + "\n");
  if (before.of.family.members.empty() && after.of.family.members.empty())
    return need_child(after, words);
  print_changes(before, after);
  return true;
}

void Talk::print_changes(const Question& before, const Question& after) {
  std::map<std::pair<std::string, std::uint32_t>, eval::OutcomeKind> was;
  for (const Answered& each : all_answers(before, false))
    was.emplace(std::pair(before.household.members[each.query.member].key, each.query.service),
                each.outcome.kind);
  const std::vector<Answered> now = all_answers(after, false);
  if (stopped()) {
    print_line(say("Stopped.", "已停止。"));
    return;
  }
  std::size_t same = 0;
  std::size_t open = 0;  // not known on both sides: what it depends on may part them
  std::string last;
  for (const Answered& each : now) {
    const std::string& name = after.household.members[each.query.member].key;
    const auto found = was.find({name, each.query.service});
    if (found != was.end() && found->second == each.outcome.kind) {
      ++(each.outcome.kind == eval::OutcomeKind::kUnknown ? open : same);
      continue;
    }
    if (name != last) print(tinted(name, Tint::kStrong) + "\n");
    last = name;
    const std::string from = found == was.end() ? say("not asked", "未问").in(options_.chinese)
                                                : outcome_word(found->second, 0);
    print(fmt::format("  {}  {} → {}\n",
                      diag::pad_right(service_word(each.query.service), kServiceColumns), from,
                      outcome_word(each.outcome.kind, 0)));
    const std::string why = rests_on(after, each);
    if (why.empty()) continue;
    for (const std::string& line : report::wrap(why, options_.width - kServiceColumns - 4))
      print(std::string(kServiceColumns + 4, ' ') + tinted(line, Tint::kFaint) + "\n");
  }
  if (last.empty() && same > 0) {
    print_line(
        say("No known answer changes ({} as before).", "已知的答案都不变（共 {} 个）。", same));
  } else if (last.empty() && open == 0) {
    print_line(say("There is no answer to compare.", "没有可比较的答案。"));
  } else if (same > 0) {
    print_line(say("{0} as before.", "另有 {1} 个已知答案不变。",
                   report::number_of(same, "other known answer is", "other known answers are"),
                   same));
  }
  if (open > 0)
    print_line(say("Not known before or after: {}. What is missing decides whether they change.",
                   "前后均未知：{} 个；是否改变取决于所缺的事实。", open));
}

}  // namespace juzhu::session
