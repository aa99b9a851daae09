#include "data/csv_households.h"

#include <fmt/format.h>

#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

#include "data/columns.h"
#include "data/csv_table.h"
#include "data/household_builder.h"
#include "data/text_file.h"
#include "value/cell.h"
#include "value/plain_text.h"

namespace juzhu::data {
namespace {

using diag::Code;
using value::Schema;

/// A table, what its columns mean, and the columns' names for messages.
struct Table {
  CsvTable csv;
  Columns columns;

  [[nodiscard]] std::string key(const CsvRow& row, KeyColumn column) const {
    const auto at = columns.key(column);
    return at ? value::plain_text(row.fields[*at]) : std::string();
  }
  [[nodiscard]] Found found(const CsvRow& row, std::size_t at) const {
    return {value::plain_text(row.fields[at]),
            {csv.file, row.line_of(at), csv.columns[at], row.fields[at]}};
  }
  [[nodiscard]] Found found(const CsvRow& row, KeyColumn column) const {
    const auto at = columns.key(column);
    return at ? found(row, *at) : Found{};
  }
};

std::optional<Table> read_table(const std::string& path, TableKind kind, const Schema& schema,
                                const ReadOptions& options, diag::Sink& sink) {
  const auto text = read_text_file(path, options.encoding, sink);
  if (!text) return std::nullopt;
  CsvTable csv = read_csv(path, *text, sink);
  if (csv.columns.empty()) return std::nullopt;
  auto columns = match_columns(csv, kind, schema, sink);
  if (!columns) return std::nullopt;
  return Table{std::move(csv), std::move(*columns)};
}

/// The rows of the three tables that share a key.
struct Joined {
  std::vector<std::size_t> households;  ///< one, unless the key is used twice
  std::vector<std::size_t> persons;
  std::vector<std::size_t> spells;
};

class Join {
 public:
  Join(const Schema& schema, diag::Sink& sink, Table households, Table persons,
       std::optional<Table> spells)
      : schema_(schema),
        sink_(sink),
        households_(std::move(households)),
        persons_(std::move(persons)),
        spells_(std::move(spells)) {}

  void visit_all(const Visit& visit) {
    index_households();
    index_persons();
    if (spells_) index_spells();
    for (const std::string& key : order_) {
      if (!visit(build(key, joined_[key]))) return;
    }
  }

 private:
  void index_households() {
    for (std::size_t at = 0; at < households_.csv.rows.size(); ++at) {
      const Found key = households_.found(households_.csv.rows[at], KeyColumn::kHousehold);
      if (key.text.empty()) {
        sink_
            .report_data(Code::kOrphanRow, key.place,
                         say("this row has no key; it is left out", "此行没有编号；略去不读"))
            .helps.emplace_back(say("give the household a key that no other one has",
                                    "给该户一个不与他户相同的编号"));
        continue;
      }
      Joined& joined = joined_[key.text];
      if (joined.households.empty()) order_.push_back(key.text);
      joined.households.push_back(at);
      if (joined.households.size() == 1) continue;
      const CsvRow& first = households_.csv.rows[joined.households.front()];
      sink_
          .report_data(Code::kDuplicateKey, key.place,
                       say("household `{}` is already on line {}", "户 `{}` 已在第 {} 行", key.text,
                           first.line))
          .helps.emplace_back(
              say("give each household a key of its own; this one is left without answers",
                  "每户各用一个编号；此户不作判定"));
    }
  }

  void index_persons() {
    for (std::size_t at = 0; at < persons_.csv.rows.size(); ++at) {
      const CsvRow& row = persons_.csv.rows[at];
      const Found household = persons_.found(row, KeyColumn::kHousehold);
      const std::string person = persons_.key(row, KeyColumn::kPerson);
      if (household.text.empty()) {
        sink_
            .report_data(Code::kChildWithoutHousehold, household.place,
                         say("person `{}` has no household; the row is left out",
                             "人 `{}` 没有写明户；该行略去不读", person))
            .helps.emplace_back(
                say("write the key of the household the person lives in", "写上此人所在户的编号"));
      } else if (Joined* joined = find(household.text)) {
        if (!person.empty()) {
          joined->persons.push_back(at);
          continue;
        }
        sink_
            .report_data(Code::kOrphanRow, persons_.found(row, KeyColumn::kPerson).place,
                         say("a person of household `{}` has no key; the row is left out",
                             "户 `{}` 中有一人没有编号；该行略去不读", household.text))
            .helps.emplace_back(say("give each person a key within the household, such as C1",
                                    "给户内每人一个编号，例如 C1"));
      } else {
        report_orphan(household, say("person `{}`", "人 `{}`", person));
      }
    }
  }

