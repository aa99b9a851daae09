// A role that stands as a collection, `some guardian among guardian`: all members of its kind (an
// AllMembers whose `b` is 1 + the role), each asked whether it has the role.
#pragma once

#include <optional>

#include "sema/program.h"

namespace juzhu::sema {

/// The role that a collection is; none for all members of a kind and everything else.
inline std::optional<std::uint32_t> role_among(const Expr& collection) {
  if (collection.operation != ops::Operation::kAllMembers || collection.b == 0) return std::nullopt;
  return collection.b - 1;
}

}  // namespace juzhu::sema
