// Tells the app of each file that is dropped on landing/. Deployed after the app is published: only then does its host have the key that
// the subscription needs, and answer the question with which Event Grid checks the address.
targetScope = 'resourceGroup'

@description('Output FUNCTION_APP_NAME of main.bicep.')
param functionAppName string

@description('Output EVENT_TOPIC_NAME of main.bicep.')
param eventTopicName string

@description('Output LAKE_CONTAINER_NAME of main.bicep.')
param lakeContainerName string

@description('The function that takes the file in.')
param functionName string = 'IntakeDroppedFile'

resource app 'Microsoft.Web/sites@2024-04-01' existing = {
  name: functionAppName

  // The compiler knows no types of the host; its keys are those that `az functionapp keys list` shows.
  #disable-next-line BCP081
  resource host 'host' existing = {
    name: 'default'
  }
}

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' existing = {
  name: eventTopicName
}

resource landing 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  parent: topic
  name: 'landing'
  properties: {
    destination: {
      endpointType: 'WebHook'
      properties: {
        endpointUrl: 'https://${app.properties.defaultHostName}/runtime/webhooks/blobs?functionName=Host.Functions.${functionName}&code=${app::host.listKeys().systemKeys.blobs_extension}'
        maxEventsPerBatch: 1
      }
    }
    filter: {
      includedEventTypes: ['Microsoft.Storage.BlobCreated']
      subjectBeginsWith: '/blobServices/default/containers/${lakeContainerName}/blobs/landing/'
      // In an account with folders a file is there when it was flushed and closed; it is created before it has a byte.
      advancedFilters: [
        { operatorType: 'StringIn', key: 'data.api', values: ['FlushWithClose', 'PutBlob', 'PutBlockList', 'CopyBlob', 'SftpCommit'] }
      ]
    }
    retryPolicy: { maxDeliveryAttempts: 30, eventTimeToLiveInMinutes: 1440 }
  }
}
