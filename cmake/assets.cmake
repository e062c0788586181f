# Builds the styles, scripts and fonts with npm into ${CMAKE_BINARY_DIR}/assets when configuring.
