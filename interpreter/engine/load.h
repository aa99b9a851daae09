// Finding and reading rule files: files and folders that the user names, modules that they `use`,
// the standard library. The only place of the library that touches the file system for rules.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "diag/diagnostic.h"
#include "engine/rulebook.h"
#include "syntax/syntax_tree.h"

namespace juzhu::engine {

struct LoadedTrees {
  std::vector<syntax::SyntaxTree> trees;  ///< each file once, in the order of their names
  std::set<std::uint32_t>
      named;  ///< files that the paths name, by index; the others only `use` reached
  std::vector<std::filesystem::path> folders;  ///< where modules are looked for
};

/// All files that the paths and their `use` lines reach, and those of the modules in `also`.
LoadedTrees load_trees(const std::vector<std::string>& paths, const LoadOptions& options,
                       source::SourceMap& sources, diag::Sink& sink,
                       const std::set<std::string>& also = {});

/// The name in a `module` or `use` declaration, its parts joined by dots; empty if it has none.
std::string dotted(const syntax::SyntaxTree& tree, syntax::NodeId node);
/// The module a file belongs to; one that names none is a module by the name of its file.
std::string module_of(const syntax::SyntaxTree& tree, const source::SourceMap& sources);

}  // namespace juzhu::engine
