#include "data/csv_table.h"

#include <csv.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <utility>

#include "base/check.h"

namespace juzhu::data {
namespace {

using diag::Code;

// libcsv trims blanks around fields by itself; ours are trimmed where cells are read, full-width
// blanks too, so that messages can show what was written.
int nothing_is_space(unsigned char) { return 0; }

/// The next physical line of `text` from `at`, with its break: LF, CRLF or a lone CR.
std::string_view line_from(std::string_view text, std::size_t at) {
  const std::size_t end = text.find_first_of("\r\n", at);
  if (end == std::string_view::npos) return text.substr(at);
  const bool pair = text[end] == '\r' && end + 1 < text.size() && text[end + 1] == '\n';
  return text.substr(at, end - at + (pair ? 2 : 1));
}

bool is_blank_line(std::string_view line) {
  return line.find_first_not_of("\r\n") == std::string_view::npos;
}

std::uint32_t line_breaks(std::string_view text) {
  std::uint32_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool pair = text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n';
    if (text[at] == '\n' || (text[at] == '\r' && !pair)) ++count;
  }
  return count;
}

/// libcsv tells fields and rows but no lines. Feeding it one physical line at a time brings them
/// back.
class Reader {
 public:
  Reader(CsvTable& table, diag::Sink& sink) : table_(table), sink_(sink) { start(); }
  ~Reader() { csv_free(&parser_); }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  void read(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
      const std::string_view line = line_from(text, at);
      at += line.size();
      const bool fed = feed(line, at);
      const bool at_end = fed && at == text.size();
      if (!fed || (at_end && csv_fini(&parser_, on_field, on_row, this) != 0)) {
        at = skip_bad_row(at, fed);
        if (!has_header_) return;
      }
      if (separator_is_wrong()) return;
      ++line_;
    }
  }

 private:
  /// A first line of one name that holds what others part their columns with. Reported once; no
  /// row after it can be read, so there is then no table.
  bool separator_is_wrong() {
    if (table_.columns.size() != 1) return false;
    for (const std::string_view separator : {";", "\t", "，", "；"}) {
      if (table_.columns.front().find(separator) == std::string::npos) continue;
      report(1, separator == "\t"
                    ? say("the separator seems to be a tab", "分隔符看来是制表符")
                    : say("the separator seems to be `{}`", "分隔符看来是 `{}`", separator))
          .helps.emplace_back(
              say("save the table with commas between its columns", "另存为以英文逗号分列的表"));
      table_ = {table_.file, {}, {}};
      return true;
    }
    return false;
  }

  void start() {
    JUZHU_CHECK(csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI) == 0);
    csv_set_space_func(&parser_, nothing_is_space);
  }

  /// One physical line; `next` is the offset of the line after it. Whether it could be read.
  bool feed(std::string_view line, std::size_t next) {
    if (!open_ && is_blank_line(line)) return true;
    if (!open_) {
      row_ = {};
      row_.line = line_;
      quote_line_ = 0;
    }
    const std::size_t fields_before = open_ ? row_.fields.size() : 0;
    const bool began_here = !open_;
    open_ = true;
    const std::size_t taken = csv_parse(&parser_, line.data(), line.size(), on_field, on_row, this);
    in_old_field_ = !began_here && row_.fields.size() == fields_before;
    // Whatever is open at the end of a line is a quoted field, begun here unless it was open
    // before.
    if (open_ && !in_old_field_) {
      quote_line_ = line_;
      after_quote_line_ = next;
    }
    return taken == line.size() && !too_long_ &&
           csv_get_buffer_size(&parser_) <= 2 * kFieldBytesMax;
  }

  static void on_field(void* bytes, std::size_t size, void* self) {
    static_cast<Reader*>(self)->field({static_cast<const char*>(bytes), size});
  }
  static void on_row(int /*break*/, void* self) { static_cast<Reader*>(self)->row(); }

  void field(std::string_view text) {
    too_long_ = too_long_ || text.size() > kFieldBytesMax;
    // The field ends on this line; its own breaks lead back to where it began.
    const std::uint32_t began = line_ - std::min(line_ - 1, line_breaks(text));
    if (began != row_.line && row_.lines.empty()) {
      row_.lines.assign(row_.fields.size(), row_.line);
    }
    if (began != row_.line || !row_.lines.empty()) row_.lines.push_back(began);
    row_.fields.emplace_back(text);
  }

  void row() {
    open_ = false;
    if (too_long_) return;
    if (!has_header_) {
      has_header_ = true;
      table_.columns = row_.fields;
      return;
    }
    if (row_.fields.size() == table_.columns.size()) {
      table_.rows.push_back(row_);
      return;
    }
    report(row_.line, say("this row has {} {}, the first line has {}",
                          "此行有 {0} 个字段，首行有 {2} 个", row_.fields.size(),
                          row_.fields.size() == 1 ? "field" : "fields", table_.columns.size()))
        .helps.emplace_back(
            say("put a value that has a comma in it between quotes; this row is left out",
                "含逗号的值须加引号；该行略去不读"));
  }

  /// Reports the row that stopped the parser. Returns where to go on; `line_` is then the line
  /// before.
  std::size_t skip_bad_row(std::size_t next, bool ended_open) {
    if (ended_open || in_old_field_) {
      line_ = quote_line_;
      next = after_quote_line_;
      report(line_, say("a quote opens on this line and is not closed", "此行有引号未闭合"))
          .helps.emplace_back(say("close it with a second quote; this line is left out",
                                  "补上后引号；该行略去不读"));
    } else if (too_long_) {
      report(line_, say("a value on this line has more than {} bytes", "此行有一个值超过 {} 字节",
                        kFieldBytesMax))
          .helps.emplace_back(say("shorten it; this line is left out", "请缩短；该行略去不读"));
    } else {
      report(line_, say("a quote stands inside a value on this line", "此行有一个值中间含有引号"))
          .helps.emplace_back(say("put the whole value between quotes and write each quote in it "
                                  "twice; this line is left out",
                                  "整个值加引号，其中每个引号写两次；该行略去不读"));
    }
    csv_free(&parser_);
    start();
    open_ = false;
    too_long_ = false;
    return next;
  }

  diag::Diagnostic& report(std::uint32_t line, Bilingual message) {
    return sink_.report_data(Code::kBadCsv, {table_.file, line, {}, {}}, std::move(message));
  }

  CsvTable& table_;
  diag::Sink& sink_;
  csv_parser parser_{};
  CsvRow row_;
  std::uint32_t line_ = 1;
  bool open_ = false;  ///< a row has begun and not ended
  bool too_long_ = false;
  bool has_header_ = false;
  bool in_old_field_ = false;     ///< the last line fed added to a field begun on an earlier one
  std::uint32_t quote_line_ = 0;  ///< where the quoted field that is open began; 0: none
  std::size_t after_quote_line_ = 0;  ///< offset of the line after it
};

}  // namespace

CsvTable read_csv(std::string file, std::string_view text, diag::Sink& sink) {
  CsvTable table{std::move(file), {}, {}};
  Reader(table, sink).read(text);
  return table;
}

}  // namespace juzhu::data
