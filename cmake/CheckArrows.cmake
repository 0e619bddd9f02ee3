# Checks who includes whom, against the table of rooms in ARCHITECTURE.md, and the sizes of files:
#   cmake -DROOT=<source folder> -P CheckArrows.cmake
# Prints a sentence for each fault, with file and line, and fails when there is one.
cmake_minimum_required(VERSION 3.25)

# Each room, and the other rooms that it may include. Unit tests and fixtures may include any room.
set(rooms model simulator planner verifier documents whatif inventory runbook scenarios property_tests tools benchmarks)
set(all_but_tools ${rooms})
list(REMOVE_ITEM all_but_tools tools)
set(arrows_of_model "")
set(arrows_of_simulator model)
set(arrows_of_planner model simulator)
set(arrows_of_verifier model simulator)
set(arrows_of_documents model simulator verifier)
set(arrows_of_whatif model simulator planner verifier documents)
set(arrows_of_inventory model)
set(arrows_of_runbook model simulator verifier)
set(arrows_of_scenarios documents)
set(arrows_of_property_tests ${all_but_tools})
set(arrows_of_tools ${rooms})
set(arrows_of_benchmarks ${all_but_tools})

# The oracles are a second implementation: they share the vocabulary with the first, and none of its decisions.
set(oracles "property_tests/oracles/")
set(hidden_from_oracles model/rules.h model/state.h)

# The gate judges by the oracles alone. Of the verifier it knows the form of a verdict.
set(gate "property_tests/gate/")

# Headers that take seconds to compile, and the public headers that may show them.
set(heavy "^(nlohmann/|CLI/|valijson/|pugixml|boost/graph/)")
set(may_be_heavy model/proxy_graph.h documents/json_reader.h)

set(most_lines 500)
set(include_line "\n[ \t]*#[ \t]*include[ \t]*([\"<])([^\">\n]+)[\">]")

set(faults 0)

function(report place sentence)
  message(NOTICE "${place}: ${sentence}")
  math(EXPR faults "${faults} + 1")
  set(faults ${faults} PARENT_SCOPE)
endfunction()

function(count_line_ends out text)
  string(REGEX REPLACE "[^\n]" "" ends "${text}")
  string(LENGTH "${ends}" count)
  set(${out} ${count} PARENT_SCOPE)
endfunction()

function(line_number out content line)
  string(FIND "${content}" "${line}" position)
  string(SUBSTRING "${content}" 0 ${position} before)
  count_line_ends(count "${before}")
  math(EXPR number "${count} + 1")
  set(${out} ${number} PARENT_SCOPE)
endfunction()

# The same for the parts of property_tests that the program runs.
function(fault_of_gate_include out file room header)
  set(fault "")
  set(gate_or_oracle "^(${gate}|${oracles})")
  if(file MATCHES "^${gate}" AND header MATCHES "^[a-z_]+/.*\\.h$" AND NOT header MATCHES "^rapidcheck"
      AND NOT header MATCHES "^model/" AND NOT header MATCHES "${gate_or_oracle}" AND NOT header STREQUAL "verifier/verdict.h")
    string(CONCAT fault "the gate may not include \"${header}\": it judges by model and the oracles alone, and knows "
      "\"verifier/verdict.h\" for the form of its results.")
  elseif(room STREQUAL "tools" AND header MATCHES "^property_tests/" AND NOT header MATCHES "^${gate}")
    set(fault "tools may not include \"${header}\": of property_tests the program runs the gate alone.")
  elseif(header MATCHES "^rapidcheck" AND NOT (room STREQUAL "property_tests" AND NOT file MATCHES "^${gate}.*\\.h$"))
    set(fault "only property_tests may include <${header}>, and of the gate only its .cpp files.")
  endif()
  set(${out} "${fault}" PARENT_SCOPE)
endfunction()

