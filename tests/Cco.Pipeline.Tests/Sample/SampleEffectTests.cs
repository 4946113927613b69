
namespace Cco.Pipeline.Tests.Sample;

/// <summary>What drives the sample company: the things that a KPI is to find must be there to be found.</summary>
public sealed class SampleEffectTests
{
    [Fact]
    public async Task Mood_treatment_and_use_go_with_leaving()
    {
        await using var database = await SampleDatabase.CreateAsync(3000, 24, hasDirt: false);
        database.Run("create table gone as select distinct replace(customer_id, 'cus_', 'C-') as customer_id from subscription_item where status = 'canceled' and product_id = 'P-CORE' and churn_type = 'voluntary'");

        var detractors = Churn(database, "select customer_id from survey_response where survey_type = 'nps' and survey_kind = 'relationship' and cast(score as integer) <= 6");
        var promoters = Churn(database, "select customer_id from survey_response where survey_type = 'nps' and survey_kind = 'relationship' and cast(score as integer) >= 9");
        Assert.True(detractors > 1.5 * promoters, $"detractors {detractors:p1}, promoters {promoters:p1}");

        var treated = Churn(database, Members("treated"));
        var control = Churn(database, Members("control"));
        Assert.True(treated < 0.85 * control, $"treated {treated:p1}, control {control:p1}");

        var before = Use(database, "between 1 and 60");
        var usually = Use(database, "between 150 and 400");
        Assert.True(before < 0.7 * usually, $"before leaving {before:f2}, usually {usually:f2}");
    }

    [Fact]
    public async Task Nps_and_churn_are_those_of_a_company_that_one_could_meet()
    {
        await using var database = await SampleDatabase.CreateAsync(1000, 36, hasDirt: false);

        var nps = database.Number("select 100 * (avg(case when cast(score as integer) >= 9 then 1 else 0 end) - avg(case when cast(score as integer) <= 6 then 1 else 0 end)) from survey_response where survey_type = 'nps' and score is not null");
        var renewed = database.Number("select avg(case when outcome = 'renewed' then 1 else 0 end) from contract_term where outcome in ('renewed', 'lost') and end_date < '2026-01-01'");
        var linesOfACustomer = database.Number("select count(*) / 1000 from invoice_line");

        Assert.InRange(nps, 0, 60);
        Assert.InRange(renewed, 0.75, 0.97);
        Assert.InRange(linesOfACustomer, 25, 40);
    }

    private static string Members(string arm) => $"select customer_id from initiative_member where initiative_id = 'INI-CONCIERGE' and arm = '{arm}'";

    private static double Churn(SampleDatabase database, string customers) =>
        database.Number($"select avg(case when gone.customer_id is null then 0 else 1 end) from (select distinct customer_id from ({customers}) where customer_id is not null) as chosen left join gone using (customer_id)");

    private static double Use(SampleDatabase database, string days) =>
        database.Number($"""
            select avg(cast(used.active_user_count as double) / cast(item.quantity as double))
            from usage_day as used
            join subscription_item as item on replace(item.customer_id, 'cus_', 'C-') = used.customer_id and item.product_id = 'P-CORE' and item.status = 'canceled' and item.churn_type = 'voluntary'
            where date_diff('day', cast(used.usage_date as date), cast(item.ends_at as date)) {days} and cast(item.quantity as double) > 3
            """);
}
