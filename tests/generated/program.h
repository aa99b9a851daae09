// Whole programs as text: modules and files, vocabulary, sources with levels, parameters and
// definitions with versions, services with rules, gates and narrowings. What a declaration may name
// is what was made before it, so nothing stands in a circle; files and declarations are then put
// into any order.
//
// A new kind of declaration (score, allocation, limit, reform, property) is one member function of
// ProgramWriter, called from write(), with what it makes known added to Known.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "random.h"

namespace juzhu::generated {

struct File {
  std::string name;
  std::string module;
  std::vector<std::string> uses;
  std::vector<std::string> declarations;
  [[nodiscard]] std::string text() const;
};

struct Program {
  std::vector<File> files;
  std::string divisions_file;             ///< what `divisions from "places.csv"` reads
  std::map<std::string, std::string> zh;  ///< the Chinese spellings of declared names
  std::set<std::string> nouns;            ///< of these, those that a declaration binds
};

Program write_program(Random& random);

}  // namespace juzhu::generated
