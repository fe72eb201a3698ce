# SPDX-FileCopyrightText: FineTune Studio contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Shared by run.sh, test.sh and .ci/run, which source it from the root of the source tree.

say() { printf '%s\n' "$*" >&2; }

# Installs what is missing of the given groups of cmake/debian-packages.txt, and says so. Costs a query otherwise.
install_missing() {
    if ! command -v dpkg-query >/dev/null; then
        say "error: dpkg-query is not here: this script sets up Debian 12. Install the packages of cmake/debian-packages.txt by hand."
        return 1
    fi
    local groups wanted present missing
    groups="$(printf '|%s' "$@")"
    wanted="$(sed -nE "s/^(${groups#|}) +([^ #]+).*/\2/p" cmake/debian-packages.txt | sort -u)"
    # dpkg-query fails as soon as it does not know one of the packages, which is what a fresh machine is like.
    # shellcheck disable=SC2086  # one word a package
    present="$({ dpkg-query -W -f '${db:Status-Status} ${Package}\n' $wanted 2>/dev/null || true; } | sed -n 's/^installed //p' | sort -u)"
    missing="$(comm -23 <(printf '%s\n' "$wanted") <(printf '%s\n' "$present") | tr '\n' ' ')"
    [ -n "${missing// /}" ] || return 0

    local root=()
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            say "error: These Debian packages are missing: ${missing}"
            say "Install them as root: apt-get install ${missing}"
            return 1
        fi
        root=(sudo)
    fi
    say "Installing Debian packages: ${missing}"
    "${root[@]}" apt-get update -q
    # shellcheck disable=SC2086
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing
}

# build PRESET [TARGET…]: configures when that was never done, then builds; an up-to-date tree costs a glance.
build() {
    local preset="$1" targets=()
    shift
    if [ ! -f "build/$preset/build.ninja" ]; then
        cmake --preset "$preset"
    fi
    if [ "$#" -gt 0 ]; then
        targets=(--target "$@")
    fi
    cmake --build --preset "$preset" "${targets[@]}"
}
