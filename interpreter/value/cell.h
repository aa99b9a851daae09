// Reads one cell of a data file, or one fact of a scenario written as text, by the type of its fact
// (semantics.md 2.3, 3.1). Exact or not at all: no exponent, no digit beyond the declared scale, no
// day that does not exist.
//
// What a cell may say, in either tongue and in full-width characters too:
//   nothing, not_asked 未问      nobody asked
//   unknown 未知 不详 不知       asked, not known
//   not_applicable 不适用        only where the fact says `if any`
//   none 无                      the empty set; elsewhere as not_applicable
//   yes no 是 否                 yes/no
//   12  12.5  5000.00  12 months 12个月  6 years 6年  51%     numbers, with or without the unit of
//   the fact 2018-02-11 2018年2月11日     dates; 2018-02, 2018, 2018年2月: some day of it pension
//   养老                options of a choice; `a|b`: one of them; sets are parted by ; ； 、 440306
//   Shenzhen.Baoan 深圳.宝安   places 5..8  2018-01..2018-03       within these bounds, both
//   belonging
//
// Members are named by keys that only a household knows: its reader resolves them, with
// split_list(). Errors: the cell is then an error value with the code alone; where it comes from is
// for the caller to fill in.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "value/household.h"

namespace juzhu::value {

struct CellReading {
  Cell cell;
  Bilingual problem;   ///< empty if it could be read; else goes on after the text: "has 2 digits
                       ///< after the point, …"
  Bilingual help;      ///< one next step: "write a number such as 12.5"
  std::string sought;  ///< unknown-code, unknown-place: the part that nobody knows, to guess from
                       ///< names_allowed()
};

/// `member_count` is for the domain of facts about members that are not known.
CellReading parse_cell(std::string_view text, const Fact& fact, const Schema& schema,
                       std::size_t member_count = 0);

/// The names that a cell of this fact may use: options of its choice, or all places. Others: none.
std::vector<std::string> names_allowed(const Fact& fact, const Schema& schema);

/// The words for an input state, of plain text: not_asked (also of no text at all), unknown,
/// not_applicable; nothing for any other text.
std::optional<InputState> state_word(std::string_view plain);
/// none, 无.
bool is_none_word(std::string_view plain);

}  // namespace juzhu::value
