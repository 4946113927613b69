using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cco.Pipeline.Runs;

namespace Cco.Pipeline.IntegrationTests.RealInput;

/// <summary>Tickets with line breaks in their text, ratings, and instants in an impossible order.</summary>
public sealed class SupportTicketTests(SupportTicketTests.Run run) : IClassFixture<SupportTicketTests.Run>
{
    public sealed class Run() : RealRun("support-tickets-8k", "2023-07-01", ("support_ticket", "customer_support_tickets.csv"));

    private IEnumerable<IReadOnlyDictionary<string, string>> Rated => run.Records("support_ticket").Where(ticket => ticket["Customer Satisfaction Rating"].Length > 0);

    [Fact]
    public void The_run_succeeds_and_publishes()
    {
        Assert.Null(run.Report.Error);
        Assert.True(run.Report.Published);
    }

    [Fact]
    public async Task Every_ticket_is_one_row_with_its_line_breaks()
    {
        var tickets = run.Records("support_ticket");

        var receipt = Assert.Single(run.Report.Files);

        Assert.Equal((FileOutcome.Landed, tickets.Count, 0), (receipt.Outcome, receipt.Rows, receipt.Rejected));
        Assert.Equal([$"{tickets.Count}|{tickets.Count}"], await run.Installation.QueryAsync("select count(*), count(distinct ticket_id) from fct_ticket"));
        Assert.Empty(await run.Installation.QuarantinedAsync());
        Assert.Equal(
            tickets.Select(ticket => $"{ticket["Ticket ID"]}|{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ticket["Ticket Description"])))}"),
            Duck.Query(
                $"""
                select payload ->> '$."Ticket ID"', sha256(payload ->> '$."Ticket Description"')
                from read_parquet('{run.Installation.InLake(receipt.RawFile!)}')
                order by position
                """));
    }

    [Fact]
    public async Task Statuses_are_those_of_the_file()
    {
        var expected = run.Records("support_ticket").GroupBy(ticket => ticket["Ticket Status"].Split(' ')[0].ToLowerInvariant()).Select(group => $"{group.Key}|{group.Count()}");

        Assert.Equal(
            expected.Order(StringComparer.Ordinal), await run.Installation.QueryAsync("select status, count(*) from fct_ticket group by all order by status"));
    }

    [Fact]
    public async Task Tickets_resolved_before_they_were_answered_are_flagged_and_not_dropped()
    {
        var flagged = run.Records("support_ticket").Where(ticket => ticket["Time to Resolution"].Length > 0)
            .Where(ticket => Instant(ticket["Time to Resolution"]) < Instant(ticket["First Response Time"]))
            .OrderBy(ticket => ticket["Ticket ID"], StringComparer.Ordinal).ToList();

        Assert.Equal(
            flagged.Select(ticket => $"{ticket["Ticket ID"]}|{ticket["First Response Time"]}|{ticket["Time to Resolution"]}"),
            await run.Installation.QueryAsync(
                """
                select ticket_id, first_replied_at::varchar, solved_at::varchar
                from fct_ticket where has_resolution_before_reply order by ticket_id
                """));
        Assert.Equal(1365, flagged.Count);
    }

    [Fact]
    public async Task Satisfaction_by_month_is_the_share_of_ratings_four_and_five()
    {
        var expected = Rated.GroupBy(ticket => ticket["Time to Resolution"][..7], StringComparer.Ordinal).OrderBy(month => month.Key, StringComparer.Ordinal)
            .Select(month => (Month: month.Key, All: month.Count(), Good: month.Count(ticket => ticket["Customer Satisfaction Rating"] is "4.0" or "5.0"), Sum: month.Sum("Customer Satisfaction Rating")))
            .Select(month => $"{month.Month}-01|{month.All}|{month.Good}|{(double)month.Good / month.All:0.000000000}|{month.Sum:0.0000}");

        Assert.Equal(
            expected,
            await run.Installation.QueryAsync(
                """
                select period_start, answered_count, top_box_count, printf('%.9f', score), score_sum
                from fct_survey_score
                where survey_type = 'csat' and survey_kind = 'transactional' and period_type = 'month'
                    and segment_dimension = 'all' and answered_count > 0
                order by period_start
                """));
    }

    [Fact]
    public void Ratings_are_those_of_the_file()
    {
        var expected = Rated.GroupBy(ticket => ticket["Customer Satisfaction Rating"], StringComparer.Ordinal).Select(group => $"{group.Key}000|{group.Count()}");

        Assert.Equal(expected.Order(StringComparer.Ordinal), run.Conformed("survey_response", "select score, count(*) from survey_response group by all order by score"));
    }

    private static DateTime Instant(string text) => DateTime.ParseExact(text, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
