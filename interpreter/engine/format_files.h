// Rule files formatted or turned into the other tongue, with the names that they and the modules
// they use declare, and the places of the tree of divisions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "diag/diagnostic.h"
#include "source/source_file.h"

namespace juzhu::engine {

struct FormatOptions {
  std::optional<bool> chinese;  ///< the tongue to turn to; none: as each declaration is written
  std::string library;          ///< as LoadOptions::library
};

struct FormattedFile {
  std::string path;
  std::string before;
  std::string after;                 ///< as before where it cannot be formatted
  bool has_errors = false;           ///< of syntax or reading; they are in the sink
  std::optional<std::string> wrong;  ///< our mistake: `after` would be another program
};

/// Files and folders with their subfolders; all of them are one rulebook.
std::vector<FormattedFile> format_files(const std::vector<std::string>& paths,
                                        const FormatOptions& options, source::SourceMap& sources,
                                        diag::Sink& sink);

/// One text, called `name` in messages, with the names of the modules that it uses from the
/// library.
FormattedFile format_text(const std::string& name, const std::string& text,
                          const FormatOptions& options, source::SourceMap& sources,
                          diag::Sink& sink);

}  // namespace juzhu::engine
