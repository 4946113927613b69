namespace Cco.Pipeline.Functions;

/// <summary>
/// When each timer calls, as cron expressions of six fields (second, minute, hour, day, month, weekday) in UTC. The platform reads them
/// from the environment itself, so there are no defaults. A function is switched off by <c>AzureWebJobs.&lt;its name&gt;.Disabled</c>.
/// </summary>
public sealed class SchedulesOptions
{
    /// <summary>When CRMs are read.</summary>
    [Schedule]
    public string? ExtractCrm { get; set; }

    /// <summary>When billing systems are read.</summary>
    [Schedule]
    public string? ExtractBilling { get; set; }

    /// <summary>When survey tools are read.</summary>
    [Schedule]
    public string? ExtractSurvey { get; set; }

    /// <summary>When support desks are read.</summary>
    [Schedule]
    public string? ExtractSupport { get; set; }

    /// <summary>When the marts are built; best after the sources are read.</summary>
    [Schedule]
    public string? BuildMarts { get; set; }

    /// <summary>When what nobody needs any more is deleted; best when no run is at work.</summary>
    [Schedule]
    public string? Vacuum { get; set; }
}
