#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <iterator>
#include <string>

#include "cli/verbs.h"
#include "engine/format_files.h"
#include "report/output_file.h"

namespace juzhu::cli {
namespace {

using engine::FormattedFile;

std::string standard_input() {
  std::string text;
  char buffer[1U << 16U];
  std::size_t count = 0;
  while ((count = std::fread(buffer, 1, sizeof buffer, stdin)) > 0)
    text.append(buffer, count);
  return text;
}

/// Whether the paths are there; kFine or, after a message, kUsage. A folder may hold its rule files
/// deeper.
int check_paths(const Options& options) {
  for (const std::string& path : options.rules) {
    std::error_code error;
    if (std::filesystem::exists(path, error)) continue;
    return print_usage_error(
        options, diag::Code::kMissingFile,
        say("there is no file or folder `{}`", "没有文件或文件夹 `{}`", path),
        say("name a rule file (.jz), a folder with rule files, or - for standard input",
            "写明规则文件（.jz）、其所在文件夹，或以 - 表示标准输入"));
  }
  return kFine;
}

/// Our own mistake: said with what the author can do meanwhile.
void report_wrong(const Options& options, const FormattedFile& file) {
  fmt::print(stderr, "{}\n",
             fmt::format(fmt::runtime(options.say(
                             "juzhu: internal error: `{}` is left as it was, since formatted it "
                             "would say something else: {}",
                             "juzhu：内部错误：`{}` 未改动，因为格式化后含义会变：{}")),
                         file.path, *file.wrong));
}

/// In one step; a link still leads to the file, and who may read it stays the same.
bool rewrite(const Options& options, const FormattedFile& file) {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path target = fs::canonical(file.path, error);
  const std::string path = error ? file.path : target.string();
  const fs::perms rights = fs::status(path, error).permissions();
  report::OutputFile output(path);
  diag::Sink sink;
  output.write(file.after);
  if (output.commit(sink)) {
    fs::permissions(path, rights, error);
    return true;
  }
  print_findings(sink, source::SourceMap(), options, stderr);
  return false;
}

struct Counts {
  std::size_t changed = 0;
  bool failed = false;
  bool wrong = false;
};

void take(const Options& options, const FormattedFile& file, bool to_stdout, Counts& counts) {
  if (file.has_errors) {
    counts.failed = true;
    return;
  }
  if (file.wrong) {
    counts.wrong = true;
    report_wrong(options, file);
    return;
  }
  const bool differs = file.before != file.after;
  if (to_stdout && !options.check) {
    std::fwrite(file.after.data(), 1, file.after.size(), stdout);
    return;
  }
  if (!differs) return;
  ++counts.changed;
  if (options.check) {
    fmt::print("{}\n", file.path);
  } else if (!rewrite(options, file)) {
    counts.failed = true;
  }
}

void print_summary(const Options& options, std::size_t files, const Counts& counts) {
  if (options.chinese) {
    fmt::print("{} 个文件，{} {} 个\n", files, options.check ? "需要格式化" : "改写",
               counts.changed);
    return;
  }
  fmt::print("{}, {} {}\n", counted(files, "file"), counts.changed,
             options.check ? "not formatted" : "rewritten");
}

}  // namespace

int format(const Options& options) {
  const bool from_stdin = options.rules.size() == 1 && options.rules.front() == "-";
  if (!from_stdin) {
    if (const int code = check_paths(options); code != kFine) return code;
  }
  engine::FormatOptions request;
  request.library = options.library;
  if (!options.to.empty()) request.chinese = options.to == "zh";
  source::SourceMap sources;
  diag::Sink sink;
  std::vector<FormattedFile> files;
  if (from_stdin) {
    files.push_back(
        engine::format_text("standard input", standard_input(), request, sources, sink));
  } else {
    files = engine::format_files(options.rules, request, sources, sink);
  }
  Counts counts;
  const bool to_stdout = from_stdin || options.to_stdout;
  for (const FormattedFile& file : files)
    take(options, file, to_stdout, counts);
  print_findings(sink, sources, options, stderr);
  if (!to_stdout || options.check) print_summary(options, files.size(), counts);
  if (counts.wrong) return kInternal;
  return counts.failed || (options.check && counts.changed > 0) ? kFindings : kFine;
}

}  // namespace juzhu::cli
