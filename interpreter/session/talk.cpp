#include "session/talk.h"

#include <fmt/format.h>

#include <algorithm>

#include "diag/render.h"
#include "explain/words.h"
#include "report/layout.h"
#include "session/words.h"
#include "value/date.h"
#include "value/place_text.h"

namespace juzhu::session {
namespace {

constexpr std::size_t kMostUndone = 100;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

}  // namespace

Session::Session(SessionOptions options) : talk_(std::make_unique<Talk>(std::move(options))) {}
Session::~Session() = default;
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;
Reply Session::start() { return talk_->start(); }
Reply Session::answer(std::string_view line) { return talk_->answer(line); }
Completion Session::complete(std::string_view line, std::size_t cursor) const {
  return talk_->complete(line, cursor);
}
std::string Session::greeting() const { return talk_->greeting(); }
std::string Session::prompt() const { return talk_->prompt(); }
bool Session::is_over() const { return talk_->is_over(); }
void Session::set_width(std::size_t columns) { talk_->set_width(columns); }

bool Session::wants_more(std::string_view text) {
  int open = 0;
  syntax::TokenKind last = syntax::TokenKind::kEND;
  for (const Word& word : words_of(text, [](std::string_view) { return false; })) {
    if (word.kind == syntax::TokenKind::kLBRACE) ++open;
    if (word.kind == syntax::TokenKind::kRBRACE) --open;
    last = word.kind;
  }
  return open > 0 || last == syntax::TokenKind::kCOMMA || last == syntax::TokenKind::kSEMI ||
         last == syntax::TokenKind::kCOLON;
}

Talk::Talk(SessionOptions options)
    : options_(std::move(options)), rules_(options_.rules, options_.library) {
  now_.date = options_.today;
}

Reply Talk::start() {
  text_.clear();
  const bool loaded = refresh(true);
  return {std::exchange(text_, {}), !loaded};
}

Reply Talk::answer(std::string_view line) {
  text_.clear();
  line_ = std::string(line);
  const auto breaks = static_cast<std::uint32_t>(std::count(line.begin(), line.end(), '\n'));
  const bool followed = follow(trimmed(line_));
  line_number_ += 1 + breaks;
  return {std::exchange(text_, {}), !followed};
}

std::string Talk::greeting() const {
  if (!rules_.usable()) return {};
  const std::string paths = fmt::to_string(fmt::join(rules_.paths(), ", "));
  return say("Juzhu {} · {}: {} rules on {} services\n"
             "Start with a family: case Li family in Shenzhen.Baoan on 2024-05-01\n"
             "`help` lists what can be typed; Tab completes.\n",
             "居住 {} · {}：{} 条规则，{} 项服务\n"
             "先写一个家庭：案例 李家 在 深圳.宝安 截至 2024年5月1日\n"
             "`帮助` 列出可键入的内容；Tab 补全。\n",
             JUZHU_VERSION, paths, program().rules.size(), program().services.size())
      .in(options_.chinese);
}

std::string Talk::prompt() const {
  if (!rules_.usable()) return "> ";
  std::string place = place_text(now_.family, schema());
  std::vector<value::PlaceNode> several;
  const std::optional<value::PlaceNode> node =
      place.empty() ? std::nullopt : value::read_place_text(schema().places, place, &several);
  if (node) place = schema().places.path(*node).in(options_.chinese);
  std::string reforms;  // easily forgotten, and every answer stands under them
  for (const std::string& name : now_.reforms)
    reforms += (reforms.empty() ? " under " : ",") + name;
  return fmt::format("{}{}{}{}> ", place, place.empty() ? "" : " ", value::date_text(now_.date),
                     reforms);
}

bool Talk::refresh(bool always) {
  diag::Sink sink;
  switch (rules_.refresh(sink, always)) {
    case Rules::State::kSame:
      return true;
    case Rules::State::kReloaded:
      expressions_.reset();
      last_service_.reset();  // a place in the rules from before
      print_sink(sink, rules_.texts());
      if (!always)
        print_line(say("The rules have changed and were read again.", "规则已改动，现已重读。"));
      return true;
    case Rules::State::kBroken:
      print_sink(sink, rules_.texts());
      print_line(rules_.usable()
                     ? say("The changed rules cannot be used; those from before answer.",
                           "改动后的规则无法使用；由之前的规则回答。")
                     : say("These rules cannot be used. Mend them; they are read again at the next "
                           "line.",
                           "这些规则无法使用。请改正；下一行时会重新读取。"));
      return false;
  }
  return false;
}

void Talk::print_sink(const diag::Sink& sink, const source::SourceMap& sources) {
  text_ += diag::render_text(sink.sorted(), sources, {options_.color, options_.chinese});
}

/// Shown as findings in files are: the line with a mark under the place.
bool Talk::trouble(Trouble trouble) {
  source::SourceMap sources;
  const source::FileId file =
      sources.add(options_.chinese ? "输入" : "input", std::string(line_number_, '\n') + line_);
  const auto offset =
      line_number_ + static_cast<std::uint32_t>(line_.find_first_not_of(" \t") == std::string::npos
                                                    ? 0
                                                    : line_.find_first_not_of(" \t"));
  diag::Sink sink;
  source::Span span{file, trouble.begin + offset, trouble.end + offset};
  if (span.begin == span.end && span.begin > offset) --span.begin;
  diag::Diagnostic& told =
      sink.report(trouble.code, span, std::move(trouble.message), std::move(trouble.label));
  if (!trouble.help.empty()) told.helps.push_back(std::move(trouble.help));
  print_sink(sink, sources);
  return false;
}

bool Talk::trouble(diag::Code code, const Words& words, std::size_t at, Bilingual message,
                   Bilingual label, Bilingual help) {
  Trouble made{code, 0, 0, std::move(message), std::move(label), std::move(help)};
  if (!words.empty()) {
    const Word& word = words[std::min(at, words.size() - 1)];
    made.begin = at < words.size() ? word.begin : word.end;
    made.end = word.end;
  }
  return trouble(std::move(made));
}

Talk::Words Talk::words(std::string_view line, std::size_t skipped) const {
  const auto is_known = [&](std::string_view name) {
    const std::string key = key_of(name);
    for (const PersonText& member : now_.family.members) {
      if (key_of(member.key) == key) return true;
    }
    return vocabulary().is_known(key);
  };
  Words found = words_of(line.substr(skipped), is_known);
  for (Word& word : found) {
    word.begin += static_cast<std::uint32_t>(skipped);
    word.end += static_cast<std::uint32_t>(skipped);
  }
  return found;
}

std::string Talk::listed(const std::vector<std::string>& names) const {
  std::vector<std::string> shown;
  for (const std::string& name : names) {
    if (is_han(name) == options_.chinese) shown.push_back(name);
  }
  return fmt::to_string(fmt::join(shown.empty() ? names : shown, options_.chinese ? "、" : ", "));
}

void Talk::remember() {
  before_.push_back(now_);
  if (before_.size() > kMostUndone) before_.erase(before_.begin());
}

std::string Talk::tinted(std::string_view text, Tint tint) const {
  if (!options_.color || tint == Tint::kPlain) return std::string(text);
  std::string_view code;
  switch (tint) {
    case Tint::kPlain:
      break;
    case Tint::kGood:
      code = "32";
      break;
    case Tint::kBad:
      code = "31";
      break;
    case Tint::kOpen:
      code = "33";
      break;
    case Tint::kFaint:
      code = "2";
      break;
    case Tint::kStrong:
      code = "1";
      break;
  }
  return fmt::format("\033[{}m{}\033[0m", code, text);
}

bool Talk::follow(std::string_view line) {
  if (line.empty() || line.starts_with('#')) return true;
  const auto command = command_of(line);
  if (command && command->command->id == CommandId::kQuit) {
    over_ = true;
    return true;
  }
  const bool reads = !(command && command->command->id == CommandId::kReload);
  const bool fresh = !reads || refresh(false);
  if (!reads) {
    if (refresh(true)) {
      print_line(say("The rules were read again.", "规则已重读。"));
      return true;
    }
    return false;
  }
  if (!rules_.usable()) {
    if (command && command->command->id == CommandId::kHelp) {
      print(help_text(nullptr, options_.chinese, options_.width));
      return true;
    }
    if (fresh)
      print_line(say("There are no rules to ask yet: mend the files, or type `help`.",
                     "尚无可询问的规则：请改正文件，或键入 `帮助`。"));
    return false;
  }
  const Words all = words(line);
  // Whoever is in the case is meant before a command of the same name.
  const auto whom = addressed(all, now_);
  if (whom && (whom->member || !command)) return facts_line(all, now_, true);
  if (command) {
    Words rest = words(line, command->size);
    if (command->command->id == CommandId::kSave)
      return save(trimmed(line.substr(command->size)), rest);
    if (command->command->id == CommandId::kLoad)
      return load(trimmed(line.substr(command->size)), rest);
    if (command->command->id == CommandId::kValue) {
      const std::string_view expression = trimmed(line.substr(command->size));
      return value(expression, line.size() - expression.size(), rest);
    }
    return follow_command(*command->command, rest);
  }
  // `public_school of Mei` asks what `answers` asks.
  if (all.size() > 1 || vocabulary().service(key_of(phrase_of(all, 0, all.size())))) {
    for (std::size_t count = std::min<std::size_t>(all.size(), 6); count > 0; --count) {
      if (!vocabulary().service(key_of(phrase_of(all, 0, count)))) continue;
      auto asked = question(all, 0);
      return asked && answers(std::move(*asked));
    }
  }
  std::vector<std::string> known = command_spellings(options_.chinese);
  for (const std::string& head : vocabulary().head_names(options_.chinese))
    known.push_back(head);
  for (const std::string& member : member_names(now_.family))
    known.push_back(member);
  const std::string word = all.empty() ? std::string(line) : all.front().text;
  return trouble(
      diag::Code::kUnknownName, all, 0,
      say("a line does not begin with `{}`", "没有以 `{}` 开头的行", word),
      say("neither a command nor a person of the case", "既非命令，也非案例中的人"),
      guess_or(word, known, say("`help` lists what can be typed", "`帮助` 列出可键入的内容")));
}

bool Talk::follow_command(const Command& command, const Words& words) {
  const auto ask = [&](const std::function<bool(Question)>& answer) {
    auto asked = question(words, 0);
    return asked && answer(std::move(*asked));
  };
  switch (command.id) {
    case CommandId::kCase:
      return start_case(words);
    case CommandId::kForget:
      return forget(words);
    case CommandId::kUndo:
      return undo();
    case CommandId::kShow:
      return show(words);
    case CommandId::kScenario:
      return scenario();
    case CommandId::kAt:
    case CommandId::kOn:
    case CommandId::kBy:
    case CommandId::kUnder:
      return move(command.id, words);
    case CommandId::kAnswers:
      return ask([&](Question asked) { return answers(std::move(asked)); });
    case CommandId::kWhy:
      return ask([&](Question asked) { return why(std::move(asked), words, false); });
    case CommandId::kWhyNot:
      return ask([&](Question asked) { return why_not(std::move(asked), words); });
    case CommandId::kNeeds:
      return ask([&](Question asked) { return needs(std::move(asked)); });
    case CommandId::kScore:
      return ask([&](Question asked) { return score(std::move(asked), words); });
    case CommandId::kTrace:
      return ask([&](Question asked) { return why(std::move(asked), words, true); });
    case CommandId::kRules:
      return ask([&](Question asked) { return rules_in_force(std::move(asked)); });
    case CommandId::kWhatIf:
      return what_if(words);
    case CommandId::kEarliest:
      return ask([&](Question asked) { return earliest(std::move(asked), words); });
    case CommandId::kTimeline:
      return ask([&](Question asked) { return timeline(std::move(asked), words); });
    case CommandId::kHelp:
      return help(words);
    case CommandId::kValue:
    case CommandId::kSave:
    case CommandId::kLoad:
    case CommandId::kReload:
    case CommandId::kQuit:
      return true;  // follow() has seen to these
  }
  return false;
}

bool Talk::help(const Words& words) {
  const std::string wanted = phrase_of(words, 0, words.size());
  if (wanted.empty()) {
    print(help_text(nullptr, options_.chinese, options_.width));
    return true;
  }
  if (key_of(wanted) == "facts" || wanted == "事实") {
    print(facts_help());
    return true;
  }
  const auto found = command_of(wanted);
  if (found) {
    print(help_text(found->command, options_.chinese, options_.width));
    return true;
  }
  return trouble(diag::Code::kUnknownName, words, 0,
                 say("no command is called `{}`", "没有名为 `{}` 的命令", wanted),
                 say("not a command", "不是命令"),
                 guess_or(wanted, command_spellings(options_.chinese),
                          say("`help` lists them; `show {}` if it is a name of the rulebook",
                              "`帮助` 列出命令；若是规则库中的名称，写 `显示 {}`", wanted)));
}

/// The words for facts, by whose they are.
std::string Talk::facts_help() const {
  std::string text;
  const auto add = [&](std::string_view title, const std::vector<std::string>& names) {
    text += std::string(title) + "\n";
    const std::string between = options_.chinese ? "、" : ", ";
    for (const std::string& line :
         report::wrap(fmt::format("{}", fmt::join(names, between)), options_.width - 2))
      text += "  " + line + "\n";
  };
  for (std::size_t at = 0; at < schema().entities.size(); ++at) {
    const value::EntityId owner{at};
    std::vector<std::string> names;
    names.reserve(schema()[owner].facts.size() + schema()[owner].lists.size());
    for (const value::FactId fact : schema()[owner].facts)
      names.push_back(explain::display_name(schema()[fact].name, options_.chinese));
    for (const value::ListId list : schema()[owner].lists)
      names.push_back(explain::display_name(schema()[list].name, options_.chinese));
    add(schema()[owner].name.in(options_.chinese), names);
  }
  std::vector<std::string> words;
  for (const std::string& name : vocabulary().item_names(vocabulary().person(), options_.chinese)) {
    const bool spoken = is_han(name) == options_.chinese;
    if (spoken && vocabulary().short_word(key_of(name)) != nullptr) words.push_back(name);
  }
  if (!words.empty()) add(say("short words", "简短说法").in(options_.chinese), words);
  text +=
      say("`show FACT` says what a fact is. Values: yes, no, unknown, none; 2018-02-11; "
          "Shenzhen.Baoan; 12 months.\n",
          "`显示 事实` 说明一项事实。值：是、否、未知、无；2018年2月11日；深圳.宝安；12个月。\n")
          .in(options_.chinese);
  return text;
}

}  // namespace juzhu::session
