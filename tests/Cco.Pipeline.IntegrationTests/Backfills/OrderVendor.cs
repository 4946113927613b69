using System.Globalization;
using System.Text.Json;
using Cco.Pipeline.Tests.Extract;

namespace Cco.Pipeline.IntegrationTests.Backfills;

/// <summary>A vendor with streams of orders, three a day in each, and an installation that reads and counts them.</summary>
internal sealed class OrderVendor : IAsyncDisposable
{
    public const int OrdersOfDay = 3;
    public static readonly DateOnly First = new(2023, 1, 1);

    private const int Page = 50;

    private const string Kpi =
        """
        -- Grain: one row per KPI, period and segment.
        with orders as (
            select amount, date_trunc('month', ordered_date)::date as period_start
            from order_line
            where ordered_date < getvariable('as_of') and deleted_at is null
        )
        select
            'ordered_amount' as kpi,
            'month' as period_type,
            period_start,
            (period_start + interval 1 month)::date as period_end,
            'all' as segment_dimension,
            'all' as segment_value,
            cast(sum(amount) as decimal(18, 4)) as numerator,
            null::decimal(18, 4) as denominator,
            cast(sum(amount) as double) as value,
            1::bigint as definition_version
        from orders
        group by all
        """;

    private const string KpiContract =
        """
        create table marts.fct_kpi (
            kpi varchar, period_type varchar, period_start date, period_end date, segment_dimension varchar, segment_value varchar,
            numerator decimal(18, 4), denominator decimal(18, 4), value double, definition_version bigint,
            primary key (kpi, period_type, period_start, segment_dimension, segment_value)
        );
        comment on table marts.fct_kpi is 'KPIs.'; comment on column marts.fct_kpi.kpi is 'KPI.';
        comment on column marts.fct_kpi.period_type is 'Kind.'; comment on column marts.fct_kpi.period_start is 'From.';
        comment on column marts.fct_kpi.period_end is 'Until.'; comment on column marts.fct_kpi.segment_dimension is 'By.';
        comment on column marts.fct_kpi.segment_value is 'Who.'; comment on column marts.fct_kpi.numerator is 'What.';
        comment on column marts.fct_kpi.denominator is 'By what.'; comment on column marts.fct_kpi.value is 'Value.';
        comment on column marts.fct_kpi.definition_version is 'Version.';
        """;

    private readonly LoopbackServer server;

    private OrderVendor(LoopbackServer server) => this.server = server;

    /// <summary>Starts it.</summary>
    /// <param name="days">Days from the first one on that there are orders of.</param>
    /// <param name="ask">Is asked before a page is answered, with the key it was asked with.</param>
    /// <param name="price">What the order of a day costs.</param>
    public static async Task<OrderVendor> StartAsync(int days, Func<string, Asked, CancellationToken, Task>? ask = null, Func<DateOnly, decimal>? price = null) => new(
        await LoopbackServer.StartAsync(async (context, asked) =>
        {
            await (ask?.Invoke(asked.Headers["Authorization"]["Bearer ".Length..], asked, context.RequestAborted) ?? Task.CompletedTask);
            await LoopbackServer.JsonAsync(context, Answer(asked, days, price ?? (_ => 10)));
        }));

    /// <summary>An installation that reads so many streams of it.</summary>
    public Installation Install(int streams)
    {
        var installation = Shop.Install();
        var names = Enumerable.Range(1, streams).Select(number => $"s{number:00}").ToList();
        installation.Write("own/sources/vendor.yaml", $$"""
            source: vendor
            title: Vendor
            kind: other
            documentation: https://example.com/docs
            setup: [Ask for a key.]
            secrets: { key: The key. }
            base_url: https://example.com
            authentication: { kind: bearer, secret: key }
            limits: { requests_per_second: 1000 }
            test: { path: /ping }
            streams:
            {{string.Join('\n', names.Select(Described))}}
            """);
        foreach (var name in names)
        {
            installation.Write($"own/models/staging/vendor/stg_vendor_{name}__order_line.sql", $"""
                -- Grain: one row per order and reading of it.
                -- Scope: company
                select
                    origin,
                    'vendor_{name}' as source,
                    payload ->> '$.id' as order_id,
                    payload ->> '$.customer' as customer_name,
                    payload ->> '$.amount' as amount,
                    payload ->> '$.at' as ordered_date
                from raw.vendor__{name}
                """);
        }

        installation.Write("sql/models/marts/fct_kpi.sql", Kpi);
        installation.Write("sql/models/marts/fct_kpi.contract.sql", KpiContract);
        installation.Configure(installation.PathOf("sql"), installation.PathOf("own"));
        installation.Environment["CCO_Sources__vendor__BaseUrl"] = server.Address.ToString();
        installation.Environment["CCO_Sources__vendor__Start"] = $"{First:yyyy-MM-dd}";
        Key(installation, "worker");
        return installation;
    }

    /// <summary>From now on the program is started with this key.</summary>
    public static void Key(Installation installation, string key) => installation.Environment["CCO_Sources__vendor__Secrets__key"] = key;

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private static string Described(string name) =>
        $$"""
          {{name}}:
            description: An order.
            path: /{{name}}
            query: { from: { window: from, format: unix }, to: { window: to, format: unix } }
            records: items
            id: [id]
            updated_at: at
            paging: { kind: cursor, parameter: cursor, token: next }
            incremental: { first_window: 30.00:00:00, field: at }
        """;

    private static string Answer(Asked asked, int days, Func<DateOnly, decimal> price)
    {
        var (from, to) = (Instant(asked["from"]), Instant(asked["to"]));
        var start = int.Parse(asked["cursor"] ?? "0", CultureInfo.InvariantCulture);
        var orders = Enumerable.Range(0, days * OrdersOfDay)
            .Select(number => (Number: number, At: new DateTimeOffset(First.ToDateTime(new TimeOnly(8 + (number % OrdersOfDay), 0)), TimeSpan.Zero).AddDays(number / OrdersOfDay)))
            .Where(order => order.At >= from && order.At < to).ToList();
        return JsonSerializer.Serialize(new
        {
            items = orders.Skip(start).Take(Page)
                .Select(order => new { id = $"{asked.Path[1..]}-{order.Number:000000}", customer = $"c{order.Number % 7}", amount = price(DateOnly.FromDateTime(order.At.UtcDateTime)), at = order.At }),
            next = start + Page < orders.Count ? $"{start + Page}" : null,
        });
    }

    private static DateTimeOffset Instant(string? text) => DateTimeOffset.FromUnixTimeSeconds(long.Parse(text!, CultureInfo.InvariantCulture));
}
