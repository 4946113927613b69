using Azure.Identity;
using Azure.Storage.Queues;
using Cco.Pipeline.Runs;
using Microsoft.Extensions.Configuration;

namespace Cco.Pipeline.Functions;

/// <summary>Tells of windows by a queue, one message each, so that the platform spreads them over as many instances as it likes.</summary>
internal sealed class QueueDispatch(IConfiguration settings) : IWindowDispatch
{
    private const int Parallelism = 8;

    /// <summary>A message waits as long as it takes: a backfill that is paused may take long.</summary>
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);

    /// <inheritdoc />
    public async Task SendAsync(string backfill, IReadOnlyList<int> windows, CancellationToken cancellationToken)
    {
        var queue = Queue();
        await queue.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        await Parallel.ForEachAsync(
            windows,
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
            async (window, token) => await queue.SendMessageAsync(new WindowMessage(backfill, window).Text(), timeToLive: Forever, cancellationToken: token));
    }

    /// <summary>The queue that the host listens to, reached and encoded as it does.</summary>
    private QueueClient Queue()
    {
        var options = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 };
        return settings[WindowMessage.Connection] is { Length: > 0 } connection
            ? new QueueClient(connection, WindowMessage.Queue, options)
            : settings[$"{WindowMessage.Connection}:queueServiceUri"] is { Length: > 0 } service
            ? new QueueClient(new Uri($"{service.TrimEnd('/')}/{WindowMessage.Queue}"), new DefaultAzureCredential(), options)
            : throw new InvalidOperationException($"There is no queue to tell of windows by: set {WindowMessage.Connection}, or {WindowMessage.Connection}__queueServiceUri.");
    }
}
