// What higher norms say of lower ones, held against every declared value, rule and definition
// before anything is asked (semantics.md 5.4), in the text and under each reform: bounds on
// parameters at every place and in every stretch of days on which nothing that the limit reads
// changes; facts that rules must not rest on, with the way they are read. The checker reports what
// is found; answers that rest on it are marked.
#pragma once

#include <set>
#include <utility>
#include <vector>

#include "diag/diagnostic.h"
#include "sema/program.h"
#include "source/source_file.h"

namespace juzhu::engine {

/// A limit whose condition is not known where a value is in force.
struct Unchecked {
  sema::LimitId limit;
  std::uint32_t stack = sema::kNoReforms;
  std::vector<value::PlaceNode> places;
};
struct LimitFindings {
  std::vector<sema::Breach> breaches;
  std::vector<Unchecked> unchecked;
};

LimitFindings find_breaches(const sema::Program& program, const source::SourceMap& sources);

/// The part of it that is about one kind of limit, of the rulebook under a stack of reforms.
void find_exceeded(const sema::Program& program, sema::LimitId id, std::uint32_t stack,
                   LimitFindings& into);
void find_forbidden(const sema::Program& program, sema::LimitId id, std::uint32_t stack,
                    LimitFindings& into);
/// Days on which what a stack of reforms touches starts or ends.
std::set<std::int64_t> days_of_stack(const sema::Program& program, std::uint32_t stack);

/// The findings as the checker reports them.
void report(const sema::Program& program, const LimitFindings& findings, diag::Sink& sink);

/// Stretches [from, to] of a limit's days, cut at the given days.
std::vector<std::pair<std::int64_t, std::int64_t>> stretches(const sema::Extent& extent,
                                                             const std::set<std::int64_t>& days);
/// Notes days at a place of a breach; neighbours grow together.
void add_days(sema::Breach& breach, value::PlaceNode place,
              std::pair<std::int64_t, std::int64_t> days);
/// Notes that the place was looked at, so that what is found around it does not reach into it.
void look_at(sema::Breach& breach, value::PlaceNode place);

}  // namespace juzhu::engine
