using System.ComponentModel.DataAnnotations;
using NCrontab;

namespace Cco.Pipeline.Functions;

/// <summary>A setting that is a cron expression of six fields, read as the Functions host reads it.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ScheduleAttribute()
    : ValidationAttribute("Schedules:{0} must be a cron expression of six fields, second to weekday, in UTC, such as 0 0 5 * * * for five o'clock each day.")
{
    private static readonly CrontabSchedule.ParseOptions WithSeconds = new() { IncludingSeconds = true };

    /// <inheritdoc />
    public override bool IsValid(object? value) => value is string text && CrontabSchedule.TryParse(text, WithSeconds) is not null;
}
