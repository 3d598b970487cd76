// A cluster of silos on AKS: each pod has an address of its own, as Orleans needs, nodes and silos grow under load, and
// silos lie in different zones. What runs in it is in infra/kubernetes.

param name string
param location string
param tags object

@description('Entra group whose members administer the cluster; who deploys must be in it.')
@minLength(36)
param operatorGroupId string

@description('Standard has an SLA for the API server, Free has none.')
param tier 'Free' | 'Standard'

@description('Size of the nodes that silos run on: one silo a node.')
param nodeSize string

@description('Nodes for silos at the least.')
@minValue(1)
param nodes int

@description('Nodes for silos at most.')
@minValue(1)
param maximumNodes int

@description('Availability zones, such as 1, 2 and 3; none where the region has none.')
param zones string[]

@description('Virtual network whose subnet silos the nodes live in; empty for a network of AKS\' own.')
param networkName string

@description('Name of the silos\' identity, for which the pods\' service account stands.')
param identityName string

param registryName string
param workspaceId string
param actionGroupId string

resource control 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: '${name}-control'
  location: location
  tags: tags
}

// AKS puts its nodes and load balancers into our network.
resource network 'Microsoft.Network/virtualNetworks@2025-07-01' existing = if (!empty(networkName)) {
  name: empty(networkName) ? 'none' : networkName

  resource silos 'subnets' existing = { name: 'silos' }
}

var networkContributor = '4d97b98b-1d4f-4787-a291-c67834d212e7' // Network Contributor

resource join 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(networkName)) {
  scope: network::silos
  name: guid(control.id, network::silos.id, networkContributor)
  properties: {
    principalId: control.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', networkContributor)
  }
}

var pool = {
  availabilityZones: empty(zones) ? null : zones
  enableAutoScaling: true
  osSKU: 'Ubuntu'
  osType: 'Linux'
  type: 'VirtualMachineScaleSets'
  upgradeSettings: { maxSurge: '1', drainTimeoutInMinutes: 30 }
  vnetSubnetID: empty(networkName) ? null : network::silos.id
}

resource cluster 'Microsoft.ContainerService/managedClusters@2026-03-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: 'Base', tier: tier }
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${control.id}': {} } }
  dependsOn: [join]
  properties: {
    aadProfile: { managed: true, enableAzureRBAC: false, adminGroupObjectIDs: [operatorGroupId] }
    agentPoolProfiles: [
      // What the platform itself runs.
      union(pool, {
        name: 'system'
        mode: 'System'
        count: 2
        minCount: 2
        maxCount: 4
        nodeTaints: ['CriticalAddonsOnly=true:NoSchedule']
        vmSize: 'Standard_D2as_v5'
      })
      // One silo a node. The gateway's proxies find room beside them.
      union(pool, {
        name: 'silos'
        mode: 'User'
        count: nodes
        minCount: nodes
        maxCount: maximumNodes
        nodeLabels: { 'snowplow/pool': 'silos' }
        vmSize: nodeSize
      })
    ]
    autoUpgradeProfile: { upgradeChannel: 'patch', nodeOSUpgradeChannel: 'NodeImage' }
    azureMonitorProfile: { metrics: { enabled: true } }
    disableLocalAccounts: true
    dnsPrefix: name
    enableRBAC: true
    ingressProfile: {
      gatewayAPI: { installation: 'Standard' }
      webAppRouting: {
        enabled: true
        gatewayAPIImplementations: { appRoutingIstio: { mode: 'Enabled' } }
        nginx: { defaultIngressControllerType: 'None' }
      }
    }
    networkProfile: {
      loadBalancerSku: 'standard'
      networkDataplane: 'cilium'
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkPolicy: 'cilium'
      outboundType: 'loadBalancer'
    }
    oidcIssuerProfile: { enabled: true }
    securityProfile: { workloadIdentity: { enabled: true } }
    workloadAutoScalerProfile: { keda: { enabled: true } }
  }
}

module pull 'pull.bicep' = {
  params: {
    registryName: registryName
    ownerId: cluster.id
    principalId: cluster.properties.identityProfile.kubeletidentity.objectId
  }
}

// A pod that runs as the service account snowplow of the namespace snowplow is the silos' identity.
resource silos 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: identityName

  resource credential 'federatedIdentityCredentials' = {
    name: 'kubernetes'
    properties: {
      audiences: ['api://AzureADTokenExchange']
      issuer: cluster.properties.oidcIssuerProfile.issuerURL
      subject: 'system:serviceaccount:snowplow:snowplow'
    }
  }
}

