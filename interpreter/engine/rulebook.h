// The door of the library: load rule files into a checked rulebook, ask it questions, run its
// scenarios. Tools and bindings stand on this and on the plain data of the rooms below.
//
// Ownership: a Rulebook owns its Program and the plans it makes; the SourceMap it was loaded with
// must outlive it. Threads: plans are made on demand, so one Rulebook is used by one thread at a
// time for now.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "diag/diagnostic.h"
#include "eval/outcome.h"
#include "plan/lower.h"
#include "sema/program.h"
#include "sema/reforms.h"
#include "source/source_file.h"

namespace juzhu::engine {

struct LoadOptions {
  std::string library;  ///< folder of the standard library; empty: found beside the program, see
                        ///< default_library()
  bool lint = true;     ///< report warnings and notes too
};

/// The folder `stdlib` of the source tree or the installation the program runs from; empty if there
/// is none.
std::string default_library();

class Rulebook final : public eval::PlanSource {
 public:
  /// Reads and checks rule files; a folder means all its .jz files, in any order. `use` finds
  /// modules in the given folders and in the library. Returns nothing if there were errors; they
  /// are in the sink.
  static std::unique_ptr<Rulebook> load(const std::vector<std::string>& paths,
                                        source::SourceMap& sources, diag::Sink& sink,
                                        const LoadOptions& options = {});

  explicit Rulebook(sema::Program program) : program_(std::move(program)) {}
  [[nodiscard]] const sema::Program& program() const { return program_; }
  [[nodiscard]] const value::Schema& schema() const override { return *program_.schema; }
  /// Plans of the text as it stands.
  std::vector<const plan::Plan*> plans(const value::Value& place, std::int64_t date) override {
    return plans(place, date, sema::kNoReforms);
  }
  std::vector<const plan::Plan*> plans(const value::Value& place, std::int64_t date,
                                       std::uint32_t stack);
  /// The rulebook after reforms, what they stand on below them; for `under`, `ask` and the like.
  std::uint32_t stack_of(const std::vector<sema::ReformId>& reforms) {
    return sema::stack_of(program_, reforms);
  }
  /// The plans under a stack of reforms; lives as long as the rulebook.
  eval::PlanSource& under(std::uint32_t stack);
  /// The answer for one member and service.
  eval::Outcome ask(const value::Household& household, const eval::Query& query,
                    std::uint32_t stack = sema::kNoReforms) {
    return eval::ask(under(stack), household, query);
  }
  /// A score of one member, with the trace that its sheet is read from; "not applicable" where
  /// there is nothing to choose, an error where the score is not in force.
  eval::Answer score(const value::Household& household, std::uint32_t member, sema::ScoreId score,
                     std::int64_t date, std::uint32_t stack = sema::kNoReforms);
  /// Is the service for this member on this date (a child: under 18)? Unknown counts as yes.
  bool concerns(const value::Household& household, std::uint32_t member, sema::ServiceId service,
                std::int64_t date);
  /// Members the question "which children" is about: persons that the role `child` holds for, or
  /// may hold for. Vocabulary is no matter of reforms.
  std::vector<std::uint32_t> children(const value::Household& household, std::int64_t date);

 private:
  /// This rulebook with reforms active.
  class Reformed final : public eval::PlanSource {
   public:
    Reformed(Rulebook& rulebook, std::uint32_t stack) : rulebook_(rulebook), stack_(stack) {}
    std::vector<const plan::Plan*> plans(const value::Value& place, std::int64_t date) override {
      return rulebook_.plans(place, date, stack_);
    }
    [[nodiscard]] const value::Schema& schema() const override { return rulebook_.schema(); }

   private:
    Rulebook& rulebook_;
    std::uint32_t stack_;
  };

  sema::Program program_;
  std::map<plan::Scope, std::unique_ptr<plan::Plan>> plans_;
  std::map<std::uint32_t, std::unique_ptr<Reformed>> reformed_;  ///< by stack
};

class Coverage;  // engine/coverage.h

struct ScenarioFailure {
  source::Span span;     ///< of the expectation
  std::string expected;  ///< source text
  Bilingual found;       ///< what came out, in words
  Bilingual help;        ///< what to write instead, where that is clear; else empty
};
struct ScenarioResult {
  sema::ScenarioId scenario;
  std::size_t expectation_count = 0;
  std::vector<ScenarioFailure> failures;
};
/// Runs every scenario of the rulebook (or those whose name contains `filter`), in order of name.
/// What they reach is added to `coverage`, if there is one.
std::vector<ScenarioResult> run_scenarios(Rulebook& rulebook, std::string_view filter = {},
                                          Coverage* coverage = nullptr);

}  // namespace juzhu::engine
