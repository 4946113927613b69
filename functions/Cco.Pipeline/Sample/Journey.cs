namespace Cco.Pipeline.Sample;

/// <summary>Where a customer met the company: on its way to buy, in stores, in business reviews, at renewals.</summary>
internal sealed class Journey(Company company, CustomerLife life)
{
    private static readonly (string Id, string TimeZone)[] Stores =
        [("ST-NYC", "America/New_York"), ("ST-BER", "Europe/Berlin"), ("ST-PAR", "Europe/Paris"), ("ST-TYO", "Asia/Tokyo")];

    /// <summary>How full a store is from 10 to 19 o'clock, on its own clock.</summary>
    private static readonly int[] Crowd = [2, 3, 5, 4, 2, 2, 3, 6, 7, 3];

    private readonly Prng prng = company.Numbers("journey", life.Profile.Index);
    private int count;

    public void Write()
    {
        Purchase();
        for (var month = 0; month < life.MonthCount; month++)
        {
            if (!life.IsServedIn(month))
            {
                continue;
            }

            if (prng.Chance(life.Profile.IsManaged ? 0.02 : 0.12))
            {
                VisitStore(month);
            }

            if (life.Profile.IsManaged && month % 3 == 1 && prng.Chance(0.7))
            {
                Meet(month);
            }

            if (month == life.TermEnd - 2 && life.TermEnd > 0)
            {
                var at = life.DayOf(month).AddDays(prng.Below(28)).At(36_000);
                Step("renewal", "renewal", "renewal", "email", at, prng.Chance(0.85) ? "completed" : "abandoned", "outbound");
            }
        }
    }

    /// <summary>Awareness, selection, checkout; who starts free or on trial does so on the web. Some give up once and try again.</summary>
    private void Purchase()
    {
        var profile = life.Profile;
        if (profile.Entry == Entry.Established)
        {
            return;
        }

        var started = profile.StartedAt;
        var channel = profile.IsManaged ? "in_person" : "web";
        Step("purchase", "purchase", "awareness", "web", started.AddDays(-prng.Between(8, 40)), "completed", "inbound");
        Step("purchase", "purchase", "selection", channel, started.AddDays(-prng.Between(2, 7)), "completed", "inbound");
        if (prng.Chance(0.18))
        {
            Step("purchase", "purchase", "checkout", "web", started.AddDays(-1), "abandoned", "inbound", prng.Between(40, 400));
        }

        var outcome = profile.Entry == Entry.Prospect ? "abandoned" : "completed";
        var place = profile.IsManaged ? "email" : "web";
        Step("purchase", "purchase", "checkout", place, started.AddMinutes(-20), outcome, "inbound", prng.Between(5, 120));
    }

    /// <summary>The longer the queue at the checkout, the likelier somebody leaves it. A third of the visitors are not recognised.</summary>
    private void VisitStore(int month)
    {
        var (store, timeZone) = prng.Pick(Stores);
        var hour = prng.Weighted(2, 3, 5, 4, 2, 2, 3, 6, 7, 3);
        var offset = store switch { "ST-NYC" => 5, "ST-TYO" => -9, _ => -1 };
        var at = life.DayOf(month).AddDays(prng.Below(28)).At(((10 + hour + offset) * 3600) + prng.Below(3600));
        if (!company.Calendar.Covers(at))
        {
            return;
        }

        var wait = (int)(prng.Tail(35 * Crowd[hour]) * Calendar.DemandIn(at.Day()));
        var isGone = wait > 240 && prng.Chance(0.35);
        var isKnown = prng.Chance(0.67);
        Row("purchase", $"JS-{life.Profile.Number}-{count + 1}", "checkout", isKnown, at)
            .Text("store_id", store).Text("channel", "store").Text("touchpoint_type", "visit").Text("direction", "inbound")
            .Text("outcome", isGone ? "abandoned" : "completed").Text("topic", null).Text("time_zone", timeZone).Number("wait_seconds", wait)
            .Number("service_seconds", isGone ? null : prng.Between(30, 240)).Amount("sentiment_score", null)
            .Instant("ended_at", at.AddSeconds(wait + 100)).Instant("updated_at", at.AddSeconds(wait + 100)).Instant("deleted_at", null).End();
    }

    private void Meet(int month)
    {
        var at = life.DayOf(month).AddDays(prng.Below(27)).At(prng.Between(9, 15) * 3600);
        Step("use", null, "use", "in_person", at, "completed", "outbound", null, Money.Rate(Math.Clamp(life.Attitude(month) + (0.2 * prng.Bell()), -1, 1)));
    }

    private void Step(
        string journey, string? passage, string step, string channel, DateTimeOffset at, string outcome, string direction,
        int? wait = null, decimal? sentiment = null)
    {
        if (!company.Calendar.Covers(at))
        {
            return;
        }

        var ended = outcome == "entered" ? null : company.Calendar.Known(at.AddMinutes(prng.Between(3, 55)));
        Row(journey, passage is null ? null : $"J-{life.Profile.Number}-{passage}", step, true, at)
            .Text("store_id", null).Text("channel", channel).Text("touchpoint_type", sentiment is null ? "contact" : "business_review").Text("direction", direction)
            .Text("outcome", outcome).Text("topic", step).Text("time_zone", null).Number("wait_seconds", wait).Number("service_seconds", null)
            .Amount("sentiment_score", sentiment).Instant("ended_at", ended).Instant("updated_at", ended ?? at).Instant("deleted_at", null).End();
    }

    private CsvRow Row(string journey, string? passage, string step, bool isKnown, DateTimeOffset at)
    {
        var isProspect = life.Profile.Entry == Entry.Prospect;
        return company.Files.Touchpoint.Row()
            .Text("source", isProspect ? "hubspot" : "file").Text("touchpoint_id", $"TP-{life.Profile.Number}-{++count:000}")
            .Text("customer_id", !isKnown ? null : isProspect ? HubspotCrm.CompanyIdOf(life.Profile) : life.Profile.Id)
            .Text("journey_id", passage).Text("journey", journey).Text("journey_step", step).Instant("occurred_at", at);
    }
}
