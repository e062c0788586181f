# Everything the program carries inside itself: the law, migrations, templates, translations,
# styles, scripts, fonts, demo data. Each file is included as bytes by the assembler, which costs
# no compile time; base/resources.h finds them by their path in the source tree.

find_program(MSGFMT msgfmt REQUIRED)

file(GLOB DANCHU_RESOURCE_FILES CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}
  law/*.toml src/*/schema/*.sql src/*/templates/*.html src/*/data/*.csv)
find_program(MSGCAT msgcat REQUIRED)
file(GLOB DANCHU_PO_LANGUAGES CONFIGURE_DEPENDS po/*/_header)

set(generated ${CMAKE_BINARY_DIR}/generated)
set(assembly_text "  .section .note.GNU-stack,\"\",%progbits\n  .section .rodata\n")
set(table_text "")
set(index 0)

macro(danchu_resource name path)
  string(APPEND assembly_text
    "  .balign 16\n  .global danchu_resource_${index}\ndanchu_resource_${index}:\n  .incbin \"${path}\"\n"
    "  .global danchu_resource_end_${index}\ndanchu_resource_end_${index}:\n  .byte 0\n")
  string(APPEND declarations "extern \"C\" const char danchu_resource_${index}[], danchu_resource_end_${index}[];\n")
  string(APPEND table_text "    {\"${name}\", danchu_resource_${index}, danchu_resource_end_${index}},\n")
  list(APPEND resource_paths "${path}")
  math(EXPR index "${index}+1")
endmacro()

foreach(file IN LISTS DANCHU_RESOURCE_FILES)
  danchu_resource("${file}" "${CMAKE_SOURCE_DIR}/${file}")
endforeach()
# Styles, scripts, icons and fonts as web/build.mjs leaves them (cmake/assets.cmake runs it).
file(GLOB DANCHU_ASSET_FILES CONFIGURE_DEPENDS RELATIVE ${CMAKE_BINARY_DIR}/assets ${CMAKE_BINARY_DIR}/assets/*)
foreach(file IN LISTS DANCHU_ASSET_FILES)
  danchu_resource("assets/${file}" "${CMAKE_BINARY_DIR}/assets/${file}")
endforeach()
# A language's catalogue is joined from the rooms' fragments (po/join), checked, and carried as .mo.
foreach(header IN LISTS DANCHU_PO_LANGUAGES)
  get_filename_component(folder ${header} DIRECTORY)
  get_filename_component(language ${folder} NAME)
  file(GLOB fragments CONFIGURE_DEPENDS ${folder}/*.po)
  set(mo ${generated}/po/${language}.mo)
  add_custom_command(OUTPUT ${mo}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${generated}/po
    COMMAND ${CMAKE_SOURCE_DIR}/po/join ${language} ${generated}/po/${language}.po
    COMMAND ${MSGFMT} --check-format -o ${mo} ${generated}/po/${language}.po
    DEPENDS ${header} ${fragments} ${CMAKE_SOURCE_DIR}/po/join)
  danchu_resource("po/${language}.mo" "${mo}")
endforeach()

file(CONFIGURE OUTPUT ${generated}/resources.S CONTENT "${assembly_text}" @ONLY)
file(CONFIGURE OUTPUT ${generated}/resource_table.cpp CONTENT
"#include \"base/resources.h\"
${declarations}
namespace danchu {
static const EmbeddedFile files[] = {
${table_text}    {\"\", nullptr, nullptr}};
const EmbeddedFile* const embedded_files = files;
const std::size_t embedded_file_count = ${index};
}
" @ONLY)
enable_language(ASM)
set_source_files_properties(${generated}/resources.S PROPERTIES OBJECT_DEPENDS "${resource_paths}")
set_source_files_properties(${generated}/resource_table.cpp PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
set(DANCHU_RESOURCES ${generated}/resources.S ${generated}/resource_table.cpp)
