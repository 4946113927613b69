using 'main.bicep'

// One copy of the data, the smaller instance, and files that were deleted by mistake for a week.
param environmentName = 'dev'
param alertEmail = readEnvironmentVariable('CCO_ALERT_EMAIL', '')
param storageReplication = 'Standard_LRS'
param instanceMemoryMB = 2048
param softDeleteDays = 7
param monthlyBudget = 50
