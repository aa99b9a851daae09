#include "batch/kernels.h"

#include <array>
#include <cstring>

namespace juzhu::batch {

extern const Kernels kPlainKernels;
#if defined(JUZHU_X86_KERNELS)
extern const Kernels kAvx2Kernels;
extern const Kernels kAvx512Kernels;
#endif

const Kernels* kernels_named(const char* name) {
  const auto is = [&](const char* other) { return std::strcmp(name, other) == 0; };
  if (is("plain")) return &kPlainKernels;
#if defined(JUZHU_X86_KERNELS)
  const bool has_avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2");
  const bool has_avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                          __builtin_cpu_supports("avx512dq") &&
                          __builtin_cpu_supports("avx512vl") &&
                          __builtin_cpu_supports("avx512vbmi");
  if (is("avx2") && has_avx2) return &kAvx2Kernels;
  if (is("avx512") && has_avx512) return &kAvx512Kernels;
#endif
  return nullptr;
}

const Kernels& best_kernels() {
  static const Kernels* const kBest = [] {
    for (const char* name : {"avx512", "avx2"}) {
      if (const Kernels* found = kernels_named(name)) return found;
    }
    return &kPlainKernels;
  }();
  return *kBest;
}

}  // namespace juzhu::batch
