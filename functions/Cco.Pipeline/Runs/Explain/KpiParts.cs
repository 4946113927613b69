using System.Data.Common;
using System.Globalization;
using Cco.Pipeline.Publish;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Runs;

/// <summary>The parts of the number that <see cref="KpiNumbers"/> found last; each question narrows what the next one is about.</summary>
internal sealed class KpiParts(EngineSession session, Kpi kpi, CancellationToken cancellationToken)
{
    private const string ByCustomer =
        """
        select
            part.customer_key,
            any_value(dim_customer.name) as name,
            cast(sum(part.numerator) as decimal(18, 4)) as numerator,
            cast(sum(part.denominator) as decimal(18, 4)) as denominator,
            cast(sum(part.n) as bigint) as n
        from part
        left join dim_customer on part.customer_key = dim_customer.customer_key
        group by part.customer_key
        """;

    /// <summary>The customers that contribute; what comes from none that is known counts as one.</summary>
    public long CustomerCount => session.Scalar<long>("select count(distinct coalesce(customer_key, '')) from part", cancellationToken);

    /// <summary>Computes what each customer contributes to the number, by the SQL that the mart of contributions is made by.</summary>
    public void TakeApart(string contributions, KpiPeriod period)
    {
        session.Execute("set variable contribution_months = (select last_month() - closing_month + 1 from question)", cancellationToken);
        session.Execute(
            $"""
            create or replace temp table part as
            select contributions.*
            from (
            {contributions}
            ) as contributions
            where contributions.kpi = {Sql.Text(kpi.Name)}
                and contributions.period_type = {Sql.Text(period.Type)}
                and contributions.period_start = date '{period.Start:yyyy-MM-dd}'
            """,
            cancellationToken);
        session.Execute(
            $"""
            delete from part
            where not list_contains(
                list_transform(
                    contribution_segments({Contributions.Segments}),
                    lambda place: row(place.dimension, place.value)
                ),
                (select row(segment_dimension, segment_value) from question)
            )
            """,
            cancellationToken);
    }

    /// <summary>What all customers contribute.</summary>
    /// <exception cref="TransformException">It is not the published number.</exception>
    public KpiPart Total(PublishedNumber number)
    {
        var total = session.Query(
            """
            select
                cast(coalesce(sum(numerator), 0) as decimal(18, 4)),
                cast(coalesce(sum(denominator), (select denominator * 0 from question)) as decimal(18, 4)),
                cast(coalesce(sum(n), 0) as bigint)
            from part
            """,
            reader => KpiPart.Read(reader, 0),
            cancellationToken).Single();
        return total == number.Total ? total : throw Contradiction(
            $"what customers contribute to {kpi.Name}, {Shown(total)}, is not what fct_kpi has, {Shown(number.Total)}.");
    }

    /// <summary>The customers that contribute most.</summary>
    public IReadOnlyList<KpiCustomer> Largest(int count) => session.Query(
        $"select * from ({ByCustomer}) order by abs(numerator) desc, abs(denominator) desc, n desc, customer_key limit {count}", Customer, cancellationToken);

    /// <summary>Finds the customer; from here on everything is about its part.</summary>
    /// <exception cref="ArgumentException">No such customer contributes.</exception>
    public KpiCustomer ChooseCustomer(string name)
    {
        var isNone = name == KpiQuestion.NoCustomer;
        var found = session.Query(
            $"""
            select * from ({ByCustomer})
            where {(isNone ? "customer_key is null" : $"customer_key = {Sql.Text(name)} or lower(name) = lower({Sql.Text(name)})")}
            order by customer_key
            """,
            Customer,
            cancellationToken);
        var customer = found switch
        {
            [var only] => only,
            [] => throw new ArgumentException(
                $"{(isNone ? "Nothing without a customer" : $"No customer '{name}'")} contributes to this number. The largest that do: {string.Join(", ", Largest(3).Select(Named))}.", nameof(name)),
            _ => throw new ArgumentException($"Several customers are called '{name}': {string.Join(", ", found.Select(Named))}. Give the key.", nameof(name)),
        };
        session.Execute($"update question set customer_key = {(isNone ? "null" : Sql.Text(customer.CustomerKey!))}", cancellationToken);
        session.Execute("delete from part where customer_key is distinct from (select customer_key from question)", cancellationToken);
        return customer;
    }

    /// <summary>Answers a question about the customer.</summary>
    /// <exception cref="TransformException">What should add up does not.</exception>
    public KpiEvidence Answer(Evidence evidence)
    {
        var isOfSegment = session.Scalar<bool>("select segment_dimension <> 'all' from question", cancellationToken);
        var answer = Read(evidence, evidence.Sql);
        var names = answer.Columns.Select(column => column.Name).ToList();
        var sums = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var (column, expected) in Expected(evidence))
        {
            var index = names.IndexOf(column);
            sums[column] = answer.Rows.Sum(row => row[index] is { } value ? Convert.ToDecimal(value, CultureInfo.InvariantCulture) : 0);
            if (sums[column] != expected)
            {
                throw Contradiction($"'{evidence.Title}': {column} adds up to {sums[column]:0.####} where {expected:0.####} is published.");
            }
        }

        return new KpiEvidence(evidence.Title, answer.Columns, answer.Rows, sums, evidence.IsOfWholeCustomer && isOfSegment);
    }

    /// <summary>Models of an overlay may be others than those that the question was written for.</summary>
    private QueryResult Read(Evidence evidence, string select)
    {
        try
        {
            return session.Read(select, QueryResult.Read, cancellationToken);
        }
        catch (EngineException exception)
        {
            throw new TransformException(SqlProblem.In(Contributions.File, $"'{evidence.Title}' cannot be shown from these models: {exception.Message}"));
        }
    }

    private static KpiCustomer Customer(DbDataReader reader) =>
        new(reader.IsDBNull(0) ? null : reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1), KpiPart.Read(reader, 2));

    private static string Named(KpiCustomer customer) =>
        customer.CustomerKey is null ? KpiQuestion.NoCustomer : customer.Name is null ? customer.CustomerKey : $"{customer.CustomerKey} ({customer.Name})";

    private static string Shown(KpiPart part) => $"{part.Numerator:0.####}{(part.Denominator is { } denominator ? $" / {denominator:0.####}" : "")} of n {part.N}";

    private static TransformException Contradiction(string message) => new(SqlProblem.In(
        Contributions.File, $"{message} The results in the lake contradict each other: report it, with the run of `cco status`."));

    private List<(string Column, decimal Expected)> Expected(Evidence evidence)
    {
        if (evidence.AddsUpTo is not { } select)
        {
            return [];
        }

        var expected = Read(evidence, select);
        return expected.Columns.Zip(expected.Rows.Single()).Where(column => column.Second is not null)
            .Select(column => (column.First.Name, Convert.ToDecimal(column.Second, CultureInfo.InvariantCulture))).ToList();
    }
}
