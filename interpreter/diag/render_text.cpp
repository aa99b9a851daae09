#include <algorithm>
#include <string>

#include "diag/render.h"
#include "diag/snippet.h"

namespace juzhu::diag {
namespace {

using source::LineColumn;
using source::SourceFile;
using source::SourceMap;

enum class Ink { kError, kWarning, kNote, kFrame, kStrong };

std::string_view escape_of(Ink ink) {
  switch (ink) {
    case Ink::kError:
      return "\x1b[1;31m";
    case Ink::kWarning:
      return "\x1b[1;33m";
    case Ink::kNote:
      return "\x1b[1;36m";
    case Ink::kFrame:
      return "\x1b[1;34m";
    case Ink::kStrong:
      return "\x1b[1m";
  }
  return {};
}

Ink ink_of(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return Ink::kError;
    case Severity::kWarning:
      return Ink::kWarning;
    case Severity::kNote:
      return Ink::kNote;
  }
  return Ink::kError;
}

std::string_view heading(Severity severity, bool chinese) {
  switch (severity) {
    case Severity::kError:
      return chinese ? "错误" : "error";
    case Severity::kWarning:
      return chinese ? "警告" : "warning";
    case Severity::kNote:
      return chinese ? "提示" : "note";
  }
  return {};
}

/// One label with its place worked out.
struct Mark {
  const Label* label;
  bool primary;
  LineColumn start;
  std::uint32_t first_byte;  ///< in its line, as SourceFile::line gives it
  std::uint32_t last_byte;   ///< one past; cut at the end of the line
};

Mark mark_of(const Label& label, bool primary, const SourceFile& file) {
  const LineColumn start = file.position(label.span.begin);
  const std::string_view line = file.line(start.line);
  // Columns count code points, bytes are needed here: the line is a view into the same text.
  const auto line_begin = static_cast<std::uint32_t>(line.data() - file.text().data());
  const auto size = static_cast<std::uint32_t>(line.size());
  const auto within = [&](std::uint32_t offset) {
    return offset < line_begin ? 0U : std::min(offset - line_begin, size);
  };
  return {&label, primary, start, within(label.span.begin), within(label.span.end)};
}

class TextRenderer {
 public:
  TextRenderer(const SourceMap& sources, const RenderOptions& options)
      : sources_(sources), options_(options) {}

  std::string render(const Diagnostic& item) {
    out_.clear();
    gutter_ = 0;
    severity_ = item.severity;
    out_ += painted(ink_of(item.severity), std::string(heading(item.severity, options_.chinese)) +
                                               "[" + std::string(code_name(item.code)) + "]");
    out_ += painted(Ink::kStrong, ": " + printable(item.message.in(options_.chinese))) + "\n";
    if (item.primary.span.file.valid()) add_source(item);
    if (item.data) add_data(*item.data);
    for (const Bilingual& help : item.helps) {
      const std::string word = options_.chinese ? "帮助：" : "help: ";
      out_ += std::string(gutter_ + 1, ' ') + painted(Ink::kFrame, "= ") + word +
              printable(help.in(options_.chinese));
      out_ += "\n";
    }
    return out_;
  }

 private:
  [[nodiscard]] std::string painted(Ink ink, const std::string& text) const {
    if (!options_.color) return text;
    return std::string(escape_of(ink)) + text + "\x1b[0m";
  }

  /// Nothing marked at the very start: the finding is about the file, not about its first line.
  static bool is_of_whole_file(const Diagnostic& item) {
    return item.primary.span.end == 0 && item.primary.text.empty() && item.labels.empty();
  }

  void add_source(const Diagnostic& item) {
    const source::FileId here = item.primary.span.file;
    if (is_of_whole_file(item)) {
      gutter_ = 2;
      out_ +=
          "  " + painted(Ink::kFrame, "-->") + " " + printable(sources_.file(here).name()) + "\n";
      return;
    }
    std::vector<Label> others = item.labels;
    std::erase_if(others, [](const Label& label) { return !label.span.file.valid(); });
    // The primary file first, then each other file in the order its first label came.
    std::vector<source::FileId> files{here};
    for (const Label& label : others) {
      if (std::find(files.begin(), files.end(), label.span.file) == files.end()) {
        files.push_back(label.span.file);
      }
    }
    std::vector<std::vector<Mark>> marks(files.size());
    marks[0].push_back(mark_of(item.primary, true, sources_.file(here)));
    for (const Label& label : others) {
      const auto at = std::find(files.begin(), files.end(), label.span.file) - files.begin();
      marks[static_cast<std::size_t>(at)].push_back(
          mark_of(label, false, sources_.file(label.span.file)));
    }
    for (const std::vector<Mark>& in_file : marks) {
      for (const Mark& mark : in_file) {
        gutter_ = std::max(gutter_, std::to_string(mark.start.line).size());
      }
    }
    for (std::size_t at = 0; at < files.size(); ++at) {
      add_file(sources_.file(files[at]), std::move(marks[at]), at == 0 ? "-->" : ":::");
    }
    out_ += bar() + "\n";
  }

