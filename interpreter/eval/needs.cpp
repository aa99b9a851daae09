#include "eval/needs.h"

#include <map>
#include <set>
#include <utility>

#include "eval/facts.h"
#include "eval/level_zero.h"
#include "eval/looked_at.h"
#include "eval/rows.h"

namespace juzhu::eval {
namespace {

using ops::Operation;
using value::Type;
using value::TypeKind;
using Kind = FactRef::Kind;

/// Missing facts below a slot, and the parameters of its frame that are not known: whoever ran the
/// frame knows what those were made from.
struct Missing {
  std::set<FactRef> facts;
  std::set<Slot> parameters;
};

class Walk {
 public:
  explicit Walk(const Trace& trace) : trace_(trace) {}
  const Missing& of(SlotRef at);

 private:
  [[nodiscard]] const Schema& schema() const { return *trace_.plan->schema; }
  [[nodiscard]] const Household& household() const { return *trace_.household; }
  [[nodiscard]] const Type& type_at(SlotRef at) const {
    return plan::slot_type(trace_.block(at.frame), at.slot);
  }
  [[nodiscard]] bool is_settled(SlotRef at) const;
  void add(SlotRef from, SlotRef into, Missing& missing);
  void add_fact(SlotRef at, Missing& missing) const;
  void add_cell(const Cell& cell, const FactRef& ref, Missing& missing) const;
  void add_end(SlotRef at, Missing& missing) const;
  void add_row_ends(value::ListId list, const Value& row, Missing& missing) const;
  void add_fold(SlotRef at, Missing& missing);
  void add_element(SlotRef fold, const Element& element, Missing& missing);
  void add_pick(SlotRef at, Missing& missing);
  void add_tied_rows(SlotRef at, Missing& missing) const;
  void add_row(value::ListId list, const Value& row, Missing& missing) const;

