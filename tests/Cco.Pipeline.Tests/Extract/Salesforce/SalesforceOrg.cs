using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Cco.Pipeline.Tests.Extract;

/// <summary>An org of Salesforce with accounts, which answers as its documentation says: sessions end, query locators belong to them, results of jobs do not.</summary>
internal sealed partial class SalesforceOrg
{
    private const string Api = "/services/data/v65.0";

    private int requests;
    private int looks;
    private string question = "";

    /// <summary>The accounts, by their change.</summary>
    public List<(string Id, string Changed, bool IsDeleted, string? Master)> Accounts { get; } = [];

    /// <summary>Fields besides the usual ones.</summary>
    public List<string> CustomFields { get; } = ["Health__c"];

    /// <summary>Records of a page.</summary>
    public int PageRecords { get; set; } = 2;

    /// <summary>What a question for the number of records is answered with; null: as many as there are.</summary>
    public int? Count { get; set; }

    /// <summary>Requests that a session lives for.</summary>
    public int SessionRequests { get; set; } = int.MaxValue;

    /// <summary>Answers a request in place of the org: status and error code; null: as usual.</summary>
    public Func<Asked, (int Status, string Code)?> Fails { get; set; } = _ => null;

    /// <summary>Where the next page is said to be.</summary>
    public string NextRecords { get; set; } = Api + "/query";

    /// <summary>What jobs say when they are looked at, the last again and again.</summary>
    public string[] JobStates { get; set; } = ["JobComplete"];

    /// <summary>Sessions that were begun.</summary>
    public int Sessions { get; private set; }

    /// <summary>Jobs that were begun.</summary>
    public int Jobs { get; private set; }

    public Task<LoopbackServer> StartAsync() => LoopbackServer.StartAsync(AnswerAsync);

    private Task AnswerAsync(HttpContext context, Asked asked)
    {
        if (asked.Path == "/services/oauth2/token")
        {
            (Sessions, requests) = (Sessions + 1, 0);
            return LoopbackServer.JsonAsync(context, $$"""{"access_token":"{{Token}}","instance_url":"https://acme.my.salesforce.com","token_type":"Bearer","issued_at":"1767225600000"}""");
        }

        if (asked.Headers.GetValueOrDefault("Authorization") != $"Bearer {Token}" || ++requests > SessionRequests)
        {
            return ErrorAsync(context, 401, "INVALID_SESSION_ID", "Session expired or invalid");
        }

        return Fails(asked) is { } failure ? ErrorAsync(context, failure.Status, failure.Code, $"{failure.Code} in {Token}") : asked.Path[Api.Length..] switch
        {
            "/sobjects/Account/describe" => LoopbackServer.JsonAsync(context, Description()),
            "/queryAll" when asked["q"]!.StartsWith("select count()", StringComparison.Ordinal) =>
                LoopbackServer.JsonAsync(context, $$"""{"totalSize":{{Count ?? Found(asked["q"]!).Count}},"done":true,"records":[]}"""),
            "/queryAll" => PageAsync(context, asked["q"]!, 0),
            "/jobs/query" => StartJobAsync(context, asked),
            var path when path.StartsWith("/query/", StringComparison.Ordinal) => NextPageAsync(context, path["/query/".Length..].Split('-')),
            var path when path.EndsWith("/results", StringComparison.Ordinal) => ResultsAsync(context, asked),
            _ => LoopbackServer.JsonAsync(context, $$"""{"id":"750x","operation":"queryAll","state":"{{JobStates[Math.Min(looks++, JobStates.Length - 1)]}}","errorMessage":"{{(JobStates[^1] == "Failed" ? "It was too much." : "")}}"}"""),
        };
    }

    private string Token => $"session_token_number_{Sessions}";

    private static Task ErrorAsync(HttpContext context, int status, string code, string message) =>
        LoopbackServer.JsonAsync(context, $$"""[{"message":"{{message}}","errorCode":"{{code}}"}]""", status);

