#include "ops/sets.h"

#include <vector>

#include "brief.h"

namespace juzhu::ops::test {
namespace {

using value::bits;
using value::Place;
using value::PlaceLevel;
using value::PlaceNode;
using value::PlaceTree;
using value::set_between;

/// CN over GD over SZ over BA, YT; GD over GZ; CN over HN over SY, CS. No place has a single place
/// below it: a fact that says "somewhere in it" is then never all of it.
struct Nation {
  PlaceTree tree;
  PlaceNode cn, gd, sz, ba, yt, gz, hn, sy, cs;

  Nation() {
    cn = add("CN", PlaceLevel::kNation, value::kRootPlace);
    gd = add("GD", PlaceLevel::kProvince, cn);
    sz = add("SZ", PlaceLevel::kCity, gd);
    ba = add("BA", PlaceLevel::kCounty, sz);
    yt = add("YT", PlaceLevel::kCounty, sz);
    gz = add("GZ", PlaceLevel::kCity, gd);
    hn = add("HN", PlaceLevel::kProvince, cn);
    sy = add("SY", PlaceLevel::kCity, hn);
    cs = add("CS", PlaceLevel::kCity, hn);
  }
  PlaceNode add(const char* name, PlaceLevel level, PlaceNode parent) {
    Place place;
    place.name_en = name;
    place.level = level;
    place.parent = parent;
    return tree.add(place);
  }
  [[nodiscard]] Value exactly(PlaceNode node) const { return value::place_value(node, true); }
  /// Somewhere in it: itself or any place below.
  [[nodiscard]] Value somewhere(PlaceNode node) const { return value::place_value(node, false); }
  [[nodiscard]] std::vector<PlaceNode> possible(const Value& place) const {
    std::vector<PlaceNode> nodes;
    for (PlaceNode node = 0; node < tree.size(); ++node) {
      const bool below = place.hi == 0 && tree.within(node, static_cast<PlaceNode>(place.lo));
      if (node == static_cast<PlaceNode>(place.lo) || below) nodes.push_back(node);
    }
    return nodes;
  }
};

template <typename Kernel>
Value truths(const Nation& nation, const Value& left, const Value& right, const Kernel& kernel) {
  Value all;
  for (const PlaceNode a : nation.possible(left)) {
    for (const PlaceNode b : nation.possible(right)) {
      all.kinds = value::kValue;
      all.lo |= kernel(a, b) ? value::kTrueBit : value::kFalseBit;
    }
  }
  return all;
}

}  // namespace

TEST_CASE("V21 K23 within a place") {
  const Nation at;
  CHECK(within(at.exactly(at.ba), at.exactly(at.sz), at.tree) == T);
  CHECK(within(at.exactly(at.gz), at.exactly(at.sz), at.tree) == F);
  CHECK(within(at.somewhere(at.sz), at.exactly(at.ba), at.tree) == U);
  CHECK(within(at.somewhere(at.hn), at.exactly(at.hn), at.tree) == T);
  CHECK(within(at.somewhere(at.hn), at.exactly(at.sy), at.tree) == U);
  CHECK(within(at.somewhere(at.hn), at.exactly(at.gd), at.tree) == F);
  CHECK(within(at.exactly(at.ba), at.somewhere(at.sz), at.tree) == U);
  CHECK(within(NA, at.exactly(at.sz), at.tree) == F);
}

TEST_CASE("Within and equality of places agree with enumeration") {
  const Nation at;
  for (PlaceNode p = 1; p < at.tree.size(); ++p) {
    for (PlaceNode q = 1; q < at.tree.size(); ++q) {
      for (const bool p_exact : {true, false}) {
        for (const bool q_exact : {true, false}) {
          const Value left = value::place_value(p, p_exact);
          const Value right = value::place_value(q, q_exact);
          INFO(p << (p_exact ? "!" : "") << " and " << q << (q_exact ? "!" : ""));
          REQUIRE(within(left, right, at.tree) ==
                  truths(at, left, right,
                         [&](PlaceNode a, PlaceNode b) { return at.tree.within(a, b); }));
          REQUIRE(equal_place(left, right, at.tree) ==
                  truths(at, left, right, [](PlaceNode a, PlaceNode b) { return a == b; }));
        }
      }
    }
  }
}

TEST_CASE("The city around a place") {
  const Nation at;
  CHECK(place_at(at.exactly(at.ba), PlaceLevel::kCity, at.tree) == at.exactly(at.sz));
  CHECK(place_at(at.somewhere(at.sz), PlaceLevel::kCity, at.tree) == at.exactly(at.sz));
  CHECK(place_at(at.exactly(at.gd), PlaceLevel::kCity, at.tree) == NA);
  CHECK(place_at(at.somewhere(at.gd), PlaceLevel::kCity, at.tree) == or_na(at.somewhere(at.gd)));
  CHECK(place_at(NA, PlaceLevel::kCity, at.tree) == NA);
}

TEST_CASE("Choices and members agree with enumeration") {
  for (std::int64_t a = 1; a < 16; ++a) {
    for (std::int64_t b = 1; b < 16; ++b) {
      Value equal;
      Value among;
      for (int i = 0; i < 4; ++i) {
        if ((a >> i & 1) == 0) continue;
        among.kinds = value::kValue;
        among.lo |= (b >> i & 1) != 0 ? value::kTrueBit : value::kFalseBit;
        for (int j = 0; j < 4; ++j) {
          if ((b >> j & 1) == 0) continue;
          equal.kinds = value::kValue;
          equal.lo |= i == j ? value::kTrueBit : value::kFalseBit;
        }
      }
      REQUIRE(equal_bits(bits(a), bits(b)) == equal);
      REQUIRE(in_bits(bits(a), b) == among);
    }
  }
  CHECK(equal_bits(NA, bits(1)) == F);
  CHECK(in_bits(fails(ErrorCode::kUnknownCode), 1) == fails(ErrorCode::kUnknownCode));
}

TEST_CASE("Sets agree with enumeration of what they may hold") {
  for (std::int64_t may = 0; may < 8; ++may) {
    for (std::int64_t must = 0; must < 8; ++must) {
      if ((must & ~may) != 0) continue;
      for (std::int64_t element = 1; element < 8; ++element) {
        Value expected;
        Value equal_to_element;
        for (std::int64_t set = 0; set < 8; ++set) {
          if ((must & ~set) != 0 || (set & ~may) != 0) continue;
          equal_to_element.kinds = value::kValue;
          equal_to_element.lo |= set == element ? value::kTrueBit : value::kFalseBit;
          for (int i = 0; i < 3; ++i) {
            if ((element >> i & 1) == 0) continue;
            expected.kinds = value::kValue;
            expected.lo |= (set >> i & 1) != 0 ? value::kTrueBit : value::kFalseBit;
          }
        }
        REQUIRE(includes(set_between(must, may), bits(element)) == expected);
        REQUIRE(equal_sets(set_between(must, may), set_between(element, element)) ==
                equal_to_element);
      }
    }
  }
}

TEST_CASE("Texts are equal, different or open") {
  const auto text = [](std::int64_t id) { return Value{value::kValue, id, 0, {}}; };
  CHECK(equal_text(text(3), text(3)) == T);
  CHECK(equal_text(text(3), text(4)) == F);
  CHECK(equal_text(text(3), text(value::kAnyText)) == U);
  CHECK(equal_text(text(value::kAnyText), text(value::kAnyText)) == U);
  CHECK(equal_text(text(-5), text(3)) == F);
}

}  // namespace juzhu::ops::test
