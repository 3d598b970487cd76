#!/usr/bin/env bash
# Deploys dev into a resource group of its own, sends simulated events, holds what landed in storage and in Data Explorer
# against what the collector acknowledged, and deletes the group. An hour, and a few dollars.
#
#   infra/azure/verify.sh [LOCATION]
#
# EVENTS (100,000) is how many are sent. KEEP=1 leaves the group, SKIP_BUILD=1 with IMAGE takes an image as it is.
# Needs: az (signed in, allowed to create groups and role assignments), docker unless ACR builds, the .NET SDK.
set -euo pipefail

location=${1:-westeurope}
events=${EVENTS:-100000}
root=$(cd "$(dirname "$0")/../.." && pwd)
group="snowplow-verify-$(date -u +%Y%m%d%H%M%S)"
work=$(mktemp -d)
API_KEY=$(head -c 24 /dev/urandom | base64 | tr '+/' '-_')
export API_KEY
failures=0

clean() {
    rm -rf "$work"
    if [ "${KEEP:-}" = 1 ]; then
        echo "Kept: az group delete --name $group --yes"
        return
    fi
    echo "Deleting $group"
    az group delete --name "$group" --yes --no-wait || echo "Delete it by hand: az group delete --name $group" >&2
}
trap clean EXIT

say() { printf '%s  %s\n' "$(date -u +%H:%M:%S)" "$*"; }

# check WHAT EXPECTED ACTUAL
check() {
    if [ "$2" = "$3" ]; then
        say "ok      $1: $3"
    else
        say "FAILED  $1: $3, expected $2"
        failures=$((failures + 1))
    fi
}

# The first value of the first row of an answer of Data Explorer.
ask() {
    local body
    body=$(python3 -c 'import json, sys; print(json.dumps({"db": "snowplow", "csl": sys.argv[1]}))' "$1")
    az rest --method post --url "$kusto/v1/rest/query" --resource "$kusto" --body "$body" \
        --query 'Tables[0].Rows[0][0]' --output tsv
}

# until_equal WHAT EXPECTED MINUTES COMMAND…: asks every ten seconds.
until_equal() {
    local what=$1 expected=$2 end=$((SECONDS + 60 * $3)) actual=""
    shift 3
    while [ "$SECONDS" -lt "$end" ]; do
        actual=$("$@" 2> /dev/null || true)
        [ "$actual" = "$expected" ] && break
        sleep 10
    done
    check "$what" "$expected" "$actual"
}

say "1. Resource group $group in $location, and all but the silo"
az group create --name "$group" --location "$location" --tags purpose=snowplow-verify --output none
"$root/infra/azure/deploy.sh" "$group" dev | tee "$work/first"
registry=$(awk '/^Registry:/ { print $2 }' "$work/first")

if [ "${SKIP_BUILD:-}" = 1 ]; then
    image=${IMAGE:?SKIP_BUILD=1 wants IMAGE}
else
    image="$registry/snowplow:verify"
    say "2. Image $image"
    az acr build --registry "${registry%%.*}" --image snowplow:verify --build-arg USE_AZURE=true \
        --file "$root/infra/docker/Dockerfile" "$root" > "$work/build.log" || { tail -30 "$work/build.log" >&2; exit 1; }
fi

say "3. The silo"
"$root/infra/azure/deploy.sh" "$group" dev "$image" | tee "$work/second"
collector=$(awk '/^Collector:/ { print $2 }' "$work/second")
kusto=$(az deployment group show --resource-group "$group" --name snowplow --query properties.outputs.kustoUri.value --output tsv)
account=$(az deployment group show --resource-group "$group" --name snowplow --query properties.outputs.dataAccount.value --output tsv)
until_equal "the silo is ready" 200 10 curl -s -o /dev/null -w '%{http_code}' "$collector/ready"

say "4. A second deployment changes nothing"
changes=$(IMAGE=$image az deployment group what-if --resource-group "$group" --name snowplow --parameters "$root/bicep/dev.bicepparam" \
    --no-pretty-print --query "length(changes[?changeType!='NoChange' && changeType!='Ignore'])" --output tsv)
