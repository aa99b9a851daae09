// What other programs want to know of the command line: completions for shells, and the man page.
// Both are made from the description that parses, so that they cannot fall behind it.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "cli/options.h"

namespace juzhu::cli {

/// For bash, zsh or fish; none for another shell.
std::optional<std::string> completion_script(const CLI::App& app, std::string_view shell);

/// In roff, in the language of the options.
std::string man_page(const CLI::App& app, const Options& options);

}  // namespace juzhu::cli
