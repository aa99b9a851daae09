#include "report/output_file.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "base/system_text.h"

namespace juzhu::report {

OutputFile::OutputFile(std::string path) : path_(std::move(path)) {
  if (path_.empty()) {
    file_ = stdout;
    return;
  }
  temporary_ = fmt::format("{}.{}.part", path_, getpid());
  file_ = std::fopen(temporary_.c_str(), "wb");
  if (file_ == nullptr) error_ = errno;
}

OutputFile::~OutputFile() {
  if (path_.empty() || file_ == nullptr) return;
  std::fclose(file_);
  std::remove(temporary_.c_str());
}

void OutputFile::write(std::string_view text) {
  if (file_ == nullptr || error_ != 0) return;
  if (std::fwrite(text.data(), 1, text.size(), file_) != text.size()) error_ = errno;
}

bool OutputFile::commit(diag::Sink& sink) {
  const bool is_stdout = path_.empty();
  if (file_ != nullptr && error_ == 0 && std::fflush(file_) != 0) error_ = errno;
  if (!is_stdout && file_ != nullptr) {
    if (std::fclose(std::exchange(file_, nullptr)) != 0 && error_ == 0) error_ = errno;
    if (error_ == 0 && std::rename(temporary_.c_str(), path_.c_str()) != 0) error_ = errno;
    if (error_ != 0) std::remove(temporary_.c_str());
  }
  // A reader that has seen enough (`| head`) is no failure of ours.
  if (error_ == 0 || (is_stdout && error_ == EPIPE)) return true;
  const Bilingual name =
      is_stdout ? say("standard output", "标准输出") : say("`{}`", " `{}`", path_);
  sink.report(diag::Code::kWriteFailed, {},
              say("{} could not be written: {}", "无法写入{}：{}", name, system_text(error_)))
      .helps.emplace_back(say("check that the folder exists and has room, or name another file",
                              "核对文件夹是否存在、有无空间，或另写文件名"));
  return false;
}

}  // namespace juzhu::report
