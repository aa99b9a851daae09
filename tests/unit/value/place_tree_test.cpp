#include "value/place_tree.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "small_schema.h"

namespace juzhu::value::test {
namespace {

using Names = std::vector<std::string>;

/// The tree as the table of divisions lists it, in its own order.
PlaceTree divisions() {
  PlaceTree tree;
  std::ifstream table(std::string(JUZHU_ROOT) + "/stdlib/places/divisions.csv");
  std::string line;
  std::getline(table, line);
  while (std::getline(table, line)) {
    std::vector<std::string> cells;
    std::istringstream parts(line);
    for (std::string cell; std::getline(parts, cell, ',');)
      cells.push_back(cell);
    Place place;
    place.code = cells.at(0);
    place.name_zh = cells.at(2);
    place.name_en = cells.at(3);
    place.level = cells.at(4) == "nation"     ? PlaceLevel::kNation
                  : cells.at(4) == "province" ? PlaceLevel::kProvince
                  : cells.at(4) == "city"     ? PlaceLevel::kCity
                                              : PlaceLevel::kCounty;
    place.parent = cells.size() > 5 ? tree.by_code(cells.at(5)).value_or(kRootPlace) : kRootPlace;
    place.aliases = {cells.at(1)};
    tree.add(place);
  }
  return tree;
}

Names split_path(const std::string& path) {
  Names names;
  std::istringstream parts(path);
  for (std::string name; std::getline(parts, name, '.');)
    names.push_back(name);
  return names;
}

}  // namespace

TEST_CASE("Places lie within those above them") {
  const SmallSchema small;
  const PlaceTree& places = small.schema.places;
  CHECK(places.within(small.baoan, small.shenzhen));
  CHECK(places.within(small.baoan, small.baoan));
  CHECK(places.within(small.baoan, kRootPlace));
  CHECK(!places.within(small.shenzhen, small.baoan));
  CHECK(!places.within(small.baoan, small.hunan));
  CHECK(places.common_ancestor(small.baoan, small.shaoyang) == small.china);
  CHECK(places.common_ancestor(small.baoan, small.guangdong) == small.guangdong);
  CHECK(places.common_ancestor(small.baoan, small.baoan) == small.baoan);
}

TEST_CASE("A code that is not in the tree") {
  const SmallSchema small;
  CHECK(small.schema.places.by_code("440306") == small.baoan);
  CHECK(!small.schema.places.by_code("999999"));
  CHECK(!small.schema.places.by_code(""));
}

TEST_CASE("Paths are read from wide to narrow in either tongue") {
  const SmallSchema small;
  const PlaceTree& places = small.schema.places;
  CHECK(places.by_path({"Shenzhen", "Baoan"}) == small.baoan);
  CHECK(places.by_path({"深圳", "宝安"}) == small.baoan);
  CHECK(places.by_path({"Guangdong", "Baoan"}) == small.baoan);  // not its direct child
  CHECK(places.by_path({"广东", "Shenzhen"}) == small.shenzhen);
  CHECK(places.by_path({"Shaoyang"}) == small.shaoyang);  // the city, not its county of that name
  CHECK(places.by_path({"Shaoyang", "Shaoyang"}) == places[small.shaoyang].children.front());
  CHECK(places.by_path({"Beijing", "Chaoyang"}) == small.chaoyang_of_beijing);
  CHECK(places.by_path({}) == kRootPlace);
  std::vector<PlaceNode> candidates;
  CHECK(!places.by_path({"Chaoyang"}, &candidates));
  CHECK(candidates == std::vector{small.chaoyang_of_beijing, small.chaoyang_of_liaoning});
  CHECK(!places.by_path({"Hunan", "Baoan"}, &candidates));
  CHECK(candidates.empty());
  CHECK(!places.by_path({"Nowhere", "Baoan"}, &candidates));
  CHECK(candidates.empty());
  CHECK(!places.by_path({"Baoan", "Shenzhen"}, &candidates));
  CHECK(places.by_name("Chaoyang").size() == 2);
  CHECK(places.by_name("朝阳", small.beijing) == std::vector{small.chaoyang_of_beijing});
}

TEST_CASE("A declared division gives way to no namesake, and a whole path is clear") {
  SmallSchema small;
  PlaceTree& places = small.schema.places;
  Place own;
  own.name_en = "Shaoyang";
  own.level = PlaceLevel::kTown;
  own.parent = small.baoan;
  own.declared = true;
  const PlaceNode town = places.add(own);
  std::vector<PlaceNode> candidates;
  CHECK(!places.by_path({"Shaoyang"}, &candidates));
  CHECK(candidates == std::vector{small.shaoyang, town});
  CHECK(places.by_path({"Baoan", "Shaoyang"}) == town);
  CHECK(places.by_path({"Guangdong", "Shaoyang"}) == town);
  CHECK(places.by_path({"Hunan", "Shaoyang"}) == small.shaoyang);
  CHECK(places.by_path({"Shaoyang", "Shaoyang"}) == places[small.shaoyang].children.front());
  CHECK(places.path_en(town) == "Baoan.Shaoyang");
  CHECK(places.path_en(small.shaoyang) == "Hunan.Shaoyang");
}

TEST_CASE("The city around a county and a municipality") {
  const SmallSchema small;
  const PlaceTree& places = small.schema.places;
  CHECK(places.ancestor_at(small.baoan, PlaceLevel::kCity) == small.shenzhen);
  CHECK(places.ancestor_at(small.shenzhen, PlaceLevel::kCity) == small.shenzhen);
  CHECK(places.ancestor_at(small.chaoyang_of_beijing, PlaceLevel::kCity) == small.beijing);
  CHECK(places.ancestor_at(small.beijing, PlaceLevel::kCity) == small.beijing);
  CHECK(places.ancestor_at(small.xiantao, PlaceLevel::kCity) == small.xiantao);
  CHECK(!places.ancestor_at(small.hunan, PlaceLevel::kCity));
  CHECK(!places.ancestor_at(small.china, PlaceLevel::kProvince));
  CHECK(places.ancestor_at(small.baoan, PlaceLevel::kProvince) == small.guangdong);
  CHECK(places.ancestor_at(small.baoan, PlaceLevel::kCounty) == small.baoan);
  CHECK(!places.ancestor_at(small.shenzhen, PlaceLevel::kCounty));
  CHECK(!places.ancestor_at(kRootPlace, PlaceLevel::kCity));
}

TEST_CASE("Paths for people name the city of a county and tell namesakes apart") {
  const SmallSchema small;
  const PlaceTree& places = small.schema.places;
  CHECK(places.path_en(small.baoan) == "Shenzhen.Baoan");
  CHECK(places.path_zh(small.baoan) == "深圳.宝安");
  CHECK(places.path_en(small.shenzhen) == "Shenzhen");
  CHECK(places.path_en(small.chaoyang_of_beijing) == "Beijing.Chaoyang");
  CHECK(places.path_en(places[small.shaoyang].children.front()) == "Shaoyang.Shaoyang");
  CHECK(places.path_en(kRootPlace) == "anywhere");
}

TEST_CASE("Every division of the country has a code and a path that lead back to it") {
  const PlaceTree places = divisions();
  REQUIRE(places.size() > 3200);
  for (PlaceNode node = 1; node < places.size(); ++node) {
    INFO(places[node].code << " " << places[node].name_zh);
    REQUIRE(places.by_code(places[node].code) == node);
    REQUIRE(places.by_path(split_path(places.path_en(node))) == node);
    REQUIRE(places.by_path(split_path(places.path_zh(node))) == node);
    REQUIRE(places.within(node, places[node].parent));
    REQUIRE(places.common_ancestor(node, places[node].parent) == places[node].parent);
    if (places[node].level == PlaceLevel::kCounty) {
      REQUIRE(places.ancestor_at(node, PlaceLevel::kCity).has_value());
      REQUIRE(places.ancestor_at(node, PlaceLevel::kProvince).has_value());
    }
  }
}

}  // namespace juzhu::value::test
