using Cco.Pipeline.Land;

namespace Cco.Pipeline.Runs;

/// <summary>Brings files into the lake from outside, onto <c>landing/</c>, whole or not at all.</summary>
public sealed class LandingDrop(ILake lake)
{
    /// <summary>Puts a file where the next run takes it in.</summary>
    /// <param name="table">The table it is for.</param>
    /// <param name="name">Its name, which may have folders.</param>
    /// <param name="content">Its bytes; read once, forward.</param>
    /// <param name="cancellationToken">Ends the attempt; nothing appears.</param>
    /// <exception cref="IOException">A file of that name waits there already; it is left alone.</exception>
    public async Task<LakePath> PutAsync(string table, string name, Stream content, CancellationToken cancellationToken)
    {
        var path = PathOf(table, name);
        return await lake.WriteOnceAsync(path, (target, token) => content.CopyToAsync(target, token), cancellationToken)
            ? path
            : throw new IOException($"'{path}' waits already. Take it in with a run first, or give the file another name.");
    }

    private static LakePath PathOf(string table, string name) => LandingSweep.Landing.Child($"{table}/{name}");
}
