namespace Cco.Pipeline.Runs;

/// <summary>
/// When the work is done that nobody asks for, as cron expressions of six fields (second, minute, hour, day, month, weekday) in UTC. The platform of the
/// Functions app reads them from the environment itself, so there all must be set; <c>cco serve</c> leaves out what is not.
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

    /// <summary>When what was dropped is taken in, if no event has told of it.</summary>
    [Schedule]
    public string? SweepLanding { get; set; }

    /// <summary>When the marts are built; best after the sources are read.</summary>
    [Schedule]
    public string? BuildMarts { get; set; }

    /// <summary>When what nobody needs any more is deleted; best when no run is at work.</summary>
    [Schedule]
    public string? Vacuum { get; set; }
}
