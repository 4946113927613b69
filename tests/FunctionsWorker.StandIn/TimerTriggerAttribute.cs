using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Calls the function on a schedule.</summary>
/// <param name="schedule">A cron expression of six fields, or the name of a setting between percent signs.</param>
public sealed class TimerTriggerAttribute(string schedule) : TriggerBindingAttribute
{
    /// <summary>A cron expression of six fields, or the name of a setting between percent signs.</summary>
    public string Schedule { get; } = schedule;

    /// <summary>The host remembers the schedule across restarts.</summary>
    public bool UseMonitor { get; set; } = true;

    /// <summary>The host calls the function when it starts, too.</summary>
    public bool RunOnStartup { get; set; }
}
