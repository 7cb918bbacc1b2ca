#!/bin/sh
# Print the first Python that can make our environment: the one named, or the first that is found.
set -eu

fits() {
    command -v "$1" >/dev/null 2>&1 &&
        "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

for python in ${1:-python3.11 python3.12 python3.13 python3}; do
    if fits "$python"; then
        if "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
            echo "$python"
            exit 0
        fi
        lacking=$python
    fi
done

if [ -n "${lacking:-}" ]; then
    echo "$lacking 缺少 venv 模块，请安装（Debian、Ubuntu：apt-get install python3-venv）。" >&2
    echo "$lacking has no venv module; install it (Debian, Ubuntu: apt-get install python3-venv)." >&2
else
    echo "需要 Python 3.11 或更高版本；没有找到${1:+（$1）}。可用 PYTHON=/路径/python3 指明。" >&2
    echo "Python 3.11 or newer is needed and was not found${1:+ ($1)}. Name one with PYTHON=/path/python3." >&2
fi
exit 1
