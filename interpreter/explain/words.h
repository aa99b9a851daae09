// The fixed words of explanations and reports in both tongues: names for people, dates, levels,
// outcomes, citations.
#pragma once

#include <string>
#include <string_view>

#include "eval/outcome.h"
#include "sema/program.h"

namespace juzhu::explain {

using value::Bilingual;

/// A name as people read it: the wanted tongue, underscores as spaces.
std::string display_name(const Bilingual& name, bool chinese);
Bilingual display_name(const Bilingual& name);
/// May the text stand for the name inside a sentence: short, and its English starts with a small
/// letter?
bool is_phrase(const Bilingual& text);
/// The service's text if it has one ("A place in a public school" → "a place in a public school"),
/// else its name.
std::string service_name(const sema::Service& service, bool chinese);
std::string member_name(const value::Household& household, std::size_t member, bool chinese);

std::string date_words(std::int64_t days, bool chinese);    ///< 1 September 2024, 2024年9月1日
std::string month_words(std::int64_t month, bool chinese);  ///< September 2024, 2024年9月
/// As value::value_text, with dates in words.
std::string value_words(const value::Value& value, const value::Type& type,
                        const value::Schema& schema, bool chinese);

/// A number of years in Chinese as an age, 6岁, where what it measures is called 年龄.
std::string years_of_age(std::string_view measured, std::string years);

std::string_view level_name(ops::Level level, bool chinese);
std::string_view confidence_name(sema::Confidence confidence, bool chinese);
std::string outcome_name(eval::OutcomeKind kind, bool chinese);
std::string_view effect_name(ops::Effect effect, bool chinese);
std::string_view state_name(value::InputState state, bool chinese);
/// What an error code means, in words: "a number left its bounds".
std::string_view error_words(value::ErrorCode code, bool chinese);

/// "art 5 para 2", 第5条第2款; empty for the source as a whole.
std::string provisions_text(const sema::Citation& citation, bool chinese);
/// "Compulsory Education Law art 12 para 2", 《义务教育法》第12条第2款; the document number follows
/// the title if there is one and `with_number`.
std::string citation_text(const sema::Program& program, const sema::Citation& citation,
                          bool chinese, bool with_number = false);

}  // namespace juzhu::explain
