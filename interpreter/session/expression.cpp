#include "session/expression.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "data/text_file.h"
#include "engine/with_root.h"
#include "explain/words.h"
#include "sema/check.h"
#include "sema/reforms.h"
#include "session/talk.h"
#include "syntax/parse.h"

namespace juzhu::session {
namespace {

constexpr const char* kName = "juzhu typed line";

/// A time or rows have no text of their own.
bool has_text(const value::Type& type) {
  return type.kind != value::TypeKind::kTime && type.kind != value::TypeKind::kRow &&
         type.kind != value::TypeKind::kRows;
}

}  // namespace

ExpressionChecker::ExpressionChecker(const std::vector<std::string>& paths,
                                     const std::string& library) {
  diag::Sink found;  // told where the files are read as rules
  engine::LoadOptions options;
  options.library = library;
  loaded_ = engine::load_trees(paths, options, sources_, found);
  readable_ = !found.has_errors();
  for (const syntax::SyntaxTree& tree : loaded_.trees)
    modules_.insert(engine::module_of(tree, sources_));
}

std::optional<CheckedExpression> ExpressionChecker::check(
    const std::string& expression, const std::vector<std::pair<std::string, std::string>>& people,
    std::optional<Trouble>& trouble) {
  // A scenario is where the language knows people by name.
  std::string text = "scenario 「" + std::string(kName) + "」  on 2000-01-01\n";
  for (const auto& [key, kind] : people)
    text += fmt::format("  {} 「{}」 {{ }}\n", kind, key);
  text += "  expect (";
  const auto begin = static_cast<std::uint32_t>(text.size());
  const auto end = begin + static_cast<std::uint32_t>(expression.size());
  text += expression + ") is unknown\n";
  const source::FileId file = sources_.add(kName, std::move(text));
  diag::Sink sink;
  sema::CheckInput input;
  input.sources = &sources_;
  input.trees = std::move(loaded_.trees);
  input.trees.push_back(syntax::parse(sources_, file, sink));
  input.named = loaded_.named;
  input.also_uses[kName] = modules_;
  input.lint = false;
  input.read = [&](source::FileId from, const std::string& path) {
    diag::Sink unread;
    const auto beside = std::filesystem::path(sources_.file(from).name()).parent_path() / path;
    return data::read_text_file(beside.string(), "utf-8", unread);
  };
  std::optional<sema::Program> program;
  if (!sink.has_errors()) program = sema::check(input, sink);
  input.trees.pop_back();
  loaded_.trees = std::move(input.trees);
  for (const diag::Diagnostic& found : sink.sorted()) {
    if (found.severity != diag::Severity::kError || trouble) continue;
    Trouble told{found.code, 0, 0, found.message, found.primary.text, {}};
    if (found.primary.span.file == file) {
      told.begin = std::clamp(found.primary.span.begin, begin, end) - begin;
      told.end = std::clamp(found.primary.span.end, begin, end) - begin;
    }
    if (!found.helps.empty()) told.help = found.helps.front();
    trouble = std::move(told);
  }
  if (trouble || !program) return std::nullopt;
  CheckedExpression checked;
  for (const sema::Scenario& scenario : program->scenarios) {
    if (scenario.span.file != file || scenario.expectations.empty()) continue;
    const sema::Expectation& expectation = scenario.expectations.front();
    checked.people = scenario.members;
    checked.expr = expectation.value.valid() ? expectation.value : expectation.condition;
    checked.member = expectation.member;
    checked.service = expectation.service;
    if (expectation.question.valid()) checked.expr = {};
  }
  checked.program = std::make_unique<sema::Program>(std::move(*program));
  return checked;
}

eval::Answer work_out(const CheckedExpression& checked, const value::Household& household,
                      std::int64_t date, const std::vector<std::string>& reforms) {
  std::vector<sema::ReformId> ids;
  for (std::uint32_t id = 0; id < checked.program->reforms.size(); ++id) {
    const std::string& name = checked.program->reforms[id].name.in(false);
    if (std::find(reforms.begin(), reforms.end(), name) != reforms.end()) ids.emplace_back(id);
  }
  std::sort(ids.begin(), ids.end(), [&](sema::ReformId left, sema::ReformId right) {
    const auto place = [&](sema::ReformId id) {
      return std::find(reforms.begin(), reforms.end(), (*checked.program)[id].name.in(false));
    };
    return place(left) < place(right);
  });
  engine::WithRoot plans(*checked.program, plan::Root{checked.expr, checked.people, {}},
                         sema::stack_of(*checked.program, ids));
  std::vector<value::Value> arguments;
  arguments.reserve(checked.people.size());
  for (std::size_t member = 0; member < checked.people.size(); ++member)
    arguments.push_back(value::bits(std::int64_t{1} << member));
  eval::Answer answer = eval::evaluate(
      plans, household, date, [](const plan::Plan& plan) { return plan.roots.back(); }, arguments);
  answer.trace.reset();  // it refers to plans that end here
  return answer;
}

/// `value Li's school_insured`: any expression of the language, for the case.
bool Talk::value(std::string_view expression, std::size_t skipped, const Words& words) {
  if (expression.empty())
    return trouble(diag::Code::kSyntaxError, words, 0,
                   say("`value` needs an expression", "`求值` 须写明表达式"), {},
                   say("write `value Mei's age on today`", "写 `求值 梅的年龄 截至 今日`"));
  Question asked;
  asked.of = now_;
  if (!prepare(asked, words)) return false;
  if (!expressions_)
    expressions_ = std::make_unique<ExpressionChecker>(options_.rules, options_.library);
  if (!expressions_->readable()) {
    expressions_.reset();
    return trouble(diag::Code::kSyntaxError, words, 0,
                   say("expressions are read with the rules, and these have errors",
                       "表达式要同规则一起读取，而规则有错误"),
                   {}, say("mend the rule files first", "请先改正规则文件"));
  }
  std::vector<std::pair<std::string, std::string>> people;
  people.reserve(asked.of.family.members.size());
  for (const PersonText& member : asked.of.family.members)
    people.emplace_back(member.key, member.entity);
  std::optional<Trouble> wrong;
  const auto checked = expressions_->check(std::string(expression), people, wrong);
  if (wrong) {
    wrong->begin += static_cast<std::uint32_t>(skipped);
    wrong->end += static_cast<std::uint32_t>(skipped);
    return trouble(std::move(*wrong));
  }
  if (!checked) return false;
  if (!checked->expr.valid()) {
    asked.service = sema::ServiceId{std::size_t{checked->service}};
    asked.member = checked->member;
    return answers(std::move(asked));
  }
  const value::Type& type = (*checked->program)[checked->expr].type;
  if (type.kind == value::TypeKind::kQuotient)
    return trouble(
        diag::Code::kNeedsRounding, words, 0,
        say("this division does not say how to round", "此除法没有说明如何舍入"), {},
        say("write `(…) rounded half_up to 2 decimals`", "写 `(…) 舍入 四舍五入 至 2 位小数`"));
  if (!has_text(type))
    return trouble(diag::Code::kTypeMismatch, words, 0,
                   say("this is a stretch of time or a list, not one value",
                       "这是一段时间或一个列表，不是单个值"),
                   {},
                   say("measure it: `full months in (…)`, `count of x among …`",
                       "请度量：`满 月数 于 (…)`、`计数 x 属于 …`"));
  std::vector<std::string> reforms;
  for (const sema::ReformId id : program().stacks[asked.stack].reforms)
    reforms.push_back(program()[id].name.in(false));
  const eval::Answer answer = work_out(*checked, asked.household, asked.of.date, reforms);
  const bool chinese = options_.chinese;
  std::string text = answer.value.only_error()
                         ? std::string(explain::error_words(answer.value.error.code, chinese))
                         : explain::value_words(answer.value, type, schema(), chinese);
  print(text + "\n");
  for (const value::FactRef& fact : answer.depends_on)
    print("  " +
          say("needs {}", "尚需{}", in_both([&](bool zh) {
                return value::fact_text(fact, asked.household, schema(), zh);
              }))
              .in(chinese) +
          "\n");
  return true;
}

}  // namespace juzhu::session
