// Who is told, and of what. Each rule reads the lines that a run logs; the names of its fields are held by a test.
param groupName string
param location string
param tags object
param email string
param workspaceId string
param staleAfterHours int
param quarantinePercent int

resource group 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: groupName
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'cco'
    enabled: true
    emailReceivers: empty(email) ? [] : [{ name: 'owner', emailAddress: email, useCommonAlertSchema: true }]
  }
}

var rules = [
  {
    name: 'run-failed'
    title: 'A run or a call failed'
    what: 'A run ended in failure, or a function threw. The line names the run; its report is in runs/ of the lake.'
    severity: 1
    every: 'PT15M'
    window: 'PT15M'
    query: '''
      union isfuzzy=true
        (AppTraces | where Message startswith 'Run ended' and tostring(Properties.Status) != 'Succeeded' | project TimeGenerated),
        (AppRequests | where Success == false | project TimeGenerated)
    '''
  }
  {
    name: 'marts-stale'
    title: 'The marts are stale'
    what: 'No run has published for longer than planned: the numbers that people see are old.'
    severity: 1
    every: 'PT1H'
    window: 'P2D'
    query: '''
      AppTraces
      | where Message startswith 'Run ended' and tobool(Properties.Published)
      | summarize Last = max(TimeGenerated)
      | where isnull(Last) or Last < ago(STALE_HOURSh)
    '''
  }
  {
    name: 'quarantine-share'
    title: 'Many rows go to quarantine'
    what: 'Of the rows that landed since the run before, more than planned are in quarantine: `cco quarantine list` says which and why.'
    severity: 2
    every: 'PT6H'
    window: 'P2D'
    query: '''
      let Runs = AppTraces
        | where Message startswith 'Run ended'
        | extend Models = tolong(Properties.Models), Landed = tolong(Properties.Landed), Quarantined = tolong(Properties.Quarantined);
      let Builds = Runs | where Models > 0;
      let First = toscalar(Builds | summarize min(TimeGenerated));
      let Before = toscalar(Builds | summarize arg_min(TimeGenerated, Quarantined) | project Quarantined);
      let After = toscalar(Builds | summarize arg_max(TimeGenerated, Quarantined) | project Quarantined);
      Runs
      | where TimeGenerated > First
      | summarize Landed = sum(Landed)
      | where Landed > 0 and 100.0 * (After - Before) / Landed > QUARANTINE_PERCENT
    '''
  }
  {
    name: 'poison-message'
    title: 'A file or a message was given up'
    what: 'The host tried it five times and moved it to a queue whose name ends with -poison. A file still waits on landing/: the next build takes it in. A window shows as failed in its backfill: have it tried again.'
    severity: 2
    every: 'PT15M'
    window: 'PT15M'
    query: '''
      AppTraces
      | where Message has 'MaxDequeueCount' and Message has '-poison'
    '''
  }
]

resource alerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: {
    name: '${groupName}-${rule.name}'
    location: location
    tags: tags
    properties: {
      displayName: rule.title
      description: rule.what
      severity: rule.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: rule.every
      windowSize: rule.window
      criteria: {
        allOf: [
          {
            query: replace(
              replace(rule.query, 'STALE_HOURS', string(staleAfterHours)),
              'QUARANTINE_PERCENT',
              string(quarantinePercent)
            )
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: [group.id] }
      // Tables appear when the first line arrives.
      skipQueryValidation: true
      autoMitigate: true
    }
  }
]

output actionGroupId string = group.id
