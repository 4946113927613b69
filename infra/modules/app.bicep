// The function app on the Flex Consumption plan, and its settings. All it reaches, it reaches as its identity.
param name string
param planName string
param location string
param tags object
param identityId string
param identityClientId string
param hostAccountName string
param packageUrl string
param lakeAccountName string
param lakeUrl string
param insightsConnectionString string
param instanceMemoryMB int
param maximumInstanceCount int
param subnetId string
param appSettings object

resource hostAccount 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: hostAccountName
}

resource lakeAccount 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: lakeAccountName
}

// AzureWebJobsStorage is what the host reaches for itself, LakeStorage what the blob trigger listens to, Lake what the program reads and writes.
var connections = {
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  AzureWebJobsStorage__blobServiceUri: hostAccount.properties.primaryEndpoints.blob
  AzureWebJobsStorage__queueServiceUri: hostAccount.properties.primaryEndpoints.queue
  LakeStorage__credential: 'managedidentity'
  LakeStorage__clientId: identityClientId
  LakeStorage__blobServiceUri: lakeAccount.properties.primaryEndpoints.blob
  LakeStorage__queueServiceUri: lakeAccount.properties.primaryEndpoints.queue
  Lake__Container: lakeUrl
  AZURE_CLIENT_ID: identityClientId
  APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
}

// A call may take four hours (host.json); a stream that needs longer goes on with the next one.
var defaults = {
  Extract__StreamTimeout: '01:00:00'
  Transform__Parallelism: '1'
  Schedules__ExtractCrm: '0 0 3 * * *'
  Schedules__ExtractBilling: '0 10 3 * * *'
  Schedules__ExtractSurvey: '0 20 3 * * *'
  Schedules__ExtractSupport: '0 30 3 * * *'
  Schedules__SweepLanding: '0 45 * * * *'
  Schedules__BuildMarts: '0 0 5 * * *'
  Schedules__Vacuum: '0 0 12 * * 0'
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { tier: 'FlexConsumption', name: 'FC1' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'app' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    siteConfig: {
      minTlsVersion: '1.2'
      ftpsState: 'Disabled'
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageUrl
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
      }
    }
  }

  resource settings 'config' = {
    name: 'appsettings'
    properties: union(defaults, appSettings, connections)
  }

  // Nobody publishes with a password.
  resource publishingByFtp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource publishingByScm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

output name string = app.name
output url string = 'https://${app.properties.defaultHostName}'
