// Which rule files a folder holds: the same for every verb.
#pragma once

#include <filesystem>
#include <vector>

namespace juzhu::engine {

/// How far to look below a folder.
enum class Depth { kFolder, kSubfolders };

/// Everything in the folder whose name ends in .jz, in the order of the paths. Hidden files and
/// folders, and folders named `households`, are left out; a link to a file is read, one to a folder
/// is not followed, so that no circle is.
std::vector<std::filesystem::path> rule_files_in(const std::filesystem::path& folder, Depth depth);

}  // namespace juzhu::engine
