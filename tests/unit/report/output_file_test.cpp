#include "report/output_file.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

using namespace juzhu;
using report::OutputFile;
namespace fs = std::filesystem;

namespace {

std::string text_of(const fs::path& path) {
  std::ifstream stream(path);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

TEST_CASE("a file gets its name when all is written, and keeps the old text till then") {
  const fs::path folder = fs::temp_directory_path() / ("juzhu-output-" + std::to_string(getpid()));
  fs::remove_all(folder);
  fs::create_directories(folder);
  const fs::path path = folder / "answers.csv";
  std::ofstream(path) << "old";
  diag::Sink sink;
  {
    OutputFile file(path.string());
    file.write("half");
    CHECK(text_of(path) == "old");
  }
  CHECK(text_of(path) == "old");
  {
    OutputFile file(path.string());
    file.write("new ");
    file.write("text");
    CHECK(file.commit(sink));
  }
  CHECK(text_of(path) == "new text");
  CHECK(std::distance(fs::directory_iterator(folder), fs::directory_iterator()) == 1);
  fs::remove_all(folder);
}

TEST_CASE("a file that cannot be written is reported") {
  diag::Sink sink;
  OutputFile file("/nowhere/at/all/answers.csv");
  file.write("text");
  CHECK_FALSE(file.commit(sink));
  REQUIRE(sink.error_count() == 1);
  CHECK(sink.sorted()[0].code == diag::Code::kWriteFailed);
}