check "changes by what-if" 0 "$changes"

# simulate EVENTS RATE SEED FILE: sends, and writes the ids of acknowledged events to FILE.
simulate() {
    dotnet run --no-build --project "$root/src/Snowplow.Silo" -c Release -- simulate --collector "$collector" \
        --events "$1" --rate "$2" --seed "$3" --retries 20 --acknowledged "$4" > "$4.report" || true
}

# in_kusto QUERY: its first column, in order.
in_kusto() {
    local body
    body=$(python3 -c 'import json, sys; print(json.dumps({"db": "snowplow", "csl": "set notruncation; " + sys.argv[1]}))' "$1")
    az rest --method post --url "$kusto/v1/rest/query" --resource "$kusto" --body "$body" --query 'Tables[0].Rows[].[0]' --output tsv | sort
}

# missing FILE: how many ids of the file Data Explorer has not.
missing() {
    in_kusto 'events_raw | project tostring(event_id)' > "$work/there"
    sort "$1" | comm -23 - "$work/there" | wc -l
}

say "5. $events events"
dotnet build "$root/src/Snowplow.Silo" -c Release -v q -p:BuildDashboard=false > "$work/build.log" || { tail -30 "$work/build.log" >&2; exit 1; }
simulate "$events" 1000 1 "$work/acknowledged"
check "events acknowledged" "$events" "$(wc -l < "$work/acknowledged")"

say "6. Data Explorer"
until_equal "acknowledged events that are not in events_raw" 0 15 missing "$work/acknowledged"
say "bad rows: $(ask 'bad_rows | count')"
check "events more than once among events" 0 "$(ask 'events | summarize n = count() by event_id | where n > 1 | count')"
check "events without a time or with contexts that are no JSON" 0 \
    "$(ask 'events_raw | where isnull(collector_tstamp) or (isnotempty(contexts) and gettype(contexts) != "dictionary") | count')"
until_equal "there are rows of sessions, views and users" true 5 \
    ask 'print toscalar(sessions | count) > 0 and toscalar(["views"] | count) > 0 and toscalar(users | count) > 0'

say "7. Storage"
# Who runs this may read the files for as long as the group lives. Roles take a minute or two to count.
az role assignment create --role "Storage Blob Data Reader" --assignee "$(az ad signed-in-user show --query id --output tsv)" \
    --scope "$(az storage account show --name "$account" --resource-group "$group" --query id --output tsv)" --output none
sleep 120
mkdir "$work/files"
az storage blob download-batch --auth-mode login --account-name "$account" --source snowplow --pattern 'enriched/*' \
    --destination "$work/files" --output none
# The event id is the seventh of the 131 columns.
find "$work/files" -name '*.tsv.gz' -exec gunzip -c {} + | cut -f 7 | sort > "$work/landed"
check "acknowledged events that are in no file" 0 "$(sort "$work/acknowledged" | comm -23 - "$work/landed" | wc -l)"
check "lines in files, as rows in events_raw" "$(wc -l < "$work/landed")" "$(ask 'events_raw | count')"

say "8. A restart in the middle of traffic"
revision=$(az containerapp revision list --name snowplow --resource-group "$group" --query '[0].name' --output tsv)
simulate 20000 200 2 "$work/acknowledged2" &
sender=$!
sleep 30
az containerapp revision restart --name snowplow --resource-group "$group" --revision "$revision" --output none
wait "$sender"
say "$(wc -l < "$work/acknowledged2") of 20000 acknowledged"
until_equal "acknowledged events that are not in events_raw" 0 15 missing "$work/acknowledged2"
check "events more than once among events" 0 "$(ask 'events | summarize n = count() by event_id | where n > 1 | count')"

if [ "$failures" -gt 0 ]; then
    say "$failures checks failed"
    exit 1
fi
say "All checks passed"
