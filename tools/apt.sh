# Read by the scripts beside it: system packages through apt-get, as root only.

as_root() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

apt_line() { echo "Thiếu gói hệ thống (system packages missing): sudo apt-get install --no-install-recommends $*"; }

stop() { echo "$1" >&2; exit 1; }

# install PACKAGE...: or stop with the one line that somebody else has to run.
install() {
    as_root || stop "$(apt_line "$@")"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >/dev/null 2>&1 || true
    apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1 </dev/null || stop "$(apt_line "$@")"
}
