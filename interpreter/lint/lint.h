// Law-craft findings: what is no error and may be meant, and what a careful drafter would look at
// again before a rulebook goes out. Each has a code, a page in docs/errors/ and a switch.
#pragma once

#include <array>

#include "diag/diagnostic.h"
#include "sema/program.h"
#include "source/source_file.h"

namespace juzhu::lint {

/// What `lint` tells: the first two are findings of `check` that are matters of drafting.
inline constexpr std::array kLawCraft{diag::Code::kMissingCitation, diag::Code::kUnused,
                                      diag::Code::kBoundNotAsWritten, diag::Code::kUncappedItem,
                                      diag::Code::kNamesAlike};

/// Everything below, over the declarations of the whole program; the caller leaves out what it was
/// not asked about. Reports warnings in the order of the codes.
void lint(const sema::Program& program, const source::SourceMap& sources, diag::Sink& sink);

/// A note says "over 12 months" or 超过12个月, and the rule compares with `at least`, or the other
/// way round (Civil Code art 1259: 以上, 以下 include the number, 超过, 不满 do not).
void find_bounds_not_as_written(const sema::Program& program, const source::SourceMap& sources,
                                diag::Sink& sink);
/// A score item that counts units and has no cap, beside items of which most have one.
void find_uncapped_items(const sema::Program& program, diag::Sink& sink);
/// Names that differ only in case, width or underscores.
void find_names_alike(const sema::Program& program, diag::Sink& sink);

}  // namespace juzhu::lint
