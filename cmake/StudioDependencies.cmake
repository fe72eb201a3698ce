# SPDX-FileCopyrightText: FineTune Studio contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Every outside library, by name and minimum version. All are Debian 12 packages (see cmake/debian-packages.txt).
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(SQLite3 3.40 REQUIRED)
find_package(ICU 72 REQUIRED COMPONENTS uc i18n)
find_package(OpenSSL 3.0 REQUIRED COMPONENTS Crypto)
find_package(CLI11 2.1 REQUIRED)
pkg_check_modules(SENTENCEPIECE REQUIRED IMPORTED_TARGET sentencepiece)
find_package(Torch 1.13 REQUIRED)
find_package(dnnl 2.6 REQUIRED)
find_package(OpenMP REQUIRED)
find_package(Qt6 6.4 REQUIRED COMPONENTS Core Test)
if(STUDIO_GUI)
  find_package(Qt6 6.4 REQUIRED COMPONENTS Gui Widgets Svg PrintSupport DBus LinguistTools)
  find_package(QCustomPlotQt6 REQUIRED)
endif()
