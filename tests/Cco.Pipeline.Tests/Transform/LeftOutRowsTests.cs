using Cco.Pipeline.Tests.Models;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Tests.Transform;

/// <summary>Discounts of a subscription that says which ones it has now, each time it is read.</summary>
public sealed class LeftOutRowsTests : IDisposable
{
    private const string Entity = "discount";

    private readonly MacroEngine engine = new();
    private bool isRead;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private EngineSession Session => engine.Session;

    public void Dispose() => engine.Dispose();

    [Fact]
    public void One_that_a_later_reading_leaves_out_was_taken_away_then()
    {
        Read(1, "d1", "d2");
        Read(2, "d1");
        Read(3, "d1");

        Assert.Equal(["d1", "d2 until 2025-03-02"], Current());
    }

    [Fact]
    public void So_is_the_last_one()
    {
        Read(1, "d1");
        Read(2);
        Read(3);

        Assert.Equal(["d1 until 2025-03-02"], Current());
    }

    [Fact]
    public void One_that_is_there_again_is_in_force()
    {
        Read(1, "d1", "d2");
        Read(2, "d2");
        Read(3, "d1", "d2");

        Assert.Equal(["d1", "d2"], Current());
    }

    [Fact]
    public void In_whatever_order_readings_come()
    {
        Read(3);
        Read(1, "d1", "d2");
        Read(2, "d1");

        Assert.Equal(["d1 until 2025-03-03", "d2 until 2025-03-02"], Current());
    }

    [Fact]
    public void Who_never_had_one_has_none()
    {
        Read(1);
        Read(2);

        Assert.Empty(Current());
    }

    [Fact]
    public void What_is_deleted_takes_them_with_it()
    {
        Read(1, "d1", "d2");
        Read(2, "d1");
        Land(new RawRecord("s1", Day(4), IsDeleted: true, 1, "{}"));

        Assert.Equal(["d1 until 2025-03-04", "d2 until 2025-03-02"], Current());
    }

    [Fact]
    public void What_cannot_be_used_says_nothing_of_the_others()
    {
        Read(1, "d1", "d2");
        Land(new RawRecord("s1", Day(2), IsDeleted: false, 1, """{"id": "s1", "customer": "c1", "discounts": [{"id": "d1", "start": 1735689600, "source": {"coupon": {"percent_off": "half"}}}]}"""));

        Assert.Equal(["d1", "d2"], Current());
        Assert.Equal(1, Session.Scalar<long>("select count(*) from versions where rejection is not null", Cancel));
    }

    [Fact]
    public void A_coupon_ends_with_a_version_of_its_subscription_that_has_none_or_others()
    {
        ReadCoupons(1, "A", "B");
        ReadCoupons(2, "B");
        ReadCoupons(3);
        ReadCoupons(4, "C");

        Assert.Equal(["s1/A until 2025-03-02", "s1/B until 2025-03-03", "s1/C"], Current());
    }

    private static DateTimeOffset Day(int day) => new(2025, 3, day, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The subscription as it was read on that day of March.</summary>
    private void Read(int day, params string[] discounts)
    {
        var listed = discounts.Select(id => $$$$"""{"id": "{{{{id}}}}", "start": 1735689600, "source": {"coupon": {"percent_off": 10}}}""");
        Land(new RawRecord("s1", Day(day), IsDeleted: false, 1, $$"""{"id": "s1", "customer": "c1", "discounts": [{{string.Join(", ", listed)}}]}"""));
    }

    /// <summary>What was read of the coupons of a subscription that changed on that day of March; without any, nobody was asked.</summary>
    private void ReadCoupons(int day, params string[] coupons)
    {
        var listed = coupons.Select(id => $$$"""{"coupon": {"id": "{{{id}}}", "discount_type": "percentage", "discount_percentage": 10}}""");
        var list = coupons.Length == 0 ? "" : $", \"list\": [{string.Join(", ", listed)}]";
        Land(new RawRecord("s1", Day(day), IsDeleted: false, 1, $$$"""{"_parent": {"subscription": "s1", "customer": "c1"}{{{list}}}}"""), "stg_chargebee_coupon__discount");
    }

    private void Land(RawRecord record, string name = "stg_stripe__discount")
    {
        var model = ModelWorld.Catalog.Models[name];
        Session.Execute(StageSql.RecordsView(model.Stream!, [record]), Cancel);
        var typed = StageSql.Typed(model, model.Contract!, Session.Describe(model.Text));
        Session.Execute($"{(isRead ? "insert into versions" : "create temp table versions as")} {typed}", Cancel);
        isRead = true;
    }

    /// <summary>The ids of the discounts, each with the day it was taken away, if it was.</summary>
    private List<string> Current() => Session.Query(
        $"select discount_id || coalesce(' until ' || deleted_at::date::varchar, '') from ({EntitySql.Current(ModelWorld.Catalog.Entities[Entity], "versions")}) order by all",
        reader => reader.GetString(0),
        Cancel);
}
