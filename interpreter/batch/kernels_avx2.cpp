// The kernels as x86 processors since 2013 run them.
#include "batch/kernels.inc"

namespace juzhu::batch {

extern const Kernels kAvx2Kernels;
constinit const Kernels kAvx2Kernels = make_kernels("avx2");

}  // namespace juzhu::batch
