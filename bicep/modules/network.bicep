// A virtual network in which the silos run, and the private DNS zones by which they find the private endpoints.

@description('Name of the virtual network.')
param name string

param location string
param tags object

@description('True when Container Apps owns the subnet of the silos, false when Kubernetes nodes live in it.')
param delegateToContainerApps bool

// A subnet of Container Apps needs at least a /27; Kubernetes takes an address a node, and a third more while it upgrades.
resource network 'Microsoft.Network/virtualNetworks@2025-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: ['10.60.0.0/20'] }
    subnets: [
      {
        name: 'silos'
        properties: {
          addressPrefix: '10.60.0.0/22'
          delegations: delegateToContainerApps
            ? [{ name: 'containerapps', properties: { serviceName: 'Microsoft.App/environments' } }]
            : []
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: '10.60.4.0/24'
          privateEndpointNetworkPolicies: 'Disabled'
        }
      }
    ]
  }

  resource silos 'subnets' existing = { name: 'silos' }
  resource endpoints 'subnets' existing = { name: 'endpoints' }
}

var zoneNames = {
  eventHubs: 'privatelink.servicebus.windows.net'
  blob: 'privatelink.blob.${environment().suffixes.storage}'
  table: 'privatelink.table.${environment().suffixes.storage}'
  kusto: 'privatelink.${location}.kusto.windows.net'
  registry: 'privatelink${environment().suffixes.acrLoginServer}'
}

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for zone in items(zoneNames): {
    name: zone.value
    location: 'global'
    tags: tags
  }
]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (zone, i) in items(zoneNames): {
    parent: zones[i]
    name: name
    location: 'global'
    tags: tags
    properties: {
      registrationEnabled: false
      virtualNetwork: { id: network.id }
    }
  }
]

output silosSubnetId string = network::silos.id
output endpointsSubnetId string = network::endpoints.id

@description('Resource ids of the DNS zones by service: eventHubs, blob, table, kusto, registry.')
output zoneIds object = toObject(
  items(zoneNames),
  zone => zone.key,
  zone => resourceId('Microsoft.Network/privateDnsZones', zone.value)
)
