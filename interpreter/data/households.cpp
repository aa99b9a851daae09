#include "data/households.h"

#include <fmt/format.h>

#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "data/csv_households.h"
#include "data/json_households.h"

namespace juzhu::data {
namespace {

using diag::Code;
namespace fs = std::filesystem;

/// Where the households of one path are.
struct Located {
  CsvFiles csv;      ///< households empty: no tables
  std::string json;  ///< empty: none
};

bool is_file(const fs::path& path) {
  std::error_code error;
  return fs::is_regular_file(path, error);
}

/// The path of a file of the folder as the user would write it, or empty if there is none.
std::string file_in(const fs::path& folder, const char* name) {
  const fs::path path = folder / name;
  return is_file(path) ? path.string() : std::string();
}

Located in_folder(const fs::path& folder) {
  Located located;
  located.csv.households = file_in(folder, "households.csv");
  if (located.csv.households.empty()) {
    located.json = file_in(folder, "households.json");
    return located;
  }
  located.csv.persons = (folder / "persons.csv").string();
  located.csv.spells = file_in(folder, "spells.csv");
  return located;
}

std::optional<Located> locate(const std::string& given, diag::Sink& sink) {
  std::error_code error;
  const fs::path path(given);
  Located located;
  if (fs::is_directory(path, error)) {
    located = in_folder(path);
    if (located.csv.households.empty() && located.json.empty()) {
      sink.report_data(Code::kNoData, {given, 0, {}, {}},
                       say("this folder has no households", "此文件夹中没有户的数据"))
          .helps.emplace_back(say("put households.csv and persons.csv there, or households.json",
                                  "放入 households.csv 和 persons.csv，或 households.json"));
      return std::nullopt;
    }
    return located;
  }
  if (!fs::exists(path, error)) {
    sink.report_data(Code::kMissingFile, {given, 0, {}, {}},
                     say("there is no file or folder `{}`", "没有文件或文件夹 `{}`", given))
        .helps.emplace_back(say("check the path after `--data`", "核对 `--data` 之后的路径"));
    return std::nullopt;
  }
  const std::string extension = path.extension().string();
  if (extension == ".json" || extension == ".JSON") {
    located.json = given;
  } else if (path.filename() == "households.csv") {
    located = in_folder(path.parent_path());
    located.csv.households = given;
  } else {
    sink.report_data(Code::kNoData, {given, 0, {}, {}},
                     say("households are not read from this file alone", "不能只从此文件读取户"))
        .helps.emplace_back(
            say("name the folder that has households.csv, persons.csv and spells.csv",
                "写明含有 households.csv、persons.csv 和 spells.csv 的文件夹"));
    return std::nullopt;
  }
  return located;
}

}  // namespace

bool for_each_household(const std::vector<std::string>& paths, const value::Schema& schema,
                        const ReadOptions& options, diag::Sink& sink, const Visit& visit) {
  bool any = false;
  bool go_on = true;
  const Visit watched = [&](value::Household household) {
    go_on = visit(std::move(household));
    return go_on;
  };
  for (const std::string& path : paths) {
    const auto located = locate(path, sink);
    if (!located || !go_on) continue;
    const bool read = located->json.empty()
                          ? for_each_csv_household(located->csv, schema, options, sink, watched)
                          : for_each_json_household(located->json, schema, options, sink, watched);
    any = any || read;
  }
  return any;
}

std::vector<value::Household> read_households(const std::vector<std::string>& paths,
                                              const value::Schema& schema,
                                              const ReadOptions& options, diag::Sink& sink) {
  std::vector<value::Household> households;
  for_each_household(paths, schema, options, sink, [&](value::Household household) {
    households.push_back(std::move(household));
    return true;
  });
  return households;
}

}  // namespace juzhu::data
