// What the services say. What the silos say of themselves is in kubernetes.bicep, where their metrics are collected.

param name string
param location string
param tags object
param workspaceId string
param actionGroupId string

@description('Name of the Event Hubs namespace.')
param eventHubsName string

@description('Name of the Data Explorer cluster.')
param kustoName string

@description('Name of the storage account of states.')
param stateName string

@description('Name of the container app; empty where there is none.')
param appName string

resource eventHubs 'Microsoft.EventHub/namespaces@2026-01-01' existing = { name: eventHubsName }
resource kusto 'Microsoft.Kusto/clusters@2025-02-14' existing = { name: kustoName }
resource state 'Microsoft.Storage/storageAccounts@2025-06-01' existing = { name: stateName }
resource app 'Microsoft.App/containerApps@2026-01-01' existing = { name: empty(appName) ? 'none' : appName }

// Commands, which loads are.
resource commands 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: kusto
  name: 'logs'
  properties: {
    workspaceId: workspaceId
    logAnalyticsDestinationType: 'Dedicated'
    logs: [{ category: 'Command', enabled: true }]
  }
}

var metricAlerts = concat(
  [
    {
      name: 'stalled'
      description: 'Events come into hub raw and none is read: the pipeline stands still.'
      severity: 1
      scope: eventHubs.id
      window: 'PT15M'
      criteria: [
        {
          metric: 'IncomingMessages'
          namespace: 'Microsoft.EventHub/namespaces'
          aggregation: 'Total'
          operator: 'GreaterThan'
          threshold: 0
          dimension: 'EntityName'
          values: ['raw']
        }
        {
          metric: 'OutgoingMessages'
          namespace: 'Microsoft.EventHub/namespaces'
          aggregation: 'Total'
          operator: 'LessThanOrEqual'
          threshold: 0
          dimension: 'EntityName'
          values: ['raw']
        }
      ]
    }
    {
      name: 'throttled'
      description: 'Event Hubs refuses requests for want of throughput units: collectors slow down, then answer 503.'
      severity: 2
      scope: eventHubs.id
      window: 'PT5M'
      criteria: [
        {
          metric: 'ThrottledRequests'
          namespace: 'Microsoft.EventHub/namespaces'
          aggregation: 'Total'
          operator: 'GreaterThan'
          threshold: 0
          dimension: ''
          values: []
        }
      ]
    }
    {
      name: 'states-throttled'
      description: 'Table storage refuses requests: grain states near the limit of one account.'
      severity: 2
      scope: state.id
      window: 'PT5M'
      criteria: [
        {
          metric: 'Transactions'
          namespace: 'Microsoft.Storage/storageAccounts'
          aggregation: 'Total'
          operator: 'GreaterThan'
          threshold: 0
          dimension: 'ResponseType'
          values: [
            'ServerBusyError'
            'ClientThrottlingError'
            'ClientAccountRequestThrottlingError'
            'ClientAccountBandwidthThrottlingError'
          ]
        }
      ]
    }
    {
      name: 'views-behind'
      description: 'A materialized view of Data Explorer is unhealthy: .show materialized-view NAME failures tells why.'
      severity: 2
      scope: kusto.id
      window: 'PT1H'
      criteria: [
        {
          metric: 'MaterializedViewHealth'
          namespace: 'Microsoft.Kusto/clusters'
          aggregation: 'Average'
          operator: 'LessThan'
          threshold: 1
          dimension: ''
          values: []
        }
      ]
    }
    {
      name: 'loads-crowded'
      description: 'Loads take most of what Data Explorer does at once: more cores, or longer checkpoints (docs/azure-capacity.md).'
      severity: 2
      scope: kusto.id
      window: 'PT15M'
      criteria: [
        {
          metric: 'IngestionUtilization'
          namespace: 'Microsoft.Kusto/clusters'
          aggregation: 'Average'
          operator: 'GreaterThan'
          threshold: 80
          dimension: ''
          values: []
        }
      ]
    }
  ],
  empty(appName)
    ? []
    : [
        {
          name: 'errors'
          description: 'The silo answers 5xx; 503 says that events cannot be stored, and trackers keep them for now.'
          severity: 1
          scope: app.id
          window: 'PT5M'
          criteria: [
            {
              metric: 'Requests'
              namespace: 'Microsoft.App/containerapps'
              aggregation: 'Total'
              operator: 'GreaterThan'
              threshold: 10
              dimension: 'statusCodeCategory'
              values: ['5xx']
            }
          ]
        }
        {
          name: 'restarts'
          description: 'The silo restarts again and again: its log says why.'
          severity: 1
          scope: app.id
          window: 'PT15M'
          criteria: [
            {
              metric: 'RestartCount'
              namespace: 'Microsoft.App/containerapps'
              aggregation: 'Maximum'
              operator: 'GreaterThan'
              threshold: 2
              dimension: ''
              values: []
            }
          ]
        }
      ]
)

resource onMetrics 'Microsoft.Insights/metricAlerts@2018-03-01' = [
  for each in metricAlerts: {
    name: '${name}-${each.name}'
    location: 'global'
    tags: tags
    properties: {
      description: each.description
      severity: each.severity
      enabled: true
      autoMitigate: true
      scopes: [each.scope]
      evaluationFrequency: 'PT5M'
      windowSize: each.window
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allOf: [
          for (criterion, i) in each.criteria: {
            criterionType: 'StaticThresholdCriterion'
            name: 'criterion${i}'
            metricNamespace: criterion.namespace
            metricName: criterion.metric
            timeAggregation: criterion.aggregation
            operator: criterion.operator
            threshold: criterion.threshold
            dimensions: empty(criterion.dimension)
              ? []
              : [{ name: criterion.dimension, operator: 'Include', values: criterion.values }]
            skipMetricValidation: true
          }
        ]
      }
      actions: [{ actionGroupId: actionGroupId }]
    }
  }
]

// A load that fails once is tried again by the silo; the same fault for a quarter of an hour is an operator's.
resource failedLoads 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: '${name}-failed-loads'
  location: location
  tags: tags
  properties: {
    displayName: '${name}-failed-loads'
    description: 'Data Explorer refuses loads of files: column FailureReason of the table ADXCommand tells why.'
    severity: 2
    enabled: true
    autoMitigate: true
    scopes: [workspaceId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    // The table is made by the first command that is logged.
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          query: 'ADXCommand | where DatabaseName == "snowplow" and CommandType == "DataIngestPull" and State == "Failed"'
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 5
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    actions: { actionGroups: [actionGroupId] }
  }
}
