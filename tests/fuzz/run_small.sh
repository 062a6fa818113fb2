#!/bin/sh
# Seeded mutations of what people type and edit, for six seconds at most.
exec "${BUILDDIR:-.}/tests/fuzz/fuzz_small" "${SRCDIR:-.}/tests/fuzz/small" 20000 6
