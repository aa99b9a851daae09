// Last pass: what can be said of the rulebook as a whole before anything runs
// (semantics.md 5.1, 5.2): cycles, two versions for one place and day, rules that go before each
// other in a circle, narrowings of nothing, uncited rules, holes of parameters, possible conflicts.
#include <algorithm>

#include "sema/checker.h"
#include "sema/extent.h"
#include "value/date.h"

namespace juzhu::sema {

using ops::Operation;

void Checker::find_duplicate_versions() {
  const auto twice = [&](const Bilingual& name, Span first, Span second) {
    diag::Diagnostic& diagnostic = sink_.report(
        diag::Code::kDuplicateVersion, second,
        "`" + name.in(false) + "` has two versions for one place and start", "second version");
    diagnostic.labels.push_back({first, "first version"});
    diagnostic.helps.emplace_back("give one of them another start or place, or leave it out");
  };
  const auto check_all = [&](const auto& items) {
    for (const auto& item : items) {
      for (std::size_t i = 0; i < item.versions.size(); ++i) {
        for (std::size_t j = i + 1; j < item.versions.size(); ++j) {
          const auto& left = item.versions[i];
          const auto& right = item.versions[j];
          if (same_places(left.extent, right.extent) && left.extent.from == right.extent.from) {
            twice(item.name, left.name_span, right.name_span);
          }
        }
      }
    }
  };
  check_all(program_.rules);
  check_all(program_.definitions);
  for (const Parameter& parameter : program_.parameters) {
    for (std::size_t i = 1; i < parameter.versions.size(); ++i) {
      const ParameterVersion& left = parameter.versions[i - 1];
      const ParameterVersion& right = parameter.versions[i];
      if (left.place == right.place && left.from == right.from)
        twice(parameter.name, left.span, right.span);
    }
  }
}

void Checker::find_subjects() {
  program_.subjects.assign(program_.services.size(), EntityId{std::size_t{1}});
  std::map<ServiceId, const RuleVersion*> first;
  const auto kind_of = [&](const RuleVersion& version) {
    return program_[version.subject].type.entity;
  };
  const auto differ = [&](const RuleVersion& one, const RuleVersion& other) {
    if (kind_of(one) == kind_of(other)) return;
    diag::Diagnostic& diagnostic =
        sink_.report(diag::Code::kTypeMismatch, other.name_span,
                     "one rule speaks of " + type_text(program_[one.subject].type) +
                         ", this one of " + type_text(program_[other.subject].type),
                     "for each " + program_[other.subject].name);
    diagnostic.labels.push_back({one.name_span, "for each " + program_[one.subject].name});
    diagnostic.helps.emplace_back("let all rules on one service be for the same kind of member");
  };
  for (const Rule& rule : program_.rules) {
    for (const RuleVersion& version : rule.versions) {
      differ(rule.versions.front(), version);
      for (const auto* services : {&version.grants, &version.denies, &version.ranks}) {
        for (const ServiceId service : *services) {
          const auto [known, added] = first.emplace(service, &version);
          if (added) program_.subjects[service.index] = kind_of(version);
          differ(*known->second, version);
        }
      }
      for (const RuleId narrowed : version.narrows) {
        const std::vector<RuleVersion>& others = program_[narrowed].versions;
        if (!others.empty()) differ(others.front(), version);
      }
    }
  }
}

void Checker::check_question_subjects() {
  for (const Expr& expr : program_.exprs) {
    if (expr.operation != Operation::kQuestion) continue;
    const Type& subject = type(expr.operands.front());
    if (subject.entity == program_.subjects[expr.a]) continue;
    const Type wanted = value::member_type(program_.subjects[expr.a]);
    sink_
        .report(diag::Code::kTypeMismatch, expr.span,
                "`" + program_.services[expr.a].name.in(false) + "` is for " + type_text(wanted) +
                    ", not for " + type_text(subject),
                "asked of " + type_text(subject))
        .helps.emplace_back("ask it of " + type_text(wanted));
  }
}

void Checker::find_uncited() {
  for (const Rule& rule : program_.rules) {
    for (const RuleVersion& version : rule.versions) {
      if (!version.remarks.cites.empty()) continue;
      sink_
          .report(diag::Code::kMissingCitation, version.name_span,
                  std::string(version.allocation.valid() ? "the allocation `" : "the rule `") +
                      rule.name.in(false) + "` cites nothing",
                  "rests on no text")
          .helps.emplace_back("add `cites SOURCE art N`");
    }
  }
  for (const Parameter& parameter : program_.parameters) {
    for (const ParameterVersion& version : parameter.versions) {
      if (!version.remarks.cites.empty() || version.remarks.confidence) continue;
      sink_
          .report(diag::Code::kMissingCitation, version.span,
                  "this value of `" + parameter.name.in(false) + "` cites nothing",
                  "rests on no text")
          .helps.emplace_back("add `cites SOURCE art N`, or `confidence …` for what was not seen");
    }
  }
}

void Checker::find_empty_narrowings() {
  for (const Rule& rule : program_.rules) {
    for (const RuleVersion& version : rule.versions) {
      for (const RuleId narrowed : version.narrows) {
        const Rule& other = program_[narrowed];
        const bool any =
            std::any_of(other.versions.begin(), other.versions.end(), [&](const RuleVersion& each) {
              return !each.grants.empty() && times_meet(version.extent, each.extent) &&
                     places_meet(version.extent, each.extent, schema_->places);
            });
        if (any) continue;
        sink_
            .report(diag::Code::kNarrowsNothing, version.name_span,
                    "`" + rule.name.in(false) + "` narrows `" + other.name.in(false) +
                        "`, which grants nothing where and while it holds",
                    "narrows nothing")
            .helps.emplace_back("check the places and dates of both");
      }
    }
  }
}

void Checker::find_holes() {
  // A rule that reads a parameter where no value is in force: a hole in time or place.
  for (const Rule& rule : program_.rules) {
    for (const RuleVersion& version : rule.versions) {
      std::vector<ExprId> open{version.concerns, version.condition};
      std::set<std::uint32_t> seen_definitions;
      std::set<std::uint32_t> seen_parameters;
      while (!open.empty()) {
        const ExprId id = open.back();
        open.pop_back();
        if (!id.valid()) continue;
        const Expr& expr = at(id);
        open.insert(open.end(), expr.operands.begin(), expr.operands.end());
        if (expr.operation == Operation::kCall && seen_definitions.insert(expr.a).second) {
          const Definition& called = program_.definitions[expr.a];
          bool covered = false;
          for (const DefinitionVersion& each : called.versions) {
            if (!times_meet(each.extent, version.extent)) continue;
            if (!places_meet(each.extent, version.extent, schema_->places)) continue;
            covered = true;
            open.push_back(each.body);
          }
          if (!covered) {
            diag::Diagnostic& diagnostic = sink_.report(diag::Code::kNoVersionInForce, expr.span,
                                                        "no version of `" + called.name.in(false) +
                                                            "` is in force where and while `" +
                                                            rule.name.in(false) + "` holds",
                                                        "read here");
            diagnostic.helps.emplace_back("add a version for this place and time");
          }
        }
        if (expr.operation == Operation::kParameter && expr.b == 0 &&
            seen_parameters.insert(expr.a).second) {
          find_parameter_hole(rule, version, expr);
        }
      }
    }
  }
}

void Checker::find_parameter_hole(const Rule& rule, const RuleVersion& version, const Expr& read) {
  const Parameter& parameter = program_.parameters[read.a];
  std::vector<PlaceNode> places = version.extent.places;
  const std::vector<PlaceNode>& top = schema_->places[value::kRootPlace].children;
  // Everywhere is the nation, where the tree has one at its top.
  const PlaceNode everywhere = top.size() == 1 ? top.front() : value::kRootPlace;
  if (places.empty()) places.push_back(everywhere);
  std::string holes;
  for (const PlaceNode place : places) {
    // Days that values in force at the place (or around it) cover, from the rule's first day on.
    std::int64_t covered = version.extent.from - 1;
    std::int64_t first = value::kLastDate;
    bool grew = true;
    while (grew && covered < version.extent.to) {
      grew = false;
      for (const ParameterVersion& each : parameter.versions) {
        if (!schema_->places.within(place, each.place)) continue;
        first = std::min(first, each.from);
        if (each.from <= covered + 1 && each.to > covered) {
          covered = each.to;
          grew = true;
        }
      }
    }
    if (covered >= version.extent.to) continue;
    std::string hole =
        place == everywhere ? " for every place" : " at " + schema_->places.path_en(place);
    if (covered + 1 > value::kFirstDate) {
      hole += " from " + value::date_text(covered + 1);
    } else if (first > value::kFirstDate && first < value::kLastDate) {
      hole += " before " + value::date_text(first);
    }
    holes += (holes.empty() ? "" : " nor") + hole;
  }
  if (holes.empty()) return;
  sink_
      .report(diag::Code::kParameterHole, read.span,
              "`" + parameter.name.in(false) + "` has no value" + holes + ", where `" +
                  rule.name.in(false) + "` reads it",
              "read here")
      .helps.emplace_back("add `at … from …: value` to the parameter, or limit the rule");
}

}  // namespace juzhu::sema
