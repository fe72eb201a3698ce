# SPDX-FileCopyrightText: FineTune Studio contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# One static library for each Qt-free folder: studio_layer(core/base LIBS …) makes the target studio_base.
function(studio_layer folder)
  cmake_parse_arguments(ARG "" "" "LIBS;PRIVATE_LIBS" ${ARGN})
  get_filename_component(name "${folder}" NAME)
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/${folder}/*.cpp" "${CMAKE_SOURCE_DIR}/${folder}/*.h")
  add_library(studio_${name} STATIC ${sources})
  set_target_properties(studio_${name} PROPERTIES LINKER_LANGUAGE CXX)
  target_include_directories(studio_${name} PUBLIC "${CMAKE_SOURCE_DIR}")
  target_link_libraries(studio_${name} PUBLIC ${ARG_LIBS} PRIVATE studio_warnings ${ARG_PRIVATE_LIBS})
endfunction()

# One static library for each Qt folder: studio_ui_layer(ui/data LIBS …) makes studio_ui_data.
function(studio_ui_layer folder)
  cmake_parse_arguments(ARG "" "" "LIBS" ${ARGN})
  string(REPLACE "/" "_" name "${folder}")
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/${folder}/*.cpp" "${CMAKE_SOURCE_DIR}/${folder}/*.h")
  add_library(studio_${name} STATIC ${sources})
  set_target_properties(studio_${name} PROPERTIES AUTOMOC ON LINKER_LANGUAGE CXX)
  target_compile_definitions(studio_${name} PRIVATE QT_NO_KEYWORDS QT_NO_CAST_TO_ASCII)
  target_include_directories(studio_${name} PUBLIC "${CMAKE_SOURCE_DIR}")
  target_link_libraries(studio_${name} PUBLIC Qt6::Widgets ${ARG_LIBS} PRIVATE studio_warnings)
  # One precompiled header for all of them: the options are the same but for Qt's QT_…_LIB names, which it does not read.
  if(folder STREQUAL "ui/theme")
    target_precompile_headers(studio_ui_theme PRIVATE "${CMAKE_SOURCE_DIR}/ui/theme/qt_pch.h")
  else()
    target_precompile_headers(studio_${name} REUSE_FROM studio_ui_theme)
  endif()
endfunction()

# Made once for all of them: main() with and without windows, each with the precompiled header of its tests.
function(studio_test_mains)
  foreach(main studio_test_main studio_test_main_gui)
    add_library(${main} OBJECT "${CMAKE_SOURCE_DIR}/tests/support/test_main.cpp")
    target_compile_definitions(${main} PRIVATE QT_NO_KEYWORDS)
    target_include_directories(${main} PRIVATE "${CMAKE_SOURCE_DIR}")
    target_link_libraries(${main} PRIVATE Qt6::Test)
    target_precompile_headers(${main} PRIVATE "${CMAKE_SOURCE_DIR}/tests/support/test_pch.h")
  endforeach()
  if(TARGET Qt6::Widgets)
    target_link_libraries(studio_test_main_gui PRIVATE Qt6::Widgets)
    target_compile_definitions(studio_test_main_gui PRIVATE STUDIO_TEST_GUI)
  endif()
endfunction()

# A Qt Test executable: studio_test(NAME core_base FOLDER tests/unit/core/base LIBS … LABELS unit [GUI] [TORCH]).
function(studio_test)
  cmake_parse_arguments(ARG "GUI;TORCH" "NAME;FOLDER;TIMEOUT" "LIBS;LABELS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/${ARG_FOLDER}/*_test.cpp")
  if(NOT sources)
    message(FATAL_ERROR "no *_test.cpp in ${ARG_FOLDER}")
  endif()
  set(main studio_test_main)
  if(ARG_GUI)
    set(main studio_test_main_gui)
  endif()
  add_executable(test_${ARG_NAME} ${sources} $<TARGET_OBJECTS:${main}>)
  set_target_properties(test_${ARG_NAME} PROPERTIES AUTOMOC ON)
  target_compile_definitions(test_${ARG_NAME} PRIVATE QT_NO_KEYWORDS
    STUDIO_SOURCE_DIR="${CMAKE_SOURCE_DIR}" STUDIO_BIN_DIR="${CMAKE_BINARY_DIR}/bin")
  target_include_directories(test_${ARG_NAME} PRIVATE "${CMAKE_SOURCE_DIR}")
  target_link_libraries(test_${ARG_NAME} PRIVATE Qt6::Test studio_test_support ${ARG_LIBS})
  if(ARG_GUI)
    target_compile_definitions(test_${ARG_NAME} PRIVATE STUDIO_TEST_GUI)  # as the precompiled header has it
    target_link_libraries(test_${ARG_NAME} PRIVATE Qt6::Widgets)
  endif()
  if(NOT ARG_TORCH)  # the torch headers want options that make the precompiled header unusable
    target_precompile_headers(test_${ARG_NAME} REUSE_FROM ${main})
  endif()
  add_test(NAME ${ARG_NAME} COMMAND test_${ARG_NAME})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  # Tests that hold the engine themselves load libgomp before anything can shorten its waits (docs/decisions/0008).
  set_tests_properties(${ARG_NAME} PROPERTIES LABELS "${ARG_LABELS}" TIMEOUT ${ARG_TIMEOUT}
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen;GOMP_SPINCOUNT=4000")
endfunction()
