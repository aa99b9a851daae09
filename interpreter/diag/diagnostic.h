// What we tell the author of a rule file or a data file: a code, a severity, a message, one primary
// span with a label, further labels, and a help that names the next step. A Diagnostic is data;
// text and JSON are made from it elsewhere. Codes are listed once in codes.def.
//
// Every text is there in English and in Chinese, made by say(): who finds something does not know
// who will read it, and the same finding may be shown to both. The renderers pick.
//
// Wording: lower case, no final period, names of the author in back quotes, words of the language
// and never of the implementation; first what was found, then the rule if it is not obvious.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bilingual.h"
#include "source/source_file.h"

namespace juzhu::diag {

enum class Code {
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define JUZHU_CODE(name, text, severity, summary) k##name,
#include "diag/codes.def"
#undef JUZHU_CODE
};

enum class Severity { kError, kWarning, kNote };

/// The stable kebab-case name of a code, as in docs/errors/ and JSON.
std::string_view code_name(Code code);
Severity default_severity(Code code);
std::string_view code_summary(Code code);

struct Label {
  source::Span span;
  Bilingual text;
};

/// Where a row of data came from; used when there is no text to point into (or no need to show it).
struct DataPlace {
  std::string file;
  std::uint32_t line = 0;  ///< from 1; 0: not known (JSON)
  std::string column;      ///< the column's or field's name; JSON: the path to the value
  std::string value;       ///< the text that was found
};

struct Diagnostic {
  Code code;
  Severity severity;
  Bilingual message;
  Label primary;                  ///< span.file not valid: no place in a rule file
  std::vector<Label> labels;      ///< only what says more than the message
  std::vector<Bilingual> helps;   ///< each one concrete next step
  std::optional<DataPlace> data;  ///< set for findings in data
  bool one_of_several = false;    ///< others of its code may stand at its place with other words
};

/// Collects diagnostics in any order; sorted by place when read. At most `limit` are kept, the rest
/// counted.
class Sink {
 public:
  explicit Sink(std::size_t limit = 100) : limit_(limit) {}
  /// Adds a diagnostic with the code's own severity and returns it for labels and helps to be
  /// added.
  Diagnostic& report(Code code, source::Span span, Bilingual message, Bilingual label = {});
  /// The same with a severity of its own: what is a warning where it may happen is an error where
  /// it must.
  Diagnostic& report_as(Severity severity, Code code, source::Span span, Bilingual message,
                        Bilingual label = {});
  Diagnostic& report_data(Code code, DataPlace place, Bilingual message);
  [[nodiscard]] bool has_errors() const { return errors_ > 0; }
  [[nodiscard]] std::size_t error_count() const { return errors_; }
  [[nodiscard]] std::size_t warning_count() const { return warnings_; }
  [[nodiscard]] std::size_t note_count() const { return notes_; }
  [[nodiscard]] std::size_t dropped_count() const { return dropped_; }
  /// Sorted by file, offset, data line, code; duplicates (same code and place) removed,
  /// unless each is one of several.
  [[nodiscard]] std::vector<Diagnostic> sorted() const;

 private:
  std::vector<Diagnostic> items_;
  Diagnostic overflow_{};
  std::size_t limit_;
  std::size_t errors_ = 0;
  std::size_t warnings_ = 0;
  std::size_t notes_ = 0;
  std::size_t dropped_ = 0;
};

/// The nearest of `known` to `name` within a small edit distance (Damerau-Levenshtein over code
/// points), if any.
std::optional<std::string> did_you_mean(std::string_view name,
                                        const std::vector<std::string>& known);

}  // namespace juzhu::diag
