namespace Cco.Pipeline.Api;

/// <summary>One thing that can be asked for.</summary>
/// <param name="Method">GET, POST or DELETE.</param>
/// <param name="Path">Its path, in which names in braces stand for a segment.</param>
/// <param name="Name">Its name in the OpenAPI document.</param>
/// <param name="Summary">What it does.</param>
/// <param name="Answer">Does it.</param>
internal sealed record ApiRoute(string Method, string Path, string Name, string Summary, Func<ApiCall, CancellationToken, Task<ApiAnswer>> Answer)
{
    private readonly string[] segments = Path.Split('/');

    /// <summary>The type of the body that is sent; null: none.</summary>
    public Type? Request { get; init; }

    /// <summary>The type of the answer's body; null: JSON of any form.</summary>
    public Type? Response { get; init; }

    /// <summary>The status where all goes well.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Statuses of problems that it may answer with, besides those of every request.</summary>
    public IReadOnlyList<int> Problems { get; init; } = [];

    /// <summary>The parameters of the address, by name, with what they mean.</summary>
    public IReadOnlyList<(string Name, string Description)> Query { get; init; } = [];

    /// <summary>The names in braces.</summary>
    public IEnumerable<string> Names => segments.Where(IsName).Select(segment => segment[1..^1]);

    /// <summary>The values of the names in a path; null where the path is another one.</summary>
    public IReadOnlyDictionary<string, string>? Match(string path)
    {
        var given = path.Split('/');
        return given.Length == segments.Length && segments.Zip(given).All(pair => IsName(pair.First) ? pair.Second.Length > 0 : pair.First == pair.Second)
            ? segments.Zip(given).Where(pair => IsName(pair.First)).ToDictionary(pair => pair.First[1..^1], pair => pair.Second, StringComparer.Ordinal)
            : null;
    }

    private static bool IsName(string segment) => segment.StartsWith('{');
}

/// <summary>A request that was found to be of a route.</summary>
/// <param name="Request">The request.</param>
/// <param name="Values">What stands in its path for the names in braces.</param>
internal sealed record ApiCall(ApiRequest Request, IReadOnlyDictionary<string, string> Values)
{
    private const string LimitName = "limit";
    private const int Shown = 20;
    private const int MostShown = 100;

    /// <summary>The id in the path.</summary>
    public string Id => Values["id"];

    /// <summary>The parameter that says how many of a list are asked for, with what it means.</summary>
    public static (string Name, string Description) LimitParameter => (LimitName, $"How many at most, 1 to {MostShown}; {Shown} where it is not given.");

    /// <summary>How many of a list are asked for.</summary>
    /// <exception cref="FormatException">What was given is no such number.</exception>
    public int Limit => !Request.Query.TryGetValue(LimitName, out var text) ? Shown
        : int.TryParse(text, out var number) && number is >= 1 and <= MostShown ? number
        : throw new FormatException($"'{LimitName}' is a whole number from 1 to {MostShown}, not '{text}'.");
}
