/* Addresses of databases: taken apart, refused, and never shown with their password. */
#include "core/ingest/dbaddress.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

#include "core/base/error.h"
#include "core/base/text.h"

#define SECRET "S3cr3tW0rd"

static DbAddress *parse(const char *text)
{
  GError *error = NULL;
  DbAddress *a = db_address_parse(text, &error);
  if (a == NULL)
    fail_msg("%s: %s", text, error->message);
  return a;
}

#define assert_text_or_null(a, b) assert_true(g_strcmp0(a, b) == 0)

static void test_whole(void **state)
{
  (void)state;
  DbAddress *a = parse("mysql://ana:pa%2Fss%40w%3Ard@db.example.org:3307/school"
                       "?logs=curriculum_logs&cohorts=classes&socket=%2Frun%2Fs");
  assert_string_equal(a->scheme, "mysql");
  assert_string_equal(a->user, "ana");
  assert_string_equal(a->password, "pa/ss@w:rd");
  assert_string_equal(a->host, "db.example.org");
  assert_int_equal(a->port, 3307);
  assert_string_equal(a->database, "school");
  assert_string_equal(a->logs, "curriculum_logs");
  assert_string_equal(a->cohorts, "classes");
  assert_string_equal(a->socket, "/run/s");
  db_address_free(a);
}

static void test_parts_left_out(void **state)
{
  (void)state;
  DbAddress *a = parse("mariadb:///school");
  assert_string_equal(a->scheme, "mariadb");
  assert_null(a->user);
  assert_null(a->password);
  assert_null(a->host);
  assert_int_equal(a->port, 0);
  assert_string_equal(a->logs, "logs");
  assert_null(a->cohorts);
  assert_null(a->socket);
  db_address_free(a);
  a = parse("MySQL://ana:@localhost/school?cohorts=");
  assert_string_equal(a->scheme, "mysql");
  assert_string_equal(a->password, ""); /* said to be empty, which is not left out */
  assert_string_equal(a->cohorts, "");
  db_address_free(a);
  a = parse("mysql://h/%C3%A9cole?");
  assert_string_equal(a->database, "\303\251cole");
  db_address_free(a);
}

static void test_hosts(void **state)
{
  (void)state;
  static const struct {
    const char *text, *host;
    guint port;
  } cases[] = {
      {"mysql://[2001:db8::1]/d", "2001:db8::1", 0},
      {"mysql://u@[::1]:65535/d", "::1", 65535},
      {"mysql://[fe80::1%eth0]:1/d", "fe80::1%eth0", 1},
      {"mysql://192.0.2.7:3306/d", "192.0.2.7", 3306},
      {"mysql://b\303\274ro.example/d", "b\303\274ro.example", 0},
      {"mysql://u:p@x@h/d", "h", 0}, /* the last @ counts */
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    DbAddress *a = parse(cases[i].text);
    assert_string_equal(a->host, cases[i].host);
    assert_int_equal(a->port, cases[i].port);
    db_address_free(a);
  }
}

