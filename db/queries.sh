#!/bin/sh
# Make query.h and query.c from db/queries/*.sql: one statement a file, named
# after it.  evaluation_get.sql becomes Q_EVALUATION_GET.
# usage: db/queries.sh OUTPUT_DIRECTORY
set -eu
dir=$(dirname "$0")/queries
out=$1
mkdir -p "$out"

names() {
	for file in "$dir"/*.sql; do
		basename "$file" .sql
	done | LC_ALL=C sort
}

{
	echo '/* Made by db/queries.sh from db/queries. */'
	echo '#ifndef ACQUIS_QUERY_H'
	echo '#define ACQUIS_QUERY_H'
	echo
	echo 'enum query {'
	names | tr '[:lower:]' '[:upper:]' | sed 's/.*/	Q_&,/'
	echo '	Q__MAX'
	echo '};'
	echo
	echo '/* Name and text of each statement. */'
	echo 'struct query_text {'
	echo '	const char *name;'
	echo '	const char *sql;'
	echo '};'
	echo
	echo 'extern const struct query_text query_texts[Q__MAX];'
	echo
	echo '#endif'
} > "$out/query.h.new"

{
	echo '/* Made by db/queries.sh from db/queries. */'
	echo '#include "query.h"'
	echo
	echo 'const struct query_text query_texts[Q__MAX] = {'
	names | while read -r name; do
		printf '\t{ "%s",\n' "$name"
		sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/.*/	    "&\\n"/' \
		    "$dir/$name.sql"
		printf '\t},\n'
	done
	echo '};'
} > "$out/query.c.new"

for file in query.h query.c; do
	if cmp -s "$out/$file.new" "$out/$file"; then
		rm "$out/$file.new"
	else
		mv "$out/$file.new" "$out/$file"
	fi
done
