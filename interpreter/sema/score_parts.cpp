#include "sema/score_parts.h"

#include "sema/role_among.h"

#include <algorithm>

namespace juzhu::sema {

using ops::Operation;

namespace {

const Type kPoints = value::number_type(0, value::base_unit(value::kPointUnit));

}  // namespace

ScoreParts::ScoreParts(Checker& checker, ScoreId score, std::size_t version)
    : checker_(checker),
      program_(checker.program_),
      score_(score),
      index_(version),
      place_(checker.score_places_[score.index][version]),
      tree_(*place_.file->tree),
      version_(checker.program_.scores[score.index].versions[version]) {
  scope_.file = place_.file;
  scope_.counting = version_.remarks.counting.value_or(ops::Counting::kCivilCode);
  scope_.score = this;
}

void ScoreParts::check() {
  subject();
  choices();
  find_lets(version_.components, place_.node);
  for (Let& let : lets_)
    check_let(let);
  for (const Written& each : written(version_.components, place_.node))
    check_component(*each.component, each.node);
  version_.sum = sum_of(version_.components, false, version_.name_span);
  for (const NodeId caps : tree_.children(place_.node, NodeKind::kCaps)) {
    version_.cap = cap_of(caps, false);
    version_.floor = cap_of(caps, true);
  }
  define(version_.value, capped(version_.sum, version_.cap, version_.floor, version_.name_span), {},
         {});
  total_ = call(version_.value, version_.name_span);
  fill_read(program_[score_].total, total_);
  for (const Choosing& choice : version_.choices) {
    for (const ScorePart& part : program_[score_].parts) {
      if (!part.name.is(program_[choice.local].name)) continue;
      fill_read(part.read, argument(choice.local, program_[choice.local].span));
      break;
    }
  }
  fill_reads(version_.components);  // an item goes before a choice of its name
  program_.scores[score_.index].versions[index_] = std::move(version_);
}

void ScoreParts::subject() {
  const NodeId each = tree_.child(place_.node, NodeKind::kForEach);
  const syntax::Token* noun = tree_.token(each, TokenKind::kNAME);
  if (tree_.child(each, NodeKind::kSum).valid()) {
    RuleVersion bound;
    Type of_set = program_[score_].subject;
    if (!checker_.bind_subject(*noun, each, scope_, bound, of_set)) {
      // Reported there; the components still have somebody to speak of.
      version_.subject = checker_.add_local(*place_.file, *noun, program_[score_].subject);
      scope_.locals.push_back(version_.subject);
      return;
    }
    if (of_set.entity != program_[score_].subject.entity) {
      checker_.sink_
          .report(diag::Code::kTypeMismatch, tree_.span(each),
                  say("this score is that of {}, the set holds {}", "此积分是{}的，集合由{}组成",
                      checker_.type_text(program_[score_].subject), checker_.type_text(of_set)),
                  say("another kind of member", "另一种成员"))
          .helps.emplace_back(
              say("name a set of the members whose score it is", "写出积分所属成员的集合"));
    }
    version_.subject = bound.subject;
    version_.concerns = bound.concerns;
    return;
  }
  version_.subject = checker_.add_local(*place_.file, *noun, program_[score_].subject);
  scope_.locals.push_back(version_.subject);
  if (const NodeId where = tree_.child(each, NodeKind::kExpr); where.valid()) {
    version_.concerns = checker_.check_condition(scope_, where);
  }
}

void ScoreParts::choices() {
  scope_.score = nullptr;  // what is chosen cannot hang on what follows from it
  for (const NodeId node : tree_.children(place_.node, NodeKind::kChoosing)) {
    const syntax::Token* name = tree_.token(node, TokenKind::kNAME);
    if (name == nullptr) continue;
    Choosing choice;
    choice.collection = checker_.check_collection(scope_, tree_.child(node, NodeKind::kSum));
    const auto bound = checker_.element_type(choice.collection);
    choice.local = checker_.add_local(*place_.file, *name, bound.value_or(Type{}));
    scope_.locals.push_back(choice.local);
    if (const NodeId where = tree_.child(node, NodeKind::kExpr); where.valid()) {
      choice.where = checker_.check_condition(scope_, where);
    }
    if (const auto role = role_among(checker_.at(choice.collection)); role && bound) {
      const Span span = checker_.at(choice.collection).span;
      const ExprId filter = checker_.role_condition(*bound, *role, choice.local, span);
      choice.where = choice.where.valid()
                         ? checker_.make(ops::Operation::kAll, value::boolean_type(), span,
                                         {filter, choice.where})
                         : filter;
    }
    choice.if_any = tree_.has(node, TokenKind::kIF_ANY);
    version_.choices.push_back(choice);
  }
  scope_.score = this;
}

std::vector<ScoreParts::Written> ScoreParts::written(std::vector<Component>& components,
                                                     NodeId parent) const {
  std::vector<Written> found;
  for (const NodeId wrapper : tree_.children(parent, NodeKind::kComponent)) {
    for (const NodeId node : tree_.children(wrapper)) {
      if (found.size() < components.size()) found.push_back({&components[found.size()], node});
    }
  }
  return found;
}

void ScoreParts::find_lets(std::vector<Component>& components, NodeId parent) {
  for (const Written& each : written(components, parent)) {
    if (each.component->kind == PartKind::kLet) lets_.push_back({each.component, each.node});
    find_lets(each.component->children, each.node);
  }
}

ExprId ScoreParts::read(std::string_view name, Span span) {
  for (Let& let : lets_) {
    if (!program_[score_].parts[let.component->part].name.is(name)) continue;
    if (let.state == State::kAtWork) {
      checker_.sink_
          .report(diag::Code::kCycle, span,
                  say("`{}` is read while it is worked out", "正在计算 `{}` 时又读取了它", name),
                  say("needs itself", "需要它自身"))
          .helps.emplace_back(say("let one of them stand on facts alone", "让其中一个只依据事实"));
      return checker_.broken(span);
    }
    check_let(let);
    if (checker_.is_broken(let.component->written)) return checker_.broken(span);
    return call(let.component->value, span);
  }
  return {};
}

ExprId ScoreParts::expression(NodeId node, const Type* want) {
  const NodeId table = tree_.child(node, NodeKind::kTable);
  return checker_.needs_rounding(
      checker_.check(scope_, table.valid() ? table : tree_.child(node, NodeKind::kExpr), want));
}

void ScoreParts::check_let(Let& let) {
  if (let.state != State::kUnchecked) return;
  let.state = State::kAtWork;
  const ops::Counting counting = scope_.counting;
  scope_.counting = let.component->remarks.counting.value_or(counting);
  Component& component = *let.component;
  component.written = expression(let.node, nullptr);
  scope_.counting = counting;
  const Type type = checker_.type(component.written);
  const ExprId none = checker_.constant(value::not_applicable(), type, component.name_span);
  define(component.value, if_chosen(component.written, none, component.name_span),
         component.remarks, component.text);
  let.state = State::kChecked;
}

void ScoreParts::check_component(Component& component, NodeId node) {
  if (component.kind == PartKind::kLet) return;
  const ops::Counting counting = scope_.counting;
  scope_.counting = component.remarks.counting.value_or(counting);
  const NodeId caps = tree_.child(node, NodeKind::kCaps);
  component.cap = cap_of(caps, false);
  component.floor = cap_of(caps, true);
  if (component.kind == PartKind::kItem) {
    check_item(component, node);
  } else {
    check_group(component, node);
  }
  scope_.counting = counting;
}

void ScoreParts::check_item(Component& component, NodeId node) {
  const Span span = component.name_span;
  component.written = checker_.as_points(expression(node, &kPoints),
                                         say("the value of `{}`", "`{}` 的值", component.name));
  if (const NodeId when = tree_.child(node, NodeKind::kWhen); when.valid()) {
    component.when = checker_.check_condition(scope_, tree_.child(when, NodeKind::kExpr));
  }
  ExprId points = component.written;
  const Type type = checker_.type(points);
  if (checker_.is_broken(points)) {
    define(component.value, checker_.constant(value::number(0), kPoints, span), component.remarks,
           component.text);
    return;
  }
  const ExprId zero = checker_.constant(value::number(0), type, span);
  if (component.when.valid()) {
    points = checker_.make(Operation::kIf, type, span, {component.when, points, zero});
  }
  points = checker_.make(Operation::kOrIfNone, type, span, {points, zero});
  points = capped(points, component.cap, component.floor, span);
  Type wide = type;
  wide.scale = checker_.type(points).scale;
  define(component.value, if_chosen(points, checker_.constant(value::number(0), wide, span), span),
         component.remarks, component.text);
}

void ScoreParts::check_group(Component& component, NodeId node) {
  for (const Written& each : written(component.children, node))
    check_component(*each.component, each.node);
  component.written =
      sum_of(component.children, component.kind == PartKind::kBestOf, component.name_span);
  define(component.value,
         capped(component.written, component.cap, component.floor, component.name_span),
         component.remarks, component.text);
}

ExprId ScoreParts::sum_of(const std::vector<Component>& components, bool best, Span span) {
  std::vector<ExprId> terms;
  Type common = kPoints;
  for (const Component& component : components) {
    if (component.kind == PartKind::kLet) continue;
    terms.push_back(call(component.value, component.name_span));
    common.scale = std::max(common.scale, checker_.type(terms.back()).scale);
  }
  if (terms.empty()) return checker_.constant(value::number(0), kPoints, span);
  const Operation operation = best ? Operation::kGreatest : Operation::kSum;
  Expr sum{operation, common, span, std::move(terms), 0, 0, {}};
  if (!best) sum.extra.assign(sum.operands.size(), 0);
  return checker_.make(std::move(sum));
}

ExprId ScoreParts::cap_of(NodeId node, bool floor) {
  if (!node.valid()) return {};
  const NodeId bound = tree_.child(node, floor ? NodeKind::kNotBelow : NodeKind::kCappedAt);
  if (!bound.valid()) return {};
  return checker_.as_points(checker_.check(scope_, tree_.child(bound, NodeKind::kSum), &kPoints),
                            floor ? say("a lower bound", "下限") : say("a cap", "上限"));
}

ExprId ScoreParts::capped(ExprId value, ExprId cap, ExprId floor, Span span) {
  const auto bounded = [&](Operation operation, ExprId inner, ExprId bound) {
    if (!bound.valid() || checker_.is_broken(bound) || checker_.is_broken(inner)) return inner;
    Type type = checker_.type(inner);
    type.scale = std::max(type.scale, checker_.type(bound).scale);
    const ExprId result = checker_.make(operation, type, span, {inner, bound});
    // A bound that follows from what could not be chosen bounds nothing.
    const bool hangs_on_choice = std::any_of(
        version_.choices.begin(), version_.choices.end(),
        [&](const Choosing& choice) { return choice.if_any && reads(bound, choice.local); });
    return hangs_on_choice
               ? if_chosen(result, checker_.as_type(inner, type, say("this", "此处")), span)
               : result;
  };
  return bounded(Operation::kGreatest, bounded(Operation::kLeast, value, cap), floor);
}

ExprId ScoreParts::argument(LocalId local, Span span) {
  return checker_.make(Operation::kArgument, program_[local].type, span, {}, local.index);
}

ExprId ScoreParts::call(DefinitionId value, Span span) {
  std::vector<ExprId> arguments{argument(version_.subject, span)};
  for (const Choosing& choice : version_.choices)
    arguments.push_back(argument(choice.local, span));
  return checker_.make(Operation::kCall, program_[value].type, span, std::move(arguments),
                       value.index);
}

bool ScoreParts::reads(ExprId expr, LocalId local) const {
  std::vector<ExprId> open{expr};
  while (!open.empty()) {
    const ExprId id = open.back();
    open.pop_back();
    if (!id.valid()) continue;
    const Expr& each = program_[id];
    if (each.operation == Operation::kArgument && each.a == local.index) return true;
    const auto let = std::find_if(lets_.begin(), lets_.end(), [&](const Let& known) {
      return each.operation == Operation::kCall && known.component->value.index == each.a;
    });
    if (let != lets_.end()) {
      open.push_back(let->component->written);  // its call passes every choice, read or not
      continue;
    }
    open.insert(open.end(), each.operands.begin(), each.operands.end());
  }
  return false;
}

ExprId ScoreParts::if_chosen(ExprId expr, ExprId instead, Span span) {
  if (checker_.is_broken(expr)) return expr;
  for (const Choosing& choice : version_.choices) {
    if (!choice.if_any || !reads(expr, choice.local)) continue;
    const ExprId given = checker_.make(Operation::kGiven, value::boolean_type(), span,
                                       {argument(choice.local, span)});
    const Type type = checker_.type(expr);
    expr = checker_.make(Operation::kIf, type, span, {given, expr, instead});
  }
  return expr;
}

void ScoreParts::define(DefinitionId id, ExprId body, const Remarks& remarks,
                        const Bilingual& text) {
  Definition& definition = program_.definitions[id.index];
  definition.type = checker_.type(body);
  definition.parameters = {version_.subject};
  for (const Choosing& choice : version_.choices)
    definition.parameters.push_back(choice.local);
  DefinitionVersion& version = definition.versions.front();
  version.parameters = definition.parameters;
  version.body = body;
  version.remarks = remarks;
  version.text = text;
}

ExprId ScoreParts::picked(ExprId element, Span span) {
  if (version_.choices.empty()) return element;
  Expr pick{Operation::kPick, checker_.type(element), span, {}, 0, 0, {}};
  pick.a = static_cast<std::uint32_t>(version_.choices.size());
  for (const Choosing& choice : version_.choices) {
    pick.operands.push_back(choice.collection);
    pick.operands.push_back(choice.where);
    pick.extra.push_back(choice.local.index);
    pick.extra.push_back(choice.if_any ? 1 : 0);
  }
  pick.operands.push_back(total_);
  pick.extra.push_back(0);  // the highest total goes first
  pick.operands.push_back(element);
  return checker_.make(std::move(pick));
}

void ScoreParts::fill_read(DefinitionId id, ExprId element) {
  const bool broken_choice =
      std::any_of(version_.choices.begin(), version_.choices.end(),
                  [&](const Choosing& choice) { return checker_.is_broken(choice.collection); });
  const Span span = checker_.at(element).span;
  ExprId body = broken_choice ? checker_.broken(span) : picked(element, span);
  if (version_.concerns.valid() && !checker_.is_broken(body)) {
    const Type type = checker_.type(body);
    const ExprId none = checker_.constant(value::not_applicable(), type, span);
    body = checker_.make(Operation::kIf, type, span, {version_.concerns, body, none});
  }
  DefinitionVersion& version = program_.definitions[id.index].versions[index_];
  version.parameters = {version_.subject};
  version.body = body;
}

void ScoreParts::fill_reads(const std::vector<Component>& components) {
  for (const Component& component : components) {
    if (!checker_.is_broken(component.written)) {
      fill_read(program_[score_].parts[component.part].read,
                call(component.value, component.name_span));
    }
    fill_reads(component.children);
  }
}

}  // namespace juzhu::sema
