using System.Text;
using Cco.Pipeline.Land;

namespace Cco.Pipeline.Tests.Land;

/// <summary>What a lake promises, wherever it is.</summary>
public abstract class LakeTests : IAsyncLifetime
{
    /// <summary>The lake of this test; nothing is in it.</summary>
    protected ILake Lake { get; private set; } = null!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Lake = await OpenAsync();

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Of_many_writers_of_one_file_exactly_one_wins_and_its_bytes_stay()
    {
        var path = new LakePath("raw/a/b/c.parquet");

        var won = await Task.WhenAll(Enumerable.Range(0, 20).Select(writer => Task.Run(() => Lake.WriteOnceAsync(path, Writes($"writer {writer}"), Cancel))));

        Assert.Single(won, isWinner => isWinner);
        var written = Encoding.UTF8.GetString((await Lake.ReadAsync(path, Cancel))!.Content.Span);
        Assert.False(await Lake.WriteOnceAsync(path, Writes("late"), Cancel));
        Assert.Equal(written, Encoding.UTF8.GetString((await Lake.ReadAsync(path, Cancel))!.Content.Span));
    }

    [Fact]
    public async Task A_write_that_fails_half_way_leaves_nothing()
    {
        var path = new LakePath("raw/a.parquet");

        await Assert.ThrowsAsync<InvalidDataException>(() => Lake.WriteOnceAsync(
            path,
            async (stream, token) =>
            {
                await stream.WriteAsync("half"u8.ToArray(), token);
                throw new InvalidDataException();
            },
            Cancel));

        Assert.False(await Lake.ExistsAsync(path, Cancel));
        Assert.Empty(await Lake.ListAsync(null, Cancel).ToListAsync(Cancel));
    }

    [Fact]
    public async Task A_document_is_replaced_only_under_the_tag_that_was_read()
    {
        var path = new LakePath("state/a.json");
        var first = await Lake.ReplaceAsync(path, "1"u8.ToArray(), tag: null, Cancel);
        var second = await Lake.ReplaceAsync(path, "2"u8.ToArray(), first, Cancel);

        await Assert.ThrowsAsync<LakeConflictException>(() => Lake.ReplaceAsync(path, "3"u8.ToArray(), first, Cancel));
        await Assert.ThrowsAsync<LakeConflictException>(() => Lake.ReplaceAsync(path, "3"u8.ToArray(), tag: null, Cancel));

        Assert.Equal(second, (await Lake.ReadAsync(path, Cancel))!.Tag);
    }

    [Fact]
    public async Task A_lease_has_one_holder_who_is_named_to_others_and_is_free_afterwards()
    {
        var path = new LakePath("leases/run");
        await using (await Lake.LeaseAsync(path, "the first", Cancel))
        {
            var refused = await Assert.ThrowsAsync<LakeLeasedException>(() => Lake.LeaseAsync(path, "the second", Cancel));

            Assert.Equal("the first", refused.Holder);
        }

        await using var free = await Lake.LeaseAsync(path, "the second", Cancel);
    }

    [Fact]
    public async Task A_lease_that_is_held_says_so()
    {
        await using var lease = await Lake.LeaseAsync(new LakePath("leases/run"), "the first", Cancel);

        await lease.HoldAsync(Cancel);
    }

    [Fact]
    public async Task A_lease_that_someone_took_away_is_lost()
    {
        var path = new LakePath("leases/run");
        await using var lost = await Lake.LeaseAsync(path, "the first", Cancel);
        await TakeAwayAsync(path);
        await using var taken = await Lake.LeaseAsync(path, "the second", Cancel);

        await Assert.ThrowsAsync<LakeLeaseLostException>(() => lost.HoldAsync(Cancel));

        await taken.HoldAsync(Cancel);
    }

    [Fact]
    public async Task Leases_are_not_listed()
    {
        await using var lease = await Lake.LeaseAsync(new LakePath("leases/run"), "the first", Cancel);
        await Lake.ReplaceAsync(new LakePath("state/a.json"), "1"u8.ToArray(), tag: null, Cancel);

        Assert.Equal(["state/a.json"], await Lake.ListAsync(null, Cancel).Select(file => file.Path.Value).ToListAsync(Cancel));
    }

