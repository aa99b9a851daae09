// Lists of spells in lines about a person; see facts.h.
#include <fmt/format.h>

#include <charconv>

#include "session/facts.h"
#include "session/line_parts.h"

namespace juzhu::session {

using syntax::TokenKind;
using value::TypeKind;

bool FactsReader::read_list(ListId id, Mood mood) {
  const value::List& list = vocabulary_.schema()[id];
  const std::string& name = Vocabulary::kept_name(list.name);
  const std::size_t first = at_;
  last_list_ = id;
  std::optional<std::size_t> row;
  if (is_kind(TokenKind::kNUMBER) && words_[at_].text.size() <= 3) {
    std::size_t number = 0;
    const std::string& text = words_[at_].text;
    std::from_chars(text.data(), text.data() + text.size(), number);
    row = number;
    ++at_;
  }
  if (mood == Mood::kPlain && skip(Particle::kIs)) mood = Mood::kIs;
  const std::string text = at_end() ? std::string() : key_of(words_[at_].text);
  const bool says_state = at_break() || value::is_none_word(text) || value::state_word(text);
  if (says_state || mood == Mood::kNo || says_not_asked(key_of(phrase_of(words_, at_, 2)))) {
    ListText whole;
    if (!read_whole_list(list, whole, mood)) return false;
    if (trouble_) return false;
    note(name, {}, first);
    return true;
  }
  ListText& into = person_->lists[name];
  const bool of_row = row || particle() == Particle::kEnds || particle() == Particle::kStarts ||
                      particle() == Particle::kOf;
  if (of_row) {
    if (!read_row_change(list, into, row)) return false;
    note(name, {}, first);
    return true;
  }
  if (mood == Mood::kIs) into.spells.clear();
  SpellText spell;
  if (!read_spell(id, spell)) return false;
  into.spells.push_back(std::move(spell));
  note(name, {}, first);
  return true;
}

/// `insurance none`, `no permits`, `schooling unknown`, `forget`-like `not asked`.
bool FactsReader::read_whole_list(const value::List& list, ListText& whole, Mood mood) {
  const std::string& name = Vocabulary::kept_name(list.name);
  if (at_break() && mood != Mood::kNo)
    return fail(
        diag::Code::kSyntaxError, at_ > 0 ? at_ - 1 : 0,
        say("`{}` is a list of spells", "`{}` 是时段列表", list.name),
        say("since when?", "自何时？"),
        say("write `{} since 2019-06-10`, `{} none` or `{} unknown`",
            "写 `{} 自 2019年6月10日`、`{} 无` 或 `{} 未知`", list.name, list.name, list.name));
  const std::string two = key_of(phrase_of(words_, at_, 2));
  const std::string one = at_end() ? std::string() : key_of(words_[at_].text);
  if (two == "not asked") {
    at_ += 2;
    person_->lists.erase(name);
    return true;
  }
  const auto state = value::state_word(one);
  if (!at_break() && mood != Mood::kNo) ++at_;
  if (state == value::InputState::kNotAsked && !one.empty()) {
    person_->lists.erase(name);
    return true;
  }
  whole.unknown = state == value::InputState::kUnknown && !one.empty();
  // "unknown" beside spells that are known: at least these.
  if (whole.unknown) whole.spells = person_->lists[name].spells;
  person_->lists[name] = std::move(whole);
  return true;
}

/// `insurance ends 2023-01`, `permits 1's place is Shenzhen`.
bool FactsReader::read_row_change(const value::List& list, ListText& into,
                                  std::optional<std::size_t> row) {
  const std::size_t count = into.spells.size();
  if (count == 0 || (row && (*row == 0 || *row > count)))
    return fail(diag::Code::kOutOfDomain, at_ > 0 ? at_ - 1 : 0,
                say("`{}` has {} spells", "`{}` 有 {} 段", list.name, count),
                say("no such spell", "没有此段"),
                say("`show case` lists them; add one with `{} since 2019-06-10`",
                    "`显示 案例` 会列出；增加一段写 `{} 自 2019年6月10日`", list.name));
  if (!row && count > 1)
    return fail(diag::Code::kAmbiguousName, at_,
                say("`{}` has {} spells", "`{}` 有 {} 段", list.name, count),
                say("of which of them?", "指哪一段？"),
                say("write `{} {} ends …`", "写 `{} {} 止于 …`", list.name, count));
  SpellText& spell = into.spells[row.value_or(1) - 1];
  while (skip(Particle::kOf) || (is_kind(TokenKind::kDOT) && ++at_ > 0)) {
  }
  return read_spell(last_list_, spell);
}

bool FactsReader::read_day(std::string& into) {
  while (skip(Particle::kIs) || skip(Particle::kIn) || skip(Particle::kOn)) {
  }
  if (particle() == Particle::kNow) {
    ++at_;
    into.clear();
    return true;
  }
  const bool fits = is_kind(TokenKind::kDATE) || is_kind(TokenKind::kMONTH) ||
                    is_kind(TokenKind::kNUMBER) ||
                    (!at_end() && value::state_word(key_of(words_[at_].text)));
  if (!fits)
    return fail(diag::Code::kSyntaxError, at_,
                say("a day or month must stand here", "此处须为日期或月份"), say("when?", "何时？"),
                say("write 2019-06-10, 2019-06 or 2019", "写 2019年6月10日、2019年6月 或 2019"));
  into = words_[at_].text;
  ++at_;
  // 2019年 is a number and a word of its own.
  if (!at_end() && words_[at_].text == "年") ++at_;
  return true;
}

/// The clauses of one spell, in any order.
bool FactsReader::read_spell(ListId list, SpellText& spell) {
  const std::size_t first = at_;
  while (!trouble_ && !at_break()) {
    if (!read_clause(list, spell)) return false;
  }
  if (trouble_) return false;
  if (!spell.start.empty()) return true;
  if (!spell.end.empty()) {
    spell.start = "unknown";
    return true;
  }
  const Bilingual& name = vocabulary_.schema()[list].name;
  return fail(diag::Code::kSyntaxError, first > 0 ? first - 1 : 0,
              say("this does not say since when", "没有写明自何时起"),
              say("since when?", "自何时？"),
              say("write `{} since 2019-06-10` or `{} 2018-03 to 2024-04`",
                  "写 `{} 自 2019年6月10日` 或 `{} 2018年3月 至 2024年4月`", name, name));
}

bool FactsReader::read_clause(ListId list, SpellText& spell) {
  const Particle here = particle();
  if (here == Particle::kSince || here == Particle::kStarts) {
    ++at_;
    return read_day(spell.start);
  }
  if (here == Particle::kUntil || here == Particle::kEnds) {
    ++at_;
    return read_day(spell.end);
  }
  if (is_kind(TokenKind::kDATE) || is_kind(TokenKind::kMONTH) || is_kind(TokenKind::kNUMBER))
    return read_day(spell.start);
  if (is_kind(TokenKind::kLBRACE)) return read_block(list, spell);
  if (read_option(list, spell)) return true;
  if (here == Particle::kIn) {
    ++at_;
    for (const FactId id : vocabulary_.schema()[list].facts) {
      const value::Fact& fact = vocabulary_.schema()[id];
      if (fact.type.kind != TypeKind::kPlace) continue;
      std::string text;
      const std::size_t known = place_words(words_, at_, vocabulary_.schema().places);
      const std::size_t first = at_;
      while (!at_end() && (is_kind(TokenKind::kNAME) || is_kind(TokenKind::kDOT) ||
                           is_kind(TokenKind::kNUMBER))) {
        const bool goes_on = text.empty() || text.back() == '.' || is_kind(TokenKind::kDOT);
        if (known > 0 ? at_ == first + known : !goes_on) break;
        text += is_kind(TokenKind::kDOT) ? "." : words_[at_].text;
        ++at_;
      }
      if (text.empty())
        return fail(diag::Code::kSyntaxError, at_, say("a place must stand here", "此处须为地点"),
                    say("where?", "何地？"), say("write Shenzhen.Baoan", "写 深圳.宝安"));
      spell.facts[Vocabulary::kept_name(fact.name)] = text;
      note(Vocabulary::kept_name(fact.name), text, at_ - 1);
      return true;
    }
  }
  if (here == Particle::kAnd || here == Particle::kHas || here == Particle::kOf ||
      here == Particle::kStill || here == Particle::kIs) {
    ++at_;
    return true;
  }
  if (read_field(list, spell)) return true;
  return !trouble_ && fail_unknown();
}

/// `pension`, `rented`: an option that one fact of the list can be. Further ones join a set.
bool FactsReader::read_option(ListId list, SpellText& spell) {
  const auto [option, count] =
      longest(words_, at_, [&](const std::string& key) { return vocabulary_.option(list, key); });
  if (!option) return false;
  const value::Fact& fact = vocabulary_.schema()[option->fact];
  std::string& text = spell.facts[Vocabulary::kept_name(fact.name)];
  const std::string name = phrase_of(words_, at_, count);
  text = text.empty() || fact.type.kind != TypeKind::kChoiceSet ? name : text + ";" + name;
  at_ += count;
  return true;
}

bool FactsReader::read_field(ListId list, SpellText& spell) {
  const bool no = particle() == Particle::kNo;
  const auto [field, count] = longest(words_, at_ + (no ? 1 : 0), [&](const std::string& key) {
    return vocabulary_.field(list, key);
  });
  if (!field) return false;
  const value::Fact& fact = vocabulary_.schema()[*field];
  at_ += count + (no ? 1 : 0);
  const std::size_t first = at_;
  while (skip(Particle::kIs)) {
  }
  std::string text;
  if (fact.type.kind == TypeKind::kBoolean && (no || at_break())) {
    text = no ? "no" : "yes";
  } else if (is_set(fact)) {
    text = value_text(fact);
  } else {
    // Up to the next clause.
    while (!at_break() && (text.empty() || text.back() == '.' || is_kind(TokenKind::kDOT))) {
      text += words_[at_].text;
      ++at_;
    }
  }
  if (text.empty()) {
    fail(diag::Code::kSyntaxError, at_,
         say("`{}` has no value behind it", "`{}` 之后没有值", fact.name),
         say("what is it?", "值为何？"), say("write the value, or `unknown`", "写出值或 `未知`"));
    return false;
  }
  spell.facts[Vocabulary::kept_name(fact.name)] = text;
  note(Vocabulary::kept_name(fact.name), text, first);
  return true;
}

/// `{ place is Shenzhen; kinds is { pension, medical }; lacks back_paid }`, as scenarios write it.
bool FactsReader::read_block(ListId list, SpellText& spell) {
  ++at_;
  while (!at_end() && !is_kind(TokenKind::kRBRACE)) {
    const Particle here = particle();
    if (is_separator(words_[at_]) || here == Particle::kHas || here == Particle::kAnd) {
      ++at_;
      continue;
    }
    if (!read_option(list, spell) && !read_field(list, spell)) return !trouble_ && fail_unknown();
  }
  if (is_kind(TokenKind::kRBRACE)) ++at_;
  return true;
}

}  // namespace juzhu::session
