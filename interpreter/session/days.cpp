// Looking ahead: what the answers are on later days if what holds now goes on. Spells that still
// run go on running, facts stay what they are; the rules of each day are those in force on it.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "diag/render.h"
#include "engine/closure.h"
#include "eval/deciding.h"
#include "eval/facts.h"
#include "eval/level_zero.h"
#include "explain/words.h"
#include "plan/lower.h"
#include "report/answers.h"
#include "report/layout.h"
#include "session/day_by_day.h"
#include "session/talk.h"
#include "value/cover.h"
#include "value/date.h"

namespace juzhu::session {
namespace {

constexpr std::int64_t kDaysOfChildhood = std::int64_t{18} * 366;
constexpr std::size_t kNameColumns = 24;

/// The plans of one day at a time. A rulebook keeps every plan it makes, which for some thousand
/// days would be much memory for answers that are asked once.
class OneDay final : public eval::PlanSource {
 public:
  OneDay(engine::Rulebook& rulebook, std::uint32_t stack) : rulebook_(rulebook), stack_(stack) {}
  std::vector<const plan::Plan*> plans(const value::Value& place, std::int64_t date) override {
    // Within a day the search narrows the place; its scopes stay those of the day.
    if (date != date_) plans_.clear();
    date_ = date;
    std::vector<const plan::Plan*> found;
    for (const plan::Scope& scope : plan::scopes_of(rulebook_.program(), place, date, stack_)) {
      std::unique_ptr<plan::Plan>& plan = plans_[scope];
      if (!plan) plan = std::make_unique<plan::Plan>(plan::lower(rulebook_.program(), scope));
      found.push_back(plan.get());
    }
    return found;
  }
  [[nodiscard]] const value::Schema& schema() const override { return rulebook_.schema(); }

