using System.Text.Json;
using Cco.Pipeline.Extract;
using Cco.Pipeline.Publish;
using Cco.Pipeline.Tests.Models;
using Cco.Pipeline.Tests.Transform;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Tests.Extract;

/// <summary>
/// Each folder <c>Vendors/[source]/[stream]/</c> holds <c>records.json</c>, records as the vendor's documentation describes them, and for each staging
/// model of the stream <c>[model].csv</c> with the rows it makes of them: the columns that the case is about, <c>rejection</c> among them where
/// rows cannot be used. The fields of a parent stand in <c>_parent</c>. Records without a time of change were read at noon (UTC) on 2026-01-01.
/// </summary>
public sealed class VendorCaseTests
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "Extract", "Vendors");
    private static readonly DateTimeOffset ReadAt = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Lazy<SourceRegistry> Registry = new(() => new SourceRegistry([SourceRegistry.Delivered], [], new ExtractOptions(), TimeProvider.System));

    public static TheoryData<string> Cases() =>
        [.. Directory.EnumerateFiles(Root, "*.csv", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/')).Order()];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_staging_model_gives_the_rows_its_case_expects(string file)
    {
        var (source, stream, name) = file.Split('/') switch { [var first, var second, var third] => (first, second, Path.GetFileNameWithoutExtension(third)), _ => throw new ArgumentException(file, nameof(file)) };
        var model = ModelWorld.Catalog.Models[name];
        Assert.Equal(new StreamName(source, stream), model.Stream);
        using var engine = new MacroEngine();
        var session = engine.Session;
        session.Execute(StageSql.RecordsView(model.Stream!, Records(source, stream)), Cancel);
        session.Execute($"create temp table typed as {StageSql.Typed(model, model.Contract!, session.Describe(model.Text))}", Cancel);
        session.Execute($"create temp table expected as select * from read_csv({Sql.Text(Path.Combine(Root, file))}, header = true, all_varchar = true)", Cancel);
        var columns = session.Describe("select * from expected").ConvertAll(column => column.Name);
        var given = string.Join(", ", columns.Select(column => column == "rejection"
            ? "array_to_string([wrong.\"column\" || ' ' || wrong.reason for wrong in rejection], '; ') as rejection"
            : $"{Sql.Name(column)}::varchar as {Sql.Name(column)}"));
        session.Execute($"create temp table given as select {given} from typed where {(columns.Contains("rejection") ? "rejection is not null or" : "rejection is null and")} not {ContractSql.SaysNothing(model.Contract!, "typed")}", Cancel);

        var difference = Rows(session, "expected", "given", "missing:    ") + Rows(session, "given", "expected", "unexpected: ");

        Assert.True(difference.Length == 0, difference);
    }

    /// <summary>What a vendor's stream says is used, by a staging model or as the parents of another stream, or there is no reason to read it.</summary>
    [Fact]
    public void Every_stream_has_a_staging_model_and_every_staging_model_a_case()
    {
        var staged = ModelWorld.Catalog.Models.Values.Where(model => model.Layer == Layer.Staging && model.Stream is { } stream && Registry.Value.Find(stream.Source) is not null).ToList();
        var unstaged = Registry.Value.All().SelectMany(source => source.Streams).Select(stream => stream.Name).Except(staged.Select(model => model.Stream!)).Except(Parents()).Select(stream => $"{stream} has no staging model");
        var untried = staged.Where(model => !File.Exists(Path.Combine(Root, model.Stream!.Source, model.Stream.Stream, model.Name + ".csv"))).Select(model => $"{model.Name} has no case");

        Assert.Empty(unstaged.Concat(untried));
    }

    private static IEnumerable<StreamName> Parents() => Registry.Value.All().SelectMany(source => Registry.Value.Describe(source.Name).Streams.Values
        .Where(stream => stream.Parent is not null)
        .Select(stream => new StreamName(source.Name, stream.Parent!.Stream)));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static List<RawRecord> Records(string source, string stream)
    {
        var description = Registry.Value.Describe(source).Streams[stream];
        var reader = new RecordReader(description);
        var (records, rejected) = (new List<RawRecord>(), new List<RejectedRow>());
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, source, stream, "records.json")));
        foreach (var record in json.RootElement.EnumerateArray())
        {
            var parent = record.TryGetProperty("_parent", out var fields)
                ? fields.EnumerateObject().ToDictionary(field => field.Name, field => field.Value.ValueKind == JsonValueKind.Null ? null : field.Value.ToString(), StringComparer.Ordinal)
                : null;
            reader.Add(System.Text.Encoding.UTF8.GetBytes(record.GetRawText()), records.Count + 1, ReadAt, parent, records, rejected);
        }

        Assert.Empty(rejected);
        return records;
    }

    private static string Rows(EngineSession session, string these, string those, string label) => string.Concat(session.Query(
        $"select to_json(difference)::varchar from (select * from {these} except all select * from {those}) as difference order by all",
        reader => $"\n{label}{CsvText.Plain(reader.GetString(0))}"));
}
