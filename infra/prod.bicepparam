using 'main.bicep'

// Over three zones, reached from inside alone. Add sources and what the numbers mean to appSettings, as in local.settings.sample.json.
param environmentName = 'prod'
param alertEmail = readEnvironmentVariable('CCO_ALERT_EMAIL')
param storageReplication = 'Standard_ZRS'
param instanceMemoryMB = 4096
param softDeleteDays = 30
param logRetentionDays = 90
param isPrivate = true
param monthlyBudget = 400
param appSettings = {
  Kpis__ReportingCurrency: 'USD'
  Kpis__ReportingTimeZone: 'UTC'
}
