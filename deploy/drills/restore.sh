#!/bin/sh
# A drill: a small community loses its database and gets it back, in a folder that is thrown away.
# Then, where a backup is named, that one too, by a copy: deploy/drills/restore.sh [BACKUP]
# Exit status 0 only where everything was as it should be.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
house=$(cd "$here/../.." && pwd)
python=${PYTHON:-$house/.venv/bin/python}
own_data=${YORISOI_DATA_DIR:-$house/data}
own_key=${YORISOI_KEY_FILE:-$own_data/yorisoi.key}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

export PYTHONPATH="$house${PYTHONPATH:+:$PYTHONPATH}" YORISOI_LANGUAGE=ja YORISOI_PUBLISH_TIMES=now
unset YORISOI_DATABASE_URL YORISOI_KEY_FILE YORISOI_TELEGRAM_TOKEN
unset YORISOI_SLACK_BOT_TOKEN YORISOI_SLACK_APP_TOKEN YORISOI_SLACK_SIGNING_SECRET

yorisoi() { "$python" -m bot "$@"; }
step() { echo "drill: $*"; }
failed() { echo "drill: FAILED: $*" >&2; exit 1; }
count() { "$python" -c 'import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchone()[0])' "$1" "$2"; }
play() { yorisoi console --script "$here/$1.scene" > "$folder/shown" 2>&1 || { cat "$folder/shown" >&2; failed "the scene $1"; }; }

export YORISOI_DATA_DIR="$folder/data"
mkdir -p "$YORISOI_DATA_DIR" "$folder/elsewhere"
if [ -d "$own_data/encoder" ]; then ln -s "$own_data/encoder" "$YORISOI_DATA_DIR/encoder"; fi
database="$YORISOI_DATA_DIR/yorisoi.db"
backup="$folder/elsewhere/backup.db"

step "two people share a worry each"
play before
step "a backup is made"
yorisoi backup "$backup" > "$folder/said"
[ "$(stat -c %a "$backup")" = 600 ] || failed "others may read the backup"
if grep -q "$(cat "$YORISOI_DATA_DIR/yorisoi.key")" "$backup"; then failed "the key is in the backup"; fi
step "one of them closes hers, the other shares one more"
play after
[ -s "$YORISOI_DATA_DIR/erased.log" ] || failed "erased.log does not say what was erased"
step "the database is lost"
rm "$database"*
if yorisoi serve > "$folder/said" 2>&1; then :; fi  # what an operator in a hurry does first; no platform is set up here
began=$(date +%s)
step "it is restored"
yorisoi restore "$backup" || failed "restore"
step "what came back is looked at"
[ "$(count "$database" 'SELECT count(*) FROM itemkey')" = 1 ] || failed "the key of the closed worry is back"
play restored
if grep -qs 再送 "$folder/shown"; then failed "a letter came twice"; fi
[ "$(count "$database" "SELECT count(*) FROM outbox WHERE state NOT IN ('delivered', 'dead')")" = 0 ] || failed "letters lie there"
for words in 閉じる悩み 戻ってきてほしい 控えに入っていない; do
    if grep -qa "$words" "$database"* "$backup"; then failed "words stand in a file"; fi
done
step "well: people known, the open worry there, the closed one gone, nothing twice ($(($(date +%s) - began)) s from restore to the last look)"

[ $# -gt 0 ] || exit 0
step "and now a copy of $1, with your key and your erased.log"
export YORISOI_DATA_DIR="$folder/own" YORISOI_KEY_FILE="$own_key"
mkdir "$YORISOI_DATA_DIR"
unknown=
if [ -f "$own_data/erased.log" ]; then
    cp "$own_data/erased.log" "$YORISOI_DATA_DIR/"
else
    step "there is no $own_data/erased.log: well where nothing was ever erased, otherwise find it before you need it"
    unknown=--without-tombstones
fi
yorisoi restore $unknown "$1" || failed "your backup cannot be restored; make a new one now"
for table in member worry conference; do
    step "$table: $(count "$YORISOI_DATA_DIR/yorisoi.db" "SELECT count(*) FROM $table")"
done
