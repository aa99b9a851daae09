#include "data/household_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <tuple>

#include "base/check.h"
#include "data/spell_ends.h"
#include "value/cell.h"
#include "value/cover.h"
#include "value/plain_text.h"

namespace juzhu::data {
namespace {

using diag::Code;
using value::Cell;
using value::EntityId;
using value::ErrorCode;
using value::Fact;
using value::FactId;
using value::InputState;
using value::TypeKind;
using value::Value;

// A set of members is held in the bits of one number; what a household may have (32) is the
// evaluator's to say.
constexpr std::size_t kMemberBits = 62;

bool is_reference(const Fact& fact) {
  return fact.type.kind == TypeKind::kMember || fact.type.kind == TypeKind::kMemberSet;
}

/// A decimal from 0 with at most six digits after the point, in millionths.
std::optional<std::int64_t> read_millionths(std::string_view text) {
  constexpr std::size_t kDecimals = 6;
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string_view whole = text.substr(0, point);
  std::string digits(whole);
  const std::string_view fraction = text.substr(std::min(point + 1, text.size()));
  digits += fraction;
  digits.append(kDecimals - std::min(kDecimals, fraction.size()), '0');
  std::int64_t millionths = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), millionths);
  const bool read = error == std::errc{} && end == digits.data() + digits.size();
  const bool good = read && !whole.empty() && whole[0] != '-' && fraction.size() <= kDecimals;
  return good ? std::optional(millionths) : std::nullopt;
}

/// The diagnostic that goes with an error in a cell.
Code diagnostic_of(ErrorCode code) {
  if (code == ErrorCode::kUnknownCode) return Code::kUnknownCode;
  if (code == ErrorCode::kUnknownPlace) return Code::kUnknownPlace;
  if (code == ErrorCode::kEmptyRange) return Code::kEmptyRange;
  if (code == ErrorCode::kOutOfDomain) return Code::kOutOfDomain;
  return Code::kBadCell;
}

}  // namespace

bool says_unknown(std::string_view text) { return value::state_word(text) == InputState::kUnknown; }

HouseholdBuilder::HouseholdBuilder(const value::Schema& schema, diag::Sink& sink, std::string key)
    : schema_(schema), sink_(sink), household_(value::empty_household(schema, std::move(key))) {}

Value HouseholdBuilder::error_value(ErrorCode code, Owner owner) {
  return value::failure({code, 0, 0, static_cast<std::uint32_t>(owner + 1)});
}

Owner HouseholdBuilder::add_member(EntityId entity, const Found& key, const std::string& name) {
  const auto index = household_.members.size();
  const auto [at, is_new] = keys_.emplace(key.text, static_cast<std::uint32_t>(index));
  if (!is_new) {
    sink_
        .report_data(Code::kDuplicateKey, key.place,
                     say("household `{}` has a second person `{}`", "户 `{}` 中有第二个 `{}`",
                         household_.key, key.text))
        .helps.emplace_back(
            say("give each person a key of their own; this household is left without answers",
                "每人各用一个编号；此户不作判定"));
    fail(ErrorCode::kDuplicateKey);
  }
  value::Member member = value::empty_member(schema_, entity, key.text);
  member.name.en = name;
  household_.members.push_back(std::move(member));
  return static_cast<Owner>(index);
}

void HouseholdBuilder::set_weight(const Found& weight) {
  if (const auto millionths = read_millionths(weight.text)) {
    household_.weight_millionths = *millionths;
    return;
  }
  sink_
      .report_data(Code::kBadCell, weight.place,
                   say("`{}` is not a weight of household `{}`", "`{}` 不能作户 `{}` 的权重",
                       weight.place.value, household_.key))
      .helps.emplace_back(
          say("write a number from 0 with at most six decimals; the household counts once",
              "写不小于 0、最多六位小数的数；该户按一户计"));
}

void HouseholdBuilder::set_cell(Owner owner, FactId fact, const Found& found) {
  cells_of(owner)[schema_[fact].column] = read_cell(owner, schema_[fact], found);
}

std::vector<Cell>& HouseholdBuilder::cells_of(Owner owner) {
  return owner == kOfHousehold ? household_.cells
                               : household_.members[static_cast<std::size_t>(owner)].cells;
}

