// Names that a reader takes for one another.
#include <map>

#include "lint/lint.h"

namespace juzhu::lint {
namespace {

using source::Span;

/// Small letters without underscores: what is left of a name when it is read aloud.
std::string folded(std::string_view name) {
  std::string result;
  for (const char sign : name) {
    if (sign == '_') continue;
    result += sign >= 'A' && sign <= 'Z' ? static_cast<char>(sign - 'A' + 'a') : sign;
  }
  return result;
}

class Names {
 public:
  explicit Names(diag::Sink& sink) : sink_(sink) {}

  void add(const Bilingual& name, Span span) {
    if (name.en.empty() || !span.file.valid()) return;
    const auto [known, is_new] = first_.emplace(folded(name.en), std::pair(name.en, span));
    if (is_new || known->second.first == name.en || !told_.emplace(name.en, true).second) return;
    diag::Diagnostic& report =
        sink_.report(diag::Code::kNamesAlike, span,
                     say("`{}` and `{}` differ only in case or underscores",
                         "`{}` 与 `{}` 只差大小写或下划线", known->second.first, name.en),
                     say("easily taken for the other", "易与另一名称混淆"));
    report.labels.push_back({known->second.second, say("the other", "另一名称")});
    report.helps.push_back(
        say("give one of them a name that says what it is", "将其中之一改成能说明其义的名称"));
  }
  template <typename Store>
  void add_all(const Store& store) {
    for (const auto& each : store)
      add(each.name, each.name_span);
  }
  template <typename Store>
  void add_versions(const Store& store) {
    for (const auto& each : store) {
      if (!each.versions.empty()) add(each.name, each.versions.front().name_span);
    }
  }

 private:
  diag::Sink& sink_;
  std::map<std::string, std::pair<std::string, Span>> first_;
  std::map<std::string, bool> told_;
};

}  // namespace

void find_names_alike(const sema::Program& program, diag::Sink& sink) {
  Names names(sink);
  names.add_all(program.sources);
  names.add_all(program.services);
  names.add_all(program.parameters);
  names.add_versions(program.definitions);
  names.add_versions(program.rules);
  names.add_versions(program.scores);
  names.add_all(program.reforms);
  names.add_all(program.limits);
  names.add_all(program.properties);
  names.add_all(program.scenarios);
}

}  // namespace juzhu::lint