# Says in `out` what is wrong with an include; empty where nothing is.
function(fault_of_include out file room quote header)
  set(fault "")
  string(REGEX MATCH "^([^/]+)/" folder "${header}")
  set(folder "${CMAKE_MATCH_1}")
  if(file MATCHES "\\.h$" AND header MATCHES "${heavy}" AND NOT file IN_LIST may_be_heavy)
    list(JOIN may_be_heavy " and " exceptions)
    string(CONCAT fault "the header shows <${header}>, which is slow to compile, to everyone who includes it; "
      "include it in a .cpp file instead (only ${exceptions} may show such headers).")
  elseif(NOT folder IN_LIST rooms)
    if(quote STREQUAL "\"")
      string(CONCAT fault "\"${header}\" names no room; write \"room/header.h\" for a header of the project and "
        "<header> for a library.")
    endif()
  elseif(file MATCHES "^${oracles}")
    if(header IN_LIST hidden_from_oracles OR NOT (folder STREQUAL "model" OR header MATCHES "^${oracles}"))
      string(CONCAT fault "an oracle may not include \"${header}\": it may share the vocabulary of model with the "
        "program, and none of its decisions.")
    endif()
  elseif(NOT folder STREQUAL room AND NOT folder IN_LIST arrows_of_${room})
    list(JOIN arrows_of_${room} ", " allowed)
    if(allowed STREQUAL "")
      set(allowed "no other room")
    endif()
    set(fault "${room} may not include \"${header}\": it may include ${allowed}.")
  endif()
  if(NOT fault)
    fault_of_gate_include(fault "${file}" ${room} "${header}")
  endif()
  set(${out} "${fault}" PARENT_SCOPE)
endfunction()

function(check_includes file room content)
  # Semicolons and square brackets would split or join the elements of a list.
  string(REGEX REPLACE "[;]|\\[|\\]" "_" content "\n${content}")
  string(REGEX MATCHALL "${include_line}" lines "${content}")
  foreach(line IN LISTS lines)
    string(REGEX MATCH "${include_line}" line "${line}")
    fault_of_include(fault "${file}" ${room} "${CMAKE_MATCH_1}" "${CMAKE_MATCH_2}")
    if(fault)
      line_number(number "${content}" "${line}")
      report("${file}:${number}" "${fault}")
    endif()
  endforeach()
  set(faults ${faults} PARENT_SCOPE)
endfunction()

function(check_file file room)
  file(READ "${ROOT}/${file}" content)
  count_line_ends(lines "${content}")
  if(lines GREATER most_lines)
    math(EXPR first_too_many "${most_lines} + 1")
    report("${file}:${first_too_many}"
      "the file has ${lines} lines, and ${most_lines} are the most; split it by meaning.")
  endif()
  if(NOT file MATCHES "_(test|fixture)\\.(cpp|h)$")
    check_includes(${file} ${room} "${content}")
  endif()
  set(faults ${faults} PARENT_SCOPE)
endfunction()

if(NOT DEFINED ROOT)
  message(FATAL_ERROR "The source folder is missing; write cmake -DROOT=<source folder> -P CheckArrows.cmake.")
endif()
get_filename_component(ROOT "${ROOT}" ABSOLUTE)

set(checked 0)
foreach(room IN LISTS rooms)
  file(GLOB_RECURSE files RELATIVE "${ROOT}" "${ROOT}/${room}/*.h" "${ROOT}/${room}/*.cpp")
  foreach(file IN LISTS files)
    check_file("${file}" ${room})
    math(EXPR checked "${checked} + 1")
  endforeach()
endforeach()

if(checked EQUAL 0)
  message(FATAL_ERROR "There is no source file in any room below ${ROOT}; give the project's source folder as ROOT.")
endif()
if(faults GREATER 0)
  message(FATAL_ERROR "${faults} faults in ${checked} files go against the arrows or sizes of ARCHITECTURE.md.")
endif()
message(STATUS "${checked} files keep to the arrows and sizes of ARCHITECTURE.md.")
