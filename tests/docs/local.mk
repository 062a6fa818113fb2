# Manual pages and completions.
EXTRA_DIST += %D%/test_docs.sh %D%/test_completions.sh
TESTS += %D%/test_docs.sh %D%/test_completions.sh
