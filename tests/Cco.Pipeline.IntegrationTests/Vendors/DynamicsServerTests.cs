using System.Net;
using System.Net.Http.Headers;
using Cco.Pipeline.Cli.Vendors;
using Cco.Pipeline.Tests.Extract;

namespace Cco.Pipeline.IntegrationTests.Vendors;

/// <summary>Dynamics, with what the sample company has in HubSpot: it behaves as Microsoft's documentation says, and what is read of it is what the files say, as far as it has words for it.</summary>
public sealed class DynamicsServerTests(VendorCompany company)
{
    private const string Filter = "?$filter=modifiedon ge @from and modifiedon lt @to&@from=2000-01-01T00:00:00Z&@to=2027-01-01T00:00:00Z";

    private readonly SourceWorld.Clock clock = VendorCompany.Clock();

    [Fact]
    public async Task What_is_read_over_the_API_is_what_the_files_say()
    {
        await using var lake = await VendorLake.StartAsync(new DynamicsServer(company.Files, new VendorClock(clock)), clock);

        await lake.ReadAsync();

        Assert.Empty(await lake.DifferenceAsync(company.Files, "hubspot", "customer", "source", "acquisition_channel", "updated_at"));
        Assert.Empty(await lake.DifferenceAsync(company.Files, "hubspot", "contact", "source", "language", "updated_at"));
        Assert.Empty(await lake.DifferenceAsync(company.Files, "hubspot", "employee", "source", "updated_at"));

        // Of a sale it has no kind, origin and yearly part, whole per cents, and days.
        Assert.Empty(await lake.DifferenceAsync(
            company.Files, "hubspot", "opportunity", "source", "opportunity_type", "lead_source", "arr_amount", "probability", "closed_at", "updated_at"));
    }

    [Fact]
    public async Task Pages_are_as_large_as_is_preferred_and_name_the_next_one()
    {
        await using var caller = await SignedInAsync(new DynamicsServer(company.Files, new VendorClock(clock)));
        caller.Headers.Add("Prefer", "odata.maxpagesize=5");
        var (ids, next) = (new List<string?>(), (string?)$"/accounts{Filter}");
        while (next is not null)
        {
            var (_, page) = await caller.AskAsync(next);
            ids.AddRange(page.GetProperty("value").EnumerateArray().Select(account => account.GetProperty("accountid").GetString()));
            next = page.TryGetProperty("@odata.nextLink", out var link) ? link.GetString() : null;
        }

        Assert.True(ids.Count > 5, $"{ids.Count}");
        Assert.Equal(VendorLake.Sample(company.Files, "hubspot", "customer", "count(*)"), [$"{ids.Distinct().Count()}"]);
        Assert.Equal(ids.Distinct(), ids);
    }

    [Fact]
    public async Task Tokens_expire_requests_are_limited_and_errors_say_why()
    {
        await using var caller = await SignedInAsync(new DynamicsServer(company.Files, new VendorClock(clock), requestsPerFiveMinutes: 3));

        var (wrong, error) = await caller.AskAsync("/accounts?$filter=name eq 'x'");
        var (missing, _) = await caller.AskAsync("/unicorns");
        var (good, _) = await caller.AskAsync("/WhoAmI");
        var (refused, _) = await caller.AskAsync("/WhoAmI");
        clock.Pass(refused.Headers.RetryAfter!.Delta!.Value);
        var (later, _) = await caller.AskAsync("/WhoAmI");
        clock.Pass(TimeSpan.FromHours(1));
        var (expired, _) = await caller.AskAsync("/WhoAmI");

        Assert.Contains("filter", error.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            [HttpStatusCode.BadRequest, HttpStatusCode.NotFound, HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.OK, HttpStatusCode.Unauthorized],
            [wrong.StatusCode, missing.StatusCode, good.StatusCode, refused.StatusCode, later.StatusCode, expired.StatusCode]);
    }

    private static async Task<VendorCaller> SignedInAsync(DynamicsServer server)
    {
        var caller = await VendorCaller.StartAsync(server);
        var (_, token) = await caller.FormAsync(
            "/../../../login/sample-tenant/oauth2/token", ("grant_type", "client_credentials"), ("client_id", DynamicsServer.ClientId), ("client_secret", DynamicsServer.ClientSecret), ("resource", "sample"));
        caller.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.GetProperty("access_token").GetString());
        return caller;
    }
}
