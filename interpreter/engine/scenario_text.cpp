#include "engine/scenario_text.h"

#include <fmt/format.h>

#include "value/cover.h"
#include "value/date.h"

namespace juzhu::engine {

namespace {

using value::Cell;
using value::InputState;
using value::TypeKind;
using value::Value;

constexpr std::int64_t kMonthsAYear = 12;

class Writer {
 public:
  Writer(const value::Household& household, const value::Schema& schema)
      : household_(household), schema_(schema) {}

  std::string lines(const std::vector<Cell>& cells, const std::vector<value::FactId>& facts,
                    const std::vector<value::RowList>& lists,
                    const std::vector<value::ListId>& ids) const {
    std::vector<std::string> found;
    for (const value::FactId id : facts) {
      const value::Fact& fact = schema_[id];
      if (id == schema_.place_fact) continue;
      if (std::string line = cell_line(fact, cells[fact.column]); !line.empty())
        found.push_back(std::move(line));
    }
    for (const value::ListId id : ids) {
      const value::RowList& list = lists[schema_[id].column];
      for (const value::Row& row : list.rows)
        found.push_back(row_line(schema_[id], row));
      if (list.state == InputState::kStated && list.rows.empty())
        found.push_back(schema_[id].name.in(false) + " is none");
      if (list.state == InputState::kUnknown)
        found.push_back(schema_[id].name.in(false) + " is unknown");
    }
    return fmt::format("{}", fmt::join(found, ";\n    "));
  }

 private:
  [[nodiscard]] std::string names(std::int64_t bits) const {
    std::vector<std::string> found;
    for (std::size_t i = 0; i < household_.members.size(); ++i) {
      if ((static_cast<std::uint64_t>(bits) >> i & 1U) != 0)
        found.push_back(household_.members[i].key);
    }
    return fmt::format("{}", fmt::join(found, ", "));
  }

  [[nodiscard]] std::string options(const value::Choice& choice, std::int64_t bits) const {
    std::vector<std::string> found;
    for (std::size_t i = 0; i < choice.options.size(); ++i) {
      if ((static_cast<std::uint64_t>(bits) >> i & 1U) != 0)
        found.push_back(choice.options[i].in(false));
    }
    return fmt::format("{}", fmt::join(found, ", "));
  }

  /// Empty for what was not asked.
  [[nodiscard]] std::string cell_line(const value::Fact& fact, const Cell& cell) const {
    const std::string& name = fact.name.in(false);
    if (cell.state == InputState::kUnknown) return name + " is unknown";
    if (cell.state == InputState::kDoesNotApply) return name + " is none";
    if (cell.state == InputState::kNotAsked || !cell.value.only_value()) return {};
    const Value& value = cell.value;
    switch (fact.type.kind) {
      case TypeKind::kBoolean:
        return (value::is_true(value) ? "has " : "lacks ") + name;
      case TypeKind::kPlace:
        return name + " is " + schema_.places.path_en(static_cast<value::PlaceNode>(value.lo));
      case TypeKind::kMemberSet:
        return value.lo == 0 ? name + " is none" : name + " is { " + names(value.lo) + " }";
      case TypeKind::kMember:
        return name + " is " + names(value.lo);
      case TypeKind::kChoiceSet:
        return value.lo == 0
                   ? name + " is none"
                   : name + " is { " + options(schema_[fact.type.choice], value.lo) + " }";
      case TypeKind::kText: {
        const auto index = static_cast<std::size_t>(value.lo);
        return value.lo < 0 ? std::string()
                            : fmt::format("{} is \"{}\"", name, schema_.texts[index]);
      }
      case TypeKind::kDate:
      case TypeKind::kMonth:
        if (value.lo != value.hi) return range(name, value, fact.type.kind == TypeKind::kDate);
        return name + " is " + value::value_text(value, fact.type, schema_, false);
      case TypeKind::kNumber:
        // No literal says years and months at once.
        if (fact.type.years && value.lo % kMonthsAYear != 0)
          return fmt::format("{} is {} months", name, value.lo);
        return name + " is " + value::value_text(value, fact.type, schema_, false);
      case TypeKind::kChoice:
        return name + " is " + value::value_text(value, fact.type, schema_, false);
      case TypeKind::kError:
      case TypeKind::kQuotient:
      case TypeKind::kRow:
      case TypeKind::kRows:
      case TypeKind::kTime:
        return {};
    }
    return {};
  }

  static std::string range(const std::string& name, const Value& value, bool days) {
    const auto text = [&](std::int64_t number) {
      return days ? value::date_text(number) : value::month_text(number);
    };
    return fmt::format("{} is from {} to {}", name, text(value.lo), text(value.hi));
  }

  [[nodiscard]] std::string row_line(const value::List& list, const value::Row& row) const {
    const bool days = list.unit == value::SpellUnit::kDays;
    const auto text = [&](std::int64_t number) {
      return days ? value::date_text(number) : value::month_text(number);
    };
    std::string line = fmt::format("{} from {}", list.name.in(false), text(row.start.lo));
    if (row.end.hi != value::kForever) line += " to " + text(row.end.hi);
    std::vector<std::string> cells;
    for (const value::FactId id : list.facts) {
      std::string cell = cell_line(schema_[id], row.cells[schema_[id].column]);
      if (!cell.empty()) cells.push_back(std::move(cell));
    }
    return cells.empty() ? line : fmt::format("{} {{ {} }}", line, fmt::join(cells, "; "));
  }

  const value::Household& household_;
  const value::Schema& schema_;
};

std::string_view counting_word(ops::Counting counting) {
  switch (counting) {
    case ops::Counting::kCivilCode:
      return "civil_code";
    case ops::Counting::kBothDays:
      return "both_days";
    case ops::Counting::kCalendarMonths:
      return "calendar_months";
  }
  return {};
}

}  // namespace

std::string scenario_text(const value::Household& household, const value::Schema& schema,
                          std::string_view name, std::int64_t date,
                          const std::vector<std::string>& expectations,
                          std::optional<ops::Counting> counting) {
  const Writer writer(household, schema);
  std::string text = fmt::format("scenario {}  on {}", name, value::date_text(date));
  if (counting) text += fmt::format("  counting {}", counting_word(*counting));
  if (schema.place_fact.valid()) {
    const Value& place = household.cells[schema[schema.place_fact].column].value;
    const auto node = static_cast<value::PlaceNode>(place.lo);
    if (place.only_value() && node != value::kRootPlace)
      text += "  at " + schema.places.path_en(node);
  }
  const value::Entity& home = schema.entities.front();
  const std::string own = writer.lines(household.cells, home.facts, household.lists, home.lists);
  if (!own.empty()) text += fmt::format("\n  {} {{ {} }}", home.name.in(false), own);
  for (const value::Member& member : household.members) {
    const value::Entity& entity = schema[member.entity];
    const std::string lines = writer.lines(member.cells, entity.facts, member.lists, entity.lists);
    text += lines.empty()
                ? fmt::format("\n  {} {} {{ }}", entity.name.in(false), member.key)
                : fmt::format("\n  {} {} {{ {} }}", entity.name.in(false), member.key, lines);
  }
  for (const std::string& expectation : expectations)
    text += "\n  expect " + expectation;
  return text + "\n";
}

}  // namespace juzhu::engine
