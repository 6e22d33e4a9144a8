#!/usr/bin/env bash
# What the action does, once jalon is there: tests promises (annotations, summary), then compares with the base revision (summary).
# Everything is said before it fails; what is broken (1) wins over what is undecided (3).
set -uo pipefail

jalon=${JALON:-jalon}
read -ra paths <<<"${JALON_PATHS:-.}"
summary=${GITHUB_STEP_SUMMARY:-/dev/null}
worst=0
worse() {
  case "$1" in
    0) ;;
    3) [ "$worst" -ne 0 ] || worst=3 ;;
    *) worst=$1 ;;
  esac
}

"$jalon" test "${paths[@]}" --format github
worse $?
"$jalon" test "${paths[@]}" --format markdown >>"$summary"

if [ -n "${JALON_BASE:-}" ]; then
  gate=()
  [ -z "${JALON_FAIL_IF:-}" ] || gate=(--fail-if "$JALON_FAIL_IF")
  # Compared is the working tree, which of a pull request is what would be merged.
  "$jalon" diff "$JALON_BASE" "${paths[@]}" --format markdown "${gate[@]}" >>"$summary"
  worse $?
fi
exit "$worst"
