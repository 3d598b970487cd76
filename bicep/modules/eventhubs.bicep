// The raw stream (hub raw) and the live feed (hub live), in one namespace.

param name string
param location string
param tags object

@description('Standard or Premium. Premium has its own processing units, and retention up to 90 days.')
param tier 'Standard' | 'Premium'

@description('Throughput units (Standard) or processing units (Premium) at the least.')
@minValue(1)
param units int

@description('Throughput units up to which Standard inflates by itself; 0 for never. It never deflates by itself.')
@minValue(0)
@maxValue(40)
param maximumUnits int

@description('Partitions of hub raw. Standard cannot change them later, and they bound the number of silos at work.')
@minValue(1)
@maxValue(100)
param partitions int

@description('Days for which hub raw keeps what has been accepted: how long the pipeline may stand still without loss.')
@minValue(1)
@maxValue(90)
param retentionDays int

param publicNetworkAccess 'Enabled' | 'Disabled'

@description('Principal of the silos: may send to and receive from both hubs, and nothing else.')
param principalId string

@description('Resource id of that principal\'s identity: names of role assignments are made of it, for the principal is not known before the deployment.')
param identityId string

var inflates = tier == 'Standard' && maximumUnits > units

resource namespace 'Microsoft.EventHub/namespaces@2026-01-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: tier, tier: tier, capacity: units }
  properties: {
    disableLocalAuth: true
    isAutoInflateEnabled: inflates
    kafkaEnabled: true
    maximumThroughputUnits: inflates ? maximumUnits : 0
    minimumTlsVersion: '1.2'
    publicNetworkAccess: publicNetworkAccess
  }
}

// The live feed is for watching: what nobody has seen within a day is gone.
var hubs = [
  { name: 'raw', partitions: partitions, retentionHours: retentionDays * 24 }
  { name: 'live', partitions: 4, retentionHours: 24 }
]

resource hub 'Microsoft.EventHub/namespaces/eventhubs@2026-01-01' = [
  for each in hubs: {
    parent: namespace
    name: each.name
    properties: {
      partitionCount: each.partitions
      retentionDescription: { cleanupPolicy: 'Delete', retentionTimeInHours: each.retentionHours }
    }
  }
]

resource group 'Microsoft.EventHub/namespaces/eventhubs/consumergroups@2026-01-01' = [
  for (each, i) in hubs: {
    parent: hub[i]
    name: 'snowplow'
    properties: {}
  }
]

var sender = '2b629674-e913-4c01-ae53-ef4638d8f975' // Azure Event Hubs Data Sender
var receiver = 'a638d3c7-ab3a-418d-83e6-5f17a39d4fde' // Azure Event Hubs Data Receiver

resource send 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (each, i) in hubs: {
    scope: hub[i]
    name: guid(hub[i].id, identityId, sender)
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', sender)
    }
  }
]

resource receive 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (each, i) in hubs: {
    scope: hub[i]
    name: guid(hub[i].id, identityId, receiver)
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', receiver)
    }
  }
]

output id string = namespace.id

@description('Fully qualified name, as Azure__EventHubs__Namespace wants it.')
output host string = '${namespace.name}.servicebus.windows.net'
