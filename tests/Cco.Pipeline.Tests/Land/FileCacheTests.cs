using Cco.Pipeline.Land;

namespace Cco.Pipeline.Tests.Land;

public sealed class FileCacheTests : IDisposable
{
    private const int Length = 1000;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cco-cache-");

    [Fact]
    public void What_was_used_longest_ago_goes_first_and_what_was_used_within_a_day_stays()
    {
        var cache = new FileCache(folder.FullName, 2 * Length, TimeProvider.System);
        var copies = Enumerable.Range(0, 5).Select(number => Put(cache, $"{number}")).ToList();
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        copies.Index().ToList().ForEach(copy => File.SetLastWriteTimeUtc(copy.Item, now.AddDays(-copy.Index)));

        Assert.True(cache.Has(copies[4]));
        cache.Shrink();

        Assert.Equal([true, false, false, false, true], copies.Select(cache.Has));
    }

    [Fact]
    public void A_cache_that_is_not_full_keeps_everything()
    {
        var cache = new FileCache(folder.FullName, 100 * Length, TimeProvider.System);
        var copy = Put(cache, "old");
        File.SetLastWriteTimeUtc(copy, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        cache.Shrink();

        Assert.True(cache.Has(copy));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static string Put(FileCache cache, string content)
    {
        var file = cache.Unfinished.New();
        File.WriteAllBytes(file, new byte[Length]);
        var copy = cache.PathOf(content, "a.parquet");
        cache.Take(file, copy);
        return copy;
    }
}
