#include "session/vocabulary.h"

#include <algorithm>
#include <filesystem>

#include "data/columns.h"
#include "data/csv_table.h"
#include "data/text_file.h"
#include "session/words.h"
#include "value/plain_text.h"

namespace juzhu::session {
namespace {

bool names(const Bilingual& name, std::string_view key) {
  return !key.empty() && (key_of(name.en) == key || key_of(name.zh) == key);
}

void add_name(const Bilingual& name, bool chinese, std::vector<std::string>& into) {
  const std::string& text = name.in(chinese);
  if (!text.empty() && std::find(into.begin(), into.end(), text) == into.end())
    into.push_back(text);
}

template <typename Declared, typename Id>
std::optional<Id> find_by_name(const std::vector<Declared>& all, std::string_view key) {
  for (std::size_t at = 0; at < all.size(); ++at) {
    if (names(all[at].name, key)) return Id{at};
  }
  return std::nullopt;
}

template <typename Declared>
std::vector<std::string> names_of(const std::vector<Declared>& all, bool chinese) {
  std::vector<std::string> found;
  for (const bool tongue : {chinese, !chinese}) {
    for (const Declared& each : all)
      add_name(each.name, tongue, found);
  }
  return found;
}

}  // namespace

Vocabulary::Vocabulary(const sema::Program& program, std::vector<ShortWord> short_words)
    : program_(&program), short_words_(std::move(short_words)) {
  for (std::size_t at = 0; at < short_words_.size(); ++at) {
    for (const std::string& spelling : short_words_[at].spellings) {
      if (short_index_.emplace(key_of(spelling), at).second) known_.emplace(key_of(spelling), true);
    }
  }
  const value::Schema& all = schema();
  for (const value::Entity& entity : all.entities)
    note(entity.name);
  for (const value::Fact& fact : all.facts)
    note(fact.name);
  for (const value::List& list : all.lists) {
    note(list.name);
    note(list.row_name);
  }
  for (const value::Choice& choice : all.choices) {
    for (const Bilingual& option : choice.options)
      note(option);
  }
  for (const auto& service : program.services)
    note(service.name);
  for (const auto& score : program.scores)
    note(score.name);
  for (const auto& reform : program.reforms)
    note(reform.name);
  for (const auto& rule : program.rules)
    note(rule.name);
  for (const auto& definition : program.definitions)
    note(definition.name);
  for (const auto& parameter : program.parameters)
    note(parameter.name);
}

void Vocabulary::note(const Bilingual& name) {
  for (const std::string& spelling : {name.en, name.zh}) {
    if (!spelling.empty()) known_.emplace(key_of(spelling), true);
  }
}

std::optional<Item> Vocabulary::item(EntityId owner, std::string_view key) const {
  const value::Entity& entity = schema()[owner];
  for (const FactId fact : entity.facts) {
    if (names(schema()[fact].name, key)) return Item{fact, {}};
  }
  for (const ListId list : entity.lists) {
    if (names(schema()[list].name, key) || names(schema()[list].row_name, key))
      return Item{{}, list};
  }
  return std::nullopt;
}

std::optional<FactId> Vocabulary::field(ListId list, std::string_view key) const {
  for (const FactId fact : schema()[list].facts) {
    if (names(schema()[fact].name, key)) return fact;
  }
  return std::nullopt;
}

std::optional<OptionOf> Vocabulary::only_option(const std::vector<FactId>& facts,
                                                std::string_view key) const {
  std::optional<OptionOf> found;
  for (const FactId id : facts) {
    const value::Type& type = schema()[id].type;
    if (type.kind != value::TypeKind::kChoice && type.kind != value::TypeKind::kChoiceSet) continue;
    const auto& options = schema()[type.choice].options;
    for (std::size_t at = 0; at < options.size(); ++at) {
      if (!names(options[at], key)) continue;
      if (found) return std::nullopt;
      found = OptionOf{id, at};
    }
  }
  return found;
}

std::optional<OptionOf> Vocabulary::option(EntityId owner, std::string_view key) const {
  return only_option(schema()[owner].facts, key);
}

std::optional<OptionOf> Vocabulary::option(ListId list, std::string_view key) const {
  return only_option(schema()[list].facts, key);
}

std::optional<Head> Vocabulary::head(std::string_view key) const {
  for (std::size_t at = 0; at < schema().entities.size(); ++at) {
    if (!names(schema().entities[at].name, key)) continue;
    return Head{at == 0 ? Head::Kind::kHousehold : Head::Kind::kMember, EntityId{at}, {}};
  }
  for (const sema::DefinitionId role : program_->roles) {
    if (!names((*program_)[role].name, key)) continue;
    return Head{Head::Kind::kRole,
                (*program_)[role].parameters.empty()
                    ? person()
                    : (*program_)[(*program_)[role].parameters.front()].type.entity,
                {}};
  }
  // `parent`: one of the people that a fact called `parents` names.
  for (std::size_t at = 0; at < schema().facts.size(); ++at) {
    const value::Fact& fact = schema().facts[at];
    if (fact.type.kind != value::TypeKind::kMemberSet || fact.list.valid()) continue;
    if (!names(fact.name, key) && key_of(fact.name.en) != std::string(key) + "s") continue;
    return Head{Head::Kind::kBelongs, fact.type.entity, FactId{at}};
  }
  return std::nullopt;
}

std::optional<sema::ServiceId> Vocabulary::service(std::string_view key) const {
  return find_by_name<sema::Service, sema::ServiceId>(program_->services, key);
}

std::optional<sema::ScoreId> Vocabulary::score(std::string_view key) const {
  return find_by_name<sema::Score, sema::ScoreId>(program_->scores, key);
}

std::optional<sema::ReformId> Vocabulary::reform(std::string_view key) const {
  return find_by_name<sema::Reform, sema::ReformId>(program_->reforms, key);
}

bool Vocabulary::is_definition(std::string_view key) const {
  return std::any_of(program_->definitions.begin(), program_->definitions.end(),
                     [&](const auto& definition) { return names(definition.name, key); });
}

const ShortWord* Vocabulary::short_word(std::string_view key) const {
  const auto found = short_index_.find(key);
  return found == short_index_.end() ? nullptr : &short_words_[found->second];
}

bool Vocabulary::is_known(std::string_view key) const {
  return known_.contains(key) || !schema().places.by_name(key).empty();
}

std::vector<std::string> Vocabulary::item_names(EntityId owner, bool chinese) const {
  std::vector<std::string> found;
  for (const ShortWord& word : short_words_) {
    for (const std::string& spelling : word.spellings) {
      if (is_han(spelling) == chinese) found.push_back(spelling);
    }
  }
  for (const bool tongue : {chinese, !chinese}) {
    for (const FactId fact : schema()[owner].facts)
      add_name(schema()[fact].name, tongue, found);
    for (const ListId list : schema()[owner].lists) {
      add_name(schema()[list].name, tongue, found);
      add_name(schema()[list].row_name, tongue, found);
    }
  }
  return found;
}

std::vector<std::string> Vocabulary::field_names(ListId list, bool chinese) const {
  std::vector<std::string> found;
  for (const bool tongue : {chinese, !chinese}) {
    for (const FactId fact : schema()[list].facts) {
      add_name(schema()[fact].name, tongue, found);
      if (schema()[fact].type.kind != value::TypeKind::kChoice &&
          schema()[fact].type.kind != value::TypeKind::kChoiceSet)
        continue;
      for (const Bilingual& option : schema()[schema()[fact].type.choice].options)
        add_name(option, tongue, found);
    }
  }
  return found;
}

std::vector<std::string> Vocabulary::head_names(bool chinese) const {
  std::vector<std::string> found;
  for (const sema::DefinitionId role : program_->roles)
    add_name((*program_)[role].name, chinese, found);
  for (const value::Fact& fact : schema().facts) {
    if (fact.type.kind != value::TypeKind::kMemberSet || fact.list.valid()) continue;
    const std::string& name = fact.name.in(chinese);
    found.push_back(name.ends_with('s') ? name.substr(0, name.size() - 1) : name);
  }
  for (const value::Entity& entity : schema().entities)
    add_name(entity.name, chinese, found);
  return found;
}

std::vector<std::string> Vocabulary::service_names(bool chinese) const {
  return names_of(program_->services, chinese);
}
std::vector<std::string> Vocabulary::score_names(bool chinese) const {
  return names_of(program_->scores, chinese);
}
std::vector<std::string> Vocabulary::reform_names(bool chinese) const {
  return names_of(program_->reforms, chinese);
}

std::vector<std::string> Vocabulary::declared_names(bool chinese) const {
  std::vector<std::string> found;
  const auto add = [&](const std::vector<std::string>& more) {
    found.insert(found.end(), more.begin(), more.end());
  };
  add(names_of(program_->rules, chinese));
  add(names_of(program_->definitions, chinese));
  add(names_of(program_->parameters, chinese));
  add(names_of(program_->services, chinese));
  add(names_of(program_->scores, chinese));
  add(names_of(program_->reforms, chinese));
  add(names_of(program_->sources, chinese));
  add(names_of(schema().facts, chinese));
  add(names_of(schema().lists, chinese));
  return found;
}

EntityId Vocabulary::person() const { return data::person_entity(schema()); }

std::vector<ShortWord> read_short_words(const std::vector<std::string>& folders, diag::Sink& sink) {
  std::vector<ShortWord> words;
  for (const std::string& folder : folders) {
    const std::filesystem::path path = std::filesystem::path(folder) / "words.csv";
    std::error_code error;
    if (!std::filesystem::exists(path, error)) continue;
    const auto text = data::read_text_file(path.string(), "utf-8", sink);
    if (!text) continue;
    const data::CsvTable table = data::read_csv(path.string(), *text, sink);
    const auto column = [&](std::string_view name) {
      const auto at = std::find(table.columns.begin(), table.columns.end(), name);
      return static_cast<std::size_t>(at - table.columns.begin());
    };
    const std::size_t spelled = column("words");
    const std::size_t means = column("means");
    for (const std::string_view name : {"words", "means"}) {
      if (column(name) < table.columns.size()) continue;
      sink.report_data(diag::Code::kMissingColumn, {path.string(), 1, std::string(name), {}},
                       say("`words.csv` has no column `{}`", "`words.csv` 没有列 `{}`", name))
          .helps.emplace_back(say("its first line is `words,means`", "首行为 `words,means`"));
    }
    if (std::max(spelled, means) >= table.columns.size()) continue;
    for (const data::CsvRow& row : table.rows)
      words.push_back({value::split_list(row.fields[spelled]), row.fields[means]});
  }
  return words;
}

}  // namespace juzhu::session
