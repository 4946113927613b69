using System.Runtime.InteropServices;

namespace Cco.Pipeline.Cli;

/// <summary>
/// Ctrl-C, and what asks a service to stop: the first time the work is asked to end, so that a run can still write its report; the second
/// time the program ends at once.
/// </summary>
internal sealed class CtrlC : IDisposable
{
    /// <summary>What the work gets to end in; what it waits for may never come, such as a file of a network that is gone.</summary>
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource asked = new();
    private readonly PosixSignalRegistration[] signals;

    public CtrlC() => signals = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Ask), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ask)];

    /// <summary>Does the work, which ends when it is asked to.</summary>
    /// <returns>Its exit code; null where it did not end in time.</returns>
    public async Task<int?> EndAsync(Func<CancellationToken, Task<int>> work)
    {
        var working = Task.Run(() => work(asked.Token), CancellationToken.None);
        if (await Task.WhenAny(working, PatienceAsync()) == working)
        {
            return await working;
        }

        ShowCursor();
        return null;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        signals.ToList().ForEach(signal => signal.Dispose());
        asked.Dispose();
    }

    private void Ask(PosixSignalContext signal)
    {
        signal.Cancel = !asked.IsCancellationRequested;
        if (!signal.Cancel)
        {
            ShowCursor();
        }

        asked.Cancel();
    }

    /// <summary>Whoever moves things in a terminal hides its cursor, and is not asked when the program ends at once.</summary>
    private static void ShowCursor()
    {
        if (!Console.IsOutputRedirected)
        {
            Console.CursorVisible = true;
        }
    }

    private async Task PatienceAsync()
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, asked.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.Delay(TimeToEnd, CancellationToken.None);
    }
}
