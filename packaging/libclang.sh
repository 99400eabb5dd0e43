# shellcheck shell=bash
# Sourced by ./demo, ./test and ./bench before cargo runs. The SQL grammar is PostgreSQL's own, in C; reading its headers
# while building needs libclang. It is taken from the machine; else root installs Debian's package, and anybody else gets
# the PyPI wheel into the cache folder. Nothing of it is needed once the programs are built.

# Sets LIBCLANG_PATH when the build script would not find the library by itself. Fails with what to do.
need_libclang() {
    [ -n "${LIBCLANG_PATH:-}" ] && return 0
    libclang_here && return 0
    local cache=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/tollhouse/libclang
    if libclang_wheel "$cache"; then return 0; fi
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "setting up: installing \`libclang-dev\` by apt-get" >&2
        export DEBIAN_FRONTEND=noninteractive
        apt-get -qq install -y --no-install-recommends libclang-dev >/dev/null 2>&1 ||
            { apt-get -qq update && apt-get -qq install -y --no-install-recommends libclang-dev; } >/dev/null 2>&1
        libclang_here && return 0
    fi
    if command -v python3 >/dev/null && python3 -m pip --version >/dev/null 2>&1; then
        echo "setting up: getting libclang from the wheel \`libclang\`" >&2
        python3 -m pip --disable-pip-version-check --quiet install --no-deps --only-binary=:all: --upgrade \
            --target "$cache" 'libclang>=18,<19' && libclang_wheel "$cache" && return 0
    fi
    echo "libclang is missing, which building the SQL grammar needs; install \`libclang-dev\` (Debian), or set LIBCLANG_PATH" >&2
    return 1
}

libclang_here() {
    local found
    for found in /usr/lib/llvm-*/lib/libclang*.so* /usr/lib/*-linux-gnu/libclang*.so* /usr/lib64/libclang*.so* /usr/lib/libclang*.so* /usr/local/lib/libclang*.so*; do
        case $found in *libclang-cpp*) continue ;; esac
        [ -e "$found" ] && return 0
    done
    return 1
}

# The wheel has the library alone; the headers of the C compiler at hand do for the rest.
libclang_wheel() {
    [ -e "$1/clang/native/libclang.so" ] || return 1
    export LIBCLANG_PATH=$1/clang/native
    export BINDGEN_EXTRA_CLANG_ARGS="${BINDGEN_EXTRA_CLANG_ARGS:-} -I$(cc -print-file-name=include)"
}
