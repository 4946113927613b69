using System.Globalization;
using System.Text.Json.Nodes;
using Cco.Pipeline.Extract;
using Cco.Pipeline.Sample;
using Microsoft.AspNetCore.Http;

namespace Cco.Pipeline.Cli.Vendors;

/// <summary>The reference rates of the European Central Bank in SDMX-JSON: open to all, an answer for each span of days, 404 where it has no rate.</summary>
internal sealed class EcbServer : IVendorServer
{
    private const string Data = "/service/data/EXR/";

    private readonly ILookup<string, Rate> rates;
    private readonly DateOnly first;
    private readonly TimeProvider time;

    /// <param name="files">The files of the sample company.</param>
    /// <param name="time">The bank's clock.</param>
    public EcbServer(IEnumerable<SampleFile> files, TimeProvider time)
    {
        this.time = time;
        using var records = new SampleRecords(files, Source, Entities);
        var read = records.Read(
            "select to_currency, rate_date::date, rate::decimal(18, 8) from exchange_rate order by all",
            reader => new Rate(reader.GetString(0), reader.GetFieldValue<DateOnly>(1), reader.GetDecimal(2)));
        (rates, first) = (read.ToLookup(rate => rate.Currency, StringComparer.Ordinal), read.Min(rate => rate.Day));
    }

    /// <inheritdoc />
    public string Source => "ecb";

    /// <inheritdoc />
    public IReadOnlyList<string> Entities => ["exchange_rate"];

    /// <inheritdoc />
    public SourceSettings Settings(Uri root) => new() { Start = first, BaseUrl = new Uri($"{root}/service"), RequestsPerSecond = 20 };

    /// <inheritdoc />
    public Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (!path.StartsWith(Data, StringComparison.Ordinal) || path[Data.Length..].Split('.') is not ["D", var currencies, "EUR", "SP00", "A"])
        {
            return TextAsync(context, StatusCodes.Status404NotFound, "No results found.");
        }

        var query = context.Request.Query;
        if (query["format"] != "jsondata")
        {
            return TextAsync(context, StatusCodes.Status406NotAcceptable, "Not Acceptable");
        }

        var asked = currencies.Length == 0 ? rates.Select(currency => currency.Key) : currencies.Split('+');
        var (from, to) = (Day(query["startPeriod"]) ?? DateOnly.MinValue, Day(query["endPeriod"]) ?? DateOnly.MaxValue);
        var last = int.TryParse(query["lastNObservations"], out var count) ? count : int.MaxValue;
        var found = asked.SelectMany(currency => rates[currency].Where(rate => rate.Day >= from && rate.Day <= to).TakeLast(last)).ToList();
        return found.Count == 0 ? TextAsync(context, StatusCodes.Status404NotFound, "No results found.") : context.JsonAsync(Answer(found).ToJsonString());
    }

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static Task TextAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(text, context.RequestAborted);
    }

    /// <summary>Series and observations are named by the places of their values in the lists of their dimensions.</summary>
    private JsonObject Answer(List<Rate> found)
    {
        var currencies = found.Select(rate => rate.Currency).Distinct(StringComparer.Ordinal).ToList();
        var days = found.Select(rate => rate.Day).Distinct().Order().ToList();
        var series = found.GroupBy(rate => rate.Currency, StringComparer.Ordinal).Select(rates => KeyValuePair.Create<string, JsonNode?>(
            $"0:{currencies.IndexOf(rates.Key)}:0:0:0",
            new JsonObject { ["observations"] = new JsonObject(rates.Select(rate => KeyValuePair.Create<string, JsonNode?>($"{days.BinarySearch(rate.Day)}", new JsonArray(rate.Value)))) }));
        return new JsonObject
        {
            ["header"] = new JsonObject { ["id"] = $"{Guid.CreateVersion7(time.GetUtcNow())}", ["test"] = false, ["prepared"] = $"{time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffzzz}" },
            ["dataSets"] = new JsonArray(new JsonObject { ["action"] = "Replace", ["series"] = new JsonObject(series) }),
            ["structure"] = new JsonObject
            {
                ["dimensions"] = new JsonObject
                {
                    ["series"] = new JsonArray(
                        Dimension("FREQ", ["D"]), Dimension("CURRENCY", currencies), Dimension("CURRENCY_DENOM", ["EUR"]), Dimension("EXR_TYPE", ["SP00"]), Dimension("EXR_SUFFIX", ["A"])),
                    ["observation"] = new JsonArray(Dimension("TIME_PERIOD", days.Select(day => $"{day:yyyy-MM-dd}"))),
                },
            },
        };
    }

    private static JsonObject Dimension(string id, IEnumerable<string> values) =>
        new() { ["id"] = id, ["values"] = new JsonArray([.. values.Select(value => new JsonObject { ["id"] = value })]) };

    private sealed record Rate(string Currency, DateOnly Day, decimal Value);
}
