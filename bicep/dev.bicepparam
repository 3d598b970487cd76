// The cheapest that works: one silo, one throughput unit, a cluster of Data Explorer without SLA.
using 'main.bicep'

param platform = 'ContainerApps'

// IMAGE and API_KEY come from the environment; without an image all but the silo is deployed.
param image = readEnvironmentVariable('IMAGE', '')
param apiKey = readEnvironmentVariable('API_KEY', '')
param operatorGroupId = readEnvironmentVariable('OPERATOR_GROUP_ID', '')
param alertEmail = readEnvironmentVariable('ALERT_EMAIL', '')

param eventHubs = { tier: 'Standard', units: 1, maximumUnits: 0, partitions: 4, retentionDays: 1 }
param storage = { redundancy: 'Standard_LRS', coolAfterDays: 30, deleteAfterDays: 0 }
param dataExplorer = { sku: 'Dev(No SLA)_Standard_E2a_v4', nodes: 1, maximumNodes: 1, zones: [], hotDays: 31 }
param containerApp = { cores: 1 }
