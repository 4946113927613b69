namespace Cco.Pipeline.Transform;

/// <summary>
/// The macros that turn days into months and back exist once for each kind of fiscal calendar, in a schema of its own. The one on the search
/// path counts, so that no model has to ask at every day which calendar is set.
/// </summary>
internal static class CalendarMacros
{
    /// <summary>The statement that makes the schemas, before any macro is made.</summary>
    public const string CreateSchemas = "create schema months; create schema weeks";

    /// <summary>A search path for where nothing is computed and either would do.</summary>
    public const string AnySearchPath = "set search_path = 'main,months'";

    /// <summary>
    /// The SQL of the schema that the variable <c>fiscal_calendar</c> asks for: the first word of its value. Runs of before there was the
    /// setting had months.
    /// </summary>
    public const string Schema = "coalesce(split_part(getvariable('fiscal_calendar'), '_', 1), 'months')";
}
