// What a customer-numbers pipeline is in Azure, in one resource group. Read it as the list of what exists.
targetScope = 'resourceGroup'

@description('Short name of the environment, such as dev or prod: part of every name.')
@minLength(2)
@maxLength(12)
param environmentName string

@description('Region of everything; one that has the Flex Consumption plan.')
param location string = resourceGroup().location

@description('Where alerts go by e-mail; empty: alerts are shown in the portal alone.')
param alertEmail string = ''

@description('Memory of an instance in MB: 60 % of it is what DuckDB may use.')
@allowed([2048, 4096])
param instanceMemoryMB int = 4096

@description('Instances at most; each function has instances of its own.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('How storage is replicated: Standard_LRS within a datacenter, Standard_ZRS over zones, Standard_GZRS to another region as well.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GZRS'])
param storageReplication string = 'Standard_ZRS'

@description('Days that a deleted or replaced file of the lake can be brought back.')
@minValue(1)
@maxValue(365)
param softDeleteDays int = 14

@description('Days after which raw files that nobody has changed move to the cool tier; they are read again only by a rebuild.')
@minValue(30)
param rawCoolAfterDays int = 90

@description('Days that logs are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('GB of logs a day, after which no more are taken in until the next day.')
param logDailyCapGB int = 1

@description('Hours without published marts after which an alert goes out.')
@minValue(2)
@maxValue(48)
param staleAfterHours int = 26

@description('Share of rows newly in quarantine among the rows that landed, in percent, above which an alert goes out.')
@minValue(0)
@maxValue(100)
param quarantinePercent int = 2

@description('True: storage and Key Vault are reached by private endpoints of a virtual network alone. Event Grid still calls the app from outside, with a key.')
param isPrivate bool = false

@description('Address range of the virtual network, a /24 or larger.')
param addressPrefix string = '10.60.0.0/24'

@description('Budget of the resource group in a month, in the currency of the subscription; 0: none. It warns and stops nothing.')
@minValue(0)
param monthlyBudget int = 0

@description('First day of the month that the budget begins with, as yyyy-MM-01.')
param budgetStart string = utcNow('yyyy-MM-01')

@description('Settings of the app beside those that say where things are: schedules, sources, KPIs. Secrets are Key Vault references.')
param appSettings object = {}

var tags = { 'azd-env-name': environmentName, application: 'cco-pipeline' }

// The one place that makes names.
var unique = uniqueString(resourceGroup().id, environmentName)
var names = {
  lake: 'stlake${unique}'
  host: 'sthost${unique}'
  vault: 'kv-cco-${take(unique, 13)}'
  identity: 'id-cco-${environmentName}'
  workspace: 'log-cco-${environmentName}'
  insights: 'appi-cco-${environmentName}'
  plan: 'asp-cco-${environmentName}'
  app: 'func-cco-${environmentName}-${unique}'
  network: 'vnet-cco-${environmentName}'
  events: 'evgt-cco-${environmentName}'
  alerts: 'ag-cco-${environmentName}'
  budget: 'budget-cco-${environmentName}'
}

// The blob trigger of the app names this container, too.
var lakeContainer = 'lake'

module identity 'modules/identity.bicep' = {
  name: 'identity'
  params: { name: names.identity, location: location, tags: tags }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  params: {
    workspaceName: names.workspace
    insightsName: names.insights
    location: location
    tags: tags
    retentionDays: logRetentionDays
    dailyCapGB: logDailyCapGB
  }
}

module host 'modules/host.bicep' = {
  name: 'host'
  params: {
    name: names.host
    location: location
    tags: tags
    replication: storageReplication
    packageContainer: 'app-package'
    isPrivate: isPrivate
  }
}

module lake 'modules/lake.bicep' = {
  name: 'lake'
  params: {
    name: names.lake
    location: location
    tags: tags
    replication: storageReplication
    containerName: lakeContainer
    softDeleteDays: softDeleteDays
    rawCoolAfterDays: rawCoolAfterDays
    isPrivate: isPrivate
  }
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  params: { name: names.vault, location: location, tags: tags, isPrivate: isPrivate }
}

module network 'modules/network.bicep' = if (isPrivate) {
  name: 'network'
  params: {
    name: names.network
    location: location
    tags: tags
    addressPrefix: addressPrefix
    lakeAccountName: lake.outputs.accountName
    hostAccountName: host.outputs.accountName
    vaultName: vault.outputs.name
  }
}

module roles 'modules/roles.bicep' = {
  name: 'roles'
  params: {
    principalId: identity.outputs.principalId
    lakeAccountName: lake.outputs.accountName
    lakeContainerName: lake.outputs.containerName
    hostAccountName: host.outputs.accountName
    vaultName: vault.outputs.name
    insightsName: monitoring.outputs.insightsName
  }
}

module app 'modules/app.bicep' = {
  name: 'app'
  params: {
    name: names.app
    planName: names.plan
    location: location
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    hostAccountName: host.outputs.accountName
    packageUrl: host.outputs.packageUrl
    lakeAccountName: lake.outputs.accountName
    lakeUrl: lake.outputs.url
    insightsConnectionString: monitoring.outputs.insightsConnectionString
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    subnetId: isPrivate ? network!.outputs.appSubnetId : ''
    appSettings: appSettings
  }
  dependsOn: [roles]
}

module events 'modules/events.bicep' = {
  name: 'events'
  params: { name: names.events, location: location, tags: tags, lakeAccountName: lake.outputs.accountName }
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  params: {
    groupName: names.alerts
    location: location
    tags: tags
    email: alertEmail
    workspaceId: monitoring.outputs.workspaceId
    staleAfterHours: staleAfterHours
    quarantinePercent: quarantinePercent
  }
}

module budget 'modules/budget.bicep' = if (monthlyBudget > 0) {
  name: 'budget'
  params: { name: names.budget, amount: monthlyBudget, start: budgetStart, actionGroupId: alerts.outputs.actionGroupId }
}

@description('Name of the function app: where the program is published to.')
output FUNCTION_APP_NAME string = app.outputs.name

@description('Address of the function app.')
output FUNCTION_APP_URL string = app.outputs.url

@description('Name of the storage account of the lake.')
output LAKE_ACCOUNT_NAME string = lake.outputs.accountName

@description('Address of the lake: what `--lake` and BI tools are given.')
output LAKE_URL string = lake.outputs.url

@description('Container of the lake; files are dropped on landing/<table>/ in it.')
output LAKE_CONTAINER_NAME string = lake.outputs.containerName

@description('Name of the Key Vault that holds the secrets of sources.')
output KEY_VAULT_NAME string = vault.outputs.name

@description('Name of the Event Grid topic that hears of new files; landing-events.bicep subscribes the app to it.')
output EVENT_TOPIC_NAME string = events.outputs.name

@description('Name of the workspace that holds the logs.')
output LOG_WORKSPACE_NAME string = monitoring.outputs.workspaceName
