namespace Cco.Pipeline.Sample;

/// <summary>Lives the commercial life of one customer, month by month: buys, changes, pays, pauses, leaves, comes back.</summary>
internal sealed class SubscriptionLife
{
    private readonly Company company;
    private readonly CustomerLife life;
    private readonly Prng prng;
    private readonly Billing billing;
    private readonly Collection collection;
    private readonly Contracts contracts;
    private readonly ItemChanges changes;
    private readonly Leaving leaving;
    private int resumesAt = -1;

    private SubscriptionLife(Company company, CustomerLife life)
    {
        (this.company, this.life) = (company, life);
        prng = company.Numbers("subscription", life.Profile.Index);
        billing = new Billing(company, life);
        collection = new Collection(company, life);
        contracts = new Contracts(company, life);
        changes = new ItemChanges(company, life, billing, collection, contracts);
        leaving = new Leaving(company, life, contracts);
    }

    private Subscription Current => life.Subscriptions[^1];

    /// <summary>Lives the life to the end of the history and writes all that belongs to it.</summary>
    public static CustomerLife Live(Company company, CustomerProfile profile)
    {
        var trialDays = profile.Entry == Entry.Trial ? profile.Index % 2 == 0 ? 14 : 30 : 0;
        var lived = new CustomerLife(company, profile, profile.StartedAt.Day().AddDays(trialDays));
        if (profile.Entry != Entry.Prospect)
        {
            new SubscriptionLife(company, lived).Live(trialDays);
        }

        return lived;
    }

    private void Live(int trialDays)
    {
        Begin(trialDays);
        for (var month = 0; month < life.MonthCount; month++)
        {
            Live(month, life.DayOf(month).At(0));
            life.Record(month);
        }

        contracts.Write();
        life.Subscriptions.ForEach(subscription => subscription.Write(company));
    }

    private void Begin(int trialDays)
    {
        var subscription = changes.Subscribe(0, life.Profile.StartedAt, trialDays == 0 ? null : life.Anchor.At(0));
        life.Phase = life.Profile.Entry == Entry.Free ? Phase.Free : Phase.Paying;
        if (life.Profile.Entry == Entry.Free)
        {
            leaving.ReturnsAt = prng.Chance(0.35) ? prng.Between(2, 10) : -1;
        }
        else if (trialDays > 0)
        {
            EndTrial(subscription);
        }
        else if (subscription.Term > 1)
        {
            leaving.Sign(contracts.Open(subscription, 0, life.Profile.Entry == Entry.Established ? prng.Between(1, subscription.Term) : subscription.Term, null));
        }
    }

    private void EndTrial(Subscription subscription)
    {
        var end = life.Anchor.At(0);
        var converts = prng.Chance(0.6 + (0.25 * life.Mood[0]));
        life.Phase = converts ? Phase.Paying : Phase.None;
        subscription.Items[0].Change(end, now => converts
            ? now with { Status = "active" }
            : life.Profile.IsOnStripe ? now with { Status = "canceled", CanceledAt = end.AddDays(-2), EndsAt = end, ChurnType = "voluntary", Reason = "cancellation_requested" }
            : now with { Status = "canceled", CanceledAt = end.AddDays(-2), EndsAt = end, Reason = "trial_not_converted" });
    }

    private void Live(int month, DateTimeOffset at)
    {
        switch (life.Phase)
        {
            case Phase.Free when month == leaving.ReturnsAt:
                changes.Upgrade(Current.Items[0], at, "starter");
                Current.Items[0].NextBill = month;
                life.Phase = Phase.Paying;
                break;
            case Phase.Lapsed when month == leaving.ReturnsAt:
                Return(month, at);
                break;
            case Phase.Paused when month == resumesAt:
                Resume(at);
                break;
            case Phase.Paying when month == leaving.LeavesAt:
                leaving.Leave(month, at);
                break;
        }

        if (life.Phase == Phase.Paying)
        {
            Pay(month, at);
        }
    }

    private void Pay(int month, DateTimeOffset at)
    {
        if (Current.Term > 1 && month == life.TermEnd)
        {
            leaving.Sign(contracts.Renew(Current, month));
        }
        else if (Current.Term == 1 && leaving.LeavesAt < 0 && month > 2 && prng.Chance(0.004))
        {
            Pause(month, at);
            return;
        }

        if (leaving.LeavesAt < 0 || Current.Term > 1)
        {
            changes.AtBoundary(Current, month, leaving.LeavesAt >= 0);
        }

        if (!Bill(month))
        {
            return;
        }

        if (leaving.LeavesAt < 0)
        {
            changes.Within(Current, month);
            leaving.Consider(month);
        }

        leaving.Announce(month);
    }

    private bool Bill(int month)
    {
        if (billing.Monthly(Current, month) is not { } invoice)
        {
            return true;
        }

        billing.Withdrawn(invoice)?.Write(company);
        var settlement = collection.Collect(invoice, Current.Term == 1);
        if (settlement.FailedAt is not { } failedAt)
        {
            return true;
        }

        Current.ChangeAll(failedAt, now => now with { Status = "past_due", PastDueSince = failedAt });
        if (settlement.RecoveredAt is { } recoveredAt)
        {
            Current.ChangeAll(recoveredAt, now => now with { Status = "active", PastDueSince = null });
            return true;
        }

        GiveUp(month, failedAt.AddDays(CustomerLife.DunningDays));
        return false;
    }

    private void GiveUp(int month, DateTimeOffset at)
    {
        var isLeftUnpaid = prng.Chance(0.3);
        Current.ChangeAll(at, now => isLeftUnpaid
            ? now with { Status = "unpaid" }
            : now with { Status = "canceled", CanceledAt = at, EndsAt = at, ChurnType = "involuntary", Reason = "payment_failed" });
        leaving.Lapse(month + 1, new Departure(month + 1, false, "payment_failed"), 0.3);
    }

    private void Return(int month, DateTimeOffset at)
    {
        var previous = contracts.ReturnsAt == month ? contracts.Present : null;
        var subscription = changes.Subscribe(month, at.AddHours(9), null);
        life.Phase = Phase.Paying;
        if (subscription.Term > 1)
        {
            leaving.Sign(contracts.Open(subscription, month, subscription.Term, previous));
        }
    }

    private void Pause(int month, DateTimeOffset at)
    {
        var length = prng.Weighted(30, 30, 20, 20) + 1;
        DateTimeOffset? resumes = length < 4 && prng.Chance(0.7) ? life.DayOf(month + length).At(0) : null;
        Current.ChangeAll(at, now => now with { Status = "paused", PausedAt = at, ResumesAt = resumes });
        resumesAt = length < 4 ? month + length : month + 5;
        life.Phase = Phase.Paused;
        if (length == 4)
        {
            life.Departures.Add(new Departure(month, true, "paused"));
            resumesAt = -1;
        }
    }

    private void Resume(DateTimeOffset at)
    {
        Current.ChangeAll(at, now => now with { Status = "active", PausedAt = null, ResumesAt = null });
        foreach (var item in Current.Items.Where(item => item.Now.Plan.ChargeType != "one_off"))
        {
            item.NextBill = item.Now.Plan.ChargeType == "usage" ? resumesAt + 1 : resumesAt;
        }

        life.Phase = Phase.Paying;
    }
}
