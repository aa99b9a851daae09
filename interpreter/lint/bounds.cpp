// Whether a comparison includes its number where the text that it follows does.
#include <algorithm>
#include <set>

#include "lint/lint.h"
#include "lint/written_bounds.h"

namespace juzhu::lint {
namespace {

using ops::Operation;
using sema::ExprId;
using source::Span;

/// `x is at least 12 months` as the rule writes it; under `unless` the same words say the contrary.
struct Compared {
  std::string number;
  bool lower = false;
  bool strict = false;
  Span span;
};

class Comparisons {
 public:
  Comparisons(const sema::Program& program, const source::SourceMap& sources)
      : program_(program), sources_(sources) {}

  void read(ExprId id, bool holds) {
    if (!id.valid() || !seen_.insert({id.index, holds}).second) return;
    const sema::Expr& expr = program_[id];
    if (expr.operation == Operation::kNot) {
      read(expr.operands[0], !holds);
      return;
    }
    if (expr.operation == Operation::kLess || expr.operation == Operation::kLessEqual)
      compare(expr, holds);
    for (const ExprId operand : expr.operands)
      read(operand, holds);
  }
  [[nodiscard]] const std::vector<Compared>& found() const { return found_; }

 private:
  void compare(const sema::Expr& expr, bool holds) {
    for (const std::size_t side : {0U, 1U}) {
      const bool bounds_below = (side == 0) == holds;  // 12 <= x; not (x < 12)
      const bool strict = (expr.operation == Operation::kLess) == holds;
      for (std::string& number : numbers(expr.operands[side]))
        found_.push_back({std::move(number), bounds_below, strict, expr.span});
    }
  }

  /// The number of a constant, or all that a parameter has.
  [[nodiscard]] std::vector<std::string> numbers(ExprId id) const {
    const sema::Expr& expr = program_[id];
    std::vector<std::string> result;
    const auto add = [&](std::string_view text) {
      if (std::string number = leading_number(text); !number.empty())
        result.push_back(std::move(number));
    };
    if (expr.operation == Operation::kConstant) add(sources_.text(expr.span));
    if (expr.operation != Operation::kParameter) return result;
    for (const sema::ParameterVersion& version : program_.parameters[expr.a].versions) {
      const std::string_view text = sources_.text(version.span);
      const std::size_t value = std::min(text.find(": "), text.find("："));
      if (value == std::string_view::npos) continue;
      const std::size_t digit = text.find_first_of("0123456789", value);
      if (digit != std::string_view::npos) add(text.substr(digit));
    }
    return result;
  }

  const sema::Program& program_;
  const source::SourceMap& sources_;
  std::set<std::pair<std::uint32_t, bool>> seen_;
  std::vector<Compared> found_;
};

Bilingual words_for(bool lower, bool strict) {
  if (lower) return strict ? say("`over`", "`超过`") : say("`at least`", "`至少`");
  return strict ? say("`under`", "`不满`") : say("`at most`", "`至多`");
}

void compare(const sema::Declared& declared, const std::vector<Compared>& compared,
             diag::Sink& sink) {
  std::set<std::uint32_t> told;
  for (const Bilingual& note : declared.remarks.notes) {
    for (const std::string& text : {note.en, note.zh}) {
      for (const WrittenBound& bound : bounds_in(text)) {
        const auto of_number = [&](const Compared& each) {
          return each.number == bound.number && each.lower == bound.lower;
        };
        const auto found = std::find_if(compared.begin(), compared.end(), of_number);
        const bool as_written = std::any_of(
            compared.begin(), compared.end(),
            [&](const Compared& each) { return of_number(each) && each.strict == bound.strict; });
        if (found == compared.end() || as_written || !told.insert(found->span.begin).second)
          continue;
        diag::Diagnostic& report = sink.report(
            diag::Code::kBoundNotAsWritten, found->span,
            say("the note says \"{}\", and the rule {} the number itself",
                "注中写“{0}”，而规则{2}本数", bound.words, bound.strict ? "lets in" : "leaves out",
                bound.strict ? "包括" : "不包括"),
            say("compare it with the text", "请与条文核对"));
        report.labels.push_back({declared.name_span, say("has the note", "有此注")});
        report.helps.push_back(say("write {}, or correct the note", "写 {}，或改正注",
                                   words_for(bound.lower, bound.strict)));
      }
    }
  }
}

}  // namespace

void find_bounds_not_as_written(const sema::Program& program, const source::SourceMap& sources,
                                diag::Sink& sink) {
  for (const sema::Rule& rule : program.rules) {
    for (const sema::RuleVersion& version : rule.versions) {
      if (version.amends) continue;
      Comparisons of_rule(program, sources);
      of_rule.read(version.concerns, true);
      of_rule.read(version.condition, true);
      compare(version, of_rule.found(), sink);
    }
  }
  for (const sema::Definition& definition : program.definitions) {
    if (definition.score.valid()) continue;
    for (const sema::DefinitionVersion& version : definition.versions) {
      Comparisons of_definition(program, sources);
      of_definition.read(version.body, true);
      compare(version, of_definition.found(), sink);
    }
  }
}

}  // namespace juzhu::lint
