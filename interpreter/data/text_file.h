// Reads a data file as UTF-8 text, whatever it was written in: a byte-order mark is dropped,
// GB18030 is converted when asked for, and bytes that are no UTF-8 are refused with a guess at what
// they are. Line breaks stay as they are.
//
// Errors go to the sink: missing-file, unreadable-file, file-too-large, empty-file, not-utf8,
// unknown-option (an encoding nobody knows).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "diag/diagnostic.h"

namespace juzhu::data {

/// The largest data file that is read in one piece.
inline constexpr std::size_t kFileBytesMax = std::size_t{1} << 30U;

/// The text of a file, or nothing if it cannot be used. `encoding` is "utf-8" or "gb18030", in any
/// spelling that people use ("UTF8", "gbk", "gb2312").
std::optional<std::string> read_text_file(const std::string& path, std::string_view encoding,
                                          diag::Sink& sink);

/// Whether there is an encoding of this name.
bool is_known_encoding(std::string_view name);

/// Offset of the first byte that is not UTF-8, or nothing.
std::optional<std::size_t> first_bad_byte(std::string_view text);

/// GB18030 as UTF-8, or nothing if some bytes are not GB18030; `bad` is then the offset of the
/// first of them.
std::optional<std::string> utf8_from_gb18030(std::string_view bytes, std::size_t* bad = nullptr);

}  // namespace juzhu::data