 private:
  engine::Rulebook& rulebook_;
  std::uint32_t stack_;
  std::int64_t date_ = 0;
  std::map<plan::Scope, std::unique_ptr<plan::Plan>> plans_;
};

char letter_of(eval::OutcomeKind kind) {
  switch (kind) {
    case eval::OutcomeKind::kGranted:
      return '#';
    case eval::OutcomeKind::kRanked:
      return '+';
    case eval::OutcomeKind::kDenied:
      return '.';
    case eval::OutcomeKind::kUnknown:
      return '?';
    case eval::OutcomeKind::kConflict:
    case eval::OutcomeKind::kError:
      return '!';
  }
  return '!';
}

/// Days of the month on which something of the household began, and those after it ended.
std::set<int> days_of_month(const value::Household& household, const value::Schema& schema) {
  std::set<int> found;
  const auto add = [&](const value::Value& value) {
    if (!value.may_value() || value.hi == value::kForever) return;
    for (const std::int64_t day : {value.lo, value.lo + 1, value.hi, value.hi + 1}) {
      if (day >= value::kFirstDate && day <= value::kLastDate)
        found.insert(value::civil_from_days(day).day);
    }
  };
  const auto add_cells = [&](const std::vector<value::Cell>& cells,
                             const std::vector<value::FactId>& facts) {
    for (const value::FactId id : facts) {
      const value::Cell& cell = cells[schema[id].column];
      if (schema[id].type.kind == value::TypeKind::kDate &&
          cell.state == value::InputState::kStated)
        add(cell.value);
    }
  };
  const auto add_owner = [&](value::EntityId owner, const std::vector<value::Cell>& cells,
                             const std::vector<value::RowList>& lists) {
    add_cells(cells, schema[owner].facts);
    for (const value::ListId id : schema[owner].lists) {
      for (const value::Row& row : lists[schema[id].column].rows) {
        if (schema[id].unit == value::SpellUnit::kDays) {
          add(row.start);
          add(row.end);
        }
        add_cells(row.cells, schema[id].facts);
      }
    }
  };
  add_owner(value::EntityId{std::size_t{0}}, household.cells, household.lists);
  for (const value::Member& member : household.members)
    add_owner(member.entity, member.cells, member.lists);
  return found;
}

/// The days in [from, until] on which an answer is looked at: the first and last of every month,
/// the days of the month on which something of the household began or ended, the days that the
/// rules name or on which a version of them starts, and those beside. Terms run by the calendar
/// from such days, so that answers change on one of them; where they change otherwise (a term in
/// days) the day is searched for between two that differ.
std::vector<std::int64_t> days_to_look_at(const sema::Program& program,
                                          const value::Household& household, std::int64_t from,
                                          std::int64_t until) {
  std::vector<sema::ExprId> roots;
  for (const sema::Rule& rule : program.rules) {
    for (const sema::RuleVersion& version : rule.versions) {
      for (const sema::ExprId expr : {version.concerns, version.condition}) {
        if (expr.valid()) roots.push_back(expr);
      }
    }
  }
  const engine::Closure closure = engine::closure_of(program, roots);
  std::set<std::int64_t> found{from, until};
  const auto add = [&](std::int64_t day) {
    for (const std::int64_t each : {day - 1, day, day + 1}) {
      if (each >= from && each <= until) found.insert(each);
    }
  };
  for (const std::int64_t day : closure.days)
    add(day);
  for (const sema::Rule& rule : program.rules) {
    for (const sema::RuleVersion& version : rule.versions) {
      add(version.extent.from);
      if (version.extent.to < value::kLastDate) add(version.extent.to + 1);
    }
  }
  for (const sema::Reform& reform : program.reforms)
    add(reform.from);
  const std::set<int> of_month = days_of_month(household, *program.schema);
  for (std::int64_t month = value::month_of_date(from); month <= value::month_of_date(until);
       ++month) {
    const std::int64_t first = value::first_day_of_month(month);
    const std::int64_t last = value::last_day_of_month(month);
    for (const std::int64_t day : {first, last}) {
      if (day >= from && day <= until) found.insert(day);
    }
    for (const int day : of_month) {
      if (first + day - 1 <= last && first + day - 1 >= from && first + day - 1 <= until)
        found.insert(first + day - 1);
    }
    for (const auto& [named_month, day] : closure.month_days) {
      if (value::civil_from_days(first).month == named_month && first + day - 1 <= last)
        add(first + day - 1);
    }
  }
  return {found.begin(), found.end()};
}

bool is_access(eval::OutcomeKind kind) { return kind == eval::OutcomeKind::kGranted; }

}  // namespace

/// The day before the role of a child ends; the role is only ever lost.
std::int64_t Talk::last_day_as_child(const Question& asked, std::uint32_t member) {
  const auto is_child = [&](std::int64_t day) {
    const auto children = rulebook().children(asked.household, day);
    return std::find(children.begin(), children.end(), member) != children.end();
  };
  std::int64_t child = asked.of.date;
  std::int64_t grown = std::min(child + kDaysOfChildhood, value::kLastDate);
  if (!is_child(child) || is_child(grown)) return is_child(child) ? grown : child;
  while (grown - child > 1) {
    const std::int64_t middle = child + (grown - child) / 2;
    (is_child(middle) ? child : grown) = middle;
  }
  return child;
}

/// All queries on one day before the next: making the day's plans is the dear part.
std::optional<std::vector<std::vector<Talk::Stretch>>> Talk::stretches(
    const Question& asked, const std::vector<eval::Query>& queries, std::int64_t until,
    bool only_to_access) {
  OneDay plans(rulebook(), asked.stack);
  const value::Household whole = eval::with_whole_domains(asked.household, schema());
  std::vector<DayByDay> each;
  each.reserve(queries.size());
  for (const eval::Query& query : queries)
    each.emplace_back(plans, whole, query);
  for (const std::int64_t day : days_to_look_at(program(), whole, asked.of.date, until)) {
    bool access = only_to_access;
    for (DayByDay& question : each) {
      if (stopped()) return std::nullopt;
      question.look(day);
      access = access && std::any_of(question.found().begin(), question.found().end(),
                                     [](const Stretch& found) { return is_access(found.kind); });
    }
    if (access) break;
  }
  std::vector<std::vector<Stretch>> found;
  found.reserve(each.size());
  for (DayByDay& question : each) {
    question.finish();
    found.push_back(question.found());
  }
  return found;
}

/// Which spells are taken to go on, and which have ended: that is what "the present" means here.
void Talk::print_open_spells(const Question& asked) {
  std::vector<std::string> open;
  std::vector<std::string> ended;
  const auto add = [&](const PersonText& person, value::EntityId owner) {
    for (const auto& [name, list] : person.lists) {
      const auto id = schema().list(owner, name);
      if (!id || list.spells.empty()) continue;
      const bool runs = std::any_of(list.spells.begin(), list.spells.end(),
                                    [](const SpellText& spell) { return spell.end.empty(); });
      const std::string whose =
          person.key.empty() || owner.index == 0
              ? explain::display_name(schema()[*id].name, options_.chinese)
              : say("{}'s {}", "{}的{}", person.key, explain::display_name(schema()[*id].name))
                    .in(options_.chinese);
      const std::string& last = list.spells.back().end;
      (runs ? open : ended)
          .push_back(runs ? whose : whose + say(" ({})", "（{}）", last).in(options_.chinese));
    }
  };
  add(asked.of.family.household, value::EntityId{std::size_t{0}});
  for (const PersonText& member : asked.of.family.members)
    add(member, schema().entity(member.entity).value_or(value::EntityId{std::size_t{0}}));
  const auto joined = [&](const std::vector<std::string>& texts) {
    return fmt::to_string(fmt::join(texts, options_.chinese ? "、" : ", "));
  };
  const auto write = [&](const Bilingual& text) {
    for (const std::string& line : report::wrap(text.in(options_.chinese), options_.width))
      print(tinted(line, Tint::kFaint) + "\n");
  };
  if (!open.empty()) write(say("Taken to go on: {}.", "视为持续：{}。", joined(open)));
  if (!ended.empty()) write(say("Have ended: {}.", "已结束：{}。", joined(ended)));
}

/// Looking ahead needs a place: without one every place of the rulebook would be looked at on every
/// day.
bool Talk::need_place(const Question& asked, const Words& words) {
  const value::Value place = report::place_of(asked.household, schema());
  if (!place.only_value() || place.lo != value::kRootPlace) return true;
  return trouble(diag::Code::kUnknownPlace, words, words.size(),
                 say("this question needs a place", "此问须知道地点"), say("where?", "何地？"),
                 say("write `at Shenzhen.Baoan` first, or behind the question",
                     "先写 `在 深圳.宝安`，或写在提问之后"));
}

bool Talk::earliest(Question asked, const Words& words) {
  if (!need_place(asked, words)) return false;
  if (!need_child(asked, words) || !need_service(asked, words)) return false;
  const std::uint32_t service = asked.service->index;
  if (program().subjects[service] != asked.household.members[*asked.member].entity)
    return trouble(diag::Code::kWrongKindOfName, words, words.size(),
                   say("this service is not for `{}`", "此服务不针对 `{}`", last_member_),
                   say("of whom?", "问谁？"),
                   say("`answers` shows what is", "`结果` 列出所针对的"));
  eval::Query query;
  query.service = service;
  query.member = *asked.member;
  query.lowest_level = asked.of.lowest_level;
  const std::int64_t until = last_day_as_child(asked, *asked.member);
  const auto all = stretches(asked, {query}, until, true);
  if (!all) {
    print_line(say("Stopped.", "已停止。"));
    return true;
  }
  std::vector<Stretch> found = all->front();
  // What comes after the first day of access was not asked.
  const auto access = std::find_if(found.begin(), found.end(),
                                   [](const Stretch& each) { return is_access(each.kind); });
  if (access != found.end()) found.erase(access + 1, found.end());
  const bool chinese = options_.chinese;
  const std::string name = service_word(service);
  const Stretch& last = found.back();
  if (is_access(last.kind)) {
    const bool now = last.from == asked.of.date;
    print_line(now ? say("{}: granted to {} on {} already", "{}：{} 在 {} 已获准予", name,
                         last_member_, explain::date_words(last.from, chinese))
                   : say("{}: granted to {} from {} on, if what holds now goes on",
                         "{}：若现状持续，{} 自 {} 起获准予", name, last_member_,
                         explain::date_words(last.from, chinese)));
    found.pop_back();
    print_stretches(found);
    if (!now) print_open_spells(asked);
    return true;
  }
  print_line(
      say("{}: on no day until {} is it sure that {} is granted it, if what holds now goes on",
          "{}：若现状持续，至 {} 为止没有一天可以确定 {} 获准予", name, value::date_text(until),
          last_member_));
  print_stretches(found);
  print_open_spells(asked);
  // What stops it: the ways to be granted on the day asked about, or what is missing.
  return why_not(std::move(asked), words);
}

std::size_t Talk::strip_columns() const {
  constexpr std::size_t kFewest = 20;
  return std::max(kFewest, std::max(options_.width, kNameColumns + 2) - kNameColumns - 2);
}

/// Above the strips, each year where it begins, as many as there is room for.
void Talk::print_years(std::int64_t first, std::int64_t last) {
  constexpr std::size_t kYearColumns = 5;
  const std::size_t cells = strip_columns();
  std::string line(cells, ' ');
  std::size_t free = 0;
  const int first_year = value::civil_from_days(first).year;
  const int last_year = value::civil_from_days(last).year;
  const auto room = static_cast<int>(cells / kYearColumns);
  const int step = 1 + (last_year - first_year) / std::max(room, 1);
  for (int year = first_year; year <= last_year; year += step) {
    const auto start = value::days_from_civil({year, 1, 1});
    const std::int64_t day = std::max(first, start.value_or(first));
    const auto cell = static_cast<std::size_t>((day - first) * static_cast<std::int64_t>(cells) /
                                               (last - first + 1));
    if (cell < free || cell + kYearColumns - 1 > cells) continue;
    line.replace(cell, kYearColumns - 1, std::to_string(year));
    free = cell + kYearColumns;
  }
  line.erase(line.find_last_not_of(' ') + 1);
  print(std::string(kNameColumns + 2, ' ') + tinted(line, Tint::kFaint) + "\n");
}

void Talk::print_stretches(const std::vector<Stretch>& found) {
  const auto day = [&](std::int64_t days) {
    return options_.chinese ? value::date_text_zh(days) : value::date_text(days);
  };
  for (const Stretch& stretch : found)
    print(fmt::format(
        "  {}  {}\n",
        say("{} to {}", "{}至{}", day(stretch.from), day(stretch.to)).in(options_.chinese),
        outcome_word(stretch.kind, 0)));
}

void Talk::print_strip(const std::string& name, const std::vector<Stretch>& found) {
  const std::int64_t first = found.front().from;
  const std::int64_t days = found.back().to - first + 1;
  const auto cells = static_cast<std::int64_t>(strip_columns());
  std::string strip;
  Tint tint = Tint::kPlain;
  std::string run;
  const auto flush = [&] { strip += tinted(std::exchange(run, {}), tint); };
  for (std::int64_t cell = 0; cell < cells; ++cell) {
    // A cell shows the day in its middle, but never hides a stretch that begins in it.
    const std::int64_t from = first + days * cell / cells;
    const std::int64_t to = std::max(from, first + days * (cell + 1) / cells - 1);
    const Stretch* shown = nullptr;
    for (const Stretch& stretch : found) {
      if (stretch.from <= (from + to) / 2 && (from + to) / 2 <= stretch.to) shown = &stretch;
    }
    for (const Stretch& stretch : found) {
      const bool inside = stretch.from >= from && stretch.to <= to;
      if (inside) shown = &stretch;
    }
    const char letter = shown == nullptr ? ' ' : letter_of(shown->kind);
    const Tint wanted = letter == '#' || letter == '+' ? Tint::kGood
                        : letter == '.'                ? Tint::kBad
                                                       : Tint::kOpen;
    if (wanted != tint) flush();
    tint = wanted;
    run += letter;
  }
  flush();
  print(diag::pad_right(name, kNameColumns) + "  " + strip + "\n");
}

bool Talk::timeline(Question asked, const Words& words) {
  if (!need_place(asked, words)) return false;
  if (!need_child(asked, words)) return false;
  const std::uint32_t member = *asked.member;
  const std::int64_t until = last_day_as_child(asked, member);
  print_line(say("{}, from {} to {}, if what holds now goes on", "{}，自{}至{}，若现状持续",
                 asked.household.members[member].key,
                 in_both([&](bool zh) { return explain::date_words(asked.of.date, zh); }),
                 in_both([&](bool zh) { return explain::date_words(until, zh); })));
  std::vector<eval::Query> queries;
  for (const std::uint32_t service : report::all_services(program())) {
    if (asked.service && asked.service->index != service) continue;
    if (program().subjects[service] != asked.household.members[member].entity) continue;
    eval::Query query;
    query.service = service;
    query.member = member;
    query.lowest_level = asked.of.lowest_level;
    queries.push_back(query);
  }
  const auto all = stretches(asked, queries, until, false);
  if (!all) {
    print_line(say("Stopped.", "已停止。"));
    return true;
  }
  print_years(asked.of.date, until);
  for (std::size_t at = 0; at < queries.size(); ++at)
    print_strip(service_word(queries[at].service), (*all)[at]);
  print(tinted(say("# granted  + ranked  . denied  ? unknown  ! conflict or error",
                   "# 准予  + 排序  . 不予  ? 未知  ! 冲突或出错")
                   .in(options_.chinese),
               Tint::kFaint) +
        "\n");
  for (std::size_t at = 0; at < queries.size(); ++at) {
    print(service_word(queries[at].service) + "\n");
    print_stretches((*all)[at]);
  }
  print_open_spells(asked);
  return true;
}

}  // namespace juzhu::session