  void index_spells() {
    for (std::size_t at = 0; at < spells_->csv.rows.size(); ++at) {
      const Found household = spells_->found(spells_->csv.rows[at], KeyColumn::kHousehold);
      if (Joined* joined = find(household.text)) {
        joined->spells.push_back(at);
      } else {
        report_orphan(household, say("this spell", "此时段"));
      }
    }
  }

  Joined* find(const std::string& key) {
    const auto at = joined_.find(key);
    return at == joined_.end() ? nullptr : &at->second;
  }

  void report_orphan(const Found& household, const Bilingual& what) {
    // No guess at the key: one household's key is always near another's.
    sink_
        .report_data(Code::kOrphanRow, household.place,
                     say("{} is of household `{}`, which is not in `{}`; the row is left out",
                         "{}：户 `{}` 不在 `{}` 中；该行略去不读", what, household.text,
                         households_.csv.file))
        .helps.emplace_back(say("add the household, or correct the key", "补上该户，或改正编号"));
  }

  value::Household build(const std::string& key, const Joined& joined) {
    HouseholdBuilder builder(schema_, sink_, key);
    const value::EntityId person = person_entity(schema_);
    std::map<std::string, Owner> owners{{"", kOfHousehold}};
    std::vector<std::pair<Owner, const CsvRow*>> members;
    for (const std::size_t at : joined.persons) {
      const CsvRow& row = persons_.csv.rows[at];
      const Found found = persons_.found(row, KeyColumn::kPerson);
      const Owner owner = builder.add_member(person, found, persons_.key(row, KeyColumn::kName));
      owners.emplace(found.text, owner);
      members.emplace_back(owner, &row);
    }
    if (joined.households.size() > 1) builder.fail(value::ErrorCode::kDuplicateKey);
    const CsvRow& row = households_.csv.rows[joined.households.front()];
    const Found weight = households_.found(row, KeyColumn::kWeight);
    if (!weight.text.empty()) builder.set_weight(weight);
    set_cells(builder, kOfHousehold, households_, row);
    for (const auto& [owner, member_row] : members)
      set_cells(builder, owner, persons_, *member_row);
    for (const std::size_t at : joined.spells)
      add_spell(builder, owners, spells_->csv.rows[at]);
    return builder.finish();
  }

  static void set_cells(HouseholdBuilder& builder, Owner owner, const Table& table,
                        const CsvRow& row) {
    for (std::size_t at = 0; at < row.fields.size(); ++at) {
      if (table.columns.facts[at].empty()) continue;
      const Found found = table.found(row, at);
      if (!found.text.empty()) builder.set_cell(owner, table.columns.facts[at].front(), found);
    }
  }

  void add_spell(HouseholdBuilder& builder, const std::map<std::string, Owner>& owners,
                 const CsvRow& row) {
    const Found person = spells_->found(row, KeyColumn::kPerson);
    const auto owner = owners.find(person.text);
    if (owner == owners.end()) {
      report_stranger(builder, person);
      return;
    }
    const value::EntityId entity =
        owner->second == kOfHousehold ? value::EntityId{0} : person_entity(schema_);
    const Found name = spells_->found(row, KeyColumn::kList);
    const auto list = schema_.list(entity, name.text);
    if (!list) {
      report_unknown_list(entity, name);
      return;
    }
    const Found start = spells_->found(row, KeyColumn::kStart);
    if (value::is_none_word(start.text)) {
      builder.set_no_rows(owner->second, *list, start);
    } else if (says_unknown(start.text) && row_says_nothing_else(row)) {
      builder.set_unknown_rows(owner->second, *list, start);
    } else {
      builder.add_row(owner->second, *list, row_of(*list, row, start));
    }
  }

