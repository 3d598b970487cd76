// One silo on Container Apps, with HTTPS and a name from the first minute. Never more than one: replicas of an app have
// no address of their own there, which Orleans needs (docs/azure.md). For more, see kubernetes.bicep.

param name string
param location string
param tags object

@description('The image, by digest or tag.')
param image string

param registryServer string

@description('Resource id of the silo\'s identity.')
param identityId string

@description('Cores. The memory is twice as many GiB.')
param cores 1 | 2 | 3 | 4

@description('Environment variables without secrets: name and value.')
param settings { name: string, value: string }[]

@description('Key for everything but the collector; at least 16 characters.')
@secure()
@minLength(16)
param apiKey string

@description('Subnet of the environment; empty for the platform\'s own network.')
param subnetId string

param workspaceId string

resource environment 'Microsoft.App/managedEnvironments@2026-01-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    appLogsConfiguration: { destination: 'azure-monitor' }
    vnetConfiguration: empty(subnetId) ? null : { infrastructureSubnetId: subnetId, internal: false }
    workloadProfiles: [{ name: 'Consumption', workloadProfileType: 'Consumption' }]
    zoneRedundant: false
  }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: environment
  name: 'logs'
  properties: {
    workspaceId: workspaceId
    logs: [
      { category: 'ContainerAppConsoleLogs', enabled: true }
      { category: 'ContainerAppSystemLogs', enabled: true }
    ]
  }
}

// While a new revision starts, the old one still works, and neither can reach the other: each is a cluster of its own.
// They may work beside each other for a while, as a frozen silo and its successor may (ARCHITECTURE.md, "Contracts").
var clusterId = 'snowplow-${uniqueString(image, string(settings), string(cores))}'

resource app 'Microsoft.App/containerApps@2026-01-01' = {
  name: name
  location: location
  tags: tags
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identityId}': {} } }
  properties: {
    environmentId: environment.id
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: 'Single'
      ingress: {
        allowInsecure: false
        external: true
        targetPort: 8080
        traffic: [{ latestRevision: true, weight: 100 }]
        transport: 'auto'
      }
      maxInactiveRevisions: 5
      registries: [{ server: registryServer, identity: identityId }]
      secrets: [{ name: 'api-key', value: apiKey }]
    }
    template: {
      // Longer than a silo needs to land and to finish its ranges.
      terminationGracePeriodSeconds: 300
      containers: [
        {
          name: 'snowplow'
          image: image
          env: concat(settings, [
            { name: 'Azure__ClusterId', value: clusterId }
            // There is no other silo to reach it. A silo that starts again takes the place of the one that died there.
            { name: 'Azure__AdvertisedAddress', value: '127.0.0.1' }
            { name: 'Snowplow__ApiKey', secretRef: 'api-key' }
          ])
          resources: { cpu: cores, memory: '${2 * cores}Gi' }
          probes: [
            {
              type: 'Startup'
              httpGet: { path: '/health', port: 8080, scheme: 'HTTP' }
              periodSeconds: 30
              failureThreshold: 10
              timeoutSeconds: 5
            }
            {
              type: 'Readiness'
              httpGet: { path: '/ready', port: 8080, scheme: 'HTTP' }
              periodSeconds: 5
              failureThreshold: 3
              timeoutSeconds: 5
            }
            {
              type: 'Liveness'
              httpGet: { path: '/health', port: 8080, scheme: 'HTTP' }
              periodSeconds: 10
              failureThreshold: 6
              timeoutSeconds: 5
            }
          ]
        }
      ]
      scale: { minReplicas: 1, maxReplicas: 1 }
    }
  }
}

output id string = app.id
output url string = 'https://${app.properties.configuration.ingress.fqdn}'
