# juzhu_grammar: the lexer and parser that ANTLR writes from grammar/ into the build folder. Warnings are off: the code
# is not ours. interpreter/syntax/antlr/ alone includes it.

find_program(ANTLR4_TOOL antlr4 REQUIRED)
mark_as_advanced(ANTLR4_TOOL)

set(grammar_files "${PROJECT_SOURCE_DIR}/grammar/JuzhuLexer.g4" "${PROJECT_SOURCE_DIR}/grammar/JuzhuParser.g4")
set(grammar_output "${PROJECT_BINARY_DIR}/grammar")
set(grammar_sources JuzhuLexer.cpp JuzhuParser.cpp)
set(grammar_headers JuzhuLexer.h JuzhuParser.h JuzhuParserVisitor.h JuzhuParserBaseVisitor.h)
list(TRANSFORM grammar_sources PREPEND "${grammar_output}/")
list(TRANSFORM grammar_headers PREPEND "${grammar_output}/")

add_custom_command(
  OUTPUT ${grammar_sources} ${grammar_headers}
  COMMAND "${ANTLR4_TOOL}" -Werror -Dlanguage=Cpp -visitor -no-listener -package juzhu::grammar
          -o "${grammar_output}" JuzhuLexer.g4 JuzhuParser.g4
  WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}/grammar"
  DEPENDS ${grammar_files}
  COMMENT "Writing the parser from grammar/"
  VERBATIM)

add_library(juzhu_grammar OBJECT ${grammar_sources} ${grammar_headers})
target_link_libraries(juzhu_grammar PUBLIC juzhu_language juzhu_lib_antlr4)
target_include_directories(juzhu_grammar SYSTEM INTERFACE "${grammar_output}")
# The parser is tables and glue: -O1 compiles in half the time and parses as fast.
target_compile_options(juzhu_grammar PRIVATE -w -O1)
