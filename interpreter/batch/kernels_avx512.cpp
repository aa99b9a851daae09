// The kernels as x86 processors with AVX-512 and its byte permutations run them.
#include "batch/kernels.inc"

namespace juzhu::batch {

extern const Kernels kAvx512Kernels;
constinit const Kernels kAvx512Kernels = make_kernels("avx512");

}  // namespace juzhu::batch
