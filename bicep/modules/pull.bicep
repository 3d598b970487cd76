// Lets a principal pull from the registry.

param registryName string
param principalId string

@description('What makes the principal\'s name stable before it is there: the resource id of what it belongs to.')
param ownerId string

resource registry 'Microsoft.ContainerRegistry/registries@2025-11-01' existing = { name: registryName }

var pull = '7f951dda-4ed3-4680-a7ca-43fe172d538d' // AcrPull

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: registry
  name: guid(registry.id, ownerId, pull)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', pull)
  }
}
