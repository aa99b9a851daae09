// A result written to a file: to a temporary beside it, which takes the name when all is written. A
// run that fails or is stopped leaves what was there before, never half a result.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

#include "diag/diagnostic.h"

namespace juzhu::report {

class OutputFile {
 public:
  /// An empty path means standard output, written to as it comes.
  explicit OutputFile(std::string path);
  ~OutputFile();  ///< removes the temporary if it was not committed
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  /// Whether there is something to write to; if not, commit() says why.
  [[nodiscard]] bool is_open() const { return file_ != nullptr; }
  void write(std::string_view text);
  /// Gives the file its name. Whether everything could be written; if not, the sink says why
  /// (write-failed).
  bool commit(diag::Sink& sink);

 private:
  std::string path_;
  std::string temporary_;
  std::FILE* file_ = nullptr;
  int error_ = 0;  ///< errno of the first failure
};

}  // namespace juzhu::report
