// What may stand at the cursor: follows the line as it is read elsewhere in this room, up to the
// word that is being typed.
#include <algorithm>
#include <filesystem>
#include <functional>

#include "explain/words.h"
#include "session/talk.h"
#include "value/place_text.h"
#include "value/plain_text.h"

namespace juzhu::session {
namespace {

using syntax::TokenKind;

constexpr std::size_t kMostCandidates = 400;
constexpr std::size_t kLongestName = 6;

/// Gathers texts that begin as what was typed does.
class Candidates {
 public:
  Candidates(const std::string& typed, bool chinese) : typed_(key_of(typed)), chinese_(chinese) {}

  void add(const std::string& text) {
    if (text.empty() || found_.size() >= kMostCandidates) return;
    // Before anything is typed only names of the session's tongue are offered.
    if (typed_.empty() && is_han(text) != chinese_) return;
    if (!key_of(text).starts_with(typed_)) return;
    if (std::find(found_.begin(), found_.end(), text) == found_.end()) found_.push_back(text);
  }
  void add(const std::vector<std::string>& texts) {
    for (const std::string& text : texts)
      add(text);
  }
  void add(const Bilingual& name) {
    add(name.in(chinese_));
    add(name.in(!chinese_));
  }
  /// A word of the session itself.
  void add_word(std::string_view en, std::string_view zh) {
    add(std::string(en));
    add(std::string(zh));
  }
  [[nodiscard]] const std::string& typed() const { return typed_; }
  [[nodiscard]] std::vector<std::string> take() { return std::move(found_); }

 private:
  std::string typed_;
  bool chinese_;
  std::vector<std::string> found_;
};

void add_places(const value::PlaceTree& places, std::string_view typed, Candidates& into) {
  const std::size_t dot = typed.rfind('.');
  if (dot != std::string_view::npos) {
    const std::string_view above = typed.substr(0, dot);
    std::vector<value::PlaceNode> several;
    const auto node = value::read_place_text(places, value::plain_text(above), &several);
    if (!node) return;
    std::vector<value::PlaceNode> below = places[*node].children;
    for (std::size_t at = 0; at < below.size(); ++at) {
      const auto& more = places[below[at]].children;
      below.insert(below.end(), more.begin(), more.end());
    }
    for (const value::PlaceNode child : below) {
      into.add(std::string(above) + "." + places[child].name_en);
      into.add(std::string(above) + "." + places[child].name_zh);
    }
    return;
  }
  // Counties are thousands: only once a letter says which.
  const auto lowest = typed.empty() ? value::PlaceLevel::kProvince : value::PlaceLevel::kZone;
  for (auto level = value::PlaceLevel::kNation; level <= lowest;
       level = static_cast<value::PlaceLevel>(static_cast<int>(level) + 1)) {
    for (value::PlaceNode node = 1; node < places.size(); ++node) {
      if (places[node].level != level) continue;
      into.add(Bilingual(places[node].name_en, places[node].name_zh));
    }
  }
}

void add_files(std::string_view typed, Candidates& into) {
  namespace fs = std::filesystem;
  const std::size_t slash = typed.rfind('/');
  const std::string folder =
      slash == std::string_view::npos ? std::string() : std::string(typed.substr(0, slash + 1));
  std::error_code error;
  for (fs::directory_iterator entry(folder.empty() ? "." : folder, error), end;
       !error && entry != end; entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (name.starts_with('.')) continue;
    const bool is_folder = entry->is_directory(error);
    if (is_folder || name.ends_with(".json") || name.ends_with(".csv"))
      into.add(folder + name + (is_folder ? "/" : ""));
  }
}

void add_values(const value::Fact& fact, const value::Schema& schema,
                const std::vector<std::string>& members, std::string_view typed, Candidates& into) {
  switch (fact.type.kind) {
    case value::TypeKind::kBoolean:
      into.add_word("yes", "是");
      into.add_word("no", "否");
      break;
    case value::TypeKind::kChoice:
    case value::TypeKind::kChoiceSet:
      for (const Bilingual& option : schema[fact.type.choice].options)
        into.add(option);
      break;
    case value::TypeKind::kPlace:
      add_places(schema.places, typed, into);
      break;
    case value::TypeKind::kMember:
    case value::TypeKind::kMemberSet:
      into.add(members);
      break;
    case value::TypeKind::kNumber:
    case value::TypeKind::kDate:
    case value::TypeKind::kMonth:
    case value::TypeKind::kText:
    case value::TypeKind::kError:
    case value::TypeKind::kQuotient:
    case value::TypeKind::kRow:
    case value::TypeKind::kRows:
    case value::TypeKind::kTime:
      break;
  }
  into.add_word("unknown", "未知");
  if (fact.if_any) into.add_word("none", "无");
}

/// The line as far as it is typed, read for what may come next.
class Completer {
 public:
  Completer(const Vocabulary& vocabulary, const Family& family, std::vector<Word> words,
            std::string typed, Candidates& into)
      : vocabulary_(vocabulary),
        family_(family),
        words_(std::move(words)),
        typed_(std::move(typed)),
        into_(into) {
    for (const PersonText& member : family_.members)
      members_.push_back(member.key);
  }