value::RowList& HouseholdBuilder::list_of(Owner owner, value::ListId list) {
  auto& lists = owner == kOfHousehold ? household_.lists
                                      : household_.members[static_cast<std::size_t>(owner)].lists;
  return lists[schema_[list].column];
}

void HouseholdBuilder::report_contradiction(Owner owner, value::ListId list, const Found& found,
                                            const Bilingual& also) {
  sink_
      .report_data(Code::kBadSpell, found.place,
                   say("`{}` is said to be none {}", "`{}` 既写为无{}", schema_[list].name, also))
      .helps.emplace_back(say("leave out the row that says `none`, or the others",
                              "删去写 `none` 的一行，或删去其他各行"));
  list_of(owner, list).failure = error_value(ErrorCode::kBadSpell, owner);
}

void HouseholdBuilder::set_no_rows(Owner owner, value::ListId list, const Found& found) {
  value::RowList& rows = list_of(owner, list);
  if (!rows.rows.empty()) {
    report_contradiction(owner, list, found, say("and has rows", "，又有记录"));
  } else if (rows.state == InputState::kUnknown) {
    report_contradiction(owner, list, found, say("and to be unknown", "，又写为未知"));
  }
  rows.state = InputState::kStated;
}

void HouseholdBuilder::set_unknown_rows(Owner owner, value::ListId list, const Found& found) {
  value::RowList& rows = list_of(owner, list);
  if (rows.rows.empty() && rows.state == InputState::kStated) {
    report_contradiction(owner, list, found, say("and to be unknown", "，又写为未知"));
  }
  rows.state = InputState::kUnknown;
}

void HouseholdBuilder::add_row(Owner owner, value::ListId list_id, const FoundRow& found) {
  const value::List& list = schema_[list_id];
  value::RowList& rows = list_of(owner, list_id);
  if (rows.rows.empty() && rows.state == InputState::kStated) {
    report_contradiction(owner, list_id, found.start, say("and has rows", "，又有记录"));
  }
  if (rows.state != InputState::kUnknown) rows.state = InputState::kStated;
  value::Row row;
  std::tie(row.start, row.end) = read_ends(owner, list, found);
  for (const FactId fact : list.facts) {
    row.cells.push_back({value::domain_of(schema_, schema_[fact], household_.members.size()),
                         InputState::kNotAsked});
  }
  for (const auto& [fact, cell] : found.cells) {
    row.cells[schema_[fact].column] = read_cell(owner, schema_[fact], cell);
  }
  rows.rows.push_back(std::move(row));
}

std::pair<Value, Value> HouseholdBuilder::read_ends(Owner owner, const value::List& list,
                                                    const FoundRow& row) {
  const auto read = [&](const Found& found, SpellEnd which) {
    Bilingual problem;
    if (value::state_word(found.text)) return any_spell_end(list.unit);
    if (const auto end = read_spell_end(found.text, list.unit, which, &problem)) return *end;
    sink_.report_data(Code::kBadCell, found.place, say("`{}` {}", "`{}` {}", found.text, problem))
        .helps.emplace_back(spell_end_example(list.unit));
    return error_value(ErrorCode::kBadCell, owner);
  };
  Value start = read(row.start, SpellEnd::kStart);
  const bool runs = row.end.text.empty() || row.end.text == "至今" || row.end.text == "now";
  Value end = runs ? value::number(value::kForever) : read(row.end, SpellEnd::kEnd);
  if (start.only_error() || end.only_error()) return {start, end};
  // A coarse start means its first day at the earliest, a coarse end its last day at the latest.
  if (start.lo > end.hi) {
    sink_
        .report_data(
            Code::kBadSpell, row.end.place,
            say("this spell of `{}` ends on {} before it begins on {}",
                "`{}` 的这一时段终于 {}，早于其始日 {}", list.name, row.end.text, row.start.text))
        .helps.emplace_back(say("check which of the two dates is right", "核对两个日期哪个正确"));
    start = end = error_value(ErrorCode::kBadSpell, owner);
  }
  return {start, end};
}

