// Every right of the app, in one place: which role, on what, and what for.
param principalId string
param lakeAccountName string
param lakeContainerName string
param hostAccountName string
param vaultName string
param insightsName string

var needs = {
  // Storage Blob Data Contributor
  lake: {
    role: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
    why: 'Reads and writes the lake, and nothing else of its account.'
  }
  // Storage Queue Data Contributor
  poison: {
    role: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
    why: 'The host keeps files that it gave up in a queue of the account that the blob trigger listens to.'
  }
  // Storage Blob Data Owner
  host: {
    role: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
    why: 'The package, and the locks and keys of the host in containers that it makes: so it is the account, not a container.'
  }
  // Storage Queue Data Contributor
  queues: {
    role: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
    why: 'The queue of backfills, and those that the host keeps for the blob trigger.'
  }
  // Key Vault Secrets User
  secrets: {
    role: '4633458b-17de-408a-b874-0445c86b69e6'
    why: 'Reads the secrets of sources that its settings refer to.'
  }
  // Monitoring Metrics Publisher
  telemetry: {
    role: '3913510d-42f4-4e42-8a64-420c390055eb'
    why: 'Writes logs, traces and metrics to Application Insights, which takes no keys.'
  }
}

resource lakeAccount 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: lakeAccountName
}

resource lakeContainer 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' existing = {
  name: '${lakeAccountName}/default/${lakeContainerName}'
}

resource hostAccount 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: hostAccountName
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: vaultName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource lake 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(lakeContainer.id, principalId, needs.lake.role)
  scope: lakeContainer
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', needs.lake.role)
    principalId: principalId
    principalType: 'ServicePrincipal'
    description: needs.lake.why
  }
}

resource poison 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(lakeAccount.id, principalId, needs.poison.role)
  scope: lakeAccount
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', needs.poison.role)
    principalId: principalId
    principalType: 'ServicePrincipal'
    description: needs.poison.why
  }
}

resource host 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(hostAccount.id, principalId, needs.host.role)
  scope: hostAccount
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', needs.host.role)
    principalId: principalId
    principalType: 'ServicePrincipal'
    description: needs.host.why
  }
}

resource queues 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(hostAccount.id, principalId, needs.queues.role)
  scope: hostAccount
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', needs.queues.role)
    principalId: principalId
    principalType: 'ServicePrincipal'
    description: needs.queues.why
  }
}

resource secrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, principalId, needs.secrets.role)
  scope: vault
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', needs.secrets.role)
    principalId: principalId
    principalType: 'ServicePrincipal'
    description: needs.secrets.why
  }
}

resource telemetry 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(insights.id, principalId, needs.telemetry.role)
  scope: insights
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', needs.telemetry.role)
    principalId: principalId
    principalType: 'ServicePrincipal'
    description: needs.telemetry.why
  }
}