  /// Of a person: which item the words since the last comma are about.
  void facts(EntityId owner, std::size_t first) {
    std::size_t from = first;
    for (std::size_t at = first; at < words_.size(); ++at) {
      const TokenKind kind = words_[at].kind;
      if (kind == TokenKind::kCOMMA || kind == TokenKind::kSEMI || kind == TokenKind::kCOLON)
        from = at + 1;
    }
    std::optional<Item> item;
    std::size_t behind = from;
    for (std::size_t at = from; at < words_.size(); ++at) {
      for (std::size_t count = std::min(kLongestName, words_.size() - at); count > 0; --count) {
        if (const auto found = item_at(owner, at, count)) {
          item = found;
          behind = at + count;
          at += count - 1;
          break;
        }
      }
    }
    if (!item) {
      into_.add(vocabulary_.item_names(owner, false));
      into_.add(vocabulary_.item_names(owner, true));
      return;
    }
    const value::Schema& schema = vocabulary_.schema();
    if (item->fact.valid()) {
      into_.add_word("is", "为");
      add_values(schema[item->fact], schema, members_, typed_, into_);
      return;
    }
    spell(item->list, behind);
  }

  void scope(Particle last) {
    if (last == Particle::kIn) add_places(vocabulary_.schema().places, typed_, into_);
    if (last == Particle::kUnder) {
      into_.add(vocabulary_.reform_names(false));
      into_.add_word("none", "无");
    }
    if (last == Particle::kBy) {
      for (std::size_t level = 0; level < ops::kLevelCount; ++level) {
        into_.add_word(explain::level_name(static_cast<ops::Level>(level), false),
                       explain::level_name(static_cast<ops::Level>(level), true));
      }
      into_.add_word("all", "全部");
    }
  }

  void question(bool of_score) {
    const Particle last = words_.empty() ? Particle::kNone : particle_of(words_.back());
    const bool scoped = last == Particle::kIn || last == Particle::kUnder || last == Particle::kBy;
    if (scoped || last == Particle::kOn) {
      scope(last);
      return;
    }
    bool named = false;
    for (std::size_t at = 0; at < words_.size(); ++at) {
      for (std::size_t count = std::min(kLongestName, words_.size() - at); count > 0; --count) {
        const std::string key = key_of(phrase_of(words_, at, count));
        named = named || vocabulary_.service(key) || vocabulary_.score(key);
      }
    }
    const bool of = last == Particle::kOf;
    if (named && of) {
      into_.add(members_);
      return;
    }
    if (!named) {
      into_.add(of_score ? vocabulary_.score_names(false) : vocabulary_.service_names(false));
      into_.add(of_score ? vocabulary_.score_names(true) : vocabulary_.service_names(true));
    }
    if (named || of || words_.empty()) into_.add(members_);
    if (named) into_.add_word("of", "的");
    if (!of) add_scope_words();
  }

  void add_scope_words() {
    into_.add_word("at", "在");
    into_.add_word("on", "截至");
    into_.add_word("by", "依");
    into_.add_word("under", "依改革");
  }

