// The values of names and texts.
#include <utf8proc.h>

#include <cstdlib>
#include <memory>

#include "syntax/keywords.h"
#include "syntax/parse.h"

namespace juzhu::syntax {
namespace {

bool drop_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

void drop_suffix(std::string_view& text, std::string_view suffix) {
  if (text.ends_with(suffix)) text.remove_suffix(suffix.size());
}

bool is_ascii(std::string_view text) {
  for (const char byte : text) {
    if (static_cast<unsigned char>(byte) >= 0x80U) return false;
  }
  return true;
}

}  // namespace

std::string name_of(std::string_view token_text) {
  if (drop_prefix(token_text, "「")) drop_suffix(token_text, "」");
  if (is_ascii(token_text)) return std::string(token_text);
  std::string folded = fold_width(token_text);
  utf8proc_uint8_t* composed = nullptr;
  const utf8proc_ssize_t length =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(folded.data()),
                   static_cast<utf8proc_ssize_t>(folded.size()), &composed,
                   static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(composed, &std::free);
  if (length < 0) return folded;
  return {reinterpret_cast<const char*>(composed), static_cast<std::size_t>(length)};
}

std::string string_of(std::string_view token_text) {
  // A text that its line end closed has no closing quote.
  if (drop_prefix(token_text, "\"")) {
    drop_suffix(token_text, "\"");
  } else if (drop_prefix(token_text, "“")) {
    drop_suffix(token_text, "”");
  }
  return std::string(token_text);
}

}  // namespace juzhu::syntax