    [Fact]
    public async Task A_file_of_this_machine_that_is_taken_in_is_gone_here_and_whole_there()
    {
        var (once, again) = (await LocalFileAsync("once"), await LocalFileAsync("again"));
        var path = new LakePath("models/a/b.parquet");

        Assert.True(await Lake.ImportOnceAsync(once, path, Cancel));
        Assert.False(await Lake.ImportOnceAsync(again, path, Cancel));

        Assert.Equal("once", await TextAsync(path));
        Assert.Equal("once", await File.ReadAllTextAsync(await Lake.LocalAsync(path, Cancel), Cancel));
        Assert.False(File.Exists(once) || File.Exists(again));
    }

    [Fact]
    public async Task A_file_that_takes_the_place_of_another_is_what_readers_get_from_then_on()
    {
        var path = new LakePath("marts/warehouse.duckdb");
        await Lake.ImportAsync(await LocalFileAsync("old"), path, Cancel);
        await using var reader = await Lake.OpenReadAsync(path, Cancel);

        await Lake.ImportAsync(await LocalFileAsync("newer"), path, Cancel);

        using var old = new StreamReader(reader);
        Assert.Equal("old", await old.ReadToEndAsync(Cancel));
        Assert.Equal("newer", await File.ReadAllTextAsync(await Lake.LocalAsync(path, Cancel), Cancel));
    }

    [Fact]
    public async Task A_copy_takes_the_place_of_what_is_there_and_leaves_the_original()
    {
        var (source, target) = (new LakePath("marts/runs/1/a.parquet"), new LakePath("marts/latest/a.parquet"));
        await Lake.WriteOnceAsync(source, Writes("new"), Cancel);
        await Lake.WriteOnceAsync(target, Writes("old"), Cancel);

        await Lake.CopyAsync(source, target, Cancel);

        Assert.Equal(("new", "new"), (await TextAsync(source), await TextAsync(target)));
    }

    [Fact]
    public async Task A_file_that_is_moved_is_there_and_no_more_here()
    {
        var (source, target) = (new LakePath("landing/a/ä & b #1 100%.csv"), new LakePath("landing-done/a/ä & b #1 100%.csv"));
        await Lake.WriteOnceAsync(source, Writes("rows"), Cancel);

        await Lake.MoveAsync(source, target, Cancel);

        Assert.False(await Lake.ExistsAsync(source, Cancel));
        Assert.Equal("rows", await TextAsync(target));
        await Assert.ThrowsAsync<FileNotFoundException>(() => Lake.MoveAsync(source, target, Cancel));
    }

    [Fact]
    public async Task What_is_not_there_is_not_there()
    {
        var path = new LakePath("raw/nothing");
        await Lake.DeleteAsync(path, Cancel);

        Assert.False(await Lake.ExistsAsync(path, Cancel));
        Assert.Null(await Lake.ReadAsync(path, Cancel));
        await Assert.ThrowsAsync<FileNotFoundException>(() => Lake.OpenReadAsync(path, Cancel));
    }

    [Fact]
    public async Task Files_are_listed_by_path_and_what_is_not_there_is_an_empty_listing()
    {
        await Lake.WriteOnceAsync(new LakePath("raw/b/2"), Writes("22"), Cancel);
        await Lake.WriteOnceAsync(new LakePath("raw/a/1"), Writes("1"), Cancel);

        var files = await Lake.ListAsync(new LakePath("raw"), Cancel).ToListAsync(Cancel);

        Assert.Equal([("raw/a/1", 1), ("raw/b/2", 2)], files.Select(file => (file.Path.Value, file.Length)));
        Assert.Empty(await Lake.ListAsync(new LakePath("nothing"), Cancel).ToListAsync(Cancel));
    }

    protected abstract Task<ILake> OpenAsync();

    /// <summary>Ends a lease whose holder knows nothing of it.</summary>
    protected abstract Task TakeAwayAsync(LakePath lease);

    protected static async Task<string> LocalFileAsync(string text)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, text, Cancel);
        return file;
    }

    protected async Task<string> TextAsync(LakePath path) => Encoding.UTF8.GetString((await Lake.ReadAsync(path, Cancel))!.Content.Span);

    protected static Func<Stream, CancellationToken, Task> Writes(string text) => (stream, token) => stream.WriteAsync(Encoding.UTF8.GetBytes(text), token).AsTask();
}
