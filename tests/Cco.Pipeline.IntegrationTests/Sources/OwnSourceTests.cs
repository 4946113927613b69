using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Cco.Pipeline.Runs;
using Cco.Pipeline.Tests.Extract;

namespace Cco.Pipeline.IntegrationTests.Sources;

/// <summary>A vendor that nobody knows is added as the one page about it says, with what stands on that page and nothing else.</summary>
public sealed partial class OwnSourceTests
{
    private const string Page = "functions/Cco.Pipeline/Extract/Vendors/README.md";
    private const string Token = "acme_token_never_to_be_seen";

    private static readonly IReadOnlyList<Ticket> Tickets =
    [
        .. Enumerable.Range(1, 7).Select(number => new Ticket(number, $"Ticket {number}", number % 2 == 0 ? "done" : "open", At(number), At(number + 1), IsDeleted: number == 5)),
        new(8, "Odd", "asleep", At(8), At(9), IsDeleted: false),
    ];

    [Fact]
    public async Task It_is_set_up_tried_and_read()
    {
        await using var server = await AcmeAsync();
        using var installation = new Installation();
        var overlay = installation.PathOf("own");
        installation.Write("own/sources/acme.yaml", Block("yaml"));
        installation.Write("own/models/staging/acme/stg_acme__ticket.sql", Block("sql"));
        installation.Configure(models: null, overlay);

        var added = await installation.CallAsync("source", "add", "acme", "--start", "2026-01-01");
        Assert.Contains("environment variable CCO_Sources__acme__Secrets__token: The token.", added.Everything, StringComparison.Ordinal);
        var incomplete = await installation.CallAsync("source", "test", "acme");
        Assert.Equal(1, incomplete.Code);
        Assert.Contains("missing Sources:acme:Settings:site (First part of your address", incomplete.Everything, StringComparison.Ordinal);
        Assert.Contains("Sources:acme:Secrets:token (The token.)", incomplete.Everything, StringComparison.Ordinal);
        installation.Environment["CCO_Sources__acme__Secrets__token"] = Token;
        installation.Environment["CCO_Sources__acme__Settings__site"] = "mycompany";
        installation.Environment["CCO_Sources__acme__BaseUrl"] = server.Address.ToString();
        var test = await installation.CallAsync("source", "test", "acme");
        Assert.Equal((0, "Acme Desk: the credentials work.\n"), (test.Code, test.Output));
        var preview = await installation.CallAsync("source", "preview", "acme", "ticket");
        Assert.Contains("stg_acme__ticket", preview.Output, StringComparison.Ordinal);
        Assert.Contains("Ticket 2", preview.Output, StringComparison.Ordinal);

        var report = await installation.RunAsync("--as-of", "2026-02-01");

        var stream = Assert.Single(report.Streams);
        Assert.Equal(("acme", "ticket", StreamOutcome.Read, null), (stream.Source, stream.Stream, stream.Outcome, stream.Error));
        Assert.Equal((RunStatus.Succeeded, true), (report.Status, report.Published));
        Assert.Equal(
            ["acme|1|open", "acme|2|solved", "acme|3|open", "acme|4|solved", "acme|6|solved", "acme|7|open"],
            await installation.QueryAsync("select source, ticket_id, status from fct_ticket order by all"));
        Assert.Matches(@"acme\.ticket +\d+ +\d{4}-\d\d-\d\d \d\d:\d\dZ +\d{4}-\d\d-\d\d \d\d:\d\dZ", (await installation.CallAsync("status")).Output);
        Assert.Equal("status", Assert.Single(await installation.QueryAsync("select column_name from fct_quarantine where stream = 'acme.ticket'")));
        await installation.RunAsync("--as-of", "2026-02-01");
        Assert.Equal(["acme|ticket|read|8"], await installation.QueryAsync($"select stream_source, stream, outcome, landed_row_count from fct_stream_load where run_id = '{report.Id}'"));
        Assert.All(server.Asked, asked => Assert.Equal(($"Bearer {Token}", "2026-01"), (asked.Headers["Authorization"], asked.Headers["Acme-Version"])));
        Assert.DoesNotContain(Directory.EnumerateFiles(installation.LakeFolder, "*", SearchOption.AllDirectories), file => File.ReadAllText(file).Contains(Token, StringComparison.Ordinal));
    }

    private static long At(int day) => new DateTimeOffset(2026, 1, day, 8, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();

    /// <summary>What stands between the first fences of that language on the page.</summary>
    private static string Block(string language) =>
        Fenced().Matches(File.ReadAllText(Path.Combine(Root(), Page))).First(block => block.Groups["language"].Value == language).Groups["text"].Value;

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Cco.Pipeline.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }

    /// <summary>The API that the page describes: three tickets a page, for those who have the token.</summary>
    private static Task<LoopbackServer> AcmeAsync() => LoopbackServer.StartAsync((context, asked) =>
    {
        if (asked.Headers.GetValueOrDefault("Authorization") != $"Bearer {Token}")
        {
            return LoopbackServer.JsonAsync(context, """{"message":"who are you?"}""", 401);
        }

        if (asked.Path == "/me")
        {
            return LoopbackServer.JsonAsync(context, """{"name":"robot"}""");
        }

        var (from, until) = (long.Parse(asked["changed_from"]!, CultureInfo.InvariantCulture), long.Parse(asked["changed_until"]!, CultureInfo.InvariantCulture));
        var found = Tickets.Where(ticket => ticket.Changed >= from && ticket.Changed < until).ToList();
        var start = asked["cursor"] is { } cursor ? int.Parse(cursor, CultureInfo.InvariantCulture) : 0;
        var tickets = found.Skip(start).Take(3).Select(ticket => new
        {
            number = ticket.Number,
            title = ticket.Title,
            state = ticket.State,
            mail = $"someone{ticket.Number}@example.com",
            opened = ticket.Opened,
            changed = ticket.Changed,
            is_deleted = ticket.IsDeleted,
        });
        return LoopbackServer.JsonAsync(context, JsonSerializer.Serialize(new { result = new { tickets, next = start + 3 < found.Count ? $"{start + 3}" : null } }));
    });

    [GeneratedRegex("^```(?<language>[a-z]+)\n(?<text>.*?)^```", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex Fenced();

    private sealed record Ticket(int Number, string Title, string State, long Opened, long Changed, bool IsDeleted);
}
