# juzhu_options: what every file of ours is compiled with. Generated code takes juzhu_language alone.

# A build without a type is for use: optimised, without debug information, and with its checks on (no NDEBUG).
if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Release, Debug or RelWithDebInfo" FORCE)
endif()
set(CMAKE_CXX_FLAGS_RELEASE "-O2")
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g")

# A repeated build from a cache of objects, where there is one.
find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE_PROGRAM}")
endif()

add_library(juzhu_language INTERFACE)
target_compile_features(juzhu_language INTERFACE cxx_std_20)
set(CMAKE_CXX_EXTENSIONS OFF)

add_library(juzhu_options INTERFACE)
target_link_libraries(juzhu_options INTERFACE juzhu_language)
target_compile_options(juzhu_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Woverloaded-virtual -Wextra-semi
  -Wswitch  # a switch over kinds names every kind and has no default: the compiler reads out what a new kind needs
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>  # g++ 12 sees overlapping copies inside std::string's own operator+
  $<$<BOOL:${JUZHU_WERROR}>:-Werror>)

if(JUZHU_CHECKED)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "JUZHU_CHECKED needs clang: its fuzzer and its sanitizers share one build")
  endif()
  set(CMAKE_CXX_FLAGS_RELEASE "-O1")
  # Coverage for the fuzzer in all code, the parser's tables included; sanitizers in our own. A finding ends the program.
  target_compile_options(juzhu_language INTERFACE -fsanitize=fuzzer-no-link)
  target_compile_options(juzhu_options INTERFACE
    -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -gline-tables-only)
  target_link_options(juzhu_options INTERFACE -fsanitize=address,undefined)
endif()
