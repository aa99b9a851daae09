#include "ops/operation.h"

namespace juzhu::ops {
namespace {

constexpr std::string_view kNames[] = {
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define JUZHU_OPERATION(name, doc) #name,
#include "ops/operations.def"
#undef JUZHU_OPERATION
};

}  // namespace

std::string_view operation_name(Operation operation) {
  return kNames[static_cast<std::size_t>(operation)];
}

}  // namespace juzhu::ops
