# SPDX-FileCopyrightText: FineTune Studio contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Compiles text files into a target, so that a single program file carries them:
# studio_embed_text(studio_text embeddedTemplates resources/templates/*.json) adds a source with
# studio::embeddedTemplates(), a list of {file name without extension, content} in name order.
set(STUDIO_EMBED_SCRIPT "${CMAKE_CURRENT_LIST_FILE}")

function(studio_embed_text target name pattern)
  file(GLOB files CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/${pattern}")
  list(SORT files)
  set(output "${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp")
  add_custom_command(OUTPUT "${output}"
    COMMAND "${CMAKE_COMMAND}" "-DSTUDIO_EMBED_OUTPUT=${output}" "-DSTUDIO_EMBED_NAME=${name}"
            "-DSTUDIO_EMBED_FILES=${files}" -P "${STUDIO_EMBED_SCRIPT}"
    DEPENDS ${files} "${STUDIO_EMBED_SCRIPT}" VERBATIM)
  target_sources(${target} PRIVATE "${output}")
endfunction()

# Script mode: writes the source. Bytes are written as numbers, so no content can end a literal early.
if(CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
  set(entries "")
  foreach(file IN LISTS STUDIO_EMBED_FILES)
    file(READ "${file}" hex HEX)
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" literal "${hex}")
    string(LENGTH "${hex}" digits)
    math(EXPR size "${digits} / 2")
    get_filename_component(stem "${file}" NAME_WE)
    string(APPEND entries "        {\"${stem}\", std::string(\"${literal}\", ${size})},\n")
  endforeach()
  file(WRITE "${STUDIO_EMBED_OUTPUT}" "// Written by cmake/EmbedText.cmake.
#include <string>
#include <utility>
#include <vector>

namespace studio {

const std::vector<std::pair<std::string, std::string>>& ${STUDIO_EMBED_NAME}();

const std::vector<std::pair<std::string, std::string>>& ${STUDIO_EMBED_NAME}() {
    static const std::vector<std::pair<std::string, std::string>> files = {
${entries}    };
    return files;
}

}  // namespace studio
")
endif()
