// The inside of a session: its state, and how each command is followed. talk.cpp reads the line and
// hands it on; case_lines.cpp builds the family and case_text.cpp writes it, question_words.cpp
// reads what is asked about whom, answers.cpp (which also compares), reasons.cpp and expression.cpp
// answer, days.cpp looks ahead, look_up.cpp shows the rulebook. Not seen outside this room.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "eval/outcome.h"
#include "explain/explain.h"
#include "session/commands.h"
#include "session/expression.h"
#include "session/facts.h"
#include "session/family.h"
#include "session/rules.h"
#include "session/session.h"
#include "session/trouble.h"

namespace juzhu::session {

/// A family, and where, when and by which norms it is asked about.
struct Case {
  Family family;
  std::int64_t date = 0;
  ops::Level lowest_level = ops::Level::kPractice;
  std::vector<std::string> reforms;  ///< by name, so that they outlive a reload
  bool started = false;
};

/// What a question asks: the case, perhaps moved for once, and about whom and what.
struct Question {
  Case of;
  std::optional<sema::ServiceId> service;
  std::optional<sema::ScoreId> score;
  std::optional<std::uint32_t> member;
  value::Household household;
  std::uint32_t stack = sema::kNoReforms;
  bool moved = false;  ///< asked at another place, day, level or reform than the case
};

struct Answered {
  eval::Query query;
  eval::Outcome outcome;
};

enum class Tint { kPlain, kGood, kBad, kOpen, kFaint, kStrong };

class Talk {
 public:
  struct Stretch {
    std::int64_t from = 0;
    std::int64_t to = 0;
    eval::OutcomeKind kind{};
  };

  explicit Talk(SessionOptions options);

  Reply start();
  Reply answer(std::string_view line);
  [[nodiscard]] Completion complete(std::string_view line, std::size_t cursor) const;
  [[nodiscard]] std::string greeting() const;
  [[nodiscard]] std::string prompt() const;
  [[nodiscard]] bool is_over() const { return over_; }
  void set_width(std::size_t columns) { options_.width = columns; }

 private:
  using Words = std::vector<Word>;

  // talk.cpp
  bool follow(std::string_view line);
  bool follow_command(const Command& command, const Words& words);
  bool refresh(bool always);
  bool help(const Words& words);
  [[nodiscard]] std::string facts_help() const;
  bool trouble(Trouble trouble);
  bool trouble(diag::Code code, const Words& words, std::size_t at, Bilingual message,
               Bilingual label, Bilingual help);
  void print_sink(const diag::Sink& sink, const source::SourceMap& sources);
  void print(std::string_view text) { text_ += text; }
  void print_line(const Bilingual& text) { text_ += text.in(options_.chinese) + "\n"; }
  void remember();
  /// Names for a reader to choose from: those of the tongue that is spoken, with commas.
  [[nodiscard]] std::string listed(const std::vector<std::string>& names) const;
  [[nodiscard]] Words words(std::string_view line, std::size_t skipped = 0) const;
  [[nodiscard]] std::string tinted(std::string_view text, Tint tint) const;
  [[nodiscard]] bool stopped() const { return options_.stop != nullptr && options_.stop->load(); }

  // complete.cpp
  void complete_start(const std::function<void(const std::string&)>& add) const;

  // case_lines.cpp
  bool start_case(const Words& words);
  bool forget(const Words& words);
  bool forget_person(std::size_t member);
  bool undo();
  bool save(std::string_view rest, const Words& words);
  bool load(std::string_view rest, const Words& words);
  bool scenario();
  bool move(CommandId how, const Words& words);
  bool facts_line(const Words& words, Case& into, bool keep);
  struct Addressed {
    std::optional<Head> head;
    std::string extra;  ///< facts that a short word adds: sex is female
    std::optional<std::size_t> member;
    std::string key;  ///< of a new member
    std::size_t next = 0;
  };
  /// Whom a line is about, if it says so.
  [[nodiscard]] std::optional<Addressed> addressed(const Words& words, const Case& of) const;
  PersonText& person_for(const Addressed& whom, Case& into);
  bool accept(const Words& words, const std::vector<Edit>& edits, const Case& changed);
  void link_people(Family& family, const std::string& introduced) const;

