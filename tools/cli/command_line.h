// The verbs and options of the command, in words of both tongues; what is said about a command line
// that cannot be followed.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "cli/options.h"

namespace juzhu::cli {

/// Declares every verb and option; the options are filled by parsing, and must outlive the app.
void describe(CLI::App& app, Options& options);

/// What `juzhu` alone says.
std::string overview(const Options& options);

/// The help of the verb that was named, else of the whole.
std::string help_text(const CLI::App& app);

/// Without `--format` takes the format from the ending of `--output`; kFine, or after a message
/// kUsage.
int choose_format(const CLI::App& app, Options& options);

/// Whether options that take one of a few words have one of them; kFine, or after a message kUsage.
int check_words(const CLI::App& app, const Options& options);

/// Says what is wrong with the command line, with a guess at the option or verb that was meant;
/// kUsage.
int report_parse_error(const CLI::App& app, const CLI::ParseError& error, const Options& options);

}  // namespace juzhu::cli
