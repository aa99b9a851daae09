#include "data/text_file.h"

#include <fmt/format.h>
#include <iconv.h>
#include <utf8proc.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "base/system_text.h"

namespace juzhu::data {
namespace {

using diag::Code;
namespace fs = std::filesystem;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

enum class Encoding { kUtf8, kGb18030 };

std::optional<Encoding> encoding_of(std::string_view name) {
  std::string plain;
  for (const char letter : name) {
    if (letter == '-' || letter == '_' || letter == ' ') continue;
    plain += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  }
  if (plain.empty() || plain == "utf8" || plain == "utf8bom" || plain == "ascii") {
    return Encoding::kUtf8;
  }
  // GB 18030 contains its two forerunners.
  if (plain == "gb18030" || plain == "gbk" || plain == "gb2312" || plain == "cp936") {
    return Encoding::kGb18030;
  }
  return std::nullopt;
}

std::uint32_t line_at(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, offset);
  return static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n')) + 1;
}

/// The bytes as a person can compare them with a hex editor: C9 EE DB DA.
std::string bytes_shown(std::string_view text, std::size_t offset) {
  std::string shown;
  for (const char byte : text.substr(offset, 4)) {
    if (!shown.empty()) shown += ' ';
    shown += fmt::format("{:02X}", static_cast<unsigned char>(byte));
  }
  return shown;
}

/// Where a character of three bytes begins, if the text is UTF-8.
std::optional<std::size_t> first_chinese(std::string_view text) {
  const auto* const found = std::find_if(text.begin(), text.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xF0U) == 0xE0U;
  });
  if (found == text.end()) return std::nullopt;
  return static_cast<std::size_t>(found - text.begin());
}

std::optional<std::string> read_bytes(const std::string& path, diag::Sink& sink) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) {
    sink.report_data(Code::kMissingFile, {path, 0, {}, {}},
                     say("there is no file `{}`", "没有文件 `{}`", path))
        .helps.emplace_back(say("put it there, or name another folder with `--data`",
                                "放入该文件，或用 `--data` 指定另一文件夹"));
    return std::nullopt;
  }
  const std::uintmax_t size = fs::is_regular_file(status) ? fs::file_size(path, error) : 0;
  if (size > kFileBytesMax) {
    sink.report_data(
            Code::kFileTooLarge, {path, 0, {}, {}},
            say("`{}` has {} MB; a data file may have {} MB", "`{}` 有 {} MB；数据文件上限为 {} MB",
                path, size >> 20U, kFileBytesMax >> 20U))
        .helps.emplace_back(say("split the households over several folders and run each",
                                "将各户分到几个文件夹，逐个运行"));
    return std::nullopt;
  }
  std::ifstream stream(path, std::ios::binary);
  std::string bytes(size, '\0');
  if (stream && size > 0) stream.read(bytes.data(), static_cast<std::streamsize>(size));
  if (!stream || error || fs::is_directory(status)) {
    sink.report_data(Code::kUnreadableFile, {path, 0, {}, {}},
                     say("`{}` cannot be read: {}", "无法读取 `{}`：{}", path,
                         fs::is_directory(status) ? say("it is a folder", "它是文件夹")
                                                  : system_text(errno)))
        .helps.emplace_back(say("check that the file may be read", "核对该文件是否可读"));
    return std::nullopt;
  }
  return bytes;
}

void report_encoding(const std::string& path, std::string_view bytes, std::size_t offset,
                     bool as_gb18030, diag::Sink& sink) {
  auto& report = sink.report_data(
      Code::kNotUtf8, {path, line_at(bytes, offset), {}, bytes_shown(bytes, offset)},
      say("the bytes {} are not {}", "字节 {} 不是 {}", bytes_shown(bytes, offset),
          as_gb18030 ? "GB18030" : "UTF-8"));
  if (as_gb18030) {
    report.helps.emplace_back(say("leave out `--encoding gb18030` if the file is UTF-8",
                                  "文件若为 UTF-8，删去 `--encoding gb18030`"));
  } else if (utf8_from_gb18030(bytes)) {
    report.helps.emplace_back(
        say("the file looks like GB18030, as Excel in Chinese writes it: add `--encoding gb18030`",
            "文件看来是中文 Excel 所写的 GB18030：请加 `--encoding gb18030`"));
  } else {
    report.helps.emplace_back(
        say("save the file as UTF-8, or name its encoding with `--encoding gb18030`",
            "另存为 UTF-8，或用 `--encoding gb18030` 指明编码"));
  }
}

}  // namespace

