// What a rulebook states of itself: the household that refutes a property, pasted as a scenario,
// shows it; what goes against a limit is the same in whatever order the rulebook is written.
#include <algorithm>

#include "engine/limits.h"
#include "engine/properties.h"
#include "engine/rulebook.h"
#include "property.h"

namespace juzhu::generated {
namespace {

constexpr std::size_t kMadeUp = 4;

std::string shown_counterexample(Case& at, const engine::Counterexample& found) {
  Texts texts = at.texts;
  const std::string text =
      "module town.cases\nuse town.rules\nuse town.vocabulary\n" + found.text + "\n";
  texts.files.push_back({"cases.jz", text});
  const auto book = Book::read(texts);
  if (!book->accepted())
    return "the scenario that refutes a property is refused: " + book->refusal() + "\n" + text;
  at.book->add_tree(book->trees().back());
  engine::Rulebook rulebook{sema::Program(book->program())};
  for (const engine::ScenarioResult& result : engine::run_scenarios(rulebook)) {
    if (result.failures.empty()) continue;
    const engine::ScenarioFailure& failure = result.failures.front();
    return "a property is refuted, but its scenario says `" +
           std::string(book->sources().text(failure.span)) + "`, and " + failure.found.en + "\n" +
           text;
  }
  return {};
}

}  // namespace

std::string breaches_text(const Book& book) {
  const sema::Program& program = book.program();
  if (program.limits.empty()) return {};
  const value::PlaceTree& places = program.schema->places;
  std::vector<std::string> lines;
  for (const sema::Breach& breach : engine::find_breaches(program, book.sources()).breaches) {
    using Kind = sema::Breach::Kind;
    std::string line = program[breach.limit].name.in(false) + " against ";
    if (breach.kind == Kind::kParameter) line += program.parameters[breach.item].name.in(false);
    if (breach.kind == Kind::kRule) line += program.rules[breach.item].name.in(false);
    if (breach.kind == Kind::kDefinition) line += program.definitions[breach.item].name.in(false);
    std::vector<std::string> found;
    for (const sema::Breach::At& each : breach.found) {
      std::string text = " " + places.path_en(each.place);
      for (const auto& [from, to] : each.days)
        text += " " + std::to_string(from) + ".." + std::to_string(to);
      found.push_back(text);
    }
    std::sort(found.begin(), found.end());
    for (const std::string& each : found)
      line += each;
    lines.push_back(line);
  }
  std::sort(lines.begin(), lines.end());
  std::string text;
  for (const std::string& line : lines)
    text += "\n    " + line;
  return text;
}

std::string stated(Case& at) {
  if (at.book->program().properties.empty()) return {};
  engine::Rulebook rulebook{sema::Program(at.book->program())};
  engine::PropertyOptions options;
  options.scenarios = false;
  options.generated = kMadeUp;
  options.seed = at.random(9).below(1000);
  for (const engine::PropertyResult& result :
       engine::check_properties(rulebook, at.book->sources(), options)) {
    if (!result.counterexample) continue;
    std::string wrong = shown_counterexample(at, *result.counterexample);
    if (!wrong.empty()) return wrong;
  }
  return {};
}

}  // namespace juzhu::generated
