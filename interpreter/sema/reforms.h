// The rulebook after reforms (semantics.md 8). A reform maps a rulebook to a rulebook; here the map
// is laid over one Program, which only ever grows: an amended rule is one more version in its
// store, and a Stack says which versions hold while its reforms are active, and until when. So
// every index stays what it was, whatever is asked under whichever reforms.
//
// Stacks are made when first asked for; making one changes the Program, reading one does not.
#pragma once

#include <optional>
#include <vector>

#include "sema/program.h"

namespace juzhu::sema {

/// Most reforms that bodies of rules and definitions may name by `under reform`: every order of
/// them is a stack.
inline constexpr std::size_t kMostAskedReforms = 4;

/// Reforms in the order in which they act, what each stands on below it, each once.
std::vector<ReformId> stacked(const Program& program, const std::vector<ReformId>& reforms);

/// The stack of these reforms, made if it is not there, with the stacks that expressions of the
/// rulebook reach from it by `under reform`.
std::uint32_t stack_of(Program& program, const std::vector<ReformId>& reforms);

/// As stack_of for what an expression outside the rulebook's declarations (an expectation, a
/// property) asks under a reform from a stack.
void reach_stacks(Program& program, std::uint32_t stack, ExprId root);

/// The reform that a call, a question or a parameter is asked under; not valid: none.
ReformId reform_asked(const Expr& expr);

/// Reforms that bodies of rules, definitions and allocations ask under.
std::vector<ReformId> reforms_in_bodies(const Program& program);

/// Whether answers under these reforms would need themselves in a circle. Of the text and of each
/// reform by itself `check` says so; a stack made later must be asked before it is used.
bool stands_on_itself(const Program& program, std::uint32_t stack);
/// As stands_on_itself, of rules that would go before each other in a circle, under these reforms
/// or those that answers under them ask of.
bool has_order_circle(const Program& program, std::uint32_t stack);

/// The versions of an item that exist in a stack.
std::vector<VersionInStack> versions_in(const Program& program, Item item, std::uint32_t stack);

/// The version in force at a place on a date (semantics.md 5.1), with the place of its extent
/// through which it holds.
struct Chosen {
  VersionInStack version;
  PlaceNode place = value::kRootPlace;
};
std::optional<Chosen> in_force(const std::vector<VersionInStack>& versions, PlaceNode here,
                               std::int64_t date, const value::PlaceTree& places);

/// Whether two expressions say the same, whatever their text: names bound inside them may differ.
/// `left_subjects` and `right_subjects` name the one member that both speak of.
bool same_expr(const Program& program, ExprId left, ExprId right,
               const std::vector<LocalId>& left_subjects,
               const std::vector<LocalId>& right_subjects);

/// The names that a version of a rule gives its member.
std::vector<LocalId> subjects_of(const RuleVersion& version);

}  // namespace juzhu::sema
