using System.ComponentModel.DataAnnotations;
using NCrontab;

namespace Cco.Pipeline.Runs;

/// <summary>A setting that is a cron expression of six fields, read as the Functions host reads it; null: never.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ScheduleAttribute()
    : ValidationAttribute("Schedules:{0} must be a cron expression of six fields, second to weekday, in UTC, such as 0 0 5 * * * for five o'clock each day.")
{
    private static readonly CrontabSchedule.ParseOptions WithSeconds = new() { IncludingSeconds = true };

    /// <inheritdoc />
    public override bool IsValid(object? value) => value is null || Parse(value as string) is not null;

    /// <summary>The schedule of an expression; null where it is none.</summary>
    internal static CrontabSchedule? Parse(string? text) => text is null ? null : CrontabSchedule.TryParse(text, WithSeconds);
}
