using Cco.Pipeline.Cli.Vendors;
using Cco.Pipeline.Sample;
using Cco.Pipeline.Tests.Extract;

namespace Cco.Pipeline.IntegrationTests.Vendors;

/// <summary>
/// Vendors whose clocks are wrong and whose lists show changes late and out of order. Run after run nothing is lost or doubled, as long as the longest delay and
/// how far the vendor's clock is behind are together no longer than the look-back of a stream, or for Zendesk's exports than the minute that they hold back.
/// How far a clock is ahead does not matter.
/// </summary>
public sealed class LateListTests(VendorCompany company)
{
    private const int Runs = 8;

    private static readonly TimeSpan[] Steps = [TimeSpan.FromHours(49), TimeSpan.FromMinutes(9)];

    [Theory]
    [InlineData("stripe", -15, 45)]
    [InlineData("zendesk", -5, 1)]
    [InlineData("zendesk", 5, 1)]
    [InlineData("qualtrics", -60, 1380)]
    [InlineData("chargebee", -15, 45)]
    [InlineData("recurly", -15, 45)]
    public async Task Nothing_is_lost_or_doubled(string source, int minutesAhead, int minutesOfDelay)
    {
        Assert.Empty(await DifferenceAsync(source, TimeSpan.FromMinutes(minutesAhead), TimeSpan.FromMinutes(minutesOfDelay)));
    }

    [Fact]
    public async Task What_shows_later_than_the_look_back_reaches_is_lost()
    {
        var difference = await DifferenceAsync("stripe", TimeSpan.Zero, TimeSpan.FromHours(12));

        Assert.NotEmpty(difference);
        Assert.All(difference, row => Assert.StartsWith("-", row, StringComparison.Ordinal));
    }

    /// <summary>What a lake has too little or too much that was read again and again in the last month of the history, and once after it.</summary>
    private async Task<List<string>> DifferenceAsync(string source, TimeSpan ahead, TimeSpan delay)
    {
        var clock = new SourceWorld.Clock(new DateTimeOffset(2025, 12, 5, 0, 30, 0, TimeSpan.Zero));
        var ours = new VendorClock(clock) { Ahead = ahead, LongestDelay = delay };
        await using var lake = await VendorLake.StartAsync(Server(source, ours), clock);
        for (var run = 0; run < Runs; run++)
        {
            await lake.ReadAsync();
            clock.Pass(Steps[run % Steps.Length]);
        }

        clock.Pass(VendorCompany.Clock().GetUtcNow() + delay - ahead - clock.GetUtcNow());
        await lake.ReadAsync();
        var found = new List<string>();
        foreach (var (system, entity, unsaid) in Entities(source))
        {
            found.AddRange(await lake.DifferenceAsync(company.Files, system, entity, [.. unsaid, "updated_at"]));
        }

        return found;
    }

    private IVendorServer Server(string source, VendorClock clock) => source switch
    {
        "stripe" => new StripeServer(company.Files, clock),
        "zendesk" => new ZendeskServer(company.Files, clock),
        "chargebee" => new ChargebeeServer(company.Files, clock, requestsPerMinute: 100_000),
        "recurly" => new RecurlyServer(company.Files, clock),
        _ => new QualtricsServer(company.Files, clock),
    };

    /// <summary>
    /// What is compared, with the system of the sample that has it, and what the vendor cannot say of it. Of billing it is what does not change after it was made: all else is
    /// told by events, too, or has a version from each reading.
    /// </summary>
    private static (string System, string Entity, string[] Unsaid)[] Entities(string source) => source switch
    {
        "stripe" => [(source, "invoice_line", []), (source, "credit_note", [])],
        "zendesk" => [(source, "customer", []), (source, "contact", []), (source, "ticket", []), (source, "ticket_event", []), (source, "survey_invitation", []), (source, "survey_response", [])],
        "chargebee" => [(SampleFile.OwnSystem, "payment", ["invoice_id", "tax_amount", "fee_amount"])],
        "recurly" => [("stripe", "payment", ["source", "invoice_id", "payment_method", "tax_amount", "fee_amount"])],
        _ => [(source, "survey_invitation", []), (source, "survey_response", [])],
    };
}
