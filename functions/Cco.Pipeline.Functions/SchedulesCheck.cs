using Cco.Pipeline.Runs;
using Microsoft.Extensions.Options;

namespace Cco.Pipeline.Functions;

/// <summary>Stops the host when it starts, if a schedule is not set: the platform would not know when to call its timer.</summary>
internal sealed class SchedulesCheck : IValidateOptions<SchedulesOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, SchedulesOptions options)
    {
        var missing = typeof(SchedulesOptions).GetProperties().Where(schedule => schedule.GetValue(options) is null)
            .Select(schedule => $"Schedules:{schedule.Name} must be set, to a cron expression such as 0 0 5 * * *.").ToList();
        return missing.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(missing);
    }
}
