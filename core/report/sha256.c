/* SHA-256: blocks by the processor's instructions, padding and output around them. */
#include "core/report/sha256.h"

#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__)
#define HAVE_SHA_INSTRUCTIONS 1
#include <cpuid.h>
#include <immintrin.h>
#else
#define HAVE_SHA_INSTRUCTIONS 0
#endif

#if HAVE_SHA_INSTRUCTIONS

#define STEPS 16 /* of four rounds each */

static const guint32 round_constants[4 * STEPS] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

gboolean sha256_available(void)
{
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_SSE4_1) || !(c & bit_SSSE3))
    return FALSE;
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_SHA);
}

#define LOAD(p) _mm_loadu_si128((const __m128i *)(const void *)(p))

/* The instructions keep the words a b e f in one register and c d g h in another. */
__attribute__((target("sha,sse4.1"))) static void add_blocks(guint32 state[8], const guint8 *bytes,
                                                             gsize n)
{
  const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
  __m128i low = _mm_shuffle_epi32(LOAD(state), 0xb1),
          high = _mm_shuffle_epi32(LOAD(state + 4), 0x1b);
  __m128i abef = _mm_alignr_epi8(low, high, 8), cdgh = _mm_blend_epi16(high, low, 0xf0);
  for (; n > 0; n--, bytes += SHA256_BLOCK) {
    __m128i w[4], abef_before = abef, cdgh_before = cdgh;
    for (guint i = 0; i < STEPS; i++) {
      __m128i *now = &w[i % 4];
      if (i < 4) {
        *now = _mm_shuffle_epi8(LOAD(bytes + 16 * i), swap);
      } else {
        __m128i last = w[(i + 3) % 4], middle = _mm_alignr_epi8(last, w[(i + 2) % 4], 4);
        *now = _mm_add_epi32(_mm_sha256msg1_epu32(*now, w[(i + 1) % 4]), middle);
        *now = _mm_sha256msg2_epu32(*now, last);
      }
      __m128i rounds = _mm_add_epi32(*now, LOAD(round_constants + 4 * i));
      cdgh = _mm_sha256rnds2_epu32(cdgh, abef, rounds);
      abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(rounds, 0x0e));
    }
    abef = _mm_add_epi32(abef, abef_before);
    cdgh = _mm_add_epi32(cdgh, cdgh_before);
  }
  abef = _mm_shuffle_epi32(abef, 0x1b);
  cdgh = _mm_shuffle_epi32(cdgh, 0xb1);
  _mm_storeu_si128((__m128i *)(void *)state, _mm_blend_epi16(abef, cdgh, 0xf0));
  _mm_storeu_si128((__m128i *)(void *)(state + 4), _mm_alignr_epi8(cdgh, abef, 8));
}

#else

gboolean sha256_available(void)
{
  return FALSE;
}

static void add_blocks(guint32 state[8], const guint8 *bytes, gsize n)
{
  (void)state;
  (void)bytes;
  (void)n;
}

#endif

void sha256_init(Sha256 *s)
{
  *s = (Sha256){.state = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c,
                          0x1f83d9ab, 0x5be0cd19}};
}

void sha256_update(Sha256 *s, const guint8 *bytes, gsize n)
{
  gsize held = s->n % SHA256_BLOCK;
  if (n == 0)
    return; /* there may be no bytes to point at */
  s->n += n;
  if (held > 0) {
    gsize taken = MIN(n, SHA256_BLOCK - held);
    memcpy(s->rest + held, bytes, taken);
    bytes += taken;
    n -= taken;
    if (held + taken < SHA256_BLOCK)
      return;
    add_blocks(s->state, s->rest, 1);
  }
  add_blocks(s->state, bytes, n / SHA256_BLOCK);
  memcpy(s->rest, bytes + n / SHA256_BLOCK * SHA256_BLOCK, n % SHA256_BLOCK);
}

char *sha256_finish(Sha256 *s)
{
  guint8 end[2 * SHA256_BLOCK] = {0x80};
  guint64 bits = GUINT64_TO_BE(s->n * 8);
  gsize held = s->n % SHA256_BLOCK;
  gsize n = (held < SHA256_BLOCK - sizeof bits ? SHA256_BLOCK : 2 * SHA256_BLOCK) - held;
  memcpy(end + n - sizeof bits, &bits, sizeof bits);
  sha256_update(s, end, n);
  GString *out = g_string_sized_new(64);
  for (guint i = 0; i < G_N_ELEMENTS(s->state); i++)
    g_string_append_printf(out, "%08x", s->state[i]);
  return g_string_free(out, FALSE);
}
