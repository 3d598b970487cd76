// Snowplow.Orleans on Azure: silos, Event Hubs, two storage accounts, Data Explorer. docs/azure.md explains it.
// Nothing here depends on the time or on what was deployed before: a second deployment changes nothing.
targetScope = 'resourceGroup'

@description('Begins the names of all resources: 3 to 11 lower-case letters and digits.')
@minLength(3)
@maxLength(11)
param name string = 'snowplow'

param location string = resourceGroup().location

param tags object = { application: 'snowplow' }

@description('ContainerApps: one silo, HTTPS at once, nothing to run. Kubernetes: a cluster of silos.')
param platform 'ContainerApps' | 'Kubernetes'

@description('The image, such as REGISTRY/snowplow@sha256:…, for Container Apps. Empty on the first deployment, which makes the registry.')
param image string = ''

@description('Key for everything but the collector, for Container Apps: at least 16 characters.')
@secure()
param apiKey string = ''

@description('Private endpoints for all services, and no public access to them.')
param isPrivate bool = false

@description('Entra group whose members may query Data Explorer and administer Kubernetes; needed with Kubernetes.')
param operatorGroupId string = ''

@description('Address that alerts are sent to; empty for none.')
param alertEmail string = ''

@description('Days for which logs are kept.')
param logDays int = 30

type EventHubs = {
  tier: 'Standard' | 'Premium'

  @description('Throughput units (1 MB/s in, 2 MB/s out each) or processing units.')
  units: int

  @description('Throughput units up to which Standard inflates; 0 for never.')
  maximumUnits: int

  @description('Partitions of the raw stream, for ever.')
  partitions: int

  retentionDays: int
}

type Storage = {
  redundancy: 'Standard_LRS' | 'Standard_ZRS' | 'Standard_GRS' | 'Standard_GZRS'

  @description('Days after which files go to the cool tier; 0 for never.')
  coolAfterDays: int

  @description('Days after which files are deleted; 0 for never.')
  deleteAfterDays: int
}

type DataExplorer = {
  sku: string
  nodes: int

  @description('Nodes up to which the cluster grows by itself; as many as nodes for never.')
  maximumNodes: int

  zones: string[]

  @description('Days of data on the nodes\' own disks.')
  hotDays: int
}

type ContainerApp = {
  @description('Cores of the one silo; it has twice as many GiB of memory.')
  cores: 1 | 2 | 3 | 4
}

type Kubernetes = {
  tier: 'Free' | 'Standard'
  nodeSize: string

  @description('Silos at the least, a node each.')
  nodes: int

  maximumNodes: int
  zones: string[]
}

param eventHubs EventHubs
param storage Storage
param dataExplorer DataExplorer
param containerApp ContainerApp = { cores: 2 }
param kubernetes Kubernetes = { tier: 'Standard', nodeSize: 'Standard_D4ads_v5', nodes: 3, maximumNodes: 12, zones: [] }

@description('More settings of the silos, by their names as environment variables, such as Pipeline__CheckpointInterval.')
param moreSettings object = {}

// Registry, storage, namespace and cluster have names that nobody else in the world may have.
var unique = '${name}${uniqueString(subscription().subscriptionId, resourceGroup().id)}'
var shortUnique = take(unique, 22)
var access = isPrivate ? 'Disabled' : 'Enabled'
var isContainerApps = platform == 'ContainerApps'
var hasApp = isContainerApps && !empty(image)
var identityId = resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', name)

module logs 'modules/logs.bicep' = {
  params: { name: name, location: location, tags: tags, retentionDays: logDays, email: alertEmail }
}

module identity 'modules/identity.bicep' = {
  params: { name: name, location: location, tags: tags }
}

module network 'modules/network.bicep' = if (isPrivate) {
  params: { name: name, location: location, tags: tags, delegateToContainerApps: isContainerApps }
}

module hubs 'modules/eventhubs.bicep' = {
  params: {
    name: unique
    location: location
    tags: tags
    tier: eventHubs.tier
    units: eventHubs.units
    maximumUnits: eventHubs.maximumUnits
    partitions: eventHubs.partitions
    retentionDays: eventHubs.retentionDays
    publicNetworkAccess: access
    principalId: identity.outputs.principalId
    identityId: identityId
  }
}

var dataName = '${shortUnique}d'
var stateName = '${shortUnique}s'

module accounts 'modules/storage.bicep' = {
  params: {
    dataName: dataName
    stateName: stateName
    location: location
    tags: tags
    redundancy: storage.redundancy
    coolAfterDays: storage.coolAfterDays
    deleteAfterDays: storage.deleteAfterDays
    isPrivate: isPrivate
    principalId: identity.outputs.principalId
    identityId: identityId
  }
}

module kusto 'modules/kusto.bicep' = {
  dependsOn: [accounts]
  params: {
    name: shortUnique
    location: location
    tags: tags
    sku: dataExplorer.sku
    nodes: dataExplorer.nodes
    maximumNodes: dataExplorer.maximumNodes
    zones: dataExplorer.zones
    hotDays: dataExplorer.hotDays
    publicNetworkAccess: access
    siloClientId: identity.outputs.clientId
    identityId: identityId
    viewerGroupId: operatorGroupId
    dataAccountName: dataName
  }
}

