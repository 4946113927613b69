using System.Text.Json;

namespace Cco.Pipeline.Tests.Infra;

public sealed class TemplateTests
{
    [Theory]
    [InlineData("infra/dev.bicepparam")]
    [InlineData("infra/prod.bicepparam")]
    [InlineData("infra/landing-events.bicep")]
    public async Task It_compiles_and_the_linter_has_nothing_to_say(string file) => Assert.Equal("", await BicepCompiler.SaidAsync(file));

    [Fact]
    public async Task There_are_no_keys_and_no_anonymous_reading_and_every_right_has_its_reason()
    {
        var template = await BicepCompiler.TemplateOfAsync("infra/prod.bicepparam");
        var resources = BicepCompiler.Resources(template).ToList();

        var accounts = Of("Microsoft.Storage/storageAccounts").Select(account => account.GetProperty("properties")).ToList();
        Assert.Equal(2, accounts.Count);
        Assert.All(accounts, account => Assert.False(account.GetProperty("allowSharedKeyAccess").GetBoolean() || account.GetProperty("allowBlobPublicAccess").GetBoolean()));
        Assert.All(Of("Microsoft.Insights/components"), insights => Assert.True(insights.GetProperty("properties").GetProperty("DisableLocalAuth").GetBoolean()));
        Assert.DoesNotContain("listKeys", template.GetRawText(), StringComparison.OrdinalIgnoreCase);

        var holder = resources.First(resource => BicepCompiler.TypeOf(resource.Resource) == "Microsoft.Authorization/roleAssignments").Template;
        var needs = holder.GetProperty("variables").GetProperty("needs").EnumerateObject().ToList();
        Assert.All(needs, need => Assert.NotEqual("", need.Value.GetProperty("why").GetString()));
        Assert.Equal(
            needs.Select(need => $"[variables('needs').{need.Name}.why]").Order(),
            Of("Microsoft.Authorization/roleAssignments").Select(role => role.GetProperty("properties").GetProperty("description").GetString()!).Order());

        IEnumerable<JsonElement> Of(string type) => resources.Select(resource => resource.Resource).Where(resource => BicepCompiler.TypeOf(resource) == type);
    }

    [Fact]
    public async Task Every_queue_has_one_for_what_could_not_be_worked_on()
    {
        var queues = BicepCompiler.Resources(await BicepCompiler.TemplateOfAsync("infra/prod.bicepparam"))
            .Where(resource => BicepCompiler.TypeOf(resource.Resource) == "Microsoft.Storage/storageAccounts/queueServices/queues")
            .SelectMany(resource => resource.Template.GetProperty("variables").GetProperty("queueNames").EnumerateArray().Select(queue => queue.GetString()!)).ToList();

        Assert.Equal(["backfill-windows", "backfill-windows-poison", "webjobs-blobtrigger-poison"], queues.Order());
    }
}
