// Text for a terminal of a given width, where East Asian characters take two columns.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace juzhu::report {

inline constexpr std::size_t kTerminalColumns = 80;

/// `text` with spaces on the left until it takes `width` columns.
std::string pad_left(std::string_view text, std::size_t width);

/// `text` broken into lines of at most `width` columns: at blanks, or between East Asian
/// characters. A word that is wider than a line has a line of its own.
std::vector<std::string> wrap(std::string_view text, std::size_t width);

/// 12345 as "12,345".
std::string grouped(std::uint64_t number);

/// "1 child", "12,345 children".
std::string number_of(std::uint64_t number, std::string_view one, std::string_view many);

/// A share of a whole in whole percent, "41 %"; "<1 %" for what rounds to nothing.
std::string percent(std::uint64_t part, std::uint64_t whole);

}  // namespace juzhu::report