// Managed Prometheus: where metrics are kept, and how they get there.
resource metrics 'Microsoft.Monitor/accounts@2025-10-03' = {
  name: name
  location: location
  tags: tags
}

resource endpoint 'Microsoft.Insights/dataCollectionEndpoints@2024-03-11' = {
  name: name
  location: location
  tags: tags
  kind: 'Linux'
  properties: {}
}

resource collection 'Microsoft.Insights/dataCollectionRules@2024-03-11' = {
  name: name
  location: location
  tags: tags
  kind: 'Linux'
  properties: {
    dataCollectionEndpointId: endpoint.id
    dataSources: {
      prometheusForwarder: [{ name: 'prometheus', streams: ['Microsoft-PrometheusMetrics'], labelIncludeFilter: {} }]
    }
    destinations: { monitoringAccounts: [{ name: 'metrics', accountResourceId: metrics.id }] }
    dataFlows: [{ streams: ['Microsoft-PrometheusMetrics'], destinations: ['metrics'] }]
  }
}

resource association 'Microsoft.Insights/dataCollectionRuleAssociations@2024-03-11' = {
  scope: cluster
  name: 'prometheus'
  properties: { dataCollectionRuleId: collection.id }
}

// What the silos say of themselves (docs/azure.md lists what each alert means and what to do).
var alerts = [
  {
    name: 'Lag'
    expression: 'max(snowplow_pipeline_lag) by (partition) > 100000'
    after: 'PT10M'
    severity: 2
    summary: 'A partition lies more than 100,000 records behind for ten minutes.'
  }
  {
    name: 'Gap'
    expression: 'sum(increase(snowplow_pipeline_forgotten_total[10m])) > 0'
    after: 'PT1M'
    severity: 0
    summary: 'The stream has lost records before they landed: they were kept for too short a time.'
  }
  {
    name: 'Refusals'
    expression: 'sum(rate(snowplow_collector_rejected_total{reason=~"stream_unavailable|overloaded"}[5m])) > 1'
    after: 'PT5M'
    severity: 1
    summary: 'Collectors answer 503: events cannot be stored, trackers keep them for now.'
  }
  {
    name: 'Loads'
    expression: 'sum(increase(snowplow_data_explorer_failures_total[10m])) > 5'
    after: 'PT10M'
    severity: 2
    summary: 'Loading into Data Explorer fails again and again.'
  }
  {
    name: 'Waiting'
    expression: 'max(snowplow_data_explorer_waiting) > 1000'
    after: 'PT15M'
    severity: 2
    summary: 'More than 1,000 ranges of partitions wait to be loaded into Data Explorer.'
  }
  {
    name: 'SetAside'
    expression: 'max(snowplow_data_explorer_set_aside) > 0'
    after: 'PT5M'
    severity: 2
    summary: 'Data Explorer has refused files for good; they lie in load/failed/.'
  }
  {
    name: 'Partitions'
    expression: 'sum(snowplow_pipeline_problem) > 0'
    after: 'PT10M'
    severity: 2
    summary: 'A partition has retried the same thing for ten minutes.'
  }
  {
    name: 'Silos'
    expression: 'sum(kube_deployment_status_replicas_unavailable{namespace="snowplow",deployment="snowplow"}) > 0'
    after: 'PT15M'
    severity: 2
    summary: 'A silo has not been ready for a quarter of an hour.'
  }
]

resource rules 'Microsoft.AlertsManagement/prometheusRuleGroups@2023-03-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    enabled: true
    clusterName: cluster.name
    scopes: [metrics.id, cluster.id]
    interval: 'PT1M'
    rules: [
      for each in alerts: {
        alert: 'Snowplow${each.name}'
        enabled: true
        expression: each.expression
        for: each.after
        severity: each.severity
        annotations: { summary: each.summary }
        actions: [{ actionGroupId: actionGroupId }]
        resolveConfiguration: { autoResolved: true, timeToResolve: 'PT10M' }
      }
    ]
  }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: cluster
  name: 'logs'
  properties: {
    workspaceId: workspaceId
    logs: [
      { category: 'cluster-autoscaler', enabled: true }
      { category: 'kube-audit-admin', enabled: true }
    ]
  }
}

output name string = cluster.name
