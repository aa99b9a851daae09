// A rule file that forgets `use household` knows none of its names: one slip, and a screen of
// errors. Here each such module is told once for a file, and the rest of the errors are those that
// remain when it is read as if it used the module.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "diag/diagnostic.h"
#include "engine/load.h"

namespace juzhu::engine {

/// By the name of a file: modules that it does not use and whose names it says.
using MissingUses = std::map<std::string, std::set<std::string>>;

class MissingModules {
 public:
  explicit MissingModules(source::SourceMap& sources) : sources_(sources) {}

  /// Finds more of them among the errors of a check; whether there were any.
  bool find(const LoadedTrees& loaded, const diag::Sink& errors);
  [[nodiscard]] const MissingUses& uses() const { return uses_; }
  [[nodiscard]] std::set<std::string> modules() const;
  /// What is told in the end: what remains after the last check, and each module that is missing
  /// with the first name that asked for it, unless its error remains all the same.
  void report(const diag::Sink& remaining, diag::Sink& sink) const;

 private:
  struct First {
    diag::Diagnostic error;
    std::string module;
    bool of_file = false;  ///< a file without a name of its own, which nobody can use
  };

  bool take(const diag::Diagnostic& error, const LoadedTrees& loaded);
  void index(const LoadedTrees& loaded);
  void index(const syntax::SyntaxTree& tree, const std::string& module);
  [[nodiscard]] std::set<std::string> reached(const std::string& module,
                                              const std::string& file) const;
  [[nodiscard]] std::string place_of(const diag::Diagnostic& error) const;

  source::SourceMap& sources_;
  std::map<std::string, std::set<std::string>> declared_;  ///< a name: the modules that declare it
  std::map<std::string, std::set<std::string>> uses_of_;   ///< a module: those it uses itself
  MissingUses uses_;
  std::vector<First> firsts_;
};

}  // namespace juzhu::engine
