# juzhu_lib_<name>: the libraries that interpreter/layers.txt may name, all from Debian 12.

find_package(fmt 9 REQUIRED)
add_library(juzhu_lib_fmt ALIAS fmt::fmt)

find_package(nlohmann_json 3.11 REQUIRED)
add_library(juzhu_lib_json ALIAS nlohmann_json::nlohmann_json)

find_package(CLI11 2 REQUIRED)
add_library(juzhu_lib_cli11 ALIAS CLI11::CLI11)

# Libraries without a CMake file of their own.
function(juzhu_plain_library name header library)
  find_path(${name}_INCLUDE_DIR ${header} REQUIRED)
  find_library(${name}_LIBRARY ${library} REQUIRED)
  mark_as_advanced(${name}_INCLUDE_DIR ${name}_LIBRARY)
  add_library(juzhu_lib_${name} INTERFACE)
  target_include_directories(juzhu_lib_${name} SYSTEM INTERFACE "${${name}_INCLUDE_DIR}")
  target_link_libraries(juzhu_lib_${name} INTERFACE "${${name}_LIBRARY}")
endfunction()
juzhu_plain_library(utf8proc utf8proc.h utf8proc)
juzhu_plain_library(csv csv.h csv)
juzhu_plain_library(edit histedit.h edit)

# ANTLR's runtime. Its headers are copied into the build folder with one constructor given a body: `= default` leaves
# const members without a value there, which clang refuses and g++ lets pass.
find_path(ANTLR4_RUNTIME_HEADERS antlr4-runtime.h PATH_SUFFIXES antlr4-runtime REQUIRED)
find_library(ANTLR4_RUNTIME_LIBRARY antlr4-runtime REQUIRED)
mark_as_advanced(ANTLR4_RUNTIME_HEADERS ANTLR4_RUNTIME_LIBRARY)
set(antlr_copy "${PROJECT_BINARY_DIR}/antlr4-runtime")
file(COPY "${ANTLR4_RUNTIME_HEADERS}/" DESTINATION "${antlr_copy}" PATTERN Vocabulary.h EXCLUDE)
file(READ "${ANTLR4_RUNTIME_HEADERS}/Vocabulary.h" vocabulary_header)
string(REPLACE "Vocabulary() = default;" "Vocabulary() {}" vocabulary_header "${vocabulary_header}")
file(CONFIGURE OUTPUT "${antlr_copy}/Vocabulary.h" CONTENT "${vocabulary_header}" @ONLY)

add_library(juzhu_lib_antlr4 INTERFACE)
target_include_directories(juzhu_lib_antlr4 SYSTEM INTERFACE "${antlr_copy}")
target_link_libraries(juzhu_lib_antlr4 INTERFACE "${ANTLR4_RUNTIME_LIBRARY}")
# The runtime and its tool write u8"" for plain char, as before C++20.
target_compile_options(juzhu_lib_antlr4 INTERFACE -fno-char8_t)
