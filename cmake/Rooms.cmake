# A room is a folder with one library, and beside the code its unit tests, `x_test.cpp`.

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
endif()

# Settings that every target of the house has.
add_library(casplan_settings INTERFACE)
target_compile_options(casplan_settings INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror)
# g++ 12 warns of overlapping copies in its own std::string (its bug 105651); no code of ours is meant.
target_compile_options(casplan_settings INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
target_include_directories(casplan_settings INTERFACE ${PROJECT_SOURCE_DIR})
target_include_directories(casplan_settings SYSTEM INTERFACE ${TL_EXPECTED_INCLUDE_DIR})

# casplan_room(NAME USES other rooms and libraries [PARTS folders]): the library of this folder and of those parts of
# it, and its unit tests.
function(casplan_room name)
  cmake_parse_arguments(room "" "" "USES;PARTS" ${ARGN})
  set(places *.cpp)
  foreach(part ${room_PARTS})
    list(APPEND places ${part}/*.cpp)
  endforeach()
  file(GLOB sources CONFIGURE_DEPENDS ${places})
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_(test|fixture)\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_(test|fixture)\\.cpp$")
  if(NOT sources)
    add_library(casplan_${name} INTERFACE)
    return()
  endif()
  add_library(casplan_${name} STATIC ${sources})
  target_link_libraries(casplan_${name} PUBLIC casplan_settings ${room_USES})
  if(CASPLAN_TESTS AND tests)
    add_executable(${name}_test ${tests})
    target_link_libraries(${name}_test PRIVATE casplan_${name} GTest::gmock GTest::gtest_main)
    gtest_discover_tests(${name}_test TEST_PREFIX ${name}. DISCOVERY_MODE PRE_TEST
      WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  endif()
endfunction()
