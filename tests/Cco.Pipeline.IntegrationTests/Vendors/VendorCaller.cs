using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Cco.Pipeline.Cli.Vendors;

namespace Cco.Pipeline.IntegrationTests.Vendors;

/// <summary>Asks one vendor's server, as a program of a customer of the vendor would.</summary>
internal sealed class VendorCaller : IAsyncDisposable
{
    private readonly VendorServers servers;
    private readonly HttpClient client = new();

    private VendorCaller(VendorServers servers) => this.servers = servers;

    /// <summary>What every request shows.</summary>
    public HttpRequestHeaders Headers => client.DefaultRequestHeaders;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Starts the server.</summary>
    public static async Task<VendorCaller> StartAsync(IVendorServer server) => new(await VendorServers.StartAsync([server], Cancel));

    /// <summary>Asks for what is at a path below the address that the source is read from, or at an address.</summary>
    public Task<(HttpResponseMessage Answer, JsonElement Body)> AskAsync(string path) => AskAsync(new HttpRequestMessage(HttpMethod.Get, Address(path)));

    /// <summary>Sends JSON to a path.</summary>
    public Task<(HttpResponseMessage Answer, JsonElement Body)> PostAsync(string path, object body) =>
        AskAsync(new HttpRequestMessage(HttpMethod.Post, Address(path)) { Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json") });

    /// <summary>Sends the fields of a form to a path.</summary>
    public Task<(HttpResponseMessage Answer, JsonElement Body)> FormAsync(string path, params (string Name, string Value)[] fields) =>
        AskAsync(new HttpRequestMessage(HttpMethod.Post, Address(path)) { Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))) });

    /// <summary>The text at a path.</summary>
    public Task<string> TextAsync(string path) => client.GetStringAsync(Address(path), Cancel);

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await servers.DisposeAsync();
    }

    private Uri Address(string path) => path.StartsWith("http", StringComparison.Ordinal) ? new Uri(path) : new Uri(servers.SettingsOf(servers.Servers[0]).BaseUrl + path);

    private async Task<(HttpResponseMessage Answer, JsonElement Body)> AskAsync(HttpRequestMessage request)
    {
        using var asked = request;
        var answer = await client.SendAsync(asked, Cancel);
        return (answer, JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync(Cancel)));
    }
}