    private string Description() => JsonSerializer.Serialize(new
    {
        name = "Account",
        fields = new[] { ("Id", "id"), ("IsDeleted", "boolean"), ("MasterRecordId", "reference"), ("Name", "string"), ("BillingAddress", "address"), ("BillingCity", "string"), ("SystemModstamp", "datetime") }
            .Concat(CustomFields.Select(field => (field, "double"))).Select(field => new { name = field.Item1, type = field.Item2 }),
    });

    private List<(string Id, string Changed, bool IsDeleted, string? Master)> Found(string question)
    {
        var window = Window().Match(question);
        var (from, to) = (Instant(window.Groups["from"].Value), Instant(window.Groups["to"].Value));
        return [.. Accounts.Where(account => Instant(account.Changed) >= from && Instant(account.Changed) < to).OrderBy(account => account.Changed, StringComparer.Ordinal).ThenBy(account => account.Id, StringComparer.Ordinal)];
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private Task PageAsync(HttpContext context, string asked, int offset)
    {
        question = asked;
        var found = Found(asked);
        var records = found.Skip(offset).Take(PageRecords).Select(account => new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["attributes"] = new { type = "Account", url = $"{Api}/sobjects/Account/{account.Id}" },
            ["Id"] = account.Id,
            ["IsDeleted"] = account.IsDeleted,
            ["MasterRecordId"] = account.Master,
            ["Name"] = NameOf(account.Id),
            ["BillingCity"] = null,
            ["SystemModstamp"] = $"{account.Changed}.000+0000",
            ["Health__c"] = 1.5,
        });
        var next = offset + PageRecords < found.Count ? $"\"done\":false,\"nextRecordsUrl\":\"{NextRecords}/01g{Sessions}-{offset + PageRecords}\"" : "\"done\":true";
        return LoopbackServer.JsonAsync(context, $$"""{"totalSize":{{found.Count}},{{next}},"records":{{JsonSerializer.Serialize(records)}}}""");
    }

    /// <summary>A name that looks like an empty value of JSON.</summary>
    private static string NameOf(string id) => $"The \"{id}\":\"\", as they say";

    private Task NextPageAsync(HttpContext context, string[] locator) => locator[0] == $"01g{Sessions}"
        ? PageAsync(context, question, int.Parse(locator[1], CultureInfo.InvariantCulture))
        : ErrorAsync(context, 400, "INVALID_QUERY_LOCATOR", "invalid query locator");

    private async Task StartJobAsync(HttpContext context, Asked asked)
    {
        using var body = JsonDocument.Parse(asked.Body);
        Assert.Equal("queryAll", body.RootElement.GetProperty("operation").GetString());
        question = body.RootElement.GetProperty("query").GetString()!;
        Jobs++;
        await LoopbackServer.JsonAsync(context, """{"id":"750x","operation":"queryAll","object":"Account","state":"UploadComplete","contentType":"CSV","apiVersion":65.0}""");
    }

    private async Task ResultsAsync(HttpContext context, Asked asked)
    {
        var offset = asked["locator"] is { } locator ? int.Parse(locator["MTA".Length..], CultureInfo.InvariantCulture) : 0;
        var found = Found(question);
        context.Response.ContentType = "text/csv";
        context.Response.Headers["Sforce-NumberOfRecords"] = "2";
        context.Response.Headers["Sforce-Locator"] = offset + PageRecords < found.Count ? $"MTA{offset + PageRecords}" : "null";
        var rows = found.Skip(offset).Take(PageRecords).Select(account =>
            $"\"{account.Id}\",\"{(account.IsDeleted ? "true" : "false")}\",\"{account.Master}\",\"{NameOf(account.Id).Replace("\"", "\"\"", StringComparison.Ordinal)}\",\"\",\"{account.Changed}.000Z\",\"1.5\"\n");
        await context.Response.WriteAsync("\"Id\",\"IsDeleted\",\"MasterRecordId\",\"Name\",\"BillingCity\",\"SystemModstamp\",\"Health__c\"\n" + string.Concat(rows));
    }

    [GeneratedRegex("SystemModstamp >= (?<from>[^ ]+) and SystemModstamp < (?<to>[^ ]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Window();
}