  const Trace& trace_;
  std::map<SlotRef, Missing> done_;
};

FactRef list_ref(value::ListId list, const Value& row) {
  return {Kind::kList, static_cast<std::int32_t>(row.hi), list, -1, {}};
}

bool is_exact(const Value& end) { return !end.may_value() || end.lo == end.hi; }

bool Walk::is_settled(SlotRef at) const {
  const Type& type = type_at(at);
  const Value& value = value_at(trace_, at);
  if (type.kind == TypeKind::kRows) return false;  // a name for rows; its owner may be missing
  if (type.kind == TypeKind::kBoolean && value::is_false(value)) return true;
  return value::is_known(value, type);
}

const Missing& Walk::of(SlotRef at) {
  const auto found = done_.find(at);
  if (found != done_.end()) return found->second;
  Missing missing;
  if (is_parameter(trace_, at)) {
    const bool is_row =
        type_at(at).kind == TypeKind::kRow;  // bound by a fold, which names its list
    if (!is_row && !is_settled(at)) missing.parameters.insert(at.slot);
  } else if (!is_settled(at)) {
    const Operation operation = step_at(trace_, at).operation;
    if (operation == Operation::kFact) add_fact(at, missing);
    // `here` in a plan: a constant that is known only as a wider place, as the household's is.
    if (operation == Operation::kConstant && type_at(at).kind == TypeKind::kPlace) {
      missing.facts.insert(place_ref(schema()));
    }
    if (operation == Operation::kRowStart || operation == Operation::kRowEnd) add_end(at, missing);
    if (operation == Operation::kFold) add_fold(at, missing);
    if (operation == Operation::kPick) add_pick(at, missing);
    for (const SlotRef from : looked_at(trace_, at)) {
      add(from, at, missing);
    }
  }
  return done_.emplace(at, std::move(missing)).first->second;
}

/// What is missing below `from`, which a step looked at. Parameters of another frame are the step's
/// own operands.
void Walk::add(SlotRef from, SlotRef into, Missing& missing) {
  const Missing below = of(from);
  missing.facts.insert(below.facts.begin(), below.facts.end());
  if (from.frame == into.frame) {
    missing.parameters.insert(below.parameters.begin(), below.parameters.end());
    return;
  }
  const Operation operation = step_at(trace_, into).operation;
  const bool is_fold = operation == Operation::kFold;
  const bool is_pick = operation == Operation::kPick;
  const std::size_t bound = is_pick ? bound_count(trace_, into, from.frame) : is_fold ? 1 : 0;
  for (const Slot parameter : below.parameters) {
    if (parameter < bound) continue;  // an element is exact
    // The collection of a fold stands where its element is bound; a pick's are blocks of their own.
    add(operand_at(trace_, into, is_pick ? parameter - bound : parameter), into, missing);
  }
}

void Walk::add_cell(const Cell& cell, const FactRef& ref, Missing& missing) const {
  const value::Fact& fact = schema()[ref.fact];
  const Value value = read_cell(cell, fact, schema(), household(), {});
  if (!value::is_known(value, fact.type)) missing.facts.insert(ref);
}

void Walk::add_fact(SlotRef at, Missing& missing) const {
  const plan::Step& step = step_at(trace_, at);
  const value::FactId id(step.a);
  const value::Fact& fact = schema()[id];
  const bool is_of_household = !fact.list.valid() && fact.entity.index == 0;
  if (is_of_household || step.operand_count == 0) {
    add_cell(cell_of(household(), fact, -1), {Kind::kCell, -1, {}, -1, id}, missing);
    return;
  }
  const SlotRef subject_slot = operand_at(trace_, at, 0);
  const Value& subject = value_at(trace_, subject_slot);
  if (!subject.may_value()) return;
  if (type_at(subject_slot).kind == TypeKind::kRow) {
    if (subject.lo == value::kUnknownRow) {
      missing.facts.insert(list_ref(fact.list, subject));
      return;
    }
    const RowList& list = list_of(household(), schema(), fact.list, subject.hi);
    const Row& row = list.rows[static_cast<std::size_t>(subject.lo)];
    const FactRef ref{Kind::kRowCell, static_cast<std::int32_t>(subject.hi), fact.list,
                      static_cast<std::int32_t>(subject.lo), id};
    add_cell(row.cells[fact.column], ref, missing);
    return;
  }
  for (std::size_t i = 0; i < household().members.size(); ++i) {
    if ((subject.lo & bit(i)) == 0) continue;
    const auto owner = static_cast<std::int32_t>(i);
    add_cell(cell_of(household(), fact, owner), {Kind::kCell, owner, {}, -1, id}, missing);
  }
}

void Walk::add_end(SlotRef at, Missing& missing) const {
  const SlotRef row_slot = operand_at(trace_, at, 0);
  const Value& row = value_at(trace_, row_slot);
  if (!row.may_value()) return;
  const value::ListId list = type_at(row_slot).list;
  Missing ends;
  add_row_ends(list, row, ends);
  const bool is_start = step_at(trace_, at).operation == Operation::kRowStart;
  for (const FactRef& ref : ends.facts) {
    const bool is_meant = ref.kind == (is_start ? Kind::kRowStart : Kind::kRowEnd);
    if (is_meant || ref.kind == Kind::kList) missing.facts.insert(ref);
  }
}

void Walk::add_row_ends(value::ListId list, const Value& row, Missing& missing) const {
  if (row.lo == value::kUnknownRow) {
    missing.facts.insert(list_ref(list, row));
    return;
  }
  const RowList& rows = list_of(household(), schema(), list, row.hi);
  const Row& ends = rows.rows[static_cast<std::size_t>(row.lo)];
  FactRef ref{Kind::kRowStart,
              static_cast<std::int32_t>(row.hi),
              list,
              static_cast<std::int32_t>(row.lo),
              {}};
  if (!is_exact(ends.start)) missing.facts.insert(ref);
  ref.kind = Kind::kRowEnd;
  if (!is_exact(ends.end)) missing.facts.insert(ref);
}

/// An element that may be meant: whether it is in the collection, and for a cover its ends.
void Walk::add_element(SlotRef fold, const Element& element, Missing& missing) {
  const BodyResults body = body_results(trace_, element);
  const bool is_left_out =
      value::is_false(element.present) ||
      (body.where.frame.valid() && value::is_false(value_at(trace_, body.where)));
  if (is_left_out) return;
  const Type& collection = type_at(operand_at(trace_, fold, 0));
  const bool is_row = collection.kind == TypeKind::kRows;
  const bool is_cover =
      static_cast<ops::FoldKind>(step_at(trace_, fold).a) == ops::FoldKind::kCover;
  if (!is_row) return;
  const bool is_selected =
      step_at(trace_, operand_at(trace_, fold, 0)).operation == Operation::kRowsOn;
  const bool is_open = !value::is_true(element.present);
  if (is_cover || (is_open && (is_selected || element.further))) {
    add_row_ends(collection.list, element.bound, missing);
  }
}

void Walk::add_fold(SlotRef at, Missing& missing) {
  for (const Element& element : elements_at(trace_, at)) {
    add_element(at, element, missing);
  }
}

/// Rows that may or may not be among the candidates.
void Walk::add_pick(SlotRef at, Missing& missing) {
  for (const PickLevel& level : picking_at(trace_, at).levels) {
    const SlotRef collection{level.collection, trace_.block(level.collection).results[0]};
    if (type_at(collection).kind != TypeKind::kRows) continue;
    const bool is_selected = step_at(trace_, collection).operation == Operation::kRowsOn;
    for (const Element& element : level.elements) {
      const bool is_open = !value::is_true(element.present) && !value::is_false(element.present);
      if (is_open && (is_selected || element.further)) {
        add_row_ends(type_at(collection).list, element.bound, missing);
      }
    }
  }
  add_tied_rows(at, missing);
}

/// What rows say may have to tell candidates apart that are tied (eval/tie_order.h).
void Walk::add_tied_rows(SlotRef at, Missing& missing) const {
  std::map<std::pair<std::size_t, value::ListId>, std::set<std::pair<std::int64_t, std::int64_t>>>
      chosen;  // by choice: the rows of those that may be best
  for (const PickCandidate& candidate : picking_at(trace_, at).candidates) {
    const std::vector<Type>& types = trace_.block(candidate.frame).parameters;
    for (std::size_t i = 0; candidate.may_be_best && i < candidate.chosen.size(); ++i) {
      const Value& row = candidate.chosen[i];
      if (types[i].kind == TypeKind::kRow && row.may_value())
        chosen[{i, types[i].list}].emplace(row.lo, row.hi);
    }
  }
  for (const auto& [choice, rows] : chosen) {
    if (rows.size() < 2) continue;
    for (const auto& [index, owner] : rows)
      add_row(choice.second, bound_row(index, owner), missing);
  }
}

/// All that is not known of a row.
void Walk::add_row(value::ListId list, const Value& row, Missing& missing) const {
  add_row_ends(list, row, missing);
  if (row.lo == value::kUnknownRow) return;
  const RowList& rows = list_of(household(), schema(), list, row.hi);
  for (const value::FactId id : schema()[list].facts) {
    const FactRef ref{Kind::kRowCell, static_cast<std::int32_t>(row.hi), list,
                      static_cast<std::int32_t>(row.lo), id};
    add_cell(rows.rows[static_cast<std::size_t>(row.lo)].cells[schema()[id].column], ref, missing);
  }
}

}  // namespace

std::set<FactRef> needs(const Trace& trace, FrameId frame, Slot slot) {
  return Walk(trace).of({frame, slot}).facts;
}

}  // namespace juzhu::eval
