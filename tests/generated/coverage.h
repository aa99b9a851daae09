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
  /// Operations of the typed program and of its plans, nodes and keywords of its trees and of texts
  /// that properties made of it.
  void add(const Book& book);
  void print(std::FILE* to) const;
  /// What was never generated.
  [[nodiscard]] std::vector<std::string> missing() const;

 private:
  std::map<std::string, std::size_t> operations_;
  std::map<std::string, std::size_t> nodes_;
  std::map<std::string, std::size_t> keywords_;
};

}  // namespace juzhu::generated