  [[nodiscard]] const std::vector<Word>& words() const { return words_; }
  void members() { into_.add(members_); }

 private:
  [[nodiscard]] std::optional<Item> item_at(EntityId owner, std::size_t at,
                                            std::size_t count) const {
    const std::string key = key_of(phrase_of(words_, at, count));
    if (const auto item = vocabulary_.item(owner, key)) return item;
    const ShortWord* word = vocabulary_.short_word(key);
    return word == nullptr ? std::nullopt : vocabulary_.item(owner, key_of(word->means));
  }

  void spell(ListId list, std::size_t behind) {
    const value::Schema& schema = vocabulary_.schema();
    const Particle last = words_.size() > behind ? particle_of(words_.back()) : Particle::kNone;
    if (last == Particle::kIn) {
      add_places(schema.places, typed_, into_);
      return;
    }
    if (words_.size() > behind) {
      const auto field = vocabulary_.field(list, key_of(words_.back().text));
      const bool named_only = field && words_.back().kind == TokenKind::kNAME;
      if (named_only) {
        add_values(schema[*field], schema, members_, typed_, into_);
        return;
      }
    }
    into_.add_word("since", "自");
    if (last == Particle::kUntil) into_.add_word("now", "至今");
    into_.add_word("to", "至");
    into_.add_word("in", "在");
    into_.add_word("ends", "止于");
    into_.add(vocabulary_.field_names(list, false));
    into_.add(vocabulary_.field_names(list, true));
    into_.add_word("none", "无");
    into_.add_word("unknown", "未知");
  }

