// Loops over lanes, compiled once for each kind of machine and chosen when the program starts. They
// know numbers and masks, no rules: what a plan means is decided when a program is made from it.
//
// Threads: plain functions.
#pragma once

#include <cstddef>
#include <cstdint>

namespace juzhu::batch {

enum class Kernel : std::uint8_t {
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define JUZHU_KERNEL(name, doc) k##name,
#include "batch/kernels.def"
#undef JUZHU_KERNEL
};
inline constexpr std::size_t kKernels = static_cast<std::size_t>(Kernel::kFamilySum) + 1;

inline constexpr std::size_t kMostSteps = 12;
/// Steps: bounds that the operand may reach, and by how much the result then rises (modulo 256).
struct StepTable {
  std::uint64_t bounds[kMostSteps];
  std::uint8_t rises[kMostSteps];
};

/// One kernel at work on a block of rows. `count` is a multiple of kVector, and everything that is
/// read or written reaches that far; rows of households are read up to kVector beside the block.
inline constexpr std::size_t kVector = 64;
struct Work {
  const void* a;
  const void* b;
  const void* c;
  void* to;
  std::size_t count;
  std::uint64_t k;
  const void* table;
  std::size_t table_size;  ///< entries, or steps
  const std::uint32_t* household;
  const std::uint8_t* const* same;  ///< same[d - 1][i]: row i and row i - d are of one household
  std::size_t reach;                ///< greatest distance of two rows of a household in the block
};

struct Kernels {
  const char* name;
  void (*at[kKernels][4])(const Work&);  ///< by kernel and width; nullptr: no such width
  /// For each distance up to `reach`: 0xFF where a row and the one so far before it are of one
  /// household; from kVector rows before the block up to as many behind it.
  void (*find_same)(const std::uint32_t* household, std::size_t count, std::size_t reach,
                    std::uint8_t* const* same);
};

/// The best that this machine can run, or those of a name: "plain", "avx2", "avx512"; nullptr if it
/// cannot run them.
const Kernels& best_kernels();
const Kernels* kernels_named(const char* name);

/// Windows over households up to this many members; larger ones are gone through one by one.
inline constexpr std::size_t kMostReach = 7;

}  // namespace juzhu::batch
