// Where the image lies. Who may pull: the silos' identity (Container Apps) or that of the nodes (Kubernetes).

param name string
param location string
param tags object

@description('Premium for private endpoints, else Basic or Standard.')
param tier 'Basic' | 'Standard' | 'Premium'

param publicNetworkAccess 'Enabled' | 'Disabled'

resource registry 'Microsoft.ContainerRegistry/registries@2025-11-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: tier }
  properties: {
    adminUserEnabled: false
    anonymousPullEnabled: false
    publicNetworkAccess: publicNetworkAccess
  }
}

output id string = registry.id
output loginServer string = registry.properties.loginServer
