// Findings about limits, in words: the value or the rule, the places and days, and both citations.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "engine/limits.h"
#include "explain/words.h"

namespace juzhu::engine {

namespace {

using sema::Breach;
using value::PlaceNode;

constexpr std::size_t kPlacesShown = 4;

class Reporter {
 public:
  Reporter(const sema::Program& program, diag::Sink& sink) : program_(program), sink_(sink) {}

  void exceeded(const Breach& breach) {
    const sema::Limit& limit = program_[breach.limit];
    const sema::Parameter& parameter = program_.parameters[breach.item];
    const sema::ParameterVersion& version = parameter.versions[breach.version];
    const Bilingual value = in_both([&](bool chinese) {
      return value::value_text(version.value, parameter.type, *program_.schema, chinese);
    });
    diag::Diagnostic& found = sink_.report(
        diag::Code::kLimitExceeded, version.span,
        say("{}`{}` is {}{}, against `{}`: {}", "{0}`{1}` {3}为 {2}，违反 `{4}`：{5}",
            under(breach.stack), parameter.name, value, where(breach), limit.name, breach.asked),
        value);
    found.labels.push_back({limit.bound, citations(limit.remarks)});
    found.helps.push_back(say("the value: {}; the limit: {}", "该值：{}；限制：{}",
                              citations(version.remarks), citations(limit.remarks)));
  }

  void forbidden(const Breach& breach) {
    const sema::Limit& limit = program_[breach.limit];
    const bool is_rule = breach.kind == Breach::Kind::kRule;
    const Bilingual kind = kind_of(breach);
    const sema::Declared& declared =
        is_rule ? static_cast<const sema::Declared&>(
                      program_.rules[breach.item].versions[breach.version])
                : program_.definitions[breach.item].versions[breach.version];
    diag::Diagnostic& found = sink_.report(
        diag::Code::kForbiddenFact, declared.name_span,
        say("{}{} `{}` rests on `{}`{}{}, against `{}`",
            "{0}{1} `{2}` {5}{4}依据 `{3}`，违反 `{6}`", under(breach.stack), kind, declared.name,
            name_of(breach.path.back()), way(breach.path), where(breach), limit.name),
        say("of a lower level than the limit", "层级低于限制"));
    found.one_of_several = true;  // each forbidden fact that it reads
    found.labels.push_back({program_[breach.path.back()].span, say("read here", "在此读取")});
    found.labels.push_back({limit.bound, citations(limit.remarks)});
    found.helps.push_back(say("{}: {}; the limit: {}", "{}：{}；限制：{}", kind,
                              citations(declared.remarks), citations(limit.remarks)));
  }

  void unchecked(const Unchecked& unchecked) {
    const sema::Limit& limit = program_[unchecked.limit];
    sink_
        .report(diag::Code::kLimitUnchecked, limit.name_span,
                say("{}`{}` could not be checked at {}", "{0}无法在{2}核对 `{1}`",
                    under(unchecked.stack), limit.name, place_list(unchecked.places)),
                say("whom it concerns is not known there", "在该处不知其所涉对象"))
        .helps.emplace_back(
            say("give the values that its condition reads there", "给出其条件在该处所读取的值"));
  }

 private:
  /// "under reform `cheaper`: "; nothing where the text itself is meant.
  [[nodiscard]] Bilingual under(std::uint32_t stack) const {
    if (stack == sema::kNoReforms) return {};
    Bilingual names;
    for (const sema::ReformId id : program_.stacks[stack].reforms) {
      const Bilingual& name = program_[id].name;
      names += names.empty() ? say("`{}`", "`{}`", name) : say(", `{}`", "、`{}`", name);
    }
    return say("under reform {}: ", "依改革 {}：", names);
  }

  [[nodiscard]] Bilingual kind_of(const Breach& breach) const {
    if (breach.kind == Breach::Kind::kDefinition)
      return program_.definitions[breach.item].score.valid() ? say("the score", "积分")
                                                             : say("the definition", "定义");
    const sema::RuleVersion& rule = program_.rules[breach.item].versions[breach.version];
    return rule.allocation.valid() ? say("the allocation", "分配") : say("the rule", "规则");
  }

  [[nodiscard]] Bilingual place_list(const std::vector<PlaceNode>& places) const {
    Bilingual text;
    for (std::size_t at = 0; at < std::min(places.size(), kPlacesShown); ++at) {
      const Bilingual path = program_.schema->places.path(places[at]);
      if (at > 0) text += say(", ", "、");
      text += path.empty() ? say("every place", "各地") : path;
    }
    if (places.size() > kPlacesShown)
      text += say(" and {} more", "等 {} 处", places.size() - kPlacesShown);
    return text;
  }

