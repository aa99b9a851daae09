#include "session/facts.h"

#include <fmt/format.h>

#include "session/line_parts.h"

namespace juzhu::session {
namespace {

using syntax::TokenKind;
using value::TypeKind;

constexpr std::size_t kMostExpansions = 100;

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
    if (at_end() || !read_item(Mood::kPlain)) break;
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
  if (vocabulary_.is_definition(key_of(phrase_of(words_, at_, count))))
    return fail(
        diag::Code::kWrongKindOfName, at_,
        say("`{}` follows from facts; it is not one itself", "`{}` 由事实得出，本身不是事实",
            phrase_of(words_, at_, count)),
        say("defined by the rulebook", "规则库所定义"),
        say("ask for it: `value NAME's {0}`; `show {0}` says what it reads",
            "可求值：`求值 名字的{0}`；`显示 {0}` 列出其内容", phrase_of(words_, at_, count)));
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

/// `not male`, `no hukou Hunan`: what it is not leaves open what it is.
bool FactsReader::fail_no_value(std::size_t at) {
  return fail(
      diag::Code::kSyntaxError, at,
      say("`no` says what is not so, and this has a value", "`没有` 表示没有，而此处写了值"),
      say("what is it?", "值为何？"),
      say("write the value that it has, or `unknown`", "写出实际的值，或写 `未知`"));
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

/// `mood`: what stood before a short word that gave way to what it means.
bool FactsReader::read_item(Mood mood) {
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
  if (word != nullptr && expand_short_word()) return read_item(mood);
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
  if (mood == Mood::kNo) return fail_no_value(at_);
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

/// Does a set go on behind the comma: `parents Li, Wu`, `kinds pension, medical`?
bool FactsReader::goes_on_behind(const value::Fact& fact) const {
  if (at_ + 1 >= words_.size() || !is_set(fact) || !is_separator(words_[at_])) return false;
  const std::string key = key_of(words_[at_ + 1].text);
  if (fact.type.kind == TypeKind::kChoiceSet)
    return vocabulary_.schema()[fact.type.choice].option(words_[at_ + 1].text).has_value();
  return words_[at_ + 1].kind == TokenKind::kNAME &&
         particle_of(words_[at_ + 1]) == Particle::kNone && !at_name(at_ + 1) &&
         !vocabulary_.option(owner_, key);
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
    if (!braces && at_break() && !goes_on_behind(fact)) break;
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
  if (mood == Mood::kNo && !text.empty() && !is_boolean) return fail_no_value(value_first);
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

}  // namespace juzhu::session