  const Vocabulary& vocabulary_;
  const Family& family_;
  std::vector<Word> words_;
  std::string typed_;
  Candidates& into_;
  std::vector<std::string> members_;
};

/// What may follow a command, `behind` it standing the words typed so far.
void complete_command(CommandId command, Completer& completer, const Vocabulary& vocabulary,
                      bool chinese, Candidates& into) {
  const std::vector<Word>& behind = completer.words();
  switch (command) {
    case CommandId::kAt:
      completer.scope(behind.empty() ? Particle::kIn : particle_of(behind.back()));
      return;
    case CommandId::kBy:
      completer.scope(Particle::kBy);
      return;
    case CommandId::kUnder:
      completer.scope(Particle::kUnder);
      return;
    case CommandId::kCase:
      completer.scope(behind.empty() ? Particle::kNone : particle_of(behind.back()));
      into.add_word("in", "在");
      into.add_word("on", "截至");
      return;
    case CommandId::kForget:
      completer.members();
      return;
    case CommandId::kShow:
      into.add_word("case", "案例");
      completer.members();
      into.add(vocabulary.declared_names(false));
      into.add(vocabulary.declared_names(true));
      return;
    case CommandId::kValue:
      completer.members();
      into.add(vocabulary.declared_names(false));
      into.add(vocabulary.declared_names(true));
      return;
    case CommandId::kHelp:
      into.add(command_spellings(chinese));
      into.add_word("facts", "事实");
      return;
    case CommandId::kWhatIf:
      completer.members();
      completer.add_scope_words();
      completer.scope(behind.empty() ? Particle::kNone : particle_of(behind.back()));
      return;
    case CommandId::kAnswers:
    case CommandId::kWhy:
    case CommandId::kWhyNot:
    case CommandId::kNeeds:
    case CommandId::kTrace:
    case CommandId::kRules:
    case CommandId::kEarliest:
    case CommandId::kTimeline:
      completer.question(false);
      return;
    case CommandId::kScore:
      completer.question(true);
      return;
    case CommandId::kOn:
    case CommandId::kUndo:
    case CommandId::kSave:
    case CommandId::kLoad:
    case CommandId::kScenario:
    case CommandId::kReload:
    case CommandId::kQuit:
      return;
  }
}

/// Where the word starts that is being typed, of a place its whole path: Shenzhen.Ba is one word,
/// Li.ins are two. The words before it stay in `words`.
std::size_t typed_from(std::string_view before, std::vector<Word>& words,
                       const std::function<bool(std::size_t)>& is_member) {
  const auto is_mark = [](const Word& word) {
    return word.kind != TokenKind::kNAME && word.kind != TokenKind::kDOT && !is_han(word.text) &&
           word.text.find_first_of(",:;{}()|'") != std::string::npos;
  };
  const bool at_word = !words.empty() && words.back().end == before.size() &&
                       !is_mark(words.back()) && words.back().kind != TokenKind::kPOSSESSIVE;
  if (!at_word) return before.size();
  std::size_t first = words.size() - 1;
  while (first > 0 && words[first - 1].end == words[first].begin &&
         (words[first].kind == TokenKind::kDOT || words[first - 1].kind == TokenKind::kDOT) &&
         !is_member(first - 1))
    --first;
  const bool dot = words[first].kind == TokenKind::kDOT;
  const std::size_t from = dot ? words[first].end : words[first].begin;
  words.resize(first + (dot ? 1 : 0));
  return from;
}

}  // namespace

/// Commands, whom a line may be about, and services.
void Talk::complete_start(const std::function<void(const std::string&)>& add) const {
  for (const std::string& spelling : command_spellings(options_.chinese))
    add(spelling);
  if (!rules_.usable()) return;
  for (const PersonText& member : now_.family.members)
    add(member.key);
  for (const bool chinese : {false, true}) {
    for (const std::string& head : vocabulary().head_names(chinese))
      add(head);
    for (const std::string& service : vocabulary().service_names(chinese))
      add(service);
  }
}

Completion Talk::complete(std::string_view line, std::size_t cursor) const {
  cursor = std::min(cursor, line.size());
  std::string_view before = line.substr(0, cursor);
  before.remove_prefix(std::min(before.find_first_not_of(" \t"), before.size()));
  const auto command = command_of(before);
  const bool of_file = command && (command->command->id == CommandId::kLoad ||
                                   command->command->id == CommandId::kSave);
  Words words;
  std::size_t from = before.find_last_of(" \t") + 1;
  if (rules_.usable() && !of_file) {
    words = this->words(before);
    from = typed_from(before, words, [&](std::size_t at) {
      const auto member = member_at(words, at, now_.family);
      return member && member->second == 1;
    });
  }
  const std::string typed(before.substr(from));
  Candidates into(typed, options_.chinese);
  if (from == 0) complete_start([&](const std::string& text) { into.add(text); });
  // `why n` may go on as `why not`.
  for (const std::string& spelling : command_spellings(options_.chinese)) {
    if (from > 0 && spelling.size() > before.size() && spelling.starts_with(before))
      into.add(spelling.substr(from));
  }
  if (from > 0 && of_file) add_files(typed, into);
  if (from > 0 && rules_.usable() && !of_file) {
    auto whom = addressed(words, now_);
    std::size_t skipped = 0;
    // `what if` goes on as a line about a person does.
    if (command && command->command->id == CommandId::kWhatIf) {
      while (skipped < words.size() && words[skipped].end <= command->size)
        ++skipped;
      const Words changed(words.begin() + static_cast<std::ptrdiff_t>(skipped), words.end());
      whom = addressed(changed, now_);
      if (whom && whom->member) words = changed;
    }
    const bool about = whom && (whom->member || !command);
    if (about) {
      const bool household = whom->head && whom->head->kind == Head::Kind::kHousehold;
      value::EntityId owner = household ? value::EntityId{std::size_t{0}} : vocabulary().person();
      if (whom->member)
        owner = schema().entity(now_.family.members[*whom->member].entity).value_or(owner);
      Completer(vocabulary(), now_.family, words, typed, into).facts(owner, whom->next);
    } else {
      std::size_t behind = 0;
      while (command && behind < words.size() && words[behind].end <= command->size)
        ++behind;
      Completer completer(vocabulary(), now_.family,
                          Words(words.begin() + static_cast<std::ptrdiff_t>(behind), words.end()),
                          typed, into);
      if (command)
        complete_command(command->command->id, completer, vocabulary(), options_.chinese, into);
      else
        completer.question(false);
    }
  }
  return {cursor - typed.size(), into.take()};
}

}  // namespace juzhu::session
