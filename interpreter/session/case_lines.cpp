// Lines that build, move and keep the case.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <set>

#include "base/system_text.h"
#include "data/households.h"
#include "data/text_file.h"
#include "engine/scenario_text.h"
#include "explain/words.h"
#include "report/answers.h"
#include "report/layout.h"
#include "session/talk.h"
#include "value/cell.h"
#include "value/date.h"
#include "value/plain_text.h"

namespace juzhu::session {
namespace {

using syntax::TokenKind;

constexpr std::size_t kLongestName = 6;
constexpr value::EntityId kHousehold{std::size_t{0}};

/// Words joined as a key that scenarios can use as a name.
std::string key_from(const std::vector<Word>& words, std::size_t first, std::size_t last) {
  std::string key = phrase_of(words, first, last - first);
  std::replace(key.begin(), key.end(), ' ', '_');
  return key;
}

}  // namespace

bool Talk::start_case(const Words& words) {
  Case fresh;
  fresh.date = now_.date;
  fresh.lowest_level = now_.lowest_level;
  fresh.reforms = now_.reforms;
  fresh.started = true;
  std::size_t at = 0;
  while (at < words.size() && particle_of(words[at]) != Particle::kIn &&
         particle_of(words[at]) != Particle::kOn)
    ++at;
  std::size_t name_end = at;
  fresh.family.household.key = key_from(words, 0, name_end);
  if (fresh.family.household.key.empty())
    fresh.family.household.key = options_.chinese ? "案例" : "case";
  fresh.family.household.entity = schema()[kHousehold].name.in(false);
  bool moved = false;
  while (at < words.size()) {
    const std::size_t start = at;
    if (!read_scope(words, at, fresh, &moved)) return false;
    if (at > start) continue;
    if (words[at].kind == TokenKind::kCOMMA || words[at].kind == TokenKind::kCOLON) {
      ++at;
      continue;
    }
    return trouble(diag::Code::kSyntaxError, words, at,
                   say("`{}` does not belong here", "`{}` 不应在此", words[at].text),
                   say("not a place or day", "不是地点或日期"),
                   say("write `case Li family in Shenzhen.Baoan on 2024-05-01`",
                       "写 `案例 李家 在 深圳.宝安 截至 2024年5月1日`"));
  }
  remember();
  now_ = std::move(fresh);
  last_member_.clear();
  Question asked;
  asked.of = now_;
  if (!prepare(asked, words)) return false;
  print(fmt::format("{} · {}\n",
                    explain::display_name(as_written(now_.family.household.key), options_.chinese),
                    scope_line(asked)));
  return true;
}

/// `HEAD NAME: facts`, `HEAD: facts` of the household, `NAME: facts`, `NAME's fact is value`.
std::optional<Talk::Addressed> Talk::addressed(const Words& words, const Case& of) const {
  Addressed whom;
  if (const auto member = member_at(words, 0, of.family)) {
    whom.member = member->first;
    whom.next = member->second;
    return whom;
  }
  std::size_t count = std::min(kLongestName, words.size());
  for (; count > 0 && !whom.head; --count) {
    const std::string key = key_of(phrase_of(words, 0, count));
    whom.head = vocabulary().head(key);
    const ShortWord* word = vocabulary().short_word(key);
    if (!whom.head && word != nullptr) {
      const std::size_t comma = std::min(word->means.find(','), word->means.size());
      whom.head = vocabulary().head(key_of(word->means.substr(0, comma)));
      if (whom.head && comma < word->means.size()) whom.extra = word->means.substr(comma + 1);
    }
    if (whom.head) whom.next = count;
  }
  if (!whom.head) return std::nullopt;
  if (whom.head->kind == Head::Kind::kHousehold) return whom;
  if (const auto member = member_at(words, whom.next, of.family)) {
    whom.member = member->first;
    whom.next += member->second;
    return whom;
  }
  // The name: all words up to the colon, else one.
  std::size_t end = whom.next;
  while (end < words.size() && words[end].kind == TokenKind::kNAME)
    ++end;
  const bool colon = end < words.size() && words[end].kind == TokenKind::kCOLON;
  if (!colon && end < words.size()) end = whom.next + 1;
  end = std::min(end, words.size());
  const bool named = end > whom.next && words[whom.next].kind == TokenKind::kNAME;
  if (!named) return whom;
  whom.key = key_from(words, whom.next, end);
  whom.next = end;
  return whom;
}

PersonText& Talk::person_for(const Addressed& whom, Case& into) {
  Family& family = into.family;
  if (whom.head && whom.head->kind == Head::Kind::kHousehold) return family.household;
  if (!whom.member) {
    PersonText person;
    person.key = whom.key;
    person.entity = schema()[whom.head->entity].name.in(false);
    family.members.push_back(std::move(person));
  }
  PersonText& person = whom.member ? family.members[*whom.member] : family.members.back();
  if (whom.head && whom.head->kind == Head::Kind::kRole) person.by_role = true;
  if (whom.head && whom.head->kind == Head::Kind::kBelongs)
    person.belongs = schema()[whom.head->belongs].name.in(false);
  return person;
}

/// Who is introduced as a parent is one of the parents of every child; a child who is introduced
/// without a word on its parents has those of the case.
void Talk::link_people(Family& family, const std::string& introduced) const {
  // What the new child's own line said of its parents stands.
  std::set<std::string> stated;
  for (const PersonText& member : family.members) {
    if (member.key != introduced) continue;
    for (const auto& [name, text] : member.facts)
      stated.insert(name);
  }
  for (const PersonText& person : family.members) {
    if (person.belongs.empty()) continue;
    for (PersonText& child : family.members) {
      if (!child.by_role || child.key == person.key || child.belongs == person.belongs) continue;
      const bool new_child = child.key == introduced && !stated.contains(person.belongs);
      if (person.key != introduced && !new_child) continue;
      std::string& text = child.facts[person.belongs];
      const std::vector<std::string> keys = value::split_list(text);
      if (std::find(keys.begin(), keys.end(), person.key) != keys.end()) continue;
      if (value::is_none_word(text) || value::state_word(text)) text.clear();
      if (!text.empty()) text += ';';
      text += person.key;
    }
  }
}

/// Facts of one person; `keep` if they are the case's, so that they can be taken back.
bool Talk::facts_line(const Words& words, Case& into, bool keep) {
  const auto whom = addressed(words, into);
  if (!whom)
    return trouble(diag::Code::kSyntaxError, words, words.size(),
                   say("this does not say whose fact it is", "没有写明是谁的事实"),
                   say("whose?", "谁的？"),
                   say("write `Li: insured 2018-03 to 2024-04` or `Li's insurance ends 2023-01`",
                       "写 `李：参保 2018年3月 至 2024年4月` 或 `李的社保 止于 2023年1月`"));
  const bool household = whom->head && whom->head->kind == Head::Kind::kHousehold;
  if (!whom->member && !household && whom->key.empty())
    return trouble(diag::Code::kSyntaxError, words, whom->next,
                   say("this does not say who it is", "没有写明是谁"), say("who?", "谁？"),
                   say("write a name: `{} Mei: born 2018-02-11`",
                       "写出名字：`{} 梅：出生 2018年2月11日`", words.front().text));
  const auto command = command_of(whom->key);
  if (!whom->member && command && command->size == whom->key.size())
    return trouble(diag::Code::kReservedName, words, whom->next > 0 ? whom->next - 1 : 0,
                   say("nobody can be called `{}` here: it is a command",
                       "此处不能有人名为 `{}`：它是命令", whom->key),
                   say("a command", "命令"),
                   say("give the person another name: `{}_1`", "改用别的名字：`{}一`", whom->key));
  Case changed = into;
  if (!changed.started) {
    changed.started = true;
    changed.family.household.key = options_.chinese ? "案例" : "case";
    changed.family.household.entity = schema()[kHousehold].name.in(false);
  }
  PersonText& person = person_for(*whom, changed);
  const std::string key = person.key;
  const value::EntityId owner = schema().entity(person.entity).value_or(kHousehold);
  std::vector<Edit> edits;
  if (!whom->extra.empty()) {
    FactsReader reader(vocabulary(), this->words(whom->extra), options_.chinese);
    reader.read(person, owner, 0);
    edits = reader.edits();
  }
  std::size_t first = whom->next;
  while (first < words.size() &&
         (words[first].kind == TokenKind::kCOLON || words[first].kind == TokenKind::kDOT ||
          particle_of(words[first]) == Particle::kOf))
    ++first;
  FactsReader reader(vocabulary(), words, options_.chinese);
  if (auto wrong = reader.read(person, owner, first)) return trouble(std::move(*wrong));
  edits.insert(edits.end(), reader.edits().begin(), reader.edits().end());
  const bool introduces = whom->head && (whom->head->kind == Head::Kind::kRole ||
                                         whom->head->kind == Head::Kind::kBelongs);
  if (introduces) link_people(changed.family, key);
  if (!accept(words, edits, changed)) return false;
  if (keep) remember();
  into = std::move(changed);
  const PersonText* now = &into.family.household;
  for (const PersonText& member : into.family.members) {
    if (!household && member.key == key) now = &member;
  }
  print(person_line(*now, edits.empty() ? nullptr : &edits));
  return true;
}

/// Whether the reader of households can read every text; else says which and why.
bool Talk::accept(const Words& words, const std::vector<Edit>& edits, const Case& changed) {
  diag::Sink sink;
  household_of(changed.family, schema(), sink);
  const auto found = sink.sorted();
  for (const diag::Diagnostic& each : found) {
    if (each.severity != diag::Severity::kError) continue;
    Trouble told{each.code, words.front().begin, words.back().end, each.message, {}, {}};
    const std::string value = each.data ? value::plain_text(each.data->value) : std::string();
    for (const Edit& edit : edits) {
      if (value.empty() || value::plain_text(edit.text) != value) continue;
      told.begin = edit.begin;
      told.end = edit.end;
    }
    for (const Word& word : words) {
      if (told.end != words.back().end || value.empty() || word.text != value) continue;
      told.begin = word.begin;
      told.end = word.end;
    }
    if (!each.helps.empty()) told.help = each.helps.front();
    return trouble(std::move(told));
  }
  return true;
}

bool Talk::move(CommandId how, const Words& words) {
  Case moved = now_;
  std::size_t at = 0;
  bool read = true;
  switch (how) {
    case CommandId::kAt:
      read = read_place(words, at, moved);
      break;
    case CommandId::kOn:
      read = read_date(words, at, moved);
      break;
    case CommandId::kBy:
      read = read_level(words, at, moved);
      break;
    default:  // of the four commands that end up here only `under` is left
      read = read_reform(words, at, moved);
      break;
  }
  bool more = false;
  while (read && at < words.size()) {
    const std::size_t start = at;
    read = read_scope(words, at, moved, &more);
    if (read && at == start)
      return trouble(diag::Code::kSyntaxError, words, at,
                     say("`{}` does not belong here", "`{}` 不应在此", words[at].text),
                     say("too much", "多余"),
                     say("write `at PLACE`, `on DATE`, `by LEVEL only` or `under REFORM`",
                         "写 `在 地点`、`截至 日期`、`依 层级` 或 `依改革 名称`"));
  }
  if (!read) return false;
  Question before;
  before.of = now_;
  Question after;
  after.of = moved;
  if (!prepare(before, words) || !prepare(after, words)) return false;
  remember();
  now_ = std::move(moved);
  now_.started = true;
  print(scope_line(after) + "\n");
  if (!now_.family.members.empty()) print_changes(before, after);
  return true;
}

bool Talk::forget_person(std::size_t member) {
  Case changed = now_;
  const std::string key = changed.family.members[member].key;
  changed.family.members.erase(changed.family.members.begin() +
                               static_cast<std::ptrdiff_t>(member));
  for (PersonText& other : changed.family.members) {
    for (auto& [name, text] : other.facts) {
      const auto entity = schema().entity(other.entity);
      const auto fact = entity ? schema().fact(*entity, name) : std::nullopt;
      const bool people = fact && (schema()[*fact].type.kind == value::TypeKind::kMemberSet ||
                                   schema()[*fact].type.kind == value::TypeKind::kMember);
      if (!people) continue;
      std::vector<std::string> keys = value::split_list(text);
      if (std::erase(keys, key) > 0)
        text = keys.empty() ? "unknown" : fmt::format("{}", fmt::join(keys, ";"));
    }
  }
  remember();
  now_ = std::move(changed);
  print_line(say("{} is not in the case any more.", "{} 已不在案例中。", key));
  return true;
}

bool Talk::forget(const Words& words) {
  const auto whom = addressed(words, now_);
  const bool household = whom && whom->head && whom->head->kind == Head::Kind::kHousehold;
  if (!whom || (!whom->member && !household)) {
    const std::string text = words.empty() ? std::string() : words.front().text;
    return trouble(diag::Code::kUnknownChild, words, 0,
                   say("the case has nobody called `{}`", "案例中没有 `{}`", text),
                   say("forget what?", "忘记什么？"),
                   guess_or(text, member_names(now_.family),
                            say("write `forget Li` or `forget Li's insurance`",
                                "写 `忘记 李` 或 `忘记 李的社保`")));
  }
  std::size_t at = whom->next;
  while (at < words.size() &&
         (particle_of(words[at]) == Particle::kOf || words[at].kind == TokenKind::kDOT ||
          words[at].kind == TokenKind::kCOLON))
    ++at;
  if (at == words.size() && whom->member) return forget_person(*whom->member);
  Case changed = now_;
  PersonText& person = household ? changed.family.household : changed.family.members[*whom->member];
  const value::EntityId owner = schema().entity(person.entity).value_or(kHousehold);
  const std::string typed = phrase_of(words, at, words.size() - at);
  auto item = vocabulary().item(owner, key_of(typed));
  const ShortWord* word = vocabulary().short_word(key_of(typed));
  if (!item && word != nullptr) item = vocabulary().item(owner, key_of(word->means));
  std::string name;
  if (item)
    name = Vocabulary::kept_name(item->list.valid() ? schema()[item->list].name
                                                    : schema()[item->fact].name);
  const bool said = item && person.facts.erase(name) + person.lists.erase(name) > 0;
  // A name that the vocabulary has lost can still be taken out.
  if (!item && person.facts.erase(typed) + person.lists.erase(typed) > 0) {
    remember();
    now_ = std::move(changed);
    return true;
  }
  if (!item)
    return trouble(diag::Code::kUnknownName, words, at,
                   say("the vocabulary has no fact `{}`", "词汇中没有事实 `{}`", typed),
                   say("not known here", "此处不识"),
                   guess_or(typed, vocabulary().item_names(owner, options_.chinese),
                            say("`show case` lists what is known", "`显示 案例` 列出已知事实")));
  remember();
  now_ = std::move(changed);
  const Bilingual& shown =
      item->list.valid() ? schema()[item->list].name : schema()[item->fact].name;
  print_line(said ? say("{}: {} is not asked now.", "{}：{} 现为未问。", person.key,
                        explain::display_name(shown))
                  : say("{}: {} was not asked anyway.", "{}：{} 本来未问。", person.key,
                        explain::display_name(shown)));
  return true;
}

bool Talk::undo() {
  if (before_.empty()) {
    print_line(say("There is nothing to take back.", "没有可撤回的改动。"));
    return true;
  }
  now_ = std::move(before_.back());
  before_.pop_back();
  show_case();
  return true;
}

bool Talk::save(std::string_view rest, const Words& words) {
  if (rest.empty())
    return trouble(
        diag::Code::kMissingFile, words, 0,
        say("`save` needs the name of a file", "`保存` 须写明文件名"), {},
        say("write `save {}.json`", "写 `保存 {}.json`",
            now_.family.household.key.empty() ? std::string("case") : now_.family.household.key));
  const std::string path(rest);
  std::ofstream file(path, std::ios::binary);
  file << file_text(now_.family, now_.date);
  file.close();
  if (!file)
    return trouble(diag::Code::kWriteFailed, words, 0,
                   say("cannot write `{}`: {}", "无法写入 `{}`：{}", path, system_text(errno)), {},
                   say("name a file in a folder you may write to", "写明可写文件夹中的文件"));
  print_line(say("Saved. `juzhu run {} --data {} --on {}` asks about this family too.",
                 "已保存。`juzhu run {} --data {} --on {}` 也可询问这一家庭。",
                 fmt::to_string(fmt::join(rules_.paths(), " ")), path,
                 value::date_text(now_.date)));
  return true;
}

bool Talk::load(std::string_view rest, const Words& words) {
  const std::size_t blank = rest.find_last_of(" \t");
  std::string path(rest);
  std::string wanted;
  std::error_code error;
  if (blank != std::string_view::npos && !std::filesystem::exists(path, error)) {
    wanted = rest.substr(blank + 1);
    path = rest.substr(0, rest.find_last_not_of(" \t", blank) + 1);
  }
  if (path.empty())
    return trouble(
        diag::Code::kMissingFile, words, 0,
        say("`load` needs a file or folder of households", "`载入` 须写明住户文件或文件夹"), {},
        say("write `load li.json`, or `load households H012`",
            "写 `载入 li.json`，或 `载入 households H012`"));
  if (!std::filesystem::exists(path, error))
    return trouble(diag::Code::kMissingFile, words, 0,
                   say("there is no file or folder `{}`", "没有文件或文件夹 `{}`", path),
                   say("read from the folder you are in", "从当前文件夹算起"),
                   say("check the path; Tab completes it", "核对路径；Tab 可补全"));
  diag::Sink sink;
  std::vector<std::string> keys;
  std::optional<value::Household> found;
  data::for_each_household({path}, schema(), {options_.encoding}, sink,
                           [&](value::Household household) {
                             keys.push_back(household.key);
                             if (wanted.empty() ? keys.size() == 1 : household.key == wanted)
                               found = std::move(household);
                             return true;
                           });
  print_sink(sink, source::SourceMap());
  if (keys.empty() && sink.has_errors()) return false;
  if (!found || (wanted.empty() && keys.size() > 1)) {
    const std::string first = keys.empty() ? std::string("H001") : keys.front();
    return trouble(
        diag::Code::kUnknownChild, words, words.size(),
        wanted.empty() || keys.empty()
            ? say("`{}` has {} households", "`{}` 有 {} 户", path, keys.size())
            : say("`{}` has no household `{}`", "`{}` 中没有户 `{}`", path, wanted),
        say("which one?", "哪一户？"),
        guess_or(wanted, keys, say("write `load {} {}`", "写 `载入 {} {}`", path, first)));
  }
  Case loaded = now_;
  loaded.family = family_of(*found, schema());
  loaded.family.household.entity = schema()[kHousehold].name.in(false);
  loaded.started = true;
  diag::Sink unread;
  if (path.ends_with(".json")) {
    const auto text = data::read_text_file(path, options_.encoding, unread);
    if (const auto date = text ? date_in_file(*text) : std::nullopt) loaded.date = *date;
  }
  remember();
  now_ = std::move(loaded);
  last_member_.clear();
  show_case();
  return true;
}

}  // namespace juzhu::session
