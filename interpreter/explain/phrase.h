// Typed expressions as words: "Li's months of both insurances is at least 12 months",
// 李的双险月数至少12个月. The words are the author's names and texts and the language's own
// operators, so that what an explanation says can be found again in the rule file. Names bound by a
// rule or a quantifier read as the member they stand for.
//
// A text that starts with a small letter ("months of both insurances") is a phrase: it stands in
// for the name. Any other text is a remark about the thing and is shown beside it, never inside a
// sentence.
//
// Ownership: a Context refers to the program, the trace and the household, which must outlive it.
#pragma once

#include <map>
#include <string>

#include "eval/outcome.h"
#include "sema/program.h"

namespace juzhu::explain {

using value::Bilingual;
using value::Household;
using value::Type;
using value::Value;

/// What a name of the program stands for in one frame of a trace.
struct Bound {
  Value value;
  Bilingual
      role;  ///< parent, child: what the rule calls it, kept when a definition calls it `person`
  bool one_of_several = false;  ///< bound by a quantifier: "a parent", else "the child"
};

/// How an expression is read: with which members, at which place of a trace. All but the program
/// may be left out.
struct Context {
  const sema::Program* program = nullptr;
  const Household* household = nullptr;  ///< none: members are called by their role
  const eval::Trace* trace = nullptr;    ///< none: parameters and dates are called by their names
  eval::FrameId frame;
  std::map<std::uint32_t, Bound> bound;  ///< by LocalId
  bool with_members = true;              ///< false: "a parent" even where the member is known
};

/// The expression in words. Conditions read as sentences, everything else as a noun.
std::string phrase(const Context& context, sema::ExprId expr, bool chinese);
/// The condition with the other truth: "is not within Shenzhen", "has no usable permit".
std::string phrase_denied(const Context& context, sema::ExprId expr, bool chinese);
Bilingual phrase(const Context& context, sema::ExprId expr);

/// A condition of a failing set as a label. With members: "Li's insured months is at least 12
/// months"; without, so that reports can group: "a parent's insured months is at least 12 months".
std::string leaf_label(const sema::Program& program, const eval::Outcome& outcome,
                       const eval::Leaf& leaf, bool chinese, bool with_members);

}  // namespace juzhu::explain
