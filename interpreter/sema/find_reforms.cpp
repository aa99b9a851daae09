// What can be said of reforms before anything runs (semantics.md 8): changes that change nothing,
// changes that clash, and rules left reading what a reform repealed.
#include <algorithm>

#include "sema/checker.h"
#include "sema/extent.h"
#include "value/date.h"

namespace juzhu::sema {

using ops::Operation;

Bilingual Checker::reforms_text(std::uint32_t stack) const {
  Bilingual names;
  for (const ReformId id : program_.stacks[stack].reforms) {
    if (!names.empty()) names += say(", ", "、");
    names += program_[id].name;
  }
  return names.empty() ? names : say("under {}, ", "依改革 {}，", names);
}

void Checker::make_stacks() {
  const std::vector<ReformId> asked = reforms_in_bodies(program_);
  if (asked.size() > kMostAskedReforms) {
    sink_
        .report(diag::Code::kTooMany, program_[asked.back()].name_span,
                say("rules and definitions ask under more than {} reforms",
                    "规则和定义所依的改革超过 {} 项", kMostAskedReforms),
                say("one too many", "多出一个"))
        .helps.emplace_back(say("ask from outside: `juzhu compare`, or a scenario's `under reform`",
                                "从外部提问：`juzhu compare`，或在情形中写 `依改革`"));
    return;
  }
  stack_of(program_, {});
  // Properties and limits ask the text; what they ask under a reform stands on it.
  for (const Property& property : program_.properties) {
    for (const ExprId each : {property.premise, property.conclusion, property.measured})
      reach_stacks(program_, kNoReforms, each);
    for (const Property::Binder& binder : property.binders) {
      reach_stacks(program_, kNoReforms, binder.among);
      reach_stacks(program_, kNoReforms, binder.concerns);
    }
  }
  for (std::uint32_t i = 0; i < program_.reforms.size(); ++i) {
    const ReformId id{i};
    const std::uint32_t stack = stack_of(program_, {id});
    reform_stacks_.push_back(stack);
    report_idle(id, program_.stacks[stack]);
    find_clashes(id);
    find_repealed_reads(id);
  }
  // Limits bind under every reform that anything asks under; there may be more of these the more
  // limits are looked at.
  for (std::uint32_t stack = 0; stack < program_.stacks.size(); ++stack) {
    for (const Limit& limit : program_.limits) {
      reach_stacks(program_, stack, limit.concerns);
      reach_stacks(program_, stack, limit.holds);
    }
  }
}

void Checker::report_idle(ReformId id, const Stack& stack) {
  for (const std::size_t index : stack.idle) {
    const Change& change = program_[id].changes[index];
    const Bilingual& name =
        change.item.kind == ItemKind::kRule         ? program_.rules[change.item.index].name
        : change.item.kind == ItemKind::kDefinition ? program_.definitions[change.item.index].name
                                                    : program_.parameters[change.item.index].name;
    const Bilingual where =
        change.place ? say(" at {}", "在{}", schema_->places.path(*change.place)) : Bilingual{};
    const Bilingual when = program_[id].is_dated()
                               ? Bilingual{" on or after " + value::date_text(program_[id].from),
                                           value::date_text_zh(program_[id].from) + "及以后"}
                               : Bilingual{};
    const bool drops = change.kind == ChangeKind::kDrops;
    diag::Diagnostic& diagnostic = sink_.report(
        diag::Code::kReformWithoutEffect, change.span,
        drops ? say("`{}` has no such condition{}", "{1}`{0}` 没有这样的条件", name, when)
              : say("no version of `{}` is in force{}{}", "{2}{1}没有 `{0}` 的版本施行", name,
                    where, when),
        say("changes nothing", "没有任何改动"));
    Bilingual help = say(
        "check the place and the day; a version that holds more widely is not ended at one place",
        "核对地点和日期；在更大范围施行的版本不会只在一地终止");
    if (drops) {
      help = say(
          "name a condition of its `when`, one of an `all of` or of an `and`, as the rule has it",
          "按规则的原样写其 `当` 中的一个条件，即 `全部满足` 或 `且` 中的一个");
      std::vector<std::string> written;
      for (const RuleVersion& version : program_.rules[change.item.index].versions) {
        if (!version.condition.valid()) continue;
        const Expr& whole = at(version.condition);
        std::vector<ExprId> parts{version.condition};
        if (whole.operation == Operation::kAll) parts = whole.operands;
        for (const ExprId part : parts)
          written.emplace_back(input_.sources->text(at(part).span));
      }
      const std::string_view wanted = input_.sources->text(at(change.condition).span);
      if (const auto guess = diag::did_you_mean(wanted, written))
        help = say("did you mean `{}`?", "是否想写 `{}`？", *guess);
    }
    diagnostic.helps.push_back(std::move(help));
  }
}

namespace {

/// What a reform touches: an item at places (the root: everywhere), or all within one place.
struct Touch {
  Item item;
  std::vector<PlaceNode> places;
  std::optional<PlaceNode> within;
  bool drops = false;
  Span span;
};

std::vector<PlaceNode> places_of(const VersionInStack& version) {
  return version.places.empty() ? std::vector<PlaceNode>{value::kRootPlace} : version.places;
}

/// `stack` is the reform's own: what it added or made there has its layer.
std::vector<Touch> touches_of(const Program& program, ReformId id, std::uint32_t stack) {
  std::vector<Touch> touches;
  const Reform& reform = program[id];
  const std::vector<ReformId>& order = program.stacks[stack].reforms;
  const std::vector<ReformId> below(order.begin(), order.end() - 1);
  std::uint32_t base = kNoReforms;
  for (std::uint32_t i = 0; i < program.stacks.size(); ++i) {
    if (program.stacks[i].reforms == below) base = i;
  }
  for (const Change& change : reform.changes) {
    Touch touch{change.item, {}, {}, change.kind == ChangeKind::kDrops, change.span};
    if (change.kind == ChangeKind::kRepeals)
      touch.within = change.place.value_or(value::kRootPlace);
    if (change.kind == ChangeKind::kSets && change.place) {
      touch.places = {*change.place};
    } else {
      for (const VersionInStack& each : versions_in(program, change.item, base)) {
        for (const PlaceNode place : places_of(each)) {
          const bool touched = !touch.within || program.schema->places.within(place, *touch.within);
          if (each.to >= reform.from && touched) touch.places.push_back(place);
        }
      }
    }
    touches.push_back(std::move(touch));
  }
  const auto add = [&](Item item, const auto& versions, const auto& is_added) {
    for (const VersionInStack& each : versions_in(program, item, stack)) {
      const auto& version = versions[each.version];
      if (version.reform == id && is_added(version))
        touches.push_back({item, places_of(each), {}, false, version.span});
    }
  };
  for (std::uint32_t i = 0; i < program.rules.size(); ++i)
    add({ItemKind::kRule, i}, program.rules[i].versions,
        [](const RuleVersion& each) { return !each.amends; });
  for (std::uint32_t i = 0; i < program.definitions.size(); ++i)
    add({ItemKind::kDefinition, i}, program.definitions[i].versions,
        [](const DefinitionVersion&) { return true; });
  for (std::uint32_t i = 0; i < program.parameters.size(); ++i)
    add({ItemKind::kParameter, i}, program.parameters[i].versions,
        [](const ParameterVersion& each) { return !each.set; });
  return touches;
}

bool meet(const Touch& one, const Touch& other, const value::PlaceTree& places) {
  if (!(one.item == other.item)) return false;
  for (const PlaceNode a : one.places) {
    for (const PlaceNode b : other.places) {
      if (a == b) return true;
      if (one.within && places.within(b, *one.within)) return true;
      if (other.within && places.within(a, *other.within)) return true;
    }
  }
  return false;
}

}  // namespace

void Checker::report_clash(Span at, Bilingual message, Span one, Span other) {
  diag::Diagnostic& diagnostic =
      sink_.report(diag::Code::kReformClash, at, std::move(message),
                   say("which one stands is not said", "没有写明以哪个为准"));
  if (!(one == at)) diagnostic.labels.push_back({one, say("this one", "此处")});
  diagnostic.labels.push_back({other, say("and this one", "与此处")});
  diagnostic.helps.emplace_back(
      say("let one reform stand `on top of` the other, so that the later goes first",
          "让一项改革 `叠加于` 另一项，以后者为先"));
}

void Checker::find_clashes(ReformId id) {
  const std::vector<Touch> own = touches_of(program_, id, reform_stacks_[id.index]);
  const Bilingual name = program_[id].name;
  for (std::size_t i = 0; i < program_[id].changes.size(); ++i) {
    for (std::size_t j = i + 1; j < program_[id].changes.size(); ++j) {
      if (own[i].drops && own[j].drops) continue;  // in either order the same
      if (!meet(own[i], own[j], schema_->places)) continue;
      report_clash(
          own[j].span,
          say("`{}` changes one thing twice at one place", "`{}` 在同一地点两次改动同一事项", name),
          own[j].span, own[i].span);
    }
  }
  const std::vector<ReformId> bases = program_[id].on_top_of;
  for (std::size_t i = 0; i < bases.size(); ++i) {
    for (std::size_t j = i + 1; j < bases.size(); ++j) {
      const std::vector<ReformId> left = stacked(program_, {bases[i]});
      const std::vector<ReformId> right = stacked(program_, {bases[j]});
      const auto in = [](const std::vector<ReformId>& list, ReformId reform) {
        return std::find(list.begin(), list.end(), reform) != list.end();
      };
      for (const ReformId one : left) {
        for (const ReformId other : right) {
          // What both stand on, and what one stands on of the other, has its order.
          if (in(right, one) || in(left, other)) continue;
          for (const Touch& a : touches_of(program_, one, stack_of(program_, {one}))) {
            for (const Touch& b : touches_of(program_, other, stack_of(program_, {other}))) {
              if (!meet(a, b, schema_->places)) continue;
              report_clash(program_[id].name_span,
                           say("`{}` stands on `{}` and `{}`, which change one thing at one place",
                               "`{}` 叠加于 `{}` 和 `{}`，而两者在同一地点改动同一事项", name,
                               program_[one].name, program_[other].name),
                           a.span, b.span);
            }
          }
        }
      }
    }
  }
}

namespace {

/// The first day from `from` on at which no version of an item holds at a place.
std::int64_t first_day_without(const Program& program, Item item, std::uint32_t stack,
                               PlaceNode place, std::int64_t from) {
  const std::vector<VersionInStack> versions = versions_in(program, item, stack);
  std::int64_t day = from;
  while (day < value::kLastDate) {
    const auto holds = in_force(versions, place, day, program.schema->places);
    if (!holds) return day;
    // Until it ends, or another version takes its place.
    std::int64_t next = holds->version.to + 1;
    for (const VersionInStack& each : versions) {
      if (each.from > day) next = std::min(next, each.from);
    }
    day = std::max(next, day + 1);
  }
  return value::kLastDate;
}

}  // namespace

void Checker::find_repealed_read(ReformId id, const Change& repeal, std::uint32_t below,
                                 std::uint32_t stack) {
  const auto reads = [&](const Expr& expr) {
    const Operation operation =
        repeal.item.kind == ItemKind::kParameter ? Operation::kParameter : Operation::kCall;
    return expr.operation == operation && expr.a == repeal.item.index;
  };
  for (std::uint32_t i = 0; i < program_.rules.size(); ++i) {
    for (const VersionInStack& rule : versions_in(program_, {ItemKind::kRule, i}, stack)) {
      const RuleVersion& version = program_.rules[i].versions[rule.version];
      std::vector<ExprId> open{version.concerns, version.condition};
      std::set<std::uint32_t> seen;
      std::optional<Span> read;
      while (!open.empty() && !read) {
        const ExprId each = open.back();
        open.pop_back();
        if (!each.valid()) continue;
        const Expr& expr = at(each);
        if (reads(expr)) read = expr.span;
        open.insert(open.end(), expr.operands.begin(), expr.operands.end());
        if (expr.operation != Operation::kCall || !seen.insert(expr.a).second) continue;
        for (const VersionInStack& body :
             versions_in(program_, {ItemKind::kDefinition, expr.a}, stack))
          open.push_back(program_.definitions[expr.a].versions[body.version].body);
      }
      if (!read) continue;
      // Where the rule holds, and the places inside where the repealed versions did.
      std::set<PlaceNode> places;
      for (const PlaceNode place : places_of(rule)) {
        places.insert(place);
        for (const VersionInStack& gone : versions_in(program_, repeal.item, below)) {
          for (const PlaceNode inner : places_of(gone)) {
            if (schema_->places.within(inner, place)) places.insert(inner);
          }
        }
      }
      const std::int64_t from = std::max(rule.from, program_[id].from);
      for (const PlaceNode place : places) {
        const std::int64_t before = first_day_without(program_, repeal.item, below, place, from);
        const std::int64_t after = first_day_without(program_, repeal.item, stack, place, from);
        if (after >= before || after > rule.to) continue;
        diag::Diagnostic& diagnostic = sink_.report(
            diag::Code::kRepealedButRead, repeal.span,
            say("`{}` reads what `{}` repeals, and nothing else is in force{}",
                "`{}` 读取 `{}` 所废止的内容，而{}没有其他内容施行", program_.rules[i].name,
                program_[id].name,
                place == value::kRootPlace ? Bilingual{}
                                           : say(" at {}", "在{}", schema_->places.path(place))),
            say("repealed here", "在此废止"));
        diagnostic.labels.push_back({*read, say("read here", "在此读取")});
        diagnostic.helps.emplace_back(
            say("say what stands instead (`sets …`, `adds {{ … }}`), or drop the condition: `drops "
                "{} {{ … }}`",
                "写明以什么代替（`调整 …`、`增设 {{ … }}`），或删去该条件：`删去 {} {{ … }}`",
                program_.rules[i].name));
        return;
      }
    }
  }
}

void Checker::find_repealed_reads(ReformId id) {
  const std::uint32_t stack = reform_stacks_[id.index];
  std::vector<ReformId> bases = program_.stacks[stack].reforms;
  bases.pop_back();
  const std::uint32_t below = stack_of(program_, bases);
  const std::vector<Change> changes = program_[id].changes;
  for (const Change& change : changes) {
    if (change.kind != ChangeKind::kRepeals || change.item.kind == ItemKind::kRule) continue;
    find_repealed_read(id, change, below, stack);
  }
}

void Checker::report_reform_circle(std::uint32_t stack, Span span) {
  if (!circles_sought_.insert(stack).second) return;
  const bool of_answers = stands_on_itself(program_, stack);
  if (!of_answers && !has_order_circle(program_, stack)) return;
  sink_
      .report(of_answers ? diag::Code::kCycle : diag::Code::kOrderCycle, span,
              of_answers ? say("{}answers need each other in a circle", "{}答案互相需要，成了循环",
                               reforms_text(stack))
                         : say("{}rules go before each other in a circle",
                               "{}规则互相优先，成了循环", reforms_text(stack)),
              say("asked under these reforms", "依这些改革提问"))
      .helps.emplace_back(say("stack the reforms in another order, or leave one out",
                              "改变改革的叠加次序，或去掉一项"));
}

}  // namespace juzhu::sema
