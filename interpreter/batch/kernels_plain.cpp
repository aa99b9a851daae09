// The kernels as every machine runs them.
#include "batch/kernels.inc"

namespace juzhu::batch {

extern const Kernels kPlainKernels;
constinit const Kernels kPlainKernels = make_kernels("plain");

}  // namespace juzhu::batch