bool is_known_encoding(std::string_view name) { return encoding_of(name).has_value(); }

std::optional<std::size_t> first_bad_byte(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    if (static_cast<unsigned char>(text[at]) < 0x80U) {
      ++at;
      continue;
    }
    utf8proc_int32_t point = 0;
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at);
    const auto left = static_cast<utf8proc_ssize_t>(text.size() - at);
    const utf8proc_ssize_t taken = utf8proc_iterate(bytes, left, &point);
    if (taken <= 0) return at;
    at += static_cast<std::size_t>(taken);
  }
  return std::nullopt;
}

std::optional<std::string> utf8_from_gb18030(std::string_view bytes, std::size_t* bad) {
  const iconv_t converter = iconv_open("UTF-8", "GB18030");
  // NOLINTNEXTLINE(performance-no-int-to-ptr, cppcoreguidelines-pro-type-cstyle-cast): iconv's
  if (converter == (iconv_t)-1) return std::nullopt;
  std::string input(bytes);
  // Two bytes of GB18030 become three of UTF-8; four become at most four.
  std::string output(bytes.size() * 3 / 2 + 4, '\0');
  char* from = input.data();
  char* to = output.data();
  std::size_t from_left = input.size();
  std::size_t to_left = output.size();
  const std::size_t result = iconv(converter, &from, &from_left, &to, &to_left);
  iconv_close(converter);
  if (result == static_cast<std::size_t>(-1) || from_left > 0) {
    if (bad != nullptr) *bad = input.size() - from_left;
    return std::nullopt;
  }
  output.resize(output.size() - to_left);
  return output;
}

std::optional<std::string> read_text_file(const std::string& path, std::string_view encoding,
                                          diag::Sink& sink) {
  const std::optional<Encoding> wanted = encoding_of(encoding);
  if (!wanted) {
    sink.report(Code::kUnknownOption, {},
                say("no encoding is called `{}`", "没有名为 `{}` 的编码", encoding))
        .helps.emplace_back(say("use `--encoding utf-8` or `--encoding gb18030`",
                                "用 `--encoding utf-8` 或 `--encoding gb18030`"));
    return std::nullopt;
  }
  std::optional<std::string> text = read_bytes(path, sink);
  if (!text) return std::nullopt;
  if (text->starts_with("\xFF\xFE") || text->starts_with("\xFE\xFF")) {
    sink.report_data(Code::kNotUtf8, {path, 0, {}, {}},
                     say("`{}` is UTF-16", "`{}` 为 UTF-16", path))
        .helps.emplace_back(say("save it as UTF-8; Excel calls that `CSV UTF-8`",
                                "另存为 UTF-8；Excel 称之为 `CSV UTF-8`"));
    return std::nullopt;
  }
  if (*wanted == Encoding::kGb18030) {
    // Most Chinese in UTF-8 is something in GB18030 too, only nothing anybody wrote.
    if (const auto chinese = first_chinese(*text); chinese && !first_bad_byte(*text)) {
      const std::string bytes = bytes_shown(*text, *chinese);
      sink.report_data(
              Code::kNotUtf8, {path, line_at(*text, *chinese), {}, bytes},
              say("the bytes {} are UTF-8, not GB18030", "字节 {} 是 UTF-8，不是 GB18030", bytes))
          .helps.emplace_back(say("leave out `--encoding gb18030`", "删去 `--encoding gb18030`"));
      return std::nullopt;
    }
    std::size_t bad = 0;
    std::optional<std::string> converted = utf8_from_gb18030(*text, &bad);
    if (!converted) {
      report_encoding(path, *text, bad, true, sink);
      return std::nullopt;
    }
    text = std::move(converted);
  } else if (const auto bad = first_bad_byte(*text)) {
    report_encoding(path, *text, *bad, false, sink);
    return std::nullopt;
  }
  if (text->starts_with(kByteOrderMark)) text->erase(0, kByteOrderMark.size());
  const auto is_blank = [](char letter) {
    return std::isspace(static_cast<unsigned char>(letter));
  };
  if (std::all_of(text->begin(), text->end(), is_blank)) {
    sink.report_data(Code::kEmptyFile, {path, 0, {}, {}},
                     say("`{}` is empty", "`{}` 是空文件", path))
        .helps.emplace_back(
            say("a data file begins with a line of column names, or is a JSON object",
                "数据文件以一行列名开头，或是 JSON 对象"));
    return std::nullopt;
  }
  return text;
}

}  // namespace juzhu::data