  void add_file(const SourceFile& file, std::vector<Mark> marks, std::string_view arrow) {
    const LineColumn place = marks.front().start;
    out_ += std::string(gutter_, ' ') + painted(Ink::kFrame, std::string(arrow)) + " " +
            printable(file.name()) + ":" + std::to_string(place.line) + ":" +
            std::to_string(place.column) + "\n";
    out_ += bar() + "\n";
    std::stable_sort(marks.begin(), marks.end(), [](const Mark& left, const Mark& right) {
      return left.start.line < right.start.line;
    });
    std::uint32_t shown_line = 0;
    for (std::size_t at = 0; at < marks.size();) {
      const std::uint32_t number = marks[at].start.line;
      if (shown_line != 0 && number > shown_line + 1) out_ += painted(Ink::kFrame, "...") + "\n";
      std::size_t end = at;
      while (end < marks.size() && marks[end].start.line == number)
        ++end;
      add_line(file, number,
               {marks.begin() + static_cast<std::ptrdiff_t>(at),
                marks.begin() + static_cast<std::ptrdiff_t>(end)});
      shown_line = number;
      at = end;
    }
  }

  void add_line(const SourceFile& file, std::uint32_t number, const std::vector<Mark>& marks) {
    const SourceLine line(file.line(number), marks.front().first_byte);
    const std::string digits = std::to_string(number);
    std::string head = std::string(gutter_ - digits.size(), ' ') + digits + " |";
    out_ += painted(Ink::kFrame, head);
    if (!line.text().empty()) out_ += " " + line.text();
    out_ += "\n";
    for (const Mark& mark : marks) {
      std::string under = line.underline(mark.first_byte, mark.last_byte, mark.primary ? '^' : '-');
      if (!mark.label->text.empty())
        under += " " + printable(mark.label->text.in(options_.chinese));
      out_ += bar() + " " + painted(mark.primary ? ink_of(severity_) : Ink::kFrame, under) + "\n";
    }
  }

  [[nodiscard]] std::string bar() const {
    return painted(Ink::kFrame, std::string(gutter_ + 1, ' ') + "|");
  }

  /// `  --> persons.csv:17, column birth_date: "2018-13-40"`
  void add_data(const DataPlace& data) {
    constexpr std::size_t kMostValueColumns = 60;
    gutter_ = std::max<std::size_t>(gutter_, 2);
    out_ += std::string(gutter_, ' ') + painted(Ink::kFrame, "-->") + " " + printable(data.file);
    if (data.line > 0) out_ += ":" + std::to_string(data.line);
    if (!data.column.empty()) {
      // Without a line the file is JSON and the column a path to the value.
      const bool path = data.line == 0;
      if (options_.chinese)
        out_ += path ? "，位置 " : "，列 ";
      else
        out_ += path ? ", at " : ", column ";
      out_ += printable(data.column);
    }
    if (!data.value.empty()) {
      out_ +=
          (options_.chinese ? "：\"" : ": \"") + shortened(data.value, kMostValueColumns) + "\"";
    }
    out_ += "\n";
  }

  const SourceMap& sources_;
  const RenderOptions& options_;
  std::string out_;
  std::size_t gutter_ = 0;
  Severity severity_ = Severity::kError;
};

}  // namespace

std::string render_text(const std::vector<Diagnostic>& diagnostics, const SourceMap& sources,
                        const RenderOptions& options) {
  TextRenderer renderer(sources, options);
  std::string result;
  for (const Diagnostic& item : diagnostics) {
    if (!result.empty()) result += "\n";
    result += renderer.render(item);
  }
  return result;
}

}  // namespace juzhu::diag
