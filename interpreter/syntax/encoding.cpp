#include "syntax/encoding.h"

#include <utf8proc.h>

namespace juzhu::syntax {
namespace {

bool is_between(char byte, unsigned low, unsigned high) {
  const auto value = static_cast<unsigned char>(byte);
  return value >= low && value <= high;
}

/// Length of the GB18030 character at the start: 1, 2 or 4 bytes; 0 if none starts here.
std::size_t gb18030_length(std::string_view bytes) {
  if (is_between(bytes[0], 0x00, 0x7F)) return 1;
  if (bytes.size() < 2 || !is_between(bytes[0], 0x81, 0xFE)) return 0;
  if (is_between(bytes[1], 0x40, 0x7E) || is_between(bytes[1], 0x80, 0xFE)) return 2;
  const bool four = bytes.size() >= 4 && is_between(bytes[1], 0x30, 0x39) &&
                    is_between(bytes[2], 0x81, 0xFE) && is_between(bytes[3], 0x30, 0x39);
  return four ? 4 : 0;
}

}  // namespace

std::optional<std::size_t> first_bad_byte(std::string_view bytes) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    if (static_cast<unsigned char>(bytes[at]) < 0x80U) {
      ++at;
      continue;
    }
    utf8proc_int32_t point = 0;
    const auto* const here = reinterpret_cast<const utf8proc_uint8_t*>(bytes.data()) + at;
    const utf8proc_ssize_t length =
        utf8proc_iterate(here, static_cast<utf8proc_ssize_t>(bytes.size() - at), &point);
    if (length < 1) return at;
    at += static_cast<std::size_t>(length);
  }
  return std::nullopt;
}

EncodingGuess guess_encoding(std::string_view bytes, std::size_t bad) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) return EncodingGuess::kUtf16;
  // Three bytes make one Chinese character in UTF-8: a file that has some is UTF-8 with damage.
  for (const char byte : bytes.substr(0, bad)) {
    if (is_between(byte, 0xE0, 0xEF)) return EncodingGuess::kUnknown;
  }
  bool has_pairs = false;
  while (!bytes.empty()) {
    const std::size_t length = gb18030_length(bytes);
    if (length == 0) return EncodingGuess::kUnknown;
    has_pairs = has_pairs || length > 1;
    bytes.remove_prefix(length);
  }
  return has_pairs ? EncodingGuess::kGb18030 : EncodingGuess::kUnknown;
}

}  // namespace juzhu::syntax
