// The draw of a lottery as a function of its seed: anyone can check a lot, and no order of rows,
// threads or machines changes it.
#include "allocate/pool.h"

namespace juzhu::allocate {

namespace {

constexpr std::uint64_t kFnvOffset = 14695981039346656037ULL;
constexpr std::uint64_t kFnvPrime = 1099511628211ULL;
constexpr char kUnitSeparator = 0x1F;

std::uint64_t fnv1a(const std::string& text) {
  std::uint64_t hash = kFnvOffset;
  for (const char byte : text) {
    hash ^= static_cast<unsigned char>(byte);
    hash *= kFnvPrime;
  }
  return hash;
}

/// The finaliser of splitmix64: FNV alone leaves keys that differ in their last byte close
/// together.
std::uint64_t mix(std::uint64_t bits) {
  bits = (bits ^ (bits >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  bits = (bits ^ (bits >> 27U)) * 0x94D049BB133111EBULL;
  return bits ^ (bits >> 31U);
}

}  // namespace

std::uint64_t lot_of(std::uint64_t seed, const std::string& allocation, const std::string& key) {
  return mix(fnv1a(std::to_string(seed) + kUnitSeparator + allocation + kUnitSeparator + key));
}

}  // namespace juzhu::allocate
