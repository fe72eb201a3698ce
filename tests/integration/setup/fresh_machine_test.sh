#!/bin/bash
# SPDX-FileCopyrightText: FineTune Studio contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# What run.sh and test.sh do on a machine that has none of the packages: install_missing must name them and ask apt for them,
# under the strict mode that the scripts run in. apt-get, sudo and the package list are stand-ins; nothing is installed.
set -euo pipefail
source="$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/cmake" "$work/bin"
cp "$source/cmake/set_up.sh" "$work/cmake/"
printf 'build bash\nbuild no-such-package-anywhere\ntest another-missing-package\nci not-asked-for\n' > "$work/cmake/debian-packages.txt"
for tool in apt-get sudo; do
    # shellcheck disable=SC2016  # the stand-in expands it
    printf '#!/bin/bash\necho "%s $*" >> "%s/calls"\n[ "%s" = apt-get ] || "$@"\n' "$tool" "$work" "$tool" > "$work/bin/$tool"
    chmod +x "$work/bin/$tool"
done
(
    cd "$work"
    export PATH="$work/bin:$PATH"
    . cmake/set_up.sh
    install_missing build test 2> said
    echo reached >> calls
)
fail() { echo "FAIL: $1" >&2; cat "$work/calls" "$work/said" >&2; exit 1; }
grep -q 'Installing Debian packages: another-missing-package no-such-package-anywhere' "$work/said" || fail "the missing packages are not named"
grep -q 'apt-get install .* another-missing-package no-such-package-anywhere' "$work/calls" || fail "apt-get is not asked for them"
grep -q 'not-asked-for\|install .* bash' "$work/calls" && fail "more is installed than is missing"
grep -q reached "$work/calls" || fail "the script ends before its work is done"
echo "PASS"
