using Cco.Pipeline.Extract;

namespace Cco.Pipeline.Runs;

/// <summary>What is done at each schedule, the same in every host.</summary>
public static class ScheduledWork
{
    /// <summary>Reads the CRMs: customers, contacts, opportunities.</summary>
    public static RunRequest ExtractCrm { get; } = new(Only: RunStage.Extract, Kinds: [SourceKind.Crm]);

    /// <summary>Reads the billing systems: subscriptions, invoices, payments.</summary>
    public static RunRequest ExtractBilling { get; } = new(Only: RunStage.Extract, Kinds: [SourceKind.Billing]);

    /// <summary>Reads the survey tools: invitations and answers.</summary>
    public static RunRequest ExtractSurvey { get; } = new(Only: RunStage.Extract, Kinds: [SourceKind.Survey]);

    /// <summary>Reads the support desks: tickets and their events.</summary>
    public static RunRequest ExtractSupport { get; } = new(Only: RunStage.Extract, Kinds: [SourceKind.Support]);

    /// <summary>Takes in what was dropped.</summary>
    public static RunRequest SweepLanding { get; } = new(Only: RunStage.Intake);

    /// <summary>Reads the sources that no other schedule reads, such as exchange rates, takes in what was dropped, builds the marts and publishes them.</summary>
    public static RunRequest BuildMarts { get; } = new(Kinds: [SourceKind.Other]);
}
