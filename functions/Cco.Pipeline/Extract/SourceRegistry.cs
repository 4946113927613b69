namespace Cco.Pipeline.Extract;

/// <summary>The sources that there are, each described by a YAML file: those delivered with the program, and those of overlay folders, which add to them or replace them.</summary>
public sealed class SourceRegistry
{
    private readonly SortedDictionary<string, SourceDescription> described = new(StringComparer.Ordinal);
    private readonly SourcesOptions configured;
    private readonly ExtractOptions options;
    private readonly TimeProvider time;

    /// <param name="folders">Folders of descriptions; later ones replace earlier ones of the same name.</param>
    /// <param name="configured">The sources that are read.</param>
    /// <param name="options">How hard they are asked.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="FormatException">A description is wrong, or a source is configured that nobody describes; everything wrong is named.</exception>
    public SourceRegistry(IEnumerable<string> folders, SourcesOptions configured, ExtractOptions options, TimeProvider time)
    {
        (this.configured, this.options, this.time) = (configured, options, time);
        var problems = new List<string>();
        foreach (var file in folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal)))
        {
            try
            {
                var source = SourceFile.Parse(Path.GetFileName(file), File.ReadAllText(file));
                described[source.Source] = source;
            }
            catch (FormatException exception)
            {
                problems.Add(exception.Message);
            }
        }

        problems.AddRange(configured.Keys.Where(name => !described.ContainsKey(name.ToLowerInvariant()))
            .Select(name => $"Sources:{name}: there is no such source; there are {string.Join(", ", described.Keys)}. Describe your own in sources/{name}.yaml of an overlay folder."));
        if (problems.Count > 0)
        {
            throw new FormatException(string.Join('\n', problems));
        }
    }

    /// <summary>The folder of the descriptions that are delivered with the program.</summary>
    public static string Delivered => Path.Combine(AppContext.BaseDirectory, "sources");

    /// <summary>The folders of descriptions: the delivered one, and those of overlays, which come after it.</summary>
    /// <param name="overlays">The overlay folders, the last one wins.</param>
    public static IEnumerable<string> FoldersOf(IEnumerable<string> overlays) => overlays.Select(overlay => Path.Combine(overlay, "sources")).Prepend(Delivered);

    /// <summary>How hard vendors are asked.</summary>
    public ExtractOptions Options => options;

    /// <summary>All sources that there are.</summary>
    public IReadOnlyList<SourceInfo> All => [.. described.Values.Select(Info)];

    /// <summary>The names of those that are to be read.</summary>
    public IReadOnlyList<string> Enabled => [.. described.Keys.Where(name => configured.TryGetValue(name, out var given) && given.Enabled)];

    /// <summary>The names of those of some kinds that are to be read.</summary>
    /// <param name="kinds">The kinds; null: all.</param>
    public IReadOnlyList<string> EnabledOf(IReadOnlyList<SourceKind>? kinds) =>
        kinds is null ? Enabled : [.. Enabled.Where(name => kinds.Contains(described[name].Kind))];

    /// <summary>What there is to know of a source; null where there is none of that name.</summary>
    public SourceInfo? Find(string name) => described.TryGetValue(name, out var source) ? Info(source) : null;

    /// <summary>A description, as its file has it.</summary>
    internal SourceDescription Describe(string name) => described[name];

    /// <summary>The settings of a source.</summary>
    public SourceSettings SettingsOf(string name) => configured.GetValueOrDefault(name) ?? new SourceSettings();

    /// <summary>Opens a source for reading.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="tokens">Where the tokens stay that it is given.</param>
    /// <exception cref="ExtractException">It is not configured, or a setting or secret is missing.</exception>
    public ISource Open(string name, TokenStore tokens) => !described.TryGetValue(name, out var source)
        ? throw new ExtractException($"There is no source '{name}'; there are {string.Join(", ", described.Keys)}.")
        : source.Engine switch
        {
            SourceEngine.Soql => new SalesforceSource(Paced(source), SettingsOf(name), options, tokens, time),
            _ => new RestSource(Paced(source), SettingsOf(name), options, tokens, time),
        };

    /// <summary>What is missing or unknown in the settings of the sources that are read.</summary>
    public IEnumerable<string> Problems()
    {
        foreach (var name in Enabled)
        {
            var unknown = SettingsOf(name).Streams.Except(described[name].Streams.Keys, StringComparer.Ordinal).ToList();
            if (unknown.Count > 0)
            {
                yield return $"Sources:{name}:Streams: there is no stream {string.Join(", ", unknown)}; {name} has {string.Join(", ", described[name].Streams.Keys)}.";
            }

            if (SourceAccess.Problem(described[name], SettingsOf(name)) is { } problem)
            {
                yield return problem;
            }
        }
    }

    private SourceDescription Paced(SourceDescription source) => SettingsOf(source.Source).RequestsPerSecond is { } pace
        ? source with { Limits = source.Limits with { RequestsPerSecond = pace } }
        : source;

    private SourceInfo Info(SourceDescription source) => new(
        source.Source,
        source.Title,
        source.Kind,
        source.Documentation,
        source.Setup,
        [.. source.Settings.Select(setting => new SourceInput($"Settings:{setting.Key}", setting.Value.Description, setting.Value.Default))],
        [.. source.Secrets.Select(secret => new SourceInput($"Secrets:{secret.Key}", secret.Value, null))],
        source.StreamInfos(),
        configured.ContainsKey(source.Source),
        configured.TryGetValue(source.Source, out var given) && given.Enabled);
}

/// <summary>What there is to know of a source.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Title">Its name as the vendor writes it.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Documentation">The vendor's documentation.</param>
/// <param name="Setup">How to make the credentials.</param>
/// <param name="Settings">What a user may set.</param>
/// <param name="Secrets">The secrets it needs.</param>
/// <param name="Streams">What can be read.</param>
/// <param name="IsConfigured">It is among the settings.</param>
/// <param name="IsEnabled">It is read.</param>
public sealed record SourceInfo(
    string Name,
    string Title,
    SourceKind Kind,
    string Documentation,
    IReadOnlyList<string> Setup,
    IReadOnlyList<SourceInput> Settings,
    IReadOnlyList<SourceInput> Secrets,
    IReadOnlyList<StreamInfo> Streams,
    bool IsConfigured,
    bool IsEnabled);

/// <summary>Something that a source is given.</summary>
/// <param name="Name">Its name below <c>Sources:&lt;source&gt;</c>.</param>
/// <param name="Description">What it means.</param>
/// <param name="Default">Its value where nothing is set; null where something must be.</param>
public sealed record SourceInput(string Name, string Description, string? Default);
