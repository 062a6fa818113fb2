# Sourced: $python is one that has pandas, or empty.
python=
for candidate in "${PYTHON:-python3}" /usr/bin/python3; do
  if "$candidate" -c 'import pandas' >/dev/null 2>&1; then
    python=$candidate
    break
  fi
done
