// A household as the lines of a scenario, which is how a failure shows it.
#include <algorithm>

#include "eval/facts.h"
#include "households.h"
#include "value/cover.h"
#include "value/date.h"

namespace juzhu::generated {
namespace {

using value::Cell;
using value::InputState;
using value::TypeKind;

class ScenarioWriter {
 public:
  ScenarioWriter(const Household& household, const Schema& schema)
      : household_(household), schema_(schema) {}

  std::string lines(const std::vector<Cell>& cells, const std::vector<value::FactId>& facts,
                    const std::vector<value::RowList>& lists,
                    const std::vector<value::ListId>& ids) {
    std::string text;
    for (const value::FactId fact : facts) {
      if (fact == schema_.place_fact) continue;
      add(text, cell_line(schema_[fact], cells[schema_[fact].column]));
    }
    const bool complete = std::none_of(lists.begin(), lists.end(), eval::is_incomplete);
    bool nothing_else = false;
    for (const value::ListId id : ids) {
      const value::RowList& list = lists[schema_[id].column];
      const std::string name = schema_[id].name.in(false);
      for (const value::Row& row : list.rows)
        add(text, row_line(schema_[id], row));
      if (eval::is_incomplete(list)) add(text, name + " is unknown");
      const bool none = !eval::is_incomplete(list) && list.rows.empty();
      if (none && !complete) add(text, name + " is none");
      nothing_else |= none && complete;
    }
    if (nothing_else) add(text, "nothing else");
    return text;
  }

 private:
  static void add(std::string& text, const std::string& line) {
    if (!line.empty()) text += "\n    " + line + ";";
  }

  std::string cell_line(const value::Fact& fact, const Cell& cell) {
    if (fact.type.kind == TypeKind::kError) return {};
    const std::string is = fact.name.in(false) + " is ";
    if (cell.value.may_fail())
      return is +
             "unknown # cannot be read: " + std::string(value::error_name(cell.value.error.code)) +
             "\n   ";
    if (cell.state == InputState::kDoesNotApply) return is + "none";
    if (cell.state != InputState::kStated)
      return is + (cell.state == InputState::kUnknown ? "unknown" : "not_asked");
    if (fact.type.kind == TypeKind::kBoolean && value::is_known(cell.value, fact.type))
      return (value::is_true(cell.value) ? "has " : "lacks ") + fact.name.in(false);
    return is + value_text(cell.value, fact.type);
  }

  /// In years a number need not be whole.
  std::string number_text(std::int64_t number, const value::Type& type) {
    if (type.years) return std::to_string(number) + " months";
    return value::value_text(value::number(number), type, schema_, false);
  }

  std::string value_text(const Value& value, const value::Type& type) {
    if (value.may_not_apply()) return value.may_value() ? "unknown" : "none";
    if (type.kind == TypeKind::kMember || type.kind == TypeKind::kMemberSet) {
      std::string names;
      const std::int64_t bits = type.kind == TypeKind::kMember ? value.lo : value.hi;
      for (std::size_t i = 0; i < household_.members.size(); ++i) {
        if ((bits >> i & 1) != 0) names += (names.empty() ? "" : ", ") + household_.members[i].key;
      }
      const bool set = type.kind == TypeKind::kMemberSet;
      const std::string part = set && value.lo != value.hi ? " # not sure of all of them\n   " : "";
      return (set ? "{ " + names + " }" : names) + part;
    }
    if (type.kind == TypeKind::kDate && value.lo != value.hi)
      return "from " + value::date_text(value.lo) + " to " + value::date_text(value.hi);
    if (type.kind == TypeKind::kMonth && value.lo != value.hi)
      return "from " + value::month_text(value.lo) + " to " + value::month_text(value.hi);
    if (type.kind == TypeKind::kDate) return value::date_text(value.lo);
    if (type.kind == TypeKind::kBoolean && value::is_known(value, type))
      return value::is_true(value) ? "yes" : "no";
    if (type.kind == TypeKind::kText && value.lo != value::kAnyText) {
      const bool listed = value.lo >= 0;
      return "\"" +
             (listed ? schema_.texts[static_cast<std::size_t>(value.lo)] : std::string("?")) + "\"";
    }
    if (type.kind == TypeKind::kPlace)
      return schema_.places.path_en(static_cast<value::PlaceNode>(value.lo));
    if (type.kind == TypeKind::kChoiceSet) {
      std::string names;
      for (std::size_t i = 0; i < schema_[type.choice].options.size(); ++i) {
        if ((value.hi >> i & 1) != 0)
          names += (names.empty() ? "" : ", ") + schema_[type.choice].options[i].in(false);
      }
      return "{ " + names + " }" + (value.lo != value.hi ? " # not sure of all of them\n   " : "");
    }
    if (type.kind == TypeKind::kNumber && value.lo != value.hi)
      return "from " + number_text(value.lo, type) + " to " + number_text(value.hi, type);
    if (type.kind == TypeKind::kNumber) return number_text(value.lo, type);
    return value::value_text(value, type, schema_, false);
  }

  std::string row_line(const value::List& list, const value::Row& row) {
    const bool days = list.unit == value::SpellUnit::kDays;
    const auto end = [&](std::int64_t number) {
      return days ? value::date_text(number) : value::month_text(number);
    };
    std::string text = list.name.in(false) + " from " + end(row.start.lo);
    if (row.end.hi != value::kForever) text += " to " + end(row.end.hi);
    if (row.start.lo != row.start.hi)
      text += " # it may start as late as " + end(row.start.hi) + "\n   ";
    if (row.end.lo != row.end.hi) text += " # it may end as early as " + end(row.end.lo) + "\n   ";
    std::string cells;
    for (const value::FactId fact : list.facts) {
      const std::string line = cell_line(schema_[fact], row.cells[schema_[fact].column]);
      if (!line.empty()) cells += (cells.empty() ? " " : "; ") + line;
    }
    return text + (cells.empty() ? "" : " {" + cells + " }");
  }

  const Household& household_;
  const Schema& schema_;
};

}  // namespace

std::string scenario_text(const Household& household, const Schema& schema, std::int64_t date,
                          const std::string& name) {
  ScenarioWriter writer(household, schema);
  std::string text = "scenario " + name + "\n  on " + value::date_text(date);
  const Value& place = household.cells[schema[schema.place_fact].column].value;
  if (place.may_value() && place.lo != value::kRootPlace)
    text += " at " + schema.places.path_en(static_cast<value::PlaceNode>(place.lo));
  const auto node = static_cast<value::PlaceNode>(place.lo);
  if (place.hi == 1 && !schema.places[node].children.empty()) text += " # exactly there";
  const value::Entity& home = schema.entities.front();
  text += "\n  household {" +
          writer.lines(household.cells, home.facts, household.lists, home.lists) + " }";
  for (const value::Member& member : household.members) {
    const value::Entity& entity = schema[member.entity];
    text += "\n  " + entity.name.in(false) + " " + member.key + " {" +
            writer.lines(member.cells, entity.facts, member.lists, entity.lists) + " }";
  }
  return text + "\n";
}

}  // namespace juzhu::generated
