// What in a reading is to be taken with care: vague terms, parts not encoded, texts recalled or
// doubtful.
#pragma once

#include <vector>

#include "explain/explain.h"
#include "plan/plan.h"

namespace juzhu::explain {

/// Notes and marks of one declaration or list entry, without its name: who shows them has said it.
std::vector<Remark> remarks_of(const sema::Program& program, const sema::Remarks& remarks);
/// Says of a version that exists under a reform which one changed or added it.
void add_reform(const sema::Program& program, sema::ReformId reform, bool changed,
                std::vector<Remark>& remarks);
/// The marks of everything an answer rests on, each with the declaration it belongs to. Notes are
/// not marks.
std::vector<Remark> marks_of(const sema::Program& program, const plan::Plan& plan,
                             const std::vector<plan::DeclarationId>& rests_on);

}  // namespace juzhu::explain
