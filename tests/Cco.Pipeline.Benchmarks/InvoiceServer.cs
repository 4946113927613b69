using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Cco.Pipeline.Benchmarks;

/// <summary>
/// A server on this machine, in a process of its own, that gives invoices like those of a payment provider: 800 bytes each, in pages of 100, the
/// next page asked for by the id of the last one. It costs as little as it can, so that it is the reader that is measured.
/// </summary>
internal static class InvoiceServer
{
    private const int Page = 100;
    private const int Bytes = 800;
    private const int IdDigits = 10;

    private static readonly byte[] Head = """{"object":"list","url":"/v1/invoices","data":["""u8.ToArray();
    private static readonly byte[] Id = """{"id":"in_"""u8.ToArray();
    private static readonly byte[] Rest = Invoice();

    /// <summary>Serves until the process is ended; prints its address first.</summary>
    public static async Task<int> ServeAsync(int invoices)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var app = builder.Build();
        app.Run(context => AnswerAsync(context, invoices));
        await app.StartAsync();
        Console.WriteLine(app.Urls.Single());
        await Task.Delay(Timeout.Infinite);
        return 0;
    }

    private static async Task AnswerAsync(HttpContext context, int invoices)
    {
        var after = context.Request.Query["starting_after"].ToString();
        var start = after.Length == 0 ? 0 : int.Parse(after.AsSpan(3), CultureInfo.InvariantCulture) + 1;
        var end = Math.Min(start + Page, invoices);
        var tail = end < invoices ? "],\"has_more\":true}"u8 : "],\"has_more\":false}"u8;
        var body = new byte[Head.Length + ((end - start) * (Bytes + 1)) - (end > start ? 1 : 0) + tail.Length];
        var at = Copy(Head, body, 0);
        for (var invoice = start; invoice < end; invoice++)
        {
            at = invoice > start ? Copy(","u8, body, at) : at;
            at = Copy(Id, body, at);
            invoice.TryFormat(body.AsSpan(at), out _, $"D{IdDigits}", CultureInfo.InvariantCulture);
            at = Copy(Rest, body, at + IdDigits);
        }

        Copy(tail, body, at);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body);
    }

    private static int Copy(ReadOnlySpan<byte> part, byte[] body, int at)
    {
        part.CopyTo(body.AsSpan(at));
        return at + part.Length;
    }

    /// <summary>An invoice from behind its id to its end, filled up by a description.</summary>
    private static byte[] Invoice()
    {
        const string Fields = """
            ","object":"invoice","amount_due":11900,"amount_paid":11900,"amount_remaining":0,"attempt_count":1,"attempted":true,"billing_reason":"subscription_cycle","collection_method":"charge_automatically","created":1704067200,"currency":"eur","customer":"cus_QXg1o8vcGmoR32","due_date":null,"effective_at":1704067200,"lines":{"object":"list","has_more":false,"data":[{"id":"il_1","amount":11900,"currency":"eur","quantity":7,"period":{"start":1704067200,"end":1706745600},"parent":{"type":"subscription_item_details","subscription_item_details":{"subscription":"sub_1","subscription_item":"si_1"}}}]},"livemode":true,"status":"paid","total":11900,"description":"
            """;
        const string End = "\"}";
        var length = Bytes - Id.Length - IdDigits - Fields.Length - End.Length;
        return Encoding.ASCII.GetBytes(Fields + new string('x', length) + End);
    }
}
