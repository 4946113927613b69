namespace Cco.Pipeline.Extract;

/// <summary>What a user gave for one source: settings and secrets, looked up by name. Takes secrets out of every text that leaves.</summary>
internal sealed class SourceAccess
{
    private const string Hidden = "***";
    private const int ShortestHidden = 4;

    private readonly SourceDescription source;
    private readonly SourceSettings given;
    private readonly HashSet<string> hidden = new(StringComparer.Ordinal);

    /// <exception cref="ExtractException">A setting or secret is missing, or unknown.</exception>
    public SourceAccess(SourceDescription source, SourceSettings given)
    {
        (this.source, this.given) = (source, given);
        if (Problem(source, given) is { } problem)
        {
            throw new ExtractException(problem);
        }

        given.Secrets.Values.ToList().ForEach(Hide);
    }

    /// <summary>Where requests go.</summary>
    public Uri BaseUrl => given.BaseUrl ?? Address(source.BaseUrl, null);

    /// <summary>The first instant that is read.</summary>
    public DateTimeOffset Start => given.StartsAt;

    /// <summary>What is missing, unknown or unreadable in the settings of a source; null where nothing is.</summary>
    public static string? Problem(SourceDescription source, SourceSettings given)
    {
        var unknown = given.Settings.Keys.Except(source.Settings.Keys, StringComparer.OrdinalIgnoreCase).Select(name => $"Settings:{name}")
            .Concat(given.Secrets.Keys.Except(source.Secrets.Keys, StringComparer.OrdinalIgnoreCase).Select(name => $"Secrets:{name}"))
            .ToList();
        var missing = source.Settings.Where(setting => setting.Value.Default is null && IsEmpty(given.Settings, setting.Key)).Select(setting => $"Settings:{setting.Key} ({setting.Value.Description})")
            .Concat(source.Secrets.Where(secret => IsEmpty(given.Secrets, secret.Key)).Select(secret => $"Secrets:{secret.Key} ({secret.Value})"))
            .ToList();
        if (unknown.Count + missing.Count > 0)
        {
            return
                $"The settings of the source '{source.Source}' are not whole:"
                + (missing.Count > 0 ? $" missing Sources:{source.Source}:{string.Join($", Sources:{source.Source}:", missing)};" : "")
                + (unknown.Count > 0 ? $" unknown Sources:{source.Source}:{string.Join(", ", unknown)};" : "")
                + $" `cco source add {source.Source}` shows what it takes.";
        }

        if (given.RequestsPerSecond is <= 0 or double.NaN)
        {
            return $"Sources:{source.Source}:RequestsPerSecond is {given.RequestsPerSecond}: it must be above 0; without it the limit is {source.Limits.RequestsPerSecond} a second.";
        }

        var reference = given.Secrets.FirstOrDefault(secret => SecretReference.IsMeant(secret.Value) && SecretReference.Parse(secret.Value) is null).Key;
        return reference is null
            ? null
            : $"Sources:{source.Source}:Secrets:{reference} is no reference to a Key Vault that can be read: write @Microsoft.KeyVault(SecretUri=https://<vault>.vault.azure.net/secrets/<name>).";
    }

    /// <summary>A secret, by name.</summary>
    public string Secret(string name) => given.Secrets[name];

    /// <summary>A setting, or its default.</summary>
    public string Setting(string name) => IsEmpty(given.Settings, name) ? source.Settings[name].Default! : given.Settings[name];

    /// <summary>What a value stands for; null where it is the end of a window and there is none, or a parent's field that is empty.</summary>
    public string? Resolve(SourceValue value, Window? window, IReadOnlyDictionary<string, string?>? parent) => value.Kind switch
    {
        SourceValueKind.Setting => Setting(value.Text),
        SourceValueKind.Secret => Secret(value.Text),
        SourceValueKind.Parent => parent?.GetValueOrDefault(value.Text),
        SourceValueKind.Window => window is null ? null : value.Format.Write(value.Text == "from" ? window.From : window.To),
        _ => value.Text,
    };

    /// <summary>An address whose names in braces are settings or fields of the parent.</summary>
    public Uri Address(string address, IReadOnlyDictionary<string, string?>? fields) =>
        new(Filled(address, fields, name => Setting(name)), UriKind.RelativeOrAbsolute);

    /// <summary>A path whose names in braces are replaced, each as one segment.</summary>
    public string Path(string path, IReadOnlyDictionary<string, string?>? fields) => Filled(path, fields, name => Uri.EscapeDataString(Setting(name)));

    /// <summary>A text without secrets.</summary>
    public string Redacted(string text)
    {
        lock (hidden)
        {
            return hidden.Aggregate(text, (shown, secret) => shown.Replace(secret, Hidden, StringComparison.Ordinal)
                .Replace(Uri.EscapeDataString(secret), Hidden, StringComparison.Ordinal));
        }
    }

    /// <summary>From now on a text is a secret, too, such as a token that a secret was changed for.</summary>
    public void Hide(string secret)
    {
        if (secret.Length >= ShortestHidden)
        {
            lock (hidden)
            {
                hidden.Add(secret);
            }
        }
    }

    private static bool IsEmpty(IDictionary<string, string> values, string name) => !values.TryGetValue(name, out var value) || string.IsNullOrEmpty(value);

    private static string Filled(string text, IReadOnlyDictionary<string, string?>? fields, Func<string, string> setting) =>
        BracedNames.Replaced(text, name => fields?.GetValueOrDefault(name) is { } field ? Uri.EscapeDataString(field) : setting(name));
}