Cell HouseholdBuilder::read_members(Owner owner, const Fact& fact, const Found& found) {
  std::int64_t members = 0;
  const std::size_t count = household_.members.size();
  if (const auto state = value::state_word(found.text)) {
    if (*state != InputState::kDoesNotApply)
      return {value::domain_of(schema_, fact, count), *state};
    return bad_cell(owner, found, say("`{}` applies to everyone", "`{}` 适用于每个人", fact.name),
                    say("write `none` if there is nobody, `unknown` if it is not known",
                        "没有人写 `无`，不知道写 `未知`"));
  }
  const std::vector<std::string> keys = value::split_list(found.text);
  const bool one_only = fact.type.kind == TypeKind::kMember;
  if (one_only && keys.size() > 1) {
    return bad_cell(owner, found,
                    say("`{}` names {} people; there can be one", "`{}` 写了 {} 个人；只能有一个",
                        fact.name, keys.size()),
                    say("leave one key", "只留一个编号"));
  }
  for (const std::string& key : keys) {
    const auto member = keys_.find(key);
    if (member == keys_.end() || member->second >= kMemberBits ||
        household_.members[member->second].entity != fact.type.entity) {
      return bad_cell(owner, found,
                      say("there is no person `{}` in household `{}`", "户 `{1}` 中没有 `{0}` 此人",
                          key, household_.key),
                      people_text());
    }
    members |= std::int64_t{1} << member->second;
  }
  return {one_only ? value::bits(members) : value::set_between(members, members),
          InputState::kStated};
}

Bilingual HouseholdBuilder::people_text() const {
  std::vector<std::string> known;
  for (const auto& [name, index] : keys_)
    known.push_back(name);
  return say("the people of this household are {}; several are parted by `;`",
             "此户之人为 {}；多人以 `;` 分隔", fmt::to_string(fmt::join(known, ", ")));
}

Cell HouseholdBuilder::bad_cell(Owner owner, const Found& found, Bilingual message,
                                Bilingual help) {
  sink_.report_data(Code::kBadCell, found.place, std::move(message))
      .helps.push_back(std::move(help));
  return {error_value(ErrorCode::kBadCell, owner), InputState::kStated};
}

Cell HouseholdBuilder::read_cell(Owner owner, const Fact& fact, const Found& found) {
  // Keys of people are known here alone; "none" and "not applicable" mean the same as elsewhere.
  const bool names_nobody =
      value::is_none_word(found.text) || (fact.if_any && value::state_word(found.text));
  if (is_reference(fact) && !names_nobody) return read_members(owner, fact, found);
  value::CellReading reading =
      value::parse_cell(found.text, fact, schema_, household_.members.size());
  if (reading.problem.empty()) return reading.cell;
  reading.cell.value.error.entity = static_cast<std::uint32_t>(owner + 1);
  auto& report = sink_.report_data(diagnostic_of(reading.cell.value.error.code), found.place,
                                   say("`{}` {}", "`{}` {}", found.text, reading.problem));
  const auto guess = reading.sought.empty()
                         ? std::nullopt
                         : diag::did_you_mean(reading.sought, value::names_allowed(fact, schema_));
  if (guess) report.helps.push_back(say("did you mean `{}`?", "是否想写 `{}`？", *guess));
  if (!guess && !reading.help.empty()) report.helps.push_back(reading.help);
  return reading.cell;
}

void HouseholdBuilder::widen_references(std::vector<Cell>& cells,
                                        const std::vector<FactId>& facts) {
  for (const FactId id : facts) {
    Cell& cell = cells[schema_[id].column];
    const bool open = cell.state == InputState::kNotAsked || cell.state == InputState::kUnknown;
    if (open && is_reference(schema_[id])) {
      cell.value = value::domain_of(schema_, schema_[id], household_.members.size());
    }
  }
}

value::Household HouseholdBuilder::finish() {
  // Who a person may refer to is known only now that all are there.
  const auto widen_lists = [&](std::vector<value::RowList>& lists, EntityId owner) {
    for (const value::ListId list : schema_[owner].lists) {
      for (value::Row& row : lists[schema_[list].column].rows) {
        widen_references(row.cells, schema_[list].facts);
      }
    }
  };
  const EntityId household_entity{0};
  widen_references(household_.cells, schema_[household_entity].facts);
  widen_lists(household_.lists, household_entity);
  for (value::Member& member : household_.members) {
    widen_references(member.cells, schema_[member.entity].facts);
    widen_lists(member.lists, member.entity);
  }
  return std::move(household_);
}

}  // namespace juzhu::data
