// Which name stands where: what each name of a tree may mean by its place in the grammar, and how
// it is written in the other tongue. A name that a declaration binds for itself (`some home among
// …`) is renamed throughout the declaration or not at all.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "format/names.h"
#include "syntax/syntax_tree.h"

namespace juzhu::format {

class NamePlaces {
 public:
  NamePlaces(const syntax::SyntaxTree& tree, const Names& names, syntax::Tongue tongue);

  /// What to write for the name (or the word taken as one) at a token, without 「」.
  [[nodiscard]] std::string text(std::uint32_t token) const;

 private:
  struct Local {
    std::string written;   ///< in the tongue asked for
    std::string owner;     ///< of its properties
    bool in_both = false;  ///< declared with both names
  };
  using Locals = std::map<std::string, Local, std::less<>>;

  void find_locals(syntax::NodeId declaration);
  void add_local(Locals& locals, syntax::NodeId node, const std::string& name) const;
  void add_member(Locals& locals, syntax::NodeId member) const;
  void add_part(Locals& locals, syntax::NodeId node, const std::string& name) const;
  void find_paths();
  [[nodiscard]] const Local* local(std::uint32_t node, std::string_view name) const;
  [[nodiscard]] std::string value(std::uint32_t token) const;
  [[nodiscard]] std::string naming_text(syntax::NodeId naming, const std::string& name) const;
  [[nodiscard]] std::string clause_text(syntax::NodeId clauses, const std::string& name) const;
  [[nodiscard]] std::string path_owner(syntax::NodeId reference, syntax::NodeId until) const;
  [[nodiscard]] std::string line_owner(syntax::NodeId line) const;
  [[nodiscard]] std::string property_owner(syntax::NodeId property) const;
  [[nodiscard]] std::string property_text(syntax::NodeId property) const;
  [[nodiscard]] syntax::NodeId first_reference(syntax::NodeId node) const;

  const syntax::SyntaxTree& tree_;
  const Names& names_;
  syntax::Tongue tongue_;
  std::vector<syntax::NodeId> parents_;
  std::vector<syntax::NodeId> holders_;
  std::vector<std::uint32_t> declaration_of_;   ///< by node
  std::map<std::uint32_t, Locals> locals_;      ///< by declaration
  std::map<std::uint32_t, std::string> paths_;  ///< by token: a part of a path of places
};

}  // namespace juzhu::format