  // case_text.cpp
  [[nodiscard]] std::string person_line(const PersonText& person,
                                        const std::vector<Edit>* only) const;
  [[nodiscard]] std::string value_in_words(const value::Fact& fact, const std::string& text) const;
  [[nodiscard]] std::string fact_line(const std::string& name, const std::string& text,
                                      value::EntityId owner) const;
  [[nodiscard]] std::string list_line(const std::string& name, const ListText& list,
                                      value::EntityId owner) const;
  void show_case();

  // question_words.cpp
  std::optional<Question> question(const Words& words, std::size_t first);
  bool read_scope(const Words& words, std::size_t& at, Case& into, bool* moved);
  bool read_place(const Words& words, std::size_t& at, Case& into);
  bool read_date(const Words& words, std::size_t& at, Case& into);
  bool read_level(const Words& words, std::size_t& at, Case& into);
  bool read_reform(const Words& words, std::size_t& at, Case& into);
  bool prepare(Question& asked, const Words& words);
  bool need_place(const Question& asked, const Words& words);
  bool need_service(Question& asked, const Words& words);
  bool need_child(Question& asked, const Words& words);
  [[nodiscard]] std::optional<std::pair<std::size_t, std::size_t>> member_at(
      const Words& words, std::size_t at, const Family& family) const;
  [[nodiscard]] std::vector<std::string> member_names(const Family& family) const;
  [[nodiscard]] std::string scope_line(const Question& asked) const;

  // answers.cpp
  /// Whom questions are about that name nobody: the children, but not who was introduced otherwise.
  std::vector<std::uint32_t> children(const Question& asked);
  std::vector<Answered> all_answers(const Question& asked, bool in_full);
  bool answers(Question asked);
  bool nobody_asked();
  void print_answers(const Question& asked, const std::vector<Answered>& all);
  [[nodiscard]] std::string outcome_word(eval::OutcomeKind kind, std::size_t width) const;
  [[nodiscard]] std::string service_word(std::uint32_t service) const;
  [[nodiscard]] std::string rests_on(const Question& asked, const Answered& answer) const;
  bool needs(Question asked);
  bool what_if(const Words& words);
  void print_changes(const Question& before, const Question& after);

  // reasons.cpp
  bool why(Question asked, const Words& words, bool all);
  bool why_not(Question asked, const Words& words);
  bool score(Question asked, const Words& words);
  [[nodiscard]] explain::TextOptions text_options(bool all) const;

  // expression.cpp
  bool value(std::string_view expression, std::size_t skipped, const Words& words);

  // days.cpp
  bool earliest(Question asked, const Words& words);
  bool timeline(Question asked, const Words& words);
  /// The answers to queries from the day asked about on, equal neighbours joined; ends early once
  /// access is sure, if that is all that is wanted. Nothing if it was stopped.
  std::optional<std::vector<std::vector<Stretch>>> stretches(
      const Question& asked, const std::vector<eval::Query>& queries, std::int64_t until,
      bool only_to_access);
  std::int64_t last_day_as_child(const Question& asked, std::uint32_t member);
  void print_strip(const std::string& name, const std::vector<Stretch>& found);
  void print_years(std::int64_t first, std::int64_t last);
  void print_stretches(const std::vector<Stretch>& found);
  [[nodiscard]] std::size_t strip_columns() const;
  void print_open_spells(const Question& asked);

  // look_up.cpp
  bool show(const Words& words);
  bool rules_in_force(Question asked);
  bool show_declared(std::string_view key);
  void show_rules(std::string_view key, bool& shown);
  bool show_vocabulary(std::string_view key);
  void print_source(const sema::Declared& declared, const Bilingual& kind);

  [[nodiscard]] engine::Rulebook& rulebook() const { return *rules_.loaded().rulebook; }
  [[nodiscard]] const Vocabulary& vocabulary() const { return *rules_.loaded().vocabulary; }
  [[nodiscard]] const sema::Program& program() const { return rulebook().program(); }
  [[nodiscard]] const value::Schema& schema() const { return rulebook().schema(); }

  SessionOptions options_;
  Rules rules_;
  Case now_;
  std::vector<Case> before_;  ///< for undo
  std::string line_;          ///< being followed
  std::uint32_t line_number_ = 0;
  std::string text_;  ///< of the reply
  bool over_ = false;
  std::unique_ptr<ExpressionChecker> expressions_;  ///< made when first needed; of these rules
  std::optional<sema::ServiceId> last_service_;
  std::string last_member_;
};

}  // namespace juzhu::session
