// Typed indices. A room keeps its things in vectors and speaks of them by Id<Thing>: four bytes,
// its own type, a "none" value. An Id is only meaningful with the store it came from.
#pragma once

#include <cstdint>
#include <functional>

namespace juzhu {

template <typename Thing>
struct Id {
  static constexpr std::uint32_t kNone = 0xFFFFFFFFU;
  std::uint32_t index = kNone;

  constexpr Id() = default;
  constexpr explicit Id(std::size_t position) : index(static_cast<std::uint32_t>(position)) {}
  [[nodiscard]] constexpr bool valid() const { return index != kNone; }
  friend constexpr bool operator==(Id left, Id right) { return left.index == right.index; }
  friend constexpr auto operator<=>(Id left, Id right) { return left.index <=> right.index; }
};

}  // namespace juzhu

template <typename Thing>
struct std::hash<juzhu::Id<Thing>> {
  std::size_t operator()(juzhu::Id<Thing> id) const noexcept { return id.index; }
};
