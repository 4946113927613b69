using System.Security.Cryptography;
using System.Text.Json;

namespace Cco.Pipeline.Intake;

/// <summary>
/// The name of what a file says to a table. The same bytes have the same name, whatever the file is called, so they land once;
/// a table that reads them otherwise (another mapping, another record id) gives them another, so they are read anew.
/// </summary>
public static class ContentId
{
    /// <summary>Reads the stream to its end.</summary>
    /// <returns>16 lower-case hexadecimal digits.</returns>
    public static async Task<string> OfAsync(Stream content, LandingTable table, CancellationToken cancellationToken)
    {
        var bytes = await SHA256.HashDataAsync(content, cancellationToken);
        var way = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                Stream = table.Stream.ToString(),
                table.Columns.RecordId,
                table.Columns.UpdatedAt,
                table.Columns.Mapping,
                table.Csv.Delimiter,
                table.Csv.Encoding,
                table.Csv.Quote,
            },
            PipelineJson.Compact);
        return Convert.ToHexStringLower(SHA256.HashData([.. bytes, .. way]))[..16];
    }
}
