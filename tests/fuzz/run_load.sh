#!/bin/sh
# A few thousand seeded mutations through the loader, for five seconds at most.
exec "${BUILDDIR:-.}/tests/fuzz/fuzz_load" "${SRCDIR:-.}/tests/fuzz/load" 4000 5
