using System.Globalization;
using System.Text.RegularExpressions;
using Cco.Pipeline.Land;

namespace Cco.Pipeline.Runs;

/// <summary>Where what is known of a backfill is in the lake: each fact in a file of its own, so that any number of workers change them at once.</summary>
internal sealed partial record BackfillFolder
{
    /// <summary>The folder of all backfills.</summary>
    public static LakePath Root { get; } = new("backfills");

    /// <exception cref="ArgumentException">The text is no id of a backfill.</exception>
    public BackfillFolder(string id)
    {
        if (!IsId(id))
        {
            throw new ArgumentException($"'{id}' is not the id of a backfill; `cco backfill list` shows those that there are.", nameof(id));
        }

        (Id, Path) = (id, Root.Child(id));
    }

    public string Id { get; }

    public LakePath Path { get; }

    /// <summary>Whether a text is the id of a backfill.</summary>
    public static bool IsId(string text) => IdForm().IsMatch(text);

    /// <summary>What is to be done; written once.</summary>
    public LakePath Document => Path.Child("backfill.json");

    /// <summary>Whether it goes on, waits, or is given up; not there: it goes on.</summary>
    public LakePath Order => Path.Child("order.json");

    /// <summary>The folder of what has become of the windows; of those that nobody has begun there is nothing.</summary>
    public LakePath Windows => Path.Child("windows");

    /// <summary>How it ended; written once, last.</summary>
    public LakePath Result => Path.Child("result.json");

    /// <summary>The KPIs that a dry run found to change.</summary>
    public LakePath Changes => Path.Child("changes.json");

    /// <summary>What a dry run lands and builds, as in a lake of its own.</summary>
    public LakePath Side => Path.Child("side");

    /// <summary>The lease of who ends it.</summary>
    public LakePath EndLease => new($"leases/{Path}/end");

    /// <summary>What has become of a window.</summary>
    public LakePath WindowOf(int number) => Windows.Child($"{Text(number)}.json");

    /// <summary>The number of the window that such a file is of.</summary>
    public static int NumberOf(LakePath path) => int.Parse(path.Name.AsSpan(0, path.Name.IndexOf('.')), NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>The lease of who works on a window.</summary>
    public LakePath LeaseOf(int number) => new($"leases/{Path}/{Text(number)}");

    /// <summary>How far a window has been read.</summary>
    public SweepPlace PlaceOf(int number) => new(Path.Child($"places/{Text(number)}.json"), $"{Id.Replace("-", "", StringComparison.Ordinal)}w{Text(number)}n");

    /// <summary>The lake as the backfill sees it: a dry run writes aside.</summary>
    public ILake Target(ILake lake, Backfill backfill) => backfill.IsDryRun ? new SideLake(lake, Side) : lake;

    private static string Text(int number) => number.ToString("D5", CultureInfo.InvariantCulture);

    [GeneratedRegex("^[0-9]{8}t[0-9]{9}z-[0-9a-f]{4}$", RegexOptions.None, 1000)]
    private static partial Regex IdForm();
}
