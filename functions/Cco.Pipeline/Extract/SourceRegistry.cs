namespace Cco.Pipeline.Extract;

/// <summary>
/// The sources that there are, each described by a YAML file of its name: those delivered with the program, and those of overlay folders, which add to
/// them or replace them. A description is read when it is asked for, those of the sources that are configured at once.
/// </summary>
public sealed class SourceRegistry
{
    private readonly SortedDictionary<string, Lazy<SourceDescription>> described = new(StringComparer.Ordinal);
    private readonly SourcesOptions configured;
    private readonly ExtractOptions options;
    private readonly TimeProvider time;
    private readonly SecretVault vault;

    /// <param name="folders">Folders of descriptions; later ones replace earlier ones of the same name.</param>
    /// <param name="configured">The sources that are read.</param>
    /// <param name="options">How hard they are asked.</param>
    /// <param name="time">The clock.</param>
    /// <param name="vault">Reads secrets that are given as references; null: vaults of Azure.</param>
    /// <exception cref="FormatException">The description of a configured source is wrong, or nobody describes it; everything wrong is named.</exception>
    public SourceRegistry(IEnumerable<string> folders, SourcesOptions configured, ExtractOptions options, TimeProvider time, SecretVault? vault = null)
    {
        (this.configured, this.options, this.time, this.vault) = (configured, options, time, vault ?? new SecretVault());
        foreach (var file in folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*.yaml")))
        {
            described[Path.GetFileNameWithoutExtension(file)] = new Lazy<SourceDescription>(() => SourceFile.Parse(Path.GetFileName(file), File.ReadAllText(file)));
        }

        ThrowIfAny(configured.Keys.Select(Problem).OfType<string>());
    }

    /// <summary>The folder of the descriptions that are delivered with the program.</summary>
    public static string Delivered => Path.Combine(AppContext.BaseDirectory, "sources");

    /// <summary>The folders of descriptions: the delivered one, and those of overlays, which come after it.</summary>
    /// <param name="overlays">The overlay folders, the last one wins.</param>
    public static IEnumerable<string> FoldersOf(IEnumerable<string> overlays) => overlays.Select(overlay => Path.Combine(overlay, "sources")).Prepend(Delivered);

    /// <summary>How hard vendors are asked.</summary>
    public ExtractOptions Options => options;

    /// <summary>The names of all sources that there are.</summary>
    public IReadOnlyCollection<string> Names => described.Keys;

    /// <summary>All sources that there are.</summary>
    /// <exception cref="FormatException">A description is wrong; everything wrong is named.</exception>
    public IReadOnlyList<SourceInfo> All()
    {
        ThrowIfAny(described.Keys.Select(Problem).OfType<string>());
        return [.. described.Values.Select(source => Info(source.Value))];
    }

    /// <summary>The names of those that are to be read.</summary>
    public IReadOnlyList<string> Enabled => [.. described.Keys.Where(name => configured.TryGetValue(name, out var given) && given.Enabled)];

    /// <summary>The names of those of some kinds that are to be read.</summary>
    /// <param name="kinds">The kinds; null: all.</param>
    public IReadOnlyList<string> EnabledOf(IReadOnlyList<SourceKind>? kinds) =>
        kinds is null ? Enabled : [.. Enabled.Where(name => kinds.Contains(described[name].Value.Kind))];

    /// <summary>What there is to know of a source; null where there is none of that name.</summary>
    public SourceInfo? Find(string name) => described.TryGetValue(name, out var source) ? Info(source.Value) : null;

    /// <summary>A description, as its file has it.</summary>
    internal SourceDescription Describe(string name) => described[name].Value;

    /// <summary>The settings of a source.</summary>
    public SourceSettings SettingsOf(string name) => configured.GetValueOrDefault(name) ?? new SourceSettings();

    /// <summary>Opens a source for reading.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="tokens">Where the tokens stay that it is given.</param>
    /// <exception cref="ExtractException">It is not configured, a setting or secret is missing, or a vault does not give a secret.</exception>
    public ISource Open(string name, TokenStore tokens) => !described.TryGetValue(name, out var source)
        ? throw new ExtractException($"There is no source '{name}'; there are {string.Join(", ", Names)}.")
        : source.Value.Engine switch
        {
            SourceEngine.Soql => new SalesforceSource(Paced(source.Value), vault.Resolved(name, SettingsOf(name)), options, tokens, time),
            _ => new RestSource(Paced(source.Value), vault.Resolved(name, SettingsOf(name)), options, tokens, time),
        };

    /// <summary>What is missing or unknown in the settings of the sources that are read.</summary>
    public IEnumerable<string> Problems()
    {
        foreach (var name in Enabled)
        {
            var source = described[name].Value;
            var unknown = SettingsOf(name).Streams.Except(source.Streams.Keys, StringComparer.Ordinal).ToList();
            if (unknown.Count > 0)
            {
                yield return $"Sources:{name}:Streams: there is no stream {string.Join(", ", unknown)}; {name} has {string.Join(", ", source.Streams.Keys)}.";
            }

            if (SourceAccess.Problem(source, SettingsOf(name)) is { } problem)
            {
                yield return problem;
            }
        }
    }

    private static void ThrowIfAny(IEnumerable<string> problems)
    {
        var all = string.Join('\n', problems);
        if (all.Length > 0)
        {
            throw new FormatException(all);
        }
    }

    /// <summary>What is wrong with the description of a source, or that there is none.</summary>
    private string? Problem(string name)
    {
        if (!described.TryGetValue(name.ToLowerInvariant(), out var source))
        {
            return $"Sources:{name}: there is no such source; there are {string.Join(", ", Names)}. Describe your own in sources/{name}.yaml of an overlay folder.";
        }

        try
        {
            _ = source.Value;
            return null;
        }
        catch (FormatException exception)
        {
            return exception.Message;
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
