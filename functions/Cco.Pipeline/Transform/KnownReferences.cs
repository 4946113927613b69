using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cco.Pipeline.Land;

namespace Cco.Pipeline.Transform;

/// <summary>
/// What selects mention that this program has parsed before, by their text: to parse all that are delivered takes a good part of a run with nothing new. Kept in
/// the user's own folder for such data; where there is none, or it cannot be read or written, everything is parsed.
/// </summary>
internal sealed partial class KnownReferences
{
    /// <summary>Texts that are kept at most, beside those of the last reading.</summary>
    private const int Most = 5_000;

    private readonly ConcurrentDictionary<string, Mentioned> known;
    private readonly ConcurrentDictionary<string, Mentioned> used = new(StringComparer.Ordinal);
    private readonly string? file;
    private readonly string engine;
    private int added;

    private KnownReferences(string? file, string engine, Dictionary<string, Mentioned> known) =>
        (this.file, this.engine, this.known) = (file, engine, new ConcurrentDictionary<string, Mentioned>(known, StringComparer.Ordinal));

    /// <summary>The folder that a user's programs keep such data in; null where there is none.</summary>
    public static string? UsersFolder => Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } data
        ? Path.Combine(data, "cco-pipeline")
        : null;

    /// <summary>Opens what is known.</summary>
    /// <param name="folder">Where it is kept; null: nowhere.</param>
    /// <param name="engine">The version of the parser.</param>
    public static KnownReferences Open(string? folder, string engine)
    {
        var path = folder is null ? null : Path.Combine(folder, $"references-{typeof(KnownReferences).Module.ModuleVersionId:N}.json");
        try
        {
            return new KnownReferences(path, engine, path is not null && File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), Types.Default.DictionaryStringMentioned)! : []);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return new KnownReferences(path, engine, []);
        }
    }

    /// <summary>What a text mentions; null: it is not known.</summary>
    public SqlReferences? Find(string text)
    {
        var key = Key(text);
        if (!known.TryGetValue(key, out var mentioned))
        {
            return null;
        }

        used[key] = mentioned;
        return mentioned.References();
    }

    /// <summary>Notes what a text mentions.</summary>
    public void Add(string text, SqlReferences references)
    {
        used[Key(text)] = Mentioned.In(references);
        Interlocked.Increment(ref added);
    }

    /// <summary>Keeps what was used and what else there is room for, if anything is new.</summary>
    public void Save()
    {
        if (file is null || added == 0)
        {
            return;
        }

        try
        {
            var folder = Path.GetDirectoryName(file)!;
            PrivateFolder.Make(folder);
            var kept = used.Concat(known.Where(other => !used.ContainsKey(other.Key)).Take(Most)).ToDictionary(StringComparer.Ordinal);
            var unfinished = Path.Combine(folder, Path.GetRandomFileName());
            File.WriteAllBytes(unfinished, JsonSerializer.SerializeToUtf8Bytes(kept, Types.Default.DictionaryStringMentioned));
            File.Move(unfinished, file, overwrite: true);
            foreach (var old in Directory.EnumerateFiles(folder, "references-*.json").Where(old => old != file))
            {
                File.Delete(old);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next one parses again.
        }
    }

    private string Key(string text) => Fingerprint.Of([engine, text]);

    /// <summary>The references of a text, as they are kept.</summary>
    internal sealed record Mentioned(string[][] Tables, string[] Functions, string[] TableFunctions, string[] Variables, string[] CommonTables)
    {
        public static Mentioned In(SqlReferences references) => new(
            [.. references.Tables.Select(table => new[] { table.Schema, table.Name })],
            [.. references.Functions],
            [.. references.TableFunctions],
            [.. references.Variables],
            [.. references.CommonTables]);

        public SqlReferences References() => new(
            Tables.Select(table => (table[0], table[1])).ToHashSet(),
            Functions.ToHashSet(StringComparer.Ordinal),
            Variables.ToHashSet(StringComparer.Ordinal),
            CommonTables.ToHashSet(StringComparer.OrdinalIgnoreCase))
        {
            TableFunctions = TableFunctions.ToHashSet(StringComparer.Ordinal),
        };
    }

    [JsonSerializable(typeof(Dictionary<string, Mentioned>))]
    private sealed partial class Types : JsonSerializerContext;
}
