#!/usr/bin/env bash
# From a clean checkout to dist/reception-VERSION-linux-MACHINE.tar.xz: packaging/linux/build.sh
#
# Build on the oldest system that it must run on: a library of a newer one does not load there. Needs Python 3.11 to
# 3.13 with its shared library, binutils, xz and dpkg (which tells where the system's libraries come from).
set -euo pipefail
cd "$(dirname "$0")/../.."

python3 dev.py package
version=$(.venv/bin/python -c 'import receptionapp; print(receptionapp.__version__)')
archive="dist/reception-$version-linux-$(uname -m).tar.xz"
stamp=$(git log -1 --format=%ct)

install -m 644 build/packaging/reception.png packaging/linux/reception.desktop dist/Reception/
# The same commit gives the same archive: names in order, nobody's user, the commit's time.
tar -C dist --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$stamp" -cf - Reception |
    xz -9 --threads=1 >"$archive"
du -h "$archive"
