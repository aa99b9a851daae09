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
    const std::string value =
        value::value_text(version.value, parameter.type, *program_.schema, false);
    diag::Diagnostic& found =
        sink_.report(diag::Code::kLimitExceeded, version.span,
                     fmt::format("{}`{}` is {}{}, against `{}`: {}", under(breach.stack),
                                 parameter.name.in(false), value, where(breach),
                                 limit.name.in(false), breach.asked),
                     value);
    found.labels.push_back({limit.bound, citations(limit.remarks)});
    found.helps.push_back(fmt::format("the value: {}; the limit: {}", citations(version.remarks),
                                      citations(limit.remarks)));
  }

  void forbidden(const Breach& breach) {
    const sema::Limit& limit = program_[breach.limit];
    const bool is_rule = breach.kind == Breach::Kind::kRule;
    const std::string_view kind = kind_of(breach);
    const sema::Declared& declared =
        is_rule ? static_cast<const sema::Declared&>(
                      program_.rules[breach.item].versions[breach.version])
                : program_.definitions[breach.item].versions[breach.version];
    diag::Diagnostic& found =
        sink_.report(diag::Code::kForbiddenFact, declared.name_span,
                     fmt::format("{}{} `{}` rests on `{}`{}{}, against `{}`", under(breach.stack),
                                 kind, declared.name.in(false), name_of(breach.path.back()),
                                 way(breach.path), where(breach), limit.name.in(false)),
                     "of a lower level than the limit");
    found.one_of_several = true;  // each forbidden fact that it reads
    found.labels.push_back({program_[breach.path.back()].span, "read here"});
    found.labels.push_back({limit.bound, citations(limit.remarks)});
    found.helps.push_back(fmt::format("{}: {}; the limit: {}", kind, citations(declared.remarks),
                                      citations(limit.remarks)));
  }

  void unchecked(const Unchecked& unchecked) {
    const sema::Limit& limit = program_[unchecked.limit];
    sink_
        .report(diag::Code::kLimitUnchecked, limit.name_span,
                fmt::format("{}`{}` could not be checked at {}", under(unchecked.stack),
                            limit.name.in(false), place_list(unchecked.places)),
                "whom it concerns is not known there")
        .helps.emplace_back("give the values that its condition reads there");
  }

 private:
  /// "under reform `cheaper`: "; nothing where the text itself is meant.
  [[nodiscard]] std::string under(std::uint32_t stack) const {
    if (stack == sema::kNoReforms) return {};
    std::string names;
    for (const sema::ReformId id : program_.stacks[stack].reforms)
      names += (names.empty() ? "`" : ", `") + program_[id].name.in(false) + "`";
    return "under reform " + names + ": ";
  }

  [[nodiscard]] std::string_view kind_of(const Breach& breach) const {
    if (breach.kind == Breach::Kind::kDefinition)
      return program_.definitions[breach.item].score.valid() ? "the score" : "the definition";
    const sema::RuleVersion& rule = program_.rules[breach.item].versions[breach.version];
    return rule.allocation.valid() ? "the allocation" : "the rule";
  }

  [[nodiscard]] std::string place_list(const std::vector<PlaceNode>& places) const {
    std::string text;
    for (std::size_t at = 0; at < std::min(places.size(), kPlacesShown); ++at) {
      const std::string path = program_.schema->places.path_en(places[at]);
      text += (at == 0 ? "" : ", ") + (path.empty() ? std::string("every place") : path);
    }
    if (places.size() > kPlacesShown)
      text += fmt::format(" and {} more", places.size() - kPlacesShown);
    return text;
  }

  /// " at Samplecity from 2027-01-01": places with the same days together, those inside a named one
  /// with the same days left to it.
  [[nodiscard]] std::string where(const Breach& breach) const {
    std::map<std::vector<std::pair<std::int64_t, std::int64_t>>, std::vector<PlaceNode>> by_days;
    for (const Breach::At& at : breach.found) {
      if (!at.days.empty()) by_days[at.days].push_back(at.place);
    }
    std::string text;
    for (auto& [days, places] : by_days) {
      const std::vector<PlaceNode> all = places;
      std::erase_if(places, [&, &all = all](PlaceNode inner) {
        return std::any_of(all.begin(), all.end(), [&](PlaceNode outer) {
          return inner != outer && program_.schema->places.within(inner, outer);
        });
      });
      std::sort(places.begin(), places.end());
      text += text.empty() ? "" : ",";
      if (places != std::vector{value::kRootPlace}) text += " at " + place_list(places);
      for (std::size_t at = 0; at < days.size(); ++at)
        text += (at == 0 ? "" : " and") + days_text(days[at]);
    }
    return text;
  }

  static std::string days_text(std::pair<std::int64_t, std::int64_t> days) {
    std::string text;
    if (days.first > value::kFirstDate) text += " from " + value::date_text(days.first);
    if (days.second < value::kLastDate) text += " to " + value::date_text(days.second);
    return text;
  }

  [[nodiscard]] std::string citations(const sema::Remarks& remarks) const {
    std::string text;
    for (const sema::Citation& citation : remarks.cites)
      text += (text.empty() ? "" : "; ") + explain::citation_text(program_, citation, false);
    return text.empty() ? "cites nothing" : text;
  }

  [[nodiscard]] std::string name_of(sema::ExprId id) const {
    const sema::Expr& expr = program_[id];
    if (expr.operation == ops::Operation::kCall) return program_.definitions[expr.a].name.in(false);
    return expr.operation == ops::Operation::kRows ? program_.schema->lists[expr.a].name.in(false)
                                                   : program_.schema->facts[expr.a].name.in(false);
  }

  /// " through `a` and `b`": the definitions between.
  [[nodiscard]] std::string way(const std::vector<sema::ExprId>& path) const {
    std::string text;
    for (std::size_t at = 0; at + 1 < path.size(); ++at) {
      // The total of a score reads its total for what is chosen, of the same name.
      if (at > 0 && name_of(path[at]) == name_of(path[at - 1])) continue;
      text += (at == 0 ? " through `" : ", `") + name_of(path[at]) + "`";
    }
    return text;
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
