#include "engine/missing_modules.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>

#include "engine/rule_files.h"
#include "syntax/parse.h"

namespace juzhu::engine {

namespace fs = std::filesystem;

namespace {

using diag::Code;
using diag::Diagnostic;
using syntax::NodeId;
using syntax::NodeKind;
using syntax::SyntaxTree;
using syntax::TokenKind;

/// What a file that is not part of the rulebook says; it is read for a help alone.
std::string text_of(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// The names that a naming says, in either tongue.
void add_names(const SyntaxTree& tree, NodeId naming, std::set<std::string>& names) {
  for (const std::uint32_t token : tree.own_tokens(naming)) {
    if (tree.tokens[token].kind == TokenKind::kNAME)
      names.insert(syntax::name_of(tree.text_of(tree.tokens[token])));
  }
  for (const NodeId property : tree.children(naming, NodeKind::kProperty))
    names.insert(syntax::name_of(tree.text_of(property)));
}

/// The names of places in a table of divisions: its columns are those of stdlib/places/README.md.
void add_places(const std::string& table, std::set<std::string>& names) {
  std::istringstream lines(table);
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    std::replace(line.begin(), line.end(), ';', ',');
    std::istringstream cells(line);
    std::string cell;
    for (std::size_t column = 0; std::getline(cells, cell, ','); ++column) {
      const bool is_name = (column >= 1 && column <= 3) || column >= 6;
      if (is_name && !cell.empty()) names.insert(cell);
    }
  }
}

/// All that a file lets others say: what stands at the head of its declarations, its facts and
/// options, and its places.
std::set<std::string> names_of(const SyntaxTree& tree, const fs::path& path) {
  std::set<std::string> names;
  const auto add_all = [&](NodeId node) {
    for (const NodeKind kind : {NodeKind::kNaming, NodeKind::kPropertyNaming}) {
      for (const NodeId naming : tree.children(node, kind))
        add_names(tree, naming, names);
    }
  };
  for (const NodeId declaration : tree.children(tree.root(), NodeKind::kDeclaration)) {
    for (const NodeId node : tree.children(declaration)) {
      if (tree.kind(node) == NodeKind::kScenarioDecl) continue;
      add_all(node);
      for (const NodeId fact : tree.children(node, NodeKind::kFactDecl))
        add_all(fact);
      if (tree.kind(node) != NodeKind::kDivisionsDecl) continue;
      const syntax::Token* table = tree.token(node, TokenKind::kSTRING);
      if (table == nullptr) continue;
      add_places(text_of(path.parent_path() / syntax::string_of(tree.text_of(*table))), names);
    }
  }
  return names;
}

/// The first name of the tree within a span; empty if there is none.
std::string name_in(const SyntaxTree& tree, source::Span span) {
  for (const syntax::Token& token : tree.tokens) {
    if (token.begin < span.begin || token.end > span.end) continue;
    if (token.kind == TokenKind::kNAME) return syntax::name_of(tree.text_of(token));
  }
  return {};
}

Diagnostic& copy(const Diagnostic& item, diag::Sink& sink) {
  Diagnostic& copied =
      sink.report_as(item.severity, item.code, item.primary.span, item.message, item.primary.text);
  copied.labels = item.labels;
  copied.helps = item.helps;
  copied.data = item.data;
  copied.one_of_several = item.one_of_several;
  return copied;
}

}  // namespace

void MissingModules::index(const SyntaxTree& tree, const std::string& module) {
  for (const std::string& name : names_of(tree, sources_.file(tree.file).name()))
    declared_[name].insert(module);
  for (const NodeId use : tree.children(tree.root(), NodeKind::kUseDecl))
    uses_of_[module].insert(dotted(tree, use));
}

void MissingModules::index(const LoadedTrees& loaded) {
  declared_.clear();
  uses_of_.clear();
  std::set<fs::path> read;
  for (const SyntaxTree& tree : loaded.trees) {
    std::error_code error;
    read.insert(fs::weakly_canonical(sources_.file(tree.file).name(), error));
    index(tree, module_of(tree, sources_));
  }
  for (const fs::path& folder : loaded.folders) {
    for (const fs::path& path : rule_files_in(folder.empty() ? "." : folder, Depth::kFolder)) {
      std::error_code error;
      if (!read.insert(fs::weakly_canonical(path, error)).second) continue;
      diag::Sink unheard;
      const SyntaxTree tree =
          syntax::parse(sources_, sources_.add(path.string(), text_of(path)), unheard);
      // What has errors, or no name of its own, is no module to propose.
      const NodeId named = tree.child(tree.root(), NodeKind::kModuleDecl);
      if (!unheard.has_errors() && named.valid()) index(tree, dotted(tree, named));
    }
  }
}

std::set<std::string> MissingModules::reached(const std::string& module,
                                              const std::string& file) const {
  std::set<std::string> reached;
  std::vector<std::string> open{module};
  if (const auto more = uses_.find(file); more != uses_.end())
    open.insert(open.end(), more->second.begin(), more->second.end());
  while (!open.empty()) {
    const std::string current = open.back();
    open.pop_back();
    if (!reached.insert(current).second) continue;
    const auto uses = uses_of_.find(current);
    if (uses != uses_of_.end()) open.insert(open.end(), uses->second.begin(), uses->second.end());
  }
  return reached;
}

bool MissingModules::take(const Diagnostic& error, const LoadedTrees& loaded) {
  const source::Span span = error.primary.span;
  const auto tree = std::find_if(loaded.trees.begin(), loaded.trees.end(),
                                 [&](const SyntaxTree& each) { return each.file == span.file; });
  if (tree == loaded.trees.end()) return false;
  const auto known = declared_.find(name_in(*tree, span));
  if (known == declared_.end()) return false;
  const std::string file = sources_.file(span.file).name();
  const std::set<std::string> seen = reached(module_of(*tree, sources_), file);
  const auto is_seen = [&](const std::string& module) { return seen.contains(module); };
  if (std::any_of(known->second.begin(), known->second.end(), is_seen)) return false;
  // A part of the rulebook goes before a module that nobody reads.
  const auto is_read = [&](const std::string& module) {
    return std::any_of(loaded.trees.begin(), loaded.trees.end(),
                       [&](const SyntaxTree& each) { return module_of(each, sources_) == module; });
  };
  auto module = std::find_if(known->second.begin(), known->second.end(), is_read);
  if (module == known->second.end()) module = known->second.begin();
  uses_[file].insert(*module);
  firsts_.push_back({error, *module, module->ends_with(".jz")});
  return true;
}

bool MissingModules::find(const LoadedTrees& loaded, const diag::Sink& errors) {
  const std::vector<Diagnostic> sorted = errors.sorted();
  const auto of = [](Code code) {
    return [code](const Diagnostic& item) { return item.code == code; };
  };
  const bool names = std::any_of(sorted.begin(), sorted.end(), of(Code::kUnknownName));
  const bool places = std::any_of(sorted.begin(), sorted.end(), of(Code::kUnknownPlace));
  if (!names && !places) return false;
  index(loaded);
  // Names first: the module that brings them may bring the places as well.
  for (const Code code : {Code::kUnknownName, Code::kUnknownPlace}) {
    bool any = false;
    for (const Diagnostic& item : sorted) {
      if (item.code == code) any = take(item, loaded) || any;
    }
    if (any) return true;
  }
  return false;
}

std::set<std::string> MissingModules::modules() const {
  std::set<std::string> all;
  for (const auto& [file, modules] : uses_)
    all.insert(modules.begin(), modules.end());
  return all;
}

std::string MissingModules::place_of(const Diagnostic& error) const {
  const source::Span span = error.primary.span;
  if (!span.file.valid()) return {};
  return sources_.file(span.file).name() + ":" + std::to_string(span.begin);
}

void MissingModules::report(const diag::Sink& remaining, diag::Sink& sink) const {
  const std::vector<Diagnostic> rest = remaining.sorted();
  for (const First& first : firsts_) {
    const bool remains = std::any_of(rest.begin(), rest.end(), [&](const Diagnostic& item) {
      return item.code == first.error.code && place_of(item) == place_of(first.error);
    });
    if (remains) continue;
    Diagnostic& told = copy(first.error, sink);
    if (first.of_file) continue;
    told.helps.clear();
    told.helps.push_back(say("module `{0}` declares it: add `use {0}`",
                             "模块 `{0}` 声明了它：加 `引用 {0}`", first.module));
  }
  for (const Diagnostic& item : rest)
    copy(item, sink);
}

}  // namespace juzhu::engine
