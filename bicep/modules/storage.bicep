// Two accounts. Data: what lands, in files that people and Data Explorer read. State: tables of the silos' own, with
// other limits (20,000 entities a second an account) and another life.

@description('Name of the account of data, 3 to 24 lower-case letters and digits.')
param dataName string

@description('Name of the account of state, likewise.')
param stateName string

param location string
param tags object

@description('Standard_LRS, Standard_ZRS, Standard_GZRS, …')
param redundancy 'Standard_LRS' | 'Standard_ZRS' | 'Standard_GRS' | 'Standard_GZRS'

@description('Days without a change after which files go to the cool tier; 0 for never.')
@minValue(0)
param coolAfterDays int

@description('Days after which files are deleted; 0 for never.')
@minValue(0)
param deleteAfterDays int

@description('True when only private endpoints and trusted Azure services (Data Explorer) come in.')
param isPrivate bool

@description('Principal of the silos.')
param principalId string

@description('Resource id of that principal\'s identity: names of role assignments are made of it, for the principal is not known before the deployment.')
param identityId string

resource data 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: dataName
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: redundancy }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    isHnsEnabled: true
    minimumTlsVersion: 'TLS1_2'
    // Data Explorer has no address here. It comes in as a trusted service, by its managed identity and its role.
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: isPrivate ? 'Deny' : 'Allow'
      ipRules: []
      virtualNetworkRules: []
    }
    publicNetworkAccess: 'Enabled'
    supportsHttpsTrafficOnly: true
  }

  // No soft delete: the append blobs of a checkpoint are deleted each minute, and would be kept and paid for.
  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      containerDeleteRetentionPolicy: { enabled: true, days: 7 }
      deleteRetentionPolicy: { enabled: false }
    }

    resource container 'containers' = {
      name: 'snowplow'
      properties: { publicAccess: 'None' }
    }
  }

  resource lifecycle 'managementPolicies' = if (coolAfterDays > 0 || deleteAfterDays > 0) {
    name: 'default'
    dependsOn: [blobs]
    properties: {
      policy: {
        rules: [
          {
            name: 'files-grow-old'
            enabled: true
            type: 'Lifecycle'
            definition: {
              filters: { blobTypes: ['blockBlob'], prefixMatch: ['snowplow/'] }
              actions: {
                baseBlob: union(
                  coolAfterDays > 0 ? { tierToCool: { daysAfterModificationGreaterThan: coolAfterDays } } : {},
                  deleteAfterDays > 0 ? { delete: { daysAfterModificationGreaterThan: deleteAfterDays } } : {}
                )
              }
            }
          }
        ]
      }
    }
  }
}

resource state 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: stateName
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: redundancy }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    isHnsEnabled: false
    minimumTlsVersion: 'TLS1_2'
    networkAcls: { bypass: 'None', defaultAction: isPrivate ? 'Deny' : 'Allow', ipRules: [], virtualNetworkRules: [] }
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    supportsHttpsTrafficOnly: true
  }
}

var blobContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe' // Storage Blob Data Contributor
var tableContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3' // Storage Table Data Contributor

resource writeFiles 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: data::blobs::container
  name: guid(data::blobs::container.id, identityId, blobContributor)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobContributor)
  }
}

resource writeStates 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: state
  name: guid(state.id, identityId, tableContributor)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', tableContributor)
  }
}

output dataId string = data.id
output stateId string = state.id

@description('Azure__Blobs__Endpoint.')
output blobEndpoint string = 'https://${data.name}.blob.${environment().suffixes.storage}'

@description('Azure__Tables__Endpoint.')
output tableEndpoint string = 'https://${state.name}.table.${environment().suffixes.storage}'
