// One private endpoint: an address in the virtual network for a service, with its DNS record.

@description('Name of the endpoint.')
param name string

param location string
param tags object
param subnetId string

@description('The service behind the endpoint.')
param serviceId string

@description('Which part of the service: namespace (Event Hubs), blob, table, cluster (Data Explorer), registry.')
param group 'namespace' | 'blob' | 'table' | 'cluster' | 'registry'

param zoneId string

resource endpoint 'Microsoft.Network/privateEndpoints@2025-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    subnet: { id: subnetId }
    privateLinkServiceConnections: [
      {
        name: name
        properties: {
          privateLinkServiceId: serviceId
          groupIds: [group]
        }
      }
    ]
  }

  resource dns 'privateDnsZoneGroups' = {
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [{ name: group, properties: { privateDnsZoneId: zoneId } }]
    }
  }
}