  bool row_says_nothing_else(const CsvRow& row) {
    for (std::size_t at = 0; at < row.fields.size(); ++at) {
      const bool counts =
          !spells_->columns.facts[at].empty() || at == *spells_->columns.key(KeyColumn::kEnd);
      if (counts && !value::plain_text(row.fields[at]).empty()) return false;
    }
    return true;
  }

  FoundRow row_of(value::ListId list, const CsvRow& row, const Found& start) {
    FoundRow result{start, spells_->found(row, KeyColumn::kEnd), {}};
    for (std::size_t at = 0; at < row.fields.size(); ++at) {
      if (spells_->columns.facts[at].empty()) continue;
      const Found found = spells_->found(row, at);
      if (found.text.empty()) continue;
      std::optional<value::FactId> fact;
      for (const value::FactId candidate : spells_->columns.facts[at]) {
        if (schema_[candidate].list == list) fact = candidate;
      }
      if (fact) {
        result.cells.emplace_back(*fact, found);
      } else {
        sink_
            .report_data(
                Code::kUnknownColumn, found.place,
                say("`{}` has no fact `{}`; the value is ignored", "`{}` 没有事实 `{}`；该值被忽略",
                    schema_[list].name, spells_->csv.columns[at]))
            .helps.emplace_back(say("leave this cell empty", "将此格留空"));
      }
    }
    return result;
  }

  void report_stranger(const HouseholdBuilder& builder, const Found& person) {
    std::vector<std::string> known;
    for (const value::Member& member : builder.household().members)
      known.push_back(member.key);
    sink_
        .report_data(
            Code::kOrphanRow, person.place,
            say("this spell is of person `{}`, who is not in household `{}`; the row is left out",
                "此时段属于 `{}`，而户 `{}` 中没有此人；该行略去不读", person.text,
                builder.household().key))
        .helps.push_back(known.empty()
                             ? say("add the person to `{}`", "将此人补入 `{}`", persons_.csv.file)
                             : say("its people are {}", "户内之人为 {}",
                                   fmt::to_string(fmt::join(known, ", "))));
  }

  void report_unknown_list(value::EntityId entity, const Found& name) {
    std::vector<std::string> known;
    for (const value::ListId list : schema_[entity].lists) {
      known.push_back(schema_[list].name.en);
      known.push_back(schema_[list].name.zh);
    }
    auto& report =
        sink_.report_data(Code::kUnknownCode, name.place,
                          say("a {} has no list `{}`; the row is left out",
                              "{}没有列表 `{}`；该行略去不读", schema_[entity].name, name.text));
    if (const auto guess = diag::did_you_mean(name.text, known)) {
      report.helps.push_back(say("did you mean `{}`?", "是否想写 `{}`？", *guess));
    } else {
      report.helps.push_back(
          say("the lists are {}", "可用的列表为 {}", fmt::to_string(fmt::join(known, ", "))));
    }
  }

  const Schema& schema_;
  diag::Sink& sink_;
  Table households_;
  Table persons_;
  std::optional<Table> spells_;
  std::unordered_map<std::string, Joined> joined_;
  std::vector<std::string> order_;
};

}  // namespace

bool for_each_csv_household(const CsvFiles& files, const Schema& schema, const ReadOptions& options,
                            diag::Sink& sink, const Visit& visit) {
  auto households = read_table(files.households, TableKind::kHouseholds, schema, options, sink);
  auto persons = read_table(files.persons, TableKind::kPersons, schema, options, sink);
  std::optional<Table> spells;
  if (!files.spells.empty()) {
    spells = read_table(files.spells, TableKind::kSpells, schema, options, sink);
  }
  // Without a table that is there but unusable every answer would rest on facts nobody looked at.
  if (!households || !persons || (!files.spells.empty() && !spells)) return false;
  Join(schema, sink, std::move(*households), std::move(*persons), std::move(spells))
      .visit_all(visit);
  return true;
}

}  // namespace juzhu::data
