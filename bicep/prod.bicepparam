// Up to some 10,000 events/s (docs/azure-capacity.md), in three zones, none of which has to be there.
using 'main.bicep'

param platform = 'Kubernetes'
param operatorGroupId = readEnvironmentVariable('OPERATOR_GROUP_ID')
param alertEmail = readEnvironmentVariable('ALERT_EMAIL', '')
param isPrivate = false
param logDays = 90

param eventHubs = { tier: 'Standard', units: 4, maximumUnits: 40, partitions: 32, retentionDays: 7 }
param storage = { redundancy: 'Standard_ZRS', coolAfterDays: 30, deleteAfterDays: 0 }
// 8 cores and some 1.7 TB of disk a node: loads need cores, a month of events at hand needs disk.
param dataExplorer = {
  sku: 'Standard_L8as_v3'
  nodes: 2
  maximumNodes: 6
  zones: ['1', '2', '3']
  hotDays: 31
}
