// A place as people write it in data or on a command line: the code of a division ("440306", or
// whatever code a rulebook gives its own), a path from wide to narrow ("Shenzhen.Baoan",
// 深圳.宝安), or the Chinese names run together (广东省深圳市宝安区, 深圳宝安), each full or short.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "value/place_tree.h"

namespace juzhu::value {

/// The place that a plain text (plain_text.h) names. Several fit: `candidates` lists them and there
/// is no value. Nothing fits: no value and no candidates.
std::optional<PlaceNode> read_place_text(const PlaceTree& places, std::string_view text,
                                         std::vector<PlaceNode>* candidates);

/// The names of a path, wide to narrow.
std::vector<std::string> split_path(std::string_view text);

}  // namespace juzhu::value
