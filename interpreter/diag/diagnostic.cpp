#include "diag/diagnostic.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

namespace juzhu::diag {
namespace {

struct CodeRow {
  std::string_view text;
  Severity severity;
  std::string_view summary;
};

constexpr std::array kCodes{
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define JUZHU_CODE(name, text, severity, summary) CodeRow{text, Severity::severity, summary},
#include "diag/codes.def"
#undef JUZHU_CODE
};

const CodeRow& row(Code code) { return kCodes[static_cast<std::size_t>(code)]; }

/// What decides the order of messages and whether two of them say the same.
auto place(const Diagnostic& item) {
  const source::Span span = item.primary.span;
  const DataPlace nowhere;
  const DataPlace& data = item.data ? *item.data : nowhere;
  return std::tuple(span.file.index, span.begin, data.file, data.line, data.column, data.value,
                    item.code);
}

}  // namespace

std::string_view code_name(Code code) { return row(code).text; }
Severity default_severity(Code code) { return row(code).severity; }
std::string_view code_summary(Code code) { return row(code).summary; }

Diagnostic& Sink::report(Code code, source::Span span, Bilingual message, Bilingual label) {
  return report_as(default_severity(code), code, span, std::move(message), std::move(label));
}

Diagnostic& Sink::report_as(Severity severity, Code code, source::Span span, Bilingual message,
                            Bilingual label) {
  if (severity == Severity::kError) ++errors_;
  if (severity == Severity::kWarning) ++warnings_;
  if (severity == Severity::kNote) ++notes_;
  Diagnostic item{code, severity, std::move(message), {span, std::move(label)}, {}, {}, {}, false};
  if (items_.size() >= limit_) {
    // Callers add labels to what they get back, so there is always something to give.
    ++dropped_;
    overflow_ = std::move(item);
    return overflow_;
  }
  return items_.emplace_back(std::move(item));
}

Diagnostic& Sink::report_data(Code code, DataPlace place, Bilingual message) {
  Diagnostic& item = report(code, {}, std::move(message));
  item.data = std::move(place);
  return item;
}

std::vector<Diagnostic> Sink::sorted() const {
  std::vector<Diagnostic> result = items_;
  std::stable_sort(
      result.begin(), result.end(),
      [](const Diagnostic& left, const Diagnostic& right) { return place(left) < place(right); });
  const auto same = [](const Diagnostic& left, const Diagnostic& right) {
    // Two findings without any place are told apart by their words, and so are those of several.
    const bool placed = left.primary.span.file.valid() || left.data.has_value();
    return place(left) == place(right) &&
           ((placed && !left.one_of_several) || left.message == right.message);
  };
  result.erase(std::unique(result.begin(), result.end(), same), result.end());
  return result;
}

}  // namespace juzhu::diag
