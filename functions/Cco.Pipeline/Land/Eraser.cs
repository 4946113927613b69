using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Cco.Pipeline.Land;

/// <summary>
/// Puts pseudonyms in place of those who were forgotten, whom it knows by keyed hashes alone: the same pseudonym for the same address or id, so
/// that records which belonged together still do. Beside an address or id that it knows, other fields that say who someone is go, too.
/// </summary>
internal sealed partial class Eraser
{
    /// <summary>What stands in place of a name or text; pseudonyms begin with it.</summary>
    public const string Mark = "forgotten";

    private const string Email = "email";
    private const string Id = "id";

    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 512 };

    private readonly KeyedHash? hash;
    private readonly HashSet<string> emails = new(StringComparer.Ordinal);
    private readonly HashSet<string> ids = new(StringComparer.Ordinal);

    /// <param name="hash">Makes hashes; null where nobody was forgotten.</param>
    /// <param name="erasures">Those who were.</param>
    public Eraser(KeyedHash? hash, IReadOnlyList<Erasure> erasures)
    {
        this.hash = hash;
        emails.UnionWith(erasures.SelectMany(erasure => erasure.Emails));
        ids.UnionWith(erasures.SelectMany(erasure => erasure.Ids));
    }

    /// <summary>Nobody was forgotten.</summary>
    public bool IsIdle => emails.Count + ids.Count == 0;

    /// <summary>Those who were forgotten in a lake.</summary>
    /// <exception cref="InvalidDataException">Someone was, and the settings have no key for the hashes, or another one.</exception>
    public static async Task<Eraser> ReadAsync(ILake lake, PrivacyOptions privacy, CancellationToken cancellationToken)
    {
        var erasures = await Erasure.ReadAllAsync(lake, cancellationToken);
        if (erasures.Count == 0)
        {
            return new Eraser(null, []);
        }

        var key = new KeyedHash(privacy.Secret ?? throw new InvalidDataException(
            $"Persons were forgotten in this lake ('{Erasure.Folder}/'), and without the setting Privacy:Secret they would not be known if they are delivered again: give the key that was used then."));
        return erasures.All(erasure => erasure.KeyCheck == key.Check) ? new Eraser(key, erasures) : throw new InvalidDataException(
            $"The setting Privacy:Secret is not the key that persons were forgotten with in this lake ('{Erasure.Folder}/'): give that one. Should it be lost, delete the folder, and forget each of them anew.");
    }

    /// <summary>The hash by which an address is known.</summary>
    public static string OfEmail(KeyedHash hash, string email) => hash.Of(Email, email.ToLowerInvariant());

    /// <summary>The hash by which the id of a customer is known.</summary>
    public static string OfId(KeyedHash hash, string id) => hash.Of(Id, id);

    /// <summary>The addresses in a text.</summary>
    public static IEnumerable<string> EmailsIn(string text) => Address().Matches(text).Select(match => WithoutEnding(match.Value).Replace("%40", "@", StringComparison.Ordinal));

    /// <summary>The addresses of the customers who are known by an id, where they stand beside it.</summary>
    public IEnumerable<string> AddressesBeside(string json)
    {
        if (ReferenceEquals(Json(json), json))
        {
            return [];
        }

        using var document = JsonDocument.Parse(json, Deep);
        return [.. Objects(document.RootElement).Where(element => element.EnumerateObject().Any(field => field.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number && IsKnown(field.Value.ToString())))
            .SelectMany(element => element.EnumerateObject())
            .Where(field => field.Value.ValueKind == JsonValueKind.String && PersonalField.IsAddress(field.Name))
            .SelectMany(field => EmailsIn(field.Value.GetString()!))];
    }

    /// <summary>The record without those who were forgotten.</summary>
    /// <returns>False where none of them is in it: it is as it was.</returns>
    public bool TryErase(RawRecord record, out RawRecord erased)
    {
        if (IsIdle)
        {
            erased = record;
            return false;
        }

        erased = record with { RecordId = Text(record.RecordId), Payload = Json(record.Payload) };
        return !ReferenceEquals(erased.RecordId, record.RecordId) || !ReferenceEquals(erased.Payload, record.Payload);
    }

    /// <summary>A rejected row without them.</summary>
    public RejectedRow Erase(RejectedRow row) => IsIdle ? row : row with { Value = row.Value is null ? null : Whole(row.Value), Reason = Text(row.Reason) };

    /// <summary>A JSON document without them; the same instance where none of them is in it.</summary>
    public string Json(string json, bool isIndented = false)
    {
        if (IsIdle || (ids.Count == 0 && !MayHoldAddress(json)))
        {
            return json;
        }

        using var document = JsonDocument.Parse(json, Deep);
        if (!Holds(document.RootElement))
        {
            return json;
        }

        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = isIndented, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Write(writer, document.RootElement, isPersonal: false);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>A text without them; the same instance where none of them is in it.</summary>
    public string Text(string text)
    {
        if (IsIdle)
        {
            return text;
        }

        var erased = emails.Count > 0 && MayHoldAddress(text) ? Replaced(Address(), text, Pseudonym) : text;
        return ids.Count == 0 ? erased : PseudonymOfId(erased) ?? Replaced(Word(), erased, PseudonymOfId);
    }

    /// <summary>Replaces what has a pseudonym; the same instance where nothing has.</summary>
    private static string Replaced(Regex pattern, string text, Func<string, string?> pseudonym)
    {
        var isReplaced = false;
        var result = pattern.Replace(text, match =>
        {
            var known = WithoutEnding(match.Value);
            if (pseudonym(known) is not { } other)
            {
                return match.Value;
            }

            isReplaced = true;
            return other + match.Value[known.Length..];
        });
        return isReplaced ? result : text;
    }

    private static bool MayHoldAddress(string text) =>
        text.Contains('@') || text.Contains("%40", StringComparison.Ordinal) || text.Contains("\\u0040", StringComparison.OrdinalIgnoreCase);

    /// <summary>What stands in a text as the name of a file, without the ending of that.</summary>
    private static string WithoutEnding(string value) => FileEnding().Replace(value, "");

    /// <summary>The domain stays: it tells which company, not who, and answers are matched to companies by it.</summary>
    private string? Pseudonym(string address)
    {
        var plain = address.Replace("%40", "@", StringComparison.Ordinal).ToLowerInvariant();
        var known = hash!.Of(Email, plain);
        return emails.Contains(known) ? $"{Mark}-{known[..16]}{plain[plain.IndexOf('@')..]}" : null;
    }

    private string? PseudonymOfId(string id)
    {
        var known = hash!.Of(Id, id);
        return ids.Contains(known) ? $"{Mark}-{known[..16]}" : null;
    }

    private static IEnumerable<JsonElement> Objects(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(field => Objects(field.Value)).Prepend(element),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Objects),
        _ => [],
    };

    private bool Holds(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Any(field => IsKnown(field.Name) || Holds(field.Value)),
        JsonValueKind.Array => element.EnumerateArray().Any(Holds),
        JsonValueKind.String => IsKnown(element.GetString()!),
        JsonValueKind.Number => ids.Count > 0 && PseudonymOfId(element.GetRawText()) is not null,
        _ => false,
    };

    private bool IsKnown(string text) => !ReferenceEquals(Text(text), text);

    /// <summary>Of a text that may say more of someone than an address or id, nothing of it if it names them.</summary>
    private string Whole(string text)
    {
        var erased = Text(text);
        var isAlone = Address().Match(text).Length == text.Length || (ids.Count > 0 && PseudonymOfId(text) is not null);
        return ReferenceEquals(erased, text) || isAlone ? erased : Mark;
    }

    private void Write(Utf8JsonWriter writer, JsonElement element, bool isPersonal)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                var isAbout = IsAbout(element);
                foreach (var field in element.EnumerateObject())
                {
                    writer.WritePropertyName(Text(field.Name));
                    Write(writer, field.Value, isPersonal || (isAbout && PersonalField.Is(field.Name)));
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                element.EnumerateArray().ToList().ForEach(item => Write(writer, item, isPersonal));
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                var text = element.GetString()!;
                writer.WriteStringValue(!isPersonal ? Text(text) : IsKnown(text) ? Whole(text) : text.Length == 0 ? text : Mark);
                break;
            case JsonValueKind.Number when isPersonal:
                writer.WriteStringValue(Mark);
                break;
            case JsonValueKind.Number when ids.Count > 0 && PseudonymOfId(element.GetRawText()) is { } pseudonym:
                writer.WriteStringValue(pseudonym);
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    /// <summary>
    /// Whether the object is about someone who was forgotten: an address of theirs stands in it, or their id beside an address. Of a customer's invoices
    /// and milestones, which have names of their own, the id alone goes.
    /// </summary>
    private bool IsAbout(JsonElement element)
    {
        var fields = element.EnumerateObject().Where(field => field.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number).ToList();
        var isKnown = fields.Where(field => IsKnown(field.Value.ToString())).ToList();
        return isKnown.Exists(field => MayHoldAddress(field.Value.ToString()))
            || (isKnown.Count > 0 && fields.Exists(field => field.Name.Contains("mail", StringComparison.OrdinalIgnoreCase)));
    }

    [GeneratedRegex(@"[\p{L}\p{N}_][\p{L}\p{N}_.+'&\-]{0,63}(?:@|%40)[\p{L}\p{N}](?:[\p{L}\p{N}\-]{0,62}[\p{L}\p{N}])?(?:\.[\p{L}\p{N}](?:[\p{L}\p{N}\-]{0,62}[\p{L}\p{N}])?)+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Address();

    [GeneratedRegex(@"[\p{L}\p{N}](?:[\p{L}\p{N}_.@+\-]*[\p{L}\p{N}])?", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Word();

    [GeneratedRegex(@"(?:\.(?:csv|tsv|txt|json|jsonl|ndjson|parquet|xlsx|zip|gz))+$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex FileEnding();
}
