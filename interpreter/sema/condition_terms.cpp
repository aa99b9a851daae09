// Conditions become formulas: chains, quantifiers, definitions of one version. Comparisons and keys
// are in condition_keys.cpp.
#include "sema/condition_terms.h"

#include <algorithm>

namespace juzhu::sema {

using ops::FoldKind;
using ops::Operation;

ConditionTerms::ConditionTerms(const Program& program, const value::Schema& schema)
    : program_(program), schema_(schema) {
  // Pre-order numbers, so that what lies within a place is one range.
  place_order_.assign(schema.places.size(), 0);
  place_last_.assign(schema.places.size(), 0);
  std::int64_t next = 0;
  std::vector<std::pair<PlaceNode, std::size_t>> path{{value::kRootPlace, 0}};
  place_order_[value::kRootPlace] = next++;
  while (!path.empty()) {
    auto& [node, child] = path.back();
    const std::vector<PlaceNode>& children = schema.places[node].children;
    if (child == children.size()) {
      place_last_[node] = next - 1;
      path.pop_back();
      continue;
    }
    const PlaceNode below = children[child++];
    place_order_[below] = next++;
    path.emplace_back(below, 0);
  }
}

ValueSet ConditionTerms::places_within(PlaceNode place) const {
  return ValueSet::between(place_order_[place], place_last_[place]);
}

TermId ConditionTerms::term(const std::string& key, const ValueSet& domain) {
  const auto [known, added] = terms_by_key_.emplace(key, TermId{terms_.size()});
  if (added) terms_.push_back({domain, {}, {}});
  return known->second;
}

TermId ConditionTerms::today() {
  return term("today", ValueSet::between(value::kFirstDate, value::kLastDate));
}

TermId ConditionTerms::here() { return term("here", places_within(value::kRootPlace)); }

FormulaId ConditionTerms::add(Formula::Kind kind, std::vector<FormulaId> parts) {
  Formula formula;
  formula.kind = kind;
  formula.parts = std::move(parts);
  formulas_.push_back(std::move(formula));
  return FormulaId{formulas_.size() - 1};
}

FormulaId ConditionTerms::literal(TermId term, const ValueSet& when_true,
                                  const ValueSet& when_false) {
  Formula formula;
  formula.term = term;
  formula.when_true = when_true;
  formula.when_false = when_false;
  formulas_.push_back(std::move(formula));
  return FormulaId{formulas_.size() - 1};
}

FormulaId ConditionTerms::opaque(Reading reading) {
  const TermId id = term(key(reading), ValueSet({{0, 1}}, true));
  return literal(id, ValueSet::only(1), ValueSet({{0, 0}}, true));
}

FormulaId ConditionTerms::formula(ExprId condition, LocalId subject) {
  if (!condition.valid()) return add(Formula::Kind::kAll, {});
  const auto [known, added] = conditions_.emplace(std::pair{condition.index, subject.index}, 0);
  if (!added) return known->second;
  steps_ = 0;
  Bindings bindings;
  if (subject.valid()) bindings.locals[subject.index] = {"subject", {}, nullptr};
  bindings_.push_back(std::move(bindings));
  const FormulaId read_as = read({condition, &bindings_.back()});
  conditions_[{condition.index, subject.index}] = read_as;
  return read_as;
}

ConditionTerms::Reading ConditionTerms::resolved(Reading reading) const {
  while (at(reading.expr).operation == Operation::kArgument && reading.bindings != nullptr) {
    const auto bound = reading.bindings->locals.find(at(reading.expr).a);
    if (bound == reading.bindings->locals.end() || !bound->second.expr.valid()) break;
    reading = {bound->second.expr, bound->second.bindings};
  }
  return reading;
}

FormulaId ConditionTerms::read_parts(Formula::Kind kind, Reading reading) {
  std::vector<FormulaId> parts;
  for (const ExprId operand : at(reading.expr).operands)
    parts.push_back(read({operand, reading.bindings}));
  return add(kind, std::move(parts));
}

FormulaId ConditionTerms::read_if(Reading reading) {
  const std::vector<ExprId>& operands = at(reading.expr).operands;
  const FormulaId test = read({operands[0], reading.bindings});
  const FormulaId then = read({operands[1], reading.bindings});
  const FormulaId otherwise = read({operands[2], reading.bindings});
  return add(Formula::Kind::kChoice,
             {all_of({test, then}), all_of({add(Formula::Kind::kNot, {test}), otherwise})});
}

FormulaId ConditionTerms::read(Reading reading) {
  reading = resolved(reading);
  const Expr& expr = at(reading.expr);
  switch (expr.operation) {
    case Operation::kAll:
      return read_parts(Formula::Kind::kAll, reading);
    case Operation::kAny:
      return read_parts(Formula::Kind::kAny, reading);
    case Operation::kNot:
      return read_parts(Formula::Kind::kNot, reading);
    case Operation::kIf:
      return read_if(reading);
    case Operation::kFold:
      return read_fold(reading);
    case Operation::kCall:
      return read_call(reading);
    case Operation::kConstant:
      if (const Value& value = program_.constants[expr.a]; value.only_value())
        return add(value::is_true(value) ? Formula::Kind::kAll : Formula::Kind::kAny, {});
      return opaque(reading);
    default:
      return read_comparison(reading);
  }
}

const ConditionTerms::Bindings* ConditionTerms::with_element(const Bindings* outer,
                                                             std::uint32_t local) {
  Bindings inner = outer == nullptr ? Bindings{} : *outer;
  ++inner.depth;
  inner.locals[local] = {"element " + std::to_string(inner.depth), {}, nullptr};
  bindings_.push_back(std::move(inner));
  return &bindings_.back();
}

const ConditionTerms::Bindings* ConditionTerms::with_arguments(Reading call,
                                                               const DefinitionVersion& version) {
  Bindings inner;
  inner.depth = call.bindings == nullptr ? 0 : call.bindings->depth;
  const std::vector<ExprId>& arguments = at(call.expr).operands;
  for (std::size_t i = 0; i < version.parameters.size() && i < arguments.size(); ++i) {
    const Reading argument = resolved({arguments[i], call.bindings});
    inner.locals[version.parameters[i].index] = {{}, argument.expr, argument.bindings};
  }
  bindings_.push_back(std::move(inner));
  return &bindings_.back();
}

FormulaId ConditionTerms::read_fold(Reading reading) {
  const Expr& expr = at(reading.expr);
  const auto kind = static_cast<FoldKind>(expr.a);
  if (kind != FoldKind::kSome && kind != FoldKind::kEvery && kind != FoldKind::kNo)
    return opaque(reading);
  const Bindings* inner = with_element(reading.bindings, expr.b);
  const ExprId asked = expr.operands[kind == FoldKind::kEvery ? 2 : 1];
  FormulaId body = asked.valid() ? read({asked, inner}) : all_of({});
  if (kind == FoldKind::kEvery) body = add(Formula::Kind::kNot, {body});
  // `every x: φ` is `not some x: not φ`, with errors too.
  std::string name = kind == FoldKind::kEvery ? "some not " : "some ";
  const std::string collection = key({expr.operands[0], reading.bindings});
  name += collection + ": " + (asked.valid() ? key({asked, inner}) : std::string("any"));
  const TermId some = term(name, ValueSet::between(0, 1));
  terms_[some.index].collection = collection;
  terms_[some.index].body = body;
  const ValueSet yes = ValueSet::only(1);
  const ValueSet no = ValueSet::only(0);
  return kind == FoldKind::kSome ? literal(some, yes, no) : literal(some, no, yes);
}

FormulaId ConditionTerms::read_call(Reading reading) {
  const FormulaId call = opaque(reading);
  const Definition& definition = program_.definitions[at(reading.expr).a];
  // Which of several versions is in force differs by place and day.
  if (definition.versions.size() != 1 || !definition.versions.front().body.valid()) return call;
  if (!step()) return call;
  const DefinitionVersion& version = definition.versions.front();
  const FormulaId body = read({version.body, with_arguments(reading, version)});
  Formula named = formulas_[call.index];
  named.kind = Formula::Kind::kNamed;
  named.parts = {body};
  named.version = &version;
  formulas_.push_back(std::move(named));
  return FormulaId{formulas_.size() - 1};
}

}  // namespace juzhu::sema
