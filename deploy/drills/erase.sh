#!/bin/sh
# 退会のおさらい。使い捨てのフォルダーで、退会した方のことばが、どのファイルにも残らないことをたしかめます。
# A drill for erasing: in a folder that is thrown away, somebody leaves, and nothing of theirs is found in any file.
#
#   deploy/drills/erase.sh [COMMAND]     COMMAND: how Yorisoi is called here; else .venv/bin/yorisoi, else yorisoi
#
# 0: nothing was found. 1: something was, or a step went wrong; the last line says what.
set -eu

here=$(CDPATH= cd -- "$(dirname -- "$0")/../.." && pwd)
if [ -n "${1:-}" ]; then command=$1
elif [ -x "$here/.venv/bin/yorisoi" ]; then command=$here/.venv/bin/yorisoi
else command=yorisoi; fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
canaries='カナリアひとつめ カナリアふたつめ カナリアみっつめ カナリアよっつめ'

fail() { echo "erase drill: $1" >&2; exit 1; }

# How many files of the folder hold any of the words.
hits() {
    found=0
    for word in $canaries; do
        for file in "$1"/*; do
            if [ -f "$file" ] && grep -q -a -F -- "$word" "$file"; then found=$((found + 1)); fi
        done
    done
    echo "$found"
}

rows() { python3 -c 'import sqlite3, sys
print(*(sqlite3.connect(sys.argv[1]).execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in sys.argv[2:]))' \
    "$folder/data/yorisoi.db" "$@"; }

cat > "$folder/before.scene" <<'SCENE'
:as ken
/worry
記録をどこまで書けばよいか迷っています。
この内容で届ける
:as hana
/worry
カナリアひとつめ。夜になると、電話が鳴るのがこわいです。
この内容で届ける
/worry
カナリアふたつめ。訪問の間隔に迷っています。
この内容で届ける
:in 広場
1
カナリアみっつめ。うちの町では、月に一度です。
expect お届けしています
:as mio
:in 広場
expect カナリアひとつめ
expect カナリアふたつめ
expect カナリアみっつめ
:as hana
/worry
カナリアよっつめ。書きかけです。
あとで
SCENE

cat > "$folder/after.scene" <<'SCENE'
:as hana
:dm
/mydata
expect 開いている悩み：2件
expect 開いている悩みへの返信：1件
消して退会する
expect 24時間のうちに
はい、消します
expect 消しました
:clock +24h
:as ren
:in 広場
expect この悩みは閉じられました
expect この返信は取り下げられました
expect 記録をどこまで書けばよいか迷っています
expect-not カナリア
SCENE

play() { YORISOI_DATA_DIR=$folder/data YORISOI_LANGUAGE=ja YORISOI_LOG_LEVEL=DEBUG YORISOI_PUBLISH_TIMES=now "$command" console --script "$1" \
    > "$folder/screen" 2>&1 || { tail -n 5 "$folder/screen" >&2; fail "the scene did not end as written"; }; }

# The search itself must be able to find something.
mkdir "$folder/control"
printf 'x%sx' "$(echo "$canaries" | cut -d' ' -f1)" > "$folder/control/file"
[ "$(hits "$folder/control")" = 1 ] || fail "the search is blind"

cp "$folder/before.scene" "$folder/whole.scene"
cat "$folder/after.scene" >> "$folder/whole.scene"
play "$folder/before.scene"
[ "$(rows itemkey answer draft)" = "3 1 1" ] || fail "before: $(rows itemkey answer draft) keys, answers and drafts"
rm -rf "$folder/data"
play "$folder/whole.scene"

ls "$folder/data" | grep -q '^erased.log$' || fail "there is no erased.log"
left=$(hits "$folder/data")
[ "$left" = 0 ] || fail "$left hits in the files of the data folder"
# ken's worry and its key, the answer without its words; ken, mio and ren
[ "$(rows itemkey answer draft member)" = "1 1 0 3" ] || fail "rows left: $(rows itemkey answer draft member)"
[ "$(grep -c . "$folder/data/erased.log")" = 4 ] || fail "erased.log does not have its four lines"
echo "erase drill: 0 hits in $(ls "$folder/data" | tr '\n' ' ')"
