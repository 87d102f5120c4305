#!/usr/bin/env bash
# 鍵をなくしたときの練習です。使い捨ての場所だけで動き、ほんものの設定には触りません。
# What happens when the key is lost: a drill in a throw-away folder. It touches nothing of the real house.
#
#   deploy/drills/key-loss.sh [FOLDER]          FOLDER: a place of its own; without it, one that is removed afterwards
#   YORISOI=".venv/bin/yorisoi" names the command.
set -euo pipefail

yorisoi=${YORISOI:-yorisoi}
for name in $(compgen -A export YORISOI_); do unset "$name"; done
folder=${1:-}
if [ -z "$folder" ]; then
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
fi
export YORISOI_DATA_DIR=$folder/data YORISOI_LANGUAGE=en YORISOI_PUBLISH_TIMES=now
key=$folder/data/yorisoi.key
if [ -e "$folder/data/yorisoi.db" ]; then
    echo "somebody lives in $folder; name another folder" >&2
    exit 2
fi

say() { printf '\n== %s\n' "$1"; }

fail() {
    printf 'DRILL FAILED: %s\n' "$1" >&2
    exit 1
}

# Runs a command that must end with this status and, where a third word is given, say it.
expect() {
    local status=$1 words=$2 said code=0
    shift 2
    said=$($yorisoi "$@" 2>&1 </dev/null) || code=$?
    printf '%s\n' "$said"
    [ "$code" = "$status" ] || fail "yorisoi $* ended with $code, not $status"
    [ -z "$words" ] || grep -qF -- "$words" <<<"$said" || fail "yorisoi $* did not say: $words"
}

scene() {
    $yorisoi console --script - >"$folder/scene.txt" 2>&1 || { cat "$folder/scene.txt"; fail "$1"; }
    echo "$1: yes"
}

say "1/6 小さな場を作ります / a small community"
scene "a worry is shared" <<'SCENE'
:as hana
/worry
I have not met the person for half a year. Should I keep visiting?
1
expect on its way
SCENE
expect 0 "worry 3/3" keys check

say "2/6 鍵をなくします / the key is lost"
mv "$key" "$folder/safe.key"
expect 1 "it is never made anew" keys check
expect 2 "put the key file of this database back" serve
[ ! -e "$key" ] || fail "a new key was made beside an old database"

say "3/6 別の鍵を置きます / another key is put there"
(umask 077 && printf '%064d\n' 7 >"$key")
expect 2 "put the right key file back" serve

say "4/6 もとの鍵を戻します / the right key is put back"
cp -p "$folder/safe.key" "$key"
expect 0 "worry 3/3" keys check

say "5/6 鍵を取り替えます / the key is replaced"
expect 0 "4/4" keys rotate
cp -p "$key" "$folder/new.key"
cp -p "$folder/safe.key" "$key"
expect 1 "put the right key file back" keys check
cp -p "$folder/new.key" "$key"
expect 0 "worry 3/3" keys check

say "6/6 悩みはまだそこにあります / the worry is still there, and hana's own"
scene "the author reads it and closes it" <<'SCENE'
:as hana
/mydata
See my open worries
1
expect half a year
It is resolved
Yes, close it
expect the key is thrown away
SCENE

printf '\n練習は、すべてうまくいきました。 / The drill went well.\n'
