#!/usr/bin/env bash
# From a clean checkout to a signed, notarised disk image for this Mac's kind of processor: packaging/macos/build.sh
#
# Needs Python 3.11 to 3.13 and Xcode's command line tools. Signs and notarises when these are set, and says so when not:
#   RECEPTION_CODESIGN_IDENTITY  "Developer ID Application: … (TEAM)", in the keychain
#   RECEPTION_NOTARY_PROFILE     a profile saved by `xcrun notarytool store-credentials`
#   RECEPTION_NOTARY_KEYCHAIN    the keychain it was saved in, if that is not the user's own
set -euo pipefail
cd "$(dirname "$0")/../.."

app=dist/Reception.app
entitlements=packaging/macos/entitlements.plist
identity=${RECEPTION_CODESIGN_IDENTITY:-}
profile=${RECEPTION_NOTARY_PROFILE:-}
keychain=${RECEPTION_NOTARY_KEYCHAIN:-}

sign() {
    codesign --force --timestamp --options runtime --sign "$identity" "$@"
}

sign_inside_out() {
    # Every binary, then the frameworks that hold some, then the app; never --deep, which knows no order and gives all
    # the same entitlements. What lies in Resources are links, which find does not follow.
    find "$app/Contents/Frameworks" -type f -print0 | while IFS= read -r -d '' file; do
        if file -b "$file" | grep -q Mach-O; then
            sign "$file"
        fi
    done
    find "$app/Contents/Frameworks" -type d -name '*.framework' -prune -print0 |
        while IFS= read -r -d '' framework; do
            sign "$framework"
        done
    sign --entitlements "$entitlements" "$app"
    codesign --verify --deep --strict --verbose=2 "$app"
}

notary() {
    xcrun notarytool "$@" --keychain-profile "$profile" ${keychain:+--keychain "$keychain"}
}

notarise() {
    # It ends with 0 whatever the verdict is; why Apple refuses is in a log of theirs.
    local answer id
    answer=$(notary submit "$1" --wait --timeout 45m --output-format json)
    echo "$answer"
    if ! grep -q '"status" *: *"Accepted"' <<<"$answer"; then
        id=$(sed -n 's/.*"id" *: *"\([^"]*\)".*/\1/p' <<<"$answer")
        notary log "$id"
        return 1
    fi
}

make_image() {
    # Something of the system's (a virus scanner, Spotlight) may hold the new volume: "Resource busy".
    local left=4
    until hdiutil create -volname "Reception $version" -srcfolder "$staging" -format ULMO -fs HFS+ -ov "$image"; do
        left=$((left - 1))
        [ "$left" -gt 0 ] || return 1
        sleep 10
    done
}

python3 dev.py package --no-smoke
version=$(.venv/bin/python -c 'import receptionapp; print(receptionapp.__version__)')
image="dist/Reception-$version-$(uname -m).dmg"

if [ -n "$identity" ]; then
    sign_inside_out
else
    echo "RECEPTION_CODESIGN_IDENTITY is not set, so nothing is signed: for trying out only."
fi
python3 dev.py smoke "$app"

if [ -n "$identity" ] && [ -n "$profile" ]; then
    ditto -c -k --keepParent "$app" build/Reception.zip
    notarise build/Reception.zip
    xcrun stapler staple "$app"
fi

staging=$(mktemp -d)
trap 'rm -rf "$staging"' EXIT
ditto "$app" "$staging/Reception.app"
ln -s /Applications "$staging/Applications"
make_image

if [ -n "$identity" ]; then
    codesign --force --timestamp --sign "$identity" "$image"
fi
if [ -n "$identity" ] && [ -n "$profile" ]; then
    notarise "$image"
    xcrun stapler staple "$image"
    spctl --assess --type open --context context:primary-signature --verbose "$image"
fi
du -h "$image"
