/* What every fuzz target offers: libFuzzer calls it with texts of its own, fuzz_driver.c with
 * seeded mutations of a corpus. */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
