#!/usr/bin/env bash
# infra/deploy.sh <environment> <resource group> <app.zip>
# Deploys what infra/<environment>.bicepparam describes, publishes the app into it, and tells it of dropped files, in this order: Event Grid
# asks the app before it subscribes it. May be run again at any time. Needs the Azure CLI, signed in.
set -euo pipefail

[ $# -eq 3 ] || { sed -n '2s/^# /usage: /p' "$0" >&2; exit 2; }
environment=$1 group=$2 package=$3
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

echo "deploying $environment to the resource group $group…"
az deployment group create --resource-group "$group" --name main --parameters "$here/$environment.bicepparam" --output none
output() { az deployment group show --resource-group "$group" --name main --query "properties.outputs.$1.value" --output tsv; }
app=$(output FUNCTION_APP_NAME)

echo "publishing to $app…"
az functionapp deployment source config-zip --resource-group "$group" --name "$app" --src "$package" --output none

echo "subscribing $app to dropped files…"
az deployment group create --resource-group "$group" --name landing-events --template-file "$here/landing-events.bicep" --output none \
  --parameters functionAppName="$app" eventTopicName="$(output EVENT_TOPIC_NAME)" lakeContainerName="$(output LAKE_CONTAINER_NAME)"

echo "The lake is $(output LAKE_URL); secrets of sources go to the Key Vault $(output KEY_VAULT_NAME)."
