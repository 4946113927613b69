using System.Text.Json.Nodes;
using Cco.Pipeline.Extract;
using Cco.Pipeline.Tests.Laws.Companies;
using Cco.Pipeline.Tests.Models;
using Cco.Pipeline.Tests.Transform;
using Cco.Pipeline.Transform;
using CsCheck;

namespace Cco.Pipeline.Tests.Fuzz;

/// <summary>Vendors' records with other values in them than their documentation says: a staging model stages or rejects them, and never stops.</summary>
public sealed class VendorFuzzTests(ITestOutputHelper output)
{
    private const int Records = 2_000;
    private const int ManyRecords = 100_000;
    private const int Batch = 100;

    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "Extract", "Vendors");
    private static readonly DateTimeOffset ReadAt = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Lazy<SourceRegistry> Registry = new(() => new SourceRegistry([SourceRegistry.Delivered], [], new ExtractOptions(), TimeProvider.System));

    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1e308", "123456789012345678901234567890", "0.00000000001", "\"\"", "\" \"", "\"x\"", "\"NaN\"", "\"Infinity\"", "\"0001-01-01\"",
        "\"9999-12-31T23:59:59Z\"", "\"2026-02-30\"", "253402300800", "-62135596801", "9223372036854775807", "\"'; drop table x; --\"", "\"\\u0000\"", "\"😀\"", "[]", "[null]",
        "[[1]]", "{}", "{\"a\":{\"b\":[{}]}}", "\"2026-01-01T00:00:00+14:00\"", "\"1,5\"", "\"EUR\"", "\"infinity\"", "\"-infinity\"",
    ];

    private static readonly Gen<(double Place, int Value, bool IsGone)[]> Edits = Gen.Select(Gen.Double[0, 1], Gen.Int[0, Values.Length - 1], Gen.Bool).Array[1, 5];

    public static TheoryData<string> Vendors => [.. Directory.EnumerateDirectories(Root).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Vendors))]
    public void A_record_with_other_values_is_staged_or_rejected(string vendor) => Try(vendor, Records);

    /// <summary>The same for 100,000 records a vendor: <c>./cco test --all</c>.</summary>
    [Theory(Explicit = true)]
    [MemberData(nameof(Vendors))]
    public void Many_records_with_other_values_are_staged_or_rejected(string vendor) => Try(vendor, ManyRecords);

    private void Try(string vendor, int count)
    {
        var streams = Directory.EnumerateFiles(Path.Combine(Root, vendor), "records.json", SearchOption.AllDirectories)
            .Select(file => (Name: Path.GetFileName(Path.GetDirectoryName(file))!, Records: JsonNode.Parse(File.ReadAllText(file))!.AsArray()))
            .OrderBy(stream => stream.Name, StringComparer.Ordinal).ToList();
        using var engine = new MacroEngine();
        var session = engine.Session;
        var (rows, rejections, withoutId) = (0L, 0L, 0L);
        for (var first = 0; first < count; first += Batch)
        {
            var (name, whole) = streams[first / Batch % streams.Count];
            var (records, rejected) = Read(vendor, name, [.. Enumerable.Range(first, Batch).Select(number => Edited(whole[number % whole.Count]!, Edits.Numbered(number)))]);
            Assert.Equal(Batch, records.Count + rejected.Count);
            withoutId += rejected.Count;
            foreach (var model in ModelWorld.Catalog.Models.Values.Where(model => model.Layer == Layer.Staging && model.Stream == new StreamName(vendor, name)))
            {
                var (good, bad) = Stage(session, model, records, first);
                (rows, rejections) = (rows + good, rejections + bad);
            }
        }

        output.WriteLine($"{vendor}: {count:N0} records: {withoutId:N0} without an id, {rows:N0} rows staged, {rejections:N0} rejected.");
        Assert.True(rows > 0 && rejections > 0);
    }

    private static (long Good, long Bad) Stage(EngineSession session, Model model, List<RawRecord> records, int first)
    {
        try
        {
            session.Execute(StageSql.RecordsView(model.Stream!, records), TestContext.Current.CancellationToken);
            session.Execute($"create or replace temp table typed as {StageSql.Typed(model, model.Contract!, session.Describe(model.Text))}", TestContext.Current.CancellationToken);
            return session.Query("select count(*) filter (where rejection is null), count(*) filter (where len(rejection) > 0) from typed", reader => (reader.GetInt64(0), reader.GetInt64(1)))[0];
        }
        catch (EngineException exception)
        {
            throw new InvalidOperationException($"{model.Name} stops at a record from {first} to {first + Batch - 1}: {exception.Message}", exception);
        }
    }

    private static (List<RawRecord> Records, List<RejectedRow> Rejected) Read(string vendor, string stream, IEnumerable<JsonNode> nodes)
    {
        var reader = new RecordReader(Registry.Value.Describe(vendor).Streams[stream]);
        var (records, rejected) = (new List<RawRecord>(), new List<RejectedRow>());
        foreach (var node in nodes)
        {
            var parent = (node["_parent"] as JsonObject)?.ToDictionary(field => field.Key, field => field.Value?.ToString(), StringComparer.Ordinal);
            reader.Add(System.Text.Encoding.UTF8.GetBytes(node.ToJsonString()), records.Count + rejected.Count + 1, ReadAt, parent, records, rejected);
        }

        return (records, rejected);
    }

    /// <summary>The record with some of its values, at any depth, replaced or gone.</summary>
    private static JsonNode Edited(JsonNode whole, (double Place, int Value, bool IsGone)[] edits)
    {
        var record = whole.DeepClone();
        foreach (var (place, value, isGone) in edits)
        {
            var inner = Inner(record).ToList();
            if (inner.Count == 0)
            {
                break;
            }

            var node = inner[Math.Min((int)(place * inner.Count), inner.Count - 1)];
            if (node.Holder is JsonArray array)
            {
                array[node.Index] = JsonNode.Parse(Values[value]);
            }
            else if (isGone)
            {
                ((JsonObject)node.Holder).Remove(node.Name);
            }
            else
            {
                node.Holder[node.Name] = JsonNode.Parse(Values[value]);
            }
        }

        return record;
    }

    private static IEnumerable<(JsonNode Holder, string Name, int Index)> Inner(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Inner(member.Value).Prepend((members, member.Key, 0))),
        JsonArray items => items.SelectMany((item, index) => Inner(item).Prepend((items, "", index))),
        _ => [],
    };
}
