#include "cli/coverage.h"

#include <fmt/format.h>

#include <algorithm>

namespace juzhu::cli {
namespace {

using Point = engine::Coverage::Point;

std::vector<Point> asked_points(const Options& options, const Loaded& loaded,
                                const engine::Coverage& coverage) {
  std::vector<Point> points = coverage.points(loaded.rulebook->program());
  std::erase_if(points, [&](const Point& point) {
    return !is_asked(options, loaded.sources, point.span.file);
  });
  return points;
}

struct Reached {
  std::size_t reached = 0;
  std::size_t all = 0;
};

Reached count(const std::vector<Point>& points, bool rows) {
  Reached counts;
  for (const Point& point : points) {
    if (point.is_row != rows) continue;
    ++counts.all;
    if (point.reached) ++counts.reached;
  }
  return counts;
}

std::string place_of(const Loaded& loaded, const Point& point) {
  const source::SourceFile& file = loaded.sources.file(point.span.file);
  return fmt::format("{}:{}", file.name(), file.position(point.span.begin).line);
}

}  // namespace

std::string coverage_text(const Options& options, const Loaded& loaded,
                          const engine::Coverage& coverage) {
  const std::vector<Point> points = asked_points(options, loaded, coverage);
  const Reached rules = count(points, false);
  const Reached rows = count(points, true);
  std::string text =
      fmt::format(fmt::runtime(options.say("reached: {} of {} rules, {} of {} table rows\n",
                                           "触及：规则 {}/{}，表行 {}/{}\n")),
                  rules.reached, rules.all, rows.reached, rows.all);
  for (const Point& point : points) {
    if (point.reached) continue;
    const std::string where = place_of(loaded, point);
    text +=
        point.is_row
            ? fmt::format(fmt::runtime(options.say("  {}: the row with `{}` never counts\n",
                                                   "  {}：结果为 `{}` 的行从未采用\n")),
                          where, loaded.sources.text(point.span))
            : fmt::format(
                  fmt::runtime(options.say("  {}: `{}` never holds\n", "  {}：`{}` 从未成立\n")),
                  where, point.name.in(options.chinese));
  }
  return text;
}

nlohmann::json coverage_json(const Options& options, const Loaded& loaded,
                             const engine::Coverage& coverage) {
  const std::vector<Point> points = asked_points(options, loaded, coverage);
  nlohmann::json result;
  for (const bool is_row : {false, true}) {
    const Reached reached = count(points, is_row);
    nlohmann::json list = nlohmann::json::array();
    for (const Point& point : points) {
      if (point.is_row != is_row || point.reached) continue;
      const source::SourceFile& file = loaded.sources.file(point.span.file);
      nlohmann::json one{{"file", file.name()}, {"line", file.position(point.span.begin).line}};
      one[is_row ? "result" : "name"] =
          is_row ? std::string(loaded.sources.text(point.span)) : point.name.in(options.chinese);
      list.push_back(std::move(one));
    }
    result[is_row ? "rows" : "rules"] = {
        {"reached", reached.reached}, {"all", reached.all}, {"not_reached", std::move(list)}};
  }
  return result;
}

}  // namespace juzhu::cli
