#include "book.h"

#include <algorithm>
#include <array>

#include "explain/explain.h"
#include "ops/logic.h"
#include "sema/check.h"
#include "syntax/keywords.h"
#include "syntax/parse.h"

namespace juzhu::generated {

using value::TypeKind;

std::unique_ptr<Book> Book::read(const Texts& texts) {
  std::unique_ptr<Book> book(new Book);
  diag::Sink sink;
  sema::CheckInput input;
  for (const TextFile& file : texts.files) {
    const source::FileId id = book->sources_.add(file.name, file.text);
    book->trees_.push_back(syntax::parse(book->sources_, id, sink));
  }
  input.sources = &book->sources_;
  input.trees = book->trees_;
  input.read = [&](source::FileId, const std::string& path) {
    return path == "places.csv" ? std::optional(texts.divisions_file) : std::nullopt;
  };
  if (!sink.has_errors()) {
    if (auto program = sema::check(input, sink)) {
      book->program_ = std::move(*program);
      book->accepted_ = !sink.has_errors();
    }
  }
  book->diagnostics_ = sink.sorted();
  if (book->accepted_) book->add_roots();
  for (const syntax::SyntaxTree& tree : book->trees_)
    book->counted_.add(tree);
  return book;
}

void TreeCounts::add(const syntax::SyntaxTree& tree) {
  for (const syntax::Node& node : tree.nodes)
    ++nodes[std::string(syntax::node_name(node.kind))];
  for (const syntax::Token& token : tree.tokens) {
    if (syntax::is_keyword(token.kind)) ++keywords[std::string(syntax::token_name(token.kind))];
  }
}

std::string Book::refusal() const {
  for (const diag::Diagnostic& each : diagnostics_) {
    if (each.severity != diag::Severity::kError) continue;
    std::string text = std::string(diag::code_name(each.code)) + ": " + each.message.en;
    if (each.primary.span.file.valid()) {
      const source::SourceFile& file = sources_.file(each.primary.span.file);
      text += " (" + file.name() + ":" +
              std::to_string(file.position(each.primary.span.begin).line) + ": " +
              std::string(sources_.text(each.primary.span)) + ")";
    }
    return text;
  }
  return "nothing said";
}

void Book::add_roots() {
  const std::size_t count = program_.definitions.size();
  for (std::size_t index = 0; index < count; ++index) {
    const sema::Definition& definition = program_.definitions[index];
    RootCall call{sema::DefinitionId{index}, {}, definition.type};
    sema::Expr expr{ops::Operation::kCall,
                    definition.type,
                    definition.versions.front().span,
                    {},
                    static_cast<std::uint32_t>(index),
                    0,
                    {}};
    std::vector<sema::LocalId> parameters;
    bool has_row = false;
    for (const sema::LocalId local : definition.parameters) {
      const value::Type type = program_[local].type;
      if (type.kind == TypeKind::kMember && type.entity.index == 0) continue;  // one household
      has_row |= type.kind == TypeKind::kRow;
      program_.exprs.push_back(
          {ops::Operation::kArgument, type, expr.span, {}, local.index, 0, {}});
      expr.operands.emplace_back(program_.exprs.size() - 1);
      parameters.push_back(local);
      call.parameters.push_back(type);
    }
    // Rows are bound by quantifiers and choices alone.
    if (has_row || definition.type.kind == TypeKind::kRow) continue;
    program_.exprs.push_back(std::move(expr));
    roots_.push_back({sema::ExprId{program_.exprs.size() - 1}, parameters});
    root_calls_.push_back(std::move(call));
  }
}

std::vector<const plan::Plan*> Book::plans(const Value& place, std::int64_t date) {
  std::vector<const plan::Plan*> found;
  for (const plan::Scope& scope : plan::scopes_of(program_, place, date)) {
    std::unique_ptr<plan::Plan>& plan = plans_[scope];
    if (!plan) plan = std::make_unique<plan::Plan>(plan::lower(program_, scope, roots_));
    found.push_back(plan.get());
  }
  return found;
}

namespace {

/// An exact value of a type to try a definition with; nothing if the household has none.
std::optional<Value> argument_for(const value::Type& type, const Household& household,
                                  const Schema& schema, std::int64_t date) {
  switch (type.kind) {
    case TypeKind::kBoolean:
      return value::truth(true);
    case TypeKind::kNumber:
      return value::number(1);
    case TypeKind::kDate:
      return value::number(date - 40);
    case TypeKind::kMonth:
      return value::number(value::month_of_date(date));
    case TypeKind::kChoice:
      return value::bits(1);
    case TypeKind::kChoiceSet:
      return value::set_between(2, 2);
    case TypeKind::kPlace:
      return value::place_value(static_cast<value::PlaceNode>(schema.places.size() / 2), true);
    case TypeKind::kMember:
      for (std::size_t i = 0; i < household.members.size(); ++i) {
        if (household.members[i].entity == type.entity) return value::bits(std::int64_t{1} << i);
      }
      return std::nullopt;
    case TypeKind::kError:
    case TypeKind::kQuotient:
    case TypeKind::kText:
    case TypeKind::kMemberSet:
    case TypeKind::kRow:
    case TypeKind::kRows:
    case TypeKind::kTime:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

std::vector<Asked> everything_to_ask(const Book& book, const Household& household,
                                     std::int64_t date) {
  std::vector<Asked> found;
  for (std::uint32_t service = 0; service < book.program().services.size(); ++service) {
    for (std::uint32_t member = 0; member < household.members.size(); ++member) {
      if (household.members[member].entity != book.program().subjects[service]) continue;
      Asked asked;
      asked.service = service;
      asked.member = member;
      found.push_back(asked);
    }
  }
  for (std::size_t root = 0; root < book.roots().size(); ++root) {
    Asked asked;
    asked.question = false;
    asked.root = root;
    bool complete = true;
    for (const value::Type& type : book.roots()[root].parameters) {
      const auto argument = argument_for(type, household, book.schema(), date);
      complete = complete && argument;
      if (argument) asked.arguments.push_back(*argument);
    }
    if (complete) found.push_back(std::move(asked));
  }
  return found;
}

eval::Query query_of(const Asked& asked, std::int64_t date) {
  eval::Query query;
  query.service = asked.service;
  query.member = asked.member;
  query.date = date;
  query.lowest_level = asked.lowest_level;
  query.failing_sets = false;
  query.layers = false;
  return query;
}

namespace {

std::string cover_text(const value::Cover& cover) {
  std::string text;
  for (const value::Run& run : cover.runs)
    text += " " + std::to_string(run.first) + ".." + std::to_string(run.last);
  return text;
}

/// Sorted, so that no order of work shows.
std::string sorted_text(const std::string& head, std::vector<std::string> parts) {
  std::sort(parts.begin(), parts.end());
  std::string text = "; " + head;
  for (const std::string& part : parts)
    text += " " + part;
  return text;
}

/// The same signs in any order: rows of a table and members inside it may stand in another one. A
/// comparison is the same either way round, and of `a is at most a; a is at least a` the first in
/// the text gives the words.
std::string signs_of(std::string text) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kTurned{
      {{"at least", "at most"}, {"over", "under"}, {"after", "before"}}};
  for (const auto& [word, other] : kTurned) {
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word))
      text.replace(at, word.size(), other);
  }
  std::sort(text.begin(), text.end());
  return "{" + text + "}";
}

std::string in_full_text(const Book& book, const Household& household, const eval::Query& query,
                         const eval::Outcome& outcome) {
  const plan::Plan& plan = *outcome.trace->plan;
  std::vector<std::string> keys;
  for (const eval::Deciding& each : outcome.deciding)
    keys.push_back(plan[each.declaration].key + (each.sure ? "" : "?"));
  std::string text = sorted_text("by", keys);
  const auto add = [&](const char* head, const std::vector<plan::DeclarationId>& declarations) {
    keys.clear();
    for (const plan::DeclarationId each : declarations)
      keys.push_back(plan[each].key);
    text += sorted_text(head, keys);
  };
  add("conflicts with", outcome.conflicts_with);
  add("may conflict with", outcome.may_conflict_with);
  add("more generous than", outcome.more_generous_than);
  add("rests on", outcome.rests_on);
  if (outcome.failing.may_lack_some) return text + " may lack some";  // cuts follow the order
  keys.clear();
  const explain::Explanation explanation =
      explain::explain(book.program(), book.sources(), household, query, outcome);
  for (const std::vector<explain::Change>& way : explanation.would_grant) {
    std::vector<std::string> changes;
    changes.reserve(way.size());
    for (const explain::Change& change : way)
      changes.push_back(signs_of(change.text.en));
    keys.push_back(sorted_text("way", changes));
  }
  return text + sorted_text("ways out", keys);
}

}  // namespace

Reply reply_to(Book& book, const Household& household, std::int64_t date, const Asked& asked,
               bool in_full) {
  Reply reply;
  if (asked.question) {
    eval::Query query = query_of(asked, date);
    query.layers = query.failing_sets = in_full;
    const eval::Outcome outcome = eval::ask(book, household, query);
    if (in_full) reply.extra = in_full_text(book, household, query, outcome);
    reply.known = outcome.kind != eval::OutcomeKind::kUnknown;
    reply.open = outcome.open;
    reply.at_most = outcome.at_most;
    const bool fails = outcome.kind == eval::OutcomeKind::kError;
    reply.answer = {static_cast<int>(outcome.kind),
                    fails ? static_cast<int>(outcome.error.code) : -1};
    reply.possible = outcome.possible;
    reply.depends_on = outcome.depends_on;
    return reply;
  }
  const RootCall& root = book.roots()[asked.root];
  const eval::Answer answer = eval::evaluate(
      book, household, date, [&](const plan::Plan& plan) { return plan.roots[asked.root]; },
      asked.arguments);
  reply.known = answer.known;
  reply.value = answer.value;
  reply.type = root.type;
  if (root.type.kind == TypeKind::kTime && answer.value.may_value()) {
    const value::CoverStore& covers = answer.trace->covers;
    reply.time = "surely" + cover_text(covers[answer.value.lo]) + " possibly" +
                 cover_text(covers[answer.value.hi]);
  }
  reply.depends_on = answer.depends_on;
  if (root.type.kind == TypeKind::kBoolean && reply.known) {
    const Value condition = ops::condition(answer.value);
    reply.answer = condition.only_error() ? std::pair(2, static_cast<int>(condition.error.code))
                                          : std::pair(value::is_true(condition) ? 1 : 0, -1);
  }
  return reply;
}

std::string asked_text(const Book& book, const Household& household, const Asked& asked) {
  if (asked.question) {
    return household.members[asked.member].key + "'s " +
           book.program().services[asked.service].name.in(false);
  }
  return book.program()[book.roots()[asked.root].definition].name.in(false);
}

std::string reply_text(const Book& book, const Household& household, const Reply& reply) {
  static const char* const kKinds[] = {"granted", "denied",   "ranked",
                                       "unknown", "conflict", "error"};
  std::string text;
  if (reply.type.kind == TypeKind::kError) {
    text = kKinds[reply.answer.first];
    if (reply.answer.second >= 0)
      text +=
          " " + std::string(value::error_name(static_cast<value::ErrorCode>(reply.answer.second)));
    if (!reply.known) text += " (possible " + std::to_string(reply.possible) + ")";
  } else {
    text = "kinds " + std::to_string(reply.value.kinds) + " [" + std::to_string(reply.value.lo) +
           ", " + std::to_string(reply.value.hi) + "]";
    if (reply.value.may_fail())
      text += " " + std::string(value::error_name(reply.value.error.code));
  }
  if (reply.open) text += " open";
  if (reply.at_most) text += " at most";
  for (const value::FactRef& ref : reply.depends_on)
    text += "; " + value::fact_text(ref, household, book.schema(), false);
  return text;
}

}  // namespace juzhu::generated
