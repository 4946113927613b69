namespace Microsoft.Azure.Functions.Worker;

/// <summary>What a function called by a timer is told.</summary>
public class TimerInfo
{
    /// <summary>The times of the schedule; null where the host does not remember them.</summary>
    public ScheduleStatus? ScheduleStatus { get; set; }

    /// <summary>The call comes later than planned.</summary>
    public bool IsPastDue { get; set; }
}
