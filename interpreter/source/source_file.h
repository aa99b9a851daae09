// Texts and places in them. A SourceMap owns every text that a run reads (rule files, data files, a
// line typed into the REPL) and turns a byte offset into a line and a column.
//
// Units: offsets are bytes of UTF-8, half-open [begin, end). Lines and columns count from 1; a
// column counts code points. Ownership: views into a text live as long as the SourceMap. Threads:
// immutable after the last add().
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"

namespace juzhu::source {

class SourceFile;
using FileId = Id<SourceFile>;

/// A stretch of one text. A default Span points nowhere (file not valid).
struct Span {
  FileId file;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  friend bool operator==(const Span&, const Span&) = default;
};

struct LineColumn {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

class SourceFile {
 public:
  SourceFile(std::string name, std::string text);
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::string_view text() const { return text_; }
  /// Line and column of a byte offset; an offset past the end gives the end.
  [[nodiscard]] LineColumn position(std::uint32_t offset) const;
  /// The text of a line (from 1) without its line break (LF or CRLF).
  [[nodiscard]] std::string_view line(std::uint32_t number) const;

 private:
  std::string name_;
  std::string text_;
  std::vector<std::uint32_t> line_starts_;
};

class SourceMap {
 public:
  /// Takes the text; `name` is how messages call it (a path as the user gave it).
  FileId add(std::string name, std::string text);
  [[nodiscard]] const SourceFile& file(FileId id) const { return files_[id.index]; }
  [[nodiscard]] std::string_view text(Span span) const;
  [[nodiscard]] std::size_t size() const { return files_.size(); }

 private:
  std::deque<SourceFile> files_;
};

}  // namespace juzhu::source
