# House rules of C files that need no compiler: header comment, length, banned calls, and includes
# that go downward only. Prints "file:line: what is wrong"; exits 1 when it printed anything.
# Comments, strings and character constants are blanked before calls are looked for.

BEGIN {
  limit_lines = 500

  # Folders from the ground up; a file includes its own folder and those before it.
  n = split("core/base core/stats core/log core/ingest core/catalog core/query core/flags " \
            "core/answers core/report core/casebook tui/draw tui/model tui/layout " \
            "tui/views tui/app tui/docs tui/main tests", folders, " ")
  for (i = 1; i <= n; i++)
    rank[folders[i]] = i
  sees_only["core/stats"] = "core/base" # pure functions on numbers

  # Calls that are banned: a scope (prefix of the path, "" for everything), names, and the reason.
  ban("", "strcpy|strcat|stpcpy|strncpy|strncat", "no limit or no end; use GString, g_strlcpy or g_strdup")
  ban("", "sprintf|vsprintf", "no limit; use g_snprintf or g_strdup_printf")
  ban("", "gets|scanf|fscanf|sscanf", "overflows silently; parse with a limit")
  ban("", "strtok|tmpnam|mktemp|alloca|g_alloca", "unsafe; use g_strsplit, g_mkstemp, g_new")
  ban("", "atoi|atol|atoll|atof", "hides errors; use g_ascii_string_to_signed or g_ascii_strtod")
  ban("", "system|popen", "goes through a shell; use g_spawn_sync with an array")
  ban("", "rand|srand|random|srandom|drand48", "cannot be repeated; use core/stats/prng.h")
  ban("core/", "printf|fprintf|vprintf|vfprintf|puts|fputs|putchar|perror|g_print|g_printerr|g_printf", "the core does not print")
  ban("core/", "exit|_exit|_Exit|abort|quick_exit|g_error|g_abort|assert", "the core does not end the program")
  ban("core/", "setlocale|uselocale|newlocale|nl_langinfo", "the core has no locale")
  ban("core/", "localtime|localtime_r|gmtime|gmtime_r|mktime|strftime|time|clock|gettimeofday|clock_gettime|g_get_real_time|g_get_current_time|g_date_time_new_now[a-z_]*|g_date_time_new_from_unix_local", "the core has no wall clock; times are passed in, see core/base/civil.h")
  ban("core/", "getenv|secure_getenv|setenv|putenv|g_getenv|g_setenv|g_get_home_dir|g_get_user_[a-z_]*|g_get_user_name|getpwuid|getlogin", "the core has no environment; folders and names are passed in")
}

function ban(where, names, why) {
  n_bans++
  ban_where[n_bans] = where
  ban_names[n_bans] = "(^|[^A-Za-z0-9_>.])(" names ")[ \t]*\\("
  ban_why[n_bans] = why
  any_ban = any_ban (n_bans > 1 ? "|" : "") names
}

function complain(file, line, text) {
  printf "%s:%d: %s\n", file, line, text
  failed = 1
}

# Folder of a path by the table: "core/base/civil.h" -> "core/base", "tui/layout.h" -> "tui/layout".
function folder_of(path, parts, n) {
  n = split(path, parts, "/")
  if (parts[1] == "tests")
    return "tests"
  if (n < 2 || (parts[1] != "core" && parts[1] != "tui"))
    return ""
  sub(/\.[ch]$/, "", parts[2])
  return parts[1] "/" parts[2]
}

# The line without comments and without what stands in quotes; in_comment lives across lines.
function code_of(s, out, at, c) {
  out = ""
  while (s != "") {
    if (in_comment) {
      at = index(s, "*/")
      if (at == 0)
        return out
      s = substr(s, at + 2)
      in_comment = 0
      out = out " "
      continue
    }
    if (!match(s, /\/\*|\/\/|"|'/))
      return out s
    at = RSTART
    c = substr(s, at, 2)
    out = out substr(s, 1, at - 1)
    if (c == "//")
      return out
    if (c == "/*") {
      in_comment = 1
      s = substr(s, at + 2)
      continue
    }
    c = substr(c, 1, 1)
    s = substr(s, at + 1)
    if (c == "\"")
      match(s, /^([^"\\]|\\.)*"/)
    else
      match(s, /^([^'\\]|\\.)*'/)
    if (RSTART == 0)
      return out
    out = out c c
    s = substr(s, RSTART + RLENGTH)
  }
  return out
}

function check_include(name, folder, other) {
  other = folder_of(name)
  if (other == "" && name ~ /^(core|tui)\//)
    other = name
  if (name ~ /^\.\.?\// || (other == "" && name ~ /\.h$/ && name !~ /^(config\.h|assets\/resources\.h)$/))
    complain(file, FNR, "include \"" name "\" with its path from the root of the project")
  else if (other != "" && !(other in rank))
    complain(file, FNR, other " has no place in the order of folders of tests/lint/house.awk")
  else if (other != "" && rank[other] > rank[folder])
    complain(file, FNR, folder " lies below " other " and may not include it")
  else if (folder in sees_only && other != "" && other != folder && other != sees_only[folder])
    complain(file, FNR, folder " may include " sees_only[folder] " only")
}

FNR == 1 {
  if (file != "" && lines > limit_lines)
    complain(file, lines, lines " lines; at most " limit_lines ", split by job")
  file = FILENAME
  sub(/^\.\//, "", file)
  folder = folder_of(file)
  in_comment = 0
  if ($0 !~ /^\/\*/)
    complain(file, 1, "begin with a comment that says what the file owns")
  if (!(folder in rank))
    complain(file, 1, "folder " folder " has no place in the order of folders of tests/lint/house.awk")
}

{
  lines = FNR
}

/^[ \t]*#[ \t]*include[ \t]*"/ && !in_comment {
  split($0, quoted, "\"")
  check_include(quoted[2], folder)
  next
}

/^[ \t]*#[ \t]*include[ \t]*<([a-z]*curses|term|panel|menu|form)(w?\/[a-z]*)?\.h>/ && !in_comment {
  if (file != "tui/draw/terminal.c")
    complain(file, FNR, "only tui/draw/terminal.c speaks curses")
}

{
  code = code_of($0)
  if (code !~ /\(/)
    next
  for (b = 1; b <= n_bans; b++)
    if ((ban_where[b] == "" || index(file, ban_where[b]) == 1) && match(code, ban_names[b])) {
      call = substr(code, RSTART, RLENGTH)
      gsub(/[^A-Za-z0-9_]/, "", call)
      complain(file, FNR, call "(): " ban_why[b])
    }
}

END {
  if (file != "" && lines > limit_lines)
    complain(file, lines, lines " lines; at most " limit_lines ", split by job")
  exit failed
}
