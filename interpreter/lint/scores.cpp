// Score items without a cap beside items that have one.
#include <algorithm>

#include "lint/lint.h"

namespace juzhu::lint {
namespace {

using ops::Operation;

/// Does the value grow with what it counts, without an end of its own?
bool grows(const sema::Program& program, sema::ExprId id) {
  const sema::Expr& expr = program[id];
  switch (expr.operation) {
    case Operation::kFullUnits:
    case Operation::kStartedUnits:
      return true;
    case Operation::kLeast:  // of the value and a bound
      return false;
    default:
      return std::any_of(expr.operands.begin(), expr.operands.end(),
                         [&](sema::ExprId operand) { return grows(program, operand); });
  }
}

void look_at(const sema::Program& program, const std::vector<sema::Component>& components,
             diag::Sink& sink) {
  const sema::Component* capped = nullptr;
  std::size_t with_cap = 0;
  std::vector<const sema::Component*> without;
  for (const sema::Component& component : components) {
    look_at(program, component.children, sink);
    if (component.kind != sema::PartKind::kItem) continue;
    if (component.cap.valid()) {
      ++with_cap;
      if (capped == nullptr) capped = &component;
    } else if (component.written.valid() && grows(program, component.written)) {
      without.push_back(&component);
    }
  }
  if (capped == nullptr || without.size() >= with_cap) return;
  for (const sema::Component* const item : without) {
    diag::Diagnostic& report =
        sink.report(diag::Code::kUncappedItem, item->name_span,
                    say("the item `{}` has no cap, and most items beside it have one",
                        "计分项 `{}` 没有上限，而同组的计分项多有上限", item->name),
                    say("grows without end", "可无限累加"));
    report.labels.push_back({capped->name_span, say("has a cap", "有上限")});
    report.helps.push_back(say("add `capped at …`, or note that the text has none",
                               "加上 `上限 …`，或注明条文没有上限"));
  }
}

}  // namespace

void find_uncapped_items(const sema::Program& program, diag::Sink& sink) {
  for (const sema::Score& score : program.scores) {
    for (const sema::ScoreVersion& version : score.versions)
      look_at(program, version.components, sink);
  }
}

}  // namespace juzhu::lint
