#include "engine/properties.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/property_check.h"
#include "engine/scenario_text.h"
#include "eval/facts.h"

namespace juzhu::engine {

namespace {

using value::Household;

/// How often a made-up household that says nothing of the property is put back for another.
constexpr int kDraws = 6;

bool says_something(const PropertyVerdict& verdict) {
  return verdict.refuted || (verdict.concerned && !verdict.undecided);
}

class Search {
 public:
  Search(Rulebook& rulebook, const source::SourceMap& sources, sema::PropertyId id,
         const PropertyOptions& options)
      : program_(rulebook.program()),
        sources_(sources),
        options_(options),
        check_(program_, id, options.seed) {
    result_.property = id;
  }

  PropertyResult run() {
    if (options_.scenarios) over_scenarios();
    if (options_.data) {
      options_.data([&](const Household& household) {
        look(household, options_.date, say("household {}", "户 {}", household.key));
      });
    }
    if (options_.generated > 0) over_made_up();
    return std::move(result_);
  }

 private:
  void over_scenarios() {
    std::vector<const sema::Scenario*> order;
    for (const sema::Scenario& scenario : program_.scenarios)
      order.push_back(&scenario);
    std::sort(order.begin(), order.end(), [](const auto* left, const auto* right) {
      return left->name.in(false) < right->name.in(false);
    });
    for (const sema::Scenario* scenario : order)
      look(scenario->household, scenario->date, say("scenario {}", "情形 {}", scenario->name));
  }

  void over_made_up() {
    if (result_.counterexample) return;
    result_.searched = true;
    Generator generator(program_, check_.read(), check_.property().extent, options_.seed);
    for (std::size_t i = 0; i < options_.generated && !result_.counterexample; ++i) {
      std::int64_t day = generator.day();
      Household household = generator.household(day);
      PropertyVerdict verdict = check_.of(household, day);
      for (int draw = 1; draw < kDraws && !says_something(verdict); ++draw) {
        day = generator.day();
        household = generator.household(day);
        verdict = check_.of(household, day);
      }
      judge(
          std::move(household), day, verdict,
          say("made-up household {} of seed {}", "种子 {1} 生成的第 {0} 户", i + 1, options_.seed),
          true);
    }
  }

  void look(const Household& household, std::int64_t date, Bilingual origin) {
    if (result_.counterexample) return;
    judge(household, date, check_.of(household, date), std::move(origin), false);
  }

  void judge(Household household, std::int64_t date, const PropertyVerdict& verdict,
             Bilingual origin, bool made_up) {
    ++result_.households;
    const bool undecided = verdict.undecided && !verdict.refuted;
    if (verdict.concerned && !undecided) ++result_.concerned;
    if (undecided) ++result_.undecided;
    if (!verdict.refuted) return;
    Counterexample found;
    found.origin = std::move(origin);
    found.date = date;
    found.household = shrink(check_, std::move(household), date);
    name_members(found.household, made_up);
    const PropertyVerdict shown = check_.of(found.household, date);
    for (const value::Value& bound : shown.bound)
      found.members.push_back(found.household.members[eval::lowest_bit(bound.lo)].key);
    found.text = text_of(found, shown);
    result_.counterexample = std::move(found);
  }

  /// Keys of a data set need not be names; what is pasted into a rule file must be.
  static void name_members(Household& household, bool made_up) {
    for (std::size_t i = 0; i < household.members.size(); ++i) {
      std::string& key = household.members[i].key;
      const auto is_letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<signed char>(c) < 0;
      };
      const bool is_name = !key.empty() && is_letter(key.front()) &&
                           std::all_of(key.begin(), key.end(), [&](char c) {
                             return is_letter(c) || (c >= '0' && c <= '9') || c == '_';
                           });
      if (!is_name || made_up) key = "P" + std::to_string(i + 1);
    }
  }

  /// From the first to the last word of an expression: the span of `child has F` is that of F.
  [[nodiscard]] source::Span whole_of(sema::ExprId root) const {
    source::Span whole = program_[root].span;
    std::vector<sema::ExprId> open{root};
    while (!open.empty()) {
      const sema::ExprId id = open.back();
      open.pop_back();
      if (!id.valid()) continue;
      const sema::Expr& expr = program_[id];
      if (expr.span.file != whole.file) continue;
      whole.begin = std::min(whole.begin, expr.span.begin);
      whole.end = std::max(whole.end, expr.span.end);
      open.insert(open.end(), expr.operands.begin(), expr.operands.end());
    }
    return whole;
  }

