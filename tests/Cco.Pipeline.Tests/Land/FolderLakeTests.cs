using System.Text;
using Cco.Pipeline.Land;

namespace Cco.Pipeline.Tests.Land;

public sealed class FolderLakeTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cco-lake-");
    private readonly FolderLake lake;

    public FolderLakeTests() => lake = new FolderLake(folder.FullName);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_many_writers_of_one_file_exactly_one_wins_and_its_bytes_stay()
    {
        var path = new LakePath("raw/a/b/c.parquet");

        var won = await Task.WhenAll(Enumerable.Range(0, 20).Select(writer => Task.Run(() => lake.WriteOnceAsync(path, Writes($"writer {writer}"), Cancel))));

        Assert.Single(won, isWinner => isWinner);
        var written = Encoding.UTF8.GetString((await lake.ReadAsync(path, Cancel))!.Content.Span);
        Assert.False(await lake.WriteOnceAsync(path, Writes("late"), Cancel));
        Assert.Equal(written, Encoding.UTF8.GetString((await lake.ReadAsync(path, Cancel))!.Content.Span));
    }

    [Fact]
    public async Task A_write_that_fails_half_way_leaves_nothing()
    {
        var path = new LakePath("raw/a.parquet");

        await Assert.ThrowsAsync<InvalidDataException>(() => lake.WriteOnceAsync(
            path,
            async (stream, token) =>
            {
                await stream.WriteAsync("half"u8.ToArray(), token);
                throw new InvalidDataException();
            },
            Cancel));

        Assert.False(await lake.ExistsAsync(path, Cancel));
        Assert.Empty(Directory.EnumerateFiles(folder.FullName, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_document_is_replaced_only_under_the_tag_that_was_read()
    {
        var path = new LakePath("state/a.json");
        var first = await lake.ReplaceAsync(path, "1"u8.ToArray(), tag: null, Cancel);
        var second = await lake.ReplaceAsync(path, "2"u8.ToArray(), first, Cancel);

        await Assert.ThrowsAsync<LakeConflictException>(() => lake.ReplaceAsync(path, "3"u8.ToArray(), first, Cancel));
        await Assert.ThrowsAsync<LakeConflictException>(() => lake.ReplaceAsync(path, "3"u8.ToArray(), tag: null, Cancel));

        Assert.Equal(second, (await lake.ReadAsync(path, Cancel))!.Tag);
    }

    [Fact]
    public async Task A_file_from_another_disk_takes_the_place_of_the_old_one_in_one_step()
    {
        const string Memory = "/dev/shm";
        Assert.SkipUnless(Directory.Exists(Memory), $"There is no second disk to write to. This runs on Linux, where {Memory} is one.");
        var path = new LakePath("marts/warehouse.duckdb");
        await lake.WriteOnceAsync(path, Writes("old"), Cancel);
        await using var reader = await lake.OpenReadAsync(path, Cancel);
        var elsewhere = Path.Combine(Memory, Path.GetRandomFileName());
        await File.WriteAllTextAsync(elsewhere, "new", Cancel);

        await lake.ImportAsync(elsewhere, path, Cancel);

        using var old = new StreamReader(reader);
        Assert.Equal("old", await old.ReadToEndAsync(Cancel));
        Assert.Equal("new", Encoding.UTF8.GetString((await lake.ReadAsync(path, Cancel))!.Content.Span));
        Assert.False(File.Exists(elsewhere));
    }

    [Fact]
    public async Task A_lease_has_one_holder_who_is_named_to_others_and_is_free_afterwards()
    {
        var path = new LakePath("leases/run");
        await using (await lake.LeaseAsync(path, "the first", Cancel))
        {
            var refused = await Assert.ThrowsAsync<LakeLeasedException>(() => lake.LeaseAsync(path, "the second", Cancel));

            Assert.Equal("the first", refused.Holder);
        }

        await using var free = await lake.LeaseAsync(path, "the second", Cancel);
    }

    [Fact]
    public async Task Files_are_listed_by_path_and_what_is_not_there_is_an_empty_listing()
    {
        await lake.WriteOnceAsync(new LakePath("raw/b/2"), Writes("22"), Cancel);
        await lake.WriteOnceAsync(new LakePath("raw/a/1"), Writes("1"), Cancel);

        var files = await lake.ListAsync(new LakePath("raw"), Cancel).ToListAsync(Cancel);

        Assert.Equal([("raw/a/1", 1), ("raw/b/2", 2)], files.Select(file => (file.Path.Value, file.Length)));
        Assert.Empty(await lake.ListAsync(new LakePath("nothing"), Cancel).ToListAsync(Cancel));
    }

    [Theory]
    [InlineData("../etc/passwd")]
    [InlineData("landing/../../x")]
    [InlineData("/etc/passwd")]
    [InlineData("landing//x")]
    [InlineData("landing\\x")]
    [InlineData("c:/x")]
    [InlineData("landing/./x")]
    [InlineData("landing/a\nb")]
    [InlineData("")]
    public void A_path_cannot_leave_the_lake(string path) => Assert.Throws<ArgumentException>(() => new LakePath(path));

    public void Dispose() => folder.Delete(recursive: true);

    private static Func<Stream, CancellationToken, Task> Writes(string text) => (stream, token) => stream.WriteAsync(Encoding.UTF8.GetBytes(text), token).AsTask();
}