module registry 'modules/registry.bicep' = {
  params: {
    name: unique
    location: location
    tags: tags
    tier: isPrivate ? 'Premium' : 'Basic'
    publicNetworkAccess: access
  }
}

module pull 'modules/pull.bicep' = if (isContainerApps) {
  dependsOn: [registry]
  params: {
    registryName: unique
    ownerId: identityId
    principalId: identity.outputs.principalId
  }
}

var endpoints = [
  { name: 'eventhubs', group: 'namespace', zone: 'eventHubs' }
  { name: 'data', group: 'blob', zone: 'blob' }
  { name: 'state', group: 'table', zone: 'table' }
  { name: 'kusto', group: 'cluster', zone: 'kusto' }
  { name: 'registry', group: 'registry', zone: 'registry' }
]

module privateEndpoints 'modules/privateendpoint.bicep' = [
  for (each, i) in endpoints: if (isPrivate) {
    params: {
      name: '${name}-${each.name}'
      location: location
      tags: tags
      subnetId: network!.outputs.endpointsSubnetId
      serviceId: [
        hubs.outputs.id
        accounts.outputs.dataId
        accounts.outputs.stateId
        kusto.outputs.id
        registry.outputs.id
      ][i]
      group: each.group
      zoneId: network!.outputs.zoneIds[each.zone]
    }
  }
]

// The silos' settings (docs/azure.md, "Settings"). Azure__ClusterId and Snowplow__ApiKey come with the platform.
var settings = union(
  {
    ASPNETCORE_URLS: 'http://+:8080'
    AZURE_CLIENT_ID: identity.outputs.clientId
    Azure__ServiceId: 'snowplow'
    Azure__EventHubs__Namespace: hubs.outputs.host
    Azure__EventHubs__Hub: 'raw'
    Azure__EventHubs__ConsumerGroup: 'snowplow'
    Azure__EventHubs__LiveHub: 'live'
    Azure__Blobs__Endpoint: accounts.outputs.blobEndpoint
    Azure__Blobs__Container: 'snowplow'
    Azure__Tables__Endpoint: accounts.outputs.tableEndpoint
    Azure__Kusto__Cluster: kusto.outputs.uri
    Azure__Kusto__Database: kusto.outputs.database
    Collector__PreTerminationPeriod: '00:00:20'
    // Each batch is two writes to storage that are paid for: ten batches a second, as on a disk, would cost thousands.
    Pipeline__BatchInterval: '00:00:02'
    Pipeline__CheckpointInterval: '00:01:00'
  },
  moreSettings
)

module app 'modules/containerapp.bicep' = if (hasApp) {
  dependsOn: [pull, privateEndpoints]
  params: {
    name: name
    location: location
    tags: tags
    image: image
    registryServer: registry.outputs.loginServer
    identityId: identityId
    cores: containerApp.cores
    settings: map(items(settings), setting => { name: setting.key, value: string(setting.value) })
    apiKey: apiKey
    subnetId: isPrivate ? network!.outputs.silosSubnetId : ''
    workspaceId: logs.outputs.workspaceId
  }
}

module cluster 'modules/kubernetes.bicep' = if (!isContainerApps) {
  dependsOn: [identity, registry, privateEndpoints]
  params: {
    name: name
    location: location
    tags: tags
    operatorGroupId: operatorGroupId
    tier: kubernetes.tier
    nodeSize: kubernetes.nodeSize
    nodes: kubernetes.nodes
    maximumNodes: kubernetes.maximumNodes
    zones: kubernetes.zones
    networkName: isPrivate ? name : ''
    identityName: name
    registryName: unique
    workspaceId: logs.outputs.workspaceId
    actionGroupId: logs.outputs.actionGroupId
  }
}

module alerts 'modules/alerts.bicep' = {
  dependsOn: [hubs, kusto, accounts, app]
  params: {
    name: name
    location: location
    tags: tags
    workspaceId: logs.outputs.workspaceId
    actionGroupId: logs.outputs.actionGroupId
    eventHubsName: unique
    kustoName: shortUnique
    stateName: stateName
    appName: hasApp ? name : ''
  }
}

@description('Where trackers send to. On Kubernetes the gateway has the address: kubectl get gateway snowplow.')
output collectorUrl string = hasApp ? app!.outputs.url : ''

@description('Where people ask.')
output dataExplorerUrl string = 'https://dataexplorer.azure.com/clusters/${replace(replace(kusto.outputs.uri, 'https://', ''), '.kusto.windows.net', '')}/databases/${kusto.outputs.database}'

@description('Where the image is pushed to.')
output registry string = registry.outputs.loginServer

output kubernetesName string = isContainerApps ? '' : cluster!.outputs.name
output identityClientId string = identity.outputs.clientId
output kustoUri string = kusto.outputs.uri
output dataAccount string = dataName
output eventHubsNamespace string = hubs.outputs.host

@description('The silos\' settings, for the ConfigMap on Kubernetes.')
output settings object = settings
