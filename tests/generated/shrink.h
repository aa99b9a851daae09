// The smallest program and household that still fail: pieces of text and inputs are taken away one
// at a time, guided by the syntax tree, as long as the program is accepted and the property is
// violated. It knows nothing of the generator, so a new construct needs nothing here.
#pragma once

#include <functional>

#include "property.h"

namespace juzhu::generated {

using Fails = std::function<bool(Case&)>;

/// `tries_max`: how many smaller cases are looked at.
void shrink(Case& at, const Fails& fails, std::size_t tries_max = 4000);

/// The household in a book that was made from smaller texts; nothing if it no longer fits.
std::optional<Household> refitted(const Household& household, const Book& from, const Book& to);

}  // namespace juzhu::generated
