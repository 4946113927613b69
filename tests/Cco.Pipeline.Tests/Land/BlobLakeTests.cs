using System.Text;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Cco.Pipeline.Land;
using Microsoft.AspNetCore.Http;

namespace Cco.Pipeline.Tests.Land;

public sealed class BlobLakeTests(Azurite azurite) : LakeTests
{
    private const int Big = 40 << 20;

    private LakeOptions options = null!;

    [Fact]
    public async Task A_big_file_arrives_whole_in_blocks_and_nothing_of_it_is_seen_before()
    {
        var path = new LakePath("raw/a/big");
        var (bytes, seen) = (new byte[Big], 0);
        new Random(7).NextBytes(bytes);
        await using var proxy = await FaultProxy.StartAsync(await azurite.AddressAsync(), async request =>
        {
            if (request.Query["comp"] == "block")
            {
                Interlocked.Increment(ref seen);
                Assert.False(await Lake.ExistsAsync(path, Cancel));
            }

            return Fault.None;
        });

        await Azurite.Open(Azurite.Reached(options, proxy.Address)).WriteOnceAsync(path, (stream, token) => stream.WriteAsync(bytes, token).AsTask(), Cancel);

        Assert.InRange(seen, Big >> 23, int.MaxValue);
        var elsewhere = Azurite.Open(ElsewhereOf(options));
        Assert.Equal(bytes, await File.ReadAllBytesAsync(await elsewhere.LocalAsync(path, Cancel), Cancel));
    }

    [Theory]
    [InlineData(Fault.AnswerLost)]
    [InlineData(Fault.Refused)]
    public async Task A_write_whose_answer_was_lost_or_was_wrong_has_been_done_once(Fault fault)
    {
        var faults = 0;
        await using var proxy = await FaultProxy.StartAsync(
            await azurite.AddressAsync(), request => Task.FromResult(FaultProxy.IsConditionalWrite(request) && ++faults % 2 == 1 ? fault : Fault.None));
        var lake = Azurite.Open(Azurite.Reached(options, proxy.Address));

        Assert.True(await lake.WriteOnceAsync(new LakePath("raw/a"), Writes("1"), Cancel));
        var tag = await lake.ReplaceAsync(new LakePath("state/a"), "1"u8.ToArray(), tag: null, Cancel);
        tag = await lake.ReplaceAsync(new LakePath("state/a"), "2"u8.ToArray(), tag, Cancel);

        Assert.Equal(tag, (await Lake.ReadAsync(new LakePath("state/a"), Cancel))!.Tag);
        Assert.Equal(("1", "2"), (await TextAsync(new LakePath("raw/a")), await TextAsync(new LakePath("state/a"))));
    }

