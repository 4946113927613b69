namespace Microsoft.Azure.Functions.Worker;

/// <summary>The times of a schedule.</summary>
public class ScheduleStatus
{
    /// <summary>The call before this one.</summary>
    public DateTime Last { get; set; }

    /// <summary>The next call.</summary>
    public DateTime Next { get; set; }

    /// <summary>When these times were written down.</summary>
    public DateTime LastUpdated { get; set; }
}