  /// The source of an expression with the names of the members in place of the variables.
  [[nodiscard]] std::string with_names(sema::ExprId root,
                                       const std::vector<std::string>& members) const {
    const source::Span whole = whole_of(root);
    std::vector<std::pair<source::Span, std::string>> names;
    for (const sema::Expr& expr : program_.exprs) {
      if (expr.operation != ops::Operation::kArgument || expr.span.file != whole.file) continue;
      if (expr.span.begin < whole.begin || expr.span.end > whole.end) continue;
      for (std::size_t i = 0; i < check_.property().binders.size(); ++i) {
        if (check_.property().binders[i].local.index == expr.a)
          names.emplace_back(expr.span, members[i]);
      }
    }
    std::sort(names.begin(), names.end(), [](const auto& left, const auto& right) {
      return left.first.begin > right.first.begin;
    });
    std::string text(sources_.text(whole));
    std::size_t last = text.size() + 1;
    for (const auto& [span, name] : names) {
      const std::size_t at = span.begin - whole.begin;
      if (at >= last) continue;  // the same word, read by several operands
      text.replace(at, span.end - span.begin, name);
      last = at;
    }
    return text;
  }

  [[nodiscard]] std::string text_of(const Counterexample& found,
                                    const PropertyVerdict& shown) const {
    const sema::Property& property = check_.property();
    const std::string name = "against_" + property.name.in(false);
    const value::Schema& schema = *program_.schema;
    if (!property.measured.valid()) {
      std::vector<std::string> expected;
      if (property.premise.valid()) expected.push_back(with_names(property.premise, found.members));
      expected.push_back("not (" + with_names(property.conclusion, found.members) + ")");
      return scenario_text(found.household, schema, name, found.date, expected,
                           property.remarks.counting);
    }
    const std::string measured = with_names(property.measured, found.members);
    const auto is = [&](const value::Value& value) {
      const value::Type& type = check_.measured_type();
      const bool day = type.kind == value::TypeKind::kDate || type.kind == value::TypeKind::kMonth;
      const bool bounded = day || type.kind == value::TypeKind::kNumber;
      if (!bounded || value.lo == value.hi)
        return std::vector{measured + " is " + value::value_text(value, type, schema, false)};
      const auto text_of_one = [&](std::int64_t one) {
        value::Value bound = value;
        bound.lo = bound.hi = one;
        return value::value_text(bound, type, schema, false);
      };
      // Known within bounds only, which a rule file cannot write as one value.
      return std::vector{
          measured + (day ? " is on or after " : " is at least ") + text_of_one(value.lo),
          measured + (day ? " is on or before " : " is at most ") + text_of_one(value.hi)};
    };
    return scenario_text(found.household, schema, name, found.date, is(shown.before),
                         property.remarks.counting) +
           scenario_text(*shown.raised, schema, name + "_raised", found.date, is(shown.after),
                         property.remarks.counting);
  }

  const sema::Program& program_;
  const source::SourceMap& sources_;
  const PropertyOptions& options_;
  PropertyCheck check_;
  PropertyResult result_;
};

}  // namespace

std::vector<PropertyResult> check_properties(Rulebook& rulebook, const source::SourceMap& sources,
                                             const PropertyOptions& options) {
  const sema::Program& program = rulebook.program();
  std::vector<std::pair<std::string, sema::PropertyId>> order;
  for (std::uint32_t index = 0; index < program.properties.size(); ++index) {
    const value::Bilingual& name = program.properties[index].name;
    const bool wanted = options.name.empty() || name.en.find(options.name) != std::string::npos ||
                        name.zh.find(options.name) != std::string::npos;
    if (wanted) order.emplace_back(name.in(false), sema::PropertyId{index});
  }
  std::sort(order.begin(), order.end());
  std::vector<PropertyResult> results;
  results.reserve(order.size());
  for (const auto& [name, id] : order)
    results.push_back(Search(rulebook, sources, id, options).run());
  return results;
}

}  // namespace juzhu::engine
