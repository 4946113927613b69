using Cco.Pipeline.Api;
using Cco.Pipeline.Runs;

namespace Cco.Pipeline.Tests.Api;

public sealed class CcoApiTests : IDisposable
{
    private const string January = """{"source":"shop","from":"2026-01","to":"2026-01"}""";

    private readonly ApiWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task A_backfill_is_started_told_of_listed_paused_resumed_and_canceled()
    {
        var started = await world.SendAsync("POST", "/backfills", """{"source":"shop","streams":["order"],"from":"2025-12","to":"2026-01","dry_run":true}""");
        var place = started.Headers["Location"]["/api".Length..];
        var (listed, got) = (await world.GetAsync("/backfills"), await world.GetAsync(place));
        var paused = await world.SendAsync("POST", place + "/pause");
        var resumed = await world.SendAsync("POST", place + "/resume");
        var canceled = await world.SendAsync("DELETE", place);
        var late = await world.SendAsync("POST", place + "/resume");

        Assert.Equal((201, 200, 200), (started.Status, listed.Status, got.Status));
        Assert.Equal(2, ApiWorld.Json(got).GetProperty("backfill").GetProperty("windows").GetArrayLength());
        Assert.True(ApiWorld.Json(got).GetProperty("backfill").GetProperty("is_dry_run").GetBoolean());
        Assert.Equal(0, ApiWorld.Json(listed)[0].GetProperty("backfill").GetProperty("windows").GetArrayLength());
        Assert.Equal(["running", "paused", "running", "canceled"], new[] { got, paused, resumed, canceled }.Select(answer => ApiWorld.Json(answer).GetProperty("status").GetString()));
        Assert.Equal((409, ApiProblem.MediaType), (late.Status, late.ContentType));
    }

    [Theory]
    [InlineData("", 400, "JSON")]
    [InlineData("null", 400, "null")]
    [InlineData("""{"source":"shop","from":"2026-01"}""", 400, "to")]
    [InlineData("""{"source":null,"from":"2026-01","to":"2026-01"}""", 400, "Source")]
    [InlineData("""{"source":"shop","from":"2026-01","to":"2026-01","dryrun":true}""", 400, "dryrun")]
    [InlineData("""{"source":"shop","from":"2026-01","to":"2025-01"}""", 400, "is before the first")]
    [InlineData("""{"source":"shop","from":"soon","to":"2025-01"}""", 400, "'soon' is neither a month")]
    [InlineData("""{"source":"../..","from":"2026-01","to":"2026-01"}""", 400, "There is no source")]
    [InlineData("""{"source":"shop","streams":["line"],"from":"2026-01","to":"2026-01"}""", 400, "shop has no stream line; it has order.")]
    [InlineData("""{"source":"shop","from":"2026-01","to":"2026-01","replace":true}""", 400, "cannot be told of order")]
    public async Task What_is_no_backfill_is_a_problem_that_says_why(string body, int status, string detail)
    {
        var answer = await world.SendAsync("POST", "/backfills", body);

        var problem = ApiWorld.Json(answer);
        Assert.Equal((status, ApiProblem.MediaType), (answer.Status, answer.ContentType));
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.Contains(detail, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("[]", System.Text.Encoding.UTF8.GetString((await world.GetAsync("/backfills")).Body.Span));
    }

    [Fact]
    public async Task A_body_that_is_large_or_no_JSON_is_refused_before_it_is_understood()
    {
        var large = await world.SendAsync("POST", "/backfills", January + new string(' ', CcoApi.MostBytes));
        var form = await world.SendAsync("POST", "/backfills", January, "application/x-www-form-urlencoded");
        var none = await world.SendAsync("POST", "/backfills", January, null);

        Assert.Equal((413, 415, 415), (large.Status, form.Status, none.Status));
    }

    [Theory]
    [InlineData("/", 404)]
    [InlineData("/backfills/", 404)]
    [InlineData("/backfills/20260101t000000000z-0000", 404)]
    [InlineData("/backfills/20260101t000000000z-0000/changes", 404)]
    [InlineData("/backfills/..", 400)]
    [InlineData("/backfills/%2e%2e", 400)]
    [InlineData("/runs/latest", 400)]
    [InlineData("/runs/20260101t000000000z-0000", 404)]
    [InlineData("/marts", 404)]
    public async Task What_there_is_not_is_a_problem(string path, int status)
    {
        var answer = await world.GetAsync(path);

        Assert.Equal((status, ApiProblem.MediaType), (answer.Status, answer.ContentType));
    }

    [Fact]
    public async Task What_cannot_be_done_with_a_thing_says_what_can()
    {
        var answer = await world.SendAsync("PUT", "/backfills");

        Assert.Equal((405, "GET, POST"), (answer.Status, answer.Headers["Allow"]));
    }

    [Fact]
    public async Task Whoever_has_an_answer_already_is_told_so()
    {
        await world.ReportAsync(Run("20260101t050000000z-0001"));
        var first = await world.GetAsync("/runs");
        var tag = first.Headers["ETag"];
        var again = await world.GetAsync("/runs", $"\"other\", W/{tag}");
        await world.ReportAsync(Run("20260102t050000000z-0001"));
        var later = await world.GetAsync("/runs", tag);

        Assert.Equal((200, 304, 200), (first.Status, again.Status, later.Status));
        Assert.Equal((0, tag), (again.Body.Length, again.Headers["ETag"]));
        Assert.NotEqual(tag, later.Headers["ETag"]);
    }

    [Fact]
    public async Task Runs_come_latest_first_and_no_more_than_asked_for()
    {
        await world.ReportAsync(Run("20260101t050000000z-0001"));
        await world.ReportAsync(Run("20260102t050000000z-0001"));

        var (one, many, report) = (await world.GetAsync("/runs", null, ("limit", "1")), await world.GetAsync("/runs", null, ("limit", "1000")), await world.GetAsync("/runs/20260101t050000000z-0001"));

        Assert.Equal("20260102t050000000z-0001", Assert.Single(ApiWorld.Json(one).EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal(400, many.Status);
        Assert.Equal("20260101t050000000z-0001", ApiWorld.Json(report).GetProperty("id").GetString());
    }

    [Fact]
    public async Task It_is_live_whatever_happens_and_ready_where_the_lake_can_be_read()
    {
        var (live, ready) = (await world.GetAsync("/health/live"), await world.GetAsync("/health"));
        await world.WriteAsync("marts/latest/manifest.json", "no JSON");
        var broken = await world.GetAsync("/health");

        Assert.Equal((200, 200), (live.Status, ready.Status));
        Assert.True(ApiWorld.Json(ready).GetProperty("is_ready").GetBoolean());
        Assert.Equal(500, broken.Status);
    }

    private static RunReport Run(string id) =>
        new(id, new DateOnly(2026, 1, 1), RunStatus.Succeeded, RunId.Parse(id).StartedAt, RunId.Parse(id).StartedAt.AddMinutes(1), Published: false, null, [], [], new Dictionary<string, string>());
}
