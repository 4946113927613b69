using Cco.Pipeline.IntegrationTests.EndedEarly;
using Cco.Pipeline.Runs;

namespace Cco.Pipeline.IntegrationTests.Retain;

public sealed class ForgettingTests(PersonLakes lakes) : IDisposable
{
    private static readonly ForgetRequest Ada = new(["ada@acme.example"], []);
    private static readonly string[] Buyers = ["1|acme.example|1|4.0000", "2|acme.example|1|6.0000", "3|acme.example|2|17.0000"];

    private readonly PersonShop shop = new();

    private string Lake => shop.Installation.LakeFolder;

    private IReadOnlyList<string> Found => [.. LakeGrep.Find(Lake, "ada@acme.example"), .. LakeGrep.Find(Lake, "Ada Byron")];

    [Fact]
    public async Task Nothing_in_the_lake_names_who_was_forgotten_and_the_numbers_stay()
    {
        await TakeAsync();
        var refused = (await shop.Installation.QuarantinedAsync()).Count;
        Assert.NotEmpty(Found);

        Assert.Equal(["four.zip", "one.csv", "three.parquet", "two.csv.gz"], Found.Where(file => file.StartsWith("landing-done", StringComparison.Ordinal)).Select(Path.GetFileName).Distinct().Order(StringComparer.Ordinal));

        var erasure = await shop.ForgetAsync(Ada);

        Assert.Empty(Found);
        Assert.NotEmpty(LakeGrep.Find(Lake, "adam@acme.example"));
        Assert.NotEmpty(LakeGrep.Find(Lake, "Bob Bo"));
        Assert.Equal(Buyers, await shop.BuyersAsync());
        Assert.Equal((2, 2), (refused, (await shop.Installation.QuarantinedAsync()).Count));
        Assert.NotNull(erasure.CompletedAt);
        Assert.Equal(["quarantine|1", "raw|5"], erasure.Places.Where(place => place.Folder is "raw" or "quarantine").Select(place => $"{place.Folder}|{place.Records}"));
        Assert.Equal(4, Assert.Single(erasure.Places, place => place.Folder == "landing-done").Files);
    }

    [Fact]
    public async Task Who_was_forgotten_lands_under_the_same_pseudonym_later()
    {
        await TakeAsync();
        await shop.ForgetAsync(Ada);
        shop.Installation.Drop("order_line", "later.csv", "order_id,customer_id,name,email,amount\no6,,Ada Byron,ADA@acme.example,1\no7,,Ada Byron,ada@acme.example,two\n");

        var report = await shop.RunAsync();

        Assert.Null(report.Error);
        Assert.Empty(Found);
        Assert.Contains("3|acme.example|3|18.0000", string.Join('\n', await shop.BuyersAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_customer_is_forgotten_with_the_addresses_beside_its_id()
    {
        await TakeAsync();

        await shop.ForgetAsync(new ForgetRequest([], ["cus_ada1"]));

        Assert.Empty(LakeGrep.Find(Lake, "cus_ada1"));
        Assert.Empty(Found);
        Assert.Equal(Buyers, await shop.BuyersAsync());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(40, Explicit = true)]
    public async Task Wherever_it_ends_the_marts_are_whole_and_asking_again_completes_it(int points)
    {
        await TakeAsync();
        shop.Installation.Keep();
        var operations = await OperationsAsync();

        foreach (var (last, isDone) in PersonShop.Points(operations, points))
        {
            await using (var lake = new DyingLake(shop.Reset(), last, isDone))
            {
                await Assert.ThrowsAnyAsync<IOException>(() => shop.ForgetAsync(Ada, lake));
            }

            Assert.Equal(Buyers, await shop.BuyersAsync());

            await shop.ForgetAsync(Ada);

            Assert.Empty(Found);
            Assert.Equal(Buyers, await shop.BuyersAsync());
        }
    }

    [Fact]
    public async Task The_program_shows_what_it_would_do_and_does_it_when_told_to()
    {
        await TakeAsync();

        var shown = await shop.Installation.CallAsync("forget", "--email", "ada@acme.example");
        var isThere = Found.Count > 0;
        var done = await shop.Installation.CallAsync("forget", "--email", "ada@acme.example", "--yes");
        shop.Installation.Environment.Clear();
        var withoutKey = await shop.Installation.CallAsync("forget", "--email", "bob@acme.example");

        Assert.Equal((0, 0, 2, true), (shown.Code, done.Code, withoutKey.Code, isThere));
        Assert.Matches("raw/ +4 +5 *\n", shown.Output);
        Assert.Contains("Privacy:Secret", withoutKey.Errors, StringComparison.Ordinal);
        Assert.Empty(Found);
    }

    public void Dispose() => shop.Dispose();

    private async Task TakeAsync() => shop.Installation.Take(await lakes.OfRunsAsync());

    private async Task<int> OperationsAsync()
    {
        await using var lake = new DyingLake(shop.Reset());
        await shop.ForgetAsync(Ada, lake);
        return lake.Operations;
    }
}
