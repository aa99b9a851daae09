// How often each operation, node of the grammar and keyword of either tongue was generated, so that
// the generator cannot pass a construct by in silence.
#pragma once

#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include "book.h"

namespace juzhu::generated {

class Coverage {
 public:
  /// Operations of the typed program and of its plans, nodes and keywords of its trees.
  void add(const Book& book);
  void add_tree(const syntax::SyntaxTree& tree);
  void print(std::FILE* to) const;
  /// Operations and nodes that were never generated, but for those that only broken texts have.
  [[nodiscard]] std::vector<std::string> missing() const;

 private:
  std::map<std::string, std::size_t> operations_;
  std::map<std::string, std::size_t> nodes_;
  std::map<std::string, std::size_t> keywords_;
};

}  // namespace juzhu::generated
