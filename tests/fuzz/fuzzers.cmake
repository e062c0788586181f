# One libFuzzer program per src/*/*_fuzz.cpp; tests/checks/fuzz runs each shortly from its kept corpus. They link the
# seams alone, what reads bytes from strangers, so that building them takes a minute and not the whole program.
set(seams
  src/base/*.cpp
  src/paper/photograph.cpp
  src/web/http.cpp src/web/address.cpp src/web/i18n.cpp src/web/router.cpp src/web/request_reader.cpp
  src/web/form.cpp src/web/form_body.cpp src/web/json.cpp src/web/json_body.cpp)
list(TRANSFORM seams PREPEND ${CMAKE_SOURCE_DIR}/)
file(GLOB seam_files CONFIGURE_DEPENDS ${seams})
list(FILTER seam_files EXCLUDE REGEX "(_test|_fuzz)\\.cpp$")

add_library(seams STATIC ${seam_files} ${DANCHU_RESOURCES})
target_include_directories(seams PUBLIC $<TARGET_PROPERTY:rooms,INTERFACE_INCLUDE_DIRECTORIES>)
target_compile_definitions(seams PUBLIC $<TARGET_PROPERTY:rooms,INTERFACE_COMPILE_DEFINITIONS>)
target_link_libraries(seams PUBLIC $<TARGET_PROPERTY:rooms,INTERFACE_LINK_LIBRARIES>)
target_compile_options(seams PUBLIC -fsanitize=fuzzer-no-link)
target_precompile_headers(seams PRIVATE
  "$<$<COMPILE_LANGUAGE:CXX>:${CMAKE_SOURCE_DIR}/src/precompiled.h>")

add_custom_target(fuzzers)
foreach(source IN LISTS DANCHU_FUZZ_SOURCES)
  get_filename_component(name ${source} NAME_WE)
  add_executable(${name} ${source})
  target_precompile_headers(${name} REUSE_FROM seams)
  target_link_libraries(${name} PRIVATE seams)
  add_dependencies(fuzzers ${name})
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests/fuzz)
endforeach()
