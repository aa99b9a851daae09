// Last pass: what is wrong in a rulebook as a whole (semantics.md 5.1, 5.2): two versions for one
// place and day, narrowings of nothing, kinds of members that differ, rules that cite nothing. What
// needs the places and days at which versions are in force is in rulebook_findings.h.
#include <algorithm>

#include "sema/checker.h"
#include "sema/extent.h"
#include "value/date.h"

namespace juzhu::sema {

using ops::Operation;

namespace {

/// Does one place stand in both? No places: everywhere.
bool name_one_place(const Extent& left, const Extent& right) {
  const std::vector<PlaceNode> everywhere{value::kRootPlace};
  const std::vector<PlaceNode>& a = left.places.empty() ? everywhere : left.places;
  const std::vector<PlaceNode>& b = right.places.empty() ? everywhere : right.places;
  return std::find_first_of(a.begin(), a.end(), b.begin(), b.end()) != a.end();
}

bool is_amended(const RuleVersion& version) { return version.amends; }
bool is_amended(const DefinitionVersion&) { return false; }
bool is_amended(const ScoreVersion&) { return false; }

}  // namespace

void Checker::find_duplicate_versions() {
  const auto twice = [&](const Bilingual& name, Span first, Span second) {
    diag::Diagnostic& diagnostic = sink_.report(diag::Code::kDuplicateVersion, second,
                                                say("`{}` has two versions for one place and start",
                                                    "`{}` 在同一地点、同一起始日有两个版本", name),
                                                say("second version", "第二个版本"));
    diagnostic.labels.push_back({first, say("first version", "第一个版本")});
    diagnostic.helps.emplace_back(say("give one of them another start or place, or leave it out",
                                      "为其中一个另定起始日或地点，或删去"));
  };
  const auto check_all = [&](const auto& items) {
    for (const auto& item : items) {
      for (std::size_t i = 0; i < item.versions.size(); ++i) {
        for (std::size_t j = i + 1; j < item.versions.size(); ++j) {
          const auto& left = item.versions[i];
          const auto& right = item.versions[j];
          if (left.reform != right.reform || is_amended(left) || is_amended(right)) continue;
          if (left.extent.from == right.extent.from && name_one_place(left.extent, right.extent)) {
            twice(item.name, left.name_span, right.name_span);
          }
        }
      }
    }
  };
  check_all(program_.rules);
  check_all(program_.scores);
  std::vector<Definition> written;  // a score is its own, with a definition for each part
  for (const Definition& definition : program_.definitions) {
    if (!definition.score.valid()) written.push_back(definition);
  }
  check_all(written);
  for (const Parameter& parameter : program_.parameters) {
    for (std::size_t i = 1; i < parameter.versions.size(); ++i) {
      const ParameterVersion& left = parameter.versions[i - 1];
      const ParameterVersion& right = parameter.versions[i];
      const bool is_set = left.set || right.set;
      if (!is_set && left.place == right.place && left.from == right.from &&
          left.reform == right.reform)
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
    diag::Diagnostic& diagnostic = sink_.report(
        diag::Code::kTypeMismatch, other.name_span,
        say("one rule speaks of {}, this one of {}", "一条规则针对{}，此条针对{}",
            type_text(program_[one.subject].type), type_text(program_[other.subject].type)),
        say("for each {}", "对每个 {}", program_[other.subject].name));
    diagnostic.labels.push_back(
        {one.name_span, say("for each {}", "对每个 {}", program_[one.subject].name)});
    diagnostic.helps.emplace_back(say("let all rules on one service be for the same kind of member",
                                      "同一服务的规则应针对同一种成员"));
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
                say("`{}` is for {}, not for {}", "`{}` 针对{}，而不是{}",
                    program_.services[expr.a].name, type_text(wanted), type_text(subject)),
                say("asked of {}", "向{}提问", type_text(subject)))
        .helps.emplace_back(say("ask it of {}", "应向{}提问", type_text(wanted)));
  }
}

void Checker::find_uncited() {
  for (const Rule& rule : program_.rules) {
    for (const RuleVersion& version : rule.versions) {
      if (!version.remarks.cites.empty() || version.amends) continue;
      sink_
          .report(diag::Code::kMissingCitation, version.name_span,
                  say("{} `{}` cites nothing", "{} `{}` 没有依据",
                      version.allocation.valid() ? say("the allocation", "分配")
                      : version.gate             ? say("the gate", "兜底")
                      : version.narrows.empty()  ? say("the rule", "规则")
                                                 : say("the narrowing", "限缩"),
                      rule.name),
                  say("rests on no text", "没有文件依据"))
          .helps.emplace_back(say("add `cites SOURCE art N`", "加上 `依据 文件 第N条`"));
    }
  }
  for (const Score& score : program_.scores) {
    for (const ScoreVersion& version : score.versions) {
      if (!version.remarks.cites.empty()) continue;
      sink_
          .report(diag::Code::kMissingCitation, version.name_span,
                  say("the score `{}` cites nothing", "积分 `{}` 没有依据", score.name),
                  say("rests on no text", "没有文件依据"))
          .helps.emplace_back(say("add `cites SOURCE art N`", "加上 `依据 文件 第N条`"));
    }
  }
  for (const Parameter& parameter : program_.parameters) {
    for (const ParameterVersion& version : parameter.versions) {
      if (!version.remarks.cites.empty() || version.remarks.confidence || version.set) continue;
      sink_
          .report(diag::Code::kMissingCitation, version.span,
                  say("this value of `{}` cites nothing", "`{}` 的此值没有依据", parameter.name),
                  say("rests on no text", "没有文件依据"))
          .helps.emplace_back(
              say("add `cites SOURCE art N`, or `confidence …` for what was not seen",
                  "加上 `依据 文件 第N条`；未见原文的写 `可信度 …`"));
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
                    say("`{}` narrows `{}`, which grants nothing where and while it holds",
                        "`{}` 限缩 `{}`，但在其施行的地点和期间后者没有准予任何服务", rule.name,
                        other.name),
                    say("narrows nothing", "没有限缩任何东西"))
            .helps.emplace_back(say("check the places and dates of both", "核对两者的地点和日期"));
      }
    }
  }
}

}  // namespace juzhu::sema