    [Fact]
    public async Task Bytes_that_this_machine_has_are_not_downloaded_wherever_they_are()
    {
        var downloads = 0;
        await using var proxy = await FaultProxy.StartAsync(await azurite.AddressAsync(), request =>
        {
            downloads += HttpMethods.IsGet(request.Method) ? 1 : 0;
            return Task.FromResult(Fault.None);
        });
        var lake = Azurite.Open(Azurite.Reached(options, proxy.Address));
        await lake.WriteOnceAsync(new LakePath("models/a"), Writes("rows"), Cancel);
        await lake.CopyAsync(new LakePath("models/a"), new LakePath("marts/latest/a"), Cancel);

        await lake.LocalAsync(new LakePath("models/a"), Cancel);
        await lake.LocalAsync(new LakePath("marts/latest/a"), Cancel);
        Assert.Equal(0, downloads);

        var elsewhere = Azurite.Open(ElsewhereOf(Azurite.Reached(options, proxy.Address)));
        await elsewhere.LocalAsync(new LakePath("models/a"), Cancel);
        await elsewhere.LocalAsync(new LakePath("marts/latest/a"), Cancel);
        Assert.Equal(1, downloads);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(Big)]
    public async Task Bytes_that_arrive_otherwise_than_they_were_sent_are_refused_in_one_request_and_in_blocks(int length)
    {
        await using var proxy = await FaultProxy.StartAsync(
            await azurite.AddressAsync(), request => Task.FromResult(HttpMethods.IsPut(request.Method) && request.ContentLength > 0 ? Fault.Damaged : Fault.None));
        var lake = Azurite.Open(Azurite.Reached(options, proxy.Address));

        var refused = await Assert.ThrowsAsync<IOException>(() => lake.WriteOnceAsync(new LakePath("raw/a"), (stream, token) => stream.WriteAsync(new byte[length], token).AsTask(), Cancel));

        Assert.Contains("Md5Mismatch", refused.Message, StringComparison.Ordinal);
        Assert.False(await Lake.ExistsAsync(new LakePath("raw/a"), Cancel));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Bytes_that_do_not_have_their_hash_are_refused(bool areOurs)
    {
        await Lake.WriteOnceAsync(new LakePath("raw/a"), Writes("rows"), Cancel);
        var blob = Client(options).GetBlobClient("raw/a");
        Dictionary<string, string> wrong = areOurs ? new(StringComparer.Ordinal) { ["cco_xxh128"] = "00" } : [];
        await blob.SetMetadataAsync(wrong, cancellationToken: Cancel);
        await blob.SetHttpHeadersAsync(new() { ContentHash = areOurs ? (await blob.GetPropertiesAsync(cancellationToken: Cancel)).Value.ContentHash : Encoding.ASCII.GetBytes("0123456789abcdef") }, cancellationToken: Cancel);

        var refused = await Assert.ThrowsAsync<IOException>(() => Azurite.Open(ElsewhereOf(options)).LocalAsync(new LakePath("raw/a"), Cancel));

        Assert.Contains("'raw/a' did not arrive", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_of_a_hierarchical_account_is_no_file()
    {
        await Lake.WriteOnceAsync(new LakePath("raw/a/b"), Writes("rows"), Cancel);
        await Client(options).GetBlobClient("raw/a").UploadAsync(
            new BinaryData([]), new Azure.Storage.Blobs.Models.BlobUploadOptions { Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["hdi_isfolder"] = "true" } }, Cancel);

        Assert.Equal(["raw/a/b"], await Lake.ListAsync(new LakePath("raw"), Cancel).Select(file => file.Path.Value).ToListAsync(Cancel));
    }

    [Fact]
    public async Task A_wrong_key_and_an_account_that_does_not_answer_are_said_with_what_to_do()
    {
        var refused = Azurite.Open(new LakeOptions { Container = options.Container, ConnectionString = options.ConnectionString!.Replace("Eby8", "AAAA", StringComparison.Ordinal), Cache = options.Cache });
        var nowhere = Azurite.Reached(options, new Uri("http://127.0.0.1:1/"));
        nowhere.Retries = 1;

        var wrong = await Assert.ThrowsAsync<IOException>(() => refused.ReadAsync(new LakePath("a"), Cancel));
        var silent = await Assert.ThrowsAsync<IOException>(() => Azurite.Open(nowhere).ReadAsync(new LakePath("a"), Cancel));

        Assert.Contains("Storage Blob Data Contributor", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("does not answer", silent.Message, StringComparison.Ordinal);
    }

    protected override async Task<ILake> OpenAsync() => Azurite.Open(options = await azurite.NewLakeAsync());

    protected override async Task TakeAwayAsync(LakePath lease) => await Client(options).GetBlobClient(lease.Value).GetBlobLeaseClient().BreakAsync(TimeSpan.Zero, cancellationToken: Cancel);

    /// <summary>The same lake from a machine that has no copies of it.</summary>
    private static LakeOptions ElsewhereOf(LakeOptions lake) =>
        new() { Container = lake.Container, ConnectionString = lake.ConnectionString, Cache = lake.Cache + "-elsewhere", RetryDelay = lake.RetryDelay };

    private static BlobContainerClient Client(LakeOptions lake) => new(lake.ConnectionString, lake.Container![(lake.Container!.LastIndexOf('/') + 1)..]);
}
