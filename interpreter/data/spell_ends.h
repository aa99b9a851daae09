// The first and last day (or month) of a spell as a data file writes them. A coarser text than the
// list keeps, a year or a month where days are kept, is every day of it; of a list
// kept in years, a year is its first month at the start and its last at the end. An end that is
// left empty runs on.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "value/schema.h"
#include "value/value.h"

namespace juzhu::data {

enum class SpellEnd : std::uint8_t { kStart, kEnd };

/// An end in the list's own units (days or months), or nothing if the text is no such end; then
/// `problem` says why, as the second half of a sentence: "is not a day of the calendar".
std::optional<value::Value> read_spell_end(std::string_view text, value::SpellUnit unit,
                                           SpellEnd which, Bilingual* problem);

/// The widest end: any day or month that a date of the language can be.
value::Value any_spell_end(value::SpellUnit unit);

/// What to write instead.
Bilingual spell_end_example(value::SpellUnit unit);

}  // namespace juzhu::data
