// `juzhu new`: a rulebook that runs and tests at once, to be overwritten piece by piece.
#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <string_view>

#include "cli/verbs.h"
#include "engine/format_files.h"
#include "report/output_file.h"

namespace juzhu::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kRules =
    R"(# The norms: where they come from, their figures by place and day, their articles.
# 规定：出处、各地各时的数值、各条内容。
module my_rules
use household
use places

source Measures / 入学办法  title "Measures on school places" / "入学管理办法"
  level local_rule  in force at Shenzhen from 2022
  confidence doubtful
  note "Made up: put the instrument here; official once it was read" / "示例：请换成真实文件，读过后改为原文"

service school_place / 公办学位 "A place in a public school" / "公办学校学位"

parameter months_asked / 应缴月数: months "Months of insurance that are asked" / "应缴社保月数"
  at Shenzhen from 2022: 12 months  cites Measures art 3
  at Shenzhen from 2024-03-01: 18 months  cites Measures art 3

define person's paid / 已缴月数: months
  means full months in (time covered by contribution among person's insurance) to today

rule working_parents / 务工子女
  for each child where child's hukou is not within Shenzhen
  cites Measures art 3
  grants school_place
  when some parent among child's parents where parent's paid is at least months_asked
  unless child's age on (31 August in today's year) is under 6 years old

# A gate is the door that stays shut unless a rule above opens it. 闸门：除非上述规则准予，否则不予。
gate closed / 兜底条款
  for each child where child's hukou is not within Shenzhen
  cites Measures art 9
  denies school_place
)";

constexpr std::string_view kFamilies =
    R"(# Families that must come out right: the tests, and the best documentation.
# 必须得出正确结果的家庭：既是测试，也是最好的说明。
module my_families
use my_rules

scenario year_and_a_half / 缴满十八个月
  on 2024-09-01  at Shenzhen.Baoan
  person Li { insurance from 2023-03 to 2024-08 }
  person Mei { birth_date is 2018-05-02; hukou is Hunan; parents is { Li } }
  expect Mei's school_place is granted by working_parents

scenario a_month_less / 少一个月  like year_and_a_half
  person Li { insurance from 2023-04 to 2024-08 }
  expect Mei's school_place is denied by closed

scenario nobody_asked / 未询问  like year_and_a_half
  person Li { insurance is not_asked }
  expect Mei's school_place is unknown needs { Li's insurance }
)";

constexpr std::string_view kHouseholds = R"(household,place
H1,Shenzhen.Baoan
H2,Shenzhen.Baoan
H3,Shenzhen.Longgang
)";

constexpr std::string_view kPersons = R"(household,person,birth_date,hukou,parents
H1,P1,1988-01-01,Hunan,
H1,C1,2018-05-02,Hunan,P1
H2,P1,1990-01-01,Hubei,
H2,C1,2018-02-11,Hubei,P1
H3,P1,1985-01-01,Hubei,
H3,C1,2018-03-15,Hubei,P1
)";

constexpr std::string_view kSpells = R"(household,person,list,start,end
H1,P1,insurance,2020-01,2024-08
H2,P1,insurance,2024-06,2024-08
)";

struct NewFile {
  std::string_view path;
  std::string_view text;
};
constexpr std::array kFiles{NewFile{"rules.jz", kRules}, NewFile{"families.jz", kFamilies},
                            NewFile{"households/households.csv", kHouseholds},
                            NewFile{"households/persons.csv", kPersons},
                            NewFile{"households/spells.csv", kSpells}};

/// The rule files are kept in English and turned into the tongue that was asked for.
std::string in_tongue(const Options& options, const NewFile& file) {
  if (!file.path.ends_with(".jz")) return std::string(file.text);
  source::SourceMap sources;
  diag::Sink sink;
  engine::FormatOptions format;
  format.chinese = options.chinese;
  format.library = options.library;
  return engine::format_text(std::string(file.path), std::string(file.text), format, sources, sink)
      .after;
}

int report_taken(const Options& options, const fs::path& folder) {
  return print_usage_error(options, diag::Code::kWriteFailed,
                           say("`{}` is there already, and not an empty folder",
                               "`{}` 已存在，且不是空文件夹", folder.string()),
                           say("name a folder that is not there yet", "写一个尚不存在的文件夹"));
}

}  // namespace

int make_new(const Options& options) {
  if (options.rules.size() != 1) {
    return print_usage_error(options, diag::Code::kUnknownOption,
                             say("`new` makes one folder", "`new` 一次只建一个文件夹"),
                             say("say it again for each", "请逐个新建"));
  }
  const fs::path folder = options.rules.front();
  std::error_code error;
  const bool is_there = fs::exists(fs::symlink_status(folder, error));
  if (is_there && !(fs::is_directory(folder, error) && fs::is_empty(folder, error)))
    return report_taken(options, folder);
  fs::create_directories(folder / "households", error);
  if (error) {
    return print_usage_error(
        options, diag::Code::kWriteFailed,
        say("the folder `{}` cannot be made: {}", "无法创建文件夹 `{}`：{}", folder.string(),
            error.message()),
        say("name a folder in a place where you may write", "写一个有写入权限之处的文件夹"));
  }
  for (const NewFile& file : kFiles) {
    report::OutputFile output((folder / file.path).string());
    output.write(in_tongue(options, file));
    diag::Sink problems;
    if (output.commit(problems)) continue;
    const source::SourceMap none;
    print_findings(problems, none, options, stderr);
    return kFindings;
  }
  const std::string name = shell_word(folder.string());
  fmt::print("{}\n",
             fmt::format(fmt::runtime(options.say(
                             "{0}: made-up rules of a town, three scenarios, three families\n"
                             "Next: juzhu test {0}\n"
                             "      juzhu run {0} --on 2024-09-01",
                             "{0}：某镇的示例规则、三个情形、三户家庭\n"
                             "接着：juzhu test {0}\n"
                             "      juzhu run {0} --on 2024-09-01")),
                         name));
  return kFine;
}

}  // namespace juzhu::cli
