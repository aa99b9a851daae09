// Whether bytes are the UTF-8 that everything behind takes for granted, and what they may be
// instead.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace juzhu::syntax {

/// Offset of the first byte that is not valid UTF-8.
std::optional<std::size_t> first_bad_byte(std::string_view bytes);

enum class EncodingGuess { kUnknown, kGb18030, kUtf16 };
/// `bad` is what first_bad_byte gave.
EncodingGuess guess_encoding(std::string_view bytes, std::size_t bad);

}  // namespace juzhu::syntax
