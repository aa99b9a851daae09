// The rulebook as text: one declaration by name, and the rules in force here and now.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "explain/words.h"
#include "plan/lower.h"
#include "plan/lower_scope.h"
#include "report/answers.h"
#include "report/layout.h"
#include "session/talk.h"
#include "value/date.h"

namespace juzhu::session {
namespace {

bool names(const Bilingual& name, std::string_view key) {
  return !key.empty() && (key_of(name.en) == key || key_of(name.zh) == key);
}

/// What may be written behind a fact.
Bilingual what_it_takes(const value::Fact& fact, const value::Schema& schema) {
  const auto options = [&](bool chinese) {
    std::vector<std::string> names;
    names.reserve(schema[fact.type.choice].options.size());
    for (const Bilingual& option : schema[fact.type.choice].options)
      names.push_back(option.in(chinese));
    return fmt::format("{}", fmt::join(names, chinese ? "、" : ", "));
  };
  switch (fact.type.kind) {
    case value::TypeKind::kBoolean:
      return say("yes or no", "是或否");
    case value::TypeKind::kNumber:
      return fact.type.years ? say("a number of years", "年数") : say("a number", "数");
    case value::TypeKind::kDate:
      return say("a day", "日期");
    case value::TypeKind::kMonth:
      return say("a month", "月份");
    case value::TypeKind::kChoice:
      return say("one of {}", "{}之一", in_both(options));
    case value::TypeKind::kChoiceSet:
      return say("some of {}", "{}中若干", in_both(options));
    case value::TypeKind::kPlace:
      return say("a place", "地点");
    case value::TypeKind::kText:
      return say("a text", "文本");
    case value::TypeKind::kMember:
      return say("a person of the case", "案例中的一人");
    case value::TypeKind::kMemberSet:
      return say("persons of the case", "案例中的若干人");
    case value::TypeKind::kError:
    case value::TypeKind::kQuotient:
    case value::TypeKind::kRow:
    case value::TypeKind::kRows:
    case value::TypeKind::kTime:
      return {};
  }
  return {};
}

}  // namespace

/// A declaration as its author wrote it, and where.
void Talk::print_source(const sema::Declared& declared, const Bilingual& kind) {
  const source::SourceMap& sources = rules_.loaded().sources;
  if (!declared.span.file.valid()) return;
  const source::SourceFile& file = sources.file(declared.span.file);
  const auto place = file.position(declared.span.begin);
  print(tinted(fmt::format("{} · {}:{}", kind.in(options_.chinese), file.name(), place.line),
               Tint::kFaint) +
        "\n");
  print(fmt::format("{}\n", sources.text(declared.span)));
}

bool Talk::show_declared(std::string_view key) {
  bool shown = false;
  const auto show_versions = [&](const auto& items, const Bilingual& kind) {
    for (const auto& item : items) {
      if (!names(item.name, key)) continue;
      for (const auto& version : item.versions) {
        print_source(version, kind);
        shown = true;
      }
    }
  };
  const auto show_each = [&](const auto& items, const Bilingual& kind) {
    for (const auto& item : items) {
      if (!names(item.name, key)) continue;
      print_source(item, kind);
      shown = true;
    }
  };
  show_rules(key, shown);
  // What stands for a score is shown as the score.
  for (const sema::Definition& definition : program().definitions) {
    if (!names(definition.name, key) || definition.score.valid()) continue;
    for (const sema::DefinitionVersion& version : definition.versions) {
      print_source(version, say("definition", "定义"));
      shown = true;
    }
  }
  show_versions(program().scores, say("score", "积分"));
  show_each(program().services, say("service", "服务"));
  show_each(program().sources, say("source", "文件"));
  show_each(program().reforms, say("reform", "改革"));
  for (const sema::Parameter& parameter : program().parameters) {
    if (!names(parameter.name, key)) continue;
    print_source(parameter, say("parameter", "参数"));
    shown = true;
  }
  return shown;
}

/// The versions of a rule, and which of them is in force where and when is asked.
void Talk::show_rules(std::string_view key, bool& shown) {
  Question asked;
  asked.of = now_;
  if (!prepare(asked, {})) return;
  const value::Value place = report::place_of(asked.household, schema());
  const auto scopes = plan::scopes_of(program(), place, asked.of.date, asked.stack);
  for (std::size_t at = 0; at < program().rules.size(); ++at) {
    const sema::Rule& rule = program().rules[at];
    if (!names(rule.name, key)) continue;
    std::set<std::uint32_t> in_force;
    for (const plan::Scope& scope : scopes) {
      const auto found =
          plan::rule_in_force(program(), sema::RuleId{at}, scope, asked.of.lowest_level);
      if (found) in_force.insert(found->version);
    }
    for (std::uint32_t version = 0; version < rule.versions.size(); ++version) {
      print_source(
          rule.versions[version],
          in_force.contains(version)
              ? say("rule, in force here on {}", "规则，{}在此地有效",
                    in_both([&](bool zh) { return explain::date_words(asked.of.date, zh); }))
              : say("rule, not in force here on {}", "规则，{}在此地无效",
                    in_both([&](bool zh) { return explain::date_words(asked.of.date, zh); })));
      shown = true;
    }
  }
}

/// A fact or list of the vocabulary: its type, and the question an interviewer asks.
bool Talk::show_vocabulary(std::string_view key) {
  const bool chinese = options_.chinese;
  bool shown = false;
  const auto add = [&](const Bilingual& name, const std::string& what, const Bilingual& text) {
    print(fmt::format("{}{}{}\n", tinted(explain::display_name(name, chinese), Tint::kStrong),
                      chinese ? "：" : ": ", what));
    if (!text.empty()) print("  " + text.in(chinese) + "\n");
    shown = true;
  };
  for (const value::Fact& fact : schema().facts) {
    if (!names(fact.name, key)) continue;
    const std::string what = what_it_takes(fact, schema()).in(chinese);
    const std::string whose = fact.list.valid()
                                  ? explain::display_name(schema()[fact.list].name, chinese)
                                  : explain::display_name(schema()[fact.entity].name, chinese);
    add(fact.name, fmt::format("{}{}", what, say(", of {}", "，属于{}", whose).in(chinese)),
        fact.question);
  }
  for (const value::List& list : schema().lists) {
    if (!names(list.name, key) && !names(list.row_name, key)) continue;
    std::vector<std::string> fields;
    fields.reserve(list.facts.size());
    for (const value::FactId field : list.facts)
      fields.push_back(explain::display_name(schema()[field].name, chinese));
    const std::string of = fmt::format("{}", fmt::join(fields, chinese ? "、" : ", "));
    add(list.name, say("spells, each with {}", "时段，各有 {}", of).in(chinese), list.text);
  }
  return shown;
}

bool Talk::show(const Words& words) {
  const std::string key = key_of(phrase_of(words, 0, words.size()));
  if (key.empty() || key == "case" || key == "案例") {
    show_case();
    return true;
  }
  if (key == "rules" || key == "现行规则" || key == "规则") {
    auto asked = question({}, 0);
    return asked && rules_in_force(std::move(*asked));
  }
  if (const auto member = member_at(words, 0, now_.family);
      member && member->second == words.size()) {
    print(person_line(now_.family.members[member->first], nullptr));
    return true;
  }
  const bool declared = show_declared(key);
  const bool vocabulary_shown = show_vocabulary(key);
  if (declared || vocabulary_shown) return true;
  const ShortWord* word = vocabulary().short_word(key);
  if (word != nullptr) {
    print(fmt::format("{} → {}\n", phrase_of(words, 0, words.size()), word->means));
    return true;
  }
  const std::string typed = phrase_of(words, 0, words.size());
  return trouble(diag::Code::kUnknownName, words, 0,
                 say("the rulebook has no `{}`", "规则库中没有 `{}`", typed),
                 say("not known here", "此处不识"),
                 guess_or(typed, vocabulary().declared_names(options_.chinese),
                          say("`rules in force` lists the rules; Tab completes names",
                              "`现行规则` 列出规则；Tab 补全名称")));
}

bool Talk::rules_in_force(Question asked) {
  const bool chinese = options_.chinese;
  print(scope_line(asked) + "\n");
  const value::Value place = report::place_of(asked.household, schema());
  std::set<std::uint32_t> rules;
  std::vector<plan::InForce> found;
  for (const plan::Scope& scope : plan::scopes_of(program(), place, asked.of.date, asked.stack)) {
    for (const plan::InForce& each :
         plan::rules_in_force(program(), scope, asked.of.lowest_level)) {
      if (rules.insert(each.item).second) found.push_back(each);
    }
  }
  std::size_t count = 0;
  for (const std::uint32_t service : report::all_services(program())) {
    const sema::ServiceId id{service};
    if (asked.service && *asked.service != id) continue;
    bool headed = false;
    for (const plan::InForce& each : found) {
      const sema::RuleVersion& rule = program().rules[each.item].versions[each.version];
      const auto has = [&](const std::vector<sema::ServiceId>& ids) {
        return std::find(ids.begin(), ids.end(), id) != ids.end();
      };
      if (!has(rule.grants) && !has(rule.denies) && !has(rule.ranks)) continue;
      if (!headed) print(tinted(service_word(service), Tint::kStrong) + "\n");
      headed = true;
      ++count;
      const Bilingual effect = has(rule.grants)   ? say("grants", "准予")
                               : has(rule.denies) ? say("denies", "不予")
                                                  : say("ranks", "排序");
      std::vector<std::string> cites;
      cites.reserve(rule.remarks.cites.size());
      for (const sema::Citation& citation : rule.remarks.cites)
        cites.push_back(explain::citation_text(program(), citation, chinese));
      print(fmt::format("  {}  {} · {}\n",
                        explain::display_name(program().rules[each.item].name, chinese),
                        effect.in(chinese), explain::level_name(rule.level, chinese)));
      for (const std::string& line : report::wrap(
               fmt::format("{}", fmt::join(cites, chinese ? "；" : "; ")), options_.width - 4))
        print("    " + tinted(line, Tint::kFaint) + "\n");
    }
  }
  if (count == 0)
    print_line(say("No rule is in force here on this day.", "此地此日没有有效的规则。"));
  return true;
}

}  // namespace juzhu::session
