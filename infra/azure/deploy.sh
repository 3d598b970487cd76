#!/usr/bin/env bash
# Deploys to Azure what bicep/ describes, and the silos. Run again, it changes what has changed and nothing else.
#
#   infra/azure/deploy.sh RESOURCE_GROUP dev|prod [IMAGE]
#
# Without IMAGE all but the silos is deployed: the first run makes the registry that the image is pushed to.
# With dev, API_KEY (16 characters or more) is the key for everything but the collector. With prod, OPERATOR_GROUP_ID is
# the Entra group that administers Kubernetes, you among it, and HOST the name that trackers use; the key is made once.
# ALERT_EMAIL is told of alerts. Needs: az (signed in) and, with prod, kubectl and kubelogin.
set -euo pipefail

group=${1:?"usage: $0 RESOURCE_GROUP dev|prod [IMAGE]"}
kind=${2:?"usage: $0 RESOURCE_GROUP dev|prod [IMAGE]"}
export IMAGE=${3:-}
root=$(cd "$(dirname "$0")/../.." && pwd)

case $kind in
    dev) ;;
    prod) : "${OPERATOR_GROUP_ID:?names the Entra group that administers Kubernetes}" ;;
    *) echo "$0: '$kind' is neither dev nor prod" >&2; exit 2 ;;
esac
if [ "$kind" = dev ] && [ -n "$IMAGE" ] && [ "$(printf %s "${API_KEY:-}" | wc -m)" -lt 16 ]; then
    echo "$0: API_KEY must have 16 characters or more" >&2
    exit 2
fi

parameters=$root/bicep/$kind.bicepparam
if [ "${WHAT_IF:-}" = 1 ]; then
    exec az deployment group what-if --resource-group "$group" --name snowplow --parameters "$parameters"
fi

echo "Deploying $kind to $group"
outputs=$(az deployment group create --resource-group "$group" --name snowplow --parameters "$parameters" \
    --query properties.outputs --output json)

# A value of the deployment's outputs; JSON in, by the Python that az itself needs.
output() {
    printf %s "$outputs" | python3 -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]]["value"])' "$1"
}

echo "Registry:      $(output registry)"
echo "Data Explorer: $(output dataExplorerUrl)"
if [ "$kind" = dev ]; then
    echo "Collector:     $(output collectorUrl)"
    exit 0
fi

cluster=$(output kubernetesName)
az aks get-credentials --resource-group "$group" --name "$cluster" --overwrite-existing --only-show-errors
kubelogin convert-kubeconfig -l azurecli
if [ -z "$IMAGE" ]; then
    exit 0
fi

: "${HOST:?is the name that trackers use, such as events.example.com}"
kubectl create namespace snowplow --dry-run=client --output yaml | kubectl apply --filename -
if ! kubectl get secret snowplow --namespace snowplow > /dev/null 2>&1; then
    kubectl create secret generic snowplow --namespace snowplow --from-literal=user=prometheus \
        --from-literal=api-key="$(head -c 24 /dev/urandom | base64 | tr '+/' '-_')"
fi

# What the deployment knows goes into an overlay that is thrown away.
overlay=$(mktemp -d)
trap 'rm -rf "$overlay"' EXIT
cp -r "$root/infra/kubernetes" "$overlay/base"
mkdir "$overlay/deployment"
printf %s "$outputs" | python3 -c '
import json, sys
for name, value in sorted(json.load(sys.stdin)["settings"]["value"].items()):
    print(f"{name}={value}")
' > "$overlay/deployment/settings.env"
cat > "$overlay/deployment/kustomization.yaml" << YAML
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: snowplow
resources:
  - ../base
configMapGenerator:
  - name: snowplow
    envs:
      - settings.env
patches:
  - target: {kind: ServiceAccount, name: snowplow}
    patch: |-
      - op: add
        path: /metadata/annotations
        value: {azure.workload.identity/client-id: "$(output identityClientId)"}
  - target: {kind: Deployment, name: snowplow}
    patch: |-
      - op: replace
        path: /spec/template/spec/containers/0/image
        value: "$IMAGE"
  - target: {kind: Gateway, name: snowplow}
    patch: |-
      - op: replace
        path: /spec/listeners/0/hostname
        value: "$HOST"
  - target: {kind: HTTPRoute, name: snowplow}
    patch: |-
      - op: replace
        path: /spec/hostnames/0
        value: "$HOST"
YAML
kubectl apply --kustomize "$overlay/deployment"
kubectl rollout status deployment/snowplow --namespace snowplow --timeout 45m
echo "Gateway:       $(kubectl get gateway snowplow --namespace snowplow --output 'jsonpath={.status.addresses[0].value}')   (point $HOST there)"
echo "API key:       kubectl get secret snowplow --namespace snowplow --output 'jsonpath={.data.api-key}' | base64 -d"
