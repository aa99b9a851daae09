// A generated program after the whole pipeline: texts parsed and checked, plans made on demand,
// every definition a root of each plan. Also what can be asked of it, and how an answer is
// compared.
//
// Ownership: a Book owns its texts, trees, program and plans. Not copied, since they refer to each
// other.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "diag/diagnostic.h"
#include "eval/outcome.h"
#include "plan/lower.h"
#include "sema/program.h"
#include "source/source_file.h"
#include "syntax/syntax_tree.h"

namespace juzhu::generated {

using eval::Household;
using eval::Value;
using value::Schema;

struct TextFile {
  std::string name;
  std::string text;
};
/// All that a program consists of, as a user would have it on disk.
struct Texts {
  std::vector<TextFile> files;
  std::string divisions_file;
};

/// What a root of the plans calls: a definition with the arguments it is tried with.
struct RootCall {
  sema::DefinitionId definition;
  std::vector<value::Type> parameters;
  value::Type type;
};

/// How often each node and keyword stands in some trees.
struct TreeCounts {
  std::map<std::string, std::size_t> nodes;
  std::map<std::string, std::size_t> keywords;
  void add(const syntax::SyntaxTree& tree);
};

class Book final : public eval::PlanSource {
 public:
  /// Never null; without a program where the texts were refused, see diagnostics().
  static std::unique_ptr<Book> read(const Texts& texts);

  [[nodiscard]] bool accepted() const { return accepted_; }
  [[nodiscard]] const std::vector<diag::Diagnostic>& diagnostics() const { return diagnostics_; }
  /// The first error as one line, for a report.
  [[nodiscard]] std::string refusal() const;
  [[nodiscard]] const source::SourceMap& sources() const { return sources_; }
  [[nodiscard]] const std::vector<syntax::SyntaxTree>& trees() const { return trees_; }
  /// A tree of a text that a property made of the program: it counts for coverage.
  void add_tree(const syntax::SyntaxTree& tree) { counted_.add(tree); }
  [[nodiscard]] const TreeCounts& counted() const { return counted_; }
  [[nodiscard]] const sema::Program& program() const { return program_; }
  [[nodiscard]] const std::vector<RootCall>& roots() const { return root_calls_; }

  std::vector<const plan::Plan*> plans(const Value& place, std::int64_t date) override;
  [[nodiscard]] const Schema& schema() const override { return *program_.schema; }
  [[nodiscard]] const std::map<plan::Scope, std::unique_ptr<plan::Plan>>& made() const {
    return plans_;
  }

 private:
  Book() = default;
  void add_roots();

  source::SourceMap sources_;
  std::vector<syntax::SyntaxTree> trees_;
  std::vector<diag::Diagnostic> diagnostics_;
  TreeCounts counted_;
  bool accepted_ = false;
  sema::Program program_;
  std::vector<RootCall> root_calls_;
  std::vector<plan::Root> roots_;
  std::map<plan::Scope, std::unique_ptr<plan::Plan>> plans_;
};

/// Something to ask of a household: the answer of a service for a member, or the value of a
/// definition.
struct Asked {
  bool question = true;
  std::uint32_t service = 0;
  std::uint32_t member = 0;
  std::size_t root = 0;          ///< index into Book::roots
  std::vector<Value> arguments;  ///< of the root
  ops::Level lowest_level = ops::Level::kPractice;
};

/// The answer to it, in a form that compares.
struct Reply {
  bool known = false;
  bool open = false;  ///< cut off by the budget
  bool at_most = false;
  std::pair<int, int> answer{};  ///< of a known question or condition: kind and error code
  std::uint8_t possible = 0;     ///< of a question
  Value value{};                 ///< of a definition
  value::Type type;              ///< of a definition; no type: a question
  std::string time;              ///< a time's covers, in words
  std::string extra;             ///< in_full: deciding rules, layers, ways out
  std::vector<value::FactRef> depends_on;
};

/// Questions for every person, and definitions for the members they speak of.
std::vector<Asked> everything_to_ask(const Book& book, const Household& household,
                                     std::int64_t date);
/// `in_full`: with deciding rules, higher norms and failing sets.
Reply reply_to(Book& book, const Household& household, std::int64_t date, const Asked& asked,
               bool in_full = false);
/// For reports: q0 of B, d3.
std::string asked_text(const Book& book, const Household& household, const Asked& asked);
std::string reply_text(const Book& book, const Household& household, const Reply& reply);
eval::Query query_of(const Asked& asked, std::int64_t date);

}  // namespace juzhu::generated
