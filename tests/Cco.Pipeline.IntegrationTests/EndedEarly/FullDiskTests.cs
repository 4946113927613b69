using System.ComponentModel;
using System.Diagnostics;

namespace Cco.Pipeline.IntegrationTests.EndedEarly;

/// <summary>A run that fills the disk of the lake.</summary>
public sealed class FullDiskTests : IDisposable
{
    /// <summary>The lake on a small disk of memory that only this shell sees: a run, then more room and another run.</summary>
    private const string Script =
        """
        lake=$1; shift
        kept=$(mktemp -d) && cp -r "$lake/." "$kept"
        mount -t tmpfs -o size=$(($(du -sk "$kept" | cut -f1) + 1000))k none "$lake" && cp -r "$kept/." "$lake" || exit 9
        "$0" run --as-of 2026-01-01 "$@"; echo "code $?"
        "$0" query --csv "select 'orders', count(*) from fct_order" "$@"
        mount -o remount,size=100m "$lake"
        "$0" run --as-of 2026-01-01 "$@"; echo "code $?"
        "$0" query --csv "select 'orders', count(*) from fct_order" "$@"
        """;

    private readonly Installation installation = Shop.Install();

    [Fact]
    public async Task It_fails_and_says_why_and_goes_on_when_there_is_room_again()
    {
        await NeedMountsAsync();
        installation.Drop("order_line", "orders.csv", Shop.Orders);
        await installation.RunAsync();
        var random = new Random(1);
        var many = Enumerable.Range(0, 60_000).Select(order => $"m{order},{random.NextInt64():x16}{random.NextInt64():x16},1.00,2025-01-01\n");
        installation.Drop("order_line", "many.csv", "order_id,customer_name,amount,ordered_date\n" + string.Concat(many));

        await using var shell = installation.StartFrom(["unshare", "-rm", "sh", "-c", Script, CcoProcess.Program, installation.LakeFolder]);
        var result = await shell.EndAsync();

        Assert.Equal(["code 1", "orders,3", "code 0", "orders,60003"], result.Lines.Where(line => line.StartsWith("code ", StringComparison.Ordinal) || line.StartsWith("orders,", StringComparison.Ordinal)));
        Assert.Contains("No space left on device", result.Everything, StringComparison.Ordinal);
    }

    public void Dispose() => installation.Dispose();

    private static async Task NeedMountsAsync()
    {
        const string Reason = "This needs a disk of its own to fill. It runs on Linux where 'unshare -rm' may mount one.";
        try
        {
            using var unshare = Process.Start(new ProcessStartInfo("unshare", ["-rm", "true"]) { UseShellExecute = false, RedirectStandardError = true })!;
            await unshare.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.SkipUnless(unshare.ExitCode == 0, Reason);
        }
        catch (Win32Exception)
        {
            Assert.Skip(Reason);
        }
    }
}
