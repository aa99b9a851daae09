#include "engine/rule_files.h"

#include <algorithm>
#include <system_error>

namespace juzhu::engine {

namespace fs = std::filesystem;

namespace {

constexpr const char* kRuleEnding = ".jz";
constexpr const char* kData = "households";

void collect(const fs::path& folder, Depth depth, std::vector<fs::path>& files) {
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    const fs::path& path = entry->path();
    const std::string name = path.filename().string();
    if (name.starts_with('.')) continue;
    if (path.extension() == kRuleEnding) {
      files.push_back(path);
      continue;
    }
    std::error_code unreadable;
    const bool is_folder = fs::symlink_status(path, unreadable).type() == fs::file_type::directory;
    if (is_folder && depth == Depth::kSubfolders && name != kData) collect(path, depth, files);
  }
}

}  // namespace

std::vector<fs::path> rule_files_in(const fs::path& folder, Depth depth) {
  std::vector<fs::path> files;
  collect(folder, depth, files);
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace juzhu::engine
