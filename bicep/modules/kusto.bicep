// Data Explorer: cluster, database, who may do what. Tables, views and functions are not made here: a silo applies
// infra/kusto when it starts, since they belong to its version.

param name string
param location string
param tags object

@description('Such as Dev(No SLA)_Standard_E2a_v4 or Standard_E8ads_v5.')
param sku string

@description('Nodes: 1 for a dev cluster, at least 2 otherwise.')
@minValue(1)
param nodes int

@description('Nodes up to which the cluster grows by itself under load; as many as nodes for never.')
param maximumNodes int

@description('Availability zones, such as 1, 2 and 3; none where the region has none. Cannot be changed later.')
param zones string[]

@description('Days of data on the nodes\' own disks. Older data is read from storage, and slower.')
@minValue(1)
param hotDays int

param publicNetworkAccess 'Enabled' | 'Disabled'

@description('Client id of the silos\' identity: database admin, for the scripts have policies in them.')
param siloClientId string

@description('Resource id of that identity, for the name of the assignment.')
param identityId string

@description('Entra group whose members may query; empty for none.')
param viewerGroupId string

@description('Account of data, whose files the cluster loads.')
param dataAccountName string

var isDev = startsWith(sku, 'Dev(')

resource cluster 'Microsoft.Kusto/clusters@2025-02-14' = {
  name: name
  location: location
  tags: tags
  sku: { name: sku, tier: isDev ? 'Basic' : 'Standard', capacity: nodes }
  zones: empty(zones) ? null : zones
  identity: { type: 'SystemAssigned' }
  properties: {
    // A cluster that stops by itself refuses loads until somebody starts it.
    enableAutoStop: false
    enableDiskEncryption: true
    enableDoubleEncryption: false
    enablePurge: true
    enableStreamingIngest: true
    engineType: 'V3'
    optimizedAutoscale: {
      isEnabled: maximumNodes > nodes
      minimum: nodes
      maximum: max(nodes, maximumNodes)
      version: 1
    }
    publicIPType: 'IPv4'
    publicNetworkAccess: publicNetworkAccess
    restrictOutboundNetworkAccess: 'Disabled'
    trustedExternalTenants: []
  }
}

// The tables have retention policies of their own (infra/kusto/policies.kql).
resource database 'Microsoft.Kusto/clusters/databases@2025-02-14' = {
  parent: cluster
  name: 'snowplow'
  location: location
  kind: 'ReadWrite'
  properties: {
    hotCachePeriod: 'P${hotDays}D'
    softDeletePeriod: 'P3650D'
  }
}

resource silos 'Microsoft.Kusto/clusters/databases/principalAssignments@2025-02-14' = {
  parent: database
  name: guid(database.id, identityId, 'Admin')
  properties: {
    principalId: siloClientId
    principalType: 'App'
    role: 'Admin'
    tenantId: tenant().tenantId
  }
}

resource viewers 'Microsoft.Kusto/clusters/databases/principalAssignments@2025-02-14' = if (!empty(viewerGroupId)) {
  parent: database
  name: guid(database.id, viewerGroupId, 'Viewer')
  properties: {
    principalId: viewerGroupId
    principalType: 'Group'
    role: 'Viewer'
    tenantId: tenant().tenantId
  }
}

// Lets '.ingest into' read files as the cluster itself. This takes the right AllDatabasesAdmin, which who creates the
// cluster has and a database admin has not, so it is done here and not by the silo.
resource loading 'Microsoft.Kusto/clusters/databases/scripts@2025-02-14' = {
  parent: database
  name: 'loading'
  properties: {
    continueOnErrors: false
    #disable-next-line use-secure-value-for-secure-inputs // It holds no secret.
    scriptContent: '.alter-merge database ${database.name} policy managed_identity "[{ \'ObjectId\' : \'system\', \'AllowedUsages\' : \'NativeIngestion\' }]"'
  }
}

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: dataAccountName

  resource blobs 'blobServices' existing = {
    name: 'default'

    resource container 'containers' existing = { name: 'snowplow' }
  }
}

var blobReader = '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1' // Storage Blob Data Reader

resource readFiles 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account::blobs::container
  name: guid(account::blobs::container.id, cluster.id, blobReader)
  properties: {
    principalId: cluster.identity.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobReader)
  }
}

output id string = cluster.id

@description('Azure__Kusto__Cluster.')
output uri string = cluster.properties.uri
output database string = database.name
