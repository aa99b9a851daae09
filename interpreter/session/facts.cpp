#include "session/facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "value/cell.h"

namespace juzhu::session {
namespace {

using syntax::TokenKind;
using value::TypeKind;

constexpr std::size_t kLongestName = 6;
constexpr std::size_t kMostExpansions = 100;

bool is_separator(const Word& word) {
  return word.kind == TokenKind::kCOMMA || word.kind == TokenKind::kSEMI;
}

bool is_set(const value::Fact& fact) {
  return fact.type.kind == TypeKind::kChoiceSet || fact.type.kind == TypeKind::kMemberSet;
}

/// The longest name that starts at a word: what `find` makes of it, and how many words it takes.
template <typename Find>
auto longest(const std::vector<Word>& words, std::size_t at, const Find& find)
    -> std::pair<decltype(find(std::string())), std::size_t> {
  for (std::size_t count = std::min(kLongestName, words.size() - std::min(at, words.size()));
       count > 0; --count) {
    if (auto found = find(key_of(phrase_of(words, at, count)))) return {found, count};
  }
  return {{}, 0};
}

bool says_not_asked(std::string_view text) {
  return value::state_word(text) == value::InputState::kNotAsked || key_of(text) == "not asked";
}

}  // namespace

std::optional<Trouble> FactsReader::read(PersonText& person, EntityId owner, std::size_t first) {
  person_ = &person;
  owner_ = owner;
  at_ = first;
  last_list_ = {};
  while (!trouble_) {
    // Braces around all of it are those of a scenario.
    while (!at_end() && (is_separator(words_[at_]) || particle() == Particle::kAnd ||
                         is_kind(TokenKind::kLBRACE) || is_kind(TokenKind::kRBRACE)))
      ++at_;
    if (at_end() || !read_item()) break;
  }
  return trouble_;
}

bool FactsReader::skip(Particle wanted) {
  if (particle() != wanted) return false;
  ++at_;
  return true;
}

bool FactsReader::at_name(std::size_t at) const {
  const auto [item, count] =
      longest(words_, at, [&](const std::string& key) { return vocabulary_.item(owner_, key); });
  static_cast<void>(item);
  if (count > 0) return true;
  const auto [word, word_count] =
      longest(words_, at, [&](const std::string& key) { return vocabulary_.short_word(key); });
  static_cast<void>(word);
  return word_count > 0;
}

/// Where one item ends and the next begins.
bool FactsReader::at_break() const {
  return at_end() || is_separator(words_[at_]) || words_[at_].kind == TokenKind::kRBRACE ||
         (particle() == Particle::kAnd && at_name(at_ + 1));
}

bool FactsReader::fail(diag::Code code, std::size_t word, Bilingual message, Bilingual label,
                       Bilingual help) {
  const std::uint32_t line_end = words_.empty() ? 0 : words_.back().end;
  Trouble trouble{code, line_end, line_end, std::move(message), std::move(label), std::move(help)};
  if (word < words_.size()) {
    trouble.begin = words_[word].begin;
    trouble.end = words_[word].end;
  }
  trouble_ = std::move(trouble);
  return false;
}

bool FactsReader::fail_unknown() {
  // The name as it was meant: up to what cannot be part of one.
  std::size_t count = 0;
  while (at_ + count < words_.size() && count < kLongestName) {
    const Word& word = words_[at_ + count];
    if (word.kind == TokenKind::kDATE || word.kind == TokenKind::kMONTH ||
        word.kind == TokenKind::kNUMBER || is_separator(word) ||
        (count > 0 && particle_of(word) != Particle::kNone))
      break;
    ++count;
  }
  if (count == 0)
    return fail(diag::Code::kSyntaxError, at_,
                say("`{}` is a value without the fact it is of", "`{}` 是值，前面没有写事实",
                    words_[at_].text),
                say("which fact?", "何项事实？"),
                say("write the fact first: `born 2018-02-11`", "先写事实：`出生 2018年2月11日`"));
  std::vector<std::string> known = vocabulary_.item_names(owner_, chinese_);
  if (last_list_.valid()) {
    const auto fields = vocabulary_.field_names(last_list_, chinese_);
    known.insert(known.end(), fields.begin(), fields.end());
  }
  std::optional<std::string> guess;
  std::string name;
  for (std::size_t length = count; length > 0 && !guess; --length) {
    name = phrase_of(words_, at_, length);
    guess = diag::did_you_mean(key_of(name), known);
    if (!guess) guess = diag::did_you_mean(name, known);
  }
  return fail(diag::Code::kUnknownName, at_,
              say("the vocabulary has no fact `{}`", "词汇中没有事实 `{}`", name),
              say("not known here", "此处不识"),
              guess ? say("did you mean `{}`?", "是否想写 `{}`？", *guess)
                    : say("press Tab after `NAME:`, or type `help facts`",
                          "在“名字：”之后按 Tab，或键入 `帮助 事实`"));
}

void FactsReader::note(const std::string& name, std::string text, std::size_t first) {
  const std::size_t last = std::max(first, std::min(at_, words_.size()) - (at_ > first ? 1 : 0));
  Edit edit{name, std::move(text), 0, 0};
  if (first < words_.size()) {
    edit.begin = words_[first].begin;
    edit.end = words_[std::min(last, words_.size() - 1)].end;
  }
  edits_.push_back(std::move(edit));
}

/// A short word gives way to what it stands for, at the same place in the line.
bool FactsReader::expand_short_word() {
  const auto [word, count] =
      longest(words_, at_, [&](const std::string& key) { return vocabulary_.short_word(key); });
  if (word == nullptr || ++expansions_ > kMostExpansions) return false;
  std::vector<Word> meant = words_of(
      word->means, [&](std::string_view key) { return vocabulary_.is_known(key_of(key)); });
  const std::uint32_t begin = words_[at_].begin;
  const std::uint32_t end = words_[at_ + count - 1].end;
  for (Word& each : meant) {
    each.begin = begin;
    each.end = end;
  }
  const auto from = words_.begin() + static_cast<std::ptrdiff_t>(at_);
  words_.insert(words_.erase(from, from + static_cast<std::ptrdiff_t>(count)), meant.begin(),
                meant.end());
  return true;
}

bool FactsReader::read_item() {
  Mood mood = Mood::kPlain;
  for (;; ++at_) {
    const Particle here = particle();
    if (here == Particle::kNo) mood = Mood::kNo;
    const bool says_little = here == Particle::kNo || here == Particle::kHas ||
                             here == Particle::kIs || here == Particle::kStill ||
                             here == Particle::kOf || is_kind(TokenKind::kDOT);
    // A name of the vocabulary may begin like a small word.
    if (!says_little || at_name(at_)) break;
  }
  if (at_end())
    return fail(diag::Code::kSyntaxError, at_, say("the line ends here", "此行到此为止"),
                say("a fact is missing", "缺少事实"),
                say("write a fact: `born 2018-02-11`", "写一项事实：`出生 2018年2月11日`"));
  const auto [item, count] =
      longest(words_, at_, [&](const std::string& key) { return vocabulary_.item(owner_, key); });
  const auto [word, word_count] =
      longest(words_, at_, [&](const std::string& key) { return vocabulary_.short_word(key); });
  if (item && count >= word_count) return read_named(*item, count, mood);
  if (word != nullptr && expand_short_word()) return read_item();
  if (last_list_.valid()) {
    const std::string& name = Vocabulary::kept_name(vocabulary_.schema()[last_list_].name);
    ListText& list = person_->lists[name];
    if (!list.spells.empty()) {
      const std::size_t first = at_;
      if (read_option(last_list_, list.spells.back()) ||
          read_field(last_list_, list.spells.back())) {
        note(name, {}, first);
        return true;
      }
      if (trouble_) return false;
    }
  }
  const auto [option, option_count] =
      longest(words_, at_, [&](const std::string& key) { return vocabulary_.option(owner_, key); });
  if (!option) return fail_unknown();
  const value::Fact& fact = vocabulary_.schema()[option->fact];
  const std::string text = phrase_of(words_, at_, option_count);
  const std::size_t first = at_;
  at_ += option_count;
  person_->facts[Vocabulary::kept_name(fact.name)] = text;
  note(Vocabulary::kept_name(fact.name), text, first);
  return true;
}

bool FactsReader::read_named(const Item& item, std::size_t name_words, Mood mood) {
  at_ += name_words;
  if (item.list.valid()) return read_list(item.list, mood);
  last_list_ = {};
  return read_fact(vocabulary_.schema()[item.fact], mood);
}

/// The text behind a fact, up to where the next item begins. Of sets the parts, parted by `;`.
std::string FactsReader::value_text(const value::Fact& fact) {
  std::string text;
  const bool braces = is_kind(TokenKind::kLBRACE);
  if (braces) ++at_;
  std::uint32_t last_end = at_end() ? 0 : words_[at_].begin;
  while (!at_end()) {
    const Word& word = words_[at_];
    if (word.kind == TokenKind::kRBRACE) break;
    if (!braces && at_break()) break;
    // Another fact without a comma before it: `born 2018-02-11 hukou Hunan`.
    if (!braces && !text.empty() && at_name(at_) && particle() == Particle::kNone) break;
    const bool parts = is_separator(word) || particle() == Particle::kAnd;
    if (parts && is_set(fact)) {
      text += ';';
    } else {
      if (!text.empty() && word.begin > last_end && text.back() != ';') text += ' ';
      text += word.text;
    }
    last_end = word.end;
    ++at_;
  }
  if (braces && is_kind(TokenKind::kRBRACE)) ++at_;
  return text;
}

bool FactsReader::read_fact(const value::Fact& fact, Mood mood) {
  const std::string& name = Vocabulary::kept_name(fact.name);
  const std::size_t first = at_;
  while (skip(Particle::kIs) || (is_kind(TokenKind::kCOLON) && ++at_ > 0)) {
  }
  const TypeKind kind = fact.type.kind;
  if (kind == TypeKind::kPlace) skip(Particle::kIn);
  if (kind == TypeKind::kDate || kind == TypeKind::kMonth) {
    while (skip(Particle::kSince) || skip(Particle::kOn) || skip(Particle::kIn)) {
    }
  }
  const std::size_t value_first = at_;
  std::string text = value_text(fact);
  const bool is_boolean = kind == TypeKind::kBoolean;
  if (text.empty() && is_boolean) text = mood == Mood::kNo ? "no" : "yes";
  if (text.empty() && mood == Mood::kNo) text = "none";
  if (is_boolean && mood == Mood::kNo && text == "yes") text = "no";
  if (text.empty())
    return fail(diag::Code::kSyntaxError, first > 0 ? first - 1 : 0,
                say("`{}` has no value behind it", "`{}` 之后没有值", fact.name),
                say("what is it?", "值为何？"),
                say("write the value, `unknown`, or `forget NAME's {}`",
                    "写出值或 `未知`，或写 `忘记 名字的{}`", fact.name));
  if (says_not_asked(text)) {
    person_->facts.erase(name);
    note(name, {}, first);
    return true;
  }
  person_->facts[name] = text;
  note(name, text, std::min(value_first, words_.empty() ? 0 : words_.size() - 1));
  return true;
}

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