static void test_refused(void **state)
{
  (void)state;
  static const struct {
    const char *text, *part;
  } cases[] = {
      {"mysql://", "names no database"},
      {"mysql:///", "names no database"},
      {"mysql://host", "names no database"},
      {"mysql://host/", "names no database"},
      {"mysql://host?logs=x", "names no database"},
      {"mysql://@host/d", "no user"},
      {"mysql://:p@host/d", "no user"},
      {"mysql://host:/d", "no port"},
      {"mysql://host:0/d", "no port"},
      {"mysql://host:65536/d", "no port"},
      {"mysql://host:33o6/d", "no port"},
      {"mysql://host:-1/d", "no port"},
      {"mysql://host: 1/d", "no port"},
      {"mysql://host:99999999999999999999/d", "no port"},
      {"mysql://u@:3306/d", "a port but no host"},
      {"mysql://::1/d", "no port"},
      {"mysql://[::1/d", "without ]"},
      {"mysql://[::1]x/d", "between ] and the port"},
      {"mysql://[]/d", "no name and no address"},
      {"mysql://[host]/d", "no name and no address"},
      {"mysql://ho st/d", "no name and no address"},
      {"mysql://h\xff/d", "no name and no address"},
      {"mysql://h\033[m/d", "no name and no address"},
      {"mysql://u%zz@h/d", "user with a bad %XX escape"},
      {"mysql://u%4@h/d", "user with a bad %XX escape"},
      {"mysql://u%00@h/d", "user with a bad %XX escape"},
      {"mysql://u:%ff@h/d", "password with a bad %XX escape"},
      {"mysql://u:p%0Aq@h/d", "password with a bad %XX escape"},
      {"mysql://h/d%", "database with a bad %XX escape"},
      {"mysql://h/d/t", "second /"},
      {"mysql://h/d#x", "%23"},
      {"mysql://u:a/b@h/d", "no port"},
      {"mysql://u:1/b@h/d", "an @ behind its host"},
      {"mysql://h/d?logs=", "without a value"},
      {"mysql://h/d?table=x", "none of logs, cohorts and socket"},
      {"mysql://h/d?logs=a&&cohorts=b", "none of logs, cohorts and socket"},
      {"mysql://h/d?logs=%1", "bad %XX escape behind the ?"},
      {"postgres://h/d", "begins with mysql://"},
      {"", "begins with mysql://"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    GError *error = NULL;
    DbAddress *a = db_address_parse(cases[i].text, &error);
    if (a != NULL)
      fail_msg("%s is accepted", cases[i].text);
    assert_true(g_error_matches(error, CORE_ERROR, CORE_ERROR_USAGE));
    if (strstr(error->message, cases[i].part) == NULL)
      fail_msg("%s: \"%s\" does not say \"%s\"", cases[i].text, error->message, cases[i].part);
    assert_true(text_is_safe(error->message, strlen(error->message)));
    g_error_free(error);
  }
  char *many = g_strnfill(5000, 'x'), *text = g_strconcat("mysql://h/", many, NULL);
  assert_null(db_address_parse(text, NULL));
  g_free(many);
  g_free(text);
}

static void test_recognised(void **state)
{
  (void)state;
  assert_true(db_address_is("mysql://x"));
  assert_true(db_address_is("mariadb://"));
  assert_true(db_address_is("MARIADB://x"));
  assert_false(db_address_is("mysql:/x"));
  assert_false(db_address_is("mysql.csv"));
  assert_false(db_address_is("./mysql://x"));
  assert_false(db_address_is("https://x"));
  assert_false(db_address_is(""));
}

static void test_masked(void **state)
{
  (void)state;
  static const struct {
    const char *text, *shown;
  } cases[] = {
      {"mysql://ana:" SECRET "@h:1/d", "mysql://ana@h:1/d"},
      {"mysql://ana@h/d?logs=logs", "mysql://ana@h/d"},
      {"mysql://a%40b:x@[::1]:1/d?logs=t%201&cohorts=",
       "mysql://a%40b@[::1]:1/d?logs=t%201&cohorts="},
      {"mariadb:///d?socket=/run/s", "mariadb:///d?socket=%2Frun%2Fs"},
      {"logs.csv", "logs.csv"},
      {"-", "-"},
      /* not understood */
      {"mysql://ana:" SECRET, "mysql://ana..."},
      {"mysql://ana:" SECRET "/x@h/d", "mysql://ana...@h/d"},
      {"mysql://ana:1/" SECRET "@h/d", "mysql://ana...@h/d"},
      {"mysql://" SECRET "/x@h/d", "mysql://...@h/d"},
      {"mysql://h/d?password=" SECRET, "mysql://h..."},
      {"mysql://u@h/d?password=" SECRET, "mysql://u...@h/d"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    char *shown = db_address_masked(cases[i].text);
    assert_string_equal(shown, cases[i].shown);
    g_free(shown);
  }
}

static void test_blotted(void **state)
{
  (void)state;
  static const char *const cases[][2] = {
      {"mysql://ana:abc@h/d", "mysql://ana:***@h/d"},
      {"--cohorts=mysql://ana:abc@h/d", "--cohorts=mysql://ana:***@h/d"},
      {"mysql://ana:a/b@c@h/d", "mysql://ana:*****@h/d"},
      {"mysql://ana@h:3306/d", "mysql://ana@h:3306/d"},
      {"mysql://h:3306/d", "mysql://h:3306/d"},
      {"--scope=user=a:b@c", "--scope=user=a:b@c"},
      {"a:b@c", "a:b@c"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    char *word = g_strdup(cases[i][0]);
    db_address_blot(word);
    assert_string_equal(word, cases[i][1]);
    g_free(word);
  }
}

/* --- by chance ------------------------------------------------------------------------------- */

static char *random_text(GRand *rand, const char *alphabet, gint max)
{
  GString *out = g_string_new(NULL);
  for (gint n = g_rand_int_range(rand, 0, max + 1); n > 0; n--)
    g_string_append_c(out, alphabet[g_rand_int_range(rand, 0, (gint32)strlen(alphabet))]);
  return g_string_free(out, FALSE);
}

/* What is put together from parts comes apart into the same. */
static void test_round_trip(void **state)
{
  (void)state;
  GRand *rand = g_rand_new_with_seed(4);
  for (int i = 0; i < 5000; i++) {
    char *user = random_text(rand, "ab:/@?#%& ", 6),
         *password = random_text(rand, "xy:/@?#%&+ ", 8);
    char *table = random_text(rand, "t`&=?/ ", 5);
    char *u = g_uri_escape_string(user, NULL, TRUE), *p = g_uri_escape_string(password, NULL, TRUE);
    char *t = g_uri_escape_string(table, NULL, TRUE);
    guint port = (guint)g_rand_int_range(rand, 1, 65536);
    char *text = g_strdup_printf("mysql://u%s:%s@h:%u/d%s?logs=t%s", u, p, port, t, t);
    char *login = g_strconcat("u", user, NULL), *name = g_strconcat("t", table, NULL);
    DbAddress *a = parse(text);
    assert_string_equal(a->user, login);
    assert_string_equal(a->password, password);
    assert_int_equal(a->port, port);
    assert_string_equal(a->logs, name);
    char *masked = db_address_masked(text);
    DbAddress *b = parse(masked); /* what is shown can be used again, with a password from a file */
    assert_string_equal(b->user, a->user);
    assert_null(b->password);
    assert_string_equal(b->database, a->database);
    assert_string_equal(b->logs, a->logs);
    db_address_free(a);
    db_address_free(b);
    char *const all[] = {user, password, table, u, p, t, text, login, name, masked};
    for (gsize k = 0; k < G_N_ELEMENTS(all); k++)
      g_free(all[k]);
  }
  g_rand_free(rand);
}

/* However badly a password is written, it is not shown. */
static void test_never_shown(void **state)
{
  (void)state;
  GRand *rand = g_rand_new_with_seed(5);
  guint refused = 0;
  for (int i = 0; i < 20000; i++) {
    char *before = random_text(rand, "1a:/@?#%[] \033\xff", 4);
    char *after = random_text(rand, "1a:/@?#%[] \033\xff", 4);
    char *rest = random_text(rand, "h1:/?&=%#[]ad", 12);
    char *text = g_strdup_printf("mysql://ana:%s" SECRET "%s@%s", before, after, rest);
    GError *error = NULL;
    DbAddress *a = db_address_parse(text, &error);
    char *masked = db_address_masked(text);
    if (strstr(masked, SECRET) != NULL || (error != NULL && strstr(error->message, SECRET) != NULL))
      fail_msg("%s is shown as %s", text, masked);
    assert_true(text_is_safe(masked, strlen(masked)));
    assert_true((a == NULL) == (error != NULL));
    refused += a == NULL;
    g_clear_error(&error);
    db_address_free(a);
    db_address_blot(text);
    assert_null(strstr(text, SECRET));
    char *const all[] = {before, after, rest, text, masked};
    for (gsize k = 0; k < G_N_ELEMENTS(all); k++)
      g_free(all[k]);
  }
  g_rand_free(rand);
  assert_in_range(refused, 10000, 19999); /* both ways were taken */
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_whole),       cmocka_unit_test(test_parts_left_out),
      cmocka_unit_test(test_hosts),       cmocka_unit_test(test_refused),
      cmocka_unit_test(test_recognised),  cmocka_unit_test(test_masked),
      cmocka_unit_test(test_blotted),     cmocka_unit_test(test_round_trip),
      cmocka_unit_test(test_never_shown),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
