// The writer of one program: sources, parameters, definitions, scores, services with rules and
// allocations, limits, reforms and properties, each made of what was made before it. Private to
// write_program; a kind of declaration is a member function in one of the program_*.cpp files.
#pragma once

#include "expressions.h"
#include "program.h"

namespace juzhu::generated {

inline constexpr int kDepth = 3;
/// In Chinese digits.
std::string zh_number(std::size_t number);

struct RuleSpec {
  std::string name;
  std::string source;
  bool grants = false;
  std::vector<std::string> conditions;  ///< each a whole `when`, as written
};

/// A service with its rules, and what could be named when they were written: a reform that changes
/// them names no more than that, so that under it nothing needs itself either.
struct ServiceSpec {
  std::string name;
  std::vector<RuleSpec> rules;
  Known known;
};

class ProgramWriter {
 public:
  explicit ProgramWriter(Random& random)
      : random_(random),
        vocabulary_(make_vocabulary(random)),
        expressions_(random, vocabulary_, known_) {}

  Program write() {
    sources();
    parameters();
    const std::size_t services = 1 + random_.below(2);
    for (std::size_t i = 0; i < services; ++i) {
      const std::size_t count = random_.below(4);
      for (std::size_t j = 0; j < count; ++j)
        definition();
      if (random_.percent(25)) score();
      service(i);
      if (random_.percent(25)) reform();
    }
    if (random_.percent(20)) limit();
    if (random_.percent(20)) property();
    return distribute();
  }

 private:
  std::string named(const std::string& name, const std::string& zh) {
    zh_[name] = zh;
    return naming(random_, name, zh);
  }
  std::string maybe_text() { return random_.percent(15) ? " " + text_in_quotes(random_) : ""; }
  std::string place() { return random_.one_of(vocabulary_.places); }
  std::string start(std::size_t version) {
    const std::string year = std::to_string(2014 + 3 * version);
    return random_.one_of({year, year, year + "-01", year + "-07-01", year + " years"});
  }
  std::string cites() {
    std::string text = "cites " + random_.one_of(known_.sources);
    if (random_.percent(60)) text += " art " + std::to_string(random_.between(1, 9));
    if (random_.percent(15)) text += " para 2 item 1";
    if (random_.percent(5)) text += " 第8条第1款";
    if (random_.percent(10)) text += ", " + random_.one_of(known_.sources) + " annex 1";
    return text;
  }
  std::vector<std::string> remarks() {
    std::vector<std::string> found;
    if (random_.percent(5))
      found.push_back("confidence " + std::string(random_.one_of(
                                          {"official", "secondary", "recalled", "doubtful"})));
    if (random_.percent(5)) found.push_back("note " + text_in_quotes(random_));
    if (random_.percent(5)) found.push_back("vague " + text_in_quotes(random_));
    if (random_.percent(5)) found.push_back("not encoded " + text_in_quotes(random_));
    if (random_.percent(8))
      found.push_back("counting " +
                      std::string(random_.one_of({"both_days", "calendar_months", "civil_code"})));
    return found;
  }

  void sources();
  void parameters();
  void definition();
  void definition_version(const DefinitionSpec& spec, const std::string& head,
                          const std::string& in_force, bool declared, int& scale);
  DefinitionSpec definition_head(std::string& head);
  Kind definition_kind();
  // program_points.cpp: scores, clauses and allocations
  std::string clauses(const Scope& scope, const Kind& kind, int most);
  Text fitted(const Scope& scope, const Kind& kind, int most, int depth);
  void score();
  void score_version(ScoreSpec& spec, const std::string& head, const std::string& in_force);
  std::string let(Scope& scope, ScoreSpec& spec);
  std::string choosing(Scope& scope, ScoreSpec& spec);
  std::string item(const Scope& scope, ScoreSpec& spec);
  std::string group(const Scope& scope, ScoreSpec& spec, int depth);
  std::string points(const Scope& scope, int& scale);
  std::string caps(const Scope& scope, int& scale);
  std::string part_name(const std::string& name, const std::string& zh);
  void allocation(const std::string& service, std::size_t number);
  std::string rank_keys(const Scope& scope);

  // program_changes.cpp: reforms, limits and properties
  void reform();
  std::string change(const ServiceSpec& service, const std::string& name);
  std::string amendment(const ServiceSpec& service, const RuleSpec& rule);
  std::string addition(const ServiceSpec& service, const std::string& name);
  void limit();
  void property();
  std::string binders(Scope& scope);

  std::string type_text(const Kind& kind, int scale) const;
  std::string parameter_literal(const Kind& kind, int& scale);
  void service(std::size_t index);
  RuleSpec rule(const std::string& service, std::size_t number);
  void narrowing(const RuleSpec& narrowed, std::size_t number);
  void gate(const std::string& service, std::size_t number);
  /// `any_name`: in a set the member may go by a name of its own.
  std::string for_each(Scope& scope, int chance, bool any_name = true);
  std::string joined(const std::string& head, std::vector<std::string> clauses);
  Program distribute();

  Random& random_;
  Known known_;
  Vocabulary vocabulary_;
  Expressions expressions_;
  std::vector<std::string> declarations_;
  std::vector<std::string> overridable_;  ///< rules of the service at hand
  std::vector<ServiceSpec> services_;
  std::map<std::string, std::string> zh_;
  std::size_t definition_count_ = 0;
  std::size_t rule_count_ = 0;
  std::size_t part_count_ = 0;
};

}  // namespace juzhu::generated
