// Catch2's main, compiled once for all programs of tests/unit/.
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
