# What every target of the project is compiled with, and how a room adds its files to its library.

add_library(sockbench_options INTERFACE)
target_compile_options(sockbench_options INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow)
if(SOCKBENCH_WERROR)
  target_compile_options(sockbench_options INTERFACE -Werror)
endif()
if(SOCKBENCH_SANITIZE)
  target_compile_options(sockbench_options INTERFACE -fsanitize=${SOCKBENCH_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(sockbench_options INTERFACE -fsanitize=${SOCKBENCH_SANITIZE})
  if(SOCKBENCH_SANITIZE MATCHES "undefined")
    target_compile_options(sockbench_options INTERFACE -fno-sanitize-recover=undefined)
  endif()
  if(SOCKBENCH_SANITIZE MATCHES "thread")
    # asio's fences are not understood by tsan; its locks are (-Wtsan would stop the build otherwise).
    target_compile_definitions(sockbench_options INTERFACE ASIO_DISABLE_FENCED_BLOCK)
  endif()
endif()

# For code that a test runs while no descriptor is left: UBSan's check of a vptr opens a pipe of its own, and
# without one takes every object for a wrong one. Link it after sockbench_options.
add_library(sockbench_without_descriptors INTERFACE)
if(SOCKBENCH_SANITIZE MATCHES "undefined")
  target_compile_options(sockbench_without_descriptors INTERFACE -fno-sanitize=vptr)
endif()

# sockbench_room(LIBRARY HEADERS a.h ... SOURCES a.cpp ...)
# Adds the current folder's files to LIBRARY. HEADERS are public: each must compile by itself
# (the header set is verified by the target all_verify_interface_header_sets).
function(sockbench_room library)
  cmake_parse_arguments(ROOM "" "" "HEADERS;SOURCES" ${ARGN})
  list(TRANSFORM ROOM_HEADERS PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
  list(TRANSFORM ROOM_SOURCES PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
  target_sources(${library} PRIVATE ${ROOM_SOURCES}
    PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR} FILES ${ROOM_HEADERS})
endfunction()
