#include "source/source_file.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace juzhu::source {
namespace {

bool starts_code_point(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

SourceFile::SourceFile(std::string name, std::string text)
    : name_(std::move(name)), text_(std::move(text)) {
  line_starts_.push_back(0);
  for (std::size_t at = 0; at < text_.size(); ++at) {
    if (text_[at] == '\n') line_starts_.push_back(static_cast<std::uint32_t>(at + 1));
  }
}

LineColumn SourceFile::position(std::uint32_t offset) const {
  offset = std::min(offset, static_cast<std::uint32_t>(text_.size()));
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  const auto line_number = static_cast<std::uint32_t>(after - line_starts_.begin());
  std::uint32_t start = *(after - 1);
  // A byte-order mark is no character of the first line: editors do not count it either.
  if (line_number == 1 && text_.starts_with(kByteOrderMark)) start = std::min(offset, 3U);
  const auto begin = text_.begin() + static_cast<std::ptrdiff_t>(start);
  const auto end = text_.begin() + static_cast<std::ptrdiff_t>(offset);
  const auto before = std::count_if(begin, end, starts_code_point);
  return {line_number, static_cast<std::uint32_t>(before) + 1};
}

std::string_view SourceFile::line(std::uint32_t number) const {
  if (number == 0 || number > line_starts_.size()) return {};
  const std::size_t begin = line_starts_[number - 1];
  const std::size_t end = number < line_starts_.size() ? line_starts_[number] : text_.size();
  std::string_view line = std::string_view(text_).substr(begin, end - begin);
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (number == 1 && line.starts_with(kByteOrderMark)) line.remove_prefix(kByteOrderMark.size());
  return line;
}

FileId SourceMap::add(std::string name, std::string text) {
  // Offsets have four bytes; a larger text is refused where files are read.
  JUZHU_CHECK(text.size() < FileId::kNone);
  files_.emplace_back(std::move(name), std::move(text));
  return FileId{files_.size() - 1};
}

std::string_view SourceMap::text(Span span) const {
  if (!span.file.valid()) return {};
  const std::string_view text = file(span.file).text();
  const std::size_t begin = std::min<std::size_t>(span.begin, text.size());
  const std::size_t end = std::clamp<std::size_t>(span.end, begin, text.size());
  return text.substr(begin, end - begin);
}

}  // namespace juzhu::source
