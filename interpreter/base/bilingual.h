// A text in both tongues: a name of the author, or a sentence made for whoever reads it. A name may
// lack one of them and then stands in the other; a sentence made by say() has both. There is no way
// to make one of a single text by accident: a site that speaks one tongue does not compile.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace juzhu {

struct Bilingual {
  std::string en;
  std::string zh;

  Bilingual() = default;
  Bilingual(std::string english, std::string chinese)
      : en(std::move(english)), zh(std::move(chinese)) {}

  /// In the wanted tongue if there is one, else in the other.
  [[nodiscard]] const std::string& in(bool chinese) const {
    return (chinese && !zh.empty()) || en.empty() ? zh : en;
  }
  [[nodiscard]] bool is(std::string_view name) const {
    return !name.empty() && (name == en || name == zh);
  }
  [[nodiscard]] bool empty() const { return en.empty() && zh.empty(); }
  friend bool operator==(const Bilingual&, const Bilingual&) = default;
  /// In each tongue what the other text says in it.
  Bilingual& operator+=(const Bilingual& more) {
    en += more.in(false);
    zh += more.in(true);
    return *this;
  }
};

/// What stands in for a part of a sentence: of a text in both tongues the one that is spoken, of
/// anything else itself.
template <typename Part>
const auto& part_in(const Part& part, bool chinese) {
  if constexpr (std::is_same_v<Part, Bilingual>) {
    return part.in(chinese);
  } else {
    static_cast<void>(chinese);
    return part;
  }
}
template <typename Part>
using PartText = std::remove_cvref_t<decltype(part_in(std::declval<const Part&>(), false))>;

/// One sentence in both tongues: `{}` stands for each part in turn, `{0}` for the first. The
/// compiler holds both patterns to the parts.
template <typename... Parts>
Bilingual say(fmt::format_string<const PartText<Parts>&...> en,
              fmt::format_string<const PartText<Parts>&...> zh, const Parts&... parts) {
  return {fmt::format(en, part_in(parts, false)...), fmt::format(zh, part_in(parts, true)...)};
}

/// What a function that speaks one tongue says in each: in_both([&](bool chinese) { … }).
template <typename Speak>
Bilingual in_both(const Speak& speak) {
  return {speak(false), speak(true)};
}

/// A text that is the same in both tongues: a number, a word as the author wrote it, a path.
inline Bilingual as_written(std::string_view text) {
  return {std::string(text), std::string(text)};
}

}  // namespace juzhu
