# SPDX-FileCopyrightText: FineTune Studio contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Where everything goes when it is installed, and the Debian package: cmake --build --preset release --target package
include(GNUInstallDirs)

install(TARGETS finetune RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
install(TARGETS studio_engine studio_sentencepiece studio_http LIBRARY DESTINATION lib/finetune-studio)
install(DIRECTORY resources/embedded resources/sample resources/templates
        DESTINATION "${CMAKE_INSTALL_DATADIR}/finetune-studio")
install(FILES LICENSE DESTINATION "${CMAKE_INSTALL_DOCDIR}" RENAME copyright)
install(FILES README.md CHANGELOG.md DESTINATION "${CMAKE_INSTALL_DOCDIR}")
if(TARGET finetune-studio)
  install(TARGETS finetune-studio RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
  install(FILES packaging/finetune-studio.desktop
          DESTINATION "${CMAKE_INSTALL_DATADIR}/applications")
  install(FILES packaging/org.finetunestudio.Studio.metainfo.xml
          DESTINATION "${CMAKE_INSTALL_DATADIR}/metainfo")
  install(FILES packaging/finetune-studio.svg
          DESTINATION "${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps")
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME finetune-studio)
set(CPACK_PACKAGE_VERSION "${PROJECT_VERSION}")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_PACKAGE_CONTACT "FineTune Studio contributors")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Loaded by name at run time, so dpkg-shlibdeps does not see them.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "qt6-qpa-plugins")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "fonts-noto-cjk, ca-certificates")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "libsecret-tools")  # a token for downloads from the keyring
# The engine is found by the programs in lib/finetune-studio, which dpkg-shlibdeps must be told.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS "${CMAKE_BINARY_DIR}/bin")
include(CPack)
