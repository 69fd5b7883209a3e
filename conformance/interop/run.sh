#!/bin/sh
# Runs the tests with two tools of other people: the publisher's own TypeScript client against the sandbox, and Prism between
# our client and the sandbox. Both are installed into a temporary directory and gone afterwards.
set -eu

client=@gohighlevel/api-client@3.1.0
prism=@stoplight/prism-cli@5.14.2

for tool in npm node timeout; do
	command -v "$tool" >/dev/null || { echo "interop: no $tool on this machine; nothing was tested"; exit 0; }
done

root=$(cd "$(dirname "$0")/../.." && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 130' INT TERM # to the trap above

echo "interop: installing $client and $prism"
timeout 300 npm install --prefer-offline --prefix "$dir" --ignore-scripts --no-audit --no-fund --no-save --loglevel=error "$client" "$prism"

cd "$root"
INTEROP_MODULES="$dir/node_modules" go test -count=1 -v -timeout 5m ./conformance/interop
