// The case as text: what is known, as people read it, and as a scenario of the language.
#include <fmt/format.h>

#include <algorithm>

#include "engine/scenario_text.h"
#include "explain/words.h"
#include "report/layout.h"
#include "session/talk.h"
#include "value/cell.h"
#include "value/plain_text.h"

namespace juzhu::session {
namespace {

constexpr value::EntityId kHousehold{std::size_t{0}};

}  // namespace

bool Talk::scenario() {
  Question asked;
  asked.of = now_;
  if (!prepare(asked, {})) return false;
  std::vector<std::string> expectations;
  for (const Answered& each : all_answers(asked, false)) {
    const std::string outcome = eval::outcome_words(each.outcome.kind).en;
    const std::string& member = asked.household.members[each.query.member].key;
    expectations.push_back(fmt::format(
        "{}'s {} is {}", member, program().services[each.query.service].name.in(false), outcome));
  }
  const std::string name = now_.family.household.key.empty() ? "case" : now_.family.household.key;
  print(engine::scenario_text(asked.household, schema(), name + "_" + std::to_string(1), now_.date,
                              expectations));
  return true;
}

/// A value as people read it: what was typed may be a code, or in the other tongue.
std::string Talk::value_in_words(const value::Fact& fact, const std::string& text) const {
  const bool chinese = options_.chinese;
  const value::CellReading reading = value::parse_cell(value::plain_text(text), fact, schema());
  std::string words = text;
  const bool people =
      fact.type.kind == value::TypeKind::kMember || fact.type.kind == value::TypeKind::kMemberSet;
  if (reading.cell.state != value::InputState::kStated) {
    words = explain::state_name(reading.cell.state, chinese);
  } else if (fact.type.kind == value::TypeKind::kPlace && reading.problem.empty()) {
    words = schema().places.path(static_cast<value::PlaceNode>(reading.cell.value.lo)).in(chinese);
  } else if (reading.problem.empty() && !people) {
    words = explain::value_words(reading.cell.value, fact.type, schema(), chinese);
  } else if (people) {
    words = fmt::format("{}", fmt::join(value::split_list(text), chinese ? "、" : ", "));
  }
  return words;
}

std::string Talk::fact_line(const std::string& name, const std::string& text,
                            value::EntityId owner) const {
  const bool chinese = options_.chinese;
  const auto id = schema().fact(owner, name);
  if (!id) return fmt::format("{} {}", name, text);
  const value::Fact& fact = schema()[*id];
  return fmt::format("{}{}{}", explain::display_name(fact.name, chinese), chinese ? "：" : ": ",
                     value_in_words(fact, text));
}

std::string Talk::list_line(const std::string& name, const ListText& list,
                            value::EntityId owner) const {
  const bool chinese = options_.chinese;
  const auto id = schema().list(owner, name);
  const std::string shown = id ? explain::display_name(schema()[*id].name, chinese) : name;
  std::vector<std::string> spells;
  for (const SpellText& spell : list.spells) {
    std::string text = spell.end.empty()
                           ? say("since {}", "自{}起", spell.start).in(chinese)
                           : say("{} to {}", "{}至{}", spell.start, spell.end).in(chinese);
    for (const auto& [field, value] : spell.facts) {
      const auto fact = id ? schema().fact(*id, field) : std::nullopt;
      if (!fact) continue;
      const std::string line = value_in_words(schema()[*fact], value);
      text += fmt::format("{}{} {}", chinese ? "，" : ", ",
                          explain::display_name(schema()[*fact].name, chinese), line);
    }
    spells.push_back(std::move(text));
  }
  if (list.unknown)
    spells.push_back(list.spells.empty() ? say("unknown", "未知").in(chinese)
                                         : say("perhaps more", "或有其他").in(chinese));
  if (spells.empty()) spells.push_back(say("none", "无").in(chinese));
  return fmt::format("{}{}{}", shown, chinese ? "：" : ": ",
                     fmt::join(spells, chinese ? "；" : "; "));
}

/// What is known of a person, or the part of it that a line has just said: `only`.
std::string Talk::person_line(const PersonText& person, const std::vector<Edit>* only) const {
  const value::EntityId owner = schema().entity(person.entity).value_or(kHousehold);
  const auto wanted = [&](const std::string& name) {
    return only == nullptr || std::any_of(only->begin(), only->end(),
                                          [&](const Edit& edit) { return edit.name == name; });
  };
  const bool household = owner == kHousehold;
  std::string text = tinted(household ? schema()[kHousehold].name.in(options_.chinese) : person.key,
                            Tint::kStrong) +
                     "\n";
  const auto add = [&](const std::string& line) {
    for (std::size_t at = 0; const std::string& part : report::wrap(line, options_.width - 4))
      text += (at++ == 0 ? "  " : "    ") + part + "\n";
  };
  // In the order of the vocabulary.
  for (const value::FactId id : schema()[owner].facts) {
    const std::string& name = schema()[id].name.in(false);
    const auto found = person.facts.find(name);
    if (found != person.facts.end() && wanted(name) && id != schema().place_fact)
      add(fact_line(name, found->second, owner));
    if (only != nullptr && found == person.facts.end() && wanted(name))
      add(explain::display_name(schema()[id].name, options_.chinese) +
          say(": not asked", "：未问").in(options_.chinese));
  }
  for (const value::ListId id : schema()[owner].lists) {
    const std::string& name = schema()[id].name.in(false);
    const auto found = person.lists.find(name);
    if (found != person.lists.end() && wanted(name)) add(list_line(name, found->second, owner));
    if (only != nullptr && found == person.lists.end() && wanted(name))
      add(explain::display_name(schema()[id].name, options_.chinese) +
          say(": not asked", "：未问").in(options_.chinese));
  }
  return text;
}

void Talk::show_case() {
  Question asked;
  asked.of = now_;
  if (!prepare(asked, {})) return;
  if (!now_.started) {
    print_line(
        say("There is no case yet. Start one: `case Li family in Shenzhen.Baoan on "
            "2024-05-01`",
            "尚无案例。开始一个：`案例 李家 在 深圳.宝安 截至 2024年5月1日`"));
    return;
  }
  print(fmt::format("{} · {}\n",
                    explain::display_name(as_written(now_.family.household.key), options_.chinese),
                    scope_line(asked)));
  const PersonText& home = now_.family.household;
  const std::size_t place = place_text(now_.family, schema()).empty() ? 0 : 1;
  if (home.facts.size() > place || !home.lists.empty()) print(person_line(home, nullptr));
  for (const PersonText& member : now_.family.members)
    print(person_line(member, nullptr));
}

}  // namespace juzhu::session