  /// " at Samplecity from 2027-01-01": places with the same days together, those inside a named one
  /// with the same days left to it.
  [[nodiscard]] Bilingual where(const Breach& breach) const {
    std::map<std::vector<std::pair<std::int64_t, std::int64_t>>, std::vector<PlaceNode>> by_days;
    for (const Breach::At& at : breach.found) {
      if (!at.days.empty()) by_days[at.days].push_back(at.place);
    }
    Bilingual text;
    for (auto& [days, places] : by_days) {
      const std::vector<PlaceNode> all = places;
      std::erase_if(places, [&, &all = all](PlaceNode inner) {
        return std::any_of(all.begin(), all.end(), [&](PlaceNode outer) {
          return inner != outer && program_.schema->places.within(inner, outer);
        });
      });
      std::sort(places.begin(), places.end());
      if (!text.empty()) text += say(",", "，");
      if (places != std::vector{value::kRootPlace})
        text += say(" at {}", "在{}", place_list(places));
      for (std::size_t at = 0; at < days.size(); ++at) {
        if (at > 0) text += say(" and", "和");
        text += days_text(days[at]);
      }
    }
    return text;
  }

  static Bilingual days_text(std::pair<std::int64_t, std::int64_t> days) {
    const bool begins = days.first > value::kFirstDate;
    const bool ends = days.second < value::kLastDate;
    const Bilingual from{value::date_text(days.first), value::date_text_zh(days.first)};
    const Bilingual to{value::date_text(days.second), value::date_text_zh(days.second)};
    if (begins && ends) return say(" from {} to {}", "自{}至{}", from, to);
    if (begins) return say(" from {}", "自{}起", from);
    return ends ? say(" to {}", "至{}", to) : Bilingual{};
  }

  [[nodiscard]] Bilingual citations(const sema::Remarks& remarks) const {
    Bilingual text;
    for (const sema::Citation& citation : remarks.cites) {
      if (!text.empty()) text += say("; ", "；");
      text += in_both(
          [&](bool chinese) { return explain::citation_text(program_, citation, chinese); });
    }
    return text.empty() ? say("cites nothing", "没有依据") : text;
  }

  [[nodiscard]] const Bilingual& name_of(sema::ExprId id) const {
    const sema::Expr& expr = program_[id];
    if (expr.operation == ops::Operation::kCall) return program_.definitions[expr.a].name;
    return expr.operation == ops::Operation::kRows ? program_.schema->lists[expr.a].name
                                                   : program_.schema->facts[expr.a].name;
  }

  /// " through `a` and `b`": the definitions between.
  [[nodiscard]] Bilingual way(const std::vector<sema::ExprId>& path) const {
    Bilingual names;
    for (std::size_t at = 0; at + 1 < path.size(); ++at) {
      // The total of a score reads its total for what is chosen, of the same name.
      if (at > 0 && name_of(path[at]) == name_of(path[at - 1])) continue;
      names += at == 0 ? say("`{}`", "`{}`", name_of(path[at]))
                       : say(", `{}`", "、`{}`", name_of(path[at]));
    }
    return names.empty() ? names : say(" through {}", "经由 {} ", names);
  }

  const sema::Program& program_;
  diag::Sink& sink_;
};

/// Does one stack hold no reform that the other does not?
bool is_part(const sema::Program& program, std::uint32_t some, std::uint32_t all) {
  const std::vector<sema::ReformId>& part = program.stacks[some].reforms;
  const std::vector<sema::ReformId>& whole = program.stacks[all].reforms;
  return std::all_of(part.begin(), part.end(), [&](sema::ReformId each) {
    return std::find(whole.begin(), whole.end(), each) != whole.end();
  });
}

/// Are both about the same forbidden fact, if about any?
bool same_fact(const sema::Program& program, const Breach& one, const Breach& other) {
  if (one.path.empty() || other.path.empty()) return one.path.empty() == other.path.empty();
  const sema::Expr& left = program[one.path.back()];
  const sema::Expr& right = program[other.path.back()];
  return left.operation == right.operation && left.a == right.a;
}

/// Is it one that a stack of fewer of these reforms, or none, has too?
bool is_told_below(const sema::Program& program, const LimitFindings& findings,
                   const Breach& breach) {
  return std::any_of(findings.breaches.begin(), findings.breaches.end(), [&](const Breach& other) {
    return other.stack < breach.stack && other.limit == breach.limit && other.kind == breach.kind &&
           other.item == breach.item && other.version == breach.version &&
           same_fact(program, other, breach) && other.found == breach.found &&
           is_part(program, other.stack, breach.stack);
  });
}

bool is_told_below(const sema::Program& program, const LimitFindings& findings,
                   const Unchecked& unchecked) {
  return std::any_of(
      findings.unchecked.begin(), findings.unchecked.end(), [&](const Unchecked& other) {
        return other.stack < unchecked.stack && other.limit == unchecked.limit &&
               other.places == unchecked.places && is_part(program, other.stack, unchecked.stack);
      });
}

}  // namespace

void report(const sema::Program& program, const LimitFindings& findings, diag::Sink& sink) {
  Reporter reporter(program, sink);
  for (const Breach& breach : findings.breaches) {
    if (is_told_below(program, findings, breach)) continue;
    if (breach.kind == Breach::Kind::kParameter) {
      reporter.exceeded(breach);
    } else {
      reporter.forbidden(breach);
    }
  }
  for (const Unchecked& unchecked : findings.unchecked) {
    if (!is_told_below(program, findings, unchecked)) reporter.unchecked(unchecked);
  }
}

}  // namespace juzhu::engine
